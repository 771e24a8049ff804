"""Fetching pages and reports from the web, politely and safely."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urlsplit

import httpx

from flows.raw_store import Fetched, FetchRecord, Incoming, RawStore, drop_fragment
from flows.robots import MAX_ROBOTS_BYTES, Robots
from flows.settings import Settings
from flows.transport import GuardedTransport
from schemas.errors import SourceRefused, SourceUnavailable

MAX_REDIRECTS = 5
LONGEST_RETRY_AFTER_S = 120.0
"""A site that asks for a longer rest is left to the next run."""
AnswerT = TypeVar("AnswerT")
_TRANSIENT_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(slots=True)
class _Host:
    """What is kept of a host: one request at a time, and when the next may go out."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    not_before: float = 0.0
    delay_s: float = 0.0


class Fetcher:
    """Fetches addresses, one at a time from each host with a rest between two; keeps what comes.

    For use by several threads at once: those that want the same host wait for one another.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        self._now = now
        self._store = RawStore(settings.data_folder)
        self._client = httpx.Client(
            transport=GuardedTransport(settings.allowed_hosts),
            headers={"User-Agent": settings.user_agent, "Accept-Encoding": "gzip, deflate"},
            timeout=settings.timeout_s,
            follow_redirects=False,
            trust_env=False,
        )
        self._robots = Robots(self._fetch_robots_text, settings.user_agent)
        self._done: dict[str, Fetched] = {}
        """By address, that which was asked for and that which answered: what a run has fetched."""
        self._hosts: dict[str, _Host] = {}
        self._hosts_lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def fetch(self, url: str, *, max_bytes: int) -> Fetched:
        """Fetch `url` and keep its bytes, asking only for what has changed since the last fetch.

        What this fetcher has fetched already, under this address or one that leads to the same, is not asked for
        again.

        Raises:
            SourceUnavailable: time-out, lost connection, 429 or 5xx; worth a retry.
            SourceRefused: anything else that gives no bytes: 403, 404, robots.txt, an unsafe address, too large.
        """
        url = drop_fragment(url)
        known = self._store.find_record(url)
        with self._store.receive() as body:
            fetched = self._follow(
                url, _ask_for_changes(known), max_bytes, body, lambda answer: self._keep(url, answer, body, known)
            )
        return fetched if fetched.record.url == url else self._repeat(url, fetched)

    def _repeat(self, url: str, fetched: Fetched) -> Fetched:
        """What another address brought, for `url`, which leads there."""
        record = fetched.record.model_copy(update={"url": url})
        self._store.keep_record(record)
        self._done[url] = replace(fetched, record=record)
        return self._done[url]

    def _keep(self, url: str, response: httpx.Response, body: Incoming, known: FetchRecord | None) -> Fetched:
        """Keep what answered for `url`; its host's lock is held, so that whoever waits for the same finds it done."""
        fetched = self._store_answer(url, response, body, known)
        self._done[url] = self._done[str(response.url)] = fetched
        return fetched

    def _store_answer(self, url: str, response: httpx.Response, body: Incoming, known: FetchRecord | None) -> Fetched:
        if response.status_code == httpx.codes.NOT_MODIFIED and known is not None:
            return Fetched(self._store.path_of(known.sha256), known, is_new=False)
        if not response.is_success:
            raise SourceRefused(f"{url}: answered {response.status_code} {response.reason_phrase}".rstrip())
        record = FetchRecord(
            url=url,
            final_url=str(response.url),
            sha256=body.sha256,
            media_type=response.headers.get("content-type", "").split(";")[0].strip().lower() or None,
            charset=response.charset_encoding,
            headers=dict(response.headers),
            fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        return Fetched(self._store.store(body, record), record, is_new=True)

    def _follow(
        self,
        url: str,
        headers: dict[str, str],
        max_bytes: int,
        body: Incoming,
        finish: Callable[[httpx.Response], AnswerT],
        *,
        obey_robots: bool = True,
    ) -> AnswerT | Fetched:
        """Request `url` and what it redirects to; every hop is checked like the first.

        What `finish` makes of the last answer, whose bytes are in `body`; or what was fetched before, where it leads
        to that.
        """
        hop = url
        for _ in range(MAX_REDIRECTS + 1):
            if not hop.startswith(("http://", "https://")):
                raise SourceRefused(f"{url}: leads to {hop}, which is neither http nor https")
            host = self._find_host(hop)
            if obey_robots:
                self._keep_to_robots(hop, host)
            with host.lock:
                if hop in self._done:
                    return self._done[hop]
                self._rest(host)
                body.clear()
                response = self._request(hop, headers, max_bytes, body)
                if response.status_code in _TRANSIENT_STATUSES:
                    self._note_retry_after(hop, host, response)
                elif not response.has_redirect_location:
                    return finish(response)
            if response.status_code in _TRANSIENT_STATUSES:
                raise SourceUnavailable(f"{hop}: answered {response.status_code} {response.reason_phrase}".rstrip())
            hop = str(httpx.URL(hop).join(response.headers["location"]).copy_with(fragment=None))
        raise SourceRefused(f"{url}: redirects more than {MAX_REDIRECTS} times")

    def _request(self, url: str, headers: dict[str, str], max_bytes: int, body: Incoming) -> httpx.Response:
        """One request, its body read into `body`, up to `max_bytes` after decompression."""
        deadline = self._now() + self._settings.deadline_s
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                _check_encoding(url, response)
                for chunk in response.iter_bytes():
                    if body.size + len(chunk) > max_bytes:
                        raise SourceRefused(
                            f"{url}: is larger than {max_bytes:,} bytes, expected that at most; "
                            "where it is wanted all the same, give its source a higher max_bytes"
                        )
                    if self._now() > deadline:
                        raise SourceUnavailable(f"{url}: was not complete after {self._settings.deadline_s:.0f} s")
                    body.write(chunk)
                return response
        except httpx.TimeoutException as error:
            raise SourceUnavailable(f"{url}: no answer within {self._settings.timeout_s:.0f} s") from error
        except httpx.TransportError as error:
            raise SourceUnavailable(f"{url}: cannot be reached: {error}") from error
        except httpx.DecodingError as error:
            raise SourceRefused(f"{url}: its body is not what its Content-Encoding says: {error}") from error
        except httpx.InvalidURL as error:
            raise SourceRefused(f"{url}: is no valid address: {error}") from error

    def _find_host(self, url: str) -> _Host:
        with self._hosts_lock:
            return self._hosts.setdefault(urlsplit(url).netloc.casefold(), _Host(delay_s=self._settings.host_delay_s))

    def _keep_to_robots(self, url: str, host: _Host) -> None:
        if not self._robots.allows(url):
            raise SourceRefused(f"{url}: the site's robots.txt forbids it to {self._settings.user_agent!r}")
        host.delay_s = max(self._settings.host_delay_s, self._robots.crawl_delay_s(url))

    def _rest(self, host: _Host) -> None:
        """Wait until the host may be asked again, and book the next rest; its lock is held."""
        self._sleep(max(0.0, host.not_before - self._now()))
        host.not_before = self._now() + host.delay_s

    def _note_retry_after(self, url: str, host: _Host, response: httpx.Response) -> None:
        seconds = _read_retry_after(response.headers.get("retry-after"))
        if seconds > LONGEST_RETRY_AFTER_S:
            raise SourceRefused(f"{url}: asks to be left alone for {seconds:.0f} s; run again later")
        host.not_before = max(host.not_before, self._now() + seconds)

    def _fetch_robots_text(self, url: str) -> str | None:
        """The rules of a site; None where it has none, which any answer of 400 to 499 says (RFC 9309)."""
        with self._store.receive() as body:

            def read(response: httpx.Response) -> str | None:
                return body.read().decode("utf-8", errors="replace") if response.is_success else None

            answer = self._follow(url, {}, MAX_ROBOTS_BYTES, body, read, obey_robots=False)
        return answer.path.read_text("utf-8", errors="replace") if isinstance(answer, Fetched) else answer


def _ask_for_changes(known: FetchRecord | None) -> dict[str, str]:
    """Headers that let a site answer 304, Not Modified."""
    if known is None:
        return {}
    asked = {"If-None-Match": known.headers.get("etag"), "If-Modified-Since": known.headers.get("last-modified")}
    return {name: value for name, value in asked.items() if value}


def _check_encoding(url: str, response: httpx.Response) -> None:
    """One layer of compression at most: each multiplies what a few bytes may swell to."""
    encodings = [part.strip() for part in response.headers.get("content-encoding", "").split(",") if part.strip()]
    if len(encodings) > 1:
        raise SourceRefused(f"{url}: is compressed {len(encodings)} times over ({', '.join(encodings)})")


def _read_retry_after(value: str | None) -> float:
    """Seconds that a Retry-After header asks for, as a number or a date; 0 where there is none to be read."""
    if not value:
        return 0.0
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0.0
