"""What other people's parsers read (PDF, HTML, XLSX, feeds, sitemaps) is read in processes of its own.

A hostile file then costs one finding and nothing else: it may take so much memory and time, and whatever it
does to its process, the run goes on.
"""

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from extractors.feeds import FeedEntry, SitemapEntry
from schemas.document import Document
from schemas.finding import Finding
from schemas.source import SourceKind
from schemas.vocabulary import FindingKind

Answer = Document | FeedEntry | SitemapEntry | Finding
ANSWER_TYPES: Mapping[str, type[Answer]] = {
    answer.__name__: answer for answer in (Document, FeedEntry, SitemapEntry, Finding)
}
_ADVICE = {"report": "split it, or print it to PDF anew", "page": "save it from a browser without what is around it"}


@dataclass(frozen=True)
class ChildLimits:
    """What reading one file may take."""

    report_seconds: float = 300.0
    """For a PDF: two thousand pages take two minutes."""
    page_seconds: float = 60.0
    """For anything else: a page of 25 MB takes some ten seconds."""
    memory_bytes: int = 1_000_000_000
    """Of the whole process, its libraries included."""


class ReadRequest(BaseModel):
    """A file or a feed's entry to read, with what is known of it; as `read_document_bytes` takes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    path: Path | None = None
    media_type: str | None = None
    url: str | None = None
    entry: FeedEntry | None = Field(default=None, description="read instead of a file")
    listing: SourceKind | None = Field(default=None, description="feed or sitemap: the pages are asked for, not a text")
    is_report: bool = Field(default=False, description="a PDF, which may take longer than a page")


class ChildReaders:
    """Some processes that read files, started as they are needed and again after a file has killed one.

    For use by several threads at once; closing it ends the processes.
    """

    def __init__(self, workers: int, limits: ChildLimits | None = None) -> None:
        limits = limits or ChildLimits()
        # Last in, first out: one after another, files are read by one process, and the rest are never started.
        self._idle: queue.LifoQueue[_ChildReader] = queue.LifoQueue()
        self._processes = [_ChildReader(limits) for _ in range(workers)]
        for process in self._processes:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="read")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def submit(self, request: ReadRequest) -> "Future[list[Answer]]":
        """Have a file read as soon as a process is free. The result never raises: what goes wrong is a finding."""
        return self._threads.submit(self._read, request)

    def close(self) -> None:
        """End the processes; what was not begun is dropped."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in self._processes:
            process.close()

    def _read(self, request: ReadRequest) -> list[Answer]:
        process = self._idle.get()
        try:
            return process.read(request)
        finally:
            self._idle.put(process)


class _ChildReader:
    """One process that reads a file at a time; see `flows.child_worker` for its side."""

    def __init__(self, limits: ChildLimits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, request: ReadRequest) -> list[Answer]:
        process = self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        seconds = self._limits.report_seconds if request.is_report else self._limits.page_seconds
        ran_out = threading.Event()

        def stop() -> None:
            ran_out.set()
            process.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            process.stdin.write(request.model_dump_json().encode() + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        finally:
            timer.cancel()
        if answer.endswith(b"\n"):
            told = json.loads(answer)
            if told["is_last"]:
                self.close()
            return [_read_answer(result) for result in told["results"]]
        self.close()
        what = f"more than {seconds:g} s" if ran_out.is_set() else "more memory than it may"
        kind = "report" if request.is_report else "page"
        message = (
            f"{request.name}: found a file that takes {what} to read or ends the reader "
            f"(exit {process.returncode}), expected a {kind}; {_ADVICE[kind]}"
        )
        return [Finding(kind=FindingKind.UNREADABLE, subject=request.name, message=message)]

    def close(self) -> None:
        """End the process, if it runs."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        command = [sys.executable, "-P", "-m", "flows.child_worker", str(self._limits.memory_bytes)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        assert self._process.stdout is not None
        self._process.stdout.readline()  # says that it is ready; one that cannot start answers nothing, as if killed
        return self._process


@cache
def get_child_readers() -> ChildReaders:
    """The readers that this process shares: one for each CPU, up to eight; ended with it."""
    readers = ChildReaders(min(8, os.cpu_count() or 1))
    atexit.register(readers.close)
    return readers


def _read_answer(result: Mapping[str, Any]) -> Answer:
    [(kind, content)] = result.items()
    return ANSWER_TYPES[kind].model_validate(content)
