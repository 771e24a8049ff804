"""Which country the words around a place name speak of: beside it, in its row, over its list, in its text."""

import re

from extractors.countries import Region, find_country, find_demonym, find_regions, parse_country_field
from schemas.document import Block

_TOKEN = re.compile(r"[^\W\d_][\w'’.-]*")
_PART = r"(?:[A-Z][\w.'’-]*|of|the|and|del?|do|da)"
_BESIDE = re.compile(rf"[*†‡¹²³]*(?:,\s{{1,2}}| ?\(| [–-] | ?\[| / | )({_PART}(?:[ \n]{_PART}){{0,4}})")
_BESIDE_REACH = 70
"""Characters after a name in which its country stands."""


def find_country_beside(text: str, block: Block, end: int) -> tuple[str | None, int]:
    """The country or state that stands right after a name that ends at `end`, and where it ends.

    "Portland, Oregon" → `US:OR`; "Nantes (FR)" → `FR`; nothing gives (None, end).
    """
    match = _BESIDE.match(text, end, min(block.end, end + _BESIDE_REACH))
    if match is None:
        return None, end
    parted = text[end : match.start(1)].strip("*†‡¹²³ \n") != ""
    words = match.group(1).split()
    for length in range(len(words), 0, -1):
        phrase = " ".join(words[:length])
        code = _read_area(phrase) if parted else _read_bare_area(phrase)
        if code and words[length : length + 1] != ["City"]:  # "Los Angeles, Mexico City" are two cities
            return code, match.start(1) + len(phrase)
    return None, end


def _read_bare_area(phrase: str) -> str | None:
    """The area after a name with nothing between: "Cleveland OH" and "Paris France"."""
    cleaned = phrase.rstrip(".,;:")
    regions = find_regions(cleaned) if len(cleaned) == 2 and cleaned.isupper() else []
    return _join_region(regions[0]) if regions else find_country(cleaned)


def _read_area(phrase: str) -> str | None:
    cleaned = phrase.rstrip(".,;:")
    regions = find_regions(phrase.rstrip(",;:")) or find_regions(cleaned)
    code = find_country(cleaned) or (parse_country_field(cleaned) if cleaned.isupper() and len(cleaned) <= 3 else None)
    # CA is California and Canada, DE Delaware and Germany: North American and Australian towns take their state.
    is_state = bool(regions) and (code is None or regions[0].country_code in {"US", "CA", "AU"})
    if is_state and not (code and len(cleaned) > 3):
        return _join_region(regions[0])
    return code


def _join_region(region: Region) -> str:
    return f"{region.country_code}:{region.admin1_code}"


def find_country_words(text: str) -> list[str]:
    """ISO codes of the country names and demonyms of a text, one for each occurrence, in order."""
    codes = []
    words = _TOKEN.findall(text)
    for position, word in enumerate(words):
        if not word[0].isupper():
            continue
        pair = " ".join(words[position : position + 2])
        bare = word.rstrip(".'’").removesuffix("’s").removesuffix("'s")
        code = find_country(pair) or find_country(bare) or find_demonym(word)
        if code:
            codes.append(code)
    return codes


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
    own = next((k for k, (a, b) in enumerate(block.cells) if a <= offset < max(b, a + 1)), None)
    if own is None:
        return None
    for k in sorted(range(len(block.cells)), key=lambda k: (abs(k - own), -k)):
        cell = text[slice(*block.cells[k])].strip()
        code = parse_country_field(cell) if k != own and 1 < len(cell) <= 40 else None
        if code:
            return code
    return None
