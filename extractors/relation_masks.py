"""Names and years of a passage replaced by markers, for the relation model."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.date_words import MONTH_NAME, MONTHS
from schemas.dates import PartialDate

CITY, HOLDER, NOMINAL, HOME = "[CITY]", "[HOLDER]", "[NOMINAL]", "[HOME]"
"""A mention that is asked about: a city by its name, by a person who speaks for it, by a noun ("the port city"),
or the city whose own page this is, in a passage that does not name it."""
PLACE = "[PLACE]"
"""A mention of a city that is not asked about."""
NETWORK = "[NET]"
"""The candidate network."""
OTHER_NETWORK = "[OTHER]"
PAST, THIS_YEAR, FUTURE, SOME_YEAR = "[PAST]", "[NOW]", "[FUTURE]", "[YEAR]"
"""A year (or month of a year) before, of and after publication; a year where publication is unknown."""

Span = tuple[int, int]
"""Half-open offsets of the document's text."""


def distance(one: Span, other: Span) -> int:
    """Characters between two stretches of a text; 0 where they meet."""
    return max(0, one[0] - other[1], other[0] - one[1])


class Mask(NamedTuple):
    """A span of the document's text and the marker that stands for it."""

    start: int
    end: int
    marker: str


def order_masks(ranked: Iterable[tuple[Iterable[Span], str]]) -> list[Mask]:
    """Masks in the order of the text, without overlap: of two that overlap the one of the earlier group stays."""
    chosen: list[Mask] = []
    for spans, marker in ranked:
        new = [Mask(start, end, marker) for start, end in spans]
        chosen += [mask for mask in new if not any(mask.start < old.end and old.start < mask.end for old in chosen)]
    return sorted(set(chosen))


_REFERENCE = re.compile(r"(?:\w+ )?[a-z][a-z -]*")
_PRONOUNS = frozenset({"it", "we", "us", "our", "its"})
_PACT_WORDS = re.compile(
    r"\b(?:covenant|pact|charter|compact|declaration|pledge|commitments?|accord|awards?|prize)\b", re.I
)


def mask_text(text: str, span: Span, masks: Sequence[Mask], published: PartialDate | None) -> str:
    """The text of `span` in one line, with the masks (ordered, without overlap) and years replaced."""
    pieces: list[str] = []
    at, end = span
    for mask in masks:
        # An empty mask (the home city) stands at the start of its span.
        if mask.start >= end or (mask.end <= at and mask.start != at):
            continue
        pieces.append(mask_years(text[at : max(at, mask.start)], published))
        pieces.append(f" {_write_mask(text[mask.start : mask.end], mask.marker)} ")
        at = min(mask.end, end)
    pieces.append(mask_years(text[at:end], published))
    return tidy_line("".join(pieces))


def _write_mask(words: str, marker: str) -> str:
    """The marker, and of a network what its words tell of its nature.

    A pact by its name says so, since cities sign pacts and join associations; "its secretariat" keeps its
    noun; a pronoun, whose reference is a guess, stays as it is.
    """
    if marker != NETWORK:
        return marker
    if words.casefold() in _PRONOUNS:
        return words
    if _REFERENCE.fullmatch(words):
        return f"{marker} {words}"
    pact = _PACT_WORDS.search(words)
    return f"{marker} {pact.group().casefold()}" if pact else marker


def mask_names(line: str, names: Iterable[tuple[Iterable[str], str]], published: PartialDate | None) -> str:
    """A line apart from the text (a title) with each of the names replaced by its group's marker."""
    markers: dict[str, str] = {}
    for group, marker in names:
        for name in group:
            markers.setdefault(tidy_line(name), marker)
    if markers:
        longest_first = sorted((name for name in markers if name), key=len, reverse=True)
        pattern = "|".join(re.escape(name) for name in longest_first)
        line = re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda match: f" {markers[match.group()]} ", tidy_line(line))
    return tidy_line(mask_years(line, published))


_DATED = re.compile(
    rf"(?:\b(?P<month>{MONTH_NAME})\b\.?,?\s+(?:\d{{1,2}},\s*)?)?"
    r"(?<![\d.,])(?P<year>(?:19|20)\d\d)(?:-(?P<number>[01]\d)(?:-\d\d)?)?(?!\d)",
    re.IGNORECASE,
)


_OPEN_PERIOD = re.compile(r"(?<=\b(?:19|20)\d\d)[–—-](?=\s+(?:$|[^\W\d_])|\s*[)\]|;])")


def mask_years(text: str, published: PartialDate | None) -> str:
    """Every year replaced by its place in time; a month that stands with it counts where publication has one.

    A period that has not ended says so in words: `2020– Florence` as `2020–present Florence`.
    """

    def place_in_time(match: re.Match[str]) -> str:
        month = match["month"] or ""
        number = int(match["number"]) if match["number"] else _month_number(month)
        return f"{month} {_compare(int(match['year']), number, published)}".lstrip()

    return _DATED.sub(place_in_time, _OPEN_PERIOD.sub("–present", text))


def _month_number(month: str) -> int | None:
    return MONTHS.index(month[:3].casefold()) + 1 if month else None


def _compare(year: int, month: int | None, published: PartialDate | None) -> str:
    if published is None:
        return SOME_YEAR
    here = int(published[:4])
    if year != here:
        return PAST if year < here else FUTURE
    if month is None or len(published) < 7 or month == int(published[5:7]):
        return THIS_YEAR
    return PAST if month < int(published[5:7]) else FUTURE


_SPACE = re.compile(r"\s+")
_BROKEN_WORD = re.compile(r"(?<=[a-z]{2})-[ \t]*\n[ \t]*(?=[a-z]{2})")
_LEADERS = re.compile(r"(?:[.·_…-] ?){4,}")
_ENUMERATION = re.compile(rf"(?:{re.escape(PLACE)}(?:\s*\([^()\[\]]{{2,24}}\))?\s*(?:[,;/|·•–]|and|&)\s*){{3,}}")


def tidy_line(text: str) -> str:
    """One line, words whole that a line's end hyphenates; leaders become a dash.

    Of a long enumeration of cities that are not asked about two stay.
    """
    line = _SPACE.sub(" ", _BROKEN_WORD.sub("", text))
    line = _SPACE.sub(" ", _LEADERS.sub(" – ", line)).strip()
    return _ENUMERATION.sub(f"{PLACE}, {PLACE}, ", line)
