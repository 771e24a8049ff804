"""What runs in the margins of a report: heads, feet and page numbers, told from text that only stands there.

A line runs if it comes again at the same height of another page, figures aside. Figures alone run only
as page numbers do, from page to page: a table that fills its pages has years and counts in the margins.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from extractors.pdf_lines import Segment

_MARGIN = 0.1
"""Running heads and feet stand in the outer tenth of a page."""
_SAME_PLACE = 4.0
_PAGE_NUMBER = re.compile(
    r"(?i)(?P<word>page\s*)?[-–—|·\s]*(?P<number>\d{1,4}|[ivxlc]{1,6})(?P<of>\s*(?:/|of)\s*\d{1,4})?[-–—|·\s]*"
)
_YEARS = range(1800, 2101)
_MOST_STEPS = 4
"""Pages of a spread carry two numbers, and blank pages none: from one page to the next numbers go up by so many."""
_IN_STEP = 0.8

Place = tuple[str, int]


class MarginPage(Protocol):
    """A page, as far as its margins go."""

    number: int
    height: float
    segments: list[Segment]


def drop_running_lines(pages: Sequence[MarginPage]) -> None:
    """Drop from the pages' segments those that are running heads, running feet or page numbers."""
    margins = [_find_margin_segments(page) for page in pages]
    places: Counter[Place] = Counter()
    for segments in margins:
        places.update({key for segment in segments for key in _place_keys(segment)})
    numbered = _find_numbered_places(pages, margins)
    for page, segments in zip(pages, margins, strict=True):
        running = {
            id(segment)
            for segment in segments
            if any(places[key] > 1 for key in _place_keys(segment)) or _is_page_number(segment, numbered)
        }
        page.segments = [segment for segment in page.segments if id(segment) not in running]


def _find_margin_segments(page: MarginPage) -> list[Segment]:
    top, bottom = _MARGIN * page.height, (1 - _MARGIN) * page.height
    return [segment for segment in page.segments if segment.bottom < top or segment.top > bottom]


def _place_keys(segment: Segment) -> tuple[Place, ...]:
    """A text without its figures, at its height; two keys, so that neighbouring heights share one.

    Figures alone keep their value: the same year over every page runs, a column of years does not.
    """
    text = segment.text.casefold()
    if any(character.isalpha() for character in text):
        text = re.sub(r"\d+", "#", text)
    return tuple((text, step) for step in _find_steps(segment))


def _find_steps(segment: Segment) -> tuple[int, int]:
    step = int(segment.top // _SAME_PLACE)
    return step, step + 1


def _find_numbered_places(pages: Sequence[MarginPage], margins: Sequence[Sequence[Segment]]) -> dict[int, bool]:
    """By height: whether the figures that stand alone there count the pages; a lone figure does unless it is a year."""
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for page, segments in zip(pages, margins, strict=True):
        for segment in segments:
            match = _PAGE_NUMBER.fullmatch(segment.text)
            if match is not None and match["number"].isdigit():
                for step in _find_steps(segment):
                    found[step].append((page.number, int(match["number"])))
    return {step: _are_counted(sorted(numbers)) for step, numbers in found.items()}


def _are_counted(numbers: Sequence[tuple[int, int]]) -> bool:
    if len(numbers) == 1:
        return numbers[0][1] not in _YEARS
    steps = [
        0 < value - last <= _MOST_STEPS * max(page - last_page, 1)
        for (last_page, last), (page, value) in pairwise(numbers)
    ]
    return sum(steps) >= _IN_STEP * len(steps)


def _is_page_number(segment: Segment, numbered: dict[int, bool]) -> bool:
    match = _PAGE_NUMBER.fullmatch(segment.text)
    if match is None:
        return False
    if match["word"] or match["of"] or not match["number"].isdigit():
        return True
    return any(numbered.get(step, False) for step in _find_steps(segment))
