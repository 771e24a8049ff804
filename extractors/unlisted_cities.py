"""Municipalities that GeoNames' list lacks, told by how a text speaks of them: "Mayor of Huron-Kinloss".

A capitalised name that the gazetteer does not know is taken for a municipality where an office or a
council makes it one, and where it stands in an enumeration, a list or a column most of whose
members are cities. It has no id; its country is told by what stands beside it, over it or around it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

from extractors.city_context import is_caps_line
from extractors.city_mention import CityMention
from extractors.countries import find_country, find_demonym, find_regions
from extractors.country_context import find_area_beside, find_area_of_heading
from extractors.gazetteer import Gazetteer, Place
from extractors.gazetteer_index import make_id
from extractors.person_names import PersonFinder
from extractors.place_names import fold_name, ordinary_sense
from extractors.relation_masks import Span
from extractors.structure import BULLET, LISTED, Governing
from schemas.document import Block

Told = Literal["office", "country", "cities"]
"""What suggests that a name is a municipality's: its office or council, a country behind it, or its neighbours."""
LEAST_LISTED = 3
"""Cities that an enumeration or a list must hold, beside the name that is asked about."""
LEAST_SHARE = 0.6
"""Of the members of a list that are cities."""
LEAST_AGREED = 0.75
"""Share of the cities around a name that must lie in one country for it to lie there, too."""

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž]"
_WORD = rf"{_CAPITAL}[\w’']*(?:-(?:{_CAPITAL}|[a-z]{{1,4}}-)?[\w’']+)*"
_LINK = r"(?:de|del|della|di|da|do|dos|la|le|les|el|al|en|am|an der|im|ob der|sur|sous|upon|of the|y|e|van|aan den)"
_NAME = rf"{_WORD}(?: (?:{_LINK} )?{_WORD}){{0,3}}(?: \d{{1,2}}\b)?"
_BEFORE = re.compile(
    rf"\b(?:[Mm]ayor(?:ess)?|[Cc]ity|[Tt]own|Village|Hamlet|[Mm]unicipality|[Bb]orough|[Cc]ommune|[Tt]ownship|[Ss]hire"
    rf"|town hall|town council|city council|[Dd]istrict(?: Council)?) of (?P<name>{_NAME})"
)
_KIND_BEFORE = re.compile(r"\b(?:Town|Village|Hamlet|Municipality|Township|Borough|Commune|Shire|District) of $")
_KIND = r"(?:Local|Regional|Aboriginal|Metropolitan|District|Rural|City|Town|Borough|County|Shire|Municipal)"
_SMALL = "municipality|city council|town council"
_AFTER = re.compile(
    rf"\b(?!The\b|This\b|That\b)(?P<name>(?!{_KIND}\b){_WORD}(?: (?!{_KIND}\b)(?:{_LINK} )?{_WORD}){{0,2}})"
    rf" (?:{_KIND} ){{0,2}}(?:Municipality|City Council|Town Council|Borough Council|District Council|"
    rf"Shire Council|Municipal Council|Municipal Assembly|District Assembly|{_SMALL})\b(?! of)"
)
_IN_SMALL_LETTERS = re.compile(rf" (?:{_SMALL})\b")
_WITH_COUNTRY = re.compile(rf"(?P<name>{_NAME})(?: ?\(|, )(?P<country>{_CAPITAL}[\w’' .]{{3,30}})(?=[);,\n]|$)", re.M)
_SEPARATOR = re.compile(r"\s*(?:[,;:/•·|]|\band\b|&|\bor\b)\s*")
_MEMBER = re.compile(rf"(?:[-–•*] ?)?(?P<name>{_NAME})(?: ?\([^()]{{2,30}}\))?[*†‡¹²³.:]*")
_HEAD = re.compile(rf"[-–•*·\d.)\s]*(?P<name>{_NAME})(?=[*†‡¹²³]*(?:\s*$|\s*[,(|:;\t]| [-–—] | {{2}}))")
_NO_NAME = re.compile(r"[a-z][A-Z]{2}|['’]s ")
"""Two words that lost what stood between them, "ProductionROSARIO"; what is a city's: "Mexico's Secretary"."""
_NEVER = frozenset(
    """the a an in at of from by for
    city cities town towns mayor mayors member members region regional province county district council
    committee association network board president vice university union north south east west international european
    world global national federal state government ministry department office secretariat institute foundation
    company group january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday mr mrs ms dr metropolitan administrative urban climate arctic nordic
    total others other none tbc n/a year name country host""".split()
)


def find_unlisted(
    text: str,
    blocks: Sequence[Block],
    governing: Sequence[Governing],
    cities: Sequence[CityMention],
    *,
    taken: Sequence[Span],
    gazetteer: Gazetteer,
    favoured: Mapping[str, float],
    find_people: Callable[[str], Sequence[Span]] | None = None,
) -> list[CityMention]:
    """The mentions of municipalities that the gazetteer lacks, in the order of the text.

    Among them those whose name it knows in other countries only, where the text is about one country and says
    what kind of municipality it is: "Town of Faro" beside towns of the Yukon is not the one in Portugal.

    Args:
        text: the document's text.
        blocks: its blocks.
        governing: what stands over each block.
        cities: the cities that were found; of the new mentions only those in another country overlap one.
        taken: spans that name something else (networks, people).
        gazetteer: tells which names are known.
        favoured: by ISO code, how much the document's networks speak for a country.
        find_people: gives the spans of people's names in a text, by default as the shipped pipeline finds them;
            asked for lines only in which a name of two words or more might be a municipality's or a person's.
    """
    find_people_once = cache(find_people or _shipped_people().find)
    moved = _move_home(text, (blocks, governing), cities, gazetteer, favoured)
    away = {city.start for city in moved}
    cities = [city for city in cities if city.start not in away and not _is_glued(text, city)]
    shut = [*taken, *((city.start, city.end) for city in (*cities, *moved))]
    places: dict[str, Place] = {}
    spans: dict[Span, str] = {}
    for span, block, near, told_by in _find_names(text, blocks, cities):
        name = text[slice(*span)]
        if _is_shut(span, shut) or not _may_name(name, text, span, gazetteer):
            continue
        # Whose office is named lives next door; of the members of a list all are asked.
        asked = [min(near, key=lambda city: abs(city.start - span[0]))] if told_by == "office" and near else near
        country = _tell_country(text, (blocks, governing), span, block, asked) or _most(favoured, cities)
        if country is None:
            continue
        if told_by == "country" and _is_in_person(text, span, find_people_once):
            continue  # "Siim Kiisler (Estonia)" in a list of a board's members
        place = gazetteer.find_spelling(name, country)
        if place is None and _IN_SMALL_LETTERS.match(text, span[1]):
            continue  # "Each municipality"
        places.setdefault(name, place or _make_place(name, country))
        spans[span] = name
    for name in places:
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            spans.setdefault(match.span(), name)
    shut = [span for span in shut if not any(a <= span[0] and span[1] <= b for a, b in spans)]
    found = [
        CityMention(start, end, places[name], 0.0)
        for (start, end), name in sorted(spans.items())
        if not _is_shut((start, end), shut)
    ]
    mentions = sorted([*found, *moved], key=lambda mention: mention.start)
    return [m for n, m in enumerate(mentions) if not any(m.start < k.end and k.start < m.end for k in mentions[:n])]


def _move_home(
    text: str,
    layout: tuple[Sequence[Block], Sequence[Governing]],
    cities: Sequence[CityMention],
    gazetteer: Gazetteer,
    favoured: Mapping[str, float],
) -> list[CityMention]:
    """Cities abroad that are called a town there, where no place of the text's country has the name.

    What a country's name beside or over it puts abroad stays there.
    """
    home = _most(favoured, cities)
    if home is None or sum(city.place.country_code == home for city in cities) < LEAST_LISTED:
        return []
    called = {
        city.place.geonameid
        for city in cities
        if city.place.country_code != home and _KIND_BEFORE.search(text[max(0, city.start - 20) : city.start])
    }
    starts = [block.start for block in layout[0]]
    away = [city for city in cities if city.place.geonameid in called]
    for city in away:
        index = max(0, bisect_right(starts, city.start) - 1)
        if _tell_country(text, layout, (city.start, city.end), index, near=()) not in (None, home):
            called.discard(city.place.geonameid)
    names = ((city, text[city.start : city.end]) for city in away if city.place.geonameid in called)
    return [
        CityMention(city.start, city.end, _make_place(name, home), 0.0)
        for city, name in names
        if not any(place.country_code == home for place, _ in gazetteer.lookup(name))
    ]


def _find_names(
    text: str, blocks: Sequence[Block], cities: Sequence[CityMention]
) -> Iterator[tuple[Span, int, list[CityMention], Told]]:
    """Names that may be a municipality's: where, in which block, the cities with them, and what suggests it."""
    starts = [city.start for city in cities]
    for index, block in enumerate(blocks):
        mine = list(cities[bisect_left(starts, block.start) : bisect_left(starts, block.end)])
        for pattern in (_BEFORE, _AFTER):
            for match in pattern.finditer(text, block.start, block.end):
                yield match.span("name"), index, mine, "office"
        if block.kind in LISTED or len(mine) >= LEAST_LISTED:
            for match in _WITH_COUNTRY.finditer(text, block.start, block.end):
                if find_country(match["country"].strip()):
                    yield match.span("name"), index, mine, "country"
        if len(mine) >= 2:
            yield from ((span, index, run, "cities") for span, run in _find_enumerated(text, block, mine))
    yield from ((*found, "cities") for found in _find_listed(text, blocks, cities))


def _find_enumerated(
    text: str, block: Block, cities: Sequence[CityMention]
) -> Iterator[tuple[Span, list[CityMention]]]:
    """Unknown members of enumerations in which cities are the rule."""
    starts, ends = {c.start: c for c in cities}, {c.end: c for c in cities}
    run: list[Span] = []
    at = block.start
    for match in [*_SEPARATOR.finditer(text, block.start, block.end), None]:
        end = match.start() if match else block.end
        member = _MEMBER.fullmatch(text, at, end)
        if member is not None:
            run.append(member.span("name"))
        if member is None or match is None:
            # A sentence may go on after the last city and lead up to the first.
            last, first = starts.get(at), ends.get(end)
            yield from _judge(run if member or last is None else [*run, (last.start, last.end)], cities)
            run = [(first.start, first.end)] if first is not None else []
        at = match.end() if match else block.end


def _judge(run: Sequence[Span], cities: Sequence[CityMention]) -> Iterator[tuple[Span, list[CityMention]]]:
    known = [c for c in cities if any(a <= c.start < b for a, b in run)]
    unknown = [span for span in run if not any(span[0] <= c.start < span[1] for c in known)]
    if len(known) >= LEAST_LISTED and len(known) >= LEAST_SHARE * len(run):
        yield from ((span, known) for span in unknown)


def _find_listed(
    text: str, blocks: Sequence[Block], cities: Sequence[CityMention]
) -> Iterator[tuple[Span, int, list[CityMention]]]:
    """Names that open an item or a row whose neighbours open with cities."""
    opening = {c.start: c for c in cities}
    run: list[tuple[int, Span]] = []
    for index in range(len(blocks) + 1):
        block = blocks[index] if index < len(blocks) else None
        if block is not None and block.kind in LISTED and (not run or block.kind is blocks[run[-1][0]].kind):
            head = _HEAD.match(text, block.start, block.end)
            run.append((index, head.span("name") if head else (block.start, block.start)))
            continue
        if len(run) > LEAST_LISTED:
            known = [opening[span[0]] for _, span in run if span[0] in opening]
            if len(known) >= LEAST_LISTED and len(known) >= LEAST_SHARE * len(run):
                yield from ((span, at, known) for at, span in run if span[1] > span[0] and span[0] not in opening)
        run = []


def _is_shut(span: Span, shut: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in shut)


@cache
def _shipped_people() -> PersonFinder:
    return PersonFinder()


def _is_in_person(text: str, span: Span, find_people: Callable[[str], Sequence[Span]]) -> bool:
    """Whether a name of two words or more is within a person's that its line holds."""
    if " " not in text[slice(*span)]:
        return False
    start, end = text.rfind("\n", 0, span[0]) + 1, text.find("\n", span[1])
    bullet = BULLET.match(text, start)
    start = bullet.end() if bullet and bullet.end() <= span[0] else start
    people = find_people(text[start : end if end >= 0 else len(text)])
    return any(start + a <= span[0] and span[1] <= start + b for a, b in people)


def _may_name(name: str, text: str, span: Span, gazetteer: Gazetteer) -> bool:
    """Whether a name is no known place, country, person or everyday word."""
    words = fold_name(name).split()
    if not words or len(name) < 4 or name.isupper() or is_caps_line(text, span[0]) or _NO_NAME.search(name):
        return False
    if any(word in _NEVER for word in words) or gazetteer.lookup(name):
        return False
    if words[0] == "greater" and gazetteer.lookup(" ".join(words[1:])):
        return False  # "Greater Amman Municipality" is Amman's
    if find_country(name) or find_demonym(name) or find_regions(name):
        return False
    if len(words) > 1 and find_country(name.rsplit(maxsplit=1)[-1]):
        return False  # "Pyrenean France"
    return ordinary_sense(name) is None and ordinary_sense(name.split(maxsplit=1)[0]) != "person"


def _is_glued(text: str, city: CityMention) -> bool:
    """Whether a city's name is but a part of a hyphenated one: "Huron" in "Huron-Kinloss"."""
    after = text[city.end : city.end + 2]
    return (after[:1] == "-" and after[1:].isupper()) or text[max(0, city.start - 1) : city.start] == "-"


def _tell_country(
    text: str,
    layout: tuple[Sequence[Block], Sequence[Governing]],
    span: Span,
    index: int,
    near: Sequence[CityMention],
) -> str | None:
    """The country beside the name, of the heading over it, or of nearly all cities around it."""
    blocks, governing = layout
    areas, _ = find_area_beside(text, blocks[index], span[1])
    if areas:
        return areas[0][:2]
    over = governing[index]
    for heading in reversed([*over.headings, *([over.lead_in] if over.lead_in is not None else [])]):
        area = find_area_of_heading(text[blocks[heading].start : blocks[heading].end])
        if area:
            return area[:2]
    return _agreed(near)


def _agreed(cities: Sequence[CityMention]) -> str | None:
    counts = Counter(city.place.country_code for city in cities)
    code, number = counts.most_common(1)[0] if counts else (None, 0)
    return code if number >= LEAST_AGREED * len(cities) else None


def _most(favoured: Mapping[str, float], cities: Sequence[CityMention]) -> str | None:
    """The country of a national network, or of nearly all cities of the document."""
    national = [code for code, weight in favoured.items() if weight >= 1 and ":" not in code]
    return national[0] if len(national) == 1 else _agreed(cities)


def _make_place(name: str, country_code: str) -> Place:
    """A place that no list knows."""
    return Place(make_id(name, country_code), name, country_code, "", 0.0, 0.0, 0, 0)
