"""A document as read: its passages, and all that names or stands for cities, networks and people in it."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from extractors.catalogue import Catalogue
from extractors.city_mentions import CityFinder, CityMention, Span
from extractors.countries import all_countries, find_continent
from extractors.date_expressions import DateExpression, find_dates
from extractors.gazetteer import Gazetteer, Place
from extractors.network_mentions import NetworkFinder, NetworkMention
from extractors.people import Holder, find_holders
from extractors.person_names import PersonFinder
from extractors.persons import Person, find_persons
from extractors.references import (
    CityReference,
    find_holder_references,
    find_nominals,
    find_topic,
    is_city_hall,
    is_world_page,
)
from extractors.structure import Governing, govern, segment_text, split_sentences
from extractors.unlisted_cities import find_unlisted
from schemas.document import Block, Document
from schemas.vocabulary import BlockKind

CONTINENT_WEIGHT = 0.5
"""Against 1 for the country of a national network; chosen on train."""
_WHOLE = {BlockKind.HEADING, BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW}


@dataclass(frozen=True, slots=True)
class Passage:
    """What may serve as evidence: a sentence, a list item's sentence, a table row or a heading."""

    start: int
    """Half-open offsets in the text."""
    end: int
    block: int
    """Index of its block."""


@dataclass(frozen=True)
class Reading:
    """A document with its layout and mentions; all sequences in the order of the text."""

    document: Document
    blocks: tuple[Block, ...]
    governing: tuple[Governing, ...]
    passages: tuple[Passage, ...]
    networks: tuple[NetworkMention, ...]
    cities: tuple[CityMention, ...]
    holders: tuple[Holder, ...]
    references: tuple[CityReference, ...]
    """Everything that stands for a city: names, later mentions of its mayor, nominal references."""
    topic: str | None
    """Id of the network that the document is about."""
    home: Place | None
    """The city whose own page this is."""
    title_networks: tuple[NetworkMention, ...]
    """Network mentions in Document.title; their offsets are the title's."""
    publisher_network: NetworkMention | None = None
    """The network whose page this is; its offsets are those of Document.publisher."""

    @cached_property
    def dates(self) -> tuple[DateExpression, ...]:
        """The dates that the text names."""
        return tuple(find_dates(self.document.text, self.document.published))

    # Spans that many pairs of a document share: kept once, since a page may hold thousands of both.

    @cached_property
    def city_spans(self) -> tuple[Span, ...]:
        """Where cities are named."""
        return tuple((city.start, city.end) for city in self.cities)

    @cached_property
    def network_spans(self) -> dict[str, tuple[Span, ...]]:
        """Where each network is named, by its id."""
        spans: dict[str, list[Span]] = defaultdict(list)
        for mention in self.networks:
            spans[mention.network_id].append((mention.start, mention.end))
        return {network_id: tuple(found) for network_id, found in spans.items()}

    @cached_property
    def _other_networks(self) -> dict[str, tuple[Span, ...]]:
        return {}

    def spans_of_others(self, network_id: str) -> tuple[Span, ...]:
        """Where other networks than this are named."""
        if network_id not in self._other_networks:
            others = [(m.start, m.end) for m in self.networks if m.network_id != network_id]
            self._other_networks[network_id] = tuple(others)
        return self._other_networks[network_id]

    @cached_property
    def _named_places(self) -> dict[int, tuple[Span, ...]]:
        spans: dict[int, list[Span]] = defaultdict(list)
        for reference in self.references:
            if reference.form == "name":
                spans[reference.place.geonameid].append((reference.start, reference.end))
        return {geonameid: tuple(found) for geonameid, found in spans.items()}

    def spans_of_place(self, geonameid: int) -> tuple[Span, ...]:
        """Where a place is named; `geonameid` as in `Place`."""
        return self._named_places.get(geonameid, ())

    @cached_property
    def _date_starts(self) -> list[int]:
        return [expression.start for expression in self.dates]

    def dates_in(self, start: int, end: int) -> tuple[DateExpression, ...]:
        """The dates that begin in `text[start:end]`."""
        return self.dates[bisect_left(self._date_starts, start) : bisect_left(self._date_starts, end)]

    @cached_property
    def title_dates(self) -> tuple[DateExpression, ...]:
        """The dates that Document.title names; their offsets are the title's."""
        return tuple(find_dates(self.document.title or "", self.document.published))

    @cached_property
    def persons(self) -> tuple[Person, ...]:
        """The persons that the text names, tied to a city or not."""
        taken = [(c.start, c.end) for c in self.cities] + [(m.start, m.end) for m in self.networks]
        return find_persons(self.document.text, self.blocks, self.holders, taken)

    @cached_property
    def _starts(self) -> list[int]:
        return [passage.start for passage in self.passages]

    def passage_at(self, offset: int) -> int:
        """Index of the passage that holds `offset`, or else of the one before it; 0 before the first."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def networks_in(self, start: int, end: int) -> list[NetworkMention]:
        """The network mentions that begin in `text[start:end]`."""
        return [mention for mention in self.networks if start <= mention.start < end]

    def text_of(self, passage: Passage) -> str:
        """The words of a passage."""
        return self.document.text[passage.start : passage.end]


class DocumentReader:
    """Reads documents with one gazetteer and one catalogue."""

    def __init__(self, gazetteer: Gazetteer, catalogue: Catalogue) -> None:
        self._gazetteer = gazetteer
        self._catalogue = catalogue
        self._cities = CityFinder(gazetteer, PersonFinder().find)
        self._networks = NetworkFinder(catalogue)

    def suggests_network(self, document: Document) -> bool:
        """Whether anything in the document suggests a city network: the cheap first step of the cascade."""
        lines = (document.title or "", document.text)
        if document.network is not None or any(self._networks.suggests_network(line) for line in lines if line):
            return True
        return document.publisher is not None and self._networks.find_publisher(document.publisher) is not None

    def read(self, document: Document) -> Reading:
        """Find the layout and all mentions of a document; an empty text gives empty sequences."""
        text = document.text
        blocks = document.blocks or segment_text(text)
        governing = tuple(govern(text, blocks))
        passages = tuple(_cut_passages(text, blocks))
        context = "\n".join(line for line in (document.title, document.publisher) if line)
        networks = tuple(self._networks.find(text, context=context))
        in_title = tuple(self._networks.find(document.title)) if document.title else ()
        taken = [(m.start, m.end) for m in networks]
        favoured = self._weigh_countries(networks)
        cities = tuple(self._cities.find(text, blocks, governing, taken=taken, favoured=favoured))
        unlisted = find_unlisted(
            text, blocks, governing, cities, taken=taken, gazetteer=self._gazetteer, favoured=favoured
        )
        cities = _join_cities(cities, unlisted)
        holders = tuple(find_holders(text, blocks, cities))
        persons = [(h.start, h.end) for h in holders]
        cities = tuple(c for c in cities if not any(a < c.end and c.start < b for a, b in persons))
        home = self._find_home(document, favoured)
        references = self._refer(text, passages, cities, holders, home)
        publisher = self._networks.find_publisher(document.publisher) if document.publisher else None
        topic = find_topic(document, networks, in_title, publisher)
        found = (networks, cities, holders, references)
        return Reading(document, tuple(blocks), governing, passages, *found, topic, home, in_title, publisher)

    def _weigh_countries(self, networks: Sequence[NetworkMention]) -> dict[str, float]:
        """How much the scopes of the networks speak for a country: 1 for its own, less for its continent's."""
        weights: dict[str, float] = {}
        for network_id in {mention.network_id for mention in networks}:
            scope = self._catalogue.by_id(network_id).scope if network_id in self._catalogue else None
            for code, weight in _countries_in(scope or ""):
                weights[code] = max(weights.get(code, 0.0), weight)
        return weights

    def _find_home(self, document: Document, favoured: Mapping[str, float]) -> Place | None:
        for line in (document.publisher, document.title):
            if line and is_city_hall(line) and not self._networks.find(line):
                found = self._find_in_line(line, favoured)
                if found:
                    return found[0].place
        if document.title and is_world_page(document.title) and not self._networks.find(document.title):
            places = {m.place.geonameid: m.place for m in self._find_in_line(document.title, favoured)}
            if len(places) == 1:
                return next(iter(places.values()))
        return None

    def _find_in_line(self, line: str, favoured: Mapping[str, float]) -> list[CityMention]:
        block = Block(kind=BlockKind.PARAGRAPH, start=0, end=len(line))
        return self._cities.find(line, (block,), (Governing((), None, None),), favoured=favoured)

    def _refer(
        self,
        text: str,
        passages: Sequence[Passage],
        cities: Sequence[CityMention],
        holders: Sequence[Holder],
        home: Place | None,
    ) -> tuple[CityReference, ...]:
        tied = {id(holder.city): holder.name for holder in holders}
        named = [CityReference(c.start, c.end, c.place, "name", tied.get(id(c))) for c in cities]
        named = sorted([*named, *find_holder_references(text, holders)], key=lambda r: r.start)
        found = list(named)
        for passage in passages:
            present = {r.place.geonameid for r in named if passage.start <= r.start < passage.end}
            nominals = find_nominals(text, passage.start, passage.end, named, home=home, gazetteer=self._gazetteer)
            found += [reference for reference in nominals if reference.place.geonameid not in present]
        return tuple(sorted(found, key=lambda r: (r.start, r.end)))


def _join_cities(cities: Sequence[CityMention], unlisted: Sequence[CityMention]) -> tuple[CityMention, ...]:
    """Both in the order of the text, without those of GeoNames that are but a part of an unlisted one's name."""
    whole = [c for c in cities if not any(u.start < c.end and c.start < u.end for u in unlisted)]
    return tuple(sorted([*whole, *unlisted], key=lambda city: city.start))


@cache
def _countries_in(scope: str) -> list[tuple[str, float]]:
    """The countries of a network's scope ("Europe", "national US"), with the weight that it lends them."""
    if scope.startswith("national "):
        return [(scope.removeprefix("national "), 1.0)]
    continent = find_continent(scope.split(" (", maxsplit=1)[0])
    return [(code, CONTINENT_WEIGHT) for code, country in all_countries().items() if country.continent == continent]


def _cut_passages(text: str, blocks: Sequence[Block]) -> list[Passage]:
    passages = []
    for index, block in enumerate(blocks):
        if block.kind in _WHOLE:
            passages.append(Passage(block.start, block.end, index))
        else:
            passages += [Passage(a, b, index) for a, b in split_sentences(text, block.start, block.end)]
    return passages
