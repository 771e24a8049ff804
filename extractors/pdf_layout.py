"""Segments a page: bands, columns and tables, in the order in which a person reads them.

pdfplumber reads straight across columns. Here a page is swept from top to bottom into bands; a band
lasts as long as some vertical gutter runs through all of it. A band with gutters is a table or columns
of text, and each column is segmented in its turn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.pdf_lines import Box, Segment, cluster_rows
from extractors.pdf_tables import GridTable, read_aligned_table

MIN_GUTTER = 6.0
"""In points; the narrowest white space through a whole band that counts as between columns."""
_MAX_DEPTH = 6
# What is beside a box is among the last that came from the top; a bound keeps dense pages fast.
_NEIGHBOURS = 40
# How far apart, in line heights, a heading stands from the columns that it does not belong to.
_HEADING_GAP = 0.4
# How far below columns, in line heights, a line that runs across some of them is no part of them.
_SPANNER_GAP = 1.5


@dataclass(frozen=True)
class Line:
    """A line of text in its column; `column` numbers the columns of a page in reading order."""

    segment: Segment
    left: float
    right: float
    column: int
    page: int = 0


@dataclass
class _Band:
    boxes: list[Box] = field(default_factory=list)
    covered: list[tuple[float, float]] = field(default_factory=list)

    def add(self, box: Box) -> None:
        self.boxes.append(box)
        self.covered = _cover(self.covered, box)

    def find_gutters(self, box: Box | None = None) -> list[tuple[float, float]]:
        """The gutters through the band, with `box` in it."""
        covered = _cover(self.covered, box) if box is not None else self.covered
        return [(left[1], right[0]) for left, right in pairwise(covered) if right[0] - left[1] >= MIN_GUTTER]


class PageSegmenter:
    """Puts the segments and tables of one page into reading order.

    `rules` are the page's thin horizontal rules; `known` is the table that the page before ended with.
    """

    def __init__(self, rules: Sequence[Box] = (), known: GridTable | None = None) -> None:
        self._rules = rules
        self._known = known
        self._column = 0

    def read_boxes(self, boxes: Sequence[Box], depth: int = 0) -> Iterator[Line | GridTable]:
        """Yield lines and tables in reading order; segments side by side that no gutter parts are one line."""
        for band in find_bands(boxes):
            gutters = band.find_gutters()
            if not gutters or depth > _MAX_DEPTH:
                yield from self._read_single(band)
                continue
            segments = [box for box in band.boxes if isinstance(box, Segment)]
            table = None
            if len(segments) == len(band.boxes):
                table = read_aligned_table(segments, gutters, self._rules, self._known)
            if table is not None:
                self._known = table
                self._column += 1
                yield table
                continue
            for column in _split(band.boxes, gutters):
                self._column += 1
                yield from self.read_boxes(column, depth + 1)
            self._column += 1

    def _read_single(self, band: _Band) -> Iterator[Line | GridTable]:
        left = min(box.x0 for box in band.boxes)
        right = max(box.x1 for box in band.boxes)
        segments = [box for box in band.boxes if isinstance(box, Segment)]
        lines: list[Box] = [_merge(row) for row in cluster_rows(segments)]
        tables = [box for box in band.boxes if not isinstance(box, Segment)]
        for box in sorted([*lines, *tables], key=lambda box: box.top):
            if isinstance(box, Segment):
                yield Line(box, left, right, self._column)
            elif isinstance(box, GridTable):
                self._known = box
                self._column += 1
                yield box


def find_bands(boxes: Sequence[Box]) -> list[_Band]:
    """Part boxes into bands from top to bottom; a band has gutters through all of it, or none."""
    bands: list[_Band] = []
    for box in sorted(boxes, key=lambda box: (box.top, box.x0)):
        band = bands[-1] if bands else None
        if band is None:
            bands.append(_start(box))
        elif band.find_gutters():
            row = _find_row_across(band, box)
            if row:
                bands[-1:] = [_start(*_leave_out(band.boxes, row)), _start(*row)]
            elif band.find_gutters(box):
                band.add(box)
            else:
                bands.append(_start(*_take_headings(band, box), box))
        else:
            mates = [mate for mate in band.boxes[-_NEIGHBOURS:] if mate.is_beside(box)]
            begun = _start(*mates, box)
            if mates and begun.find_gutters():
                rest = _leave_out(band.boxes, mates)
                bands[-1:] = [_start(*rest), begun] if rest else [begun]
            else:
                band.add(box)
    return _merge_singles(bands)


def _find_row_across(band: _Band, box: Box) -> list[Box]:
    """The row of a box that runs across some columns of a band, not all, and stands below them; empty if it does not.

    What comes after columns does so, and would join those that it runs across.
    """
    if not any(box.x0 < left and right < box.x1 for left, right in band.find_gutters()):
        return []
    row = [*(mate for mate in band.boxes[-_NEIGHBOURS:] if mate.is_beside(box)), box]
    above = _start(*_leave_out(band.boxes, row))
    if not above.find_gutters() or _count_shared_rows(above) < 2:
        return []
    gap = min(mate.top for mate in row) - max(mate.bottom for mate in above.boxes)
    return row if gap > _SPANNER_GAP * box.height else []


def _leave_out(boxes: Sequence[Box], others: Sequence[Box]) -> list[Box]:
    """The boxes without these others; two that are alike are two."""
    return [box for box in boxes if not any(box is other for other in others)]


def _start(*boxes: Box) -> _Band:
    band = _Band()
    for box in boxes:
        band.add(box)
    return band


def _cover(covered: Sequence[tuple[float, float]], box: Box | None) -> list[tuple[float, float]]:
    """The union of intervals with that of `box`, in order."""
    if box is None:
        return list(covered)
    merged: list[tuple[float, float]] = []
    for left, right in sorted([*covered, (box.x0, box.x1)]):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _take_headings(band: _Band, spanner: Box) -> list[Box]:
    """Take from a band of columns the headings at its end that belong to what comes after it.

    A short heading over a passage of full width stands in the place of the first column.
    """
    taken: list[Box] = []
    ordered = sorted(band.boxes, key=lambda box: box.bottom)
    while len(ordered) > 2:
        last = ordered[-1]
        before = max(box.bottom for box in ordered[:-1])
        is_heading = isinstance(last, Segment) and isinstance(spanner, Segment) and outranks(last, spanner)
        if not is_heading or last.top - before < _HEADING_GAP * last.height:
            break
        taken.insert(0, ordered.pop())
    if taken:
        kept = _start(*ordered)
        band.boxes, band.covered = kept.boxes, kept.covered
    return taken


def outranks(heading: Segment, line: Segment) -> bool:
    """Whether `heading` is set larger than `line`, or bold where that is not."""
    return heading.size > 1.08 * line.size or (heading.is_bold and not line.is_bold)


def _merge_singles(bands: Sequence[_Band]) -> list[_Band]:
    """Join neighbouring bands without gutters; a lone row with a wide gap in it is such a band, too."""
    merged: list[_Band] = []
    for band in bands:
        is_single = not band.find_gutters() or _count_shared_rows(band) < 2
        if is_single:
            band.covered = [(min(box.x0 for box in band.boxes), max(box.x1 for box in band.boxes))]
        if merged and is_single and not merged[-1].find_gutters():
            merged[-1] = _start(*merged[-1].boxes, *band.boxes)
            whole = merged[-1].boxes
            merged[-1].covered = [(min(box.x0 for box in whole), max(box.x1 for box in whole))]
        else:
            merged.append(band)
    return merged


def _count_shared_rows(band: _Band) -> int:
    if any(isinstance(box, GridTable) for box in band.boxes):
        return 2
    # Lines of text columns need not share baselines, so the columns' own lines are counted.
    return sorted(len(column) for column in _split(band.boxes, band.find_gutters()))[-2]


def _split(boxes: Sequence[Box], gutters: Sequence[tuple[float, float]]) -> list[list[Box]]:
    bounds = [(left + right) / 2 for left, right in gutters]
    columns: list[list[Box]] = [[] for _ in range(len(bounds) + 1)]
    for box in boxes:
        columns[sum(1 for bound in bounds if box.x0 >= bound)].append(box)
    return [column for column in columns if column]


def _merge(row: Sequence[Segment]) -> Segment:
    ordered = sorted(row, key=lambda segment: segment.x0)
    return Segment(
        x0=ordered[0].x0,
        top=min(part.top for part in row),
        x1=max(part.x1 for part in row),
        bottom=max(part.bottom for part in row),
        text=" ".join(part.text for part in ordered),
        size=max(row, key=lambda part: len(part.text)).size,
        is_bold=all(part.is_bold for part in row),
        words=sum(part.words for part in row),
    )
