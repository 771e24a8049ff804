"""Pages by pdfplumber and pdfium: the fast one is taken only where both would give the same."""

import io
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors import reports
from extractors.pdf_pages import PageContent, PdfPageReader
from extractors.pdf_text_layer import LayerPage, TextLayer
from extractors.readers import read_document_bytes
from extractors.reports import read_checked_report, read_report
from schemas.document import Document
from schemas.finding import Finding
from schemas.vocabulary import FindingKind

PROSE = (
    "The members of the network met in Nantes in May, and agreed on a plan of ten chapters",
    "that was written by the office of the mayor. Kiel and Oslo were asked to look after the",
    "climate, Ghent after its people; the board will tell the members of it in the autumn.",
)
CITIES = ("Aarhus", "Bonn", "Cork", "Delft", "Espoo")
Paint = Callable[[Canvas, int], None]


def draw(paint: Paint, pages: int) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    for number in range(1, pages + 1):
        paint(canvas, number)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def write_prose(canvas: Canvas, number: int, *, x: float = 60, font: str = "Times-Roman") -> None:
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(x, 760, f"Chapter {number}")
    canvas.setFont(font, 10)
    for row, line in enumerate(PROSE):
        canvas.drawString(x, 730 - 13 * row, line)
    canvas.setFont("Helvetica", 8)
    canvas.drawString(290, 25, f"Page {number} of 6")


def write_columns(canvas: Canvas, number: int) -> None:
    canvas.setFont("Times-Roman", 10)
    for x in (60, 320):
        for row in range(30):
            canvas.drawString(x, 730 - 13 * row, f"A line of column {x} on page {number} inter-")


def write_open_table(canvas: Canvas, number: int) -> None:
    write_prose(canvas, number)
    for row, city in enumerate(CITIES):
        canvas.setFont("Times-Roman", 10)
        for x, cell in zip((60, 230, 400), (city, "Europe", str(1990 + row + number)), strict=True):
            canvas.drawString(x, 600 - 16 * row, cell)


def write_doubled(canvas: Canvas, number: int) -> None:
    write_prose(canvas, number)
    for shift in (0, 0.2):
        canvas.drawString(60 + shift, 500, "Darkened by a second print")


def read_pages(data: bytes, layer: TextLayer | None) -> tuple[list[PageContent], int]:
    reader = PdfPageReader(layer)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [reader.read(page) for page in pdf.pages], reader.fast_pages


@pytest.fixture
def read_both() -> Callable[[bytes], tuple[list[PageContent], list[PageContent], int]]:
    def read(data: bytes) -> tuple[list[PageContent], list[PageContent], int]:
        layer = TextLayer(data)
        fast, count = read_pages(data, layer)
        layer.close()
        return fast, read_pages(data, None)[0], count

    return read


@pytest.mark.parametrize("paint", [write_prose, write_columns, write_open_table, write_doubled])
def test_pages_without_drawings_are_read_fast_and_the_same(read_both, paint: Paint) -> None:
    fast, slow, count = read_both(draw(paint, 6))
    assert count == 5  # the first is read by both, to compare
    for one, two in zip(fast, slow, strict=True):
        assert [part.text for part in one.segments] == [part.text for part in two.segments]
        for part, other in zip(one.segments, two.segments, strict=True):
            assert (part.x0, part.top, part.x1, part.bottom, part.size) == pytest.approx(
                (other.x0, other.top, other.x1, other.bottom, other.size), abs=0.5
            )
            assert (part.is_bold, part.words) == (other.is_bold, other.words)


@pytest.mark.parametrize("paint", [write_prose, write_columns, write_open_table])
def test_documents_are_the_same_with_and_without_the_fast_way(paint: Paint, monkeypatch: pytest.MonkeyPatch) -> None:
    data = draw(paint, 6)
    fast = read_report(data, name="a.pdf")
    monkeypatch.setattr(reports, "TextLayer", _refuse)
    assert read_report(data, name="a.pdf") == fast


def test_samples_are_the_same_with_and_without_the_fast_way(monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted((Path(__file__).parents[2] / "samples").glob("*.pdf"))
    fast = [read_report(path.read_bytes(), name=path.name) for path in files]
    monkeypatch.setattr(reports, "TextLayer", _refuse)
    assert files
    assert [read_report(path.read_bytes(), name=path.name) for path in files] == fast


def _refuse(_data: bytes) -> TextLayer:
    raise reports.PdfiumError("does not open")


def with_rule(canvas: Canvas, number: int) -> None:
    write_prose(canvas, number)
    canvas.line(60, 500, 500, 500)


def with_turned_text(canvas: Canvas, number: int) -> None:
    write_prose(canvas, number)
    canvas.rotate(90)
    canvas.drawString(200, -40, "in the margin")


def with_turned_page(canvas: Canvas, number: int) -> None:
    canvas.setPageRotation(90)
    write_prose(canvas, number)


def with_a_new_font_each(canvas: Canvas, number: int) -> None:
    fonts = ("Times-Roman", "Times-Italic", "Courier", "Helvetica-Oblique", "Courier-Bold", "Times-BoldItalic")
    write_prose(canvas, number, font=fonts[number - 1])


@pytest.mark.parametrize("paint", [with_rule, with_turned_text, with_turned_page, with_a_new_font_each])
def test_page_that_gains_from_the_slow_way_is_read_so(read_both, paint: Paint) -> None:
    fast, slow, count = read_both(draw(paint, 6))
    assert count == 0
    assert [page.segments for page in fast] == [page.segments for page in slow]
    assert not any(page.is_doubted for page in fast)


class OtherLayer(TextLayer):
    """A layer that sees other words."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._changed = data

    def read_page(self, number: int) -> LayerPage | None:
        page = super().read_page(number)
        assert page is not None
        return LayerPage([word | {"text": word["text"][::-1] + "x"} for word in page.words])


def test_pages_on_which_the_readers_differ_are_told_and_read_by_pdfplumber(monkeypatch: pytest.MonkeyPatch) -> None:
    data = draw(write_prose, 3)
    expected = read_report(data, name="a.pdf")
    monkeypatch.setattr(reports, "TextLayer", OtherLayer)
    document, [doubt] = read_checked_report(data, name="a.pdf")
    assert document == expected
    assert doubt.startswith(
        "found 3 page(s) (1, 2, 3) of 3 whose words two readers (pdfplumber, pdfium) see differently"
    )


def write_picture(canvas: Canvas, number: int) -> None:
    if number in (2, 3):
        canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "navy")), 0, 0, 500, 700)
    else:
        write_prose(canvas, number)


def test_pages_that_are_pictures_are_a_finding_beside_the_text() -> None:
    results = read_document_bytes(draw(write_picture, 4), name="a.pdf")
    document, finding = results
    assert isinstance(document, Document)
    assert isinstance(finding, Finding)
    assert finding.kind is FindingKind.DOUBTED_TEXT
    assert finding.document_id == document.document_id
    assert not finding.is_failure
    assert finding.message.startswith("a.pdf: found 2 page(s) (2, 3) of 4 that are pictures, expected text")


def test_cover_that_is_a_picture_is_not_told() -> None:
    def paint(canvas: Canvas, number: int) -> None:
        write_picture(canvas, 2 if number == 1 else 4)

    assert [type(result) for result in read_document_bytes(draw(paint, 3), name="a.pdf")] == [Document]
