"""A document as read: its passages, and all that names or stands for cities, networks and people in it."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from extractors.catalogue import Catalogue, load_catalogue
from extractors.city_mention import CityMention
from extractors.city_mentions import CityFinder
from extractors.countries import all_countries, find_continent
from extractors.country_context import find_country_words, find_region_words
from extractors.date_expressions import DateExpression, find_dates
from extractors.gazetteer import Gazetteer, Place, load_gazetteer
from extractors.network_mentions import NetworkFinder, NetworkMention
from extractors.people import Holder, find_holders
from extractors.person_names import PersonFinder
from extractors.persons import Person, find_persons
from extractors.place_names import fold_name
from extractors.references import (
    CityReference,
    find_holder_references,
    find_nominals,
    find_none_of,
    find_topic,
    is_city_hall,
    is_letterhead,
    is_world_page,
)
from extractors.relation_masks import Span
from extractors.structure import Governing
from extractors.text_layout import Passage, TextLayout, lay_out
from extractors.unlisted_cities import find_unlisted
from schemas.document import Block, Document
from schemas.vocabulary import BlockKind

__all__ = [
    "CityNames",
    "DateNames",
    "DocumentReader",
    "NetworkNames",
    "Passage",
    "People",
    "Reading",
    "load_document_reader",
    "name_dates",
]

LANGUAGES_READ = frozenset({"en"})
_LETTERHEAD_LINES, _LETTERHEAD_LENGTH = 5, 600
"""Lines, and characters, at the head of a text in which an administration may name itself."""
"""Documents in other languages are kept and not mined: the readers know English only."""
CONTINENT_WEIGHT = 0.5
"""Against 1 for the country of a national network; chosen on train."""


@dataclass(frozen=True, slots=True)
class NetworkNames:
    """The networks that a document names, in its text and around it."""

    mentions: tuple[NetworkMention, ...]
    in_title: tuple[NetworkMention, ...]
    publisher: NetworkMention | None


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that need not be read."""

    reason: str


@dataclass(frozen=True, slots=True)
class CityNames:
    """The cities that a text names, before the names of their office holders are known."""

    mentions: tuple[CityMention, ...]


@dataclass(frozen=True, slots=True)
class DateNames:
    """The dates that a text names."""

    mentions: tuple[DateExpression, ...]


@dataclass(frozen=True, slots=True)
class People:
    """The people tied to cities, and the cities without those that are but a part of such a person's name."""

    holders: tuple[Holder, ...]
    cities: tuple[CityMention, ...]


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
    known_dates: tuple[DateExpression, ...] | None = None
    """The dates, where they were looked for before; else they are when they are asked for."""

    @cached_property
    def dates(self) -> tuple[DateExpression, ...]:
        """The dates that the text names."""
        return self.known_dates if self.known_dates is not None else name_dates(self.document).mentions

    # Spans that many pairs of a document share: kept once, since a page may hold thousands of both.

    @cached_property
    def city_spans(self) -> tuple[Span, ...]:
        """Where cities are named."""
        return tuple((city.start, city.end) for city in self.cities)

    @cached_property
    def _city_starts(self) -> list[int]:
        return [city.start for city in self.cities]

    def cities_in(self, start: int, end: int) -> tuple[CityMention, ...]:
        """The city mentions that begin in `text[start:end]`."""
        return self.cities[bisect_left(self._city_starts, start) : bisect_left(self._city_starts, end)]

    @cached_property
    def _reference_starts(self) -> list[int]:
        return [reference.start for reference in self.references]

    def references_in(self, start: int, end: int) -> tuple[CityReference, ...]:
        """What stands for a city and begins in `text[start:end]`."""
        starts = self._reference_starts
        return self.references[bisect_left(starts, start) : bisect_left(starts, end)]

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

    @cached_property
    def _network_starts(self) -> list[int]:
        return [mention.start for mention in self.networks]

    def networks_in(self, start: int, end: int) -> list[NetworkMention]:
        """The network mentions that begin in `text[start:end]`."""
        return list(self.networks[bisect_left(self._network_starts, start) : bisect_left(self._network_starts, end)])

    def text_of(self, passage: Passage) -> str:
        """The words of a passage."""
        return self.document.text[passage.start : passage.end]


def name_dates(document: Document) -> DateNames:
    """The dates that the text of a document names."""
    return DateNames(tuple(find_dates(document.text, document.published)))


class DocumentReader:
    """Reads documents with one gazetteer and one catalogue.

    `read` takes all steps; each may be taken alone, with what the steps before it gave.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        catalogue: Catalogue,
        find_people: Callable[[str], Sequence[Span]] | None = None,
        *,
        networks: NetworkFinder | None = None,
    ) -> None:
        """`find_people` gives the spans of people's names in a text, by default as the shipped pipeline finds them."""
        self._gazetteer = gazetteer
        self._catalogue = catalogue
        self._find_people = find_people or PersonFinder().find
        self._cities = CityFinder(gazetteer, self._find_people)
        self._networks = networks or NetworkFinder(catalogue)

    def with_people(self, find_people: Callable[[str], Sequence[Span]]) -> "DocumentReader":
        """A reader that differs in who finds people's names, and shares all else."""
        return DocumentReader(self._gazetteer, self._catalogue, find_people, networks=self._networks)

    def tell_why_unread(self, document: Document) -> str | None:
        """Why a document gives no claims whatever it says; None where it is read."""
        networks = self.find_networks_if_any(document)
        return networks.reason if isinstance(networks, Unread) else None

    def find_networks_if_any(self, document: Document) -> "NetworkNames | Unread":
        """`find_networks`, where something in the document suggests a city network. The cheap first step.

        Where nothing does, or in a language that is not read, why the document need not be read.
        """
        if document.language not in LANGUAGES_READ:
            known = ", ".join(sorted(LANGUAGES_READ))
            return Unread(f"its language is {document.language!r}; claims are read in {known} only")
        is_told = document.network is not None
        if is_told or self._may_name_network(document):
            networks = self.find_networks(document)
            if is_told or networks.mentions or networks.in_title or networks.publisher is not None:
                return networks
        return Unread("nothing in it suggests a city network")

    def _may_name_network(self, document: Document) -> bool:
        if any(map(self._networks.may_name_network, (document.text, document.title or ""))):
            return True
        return document.publisher is not None and self._networks.find_publisher(document.publisher) is not None

    def read(self, document: Document, networks: NetworkNames | None = None) -> Reading:
        """Find the layout and all mentions of a document; an empty text gives empty sequences.

        `networks` spares looking for them again.
        """
        layout = lay_out(document)
        networks = networks or self.find_networks(document)
        people = self.find_holders(document, layout, self.find_cities(document, layout, networks))
        return self.refer(document, layout, networks, people)

    def find_networks(self, document: Document) -> NetworkNames:
        """The networks named in the text, the title and as publisher."""
        context = _context_of(document)
        publisher = self._networks.find_publisher(document.publisher) if document.publisher else None
        mentions = self._networks.find(document.text, context=context)
        return NetworkNames(
            tuple(_name_as_publisher(mention, publisher) for mention in mentions),
            tuple(self._networks.find(document.title, known=mentions)) if document.title else (),
            publisher,
        )

    def find_cities(self, document: Document, layout: TextLayout, networks: NetworkNames) -> CityNames:
        """The cities named outside of networks' names, linked with what the networks say of countries."""
        text, blocks, governing = document.text, layout.blocks, layout.governing
        taken = [(m.start, m.end) for m in networks.mentions]
        favoured = self._weigh_areas(networks)
        cities = tuple(self._cities.find(text, blocks, governing, taken=taken, favoured=favoured))
        unlisted = find_unlisted(
            text,
            blocks,
            governing,
            cities,
            taken=taken,
            gazetteer=self._gazetteer,
            favoured=favoured,
            find_people=self._find_people,
        )
        return CityNames(_join_cities(cities, unlisted))

    def find_holders(self, document: Document, layout: TextLayout, cities: CityNames) -> People:
        """The people whom the text ties to cities."""
        holders = tuple(find_holders(document.text, layout.blocks, cities.mentions))
        persons = [(h.start, h.end) for h in holders]
        rest = (c for c in cities.mentions if not any(a < c.end and c.start < b for a, b in persons))
        return People(holders, tuple(rest))

    def refer(
        self,
        document: Document,
        layout: TextLayout,
        networks: NetworkNames,
        people: People,
        dates: DateNames | None = None,
    ) -> Reading:
        """The whole reading: with what stands for cities without naming them, the home city and the topic.

        `dates` spares looking for them again; without it they are found when they are asked for.
        """
        home = self._find_home(document, self._weigh_areas(networks))
        return Reading(
            document=document,
            blocks=layout.blocks,
            governing=layout.governing,
            passages=layout.passages,
            networks=networks.mentions,
            cities=people.cities,
            holders=people.holders,
            references=self._refer(document.text, layout.passages, people.cities, people.holders, home),
            topic=find_topic(document, networks.mentions, networks.in_title, networks.publisher),
            home=home,
            title_networks=networks.in_title,
            publisher_network=networks.publisher,
            known_dates=None if dates is None else dates.mentions,
        )

    def _weigh_areas(self, networks: NetworkNames) -> dict[str, float]:
        """How much the networks speak for a country or a region, by what the catalogue or else their names tell.

        1 for their own, less for countries of their continent. Keys are ISO codes and such as `US:MN`.
        """
        weights: dict[str, float] = {}
        around = [*networks.in_title, *([networks.publisher] if networks.publisher else [])]
        for network_id, name in {mention.network_id: mention.name for mention in (*networks.mentions, *around)}.items():
            scope = self._catalogue.by_id(network_id).scope if network_id in self._catalogue else None
            told = _countries_in(scope) if scope else tuple((code, 1.0) for code in find_country_words(name))
            own = ((area, 1.0) for region in find_region_words(name) for area in (region.area, region.country_code))
            for area, weight in (*told, *own):
                weights[area] = max(weights.get(area, 0.0), weight)
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
        return self._find_letterhead(document.text, favoured)

    def _find_letterhead(self, text: str, favoured: Mapping[str, float]) -> Place | None:
        """The city whose administration heads a text: "CITY OF BALLARAT" over "ORDINARY COUNCIL MEETING"."""
        lines = [line.strip() for line in text[:_LETTERHEAD_LENGTH].split("\n") if line.strip()][:_LETTERHEAD_LINES]
        for line in lines:
            if is_letterhead(line) and not self._networks.find(line):
                found = self._find_in_line(line, favoured)
                if found:
                    return found[0].place
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
        starts = [reference.start for reference in named]
        for at, passage in enumerate(passages):
            before = passages[at - 1] if at else passage
            found += find_none_of(text, passage.start, passage.end, (before.start, before.end), named)
            here = named[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
            present = {reference.place.geonameid for reference in here}
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


@cache
def load_document_reader() -> DocumentReader:
    """The reader as shipped; loads once a process."""
    return DocumentReader(load_gazetteer(), load_catalogue())


def _context_of(document: Document) -> str:
    """Title and publisher, a line each."""
    return "\n".join(line for line in (document.title, document.publisher) if line)


def _name_as_publisher(mention: NetworkMention, publisher: NetworkMention | None) -> NetworkMention:
    """The mention, of the network that publishes where its name is the beginning of that one's."""
    if publisher is None or mention.form != "new" or " " not in mention.name:
        return mention
    if not fold_name(publisher.name).startswith(f"{fold_name(mention.name)} "):
        return mention
    return replace(mention, network_id=publisher.network_id, name=publisher.name)
