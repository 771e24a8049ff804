"""The rows of an HTML table as a grid: spans filled in, headers told from rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from extractors.html_text import read_cell, read_inline
from extractors.structure import count_column_names, names_columns
from schemas.vocabulary import BlockKind

# Browsers cap spans too (1,000 columns, 65,534 rows); a page of one hostile cell must not fill memory.
_MAX_COLUMNS = 60
_MAX_ROW_SPAN = 500


@dataclass(frozen=True)
class GridRow:
    """A row of a table: its kind, and the text of its cells; one cell only for a HEADING within a table."""

    kind: BlockKind
    cells: tuple[str, ...]
    element: HtmlElement


@dataclass
class _Spanning:
    text: str
    rows_left: int


def is_data_table(table: HtmlElement) -> bool:
    """Whether a table holds data; one that lays out a page holds tables, lists, headings or one column."""
    if table.get("role", "").lower() in ("presentation", "none"):
        return False
    if next(table.iterdescendants("table", "h1", "h2", "article", "main"), None) is not None:
        return False
    widths = [sum(1 for _ in row.iterchildren("td", "th")) for row in table.iterdescendants("tr")]
    if sum(1 for width in widths if width > 1) == 0:
        return False
    has_headers = next(table.iterdescendants("th"), None) is not None
    return has_headers or len(widths) > 1


def find_rows(table: HtmlElement) -> Iterator[GridRow]:
    """Yield the rows of `table`, every one with all its columns.

    A cell that spans rows (a country beside its cities) is repeated in each, one that spans columns
    stands in the first and leaves the others empty. The leading rows of headers become one, column by
    column. A row of one cell across the table heads the rows after it and comes as a HEADING. Lines
    of one cell are parted by commas, but in headers.
    """
    elements = [row for row in table.iterdescendants("tr") if _list_cells(row)]
    marked = [_is_header(row) for row in elements]
    if elements and not marked[0]:
        marked[0] = _names_columns(elements)
    rows = list(_fill_grid(elements, marked))
    width = max((len(cells) for _, cells in rows), default=0)
    headers = _count_headers(rows, marked)
    if headers:
        merged = tuple(_merge_column(cells[:1] for cells in column) for column in _columns(rows[:headers], width))
        yield GridRow(BlockKind.TABLE_HEADER, merged, rows[0][0])
    for element, cells in rows[headers:]:
        if not any(cells):
            continue
        if _is_heading_row(element, cells, width):
            yield GridRow(BlockKind.HEADING, (next(filter(None, cells)),), element)
        else:
            yield GridRow(BlockKind.TABLE_ROW, tuple(cells) + ("",) * (width - len(cells)), element)


def _list_cells(row: HtmlElement) -> list[HtmlElement]:
    return list(row.iterchildren("td", "th"))


def _fill_grid(elements: Sequence[HtmlElement], marked: Sequence[bool]) -> Iterator[tuple[HtmlElement, list[str]]]:
    spanning: dict[int, _Spanning] = {}
    for row, is_header in zip(elements, marked, strict=True):
        cells: list[str] = []
        for cell in _list_cells(row):
            _fill_spanning(cells, spanning)
            text = read_inline(cell) if is_header else read_cell(cell)
            columns = _read_span(cell, "colspan", _MAX_COLUMNS - len(cells))
            rows = _read_span(cell, "rowspan", _MAX_ROW_SPAN)
            for column in range(columns):
                part = text if column == 0 else ""
                if rows > 1:
                    spanning[len(cells)] = _Spanning(part, rows - 1)
                cells.append(part)
        _fill_spanning(cells, spanning)
        yield row, cells


def _fill_spanning(cells: list[str], spanning: dict[int, _Spanning]) -> None:
    while len(cells) in spanning and len(cells) < _MAX_COLUMNS:
        span = spanning[len(cells)]
        span.rows_left -= 1
        if span.rows_left == 0:
            del spanning[len(cells)]
        cells.append(span.text)


def _read_span(cell: HtmlElement, attribute: str, most: int) -> int:
    value = cell.get(attribute, "1").strip()
    return max(1, min(int(value), most)) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _count_headers(rows: Sequence[tuple[HtmlElement, list[str]]], marked: Sequence[bool]) -> int:
    count = 0
    for (element, cells), is_header in zip(rows, marked, strict=True):
        if not is_header or (count and _is_heading_row(element, cells, len(cells))):
            break
        count += 1
    return count if count < len(rows) else 0


def _is_header(row: HtmlElement) -> bool:
    parent = row.getparent()
    if parent is not None and parent.tag == "thead":
        return True
    cells = _list_cells(row)
    if len(cells) < 2:
        return False
    # A corner is often empty; beside an empty cell, one bold one is rather a name beside a picture.
    names = cells if len(cells) == 2 or read_inline(cells[0]) else cells[1:]
    return all(cell.tag == "th" for cell in names) or all(map(_is_bold, names))


def _names_columns(rows: Sequence[HtmlElement]) -> bool:
    """Whether the words of the first row name columns, and more so than those of the second.

    Where both do alike, the first column names what the second gives: "City | Bonn" over "Country | Germany".
    """
    if len(rows) < 2:
        return False
    first, second = ([read_inline(cell) for cell in _list_cells(row)] for row in rows[:2])
    is_named = len(first) > 1 and names_columns(first)
    return is_named and count_column_names(first) > count_column_names(second)


def _is_bold(cell: HtmlElement) -> bool:
    text = "".join(cell.text_content().split())
    bold = "".join("".join(part.text_content().split()) for part in cell.iter("b", "strong"))
    return bool(text) and bold == text


def _is_heading_row(row: HtmlElement, cells: Sequence[str], width: int) -> bool:
    own = _list_cells(row)
    return width > 1 and len(own) == 1 and len(cells) == width and _read_span(own[0], "colspan", _MAX_COLUMNS) >= width


def _columns(rows: Sequence[tuple[HtmlElement, list[str]]], width: int) -> Iterator[list[list[str]]]:
    for column in range(width):
        yield [cells[column : column + 1] for _, cells in rows]


def _merge_column(column: Iterator[list[str]]) -> str:
    texts = [text for cell in column for text in cell if text]
    return " ".join(dict.fromkeys(texts))
