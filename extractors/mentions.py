"""What is told of the mentions that were found: `hansa mentions` and the spans of the spaCy components."""

from collections.abc import Iterable, Iterator

from extractors.city_mention import CityMention
from extractors.date_expressions import DateExpression
from extractors.network_mention import NetworkMention
from extractors.people import Holder
from schemas.claim import Candidate, Mention
from schemas.document import Document
from schemas.vocabulary import MentionKind


def describe_cities(document: Document, cities: Iterable[CityMention]) -> Iterator[Mention]:
    """City names with the places that they were linked to."""
    for city in cities:
        runners_up = tuple(place.as_link(score) for place, score in city.runners_up)
        yield _describe(document, MentionKind.CITY, city, city.place.as_link(city.score), runners_up)


def describe_networks(document: Document, networks: Iterable[NetworkMention]) -> Iterator[Mention]:
    """Names of networks with their ids."""
    for network in networks:
        link = Candidate(id=network.network_id, name=network.name, score=round(network.score, 3))
        runners_up = tuple(Candidate(id=i, name=i, score=round(s, 3)) for i, s in network.runners_up)
        yield _describe(document, MentionKind.NETWORK, network, link, runners_up)


def describe_holders(document: Document, holders: Iterable[Holder]) -> Iterator[Mention]:
    """Office holders with the cities that they are tied to."""
    for holder in holders:
        place = holder.city.place
        link = place.as_link(1.0 - 0.2 * holder.rank).model_copy(update={"name": f"{holder.name} ({place.name})"})
        yield _describe(document, MentionKind.PERSON, holder, link)


def describe_dates(document: Document, dates: Iterable[DateExpression]) -> Iterator[Mention]:
    """Dates, linked to the date or, with a slash, the period that they mean: `2021-05`, `2019/2021`, `../2021`."""
    for date in dates:
        meant = date.since if date.kind == "point" else f"{date.since or '..'}/{date.until or '..'}"
        yield _describe(document, MentionKind.DATE, date, Candidate(id=meant, name=meant, score=1.0) if meant else None)


def _describe(
    document: Document,
    kind: MentionKind,
    found: CityMention | NetworkMention | Holder | DateExpression,
    link: Candidate | None,
    runners_up: tuple[Candidate, ...] = (),
) -> Mention:
    return Mention(
        document=document.name,
        kind=kind,
        text=document.text[found.start : found.end],
        start=found.start,
        end=found.end,
        link=link,
        runners_up=runners_up,
    )
