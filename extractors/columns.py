"""What the columns and rows of a table are headed by, where the table itself does not mark it."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from schemas.document import Block
from schemas.vocabulary import BlockKind

Span = tuple[int, int]
_FARTHEST = 80
"""Blocks above, at most, in which a column's heading is looked for."""
_SAME_INSET = 2
"""Characters by which cells of one column may be out of line."""
_LISTED = frozenset({BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER, BlockKind.LIST_ITEM})


def find_column(block: Block, offset: int) -> int | None:
    """The number of the cell of a table row in which `offset` stands; None where the row has no such cell."""
    return next((k for k, (a, b) in enumerate(block.cells) if a <= offset < max(b, a + 1)), None)


def find_column_heading(text: str, blocks: Sequence[Block], index: int, offset: int, header: int | None) -> Span | None:
    """The heading of the column in which `offset` stands, in the table row `blocks[index]`; null if none.

    `header` is the table's header row, if it has one. Otherwise side-by-side lists are read: the
    nearest cell above, at the same distance from its line's start, that stands in capitals.
    """
    block = blocks[index]
    column = find_column(block, offset)
    if column is None:
        return None
    if header is not None and "|" in text[blocks[header].start : blocks[header].end]:
        cells = blocks[header].cells
        return _unless_empty(text, cells[column]) if column < len(cells) else None
    inset = _inset(text, block.cells[column][0])
    for above in range(index - 1, max(-1, index - _FARTHEST), -1):
        if blocks[above].kind not in _LISTED:
            if text[blocks[above].end : block.start].count("\n\n") > 1:
                return None
            continue
        for cell in blocks[above].cells or ((blocks[above].start, blocks[above].end),):
            content = text[slice(*cell)].strip()
            capital = content.isupper() and sum(c.isalpha() for c in content) > 3
            in_line = abs(_inset(text, cell[0]) - inset) <= _SAME_INSET
            if in_line and content and (capital or above == header):
                return _unless_empty(text, cell)
    return None


def find_row_heading(text: str, blocks: Sequence[Block], index: int) -> Span | None:
    """The first cell of the row above that the table row `blocks[index]` goes on under; null if none.

    A row goes on under another where its first cell is empty, or where it begins in line with the other's second cell:

        Vice-Presidents   Ana Lopes   Porto
                          Jan Kos     Brno
    """
    if is_empty(text, blocks[index].cells[0]):
        rows = takewhile(lambda row: len(row.cells) > 1, _list_rows_above(blocks, index))
        return next((row.cells[0] for row in rows if not is_empty(text, row.cells[0])), None)
    inset = _inset(text, blocks[index].start)
    for row in _list_rows_above(blocks, index):
        if _inset(text, row.start) > inset - _SAME_INSET:
            continue
        in_line = len(row.cells) > 1 and abs(_inset(text, row.cells[1][0]) - inset) <= _SAME_INSET
        return _unless_empty(text, row.cells[0]) if in_line else None
    return None


def _list_rows_above(blocks: Sequence[Block], index: int) -> Iterator[Block]:
    """The rows of the same table above a row, the nearest first."""
    for above in range(index - 1, max(-1, index - _FARTHEST), -1):
        block = blocks[above]
        if block.kind is not BlockKind.TABLE_ROW or block.table != blocks[index].table:
            return
        yield block


def is_empty(text: str, cell: Span) -> bool:
    """Whether a cell holds nothing but white space."""
    return not text[slice(*cell)].strip()


def _unless_empty(text: str, cell: Span) -> Span | None:
    start, end = cell
    while end > start and text[end - 1].isspace():
        end -= 1
    return None if is_empty(text, cell) else (start, end)


def _inset(text: str, offset: int) -> int:
    """Characters between the start of the line and `offset`."""
    return offset - (text.rfind("\n", 0, offset) + 1)
