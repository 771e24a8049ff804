"""PDF reports to documents: text in reading order, with headings, lists, tables and pages."""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import pdfplumber
from pypdfium2 import PdfiumError

from extractors.block_writer import BlockWriter, tidy
from extractors.imprint import cut_to_day, read_imprint
from extractors.languages import find_language
from extractors.pdf_blocks import write_blocks
from extractors.pdf_layout import Line, PageSegmenter
from extractors.pdf_margins import drop_running_lines
from extractors.pdf_pages import PageContent, PdfPageReader
from extractors.pdf_tables import GridTable
from extractors.pdf_text_layer import TextLayer
from schemas.document import Document, hash_bytes
from schemas.errors import UnreadableDocument
from schemas.vocabulary import BlockKind, DocumentKind

# A PDF ends with this mark; servers and mail gateways append a little after it at times.
_END_MARK = b"%%EOF"
_END_WITHIN = 4096
_MAX_UNMAPPED = 0.3
_MAX_PAGES = 2000
_MOST_NAMED = 12
_SCRIPTED_TITLE = re.compile(
    r"(?i)^(?:microsoft word|untitled|anonymous|unspecified|\(.*\))|\.(?:docx?|indd|pdf|qxd|pptx?)$"
)
# Producers in reproducible mode write this instead of a time.
_NO_DATES = frozenset({"2000-01-01", "1970-01-01", "1980-01-01"})


def read_report(data: bytes, *, name: str, url: str | None = None) -> Document:
    """Read a PDF report, page by page, into one text.

    Running heads, feet and page numbers are dropped, columns follow one another, hyphenation is
    undone; each block says on which page it begins, the first being 1. Title, publisher and date are
    those that the text states, else the file's own properties.

    Raises:
        UnreadableDocument: the file is truncated, encrypted, no PDF, or a scan without a text layer.
    """
    return read_checked_report(data, name=name, url=url)[0]


def read_checked_report(data: bytes, *, name: str, url: str | None = None) -> tuple[Document, list[str]]:
    """Read a PDF report as `read_report` does, and tell what is doubtful of it: pages whose text may not be what it is.

    Raises:
        UnreadableDocument: as `read_report`.
    """
    if b"%PDF-" not in data[:1024]:
        raise UnreadableDocument(f"found a file that begins with {data[:8]!r}, expected a PDF (%PDF-)")
    if _END_MARK not in data[-_END_WITHIN:]:
        raise UnreadableDocument("found a truncated PDF (no end mark), expected a whole one; fetch it again")
    # pdfminer raises anything on broken or hostile files, from KeyError to RecursionError: the one
    # place where everything is caught, and turned into an error that says what to do.
    try:
        with closing(pdfplumber.open(io.BytesIO(data))) as pdf:
            contents = _read_pages(pdf, data)
            writer = _write_pages(contents)
            properties = {key: value for key, value in (pdf.metadata or {}).items() if isinstance(value, str)}
    except UnreadableDocument:
        raise
    except Exception as error:
        raise UnreadableDocument(_explain(error)) from error
    return _build_document(data, writer, properties, name=name, url=url), _find_doubts(contents)


def _read_pages(pdf: Any, data: bytes) -> list[PageContent]:
    pages = pdf.pages
    if not pages:
        raise UnreadableDocument("found a PDF without pages, expected text")
    if len(pages) > _MAX_PAGES:
        raise UnreadableDocument(f"found {len(pages)} pages, expected {_MAX_PAGES} at most; split the file")
    with _opened_layer(data) as layer:
        reader = PdfPageReader(layer)
        contents = [reader.read(page) for page in pages]
    _refuse_scans(contents)
    drop_running_lines(contents)
    return contents


@contextmanager
def _opened_layer(data: bytes) -> Iterator[TextLayer | None]:
    """The PDF in pdfium; None where it does not open there, and pdfplumber has to do."""
    try:
        layer = TextLayer(data)
    except PdfiumError:
        yield None
        return
    with closing(layer):
        yield layer


def _write_pages(contents: Sequence[PageContent]) -> BlockWriter:
    items: list[Line | GridTable] = []
    numbers: list[int] = []
    for content in contents:
        known = items[-1] if items and isinstance(items[-1], GridTable) else None
        segmenter = PageSegmenter(content.rules, known)
        for item in segmenter.read_boxes([*content.segments, *content.tables]):
            items.append(replace(item, page=content.number) if isinstance(item, Line) else item)
            numbers.append(content.number)
    return write_blocks(items, numbers, {content.number: content.height for content in contents})


def _refuse_scans(contents: Sequence[PageContent]) -> None:
    words = sum(content.words for content in contents)
    if words == 0:
        what = "a scan" if any(content.has_images for content in contents) else "empty pages"
        raise UnreadableDocument(
            f"found {what} of {len(contents)} page(s) without a text layer, expected text; recognise it (OCR) first"
        )
    unmapped = sum(content.unmapped for content in contents)
    if unmapped > _MAX_UNMAPPED * words:
        raise UnreadableDocument(
            f"found a text layer without Unicode ({unmapped} of {words} words), expected text; recognise it (OCR) first"
        )


def _find_doubts(contents: Sequence[PageContent]) -> list[str]:
    """What may be missing or wrong in the text of a report; one page that is a picture, as covers are, is not told."""
    silent = [content.number for content in contents if not content.words and content.has_images]
    doubted = [content.number for content in contents if content.is_doubted]
    doubts = []
    if len(silent) > 1:
        doubts.append(
            f"found {_count_pages(silent)} of {len(contents)} that are pictures, expected text; the others were read, "
            "recognise these (OCR) if they tell anything"
        )
    if doubted:
        doubts.append(
            f"found {_count_pages(doubted)} of {len(contents)} whose words two readers (pdfplumber, pdfium) see "
            "differently, expected the same; compare what was read of them with the page, or print it to PDF anew"
        )
    return doubts


def _count_pages(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:_MOST_NAMED])) + (" …" if len(numbers) > _MOST_NAMED else "")
    return f"{len(numbers)} page(s) ({shown})"


def _build_document(
    data: bytes, writer: BlockWriter, properties: dict[str, str], *, name: str, url: str | None
) -> Document:
    text = writer.text
    if not text:
        raise UnreadableDocument("found only running heads and page numbers, expected text")
    imprint = read_imprint(text)
    return Document(
        document_id=hash_bytes(data),
        name=name,
        text=text,
        blocks=writer.blocks,
        title=_find_title(writer, properties),
        publisher=imprint.publisher or _clean_property(properties.get("Publisher") or properties.get("Company")),
        published=imprint.published or _read_creation_date(properties.get("CreationDate", "")),
        url=url,
        kind=DocumentKind.REPORT,
        language=find_language(text),
    )


def _find_title(writer: BlockWriter, properties: dict[str, str]) -> str | None:
    title = _clean_property(properties.get("Title"))
    if title and not _SCRIPTED_TITLE.search(title):
        return title
    headings = [block for block in writer.blocks if block.kind is BlockKind.HEADING and block.page == 1]
    first = min(headings, key=lambda block: (block.level or 1, block.start), default=None)
    return writer.text[first.start : first.end] if first is not None else None


def _clean_property(value: str | None) -> str | None:
    return tidy(value or "") or None


def _read_creation_date(value: str) -> str | None:
    """The day of a PDF date such as `D:20200214093000+01'00'`; None for the fixed days of reproducible builds."""
    match = re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", value)
    date = cut_to_day("-".join(match.groups())) if match else None
    return None if date in _NO_DATES else date


def _explain(error: Exception) -> str:
    # pdfplumber wraps what pdfminer raises; the name of the inner one tells encryption.
    inner = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
    kind = type(inner).__name__
    if isinstance(inner, MemoryError):
        return "found a PDF that takes more memory to read than it may, expected a smaller one; split it"
    if "Password" in kind or "Encryption" in kind:
        return "found an encrypted PDF, expected one that opens without a password; save it without protection"
    return f"found a broken PDF ({kind}: {inner}), expected one that opens; fetch or export it again"
