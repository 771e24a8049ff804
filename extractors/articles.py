"""HTML pages to documents.

trafilatura says where the main content of a page is and what its metadata are; the blocks are then
rendered from the DOM itself, in its order, since trafilatura drops many of the lists and tables in
which members stand and flattens the rest.
"""

import copy
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

import trafilatura
from lxml import html
from lxml.html import HtmlElement

from extractors.block_writer import BlockWriter
from extractors.encodings import decode_text, find_declared_charset
from extractors.html_blocks import PageBlock, PageReader, squeeze
from extractors.html_metadata import read_metadata
from extractors.languages import find_language
from schemas.document import Document, hash_bytes
from schemas.errors import UnreadableDocument
from schemas.vocabulary import BlockKind, DocumentKind

logger = logging.getLogger(__name__)

_ROWS = frozenset({BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW})
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
# Headings over what a site adds to a page. What stands under them is left out if it is mostly links.
_RELATED = re.compile(
    r"(?i)^(?:(?:more )?related|see also|read (?:more|next|also)|more (?:news|stories|articles|from|on)|latest|recent|"
    r"(?:the )?most (?:read|popular|viewed|shared|recent)|"
    r"other (?:\w+ ){0,3}(?:news|stories|articles|columns|posts|reading)|next (?:article|story|up|on)|up next|"
    r"featured (?:news|stories|articles|posts|videos|slide ?shows)|trending|around the web|promoted|sponsored|"
    r"you (?:may|might) (?:also )?like|share|follow us|further (?:reading|links)|tags|topics|recommended|popular|"
    r"quick ?links|useful links|links|contact|downloads?|subscribe|sign up|newsletter|partners of this site|"
    r"categories|archives?)\b"
)
# Nine tenths of what trafilatura found lie in the main container; the rest is a stray line elsewhere.
_CONTAINER_SHARE = 0.9
_MIN_PROOF = 20
_MAX_LINKED = 0.5
_MIN_GROUP = 3
_HEADLINE_WORDS = 6
_MOSTLY_LINKED = 0.9
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
    main_text = _find_main_text(tree)
    blocks = select_main_blocks(list(PageReader(main_text).read_blocks(tree)), main_text)
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


def select_main_blocks(blocks: Sequence[PageBlock], main_text: str) -> list[PageBlock]:
    """The blocks of a page that are its main content, given the main text that trafilatura found.

    Within the part of the page that holds that text all is kept but navigation: groups of links under
    headings such as "Related". Outside it only lists and tables that are not links are.
    """
    proof = squeeze(main_text)
    confirmed = [block for block in blocks if len(key := squeeze(block.text)) >= _MIN_PROOF and key in proof]
    container = _find_container(confirmed)
    last = id(confirmed[-1]) if confirmed else None
    is_over = False
    kept: list[PageBlock] = []
    seen: set[tuple[str, ...]] = set()
    for group, is_related in _group_blocks(blocks):
        if is_over and _are_headlines(group):
            continue
        is_over = is_over or any(id(block) == last for block in group)
        texts = tuple(block.text for block in group)
        if len(group) >= _MIN_GROUP and texts in seen:  # the same list again, for narrow screens
            continue
        seen.add(texts)
        if not kept and group[0].kind is BlockKind.LIST_ITEM and _measure_linked(group) > _MAX_LINKED:
            continue  # a menu that nothing marks as one: no page begins with its list of members
        if _is_main_group(group, container, is_related=is_related):
            kept.extend(group)
    return _drop_idle_headings(kept)


def _find_main_text(tree: HtmlElement) -> str:
    # Recall, since what it finds is only evidence of where the content is: on seven sample pages and
    # eleven layouts the blocks kept are the same as with precision, without any evidence they are not.
    found = trafilatura.bare_extraction(
        copy.deepcopy(tree), favor_recall=True, include_comments=False, include_tables=True
    )
    text = getattr(found, "text", None)
    return text if isinstance(text, str) else ""


def _find_container(confirmed: Sequence[PageBlock]) -> HtmlElement | None:
    """The deepest element that holds nearly all of the confirmed text; None without any."""
    weights: Counter[HtmlElement] = Counter()
    for block in confirmed:
        weights[block.element] += len(block.text)
        for ancestor in block.element.iterancestors():
            weights[ancestor] += len(block.text)
    total = sum(len(block.text) for block in confirmed)
    candidates = [element for element, weight in weights.items() if weight >= _CONTAINER_SHARE * total]
    deepest = max(candidates, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)
    if deepest is None:
        return None
    # Markup that names the content is trusted over the estimate, which may stop at one section of it.
    marked = [element for element in (deepest, *deepest.iterancestors()) if element.tag in ("main", "article")]
    if deepest.tag in ("table", "ul", "ol", "tbody", "p", "li", "dl", "tr", "td"):
        deepest = deepest.getparent() if deepest.getparent() is not None else deepest
    return marked[-1] if marked else deepest


def _group_blocks(blocks: Sequence[PageBlock]) -> Iterator[tuple[list[PageBlock], bool]]:
    """Yield runs of items, runs of rows and single other blocks, each with whether it is under "Related"."""
    related_level: int | None = None
    for whole, run in groupby(blocks, key=_find_whole):
        group = list(run)
        for part in [group] if whole is not None else [[block] for block in group]:
            first = part[0]
            level = first.level if first.kind is BlockKind.HEADING else None
            if level is not None and (related_level is None or level <= related_level):
                related_level = level if _RELATED.match(first.text) else None
            yield part, related_level is not None


def _find_whole(block: PageBlock) -> HtmlElement | int | None:
    """What a block is a part of: its outermost list, or its table's number; None for any other block."""
    if block.kind is not BlockKind.LIST_ITEM:
        return block.table
    whole = block.element
    for ancestor in block.element.iterancestors():
        if ancestor.tag not in ("ul", "ol", "li", "dl"):
            break
        whole = ancestor
    return whole


def _is_main_group(group: Sequence[PageBlock], container: HtmlElement | None, *, is_related: bool) -> bool:
    length, linked = sum(len(block.text) for block in group), _measure_linked(group)
    first = group[0]
    is_many = first.kind is BlockKind.LIST_ITEM or first.kind in _ROWS
    if is_related and (linked > _MAX_LINKED or first.kind is BlockKind.HEADING):
        return False
    if container is not None and _is_within(first.element, container):
        return is_many or first.kind is BlockKind.HEADING or linked <= _MAX_LINKED or length > _MIN_TEXT
    if first.kind is BlockKind.HEADING:
        return first.level == 1 or not is_related
    if container is None:
        return linked <= _MAX_LINKED
    return is_many and len(group) >= _MIN_GROUP and linked <= _MAX_LINKED


def _are_headlines(group: Sequence[PageBlock]) -> bool:
    """Whether a list is one of links to other articles, whose titles are longer than names of members."""
    words = sum(len(block.text.split()) for block in group)
    is_list = group[0].kind is BlockKind.LIST_ITEM
    return is_list and words >= _HEADLINE_WORDS * len(group) and _measure_linked(group) > _MOSTLY_LINKED


def _measure_linked(group: Sequence[PageBlock]) -> float:
    length = sum(len(block.text) for block in group)
    return sum(block.linked * len(block.text) for block in group) / length if length else 0.0


def _is_within(element: HtmlElement, container: HtmlElement) -> bool:
    return element is container or any(ancestor is container for ancestor in element.iterancestors())


def _drop_idle_headings(blocks: Sequence[PageBlock]) -> list[PageBlock]:
    """Drop headings under which nothing was kept, such as those of menus; the page's own title stays."""
    kept: list[PageBlock] = []
    next_level: int | None = None  # level of the heading after this one, if nothing is between
    has_content = False
    for block in reversed(blocks):
        if block.kind is not BlockKind.HEADING:
            has_content, next_level = True, None
            kept.append(block)
            continue
        level = block.level or 1
        governs_next = next_level is not None and level < next_level
        if has_content and (next_level is None or governs_next):
            kept.append(block)
            next_level = level
    return kept[::-1]


def _write(blocks: Sequence[PageBlock]) -> BlockWriter:
    writer = BlockWriter()
    for block in blocks:
        if block.kind in _ROWS and block.table is not None:
            writer.add_row(block.kind, block.cells, table=block.table)
        else:
            writer.add(block.kind, block.text, level=block.level)
    return writer


def _guess_kind(writer: BlockWriter) -> DocumentKind:
    listed = sum(
        block.end - block.start for block in writer.blocks if block.kind in _ROWS or block.kind is BlockKind.LIST_ITEM
    )
    return DocumentKind.LIST if listed > len(writer.text) / 2 else DocumentKind.WEBPAGE
