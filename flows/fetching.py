"""What is asked of the web and what is not: caps on bytes, pages that have not changed, runs that stay offline."""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flows.inputs import Item
from flows.raw_store import Fetched, RawStore
from flows.settings import Settings
from schemas.errors import SourceRefused
from schemas.source import SourceKind

if TYPE_CHECKING:
    from flows.fetch import Fetcher

Fetch = Callable[[Item], Fetched]


@contextlib.contextmanager
def fetching(settings: Settings) -> Iterator[Fetch]:
    """A function that fetches an item, with the cap on its size that its source or kind has; for several threads.

    The fetcher is made when it is first needed: most inputs of the command line are files. Offline the
    function gives what an earlier run fetched.
    """
    if settings.offline:
        yield functools.partial(_find_fetched, RawStore(settings.data_folder))
        return
    lock = threading.Lock()
    store = RawStore(settings.data_folder)
    with contextlib.ExitStack() as stack:
        fetchers: list[Fetcher] = []

        def fetch(item: Item) -> Fetched:
            unchanged = _find_unchanged(store, item, settings.refetch_days)
            if unchanged is not None:
                return unchanged
            with lock:
                if not fetchers:
                    from flows.fetch import Fetcher

                    fetchers.append(stack.enter_context(Fetcher(settings)))
            return fetchers[0].fetch(str(item.url), max_bytes=_find_cap(item, settings))

        yield fetch


def _find_cap(item: Item, settings: Settings) -> int:
    """How many bytes may be fetched of an item: what its source says, else what its kind may have."""
    source = item.source
    if source is not None and source.max_bytes is not None:
        return source.max_bytes
    is_report = str(item.url).lower().endswith(".pdf") or (source is not None and source.kind is SourceKind.REPORT)
    return settings.max_report_bytes if is_report else settings.max_page_bytes


def _find_unchanged(store: RawStore, item: Item, refetch_days: int) -> Fetched | None:
    """What was fetched of an item after the day on which its sitemap says that it last changed; None to ask again."""
    found = store.find_fetched(str(item.url)) if item.modified is not None else None
    if found is None or item.modified is None:
        return None
    fetched_on = datetime.fromisoformat(found.record.fetched_at)
    is_recent = datetime.now(UTC) - fetched_on < timedelta(days=refetch_days)
    # As texts: "2021-05" does not tell that the page was not changed on the day after it was fetched.
    is_later = len(item.modified) == len("2021-05-04") and item.modified < fetched_on.date().isoformat()
    return found if is_recent and is_later else None


def _find_fetched(store: RawStore, item: Item) -> Fetched:
    """What an earlier run fetched of an item.

    Raises:
        SourceRefused: none did.
    """
    found = store.find_fetched(str(item.url))
    if found is None:
        raise SourceRefused(f"{item.url}: was not fetched before, and this run is offline; run once without --offline")
    return found
