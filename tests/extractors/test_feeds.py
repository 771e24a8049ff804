import gzip
from pathlib import PurePosixPath

import pytest

from extractors.feeds import FeedEntry, SitemapEntry, find_mirrored, read_feed, read_sitemap
from schemas.finding import Finding
from schemas.vocabulary import FindingKind

RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Town &amp; Crier</title><language>en-gb</language>
<item><title>Bonn &lt;b&gt;joins&lt;/b&gt;</title><link>https://e.example/bonn</link>
<pubDate>Tue, 04 May 2021 23:00:00 GMT</pubDate><description>Short</description>
<content:encoded><![CDATA[<p>Bonn joins.</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>Kiel</title><link>https://e.example/kiel</link><description>Kiel joins.</description></item>
<item><title>Nothing</title></item>
</channel></rss>"""
SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://e.example/a</loc><lastmod>2021-05-04T10:00:00+02:00</lastmod></url>
<url><loc> https://e.example/b </loc><lastmod>2021</lastmod></url>
<url><loc>/relative</loc></url></urlset>"""


def test_entries_carry_content_before_summary() -> None:
    bonn, kiel, nothing = read_feed(RSS, name="feed.rss")
    assert bonn == FeedEntry(
        url="https://e.example/bonn", title="Bonn joins", published="2021-05-04", html="<p>Bonn joins.</p>",
        publisher="Town & Crier", language="en-gb",
    )  # fmt: skip
    assert isinstance(kiel, FeedEntry)
    assert (kiel.html, kiel.published) == ("Kiel joins.", None)
    assert isinstance(nothing, Finding)
    assert nothing.kind is FindingKind.BROKEN_RECORD


@pytest.mark.parametrize("data", [b"", b"/etc/passwd", b"https://e.example/feed", b"<html><body>No feed</body></html>"])
def test_what_is_no_feed_is_a_finding_and_is_not_opened(data: bytes) -> None:
    (finding,) = read_feed(data, name="feed")
    assert isinstance(finding, Finding)
    assert finding.kind is FindingKind.UNREADABLE


def test_sitemap_entries_are_read_and_bad_ones_found() -> None:
    first, second, broken = read_sitemap(SITEMAP, name="sitemap.xml")
    assert first == SitemapEntry(url="https://e.example/a", last_modified="2021-05-04")
    assert second == SitemapEntry(url="https://e.example/b", last_modified="2021")
    assert isinstance(broken, Finding)
    assert read_sitemap(gzip.compress(SITEMAP), name="sitemap.xml.gz")[0] == first


def test_an_index_lists_sitemaps() -> None:
    data = b"<sitemapindex><sitemap><loc>https://e.example/s.xml</loc></sitemap></sitemapindex>"
    assert read_sitemap(data, name="s") == [SitemapEntry(url="https://e.example/s.xml", is_sitemap=True)]


def test_a_sitemap_may_be_a_url_a_line() -> None:
    assert read_sitemap(b"https://e.example/a\nhttps://e.example/b\n", name="s")[1] == SitemapEntry(
        url="https://e.example/b"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<urlset><url>",
        b"<rss></rss>",
        b"\x1f\x8bbroken",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><html>&a;</html>',
        gzip.compress(b"<urlset>" + b" " * (51 * 1024 * 1024)),
    ],
    ids=["empty", "truncated", "other", "gzip", "entity", "bomb"],
)
def test_what_is_no_sitemap_is_a_finding(data: bytes) -> None:
    (finding,) = read_sitemap(data, name="sitemap.xml")
    assert isinstance(finding, Finding)
    assert finding.kind is FindingKind.UNREADABLE


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://e.example/a/", "e.example/a/index.html"),
        ("https://e.example", "e.example/index.html"),
        ("https://e.example/a.html#top", "e.example/a.html"),
        ("https://e.example/a%20b", "e.example/a b"),
        ("https://e.example/a?page=2", "e.example/a?page=2"),
    ],
)
def test_pages_of_a_mirror_lie_where_wget_puts_them(url: str, path: str) -> None:
    assert find_mirrored(url)[0] == PurePosixPath(path)


@pytest.mark.parametrize(
    "url", ["https://e.example/../../etc/passwd", "https://e.example/%2e%2e/x", "file:///etc/passwd", "https://[", "x"]
)
def test_no_address_leads_out_of_a_mirror(url: str) -> None:
    assert find_mirrored(url) == ()
