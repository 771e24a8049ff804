"""Builds a document's text and its blocks together, so that the offsets are right by construction."""

import re
from collections.abc import Sequence

from schemas.document import Block
from schemas.vocabulary import BlockKind

CELL_SEPARATOR = " | "
LIST_MARKER = "- "

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1b\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
ROWS = frozenset({BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW})
"""Kinds of a table's blocks."""


def tidy(text: str) -> str:
    """`text` on one line: white space collapsed, soft hyphens and other invisible characters dropped."""
    return " ".join(_INVISIBLE.sub("", replace_surrogates(text)).split())


def replace_surrogates(text: str) -> str:
    """`text` with lone surrogates as U+FFFD: JSON and HTML can write them, no database can store them."""
    return _SURROGATES.sub("\ufffd", text)


class BlockWriter:
    """Takes blocks in reading order and gives back one text with their offsets.

    Paragraphs and headings are set apart by a blank line; consecutive list items, and rows of one
    table, by a line break. A list item's marker and the separators of cells belong to the layout, not
    to a block's words: a list item's block excludes the marker.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []

    def add(self, kind: BlockKind, text: str, *, level: int | None = None, page: int | None = None) -> None:
        """Append a block of any kind but a table's row; a text of white space only is ignored."""
        text = tidy(text)
        if not text:
            return
        self._separate(kind, table=None)
        if kind is BlockKind.LIST_ITEM:
            self._append(LIST_MARKER)
        start = self._append(text)
        self._blocks.append(Block(kind=kind, start=start, end=self._length, level=level, page=page))

    def add_row(self, kind: BlockKind, cells: Sequence[str], *, table: int, page: int | None = None) -> None:
        """Append a row of the table with the number `table`; a row of empty cells is ignored."""
        cells = [tidy(cell) for cell in cells]
        if not any(cells):
            return
        self._separate(kind, table=table)
        spans: list[tuple[int, int]] = []
        for position, cell in enumerate(cells):
            if position:
                self._append(CELL_SEPARATOR)
            start = self._append(cell)
            spans.append((start, self._length))
        self._blocks.append(
            Block(kind=kind, start=spans[0][0], end=spans[-1][1], page=page, table=table, cells=tuple(spans))
        )

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks so far, in the order of the text."""
        return tuple(self._blocks)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    def _separate(self, kind: BlockKind, table: int | None) -> None:
        if not self._blocks:
            return
        last = self._blocks[-1]
        is_next_item = kind is BlockKind.LIST_ITEM and last.kind is BlockKind.LIST_ITEM
        is_next_row = kind in ROWS and last.kind in ROWS and last.table == table
        self._append("\n" if is_next_item or is_next_row else "\n\n")

    def _append(self, piece: str) -> int:
        start = self._length
        self._pieces.append(piece)
        self._length += len(piece)
        return start
