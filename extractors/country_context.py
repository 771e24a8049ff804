"""Which country the words around a place name speak of: beside it, in its row, over its list, in its text."""

import re
from functools import cache
from typing import NamedTuple

from extractors.columns import find_column
from extractors.countries import (
    Region,
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
_REGION_WORDS = 4


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
    """ISO codes of the country names and demonyms of a text, one for each occurrence, in order."""
    codes = []
    words = _TOKEN.findall(text)
    for position, word in enumerate(words):
        if not word[0].isupper():
            continue
        pair = " ".join(words[position : position + 2])
        code = find_country(pair) or find_country(_bare(word)) or find_demonym(word)
        if code:
            codes.append(code)
    return codes


def find_region_words(text: str) -> list[Region]:
    """The regions that a text names in full, one for each occurrence, in order.

    Abbreviations say too little alone, and a name that is a country's as well is that.
    """
    found, reached = [], 0
    words = list(_TOKEN.finditer(text))
    for position, word in enumerate(words):
        if position < reached or not word.group()[0].isupper() or not _may_begin_region(word.group()):
            continue
        for length in range(min(_REGION_WORDS, len(words) - position), 0, -1):
            name = " ".join(_bare(text[word.start() : words[position + length - 1].end()]).split())
            regions = find_full_regions(name)
            if len(regions) == 1 and find_country(name) is None:
                found += regions
                reached = position + length
                break
    return found


def _may_begin_region(word: str) -> bool:
    return _bare(word).casefold() in _region_beginnings()


def _bare(name: str) -> str:
    """A name without the point or the possessive ending behind it."""
    return name.rstrip(".'’").removesuffix("’s").removesuffix("'s")


@cache
def _region_beginnings() -> frozenset[str]:
    """First words of all names of regions, with and without diacritics: few words of a text pass."""
    names = (name.casefold() for name in region_names())
    return frozenset(first for name in names for first in (name.split()[0], fold_name(name).split()[0]))


def find_country_of_heading(content: str) -> str | None:
    """The country of a heading that is a country's name, with or without a count: "France (12)"."""
    bare = re.sub(r"[\d():.*\-–—|]+", " ", content).strip()
    whole = find_country(bare.title() if bare.isupper() else bare) if bare else None
    if whole or not bare or len(bare.split()) > 4:
        return whole
    codes = {code for word in bare.split() if (code := find_country(word.title()) or find_demonym(word.title()))}
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
