"""What runs in the margins of a report: heads, feet and page numbers, told from text that only stands there.

A line runs if it comes again at the same height of another page, figures aside; the rows of a table that reaches
into the margin never do. Figures alone run only as page numbers do, from page to page: a table that fills its pages
has years and counts in the margins.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Protocol

from extractors.pdf_lines import Segment, cluster_rows

_MARGIN = 0.1
"""Running heads and feet stand in the outer tenth of a page."""
_SAME_PLACE = 4.0
_MOST_PITCH = 1.3
"""Times the usual distance of a page's rows: heads and feet are set further apart from the text."""
_LEAST_COLUMNS = 2
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
    """The segments in the margins, without the rows there of a table that stands on the page."""
    top, bottom = _MARGIN * page.height, (1 - _MARGIN) * page.height
    found = [segment for segment in page.segments if segment.bottom < top or segment.top > bottom]
    rows = cluster_rows(page.segments)
    outer = {id(segment) for segment in found}
    inner = [place for place, row in enumerate(rows) if not any(id(segment) in outer for segment in row)]
    if not found or not inner:
        return found
    pitch = _MOST_PITCH * median(abs(above[0].middle - below[0].middle) for above, below in pairwise(rows))
    upwards, downwards = rows[inner[0] :: -1], rows[inner[-1] :]
    kept = {id(segment) for side in (upwards, downwards) for row in _follow_table(side, pitch) for segment in row}
    return [segment for segment in found if id(segment) not in kept]


def _follow_table(rows: Sequence[Sequence[Segment]], most: float) -> Iterator[Sequence[Segment]]:
    """The rows that go on with the first one, in its columns and no further apart than `most` points."""
    for last, row in pairwise(rows):
        if abs(row[0].middle - last[0].middle) > most or _count_shared_columns(last, row) < _LEAST_COLUMNS:
            return
        yield row


def _count_shared_columns(row: Sequence[Segment], other: Sequence[Segment]) -> int:
    """How many segments of `row` are flush, on either side or in the middle, with one of the other row."""
    return sum(any(_is_flush(segment, mate) for mate in other) for segment in row)


def _is_flush(one: Segment, two: Segment) -> bool:
    left, right = one.x0 - two.x0, one.x1 - two.x1
    return min(abs(left), abs(right), abs(left + right) / 2) <= _SAME_PLACE


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
