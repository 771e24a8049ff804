"""Bytes in, documents out: files and fetched pages are read, feeds and sitemaps followed to their pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from extractors.feeds import FeedEntry, SitemapEntry
from extractors.readers import Format, find_format, read_document_bytes
from flows.child_readers import ReadRequest, get_child_readers
from flows.fetching import Fetch
from flows.inputs import Item, find_mirrored, matches
from schemas.document import Document
from schemas.errors import SourceRefused, SourceUnavailable
from schemas.finding import Finding
from schemas.source import SourceKind
from schemas.vocabulary import DocumentKind, FindingKind

_LISTINGS = {Format.FEED: SourceKind.FEED, Format.SITEMAP: SourceKind.SITEMAP}
_READ_HERE = frozenset({Format.TEXT, Format.MARKDOWN, Format.JSON_LINES, Format.DELIMITED})
"""Formats without a parser that a file could lead astray; a text from the shell needs no second process."""
_SNIFFED_BYTES = 4096
_MAX_DEPTH = 3
"""A sitemap index leads to sitemaps, those to pages; deeper nesting is a loop or a trap."""
_DOCUMENT_KINDS = {SourceKind.LIST: DocumentKind.LIST, SourceKind.REPORT: DocumentKind.REPORT}


@dataclass(slots=True)
class Reading:
    """What items gave."""

    documents: list[Document] = field(default_factory=list)
    fetched_at: dict[str, datetime] = field(default_factory=dict)
    """When the bytes of those documents came that the web gave, by their ids."""
    findings: list[Finding] = field(default_factory=list)


def open_items(
    items: Iterable[Item],
    fetch: Fetch,
    *,
    max_pages: int,
    findings: list[Finding],
    request: Callable[[Sequence[Item]], None] | None = None,
    depth: int = 0,
) -> Iterator[Item]:
    """The items that can be read: what lies on the web is fetched, feeds and sitemaps give way to their pages.

    What cannot be had is added to `findings`. A page that several listings name is fetched once.
    `request` is told beforehand what `fetch` will be asked for, so that it may be fetched ahead.
    """
    seen: set[str] = set()
    items = list(items)
    if request is not None:
        request(items)
    for item in items:
        if item.url is not None and item.url in seen:
            continue
        seen.add(item.url or "")
        opened = item if item.has_bytes else _fetch_item(item, fetch, findings)
        if opened is None:
            continue
        listing = _find_listing_kind(opened)
        if listing is None:
            yield opened
        elif depth >= _MAX_DEPTH:
            findings.append(_refuse(opened, f"listings are nested more than {_MAX_DEPTH} deep; it was not followed"))
        else:
            pages = _list_pages(opened, listing, max_pages, findings)
            fresh = [page for page in pages if page.url not in seen]
            leads_nowhere, told = len(fresh) == len(pages), len(findings)
            for page in open_items(
                fresh, fetch, max_pages=max_pages, findings=findings, request=request, depth=depth + 1
            ):
                leads_nowhere = False
                yield page
            # A feed may well have no such entry today, and one sitemap of an index no such page.
            is_whole_site = listing is SourceKind.SITEMAP and depth == 0
            if leads_nowhere and is_whole_site and len(findings) == told and _has_patterns(opened):
                findings.append(_refuse(opened, "found no page that include and exclude of its source let through"))


def read_items(items: Iterable[Item]) -> Reading:
    """Read items that have bytes; each gives documents, findings or both, in the order of the items.

    What needs a parser of other people's making is read in processes of its own, several at once, while the
    others are read here.
    """
    items = list(items)
    requests = {position: request for position, item in enumerate(items) if (request := _ask_child(item)) is not None}
    apart = {position: get_child_readers().submit(request) for position, request in requests.items()}
    reading = Reading()
    for position, item in enumerate(items):
        for result in apart[position].result() if position in apart else _read_here(item):
            if isinstance(result, Document):
                reading.documents.append(_add_source(result, item))
                if item.fetched_at is not None:
                    reading.fetched_at.setdefault(result.document_id, item.fetched_at)
            elif isinstance(result, Finding):
                source = item.source.name if item.source else None
                reading.findings.append(result.model_copy(update={"source": source}))
    return reading


def _ask_child(item: Item) -> ReadRequest | None:
    """What to have a child process read of an item; None where our own code alone reads it."""
    if item.entry is not None:
        return ReadRequest(name=item.name, entry=item.entry)
    assert item.path is not None, f"{item.name} was not fetched"
    found = _find_format(item)
    if found in _READ_HERE:
        return None
    return ReadRequest(
        name=item.name, path=item.path, media_type=item.media_type, url=item.url, is_report=found is Format.PDF
    )


def _read_here(item: Item) -> list[Document | Finding]:
    assert item.path is not None
    try:
        data = item.path.read_bytes()
    except OSError as error:
        return [_refuse(item, f"found a file that cannot be read ({error.strerror}); check its permissions")]
    return read_document_bytes(data, name=item.name, media_type=item.media_type, url=item.url)


def _add_source(document: Document, item: Item) -> Document:
    """What the item and its source tell of a document; what the document says of itself comes first."""
    source = item.source
    known: dict[str, object] = {
        "published": document.published or item.published or (source.published if source else None),
        "url": document.url or item.url,
    }
    if source is not None:
        known |= {
            "publisher": source.publisher,
            "authority": source.authority,
            "network": source.network,
            "source": source.name,
            "kind": _DOCUMENT_KINDS.get(source.kind, document.kind),
        }
    return document.model_copy(update=known)


def _fetch_item(item: Item, fetch: Fetch, findings: list[Finding]) -> Item | None:
    try:
        fetched = fetch(item)
    except (SourceUnavailable, SourceRefused) as error:
        source = item.source.name if item.source else None
        message = str(error) if item.name in str(error) else f"{item.name}: {error}"
        findings.append(Finding(kind=FindingKind.UNREACHABLE, subject=item.name, message=message, source=source))
        return None
    record = fetched.record
    return replace(
        item,
        path=fetched.path,
        url=record.final_url,
        media_type=record.content_type,
        fetched_at=datetime.fromisoformat(record.fetched_at),
    )


def _find_listing_kind(item: Item) -> SourceKind | None:
    """Whether an item is a feed or a sitemap."""
    found = _find_format(item)
    return _LISTINGS.get(found) if found else None


def _find_format(item: Item) -> Format | None:
    """What an item's file is, by what is known of it and its first bytes; None also where it cannot be opened."""
    if item.path is None:
        return None
    try:
        with item.path.open("rb") as file:
            head = file.read(_SNIFFED_BYTES)
    except OSError:
        return None  # reading it will tell what is wrong
    return find_format(head, name=item.name, media_type=item.media_type, url=item.url)


def _list_pages(item: Item, kind: SourceKind, max_pages: int, findings: list[Finding]) -> list[Item]:
    """The pages of a feed or sitemap; of a file that no source names only those that need no network."""
    assert item.path is not None
    results = get_child_readers().submit(ReadRequest(name=item.name, path=item.path, listing=kind)).result()
    findings += [result for result in results if isinstance(result, Finding)]
    listed = [result for result in results if isinstance(result, FeedEntry | SitemapEntry)]
    entries = [entry for entry in listed if _is_wanted(entry, item)]
    if len(entries) > max_pages:
        findings.append(_refuse(item, f"lists {len(entries)} pages; read were the first {max_pages} (HANSA_MAX_PAGES)"))
    pages = [_make_page(item, entry) for entry in entries[:max_pages]]
    if item.source is not None or _came_from_web(item):
        return pages
    offline = [page for page in pages if page.has_bytes]
    if missing := len(pages) - len(offline):
        what = f"{missing} of its {len(pages)} pages are neither in it nor mirrored beside it; name it in a source"
        findings.append(_refuse(item, f"{what} to have them fetched"))
    return offline


def _is_wanted(entry: FeedEntry | SitemapEntry, listing: Item) -> bool:
    """Whether a source's patterns let an entry be followed; `include` speaks of pages, not of further sitemaps."""
    source = listing.source
    if source is not None and isinstance(entry, SitemapEntry) and entry.is_sitemap:
        source = source.model_copy(update={"include": ()})
    return matches(source, entry.url or "")


def _has_patterns(item: Item) -> bool:
    return item.source is not None and bool(item.source.include or item.source.exclude)


def _make_page(listing: Item, entry: FeedEntry | SitemapEntry) -> Item:
    """A page of a listing: its mirror where there is one, else what the feed holds of it, else its address."""
    mirror = (
        find_mirrored(listing.path, entry.url) if listing.path and entry.url and not _came_from_web(listing) else None
    )
    page = Item(
        name=entry.url or listing.name,
        url=entry.url,
        path=mirror,
        fetched_at=listing.fetched_at,
        source=listing.source,
    )
    if not isinstance(entry, FeedEntry):
        return replace(page, modified=entry.last_modified)
    return replace(page, entry=entry if entry.html and mirror is None else None, published=entry.published)


def _came_from_web(item: Item) -> bool:
    return item.media_type is not None or item.name == item.url


def _refuse(item: Item, what: str) -> Finding:
    source = item.source.name if item.source else None
    return Finding(kind=FindingKind.UNREADABLE, subject=item.name, message=f"{item.name}: {what}", source=source)
