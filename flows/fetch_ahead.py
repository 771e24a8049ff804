"""Fetches ahead of the reader: several hosts side by side, each host one page at a time, every address once."""

from __future__ import annotations

import contextvars
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from flows.inputs import Item
from flows.raw_store import Fetched, drop_fragment

Fetch = Callable[[Item], Fetched]


class FetchAhead:
    """A queue of addresses for each host; up to `workers` hosts are fetched from at once.

    `request` says what will be wanted, `get` waits for it. An address is fetched once, however often it is
    wanted: later callers get the same bytes, or the same error. Leaving the context drops what has not begun.
    """

    def __init__(self, fetch: Fetch, *, workers: int) -> None:
        self._fetch = fetch
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="fetch")
        self._lock = threading.Lock()
        self._futures: dict[str, Future[Fetched]] = {}
        self._queues: dict[str, deque[Item]] = {}
        """By host; a host has a queue as long as a worker is at it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            for future in self._futures.values():
                future.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def request(self, items: Iterable[Item]) -> None:
        """Have those of `items` that lie on the web fetched, in this order for each host; returns at once."""
        for item in items:
            if item.url is not None and not item.has_bytes:
                self._enqueue(item)

    def get(self, item: Item) -> Fetched:
        """The bytes of an item, once they are there; raises what fetching it raised."""
        return self._enqueue(item).result()

    def _enqueue(self, item: Item) -> Future[Fetched]:
        url = drop_fragment(str(item.url))
        host = urlsplit(url).netloc.casefold()
        with self._lock:
            future = self._futures.get(url)
            if future is not None:
                return future
            self._futures[url] = future = Future()
            if host in self._queues:
                self._queues[host].append(item)
            else:
                self._queues[host] = deque([item])
                # A copy, since Prefect finds the flow of a task in the context.
                self._pool.submit(contextvars.copy_context().run, self._work_off, host)
        return future

    def _work_off(self, host: str) -> None:
        """Fetch what is wanted of one host until nothing is left."""
        while True:
            with self._lock:
                queue = self._queues[host]
                if not queue:
                    del self._queues[host]
                    return
                item = queue.popleft()
                future = self._futures[drop_fragment(str(item.url))]
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(self._fetch(item))
            except BaseException as error:  # the one who waits for it shall meet it
                future.set_exception(error)
