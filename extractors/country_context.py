"""Which country the words around a place name speak of: beside it, in its row, over its list, in its text."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from string import capwords
from typing import NamedTuple

from extractors.columns import find_column, find_column_heading
from extractors.countries import (
    Region,
    country_names,
    demonyms,
    find_country,
    find_demonym,
    find_full_regions,
    find_regions,
    parse_country_field,
    region_names,
)
from extractors.place_names import fold_name
from schemas.document import Block

_TOKEN = re.compile(r"[^\W\d_][\w'’.-]*")
_PART = r"(?:[A-Z][\w.'’-]*|of|the|and|del?|do|da)"
_BODY = (
    r"(?: (?:(?:Sub-)?Metropolitan|Municipal|City|Town|District|Borough|Municipality|Council|Corporation|Government|"
    r"Administration|Authority)){1,4}"
)
"""What a city calls its government, between its name and its country: "Birgunj Metropolitan City, Nepal"."""
_BESIDE = re.compile(
    rf"(?:{_BODY}(?:,\s{{1,2}}| ?\(| [–-] )|[*†‡¹²³]*(?:,\s{{1,2}}(?:in\s(?:the\s(?:U\.?S\.?\s)?state\sof\s)?)?|"
    r" ?\(| [–-] | ?\[| / | in | ))"
    rf"({_PART}(?:[ \n]{_PART}){{0,4}})"
)
_BESIDE_REACH = 100
"""Characters after a name in which its country stands."""
_PARTED = re.compile(r"[,;:|()]")
"""Between names, and within none: "Korea, South Africa"."""
_HEADING_WORDS = 4
_STATE = r"(?:state|province|region|territory)"
_STATE_HEADING = re.compile(rf"(?:us )?{_STATE}(?: ?(?:/|or|and|&) ?{_STATE})?", re.IGNORECASE)
"""Of a column: "State/Province". A "Member State" is a country."""


class Beside(NamedTuple):
    """What stands right after a name."""

    areas: tuple[str, ...]
    """What it may mean, likeliest first: ISO codes, or with a state `US:OH`; empty where nothing is told."""
    end: int
    """Offset after it; of nothing, the name's own end."""


def find_area_beside(text: str, block: Block, end: int) -> Beside:
    """The country or state that stands right after a name that ends at `end`.

    "Portland, Oregon" → `US:OR`; "Nantes (FR)" → `FR`; "(DE)" may be Delaware or Germany.
    """
    match = _BESIDE.match(text, end, min(block.end, end + _BESIDE_REACH))
    if match is None:
        return Beside((), end)
    parted = text[end : match.start(1)].strip("*†‡¹²³ \n") != ""
    words = match.group(1).split()
    for length in range(len(words), 0, -1):
        phrase = " ".join(words[:length])
        areas = _read_areas(phrase) if parted else _read_bare_areas(phrase)
        if areas and words[length : length + 1] != ["City"]:  # "Los Angeles, Mexico City" are two cities
            return Beside(areas, match.start(1) + len(phrase))
    return Beside((), end)


def _read_bare_areas(phrase: str) -> tuple[str, ...]:
    """The area after a name with nothing between: "Cleveland OH" and "Paris France"."""
    cleaned = phrase.rstrip(".,;:")
    regions = find_regions(cleaned) if len(cleaned) == 2 and cleaned.isupper() else []
    code = find_country(cleaned)
    return tuple(region.area for region in regions) or ((code,) if code else ())


def _read_areas(phrase: str) -> tuple[str, ...]:
    cleaned = phrase.rstrip(".,;:")
    regions = [region.area for region in find_regions(phrase.rstrip(",;:")) or find_regions(cleaned)]
    code = find_country(cleaned) or (parse_country_field(cleaned) if cleaned.isupper() and len(cleaned) <= 3 else None)
    countries = [code] if code else []
    # CA is California and Canada, DE Delaware and Germany; Georgia is the country unless the name says otherwise.
    return tuple([*countries, *regions] if code and len(cleaned) > 3 else [*regions, *countries])


def find_country_words(text: str) -> list[str]:
    """ISO codes of the country names and demonyms of a text, one for each occurrence, in order.

    Words of a longer name count no more: "New Mexico" speaks of no Mexico.
    """
    return [code for code, _ in _find_area_words(text) if code]


def find_region_words(text: str) -> list[Region]:
    """The regions that a text names in full, one for each occurrence, in order.

    Abbreviations say too little alone, and a name that is a country's as well is that.
    """
    return [regions[0] for code, regions in _find_area_words(text) if not code and len(regions) == 1]


def _find_area_words(text: str) -> Iterator[tuple[str | None, Sequence[Region]]]:
    """Country and regions of each name of a country, a people or a region; of names that overlap the longest first."""
    reached = 0
    words = list(_TOKEN.finditer(text))
    for position, word in enumerate(words):
        if position < reached or not word.group()[0].isupper():
            continue
        longest = _longest_area_names().get(fold_name(word.group()).partition(" ")[0], 0)
        for length in range(min(longest, len(words) - position), 0, -1):
            name = " ".join(_bare(text[word.start() : words[position + length - 1].end()]).split())
            if _PARTED.search(name):
                continue
            code, regions = find_country(name) or find_demonym(name), find_full_regions(name)
            if code or regions:
                yield code, regions
                reached = position + length
                break


def _bare(name: str) -> str:
    """A name without the point or the possessive ending behind it."""
    return name.rstrip(".'’").removesuffix("’s").removesuffix("'s")


@cache
def _longest_area_names() -> dict[str, int]:
    """By first folded word, how many words the longest name has that begins so: few words of a text begin any."""
    longest: dict[str, int] = {}
    for words in (fold_name(name).split() for name in (*country_names(), *region_names(), *demonyms())):
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def find_area_of_heading(content: str) -> str | None:
    """The country or state whose name a heading is, with or without a count: "France (12)" → FR, "Maine" → `US:ME`.

    None where it names none, or several.
    """
    bare = capwords(re.sub(r"[\d():.*\-–—|]+", " ", content))
    whole = find_country(bare) if bare else None
    if whole or not bare or len(bare.split()) > _HEADING_WORDS:
        return whole
    regions = find_full_regions(bare)
    if len(regions) == 1:
        return regions[0].area
    codes = set(find_country_words(bare))
    return codes.pop() if len(codes) == 1 else None


def find_country_in_row(text: str, block: Block, offset: int) -> str | None:
    """The country in another cell of the table row in which `offset` stands; of several the nearest."""
    own = find_column(block, offset)
    if own is None:
        return None
    for k in sorted(range(len(block.cells)), key=lambda k: (abs(k - own), -k)):
        cell = text[slice(*block.cells[k])].strip()
        code = parse_country_field(cell) if k != own and 1 < len(cell) <= 40 else None
        if code:
            return code
    return None


def find_states_in_row(text: str, blocks: Sequence[Block], index: int, offset: int, header: int | None) -> list[str]:
    """What the row `blocks[index]` holds beside `offset` under headings such as "State", as `US:OH`.

    An abbreviation that several states share ("WA") gives each. `header` is the table's header row, if it has one.
    Empty outside of tables.
    """
    own = find_column(blocks[index], offset)
    areas: list[str] = []
    for k, cell in enumerate(blocks[index].cells if own is not None else ()):
        regions = find_regions(text[slice(*cell)].strip()) if k != own else []
        if regions and is_of_states(text, blocks, index, cell[0], header):
            areas += [region.area for region in regions]
    return areas


def is_of_states(text: str, blocks: Sequence[Block], index: int, offset: int, header: int | None) -> bool:
    """Whether the column in which `offset` stands, in the row `blocks[index]`, is headed "State", "Province" or so."""
    heading = find_column_heading(text, blocks, index, offset, header)
    return heading is not None and _STATE_HEADING.fullmatch(text[slice(*heading)].strip()) is not None
