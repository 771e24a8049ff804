"""Reads any input that is a document: decides what it is and hands it to the reader for its format.

The readers of HTML, PDF and feeds are imported when the first such input comes: their libraries take
half a second each to load, which a command that reads one text would feel.
"""

from __future__ import annotations

import codecs
import json
import logging
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from extractors.encodings import decode_text
from extractors.texts import read_json_lines, read_markdown, read_plain_text
from schemas.document import Document
from schemas.errors import UnreadableDocument
from schemas.finding import Finding
from schemas.vocabulary import FindingKind

if TYPE_CHECKING:
    from extractors.feeds import FeedEntry

logger = logging.getLogger(__name__)


class Format(StrEnum):
    """The formats that inputs come in."""

    HTML = "html"
    PDF = "pdf"
    TEXT = "text"
    MARKDOWN = "markdown"
    JSON_LINES = "jsonl"
    FEED = "feed"
    """RSS or Atom: documents are its entries."""
    DELIMITED = "csv"
    """A list with commas, semicolons, tabs or bars between its cells."""
    WORKBOOK = "xlsx"
    SITEMAP = "sitemap"
    """Lists pages, and is no document itself; see `feeds.read_sitemap`."""


_BY_MEDIA_TYPE = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "application/pdf": Format.PDF,
    "application/x-pdf": Format.PDF,
    "text/markdown": Format.MARKDOWN,
    "text/x-markdown": Format.MARKDOWN,
    "application/jsonl": Format.JSON_LINES,
    "application/x-ndjson": Format.JSON_LINES,
    "application/x-jsonlines": Format.JSON_LINES,
    "application/jsonlines": Format.JSON_LINES,
    "text/csv": Format.DELIMITED,
    "text/tab-separated-values": Format.DELIMITED,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Format.WORKBOOK,
    "application/rss+xml": Format.FEED,
    "application/atom+xml": Format.FEED,
}
# text/plain, application/xml and application/octet-stream are what servers send when they do not know.
_BY_SUFFIX = {
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".csv": Format.DELIMITED,
    ".tsv": Format.DELIMITED,
    ".xlsx": Format.WORKBOOK,
    ".xlsm": Format.WORKBOOK,
    ".atom": Format.FEED,
    ".rss": Format.FEED,
}
_FOREIGN_MAGIC = (
    (b"PK\x03\x04", "a ZIP container, such as DOCX, ODS or EPUB"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
)
_SUPPORTED = "HTML, PDF, plain text, Markdown, JSON Lines, CSV, XLSX, RSS or Atom"
_TAGS = (
    (Format.SITEMAP, ("<urlset", "<sitemapindex")),
    (Format.FEED, ("<rss", "<feed", "<rdf:rdf")),
    (
        Format.HTML,
        ("<!doctype html", "<html", "<head", "<body", "<article", "<main", "<div", "<p>", "<h1", "<table", "<meta"),
    ),
)


def read_document_bytes(
    data: bytes, *, name: str, media_type: str | None = None, url: str | None = None
) -> list[Document | Finding]:
    """Read the documents in `data`; whatever is wrong with it becomes a finding about `name`.

    The media type decides what it is, then the suffix of the name (or of the URL's path), then the
    bytes. A document in another language than English comes with a finding that says so. Pure, and
    never raises: hostile bytes cost one finding.
    """
    try:
        results = _read(data, name=name, media_type=media_type, url=url)
    except UnreadableDocument as error:
        return [_unreadable(name, str(error))]
    except MemoryError:
        return [_unreadable(name, "found a file that takes more memory to read than it may; split it")]
    except Exception as error:  # parsers of markup fail in ways that none of them documents
        logger.debug("%s: the reader failed", name, exc_info=True)
        what = f"found data that breaks the reader ({type(error).__name__}: {error})"
        return [_unreadable(name, f"{what}, expected {_SUPPORTED} as their programs write them; fetch or save it anew")]
    return [part for result in results for part in (result, *_find_foreign(result))]


def read_path(path: Path) -> list[Document | Finding]:
    """Read the documents in one file; a file that is missing or cannot be opened becomes a finding."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return [_unreadable(str(path), "found no such file, expected one; check the path")]
    except IsADirectoryError:
        return [_unreadable(str(path), "found a folder, expected a file")]
    except OSError as error:
        return [_unreadable(str(path), f"found a file that cannot be read ({error.strerror}); check its permissions")]
    return read_document_bytes(data, name=str(path))


def find_format(data: bytes, *, name: str, media_type: str | None = None, url: str | None = None) -> Format | None:
    """What `data` is by its media type, the suffix of its name or URL, or its bytes; None if nothing readable."""
    by_type = _BY_MEDIA_TYPE.get((media_type or "").split(";")[0].strip().lower())
    if by_type is not None:
        return by_type
    for path in (name, (url or "").split("?")[0].split("#")[0]):
        by_suffix = _BY_SUFFIX.get(PurePosixPath(path).suffix.lower())
        if by_suffix is not None:
            return by_suffix
    return _sniff(data, name)


def read_entry(entry: FeedEntry, *, name: str | None = None) -> list[Document | Finding]:
    """Read the content of a feed's entry as a document, with the entry's title, date, address and publisher."""
    from extractors.articles import read_fragment  # noqa: PLC0415 (see the module's docstring)

    subject = entry.url or name or entry.title or "feed entry"
    try:
        document = read_fragment(entry.html, name=subject, language=entry.language)
    except UnreadableDocument as error:
        return [Finding(kind=FindingKind.BROKEN_RECORD, subject=subject, message=f"{subject}: {error}")]
    document = document.model_copy(
        update={
            "title": entry.title,
            "publisher": entry.publisher,
            "published": entry.published,
            "url": entry.url,
        }
    )
    return [document, *_find_foreign(document)]


def _read(data: bytes, *, name: str, media_type: str | None, url: str | None) -> list[Document | Finding]:
    if not data.strip():
        raise UnreadableDocument(f"found an empty file ({len(data)} bytes), expected {_SUPPORTED}")
    kind = find_format(data, name=name, media_type=media_type, url=url)
    match kind:
        case Format.HTML:
            from extractors.articles import read_article  # noqa: PLC0415

            return [read_article(data, name=name, media_type=media_type, url=url)]
        case Format.PDF:
            return _read_report(data, name=name, url=url)
        case Format.TEXT:
            return [read_plain_text(data, name=name, media_type=media_type, url=url)]
        case Format.MARKDOWN:
            return [read_markdown(data, name=name, media_type=media_type, url=url)]
        case Format.JSON_LINES:
            return read_json_lines(data, name=name)
        case Format.DELIMITED:
            from extractors.lists import read_delimited  # noqa: PLC0415

            return [read_delimited(data, name=name, media_type=media_type, url=url)]
        case Format.WORKBOOK:
            from extractors.lists import read_workbook  # noqa: PLC0415

            return [read_workbook(data, name=name, url=url)]
        case Format.FEED:
            return _read_entries(data, name)
        case Format.SITEMAP:
            raise UnreadableDocument("found a sitemap, which lists pages and is no document; read it as a sitemap")
        case None:
            raise UnreadableDocument(f"found {_describe(data)}, expected {_SUPPORTED}")


def _read_report(data: bytes, *, name: str, url: str | None) -> list[Document | Finding]:
    from extractors.reports import read_checked_report  # noqa: PLC0415

    document, doubts = read_checked_report(data, name=name, url=url)
    findings = [
        Finding(
            kind=FindingKind.DOUBTED_TEXT,
            subject=name,
            message=f"{name}: {doubt}",
            document_id=document.document_id,
        )
        for doubt in doubts
    ]
    return [document, *findings]


def _read_entries(data: bytes, name: str) -> list[Document | Finding]:
    from extractors.feeds import read_feed  # noqa: PLC0415

    results: list[Document | Finding] = []
    for entry in read_feed(data, name=name):
        # The language of an entry is told by the caller, who tells it for all documents.
        results.extend([entry] if isinstance(entry, Finding) else read_entry(entry, name=name)[:1])
    return results


def _sniff(data: bytes, name: str) -> Format | None:
    head = data[:4096].removeprefix(codecs.BOM_UTF8).lstrip()
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(b"PK\x03\x04") and b"xl/workbook.xml" in data:
        return Format.WORKBOOK
    if any(data.startswith(magic) for magic, _ in _FOREIGN_MAGIC) or PurePosixPath(name).suffix.lower() == ".json":
        return None
    text = decode_text(head).lower()
    if "\0" in text:
        return None
    if text.startswith("<"):
        return _sniff_markup(text)
    return Format.JSON_LINES if _begins_with_record(data) else Format.TEXT


def _sniff_markup(text: str) -> Format | None:
    for kind, tags in _TAGS:
        if any(tag in text for tag in tags):
            return kind
    return None if text.startswith("<?xml") else Format.TEXT


def _begins_with_record(data: bytes) -> bool:
    first = data.removeprefix(codecs.BOM_UTF8).lstrip().split(b"\n", maxsplit=1)[0]
    if not first.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _describe(data: bytes) -> str:
    for magic, what in _FOREIGN_MAGIC:
        if data.startswith(magic):
            return what
    return f"a file that begins with {data[:12]!r}"


def _find_foreign(result: Document | Finding) -> list[Finding]:
    if isinstance(result, Finding) or result.language == "en":
        return []
    message = f"{result.name}: found language {result.language!r}, expected English; the document is kept, not mined"
    return [
        Finding(kind=FindingKind.FOREIGN_LANGUAGE, subject=result.name, message=message, document_id=result.document_id)
    ]


def _unreadable(name: str, message: str) -> Finding:
    prefixed = message if message.startswith(name) else f"{name}: {message}"
    return Finding(kind=FindingKind.UNREADABLE, subject=name, message=prefixed)
