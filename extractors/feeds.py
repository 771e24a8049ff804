"""Feeds (RSS, Atom) and sitemaps: what pages a site lists, and what its feed says of them."""

import gzip
import io
import logging
import re
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import feedparser
from lxml import etree
from pydantic import BaseModel, ConfigDict, Field

from extractors.block_writer import tidy
from extractors.imprint import cut_to_day
from schemas.dates import PartialDate
from schemas.finding import Finding
from schemas.vocabulary import FindingKind

logger = logging.getLogger(__name__)

# The sitemap protocol allows 50 MB unpacked; anything larger is a gzip bomb.
_MAX_SITEMAP = 50 * 1024 * 1024
_GZIP = b"\x1f\x8b"


class FeedEntry(BaseModel):
    """One entry of a feed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    url: str | None = Field(default=None, description="address of the page that it announces")
    title: str | None = None
    published: PartialDate | None = None
    html: str = Field(default="", description="content, else summary, as HTML; empty where the feed gives neither")
    publisher: str | None = Field(default=None, description="title of the feed")
    language: str | None = Field(default=None, description="as the entry or its feed declares it, such as en-GB")


class SitemapEntry(BaseModel):
    """One page, or one further sitemap, that a sitemap lists."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    url: str
    last_modified: PartialDate | None = None
    is_sitemap: bool = Field(default=False, description="the URL is that of another sitemap, to be read in its turn")


def read_feed(data: bytes, *, name: str) -> list[FeedEntry | Finding]:
    """Read an RSS or Atom feed; an entry without address and content is a finding, and so is no feed at all."""
    # A stream, since feedparser takes bytes that look like a path or an address for one and opens it.
    try:
        feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=True, sanitize_html=True)
    except Exception as error:  # its SGML fallback raises what it likes on broken markup
        return [_unreadable(name, f"found a broken feed ({type(error).__name__}: {error}), expected RSS or Atom")]
    if not feed.entries:
        reason = f" ({feed.get('bozo_exception')})" if feed.get("bozo") else ""
        return [_unreadable(name, f"found no entry{reason}, expected an RSS or Atom feed")]
    publisher = _read_text(feed.feed, "title")
    results: list[FeedEntry | Finding] = []
    for number, item in enumerate(feed.entries, start=1):
        entry = _read_item(item, publisher, feed.feed.get("language"))
        if entry.url is None and not entry.html:
            message = f"{name}: found entry {number} with neither link nor content, expected one of them"
            results.append(Finding(kind=FindingKind.BROKEN_RECORD, subject=f"{name}#{number}", message=message))
        else:
            results.append(entry)
    return results


def read_sitemap(data: bytes, *, name: str) -> list[SitemapEntry | Finding]:
    """Read a sitemap or an index of sitemaps (XML, gzip or a URL a line); an entry without a web address is a finding.

    An empty list: the sitemap is well-formed and lists nothing.
    """
    try:
        data = _unpack(data)
        if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return [_check_entry(line, None, name) for line in data.decode("utf-8").split()] or [
                _unreadable(name, "found an empty file, expected a sitemap")
            ]
        # No entities, no network, no huge trees: a sitemap needs none of them.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
        root = etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError, OSError, EOFError, zlib.error) as error:
        return [_unreadable(name, f"found no sitemap ({error}), expected XML or a URL a line")]
    kind = etree.QName(root).localname
    if kind not in ("urlset", "sitemapindex"):
        return [_unreadable(name, f"found <{kind}>, expected <urlset> or <sitemapindex>")]
    entries = [node for node in root if isinstance(node.tag, str)]
    return [
        _check_entry(_child_text(node, "loc"), _child_text(node, "lastmod"), name, is_sitemap=kind == "sitemapindex")
        for node in entries
    ]


def find_mirrored(url: str) -> tuple[PurePosixPath, ...]:
    """Where a mirror in wget's layout may keep the page `url`: HOST/PATH, likeliest first; () for no web address.

    `https://example.org/a/` is `example.org/a/index.html`; a page without suffix may have `.html` added.
    No part of the result is `..`, so that a listed address cannot lead out of the mirror.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ()
    path = unquote(parts.path)
    if parts.scheme not in ("http", "https") or not host or ".." in path.split("/") or "\0" in path or "\\" in path:
        return ()
    base = PurePosixPath(host) / path.strip("/")
    if parts.query:
        return (base.with_name(f"{base.name}?{parts.query}"),) if "/" not in parts.query else ()
    if path.endswith("/") or not path.strip("/"):
        return (base / "index.html",)
    return base, base.with_name(base.name + ".html"), base / "index.html"


def _read_item(item: Mapping[str, Any], publisher: str | None, language: str | None) -> FeedEntry:
    contents = [part for part in item.get("content", []) if part.get("value")]
    content = contents[0] if contents else item.get("summary_detail") or {}
    url = item.get("link") or item.get("id") or ""
    return FeedEntry(
        url=url if re.match(r"https?://", url) else None,
        title=_read_text(item, "title"),
        published=_read_date(item),
        html=content.get("value") or item.get("summary") or "",
        publisher=_read_text(item.get("source") or {}, "title") or publisher,
        language=content.get("language") or item.get("language") or language,
    )


def _read_text(item: Mapping[str, Any], key: str) -> str | None:
    value = item.get(key)
    return tidy(re.sub(r"<[^>]{0,200}>", "", value)) or None if isinstance(value, str) else None


def _read_date(item: Mapping[str, Any]) -> str | None:
    """The day that an entry was published or, failing that, updated; as exact as an ISO date says it."""
    for key in ("published", "updated", "created"):
        exact = cut_to_day(str(item.get(key) or ""))
        if exact is not None:
            return exact
        parsed = item.get(f"{key}_parsed")
        if parsed is not None:
            return cut_to_day(f"{parsed.tm_year:04d}-{parsed.tm_mon:02d}-{parsed.tm_mday:02d}")
    return None


def _unpack(data: bytes) -> bytes:
    if not data.startswith(_GZIP):
        return data
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        unpacked = file.read(_MAX_SITEMAP + 1)
    if len(unpacked) > _MAX_SITEMAP:
        raise ValueError(f"more than {_MAX_SITEMAP} bytes unpacked")
    return unpacked


def _child_text(node: etree._Element, name: str) -> str | None:
    for child in node:
        if isinstance(child.tag, str) and etree.QName(child).localname == name:
            return (child.text or "").strip() or None
    return None


def _check_entry(
    url: str | None, last_modified: str | None, name: str, *, is_sitemap: bool = False
) -> SitemapEntry | Finding:
    if not url or not re.match(r"https?://", url):
        message = f"{name}: found entry {url!r}, expected a web address"
        return Finding(kind=FindingKind.BROKEN_RECORD, subject=name, message=message)
    return SitemapEntry(url=url, last_modified=cut_to_day(last_modified or ""), is_sitemap=is_sitemap)


def _unreadable(name: str, message: str) -> Finding:
    return Finding(kind=FindingKind.UNREADABLE, subject=name, message=f"{name}: {message}")
