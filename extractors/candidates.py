"""Pairs of a city reference and a network that a document may relate to each other.

For each reference the networks are, nearest first: those of its passage, the one that a nominal
reference in the passage ("the association") stands for, those of the lead-in and headings over it,
those named just before in the same block, and the network that the document is about. In a table of cities by
networks each pair has a cell instead.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from extractors.columns import find_column, find_column_heading
from extractors.gazetteer import Place
from extractors.network_mentions import NetworkMention
from extractors.network_tables import NetworkTables, TableCell
from extractors.reading import Passage, Reading
from extractors.references import NETWORK_REFERENCE, CityReference, is_dominant
from extractors.relation_masks import Span
from extractors.structure import LISTED
from schemas.vocabulary import BlockKind

MAX_NETWORKS = 3
MOST_ENUMERATED = 12
"""Networks of one enumeration that a city is paired with: "Oslo belongs to C40, Eurocities, ICLEI, UCLG and others"."""
_BESIDE_NAME = 14
"""Characters that a heading may have beside a network's name: an article, an acronym in brackets."""
Near = Literal["passage", "sentence", "reference", "lead_in", "heading", "block", "topic", "before", "column"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A city reference and a network that may be related."""

    city: CityReference
    network_id: str
    network_name: str
    network_mention: Span | None
    """The words that name or stand for the network nearest to the city; null where only the title does."""
    near: Near
    """Where the network stands, seen from the city."""
    passage: int
    """Index of the passage, in Reading.passages."""
    cell: TableCell | None = None
    """The cell that speaks of the pair, in a table of cities by networks."""


def find_candidates(reading: Reading) -> list[Candidate]:
    """All candidate pairs of a document, in the order of the city references; empty without networks."""
    if not reading.networks and reading.topic is None:
        return []
    tables = NetworkTables(reading)
    candidates = [pair for city in reading.references for pair in _pair_up(reading, tables, city)]
    if reading.home is not None:
        candidates += _pair_home(reading)
    candidates += _pair_entries(reading)
    return sorted(candidates, key=lambda pair: pair.city.start)


def _pair_up(reading: Reading, tables: NetworkTables, city: CityReference) -> list[Candidate]:
    if _stands_for_area(reading, city) or _tells_where(reading, city):
        return []
    cells = tables.cells_about(city.start)
    if cells is not None:
        return _pair_by_cells(reading, city, cells)
    at = reading.passage_at(city.start)
    chosen: dict[str, Candidate] = {}
    for mention, span, near in _networks_near(reading, at, city):
        pair = Candidate(city, mention.network_id, mention.name, span, near, at)
        if len(chosen) < MAX_NETWORKS or _goes_on_enumerating(reading, list(chosen.values()), pair):
            chosen.setdefault(mention.network_id, pair)
    return list(chosen.values())


_AREAS = r"countr(?:y|ies)|nation|state|region|province|county|continent|department"
_AREA_COLUMN = re.compile(rf"\W*(?:{_AREAS})\W*", re.IGNORECASE)
_AREA_LABEL = re.compile(rf"(?:{_AREAS}|district|prefecture|local authority)\s*:", re.IGNORECASE)


def _stands_for_area(reading: Reading, city: CityReference) -> bool:
    """Whether a name tells where a city lies: Luxembourg in a column of countries, beside Esch in its own.

    So does the line "Local authority: Louth County Council" under the heading "Carlingford".
    """
    passage = reading.passages[reading.passage_at(city.start)]
    block = reading.blocks[passage.block]
    if _AREA_LABEL.match(reading.document.text, block.start):
        over = [reading.blocks[index] for index in reading.governing[passage.block].headings[-1:]]
        return any(reading.cities_in(heading.start, heading.end) for heading in over)
    column = find_column(block, city.start)
    if column is None or len(block.cells) == 1:
        return False
    heading = find_column_heading(
        reading.document.text, reading.blocks, passage.block, city.start, reading.governing[passage.block].header
    )
    if heading is None or _AREA_COLUMN.fullmatch(reading.document.text, *heading) is None:
        return False
    start, end = block.cells[column]
    return any(not start <= other.start < end for other in reading.cities_in(block.start, block.end))


_LANDMARK = re.compile(
    r"\b(?:near|close to|not far from|outside|(?:north|south|east|west)(?:ern|-?\w+)? of|"
    r"(?:km|kilomet(?:re|er)s|miles) (?:from|of)|outskirts of|suburb of)(?: the (?:city|town) of)? $",
    re.IGNORECASE,
)
"""Before a city that only tells where another place lies; of 27,000 annotated claims none is of such a city."""
_LANDMARK_REACH = 40
"""Characters that this takes."""


def _tells_where(reading: Reading, city: CityReference) -> bool:
    """Whether a name tells where another place lies: "Manises, near Valencia", "Diss in Norfolk"."""
    text = reading.document.text
    if city.form != "name":
        return False
    if _LANDMARK.search(text, max(0, city.start - _LANDMARK_REACH), city.start):
        return True
    return any(
        text[other.end : city.start] == " in "
        and other.place.country_code == city.place.country_code
        and other.place.geonameid != city.place.geonameid
        for other in reading.cities_in(max(0, city.start - _LANDMARK_REACH), city.start)
    )


def _goes_on_enumerating(reading: Reading, chosen: Sequence[Candidate], pair: Candidate) -> bool:
    """Whether the network of a pair goes on the enumeration that the first of the passage begins."""
    first, span = chosen[0].network_mention, pair.network_mention
    if pair.near != "passage" or len(chosen) >= MOST_ENUMERATED or first is None or span is None:
        return False
    return are_enumerated(reading, first, span)


def _pair_by_cells(reading: Reading, city: CityReference, cells: Iterable[TableCell]) -> list[Candidate]:
    return [
        Candidate(
            city,
            cell.network.network_id,
            cell.network.name,
            (cell.network.start, cell.network.end),
            "column",
            reading.passage_at(reading.blocks[cell.row].start),
            cell,
        )
        for cell in cells
    ]


def _networks_near(
    reading: Reading, at: int, city: CityReference
) -> Iterable[tuple[NetworkMention, Span | None, Near]]:
    passage = reading.passages[at]
    over = reading.governing[passage.block]
    yield from _networks_of_sentence(reading, passage, city)
    referred = resolve_reference(reading, passage)
    if referred is not None:
        yield referred[0], referred[1], "reference"
    for index in (
        *([over.lead_in] if over.lead_in is not None else []),
        *([over.header] if over.header is not None else []),
    ):
        named = reading.networks_in(reading.blocks[index].start, reading.blocks[index].end)
        for mention in sorted(named, key=lambda m: (m.network_id != reading.topic, -m.start)):
            yield mention, (mention.start, mention.end), "lead_in"
    for heading in reversed(over.headings):
        for mention in reading.networks_in(reading.blocks[heading].start, reading.blocks[heading].end):
            yield mention, (mention.start, mention.end), "heading"
    if _announces_networks(reading, at):
        return
    for mention in reversed(reading.networks_in(reading.blocks[passage.block].start, passage.start)):
        yield mention, (mention.start, mention.end), "block"
    yield from _topic(reading)
    before = [mention for mention in reading.networks if mention.start < passage.start]
    if before and not _is_of_sibling(reading, before[-1], passage):
        yield before[-1], (before[-1].start, before[-1].end), "before"


_SEVERAL = re.compile(
    r"\b(?:several|various|many|numerous|different|multiple|other|the following|these|"
    r"an? (?:number|range|variety) of|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:[\w-]+ ){0,3}"
    r"(?:networks|organi[sz]ations|associations|alliances|partnerships|initiatives)\b",
    re.IGNORECASE,
)


def _announces_networks(reading: Reading, at: int) -> bool:
    """Whether a passage speaks of networks that it does not name: "a member of the following networks:"."""
    passage = reading.passages[at]
    if _SEVERAL.search(reading.document.text, passage.start, passage.end):
        return True
    if at + 1 == len(reading.passages) or reading.networks_in(passage.start, passage.end):
        return False
    below = reading.passages[at + 1]
    is_lead_in = reading.governing[below.block].lead_in == passage.block
    return (
        is_lead_in
        and bool(reading.networks_in(below.start, below.end))
        and not reading.cities_in(below.start, below.end)
    )


def _is_of_sibling(reading: Reading, mention: NetworkMention, passage: Passage) -> bool:
    """Whether a network stands in an item of the passage's own list, which speaks of somebody else."""
    other = reading.passages[reading.passage_at(mention.start)].block
    kinds = {reading.blocks[index].kind for index in (other, passage.block)}
    if other == passage.block or kinds != {BlockKind.LIST_ITEM}:
        return False
    return reading.blocks[other].level == reading.blocks[passage.block].level and (
        reading.governing[other] == reading.governing[passage.block]
    )


def _networks_of_sentence(
    reading: Reading, passage: Passage, city: CityReference
) -> Iterable[tuple[NetworkMention, Span, Near]]:
    """The networks of the city's own clause, in order, then those beyond a semicolon.

    Those that go on an enumeration of the clause are of it: "Sydney: C40; Compact of Mayors; ICLEI".
    """
    text = reading.document.text
    start = text.rfind(";", passage.start, city.start) + 1 or passage.start
    stop = text.find(";", city.end, passage.end)
    end = stop if stop >= 0 else passage.end
    beyond = []
    last: Span | None = None
    others = _find_other_bodies(reading, passage)
    for mention in reading.networks_in(passage.start, passage.end):
        if city.start > others.get(mention.network_id, city.start):
            continue
        span = (mention.start, mention.end)
        if start <= mention.start < end or (last is not None and are_enumerated(reading, last, span)):
            last = span if mention.start > city.start else None
            yield mention, span, "passage"
        else:
            beyond.append(mention)
    for mention in beyond:
        yield mention, (mention.start, mention.end), "sentence"


def _topic(reading: Reading) -> Iterable[tuple[NetworkMention, Span | None, Near]]:
    if reading.topic is None:
        return
    for mention in reading.networks:
        if mention.network_id == reading.topic:
            yield mention, (mention.start, mention.end), "topic"
            return
    for mention in (*reading.title_networks, *([reading.publisher_network] if reading.publisher_network else [])):
        if mention.network_id == reading.topic:
            yield mention, None, "topic"
            return


def resolve_reference(reading: Reading, passage: Passage) -> tuple[NetworkMention, Span] | None:
    """The network that "the association", "its board" or "it" in a passage stands for, and those words.

    The nearest network named before in the same block or the one before, else the document's topic.
    """
    match = next(
        (
            m
            for m in NETWORK_REFERENCE.finditer(reading.document.text, passage.start, passage.end)
            if not _taken(reading, m)
        ),
        None,
    )
    if match is None:
        return None
    at = reading.passage_at(passage.start)
    before = reading.passages[at - 1] if at else None
    just_named = reading.networks_in(before.start, before.end) if before is not None else []
    if just_named:
        # Of several the one that the document is about is meant, or else the one named first.
        main = reading.topic if is_dominant(reading.topic, reading.networks) else None
        return next((m for m in just_named if m.network_id == main), just_named[0]), match.span()
    near = reading.networks_in(reading.blocks[max(0, passage.block - 1)].start, match.start())
    others = _find_other_bodies(reading, passage)
    near = [mention for mention in near if others.get(mention.network_id) != match.start()]
    if near:
        return near[-1], match.span()
    named = (*reading.networks, reading.publisher_network)
    topic = next((m for m in named if m is not None and m.network_id == reading.topic), None)
    return (topic, match.span()) if topic is not None else None


_OFFICE_OF = re.compile(
    r"\b(?:presidents?|chair(?:s|men|man|woman|person)?|secretar(?:y|ies)|secretary[- ]general|heads?|directors?|"
    r"leaders?) of (?:the )?$"
)
_OF_ITS_BODY = re.compile(
    r"(?:\s*\([^()]{2,20}\))?,? (?:(?:also|is|was|are|were|has|had|sits?|sat|serves?|served|holds?|held|joined)\b|"
    r"[a-z]+ed\b)"
    r"[^.;]{0,40}?\b(?P<its>its) (?:[\w-]+ ){0,2}?(?:board|bureau|committee|council|executive|presidency|leadership)\b"
)


def _find_other_bodies(reading: Reading, passage: Passage) -> dict[str, int]:
    """By network that only names an office of the passage: the offset of the "its" that is therefore another's.

    "The president of APLA is part of its executive bureau" speaks of the bureau of a network that was named before.
    """
    text = reading.document.text
    found: dict[str, int] = {}
    for mention in reading.networks_in(passage.start, passage.end):
        if _OFFICE_OF.search(text, max(passage.start, mention.start - 40), mention.start) is None:
            continue
        told = _OF_ITS_BODY.match(text, mention.end, passage.end)
        if told is not None:
            found.setdefault(mention.network_id, told.start("its"))
    return found


def _taken(reading: Reading, match: re.Match[str]) -> bool:
    return any(m.start < match.end() and match.start() < m.end for m in reading.networks)


_AND = re.compile(
    r"(?:'s?|’s?)?\s*(?:\([^()]{1,40}\))?(?:,?\s+(?:in|since|from)\s+(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d)?"
    r"\s*(?:,|;|/|•|\band\b|&|\bor\b|\bnor\b|\bas well as\b|\bboth\b|\s){1,4}"
    r"(?:(?:in|since|from)\s+(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d,?\s+)?"
    r"(?:\b(?:of|in|the|its|their|also|to|with|le|la)\b\s*){0,3}",
    re.IGNORECASE,
)


def are_enumerated(reading: Reading, one: Span, other: Span) -> bool:
    """Whether two network mentions of one passage stand in one enumeration, with nothing but names between them."""
    first, second = sorted((one, other))
    links = reading.networks_in(first[0], second[0] + 1)
    return all(_AND.fullmatch(reading.document.text, a.end, b.start) for a, b in pairwise(links))


def _pair_home(reading: Reading) -> list[Candidate]:
    """On a city's own page: the home city with the networks of each passage that does not refer to it.

    These are the networks that the passage names; if none, the one of the heading right over it.
    """
    assert reading.home is not None
    pairs = []
    for at, passage in enumerate(reading.passages):
        here = reading.references_in(passage.start, passage.end)
        if any(r.place.geonameid == reading.home.geonameid for r in here):
            continue
        home = CityReference(passage.start, passage.start, reading.home, "home")
        named = reading.networks_in(passage.start, passage.end)
        if not named and not here:
            pairs += _pair_home_under_heading(reading, home, at)
        own = [mention for mention in named if not _is_of_subject(reading, passage, mention)]
        pairs += _pair_with_each(home, own, at)[: MAX_NETWORKS * 3]
    return pairs


def _pair_with_each(city: CityReference, mentions: Iterable[NetworkMention], at: int) -> list[Candidate]:
    """The city with each network that a passage names, in order, by its first mention."""
    pairs: dict[str, Candidate] = {}
    for mention in mentions:
        span = (mention.start, mention.end)
        pair = Candidate(city, mention.network_id, mention.name, span, "passage", at)
        pairs.setdefault(mention.network_id, pair)
    return list(pairs.values())


_WITH_US = re.compile(r"\b(?:we|our|us|both|also|like|with|together|alongside)\b", re.IGNORECASE)
_SUBJECT_REACH = 30
"""Characters of a passage within which the city that is its subject begins."""


def _is_of_subject(reading: Reading, passage: Passage, mention: NetworkMention) -> bool:
    """Whether a passage speaks of a network as that of another city, its subject: "Gothenburg is a member of …"."""
    named = (r for r in reading.references_in(passage.start, passage.end) if r.form in {"name", "holder"})
    first = next(named, None)
    if first is None or first.start - passage.start > _SUBJECT_REACH or first.end > mention.start:
        return False
    return _WITH_US.search(reading.document.text, passage.start, mention.start) is None


def _pair_entries(reading: Reading) -> Iterator[Candidate]:
    """Entries that name networks and no city, with the only city of what stands over them.

    "Lviv is a member of several organisations of cities:" over "Eurocities" and "Energy Cities – not a member".
    """
    for at, passage in enumerate(reading.passages):
        if reading.blocks[passage.block].kind not in LISTED or reading.references_in(passage.start, passage.end):
            continue
        # What has but the shape of a network's name is as often the title of the entry.
        named = [mention for mention in reading.networks_in(passage.start, passage.end) if mention.form != "new"]
        place = _find_city_over(reading, passage.block) if named else None
        if place is None or (reading.home is not None and reading.home.geonameid == place.geonameid):
            continue
        city = CityReference(passage.start, passage.start, place, "home")
        yield from _pair_with_each(city, named, at)


_OF_MEMBERSHIPS = re.compile(
    r"(?:(?:city|international|other|our|further|national) )*"
    r"(?:memberships?|networks?|relations|cooperation|affiliations|associations|organi[sz]ations)"
    r"(?: (?:in|of) (?:city |international )?(?:networks?|organi[sz]ations|associations))?\W*",
    re.IGNORECASE,
)
"""A heading that says what the networks below are to the city of the heading above it."""


def _find_city_over(reading: Reading, block: int) -> Place | None:
    """The only city of the lead-in over an entry, or, where that names none, of a heading that is its name alone.

    None where what names the city names a network as well.
    """
    over = reading.governing[block]
    if over.lead_in is not None:
        lead = reading.blocks[over.lead_in]
        cities = {city.place.geonameid: city.place for city in reading.references_in(lead.start, lead.end)}
        if cities:
            alone = len(cities) == 1 and not reading.networks_in(lead.start, lead.end)
            return next(iter(cities.values())) if alone else None
    told = (reading.blocks[index] for index in reversed(over.headings))
    heading = next((h for h in told if not _OF_MEMBERSHIPS.fullmatch(reading.document.text, h.start, h.end)), None)
    if heading is None:
        return None
    named = reading.cities_in(heading.start, heading.end)
    rest = heading.end - heading.start - sum(city.end - city.start for city in named)
    is_name = len(named) == 1 and rest <= _BESIDE_NAME and not reading.networks_in(heading.start, heading.end)
    return named[0].place if is_name else None


def _pair_home_under_heading(reading: Reading, home: CityReference, at: int) -> list[Candidate]:
    """`Covenant of Mayors` over `Signed in 2009.`"""
    block = reading.passages[at].block
    headings = reading.governing[block].headings
    if not headings or reading.blocks[block].kind is not BlockKind.PARAGRAPH:
        return []
    heading = reading.blocks[headings[-1]]
    mention = next(iter(reading.networks_in(heading.start, heading.end)), None)
    rest = 0 if mention is None else heading.end - heading.start - (mention.end - mention.start)
    if mention is None or rest > _BESIDE_NAME:
        return []
    span = (mention.start, mention.end)
    return [Candidate(home, mention.network_id, mention.name, span, "heading", at)]
