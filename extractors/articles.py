"""HTML pages to documents.

trafilatura says where the main content of a page is (`main_content`) and what its metadata are; the blocks are then
rendered from the DOM itself, in its order, since trafilatura drops many of the lists and tables in
which members stand and flattens the rest.
"""

import re
from collections.abc import Sequence

from lxml import html
from lxml.html import HtmlElement

from extractors.block_writer import ROWS, BlockWriter
from extractors.encodings import decode_text, find_declared_charset
from extractors.html_blocks import PageBlock, PageReader
from extractors.html_logos import name_pictures
from extractors.html_metadata import read_metadata
from extractors.languages import find_language
from extractors.main_content import find_main_text, select_main_blocks
from schemas.document import Document, hash_bytes
from schemas.errors import UnreadableDocument
from schemas.vocabulary import BlockKind, DocumentKind

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
# Shorter than this is an error page, a shell that scripts would fill, or a page of pictures.
_MIN_TEXT = 60
# Ten thousand members with country, date and contact are half of it; what is longer is a data base, or a trap that
# would keep the extractor busy for an hour.
_MAX_TEXT = 2_000_000


def read_article(data: bytes, *, name: str, media_type: str | None = None, url: str | None = None) -> Document:
    """Read an HTML page: its main text with lists and tables, title, publisher, date and language.

    Raises:
        UnreadableDocument: the page has no main text, or more of it than pages have.
    """
    tree = parse_page(decode_text(data, find_declared_charset(data, media_type)))
    name_pictures(tree)
    main_text = find_main_text(tree)
    blocks = select_main_blocks(list(PageReader(main_text.ample).read_blocks(tree)), main_text)
    writer = _write(blocks)
    if len(writer.text) < _MIN_TEXT:
        raise UnreadableDocument(
            f"found an HTML page with {len(writer.text)} characters of main text, expected an article or a list; "
            "pages that only scripts fill must be saved from a browser"
        )
    _refuse_bulk(writer)
    metadata = read_metadata(tree, writer.text, url)
    return Document(
        document_id=hash_bytes(data),
        name=name,
        text=writer.text,
        blocks=writer.blocks,
        title=metadata.title,
        publisher=metadata.publisher,
        published=metadata.published,
        url=metadata.url,
        kind=metadata.kind or _guess_kind(writer),
        language=find_language(writer.text, metadata.language),
    )


def read_fragment(markup: str, *, name: str, language: str | None = None) -> Document:
    """Read a piece of HTML that is all content, such as a feed entry's; carries text and blocks only.

    Raises:
        UnreadableDocument: the piece has no text, or more of it than pages have.
    """
    tree = parse_page(f"<body>{markup}</body>")
    writer = _write(list(PageReader().read_blocks(tree)))
    if not writer.text:
        raise UnreadableDocument("found an entry without content, expected HTML or text")
    _refuse_bulk(writer)
    return Document(
        document_id=hash_bytes(markup.encode("utf-8", errors="replace")),
        name=name,
        text=writer.text,
        blocks=writer.blocks,
        language=find_language(writer.text, language),
    )


def _refuse_bulk(writer: BlockWriter) -> None:
    if len(writer.text) > _MAX_TEXT:
        raise UnreadableDocument(
            f"found a page with {len(writer.text):,} characters of main text, expected {_MAX_TEXT:,} at most; "
            "save its parts as pages of their own, or name its data as a CSV list"
        )


def parse_page(markup: str) -> HtmlElement:
    """Parse a page; whatever is broken in it is repaired as browsers would.

    Raises:
        UnreadableDocument: there is no element at all.
    """
    # Bytes, since lxml refuses text with an encoding declaration; libxml2 stops at a NUL.
    data = _CONTROLS.sub(" ", markup).encode("utf-8", errors="replace")
    try:
        tree = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", remove_comments=True))
    except (ValueError, html.etree.ParserError, html.etree.XMLSyntaxError) as error:
        raise UnreadableDocument(f"found no element ({error}), expected an HTML page") from error
    return tree


def _write(blocks: Sequence[PageBlock]) -> BlockWriter:
    writer = BlockWriter()
    for block in blocks:
        if block.kind in ROWS and block.table is not None:
            writer.add_row(block.kind, block.cells, table=block.table)
        else:
            writer.add(block.kind, block.text, level=block.level)
    return writer


def _guess_kind(writer: BlockWriter) -> DocumentKind:
    listed = sum(
        block.end - block.start for block in writer.blocks if block.kind in ROWS or block.kind is BlockKind.LIST_ITEM
    )
    return DocumentKind.LIST if listed > len(writer.text) / 2 else DocumentKind.WEBPAGE
