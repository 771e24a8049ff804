"""The process in which files are parsed: `python -m flows.child_worker BYTES`, started by `flows.child_readers`.

It reads one request a line from stdin and answers each by a line on stdout, until stdin ends. BYTES is
the most memory that it may take: a hostile file gets a MemoryError, or kills this process and no other.
"""

import contextlib
import json
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from extractors.feeds import read_feed, read_sitemap
from extractors.readers import read_document_bytes, read_entry
from flows.child_readers import Answer, ReadRequest
from schemas.finding import Finding
from schemas.source import SourceKind
from schemas.vocabulary import FindingKind

READY = b"ready\n"
"""Said once all is loaded: starting up is not counted as time that a file takes."""
_SHARE_KEPT = 0.5
"""A process that once took more of its memory is replaced: little of it is ever given back."""


def main(max_bytes: int) -> None:
    """Answer requests until there are none."""
    # Whatever a library prints must not be taken for an answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    import extractors.articles  # before the limit, and before the first file's time is counted
    import extractors.lists
    import extractors.reports  # noqa: F401

    logging.basicConfig(level=logging.ERROR)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it says of a broken page, the finding says
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent ends this process
    _limit_memory(max_bytes)
    answers.write(READY)
    answers.flush()
    for line in sys.stdin.buffer:
        if _answer(ReadRequest.model_validate_json(line), answers, max_bytes):
            return


def _answer(request: ReadRequest, answers: BinaryIO, max_bytes: int) -> bool:
    """Answer one request; returns whether it was the last one of this process, as the answer says too."""
    told = [{type(result).__name__: result.model_dump(mode="json")} for result in _read(request)]
    is_last = _find_peak() > _SHARE_KEPT * max_bytes
    answers.write(json.dumps({"results": told, "is_last": is_last}).encode() + b"\n")
    answers.flush()
    return is_last


def _read(request: ReadRequest) -> Sequence[Answer]:
    if request.entry is not None:
        return read_entry(request.entry, name=request.name)
    assert request.path is not None, f"{request.name} has neither file nor entry"
    try:
        data = request.path.read_bytes()
    except OSError as error:
        return [_refuse(request.name, f"found a file that cannot be read ({error.strerror}); check its permissions")]
    if request.listing is None:
        return read_document_bytes(data, name=request.name, media_type=request.media_type, url=request.url)
    read_listing = read_feed if request.listing is SourceKind.FEED else read_sitemap
    try:
        return read_listing(data, name=request.name)
    except MemoryError:
        return [_refuse(request.name, "found a listing that takes more memory to read than it may; name its parts")]


def _refuse(name: str, what: str) -> Finding:
    return Finding(kind=FindingKind.UNREADABLE, subject=name, message=f"{name}: {what}")


def _limit_memory(max_bytes: int) -> None:
    """Cap the address space, where the system can (Linux; elsewhere the limit on time alone protects)."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (max_bytes, max_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _find_peak() -> int:
    """The most memory in bytes that this process ever took; 0 where the system does not tell."""
    with contextlib.suppress(OSError, StopIteration):  # of address space, as it is capped; Linux alone tells
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return 1024 * int(next(line.split()[1] for line in lines if line.startswith("VmPeak:")))
    with contextlib.suppress(ImportError):
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return 0


if __name__ == "__main__":
    main(int(sys.argv[1]))
