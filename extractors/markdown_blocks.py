"""Finds the blocks of a Markdown text, as spans of the text as it was written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from schemas.document import Block
from schemas.vocabulary import BlockKind

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<fields>.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"(?m)^(?P<name>[A-Za-z_]+):[ \t]*(?P<value>\S.*)$")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})[ \t]+(?P<words>[^#\s].*)\Z")
_CLOSING_MARKS = re.compile(r"[ \t]#+\Z")
_UNDERLINE = re.compile(r" {0,3}(?P<mark>=+|-+)[ \t]*\Z")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}\Z")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+•]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?P<words>\S.*)\Z")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]]+\]:[ \t]*(?P<words>\S.*)\Z")
_LINK_TARGET = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*\S+.*\Z")
_COMMENT = re.compile(r"[ \t]*<!--.*-->[ \t]*\Z")
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?\Z")
_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class _Line:
    start: int
    text: str

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


@dataclass
class _Scan:
    """The blocks so far, and the one whose lines are still coming."""

    blocks: list[Block] = field(default_factory=list)
    open_kind: BlockKind | None = None
    open_start: int = 0
    open_end: int = 0
    open_level: int | None = None
    tables: int = 0

    def begin(self, kind: BlockKind, start: int, end: int, level: int | None = None) -> None:
        self.close()
        self.open_kind, self.open_start, self.open_end, self.open_level = kind, start, end, level

    def close(self) -> None:
        if self.open_kind is not None and self.open_end > self.open_start:
            self.blocks.append(
                Block(kind=self.open_kind, start=self.open_start, end=self.open_end, level=self.open_level)
            )
        self.open_kind = None


def find_markdown_blocks(text: str) -> tuple[Block, ...]:
    """Find headings, list items, paragraphs, footnotes and the rows of pipe tables in `text`.

    A block's span begins after its marker and ends before white space; it may run over several lines.
    Front matter, code, comments and link definitions are in no block. Nested items have levels from 1.
    """
    scan = _Scan()
    lines = list(_split_lines(text))
    position = 0
    while position < len(lines):
        position = _read_block(lines, position, scan)
    scan.close()
    return tuple(scan.blocks)


def find_markdown_title(text: str, blocks: Iterable[Block]) -> str | None:
    """The words of the first heading of the highest level among the `blocks` of `text`; None without headings."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    if not headings:
        return None
    first = min(headings, key=lambda block: (block.level or 1, block.start))
    return text[first.start : first.end]


def read_front_matter(text: str) -> dict[str, str]:
    """The plain `name: value` fields between `---` lines at the head of `text`, names in lower case."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}
    return {
        found.group("name").lower(): found.group("value").strip().strip("\"'")
        for found in _FIELD.finditer(match.group("fields"))
    }


def _split_lines(text: str) -> Iterator[_Line]:
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    for line in text[start:].split("\n"):
        yield _Line(start, line)
        start += len(line) + 1


def _read_block(lines: list[_Line], position: int, scan: _Scan) -> int:
    """Read what begins at `position`; returns the position after it."""
    line = lines[position]
    fence = _FENCE.match(line.text)
    if fence is not None:
        scan.close()
        return _skip_fence(lines, position, fence.group("fence"))
    if position + 1 < len(lines) and "|" in line.text and _DELIMITERS.match(lines[position + 1].text.strip()):
        scan.close()
        return _read_table(lines, position, scan)
    _read_line(line, scan)
    return position + 1


def _skip_fence(lines: list[_Line], position: int, fence: str) -> int:
    for end in range(position + 1, len(lines)):
        if lines[end].text.strip().startswith(fence):
            return end + 1
    return len(lines)


def _read_line(line: _Line, scan: _Scan) -> None:
    if line.is_blank or _COMMENT.match(line.text) or _is_link_target(line):
        scan.close()
    elif heading := _HEADING.match(line.text):
        words = _CLOSING_MARKS.sub("", heading.group("words").rstrip()).rstrip()
        start = line.start + heading.start("words")
        scan.begin(BlockKind.HEADING, start, start + len(words), len(heading.group("marks")))
        scan.close()
    elif scan.open_kind is BlockKind.PARAGRAPH and (underline := _UNDERLINE.match(line.text)):
        scan.open_kind = BlockKind.HEADING
        scan.open_level = 1 if underline.group("mark").startswith("=") else 2
        scan.close()
    elif _RULE.match(line.text):
        scan.close()
    elif item := _ITEM.match(line.text):
        indent = len(item.group("indent").expandtabs(4))
        _begin(BlockKind.LIST_ITEM, line, item.start("words"), scan, level=1 + indent // 2)
    elif footnote := _FOOTNOTE.match(line.text):
        _begin(BlockKind.FOOTNOTE, line, footnote.start("words"), scan)
    elif scan.open_kind is not None:
        scan.open_end = line.start + len(line.text.rstrip())
    else:
        quote = _QUOTE.match(line.text)
        _begin(BlockKind.PARAGRAPH, line, quote.end() if quote else _indent(line.text), scan)


def _begin(kind: BlockKind, line: _Line, column: int, scan: _Scan, level: int | None = None) -> None:
    scan.begin(kind, line.start + column, line.start + len(line.text.rstrip()), level)


def _is_link_target(line: _Line) -> bool:
    return _LINK_TARGET.match(line.text) is not None and _FOOTNOTE.match(line.text) is None


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _read_table(lines: list[_Line], position: int, scan: _Scan) -> int:
    scan.tables += 1
    _add_row(lines[position], BlockKind.TABLE_HEADER, scan)
    position += 2
    while position < len(lines) and "|" in lines[position].text:
        _add_row(lines[position], BlockKind.TABLE_ROW, scan)
        position += 1
    return position


def _add_row(line: _Line, kind: BlockKind, scan: _Scan) -> None:
    cells = tuple(_find_cells(line))
    if any(end > start for start, end in cells):
        start, end = cells[0][0], cells[-1][1]
        scan.blocks.append(Block(kind=kind, start=start, end=end, table=scan.tables, cells=cells))


def _find_cells(line: _Line) -> Iterator[tuple[int, int]]:
    """The offsets in the text of a pipe row's cells, trimmed; an empty cell is an empty span."""
    text = line.text.rstrip()
    bounds = [match.start() for match in _PIPE.finditer(text)]
    starts = [bound + 1 for bound in bounds]
    if not (bounds and not text[: bounds[0]].strip()):
        starts.insert(0, 0)
    ends = bounds[1:] if len(starts) == len(bounds) else list(bounds)
    if not (bounds and bounds[-1] == len(text) - 1):
        ends.append(len(text))
    for start, end in zip(starts, ends, strict=False):
        cell = text[start:end]
        left = start + _indent(cell) if cell.strip() else start
        yield line.start + left, line.start + left + len(cell.strip())
