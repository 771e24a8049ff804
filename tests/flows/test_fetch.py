"""Fetching against a server of the tests' own: polite, bounded, and deaf to private addresses."""

import gzip
import socket
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler

import pytest

from flows.fetch import Fetcher
from flows.raw_store import RawStore
from flows.settings import Settings
from schemas.document import hash_bytes
from schemas.errors import SourceRefused, SourceUnavailable

CAP = 1_000_000


@pytest.fixture
def fetcher(settings: Settings) -> Iterator[Fetcher]:
    with Fetcher(settings) as opened:
        yield opened


def test_page_is_kept_under_its_hash_with_its_headers(site, fetcher, settings: Settings) -> None:
    site.add("/page", b"<p>Oslo</p>", headers={"X-Kind": "test"})
    fetched = fetcher.fetch(f"{site.url}/page", max_bytes=CAP)
    digest = hash_bytes(b"<p>Oslo</p>")
    assert fetched.path == settings.data_folder / "raw" / digest[:2] / digest
    assert fetched.path.read_bytes() == b"<p>Oslo</p>"
    assert fetched.record.headers["x-kind"] == "test"
    assert fetched.record.media_type == "text/html"
    assert fetched.path.with_name(f"{digest}.json").exists()


def test_agent_and_contact_are_told(site, settings: Settings) -> None:
    site.add("/page", b"x")
    with Fetcher(settings.model_copy(update={"contact": "registry@example.org"})) as fetcher:
        fetcher.fetch(f"{site.url}/page", max_bytes=CAP)
    assert {headers["user-agent"] for _, headers in site.seen} == {fetcher_agent(settings, "registry@example.org")}


def fetcher_agent(settings: Settings, contact: str) -> str:
    agent = settings.model_copy(update={"contact": contact}).user_agent
    assert contact in agent
    return agent


def test_robots_rules_are_obeyed_and_read_once(site, fetcher) -> None:
    site.add("/robots.txt", b"User-agent: *\nDisallow: /private/\n")
    site.add("/open", b"x")
    site.add("/private/page", b"x")
    fetcher.fetch(f"{site.url}/open", max_bytes=CAP)
    with pytest.raises(SourceRefused, match=r"robots\.txt forbids"):
        fetcher.fetch(f"{site.url}/private/page", max_bytes=CAP)
    assert site.paths == ["/robots.txt", "/open"]


def test_robots_that_cannot_be_read_close_the_site(site, fetcher) -> None:
    site.add("/robots.txt", b"down", status=503)
    site.add("/page", b"x")
    with pytest.raises(SourceUnavailable, match=r"robots\.txt cannot be read"):
        fetcher.fetch(f"{site.url}/page", max_bytes=CAP)
    assert "/page" not in site.paths


def test_crawl_delay_is_kept_to(site, settings: Settings) -> None:
    site.add("/robots.txt", b"User-agent: *\nCrawl-delay: 7\n")
    site.add("/one", b"1")
    site.add("/two", b"2")
    clock = Clock()
    with Fetcher(settings, sleep=clock.sleep, now=clock.now) as fetcher:
        fetcher.fetch(f"{site.url}/one", max_bytes=CAP)
        fetcher.fetch(f"{site.url}/two", max_bytes=CAP)
    assert clock.slept == [7]


def test_own_delay_holds_where_robots_ask_for_less(site, settings: Settings) -> None:
    site.add("/one", b"1")
    site.add("/two", b"2")
    clock = Clock()
    with Fetcher(settings.model_copy(update={"host_delay_s": 3.0}), sleep=clock.sleep, now=clock.now) as fetcher:
        fetcher.fetch(f"{site.url}/one", max_bytes=CAP)
        fetcher.fetch(f"{site.url}/two", max_bytes=CAP)
    assert clock.slept == [3, 3]  # after robots.txt, and after the first page


class Clock:
    """A clock that moves by sleeping only."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self._moment = 1000.0

    def now(self) -> float:
        return self._moment

    def sleep(self, seconds: float) -> None:
        if seconds:
            self.slept.append(seconds)
            self._moment += seconds


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_transient_status_is_worth_a_retry(site, fetcher, status: int) -> None:
    site.add("/page", b"", status=status)
    with pytest.raises(SourceUnavailable, match=str(status)):
        fetcher.fetch(f"{site.url}/page", max_bytes=CAP)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_terminal_status_is_not(site, fetcher, status: int) -> None:
    site.add("/page", b"", status=status)
    with pytest.raises(SourceRefused, match=str(status)):
        fetcher.fetch(f"{site.url}/page", max_bytes=CAP)


def test_retry_after_is_honoured(site, settings: Settings) -> None:
    site.add("/page", b"", status=429, headers={"Retry-After": "30"})
    clock = Clock()
    with Fetcher(settings, sleep=clock.sleep, now=clock.now) as fetcher:
        with pytest.raises(SourceUnavailable):
            fetcher.fetch(f"{site.url}/page", max_bytes=CAP)
        site.add("/page", b"x")
        fetcher.fetch(f"{site.url}/page", max_bytes=CAP)
    assert clock.slept == [30]


def test_long_retry_after_leaves_the_site_to_the_next_run(site, fetcher) -> None:
    site.add("/page", b"", status=503, headers={"Retry-After": "86400"})
    with pytest.raises(SourceRefused, match="86400 s; run again later"):
        fetcher.fetch(f"{site.url}/page", max_bytes=CAP)


def test_unchanged_page_is_not_sent_again_to_the_next_run(site, settings: Settings) -> None:
    site.add("/page", b"x", headers={"ETag": '"v1"', "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"})
    with Fetcher(settings) as fetcher:
        first = fetcher.fetch(f"{site.url}/page", max_bytes=CAP)
    site.add("/page", b"", status=304)
    with Fetcher(settings) as fetcher:
        second = fetcher.fetch(f"{site.url}/page", max_bytes=CAP)
    assert (first.is_new, second.is_new) == (True, False)
    assert second.path == first.path
    asked = site.seen[-1][1]
    assert asked["if-none-match"] == '"v1"'
    assert asked["if-modified-since"] == "Mon, 01 Jan 2024 00:00:00 GMT"


def test_redirect_is_followed(site, fetcher) -> None:
    site.add("/old", status=301, headers={"Location": "/new"})
    site.add("/new", b"here")
    fetched = fetcher.fetch(f"{site.url}/old", max_bytes=CAP)
    assert fetched.record.final_url == f"{site.url}/new"
    assert fetched.path.read_bytes() == b"here"


def test_redirects_are_capped(site, fetcher) -> None:
    site.add("/loop", status=302, headers={"Location": "/loop"})
    with pytest.raises(SourceRefused, match="redirects more than 5 times"):
        fetcher.fetch(f"{site.url}/loop", max_bytes=CAP)
    assert site.paths.count("/loop") == 6


def test_robots_are_asked_again_after_a_redirect(site, fetcher) -> None:
    site.add("/robots.txt", b"User-agent: *\nDisallow: /closed\n")
    site.add("/open", status=302, headers={"Location": "/closed"})
    site.add("/closed", b"x")
    with pytest.raises(SourceRefused, match="robots"):
        fetcher.fetch(f"{site.url}/open", max_bytes=CAP)
    assert "/closed" not in site.paths


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/"])
def test_redirect_out_of_the_web_is_refused(site, fetcher, target: str) -> None:
    site.add("/page", status=302, headers={"Location": target})
    with pytest.raises(SourceRefused, match="neither http nor https"):
        fetcher.fetch(f"{site.url}/page", max_bytes=CAP)


def test_redirect_to_loopback_under_another_name_is_refused(site, fetcher) -> None:
    port = site.url.rsplit(":", 1)[1]
    site.add("/page", status=302, headers={"Location": f"http://localhost:{port}/secret"})
    site.add("/secret", b"x")
    with pytest.raises(SourceRefused, match="loopback"):
        fetcher.fetch(f"{site.url}/page", max_bytes=CAP)
    assert "/secret" not in site.paths


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "[::1]", "169.254.169.254", "10.0.0.1"])
def test_private_host_is_refused_however_it_is_written(settings: Settings, host: str) -> None:
    with (
        Fetcher(settings.model_copy(update={"allowed_hosts": frozenset()})) as fetcher,
        pytest.raises(SourceRefused, match="which is"),
    ):
        fetcher.fetch(f"http://{host}:9/", max_bytes=CAP)


def test_name_that_turns_private_between_two_requests_is_refused(
    site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the name is public when it is looked at first, and private when it is connected to."""
    answers = iter(["93.184.216.34", "127.0.0.1"])

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    tried: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        tried.append(address)
        raise OSError("the public address is not really connected to")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with Fetcher(settings) as fetcher:
        with pytest.raises(SourceUnavailable):
            fetcher.fetch("http://rebound.example/", max_bytes=CAP)
        with pytest.raises(SourceRefused, match="loopback"):
            fetcher.fetch("http://rebound.example/", max_bytes=CAP)
    assert [address for address, _ in tried] == ["93.184.216.34"]


def test_host_that_answers_nowhere_is_unavailable(settings: Settings) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with Fetcher(settings) as fetcher, pytest.raises(SourceUnavailable, match="cannot be reached"):
        fetcher.fetch(f"http://127.0.0.1:{port}/", max_bytes=CAP)


def test_body_over_the_cap_is_cut_off_while_it_streams(site, fetcher, settings: Settings) -> None:
    def pour(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Connection", "close")
        handler.end_headers()
        while True:  # endless: ends when the client hangs up
            handler.wfile.write(b"x" * 65536)

    site.pages["/endless"] = pour
    with pytest.raises(SourceRefused, match="larger than 1,000,000 bytes"):
        fetcher.fetch(f"{site.url}/endless", max_bytes=CAP)
    assert not list((settings.data_folder / "raw").glob("*/*")) or not (settings.data_folder / "raw").exists()


def test_gzip_bomb_is_cut_off_by_its_unpacked_size(site, fetcher) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < CAP
    site.add("/bomb", bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(SourceRefused, match="larger than"):
        fetcher.fetch(f"{site.url}/bomb", max_bytes=CAP)


def test_body_that_is_packed_twice_is_refused(site, fetcher) -> None:
    site.add("/twice", gzip.compress(gzip.compress(b"x")), headers={"Content-Encoding": "gzip, gzip"})
    with pytest.raises(SourceRefused, match="2 times over"):
        fetcher.fetch(f"{site.url}/twice", max_bytes=CAP)


def test_body_that_is_not_what_its_encoding_says_is_refused(site, fetcher) -> None:
    site.add("/broken", b"plain", headers={"Content-Encoding": "gzip"})
    with pytest.raises(SourceRefused, match="Content-Encoding"):
        fetcher.fetch(f"{site.url}/broken", max_bytes=CAP)


def test_deflated_body_is_unpacked(site, fetcher) -> None:
    site.add("/page", zlib.compress(b"packed"), headers={"Content-Encoding": "deflate"})
    assert fetcher.fetch(f"{site.url}/page", max_bytes=CAP).path.read_bytes() == b"packed"


def test_silent_server_is_unavailable(site, settings: Settings) -> None:
    site.pages["/silent"] = lambda _handler: time.sleep(1)
    with (
        Fetcher(settings.model_copy(update={"timeout_s": 0.2})) as fetcher,
        pytest.raises(SourceUnavailable, match="no answer within"),
    ):
        fetcher.fetch(f"{site.url}/silent", max_bytes=CAP)


def test_dripping_server_is_cut_off_at_the_deadline(site, settings: Settings) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.02)

    site.pages["/drip"] = drip
    with (
        Fetcher(settings.model_copy(update={"deadline_s": 0.3})) as fetcher,
        pytest.raises(SourceUnavailable, match="not complete after"),
    ):
        fetcher.fetch(f"{site.url}/drip", max_bytes=CAP)


def test_short_body_leaves_nothing_behind(site, fetcher, settings: Settings) -> None:
    def lie(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"short")
        handler.close_connection = True

    site.pages["/short"] = lie
    with pytest.raises(SourceUnavailable):
        fetcher.fetch(f"{site.url}/short", max_bytes=CAP)
    assert not [path for path in settings.data_folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, OSError("no space left on device")])
def test_interrupted_writing_leaves_nothing_half_written(
    site, fetcher, settings: Settings, monkeypatch: pytest.MonkeyPatch, interruption: BaseException
) -> None:
    site.add("/page", b"x" * 100_000)

    def interrupt(_handle: int) -> None:
        raise interruption

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", interrupt)
        with pytest.raises((KeyboardInterrupt, OSError)):
            fetcher.fetch(f"{site.url}/page", max_bytes=CAP)
    assert not [path for path in settings.data_folder.rglob("*") if path.is_file()]
    assert fetcher.fetch(f"{site.url}/page", max_bytes=CAP).path.read_bytes() == b"x" * 100_000


def test_address_is_asked_for_once_in_a_run_whatever_leads_to_it(site, fetcher, settings: Settings) -> None:
    site.add("/old", status=301, headers={"Location": "/new"})
    site.add("/older", status=302, headers={"Location": "/new#news"})
    site.add("/new", b"here")
    addresses = [f"{site.url}/{name}" for name in ("old", "new", "new#members", "older", "old")]
    fetched = [fetcher.fetch(address, max_bytes=CAP) for address in addresses]
    assert {each.path.read_bytes() for each in fetched} == {b"here"}
    assert {each.record.final_url for each in fetched} == {f"{site.url}/new"}
    assert site.paths == ["/robots.txt", "/old", "/new", "/older"]
    store = RawStore(settings.data_folder)
    assert all(store.find_fetched(address) is not None for address in addresses)  # an offline run finds each


def test_what_was_not_had_is_asked_for_again(site, fetcher) -> None:
    site.add("/page", b"", status=503)
    with pytest.raises(SourceUnavailable):
        fetcher.fetch(f"{site.url}/page", max_bytes=CAP)
    site.add("/page", b"x")
    assert fetcher.fetch(f"{site.url}/page", max_bytes=CAP).is_new


def test_threads_that_are_led_to_one_address_ask_for_it_once(site, fetcher) -> None:
    site.add("/page", b"x" * 50_000)
    for number in range(7):
        site.add(f"/{number}", status=302, headers={"Location": "/page"})
    names = [*map(str, range(7)), "page"]
    with ThreadPoolExecutor(8) as pool:
        fetched = list(pool.map(lambda name: fetcher.fetch(f"{site.url}/{name}", max_bytes=CAP), names))
    assert {each.path for each in fetched} == {fetched[0].path}
    assert site.paths.count("/page") == 1


def test_large_body_is_kept_on_disk_while_it_comes(site, settings: Settings) -> None:
    size = 120_000_000

    def pour(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(size))
        handler.end_headers()
        for _ in range(size // 1_000_000):
            handler.wfile.write(b"x" * 1_000_000)

    site.pages["/report.pdf"] = pour
    tracemalloc.start()
    with Fetcher(settings.model_copy(update={"deadline_s": 60})) as fetcher:
        fetched = fetcher.fetch(f"{site.url}/report.pdf", max_bytes=2 * size)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert fetched.path.stat().st_size == size
    assert fetched.record.sha256 == fetched.path.name
    assert peak < 30_000_000
