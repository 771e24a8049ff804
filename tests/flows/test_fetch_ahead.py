"""Fetching ahead: hosts side by side, each host one page at a time, every address once."""

import threading
import time
from collections import defaultdict
from pathlib import Path

import pytest

from flows.fetch import Fetcher
from flows.fetch_ahead import FetchAhead
from flows.fetching import fetching
from flows.ingest import open_items, read_items
from flows.inputs import Item
from flows.raw_store import Fetched, FetchRecord
from flows.settings import Settings
from schemas.errors import SourceRefused
from schemas.finding import Finding

CAP = 1_000_000


def item(url: str) -> Item:
    return Item(name=url, url=url)


class Web:
    """Stands in for the fetcher: says how many were at each host at once, and at how many hosts."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.busy: defaultdict[str, int] = defaultdict(int)
        self.most_at_one_host = 0
        self.most_hosts = 0
        self.lock = threading.Lock()

    def fetch(self, wanted: Item) -> Fetched:
        url = str(wanted.url)
        host = url.split("/")[2]
        with self.lock:
            self.asked.append(url)
            self.busy[host] += 1
            self.most_at_one_host = max(self.most_at_one_host, self.busy[host])
            self.most_hosts = max(self.most_hosts, sum(map(bool, self.busy.values())))
        time.sleep(0.02)
        with self.lock:
            self.busy[host] -= 1
        if url.endswith("/gone"):
            raise SourceRefused(f"{url}: answered 404")
        return Fetched(Path(url), FetchRecord(url=url, final_url=url, sha256="", fetched_at=""), is_new=True)


def test_hosts_are_fetched_from_side_by_side_and_each_one_page_at_a_time() -> None:
    web = Web()
    items = [item(f"http://{host}.example/{page}") for host in "abcd" for page in range(4)]
    with FetchAhead(web.fetch, workers=8) as pages:
        pages.request(items)
        assert [pages.get(wanted).record.url for wanted in items] == [wanted.url for wanted in items]
    assert web.most_at_one_host == 1
    assert web.most_hosts > 1
    of_a = [url for url in web.asked if "//a." in url]
    assert of_a == sorted(of_a)


def test_no_more_hosts_than_workers() -> None:
    web = Web()
    with FetchAhead(web.fetch, workers=2) as pages:
        for wanted in [item(f"http://{host}.example/") for host in "abcdef"]:
            pages.get(wanted)
            pages.request([wanted])
    assert web.most_hosts <= 2


def test_address_is_fetched_once_however_often_it_is_wanted() -> None:
    web = Web()
    with FetchAhead(web.fetch, workers=4) as pages:
        pages.request([item("http://a.example/"), item("http://a.example/")])
        assert pages.get(item("http://a.example/")) is pages.get(item("http://a.example/"))
    assert web.asked == ["http://a.example/"]


def test_error_reaches_whoever_asks_and_costs_no_other_page() -> None:
    with FetchAhead(Web().fetch, workers=2) as pages:
        pages.request([item("http://a.example/gone"), item("http://a.example/b")])
        for _ in range(2):
            with pytest.raises(SourceRefused, match="404"):
                pages.get(item("http://a.example/gone"))
        assert pages.get(item("http://a.example/b")).is_new


def test_what_has_not_begun_is_dropped_at_the_end() -> None:
    web = Web()
    with FetchAhead(web.fetch, workers=1) as pages:
        pages.request([item(f"http://a.example/{page}") for page in range(50)])
        pages.get(item("http://a.example/0"))
    assert len(web.asked) < 10


def test_files_and_entries_are_not_asked_for(tmp_path: Path) -> None:
    web = Web()
    with FetchAhead(web.fetch, workers=1) as pages:
        pages.request([Item(name="a", path=tmp_path), Item(name="b", url="http://a.example/", path=tmp_path)])
    assert not web.asked


def test_rate_limit_and_robots_hold_under_eight_threads(site, settings: Settings) -> None:
    site.add("/robots.txt", b"User-agent: *\nCrawl-delay: 0.05\nDisallow: /private/\n")
    for page in range(8):
        site.add(f"/{page}", b"x")
    times: list[float] = []
    urls = [f"{site.url}/{page}" for page in range(8)] + [f"{site.url}/private/{page}" for page in range(4)]
    refused: list[str] = []
    with Fetcher(settings) as fetcher:

        def fetch(url: str) -> None:
            try:
                fetcher.fetch(url, max_bytes=CAP)
                times.append(time.monotonic())
            except SourceRefused:
                refused.append(url)

        threads = [threading.Thread(target=fetch, args=(url,)) for url in urls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert site.paths.count("/robots.txt") == 1
    assert sorted(site.paths) == sorted(["/robots.txt", *(f"/{page}" for page in range(8))])
    assert len(refused) == 4
    assert max(times) - min(times) >= 7 * 0.05 * 0.8


ARTICLE = b"<html><body><article><h1>Nantes</h1><p>%s</p></article></body></html>" % (
    b"Nantes is a member of Eurocities, the network of large European cities. " * 3
)


def test_offline_reads_what_was_fetched_before_and_asks_nobody(site, settings: Settings) -> None:
    site.add("/page", ARTICLE)
    known, unknown = item(f"{site.url}/page"), item(f"{site.url}/other")
    with fetching(settings) as fetch:
        [online] = read_items(open_items([known], fetch, max_pages=9, findings=[])).documents
    asked = list(site.paths)
    findings: list[Finding] = []
    with fetching(settings.model_copy(update={"offline": True})) as fetch:
        [offline] = read_items(open_items([known, unknown], fetch, max_pages=9, findings=findings)).documents
    assert offline == online
    assert site.paths == asked
    [finding] = findings
    assert "was not fetched before, and this run is offline" in finding.message


def test_listing_has_its_pages_fetched_ahead(site, settings: Settings) -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    pages = "".join(f"<url><loc>{site.url}/{number}</loc></url>" for number in range(3))
    site.add("/s.xml", f"<urlset {space}>{pages}</urlset>".encode(), headers={"Content-Type": "text/xml"})
    for number in range(3):
        site.add(f"/{number}", ARTICLE.replace(b"<h1>", f"<h1>{number} ".encode()))
    findings: list[Finding] = []
    with fetching(settings) as fetch, FetchAhead(fetch, workers=4) as ahead:
        opened = open_items(
            [item(f"{site.url}/s.xml")], ahead.get, max_pages=9, findings=findings, request=ahead.request
        )
        assert [page.url for page in opened] == [f"{site.url}/{number}" for number in range(3)]
    assert not findings
    assert len(site.paths) == len(set(site.paths))
