"""CSV, TSV and XLSX lists as documents: rows with cells, under their headings."""

import io
import zipfile
from datetime import datetime

import pytest

from extractors.lists import find_delimiter, read_delimited
from extractors.readers import Format, find_format, read_document_bytes
from schemas.document import Document, hash_bytes
from schemas.finding import Finding
from schemas.vocabulary import BlockKind, DocumentKind

CSV = "City,Country,Member since\nNantes,France,1991\nTampere,Finland,2005\n"


def rows_of(document: Document) -> list[tuple[str, ...]]:
    return [tuple(document.text[start:end] for start, end in block.cells) for block in document.blocks if block.cells]


def read(data: bytes, name: str) -> Document:
    [document] = read_document_bytes(data, name=name)
    assert isinstance(document, Document), document
    return document


def refuse(data: bytes, name: str) -> str:
    [finding] = read_document_bytes(data, name=name)
    assert isinstance(finding, Finding)
    assert finding.is_failure
    return finding.message


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_cells_is_found(mark: str) -> None:
    document = read(CSV.replace(",", mark).encode(), "members.csv")
    assert rows_of(document)[1:] == [("Nantes", "France", "1991"), ("Tampere", "Finland", "2005")]
    assert [block.kind for block in document.blocks] == [BlockKind.TABLE_HEADER, *[BlockKind.TABLE_ROW] * 2]


def test_document_is_a_list_under_the_hash_of_its_bytes() -> None:
    document = read(CSV.encode(), "members.csv")
    assert (document.kind, document.document_id) == (DocumentKind.LIST, hash_bytes(CSV.encode()))


def test_commas_within_cells_do_not_outvote_semicolons() -> None:
    assert find_delimiter("City;Note\nNantes;big, old, rich\nOslo;small, new, poor\n") == ";"


def test_quoted_cells_keep_marks_and_line_ends_become_spaces() -> None:
    document = read(b'City,Note\n"Washington, DC","two\nlines"\n', "a.csv")
    assert rows_of(document)[1] == ("Washington, DC", "two lines")


def test_short_rows_are_filled_up_and_empty_ones_dropped() -> None:
    document = read(b"City,Country,Role\nNantes\n,,\nOslo,Norway\n", "a.csv")
    assert rows_of(document)[1:] == [("Nantes", "", ""), ("Oslo", "Norway", "")]


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("City,Inhabitants (2020),Contact 2", BlockKind.TABLE_HEADER),
        ("Bonn,member,5", BlockKind.TABLE_ROW),
        ("Bonn,member,Zone 12", BlockKind.TABLE_ROW),
    ],
)
def test_headings_may_have_figures_in_brackets_or_one_digit(first: str, kind: BlockKind) -> None:
    assert read(f"{first}\nNantes,300000,Ana\n".encode(), "members.csv").blocks[0].kind is kind


def test_first_row_of_values_is_no_row_of_headings() -> None:
    document = read(b"Nantes,France,1991\nOslo,Norway,1992\n", "a.csv")
    assert {block.kind for block in document.blocks} == {BlockKind.TABLE_ROW}


def test_lines_over_the_table_are_its_title() -> None:
    document = read(b"Members of Eurocities,,\nas of May 2021,,\nCity,Country,Since\nNantes,France,1991\n", "a.csv")
    assert document.title == "Members of Eurocities"
    assert [block.kind for block in document.blocks][:3] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.TABLE_HEADER,
    ]


def test_one_column_is_a_list() -> None:
    kinds = [block.kind for block in read(b"Nantes\nOslo\n", "a.csv").blocks]
    assert kinds == [BlockKind.LIST_ITEM] * 2


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_cells_are_read_in_the_charset_of_the_file(charset: str) -> None:
    assert rows_of(read("City,Country\nMalmö,Sweden\n".encode(charset), "a.csv"))[1] == ("Malmö", "Sweden")


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"\n\n,,\n", "without rows"), (b"\x00\x01\x02" * 99, "binary"), (b'a,"' + b"x" * 200_000, "broken list")],
)
def test_what_is_no_list_is_told(data: bytes, told: str) -> None:
    assert told in refuse(data, "a.csv")


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.lists._MAX_ROWS", 3)
    assert "more than 3 rows" in refuse(b"a,b\n" * 5, "a.csv")


def test_media_type_of_a_list_decides() -> None:
    assert find_format(b"a;b", name="export", media_type="text/csv; charset=utf-8") is Format.DELIMITED
    assert read_delimited(CSV.encode(), name="x", url="https://e.example/x").url == "https://e.example/x"


def make_workbook(**sheets: list[list[object]]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_workbook_gives_the_rows_of_its_sheets_under_their_titles() -> None:
    data = make_workbook(
        Members=[["City", "Country", "Since"], ["Nantes", "France", 1991], ["Oslo", None, 1992.0]],
        Observers=[["City", "Country", "Since"], ["Kyiv", "Ukraine", 2014]],
    )
    document = read(data, "members.xlsx")
    headings = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.HEADING]
    assert headings == ["Members", "Observers"]
    assert rows_of(document)[1:3] == [("Nantes", "France", "1991"), ("Oslo", "", "1992")]
    assert {block.table for block in document.blocks if block.cells} == {1, 2}


def test_workbook_is_known_by_its_parts_whatever_it_is_called() -> None:
    assert find_format(make_workbook(Sheet1=[["City"], ["Oslo"]]), name="download") is Format.WORKBOOK


@pytest.mark.parametrize(
    ("shown", "expected"), [("yyyy", "2021"), ("mmm yyyy", "2021-05"), ("dd/mm/yyyy", "2021-05-04")]
)
def test_date_is_as_exact_as_its_cell_shows_it(shown: str, expected: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["City", "Since"])
    book.active.append(["Oslo", datetime(2021, 5, 4)])
    book.active["B2"].number_format = shown
    stream = io.BytesIO()
    book.save(stream)
    assert rows_of(read(stream.getvalue(), "a.xlsx"))[1] == ("Oslo", expected)


def test_hidden_sheets_are_left_out() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(make_workbook(Members=[["City"], ["Oslo"]], Draft=[["City"], ["Bonn"]])))
    book["Draft"].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    assert "Bonn" not in read(stream.getvalue(), "a.xlsx").text


def zip_of(name: str, size: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr(name, b" " * size)
    return stream.getvalue()


def test_workbook_that_unpacks_to_too_much_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.lists._MAX_UNPACKED", 1000)
    assert "unpacks to 5,000 bytes" in refuse(zip_of("xl/workbook.xml", 5000), "a.xlsx")


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"PK\x03\x04rest", "no XLSX workbook"), (zip_of("word/document.xml", 9), "without a workbook")],
)
def test_what_is_no_workbook_is_told(data: bytes, told: str) -> None:
    assert told in refuse(data, "a.xlsx")
