"""Member lists as files (CSV, TSV, XLSX) to documents: one table row a record, under the row of headings.

What the columns mean is not decided here: a source may say so (see `member_lists`), else the extractor
reads the headings as it reads those of any table.
"""

import csv
import importlib
import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from extractors.block_writer import BlockWriter, tidy
from extractors.encodings import decode_text, find_declared_charset, is_binary
from extractors.languages import find_language
from extractors.structure import ASIDE, COLUMN_WORDS
from schemas.document import Document, hash_bytes
from schemas.errors import UnreadableDocument
from schemas.vocabulary import BlockKind, DocumentKind

_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 200
_MAX_ROWS = 200_000
_MAX_UNPACKED = 200_000_000
"""Bytes of a workbook's parts: a list of all the world's cities takes a tenth."""
_MAX_HEADING_WORDS = 4
_DEFAULT_SHEET = re.compile(r"(?i)(?:sheet|tabelle|feuil|hoja|foglio|blad|ark|taul)\s?\d*")


@dataclass(frozen=True)
class Sheet:
    """A table of cells; rows may differ in length."""

    title: str | None
    rows: Sequence[Sequence[str]]


def read_delimited(data: bytes, *, name: str, media_type: str | None = None, url: str | None = None) -> Document:
    """Read a list with commas, semicolons, tabs or bars between its cells; which, its first rows tell.

    Raises:
        UnreadableDocument: it holds no row, is binary, or has more than 200,000 rows.
    """
    text = decode_text(data, find_declared_charset(b"", media_type))
    if is_binary(text):
        raise UnreadableDocument("found binary data, expected a list with commas, semicolons or tabs between cells")
    delimiter = find_delimiter(text)
    try:
        rows = list(_cap(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    except csv.Error as error:
        raise UnreadableDocument(f"found a broken list ({error}), expected a cell of 128 KB at most") from error
    return _build_document(data, [Sheet(None, rows)], name=name, url=url)


def read_workbook(data: bytes, *, name: str, url: str | None = None) -> Document:
    """Read the visible sheets of an XLSX workbook; formulas give the value that was last stored for them.

    A date is as exact as its cell shows it: a cell that is formatted as a year gives a year.

    Raises:
        UnreadableDocument: it is no workbook, is encrypted, unpacks to more than 200 MB, or holds no row.
    """
    _refuse_bombs(data)
    try:
        # Loaded by name: a list without workbooks in it need not have the library.
        openpyxl = importlib.import_module("openpyxl")
    except ModuleNotFoundError as error:
        raise UnreadableDocument("found an XLSX workbook, which needs openpyxl; install it, or save as CSV") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it does not know
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = [_read_sheet(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
        except UnreadableDocument:
            raise
        except Exception as error:  # whatever a broken part of the container leads to
            what = f"found a broken workbook ({type(error).__name__}: {error})"
            raise UnreadableDocument(f"{what}, expected one that opens; export it again") from error
    return _build_document(data, sheets, name=name, url=url)


def find_delimiter(text: str) -> str:
    """Which of `,;` tab and `|` parts the cells: the one that gives most rows the same number of cells."""
    head = "".join(line for line, _ in zip(io.StringIO(text), range(_SAMPLE_ROWS), strict=False))

    def rate(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter) if row)
        except csv.Error:
            return 0, 0
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return (times, width) if width > 1 else (0, 0)

    return max(_DELIMITERS, key=rate)


def _cap(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number >= _MAX_ROWS:
            raise UnreadableDocument(f"found more than {_MAX_ROWS:,} rows, expected a member list; split the file")
        yield row


def _refuse_bombs(data: bytes) -> None:
    """zipfile reads no more of a part than its entry states, so that the stated sizes can be trusted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            size = sum(part.file_size for part in container.infolist())
            is_workbook = any(part.filename.endswith("workbook.xml") for part in container.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableDocument(f"found no XLSX workbook ({error}), expected one that opens") from error
    if not is_workbook:
        raise UnreadableDocument("found a ZIP container without a workbook in it, expected XLSX")
    if size > _MAX_UNPACKED:
        raise UnreadableDocument(f"found a workbook that unpacks to {size:,} bytes, expected {_MAX_UNPACKED:,} at most")


def _read_sheet(sheet: Any) -> Sheet:
    sheet.reset_dimensions()  # producers write wrong ones, after which rows would be cut off
    rows = list(_cap([_read_cell(cell) for cell in row] for row in sheet.iter_rows()))
    return Sheet(None if _DEFAULT_SHEET.fullmatch(sheet.title) else sheet.title, rows)


def _read_cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        shown = re.sub(r'"[^"]*"|\[[^\]]*\]', "", str(cell.number_format)).lower()
        exact = 10 if "d" in shown else 7 if "m" in shown else 4
        return value.isoformat()[:exact]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _build_document(data: bytes, sheets: Sequence[Sheet], *, name: str, url: str | None) -> Document:
    writer = BlockWriter()
    titles: list[str] = []
    for number, sheet in enumerate(sheets, start=1):
        if sheet.title and any(any(map(str.strip, row)) for row in sheet.rows):
            writer.add(BlockKind.HEADING, sheet.title, level=2)
        titles += _write_sheet(writer, [[tidy(cell) for cell in row] for row in sheet.rows], number)
    if not any(block.kind is not BlockKind.HEADING for block in writer.blocks):
        raise UnreadableDocument("found a list without rows, expected one row a member")
    return Document(
        document_id=hash_bytes(data),
        name=name,
        text=writer.text,
        blocks=writer.blocks,
        title=titles[0] if titles else None,
        url=url,
        kind=DocumentKind.LIST,
        language=find_language(writer.text),
    )


def _write_sheet(writer: BlockWriter, rows: Sequence[Sequence[str]], table: int) -> list[str]:
    """Write the rows of a sheet; returns the lines that stood over the table, the first of which is its title."""
    rows = [row for row in rows if any(row)]
    width = max(map(len, rows), default=0)
    if width == 1:
        _write_column(writer, [row[0] for row in rows])
        return []
    above = 0
    while above < len(rows) and sum(map(bool, rows[above])) == 1 and _has_wider(rows[above + 1 :]):
        above += 1
    titles = [" ".join(filter(None, row)) for row in rows[:above]]
    for position, title in enumerate(titles):
        writer.add(BlockKind.PARAGRAPH if position else BlockKind.HEADING, title, level=None if position else 1)
    for position, row in enumerate(rows[above:]):
        kind = BlockKind.TABLE_HEADER if position == 0 and _names_columns(row) else BlockKind.TABLE_ROW
        writer.add_row(kind, [*row, *[""] * (width - len(row))], table=table)
    return titles


def _write_column(writer: BlockWriter, cells: Sequence[str]) -> None:
    """A list of one column: items, under the first cell where that names what they are."""
    first, *others = cells
    if others and _names_columns([first]):
        writer.add_row(BlockKind.TABLE_HEADER, [first], table=1)
        for cell in others:
            writer.add_row(BlockKind.TABLE_ROW, [cell], table=1)
        return
    for cell in cells:
        writer.add(BlockKind.LIST_ITEM, cell, level=1)


def _has_wider(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a row below begins the table: lists in which each row has one cell filled have no title."""
    return bool(rows) and sum(1 for row in rows if sum(map(bool, row)) > 1) > len(rows) / 2


def _names_columns(row: Sequence[str]) -> bool:
    """Whether a row is one of headings: distinct short cells without figures, a known word of headings among them.

    What stands in brackets does not count ("Inhabitants (2020)"), nor does one digit after words ("Contact 2").
    """
    cells = [cell for cell in row if cell]
    names = [ASIDE.sub("", cell).strip() for cell in cells]
    words = [re.findall(r"[^\W\d_]+", cell.casefold()) for cell in names]
    is_short = all(len(cell) <= _MAX_HEADING_WORDS for cell in words)
    has_figures = any(re.search(r"\d", re.sub(r"(?<=[^\W\d_]) ?\d$", "", cell)) for cell in names)
    is_known = any(word in COLUMN_WORDS for cell in words for word in cell)
    return len(set(cells)) == len(cells) and is_short and is_known and not has_figures
