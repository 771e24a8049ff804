"""PDF reports are read in processes of their own, so that a hostile file costs one finding and nothing else."""

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from schemas.document import Document
from schemas.finding import Finding
from schemas.vocabulary import FindingKind


@dataclass(frozen=True)
class ReportLimits:
    """What one report may take."""

    seconds: float = 300.0
    memory_bytes: int = 1_000_000_000
    """Of the whole process, its libraries included."""


@dataclass(frozen=True)
class ReportRequest:
    """A file to read, with what is known of it; as `read_document_bytes` takes it."""

    path: Path
    name: str
    media_type: str | None = None
    url: str | None = None


class ReportReaders:
    """Some processes that read reports, started as they are needed and again after a file has killed one.

    For use by several threads at once; closing it ends the processes.
    """

    def __init__(self, workers: int, limits: ReportLimits | None = None) -> None:
        limits = limits or ReportLimits()
        # Last in, first out: one after another, reports are read by one process, and the rest are never started.
        self._idle: queue.LifoQueue[_ReportProcess] = queue.LifoQueue()
        self._processes = [_ReportProcess(limits) for _ in range(workers)]
        for process in self._processes:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="report")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def submit(self, request: ReportRequest) -> "Future[list[Document | Finding]]":
        """Have a file read as soon as a process is free. The result never raises: what goes wrong is a finding."""
        return self._threads.submit(self._read, request)

    def close(self) -> None:
        """End the processes; what was not begun is dropped."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in self._processes:
            process.close()

    def _read(self, request: ReportRequest) -> list[Document | Finding]:
        process = self._idle.get()
        try:
            return process.read(request)
        finally:
            self._idle.put(process)


class _ReportProcess:
    """One process that reads a file at a time; see `flows.report_worker` for its side."""

    def __init__(self, limits: ReportLimits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, request: ReportRequest) -> list[Document | Finding]:
        process = self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        asked = {"path": str(request.path), "name": request.name, "media_type": request.media_type, "url": request.url}
        ran_out = threading.Event()

        def stop() -> None:
            ran_out.set()
            process.kill()

        timer = threading.Timer(self._limits.seconds, stop)
        timer.start()
        try:
            process.stdin.write(json.dumps(asked).encode() + b"\n")
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
            return [_read_result(result) for result in told["results"]]
        self.close()
        what = f"more than {self._limits.seconds:g} s" if ran_out.is_set() else "more memory than it may"
        message = (
            f"{request.name}: found a file that takes {what} to read or ends the reader "
            f"(exit {process.returncode}), expected a report; split it, or print it to PDF anew"
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
        command = [sys.executable, "-P", "-m", "flows.report_worker", str(self._limits.memory_bytes)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        assert self._process.stdout is not None
        self._process.stdout.readline()  # says that it is ready; one that cannot start answers nothing, as if killed
        return self._process


@cache
def get_report_readers() -> ReportReaders:
    """The readers that this process shares: one for each CPU, up to eight; ended with it."""
    readers = ReportReaders(min(8, os.cpu_count() or 1))
    atexit.register(readers.close)
    return readers


def _read_result(result: dict[str, object]) -> Document | Finding:
    if "document" in result:
        return Document.model_validate(result["document"])
    return Finding.model_validate(result["finding"])
