"""Lines and tables of a PDF in reading order to blocks: headings, paragraphs, items, rows, notes."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.block_writer import BlockWriter
from extractors.pdf_layout import Line, outranks
from extractors.pdf_lines import measure_body_size
from extractors.pdf_passages import MAX_ENTRY_WORDS, MIN_ENTRIES, Passage, find_passages
from extractors.pdf_tables import GridTable
from extractors.structure import split_cells
from schemas.vocabulary import BlockKind

_CAPTION = re.compile(r"^(?:Table|Figure|Fig\.|Box|Map|Chart|Photo)\s+(?:[\dIVX]+|[A-Z]\b)", re.IGNORECASE)
_CONTINUED = re.compile(r"\(?\bcont(?:inued|\.|d\.?)\)?\W*$", re.IGNORECASE)
_NOTE = re.compile(r"^(?:\[?\d{1,3}\]?[.)]?\s*(?=[A-Z“\"h])|[*†‡]\s*)")
_PAGE_NUMBER = re.compile(r"\d{1,3}|[ivxlc]+", re.IGNORECASE)
_MAX_HEADING = 120
_MAX_HEADING_LINES = 3
_MAX_ENTRY = 70


def write_blocks(items: Sequence[Line | GridTable], pages: Sequence[int], heights: dict[int, float]) -> BlockWriter:
    """Write a document's lines and tables, given in reading order with the page of each.

    `heights` are the pages' heights in points: footnotes stand low on a page. Paragraphs and tables
    that go on in the next column or page are joined; a block carries the page it begins on.
    """
    body = measure_body_size([item.segment for item in items if isinstance(item, Line)])
    passages = [(_read_leaders(part), page) for part, page in find_passages(items, pages)]
    _free_headings([part for part, _ in passages], body)
    levels = _rank_headings([part for part, _ in passages if isinstance(part, Passage)], body)
    entries = _find_entries(passages, levels)
    writer = BlockWriter()
    tables = _TableWriter(writer)
    for position, (part, page) in enumerate(passages):
        if isinstance(part, GridTable):
            tables.write(part, page)
        elif _is_continuation_note(part, passages, position):
            continue
        else:
            tables.close_unless_note(part)
            kind, level = _classify(part, body, levels, heights[page], is_entry=position in entries)
            writer.add(kind, part.text, level=level, page=page)
    return writer


class _TableWriter:
    """Numbers tables and joins one that goes on after a break, dropping the header that it repeats."""

    def __init__(self, writer: BlockWriter) -> None:
        self._writer = writer
        self._number = 0
        self._last: GridTable | None = None

    def write(self, table: GridTable, page: int) -> None:
        is_rest = self._last is not None and self._last.is_continued_by(table)
        if not is_rest:
            self._number += 1
        for position, row in enumerate(table.rows):
            is_header = position == 0 and table.has_header
            if is_header and is_rest:
                continue
            kind = BlockKind.TABLE_HEADER if is_header else BlockKind.TABLE_ROW
            self._writer.add_row(kind, row, table=self._number, page=page)
        if not is_rest:
            self._last = table

    def close_unless_note(self, passage: Passage) -> None:
        """Anything but a footnote between two tables makes them two."""
        if not _NOTE.match(passage.text):
            self._last = None


def _read_leaders(part: Passage | GridTable) -> Passage | GridTable:
    """A line whose parts are led to one another by dots as a table's row; a line of a table of contents as it is."""
    if isinstance(part, GridTable) or not part.has_leader:
        return part
    text = part.text
    cells = tuple(text[start:end].strip() for start, end in split_cells(text))
    if len(cells) < 2 or _PAGE_NUMBER.fullmatch(cells[-1]):
        return part
    place = part.first.segment
    # Rows in a run have the same starts, so that they make one table.
    starts = (0.0,) * len(cells)
    return GridTable(place.x0, place.top, place.x1, place.bottom, rows=(cells,), has_header=False, starts=starts)


def _free_headings(parts: Sequence[Passage | GridTable], body: float) -> None:
    """Make headings of numbered items that are set as such over what follows: "2. Members"."""
    last: Passage | GridTable | None = None
    for part, below in pairwise(parts):
        if isinstance(part, Passage) and part.is_item and part.is_numbered:
            # The last of several set alike ends a list.
            is_listed = isinstance(last, Passage) and last.is_item and last.is_numbered and last.style == part.style
            if not is_listed and (isinstance(below, GridTable) or outranks(part.first.segment, below.first.segment)):
                part.is_item = not _is_set_as_heading(part, body)
        last = part


def _rank_headings(passages: Sequence[Passage], body: float) -> dict[tuple[float, bool, bool], int]:
    """The level of each style of headings: larger ranks higher, then bold, then capitals."""
    styles = {passage.style for passage in passages if _looks_like_heading(passage, body)}
    ranked = sorted(styles, key=lambda style: (-style[0], not style[1], not style[2]))
    return {style: min(rank, 6) for rank, style in enumerate(ranked, start=1)}


def _looks_like_heading(passage: Passage, body: float) -> bool:
    return not passage.is_item and _is_set_as_heading(passage, body)


def _is_set_as_heading(passage: Passage, body: float) -> bool:
    text = passage.text
    if len(passage.lines) > _MAX_HEADING_LINES or len(text) > _MAX_HEADING:
        return False
    if text.endswith((".", ";", ",")) or not any(map(str.isalpha, text)) or _CAPTION.match(text):
        return False
    size, is_bold, is_capitals = passage.style
    return size > 1.12 * body or (size > 0.95 * body and (is_bold or is_capitals))


def _find_entries(
    passages: Sequence[tuple[Passage | GridTable, int]], levels: dict[tuple[float, bool, bool], int]
) -> set[int]:
    """The positions of lines that make a list without bullets: three or more short ones, one below another."""
    entries: set[int] = set()
    run: list[int] = []
    for position, (part, _) in enumerate([*passages, (GridTable(0, 0, 0, 0, (), False, ()), 0)]):
        is_entry = isinstance(part, Passage) and part.style not in levels and _looks_like_entry(part)
        if is_entry:
            run.append(position)
            continue
        # Under a heading even two or one, if the lists around it are lists: members by country.
        if len(run) >= MIN_ENTRIES or (run and _follows_heading(passages, run, levels)):
            entries.update(run)
        run = []
    return entries


def _follows_heading(
    passages: Sequence[tuple[Passage | GridTable, int]],
    run: Sequence[int],
    levels: dict[tuple[float, bool, bool], int],
) -> bool:
    """Whether short entries of few words stand directly under a heading, as a country's only members do."""
    before = passages[run[0] - 1][0] if run[0] else None
    entries = [part for part in (passages[position][0] for position in run) if isinstance(part, Passage)]
    is_brief = all(part.first.segment.words <= MAX_ENTRY_WORDS for part in entries)
    return isinstance(before, Passage) and before.style in levels and is_brief


def _looks_like_entry(passage: Passage) -> bool:
    text = passage.text
    begins = text[:1].isupper() or text[:1].isdigit()
    is_short = len(passage.lines) == 1 and len(text) <= _MAX_ENTRY
    is_other = passage.is_item or _CAPTION.match(text) is not None
    return is_short and begins and not is_other and not text.endswith((".", ":", ";", "!", "?"))


def _is_continuation_note(passage: Passage, passages: Sequence[tuple[Passage | GridTable, int]], position: int) -> bool:
    """Whether a passage only says that the table goes on: `Table 2 (continued)`."""
    is_between_tables = position + 1 < len(passages) and isinstance(passages[position + 1][0], GridTable)
    return is_between_tables and _CONTINUED.search(passage.text) is not None and len(passage.text) < _MAX_HEADING


def _classify(
    passage: Passage,
    body: float,
    levels: dict[tuple[float, bool, bool], int],
    page_height: float,
    *,
    is_entry: bool,
) -> tuple[BlockKind, int | None]:
    text = passage.text
    if passage.is_item or is_entry:
        kind = BlockKind.FOOTNOTE if _is_note(passage, body, page_height) else BlockKind.LIST_ITEM
        return kind, 1 if kind is BlockKind.LIST_ITEM else None
    if _CAPTION.match(text) and len(text) <= 2 * _MAX_HEADING:
        return BlockKind.CAPTION, None
    if _is_note(passage, body, page_height):
        return BlockKind.FOOTNOTE, None
    if passage.style in levels and _looks_like_heading(passage, body):
        return BlockKind.HEADING, levels[passage.style]
    return BlockKind.PARAGRAPH, None


def _is_note(passage: Passage, body: float, page_height: float) -> bool:
    segment = passage.first.segment
    is_small = segment.size < 0.93 * body
    return is_small and segment.top > 0.6 * page_height and _NOTE.match(segment.text) is not None
