"""From inputs to documents: files, folders, pages, feeds, sitemaps, and what cannot be had."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.fetching import fetching
from flows.ingest import open_items, read_items
from flows.inputs import Item, find_items, find_mirrored
from flows.settings import Settings
from schemas.document import Document
from schemas.errors import SourceRefused
from schemas.finding import Finding
from schemas.source import Source
from schemas.vocabulary import Authority, FindingKind

ARTICLE = (
    "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    "<p>The city of Nantes is a member of Eurocities, the network of large European cities, and has been one for many "
    "years, as the mayor said on Monday in the town hall before the press.</p></article></body></html>"
)


def read_all(items: list[Item], settings: Settings, *, max_pages: int = 100) -> tuple[list[Document], list[Finding]]:
    findings: list[Finding] = []
    with fetching(settings) as fetch:
        reading = read_items(open_items(items, fetch, max_pages=max_pages, findings=findings))
    return reading.documents, findings + reading.findings


def article(title: str) -> bytes:
    return ARTICLE.format(title=title).encode()


def describe(**fields: object) -> Source:
    given = {"name": "one", "kind": "page", "urls": ["https://example.org/"], "publisher": "P", "authority": "network"}
    return Source.model_validate(given | fields)


def test_folder_gives_the_files_that_can_be_read(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "sub/c.md", "notes.py", ".hidden.txt", "mirror/host/d.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    names = [Path(item.name).relative_to(tmp_path).as_posix() for item in find_items([str(tmp_path)]).items]
    assert names == ["a.html", "b.txt", "sub/c.md"]


def test_file_that_is_named_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "notes.odd"
    path.write_text("x")
    assert [item.path for item in find_items([str(path)]).items] == [path]


def test_input_that_two_name_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    found = find_items([str(tmp_path), str(tmp_path / "a.txt"), "http://example.org/", "http://example.org/"])
    assert len(found.items) == 2


@pytest.mark.parametrize("name", ["nosuch", "nosuch.html"])
def test_missing_input_is_a_finding(tmp_path: Path, name: str) -> None:
    [finding] = find_items([str(tmp_path / name)]).findings
    assert finding.kind is FindingKind.UNREADABLE
    assert "no such file or folder" in finding.message


def test_folder_without_anything_to_read_is_a_finding(tmp_path: Path) -> None:
    [finding] = find_items([str(tmp_path)]).findings
    assert "holds nothing that can be read" in finding.message


def test_sources_file_gives_its_sources_items(tmp_path: Path) -> None:
    (tmp_path / "members").mkdir()
    (tmp_path / "members" / "2021.txt").write_text("x")
    (tmp_path / "members" / "draft.txt").write_text("x")
    text = (
        '[[source]]\nname = "local"\nkind = "folder"\npaths = ["members"]\npublisher = "P"\nauthority = "city"\n'
        'exclude = ["*draft*"]\n[[source]]\nname = "web"\nkind = "page"\nurls = ["https://example.org/"]\n'
        'publisher = "P"\nauthority = "news"\n'
    )
    (tmp_path / "sources.toml").write_text(text)
    items = find_items([str(tmp_path / "sources.toml")]).items
    named = [(item.source.name if item.source else None, item.path and item.path.name, item.url) for item in items]
    assert named == [("local", "2021.txt", None), ("web", None, "https://example.org/")]
    assert len(find_items([str(tmp_path / "sources.toml")], only=["web"]).items) == 1


def test_page_of_a_source_bears_what_the_source_says(site, settings: Settings) -> None:
    site.add("/page", article("Nantes joins"))
    source = describe(network="eurocities", published="2022-01-01", urls=[f"{site.url}/page"])
    [document], findings = read_all([Item(name=f"{site.url}/page", url=f"{site.url}/page", source=source)], settings)
    assert not findings
    assert document.authority is Authority.NETWORK
    assert (document.publisher, document.network, document.source) == ("P", "eurocities", "one")
    assert document.published == "2022-01-01"
    assert document.url == f"{site.url}/page"


def test_unreachable_page_costs_no_other_page(site, settings: Settings) -> None:
    site.add("/good", article("Good"))
    urls = [f"{site.url}/gone", f"{site.url}/good"]
    documents, findings = read_all([Item(name=url, url=url) for url in urls], settings)
    assert [document.url for document in documents] == urls[1:]
    [finding] = findings
    assert finding.kind is FindingKind.UNREACHABLE
    assert finding.is_failure
    assert "404" in finding.message


def test_feed_from_the_web_gives_its_entries_and_fetches_those_without_content(site, settings: Settings) -> None:
    entry = f"<item><title>B</title><link>{site.url}/b</link></item>"
    text = "Nantes chairs Eurocities. " * 9
    whole = f"<item><title>A</title><link>{site.url}/a</link><description>{text}</description></item>"
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{whole}{entry}</channel></rss>'
    site.add("/feed", feed.encode(), headers={"Content-Type": "application/rss+xml"})
    site.add("/b", article("B"))
    documents, findings = read_all([Item(name=f"{site.url}/feed", url=f"{site.url}/feed")], settings)
    assert not findings
    assert [document.url for document in documents] == [f"{site.url}/a", f"{site.url}/b"]
    assert "/a" not in site.paths


def test_sitemap_is_followed_through_its_index_and_patterns(site, settings: Settings) -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    index = f"<?xml version='1.0'?><sitemapindex {space}><sitemap><loc>{site.url}/s1.xml</loc></sitemap></sitemapindex>"
    pages = "".join(f"<url><loc>{site.url}/{name}</loc></url>" for name in ("news/1", "news/2", "shop/1"))
    site.add("/sitemap.xml", index.encode(), headers={"Content-Type": "application/xml"})
    site.add(
        "/s1.xml",
        f"<?xml version='1.0'?><urlset {space}>{pages}</urlset>".encode(),
        headers={"Content-Type": "text/xml"},
    )
    site.add("/news/1", article("One"))
    site.add("/news/2", article("Two"))
    source = describe(kind="sitemap", include=["*/news/*", "*.xml"], urls=[f"{site.url}/sitemap.xml"])
    item = Item(name=f"{site.url}/sitemap.xml", url=f"{site.url}/sitemap.xml", source=source)
    documents, findings = read_all([item], settings)
    assert not findings
    assert [document.url for document in documents] == [f"{site.url}/news/1", f"{site.url}/news/2"]
    assert "/shop/1" not in site.paths


@pytest.mark.parametrize(
    ("patterns", "read", "told"),
    [
        ({"include": ["*/news/*"]}, ["/news/1"], []),
        ({"include": ["*/news/*"], "exclude": ["*/s1.xml"]}, [], ["found no page that include and exclude"]),
        ({"include": ["*/members/*"]}, [], ["found no page that include and exclude"]),
    ],
)
def test_include_leaves_out_pages_and_no_sitemaps_of_an_index(
    site, settings: Settings, patterns: dict[str, object], read: list[str], told: list[str]
) -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    maps = "".join(f"<sitemap><loc>{site.url}/{name}.xml</loc></sitemap>" for name in ("s1", "s2"))
    site.add(
        "/index.xml", f"<sitemapindex {space}>{maps}</sitemapindex>".encode(), headers={"Content-Type": "text/xml"}
    )
    for name, page in (("s1", "news/1"), ("s2", "shop/1")):
        body = f"<urlset {space}><url><loc>{site.url}/{page}</loc></url></urlset>"
        site.add(f"/{name}.xml", body.encode(), headers={"Content-Type": "text/xml"})
        site.add(f"/{page}", article(page))
    source = describe(kind="sitemap", urls=[f"{site.url}/index.xml"], **patterns)
    item = Item(name="index", url=f"{site.url}/index.xml", source=source)
    documents, findings = read_all([item], settings)
    assert [document.url for document in documents] == [f"{site.url}{path}" for path in read]
    assert [any(words in finding.message for words in told) for finding in findings] == [True] * len(told)


def test_sitemap_that_lists_itself_ends(site, settings: Settings) -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    for number in range(9):
        loc = f"{site.url}/s{number + 1}.xml"
        body = f"<?xml version='1.0'?><sitemapindex {space}><sitemap><loc>{loc}</loc></sitemap></sitemapindex>"
        site.add(f"/s{number}.xml", body.encode(), headers={"Content-Type": "text/xml"})
    documents, findings = read_all([Item(name=f"{site.url}/s0.xml", url=f"{site.url}/s0.xml")], settings)
    assert not documents
    assert "nested more than 3 deep" in findings[-1].message


def test_pages_of_one_listing_are_capped(site, settings: Settings) -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    pages = "".join(f"<url><loc>{site.url}/{number}</loc></url>" for number in range(5))
    site.add(
        "/s.xml",
        f"<?xml version='1.0'?><urlset {space}>{pages}</urlset>".encode(),
        headers={"Content-Type": "text/xml"},
    )
    for number in range(5):
        site.add(f"/{number}", article(str(number)))
    documents, findings = read_all([Item(name=f"{site.url}/s.xml", url=f"{site.url}/s.xml")], settings, max_pages=2)
    assert len(documents) == 2
    assert "lists 5 pages; read were the first 2" in findings[0].message


def test_sitemap_file_finds_its_mirror_and_fetches_nothing(tmp_path: Path, site, settings: Settings) -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    pages = f"<url><loc>https://www.example.org/a.html</loc></url><url><loc>{site.url}/b</loc></url>"
    (tmp_path / "sitemap.xml").write_text(f"<?xml version='1.0'?><urlset {space}>{pages}</urlset>")
    mirrored = tmp_path / "mirror" / "www.example.org" / "a.html"
    mirrored.parent.mkdir(parents=True)
    mirrored.write_bytes(article("Mirrored"))
    documents, findings = read_all(find_items([str(tmp_path)]).items, settings)
    assert [document.url for document in documents] == ["https://www.example.org/a.html"]
    assert "1 of its 2 pages are neither in it nor mirrored" in findings[0].message
    assert site.seen == []


@pytest.mark.parametrize(
    "url", ["https://h/../../etc/passwd", "https://h/%2e%2e/%2e%2e/secret.html", "https://../secret.html"]
)
def test_mirror_gives_nothing_from_outside_itself(tmp_path: Path, url: str) -> None:
    (tmp_path / "secret.html").write_text("x")
    (tmp_path / "mirror" / "h").mkdir(parents=True)
    assert find_mirrored(tmp_path / "sitemap.xml", url) is None


def test_refusal_is_not_asked_twice(settings: Settings, tmp_path: Path) -> None:
    asked = []

    def refuse(item: Item):
        asked.append(item.url)
        raise SourceRefused("no")

    findings: list[Finding] = []
    items = [Item(name="u", url="http://example.org/"), Item(name="u", url="http://example.org/")]
    assert not list(open_items(items, refuse, max_pages=9, findings=findings))
    assert asked == ["http://example.org/"]


def test_source_sets_its_own_cap_on_bytes(settings: Settings, site) -> None:
    site.add("/page", article("Nantes"))
    url = f"{site.url}/page"
    page = Item(name=url, url=url, source=describe(max_bytes=100))
    documents, [finding] = read_all([page], settings)
    assert not documents
    assert finding.source == "one"
    assert finding.message == (
        f"{url}: is larger than 100 bytes, expected that at most; "
        "where it is wanted all the same, give its source a higher max_bytes"
    )
    strict = settings.model_copy(update={"max_page_bytes": 100})
    [document], findings = read_all([Item(name=url, url=url, source=describe(max_bytes=10_000))], strict)
    assert document.source == "one"
    assert not findings


@pytest.mark.parametrize(
    ("name", "kind", "cap"),
    [("/page", "page", 10), ("/report.PDF", "page", 20), ("/report", "report", 20), ("/feed", "feed", 10)],
)
def test_reports_may_be_larger_than_pages(settings: Settings, site, name: str, kind: str, cap: int) -> None:
    site.add(name, b"x" * 30)
    small = settings.model_copy(update={"max_page_bytes": 10, "max_report_bytes": 20})
    url = f"{site.url}{name}"
    _, [finding] = read_all([Item(name=url, url=url, source=describe(kind=kind))], small)
    assert f"is larger than {cap} bytes" in finding.message


def write_sitemap(site, modified: dict[str, str]) -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    pages = "".join(
        f"<url><loc>{site.url}/{name}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for name, day in modified.items()
    )
    site.add("/sitemap.xml", f"<urlset {space}>{pages}</urlset>".encode(), headers={"Content-Type": "text/xml"})


def test_page_that_its_sitemap_calls_unchanged_is_not_asked_for_again(settings: Settings, site) -> None:
    modified = {"old": "2021-05-04", "month": "2021-05", "undated": "", "today": datetime.now(UTC).date().isoformat()}
    write_sitemap(site, modified)
    for name in modified:
        site.add(f"/{name}", article(name))
    source = describe(kind="sitemap", urls=[f"{site.url}/sitemap.xml"])
    items = [Item(name="sitemap", url=f"{site.url}/sitemap.xml", source=source)]
    first, _ = read_all(items, settings)
    site.seen.clear()
    second, findings = read_all(items, settings)
    assert second == first
    assert len(first) == len(modified)
    assert not findings
    assert site.paths == ["/robots.txt", "/sitemap.xml", "/month", "/undated", "/today"]
    site.seen.clear()
    read_all(items, settings.model_copy(update={"refetch_days": 0}))
    assert "/old" in site.paths


def test_page_that_its_sitemap_calls_changed_is_asked_for_again(settings: Settings, site) -> None:
    write_sitemap(site, {"page": "2021-05-04"})
    site.add("/page", article("before"))
    items = [Item(name="s", url=f"{site.url}/sitemap.xml", source=describe(kind="sitemap"))]
    read_all(items, settings)
    write_sitemap(site, {"page": "2999-01-01"})
    site.add("/page", article("after"))
    [document], _ = read_all(items, settings)
    assert document.title == "after"


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("text/html; charset=iso-8859-2", "iso-8859-2"),
        ("text/html; charset=windows-1250", "cp1250"),
        ("text/html; charset=UTF-16", "utf-16"),
        ("text/html", "utf-8"),
        ("text/html; charset=iso-8859-2", "utf-8"),  # the bytes know better
    ],
)
def test_page_is_read_by_the_charset_of_its_header(settings: Settings, site, header: str, encoding: str) -> None:
    body = ARTICLE.format(title="Łódź chairs Eurocities").encode(encoding)
    site.add("/page", body, headers={"Content-Type": header})
    [document], findings = read_all([Item(name="page", url=f"{site.url}/page")], settings)
    assert document.title == "Łódź chairs Eurocities"
    assert not findings


@pytest.mark.parametrize("charset", ["utf-8", "nonsense", "base64", "'; drop", ""])
def test_page_with_a_broken_charset_is_read_as_western(settings: Settings, site, charset: str) -> None:
    body = ARTICLE.format(title="Malmö chairs Eurocities").encode("cp1252")
    site.add("/page", body, headers={"Content-Type": f"text/html; charset={charset}"})
    [document], findings = read_all([Item(name="page", url=f"{site.url}/page")], settings)
    assert document.title == "Malmö chairs Eurocities"
    assert not findings
