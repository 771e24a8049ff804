"""Tables of a PDF page: those with rules, as pdfplumber finds them, and those that only align."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from extractors.block_writer import tidy
from extractors.date_words import MONTH_NAME
from extractors.network_vocabulary import OFFICE_HOLDERS
from extractors.office_words import COUNCIL_MEMBERS
from extractors.pdf_lines import BULLETS, Box, Segment, cluster_rows, find_segments

_FIGURES = re.compile(r"(?:\d{4}(?:[-/–]\d{2,4})*|[\d.,% +–-]*\d[\d.,% +–-]*)")
_DATES = re.compile(
    rf"(?:\d{{1,2}}(?:\s?[-–]\s?\d{{1,2}})?\s)?{MONTH_NAME}\.?(?:\s\d{{1,2}}(?:[-–]\d{{1,2}})?)?(?:,?\s\d{{4}})?",
    re.IGNORECASE,
)
_LEAST_VALUES = 0.7
"""Of a column's cells, to make it one of figures or dates."""
_CITY_OFFICES = frozenset({"mayor", "governor", *COUNCIL_MEMBERS})
_BULLET = re.compile(rf"[{BULLETS}*]\s*(?=\S)")
_UNENDED = re.compile(r"(?:[,;:/&(-]|\b(?:and|of|the))$")
"""The end of a line of a cell that goes on in the next one."""
_LEAST_ROOM = 0.3
"""In ems beyond the next line's first word, from which on a line was ended on purpose."""
_MAX_SPAN_WORDS = 8
"""A longer cell beside several rows tells of them as a whole, and is no value of each."""
_MIN_ROWS = 3
_MIN_FILLED = 0.5
# Lines of running text have more words than this even in narrow columns; cells of member tables have 1 to 3.
_MAX_CELL_WORDS = 4.0
_SAME_PLACE = 6.0

Edges = tuple[float, float, float, float]
Row = tuple[str, ...]


@dataclass(frozen=True)
class GridTable(Box):
    """A table of one page; `starts` are its columns' left edges relative to the table's."""

    rows: tuple[tuple[str, ...], ...]
    has_header: bool
    starts: tuple[float, ...]

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.starts)

    def is_continued_by(self, other: "GridTable") -> bool:
        """Whether `other`, the next thing after this table, is its rest on the next page or column."""
        if self.columns != other.columns:
            return False
        if other.has_header:
            return self.has_header and self.rows[0] == other.rows[0]
        return all(abs(one - two) <= _SAME_PLACE for one, two in zip(self.starts, other.starts, strict=True))


def find_ruled_tables(page: Any, words: Sequence[dict[str, Any]]) -> list[GridTable]:
    """The tables of a pdfplumber page whose cells are ruled, at least two by two of them.

    Parts of a cell that stand on lines of their own are parted by commas; each row that a cell reaches over has
    its text. Boxes with a person and an office each are no table.
    """
    tables = []
    for found in page.find_tables():
        lines = [[_read_lines(cell, words) for cell in row.cells] for row in found.rows]
        if _are_cards(lines):
            continue
        rows = _read_rows(found.rows, lines, has_header=True)
        width = max((len(row) for row in rows), default=0)
        filled = sum(1 for row in rows for cell in row if cell)
        if len(rows) < 2 or width < 2 or filled < _MIN_FILLED * width * len(rows):
            continue
        x0, top, x1, bottom = (float(edge) for edge in found.bbox)
        starts = tuple(_column_start(found.rows, column, x0) for column in range(width))
        has_header = _is_bold_row(found.rows[0], words) or _is_headed(rows)
        if not has_header:
            rows = _read_rows(found.rows, lines, has_header=False)
        padded = tuple(row + ("",) * (width - len(row)) for row in rows)
        tables.append(GridTable(x0, top, x1, bottom, rows=padded, has_header=has_header, starts=starts))
    return tables


def read_aligned_table(
    segments: Sequence[Segment], gutters: Sequence[tuple[float, float]], rules: Sequence[Box], known: GridTable | None
) -> GridTable | None:
    """Read segments parted by `gutters` as a table without vertical rules; None if they are columns of text.

    Cells are short and stand on common lines in both cases, so one more sign is asked for: a header set
    apart by weight or by a rule, a column of figures, values that repeat down a column (countries), or
    the columns of the table `known`, which the page before ended with.
    """
    rows = cluster_rows(segments)
    bounds = [(left + right) / 2 for left, right in gutters]
    grid = [_fill_row(row, bounds) for row in rows]
    if median(segment.words for segment in segments) > _MAX_CELL_WORDS or _count_prose(segments, bounds) > 1:
        return None
    width = len(bounds) + 1
    shared = sum(1 for cells in grid if sum(map(bool, cells)) > 1)
    if shared < _MIN_FILLED * len(grid) or _are_rows_of_cards(grid):
        return None
    starts = _find_starts(rows, bounds)
    is_known = known is not None and _has_columns(starts, known)
    header = _has_set_off_header(rows, width, rules)
    staggered = _has_staggered_heads(rows, width)
    is_table = is_known or header or (_has_value_column(grid) and not staggered)
    if not is_table or (len(rows) < _MIN_ROWS and not (is_known or header)):
        return None
    cells = _merge_wrapped(grid)
    return GridTable(
        x0=min(segment.x0 for segment in segments),
        top=min(segment.top for segment in segments),
        x1=max(segment.x1 for segment in segments),
        bottom=max(segment.bottom for segment in segments),
        rows=tuple(cells),
        has_header=header or (not is_known and _is_headed(cells)) or (known is not None and cells[0] == known.rows[0]),
        starts=starts,
    )


def join_lines(lines: Sequence[str], compounds: frozenset[str] = frozenset()) -> str:
    """Join a cell's or paragraph's lines, undoing hyphenation at their ends.

    A hyphen stays where the word is among `compounds`, lower-case words that have one for good.
    """
    text = ""
    for line in map(str.strip, lines):
        if not text:
            text = line
        elif text.endswith("\u00ad"):
            text = text[:-1] + line
        elif re.search(r"[^\W\d_]-$", text) and line[:1].isalpha():
            # A capital after the hyphen was a compound before it was broken: "Aki-Sawyerr".
            word = f"{text.rsplit(maxsplit=1)[-1]}{line.split(maxsplit=1)[0]}".strip(".,;:()").lower()
            text = text + line if line[0].isupper() or word in compounds else text[:-1] + line
        else:
            text = f"{text} {line}"
    return text


@dataclass(frozen=True)
class _CellLine:
    """A line of a ruled cell; `room` is how much of the cell's width is left behind it, in points."""

    text: str
    room: float
    size: float
    first_width: float
    """The width of its first word."""


def _read_lines(cell: Edges | None, words: Sequence[dict[str, Any]]) -> list[_CellLine]:
    if cell is None:
        return []
    x0, top, x1, bottom = cell
    inside = [
        word
        for word in words
        if x0 <= (word["x0"] + word["x1"]) / 2 <= x1 and top <= (word["top"] + word["bottom"]) / 2 <= bottom
    ]
    rows = [sorted(row, key=lambda part: part.x0) for row in cluster_rows(find_segments(inside))]
    # What is left free before the furthest line is free behind a full one, too.
    padding = max(2.0, min((row[0].x0 for row in rows), default=x0) - x0)
    return [_read_line(row, x1 - padding) for row in rows]


def _read_line(row: Sequence[Segment], right: float) -> _CellLine:
    text = " ".join(part.text for part in row)
    first_word = text.split(" ", maxsplit=1)[0]
    width = (row[-1].x1 - row[0].x0) * len(first_word) / max(1, len(text))
    return _CellLine(text, room=right - row[-1].x1, size=row[0].size, first_width=width)


def _read_rows(rows: Sequence[Any], lines: Sequence[Sequence[list[_CellLine]]], *, has_header: bool) -> list[Row]:
    """The texts of the cells in rows that have any; a header's cells are no lists, and their lines not parted."""
    read: list[Row] = []
    reaching: dict[int, tuple[float, str]] = {}
    for position, (row, row_lines) in enumerate(zip(rows, lines, strict=True)):
        is_plain = position == 0 and has_header
        end = min(float(cell[3]) for cell in row.cells if cell is not None)
        cells = []
        for column, (cell, cell_lines) in enumerate(zip(row.cells, row_lines, strict=True)):
            if cell is not None:
                reaching[column] = float(cell[3]), _join_cell(cell_lines, is_plain=is_plain)
            bottom, text = reaching.get(column, (0.0, ""))
            is_over = bottom >= end - 1 and len(text.split()) <= _MAX_SPAN_WORDS
            cells.append(text if cell is not None or is_over else "")
        read.append(tuple(cells))
    return [row for row in read if any(row)]


def _join_cell(lines: Sequence[_CellLine], *, is_plain: bool) -> str:
    if is_plain or len(lines) < 2:
        return tidy(join_lines([line.text for line in lines]))
    parts = [[_BULLET.sub("", lines[0].text, count=1)]]
    for above, below in pairwise(lines):
        if _begins_part(above, below):
            parts.append([_BULLET.sub("", below.text, count=1)])
        else:
            parts[-1].append(below.text)
    text = ""
    for part in map(join_lines, parts):
        text += ("" if not text else " " if text.endswith(tuple(".!?,;:")) else ", ") + part
    return tidy(text)


def _begins_part(above: _CellLine, below: _CellLine) -> bool:
    """Whether a line of a cell is an entry of its own rather than the rest of the one above."""
    if _BULLET.match(below.text):
        return True
    is_ended = above.room > below.first_width + _LEAST_ROOM * below.size
    return is_ended and below.text[:1].isupper() and _UNENDED.search(above.text) is None


def _are_cards(lines: Sequence[Sequence[Sequence[_CellLine]]]) -> bool:
    """Whether most cells of each column are a name with an office below it: a board set in boxes."""
    columns: dict[int, list[bool]] = {}
    for row in lines:
        for column, cell in enumerate(row):
            if cell:
                columns.setdefault(column, []).append(_is_card(cell))
    return len(columns) > 1 and all(sum(cards) > 0.5 * len(cards) for cards in columns.values())


def _is_card(cell: Sequence[_CellLine]) -> bool:
    name, *rest = cell
    is_named = bool(rest) and _begins_part(name, rest[0]) and _find_office(name.text) is None
    return is_named and any(_find_office(line.text) for line in rest)


def _are_rows_of_cards(grid: Sequence[Row]) -> bool:
    """Whether rows are lines of cards side by side: names, then offices, in all columns at once.

    In a table of offices a column that has them has nothing else.
    """
    kinds = [[_find_office(cell) if cell else "" for cell in row] for row in grid]
    is_even = all(len({kind is None for kind in row if kind != ""}) == 1 for row in kinds)
    columns = [{row[column] for row in kinds[1:]} - {""} for column in range(len(kinds[0]))]
    return is_even and None in kinds[0] and all(len(column) > 1 for column in columns)


def _find_office(text: str) -> str | None:
    """What kind of office a text tells, that of a city or another one; None for none."""
    words = set(re.findall(r"\w+", text.casefold()))
    if words & _CITY_OFFICES:
        return "city"
    return "other" if words & OFFICE_HOLDERS else None


def _column_start(rows: Sequence[Any], column: int, origin: float) -> float:
    starts = [row.cells[column][0] for row in rows if column < len(row.cells) and row.cells[column]]
    return float(min(starts, default=origin)) - origin


def _is_bold_row(row: Any, words: Sequence[dict[str, Any]]) -> bool:
    cells = [cell for cell in row.cells if cell]
    x0, top = min(cell[0] for cell in cells), min(cell[1] for cell in cells)
    x1, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
    inside = [word for word in words if x0 <= word["x0"] <= x1 and top <= (word["top"] + word["bottom"]) / 2 <= bottom]
    segments = find_segments(inside)
    return bool(segments) and all(segment.is_bold for segment in segments)


def _is_headed(rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether the first row names the columns: words over a column of figures."""
    first, rest = rows[0], rows[1:]
    if any(_FIGURES.fullmatch(cell) for cell in first) or not all(first):
        return False
    for column, name in enumerate(first):
        below = [row[column] for row in rest if column < len(row) and row[column]]
        if name and len(below) > 1 and _count_figures(below) > 0.7 * len(below):
            return True
    return False


def _count_figures(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if _FIGURES.fullmatch(cell))


def _fill_row(row: Sequence[Segment], bounds: Sequence[float]) -> tuple[str, ...]:
    cells = [""] * (len(bounds) + 1)
    for segment in sorted(row, key=lambda part: part.x0):
        column = _find_column(segment, bounds)
        cells[column] = tidy(f"{cells[column]} {segment.text}")
    return tuple(cells)


def _find_column(segment: Segment, bounds: Sequence[float]) -> int:
    return sum(1 for bound in bounds if segment.x0 >= bound)


def _find_starts(rows: Sequence[Sequence[Segment]], bounds: Sequence[float]) -> tuple[float, ...]:
    starts: dict[int, float] = {}
    for segment in (segment for row in rows for segment in row):
        column = _find_column(segment, bounds)
        starts[column] = min(segment.x0, starts.get(column, segment.x0))
    origin = min(starts.values())
    return tuple(starts.get(column, origin) - origin for column in range(len(bounds) + 1))


def _has_columns(starts: Sequence[float], known: GridTable) -> bool:
    return len(starts) == known.columns and all(
        abs(one - two) <= _SAME_PLACE for one, two in zip(starts, known.starts, strict=True)
    )


def _count_prose(segments: Sequence[Segment], bounds: Sequence[float]) -> int:
    """How many of the columns look like running text: five words a line and more."""
    words: dict[int, list[int]] = {}
    for segment in segments:
        words.setdefault(_find_column(segment, bounds), []).append(segment.words)
    return sum(1 for counts in words.values() if median(counts) > _MAX_CELL_WORDS)


def _has_set_off_header(rows: Sequence[Sequence[Segment]], width: int, rules: Sequence[Box]) -> bool:
    first, rest = rows[0], [segment for row in rows[1:] for segment in row]
    if len(first) < width or not rest:
        return False
    if all(segment.is_bold for segment in first) and sum(segment.is_bold for segment in rest) < 0.5 * len(rest):
        # Columns of a list by country begin with bold heads side by side, too, but go on with more.
        return not _has_staggered_heads(rows, width)
    top, bottom = max(part.bottom for part in first), min(part.top for part in rows[1])
    left, right = min(part.x0 for part in first), max(part.x1 for part in first)
    return any(top - 4 <= rule.middle <= bottom + 4 and rule.x0 <= left + 5 and rule.x1 >= right - 5 for rule in rules)


def _has_staggered_heads(rows: Sequence[Sequence[Segment]], width: int) -> bool:
    """Whether bold entries stand beside light ones in a row: heads of a list in columns."""
    mixed = sum(1 for row in rows[1:] if len({segment.is_bold for segment in row}) == 2 and not _leads_bold(row))
    alone = sum(1 for row in rows[1:] if len(row) < width and all(segment.is_bold for segment in row))
    return mixed + alone > 0


def _leads_bold(row: Sequence[Segment]) -> bool:
    """Whether only the first entry is bold, as the name of a row is in many tables."""
    ordered = sorted(row, key=lambda segment: segment.x0)
    return ordered[0].is_bold and not any(segment.is_bold for segment in ordered[1:])


def _has_value_column(grid: Sequence[tuple[str, ...]]) -> bool:
    """Whether the first column holds dates, or another one figures, or values that repeat in it and in no other."""
    dates = [row[0] for row in grid if row[0]]
    if len(dates) >= _MIN_ROWS and sum(map(bool, map(_DATES.fullmatch, dates))) >= _LEAST_VALUES * len(dates):
        return True
    for column in range(1, len(grid[0])):
        cells = [row[column] for row in grid if row[column]]
        if len(cells) < _MIN_ROWS:
            continue
        others = {cell for row in grid for place, cell in enumerate(row) if place != column}
        repeated = sum(count for cell, count in Counter(cells).items() if count > 1 and cell not in others)
        if _count_figures(cells) >= _LEAST_VALUES * len(cells) or repeated >= 0.3 * len(cells):
            return True
    return False


def _merge_wrapped(grid: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Merge a row that only goes on with the cells of the row above, which were too long for a line."""
    merged: list[tuple[str, ...]] = []
    for row in grid:
        if merged and not row[0] and all(_goes_on(above, cell) for above, cell in zip(merged[-1], row, strict=True)):
            merged[-1] = tuple(
                join_lines([part for part in pair if part]) for pair in zip(merged[-1], row, strict=True)
            )
        else:
            merged.append(row)
    return merged


def _goes_on(above: str, cell: str) -> bool:
    if not cell:
        return True
    return bool(above) and (cell[0].islower() or cell[0] in "(&" or above[-1] in "-,/&(" or above.endswith(" and"))
