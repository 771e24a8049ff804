"""What is told of the mentions that were found: `hansa mentions` and the spans of the spaCy components."""

from collections.abc import Iterable, Iterator

from extractors.city_mentions import CityMention
from extractors.date_expressions import DateExpression
from extractors.network_mention import NetworkMention
from extractors.people import Holder
from schemas.claim import Candidate, Mention
from schemas.document import Document
from schemas.vocabulary import MentionKind


def describe_cities(document: Document, cities: Iterable[CityMention]) -> Iterator[Mention]:
    """City names with the places that they were linked to."""
    for city in cities:
        yield Mention(
            document=document.name,
            kind=MentionKind.CITY,
            text=document.text[city.start : city.end],
            start=city.start,
            end=city.end,
            link=city.place.as_link(city.score),
            runners_up=tuple(place.as_link(score) for place, score in city.runners_up),
        )


def describe_networks(document: Document, networks: Iterable[NetworkMention]) -> Iterator[Mention]:
    """Names of networks with their ids."""
    for network in networks:
        yield Mention(
            document=document.name,
            kind=MentionKind.NETWORK,
            text=document.text[network.start : network.end],
            start=network.start,
            end=network.end,
            link=Candidate(id=network.network_id, name=network.name, score=round(network.score, 3)),
            runners_up=tuple(Candidate(id=i, name=i, score=round(s, 3)) for i, s in network.runners_up),
        )


def describe_holders(document: Document, holders: Iterable[Holder]) -> Iterator[Mention]:
    """Office holders with the cities that they are tied to."""
    for holder in holders:
        place = holder.city.place
        yield Mention(
            document=document.name,
            kind=MentionKind.PERSON,
            text=document.text[holder.start : holder.end],
            start=holder.start,
            end=holder.end,
            link=place.as_link(1.0 - 0.2 * holder.rank).model_copy(update={"name": f"{holder.name} ({place.name})"}),
        )


def describe_dates(document: Document, dates: Iterable[DateExpression]) -> Iterator[Mention]:
    """Dates, linked to the date or, with a slash, the period that they mean: `2021-05`, `2019/2021`, `../2021`."""
    for date in dates:
        meant = date.since if date.kind == "point" else f"{date.since or '..'}/{date.until or '..'}"
        words = document.text[date.start : date.end]
        yield Mention(
            document=document.name,
            kind=MentionKind.DATE,
            text=words,
            start=date.start,
            end=date.end,
            link=Candidate(id=meant, name=meant, score=1.0) if meant else None,
        )
