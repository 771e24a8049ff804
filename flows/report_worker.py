"""The process in which PDF reports are read: `python -m flows.report_worker BYTES`, started by `flows.report_readers`.

It reads one request a line from stdin and answers each by a line on stdout, until stdin ends. BYTES is
the most memory that it may take: a hostile file gets a MemoryError, or kills this process and no other.
"""

import contextlib
import json
import logging
import os
import signal
import sys
from pathlib import Path
from typing import BinaryIO

from extractors.readers import read_document_bytes
from schemas.document import Document

READY = b"ready\n"
"""Said once all is loaded: starting up is not counted as time that a file takes."""
_SHARE_KEPT = 0.5
"""A process that once took more of its memory is replaced: little of it is ever given back."""


def main(max_bytes: int) -> None:
    """Answer requests until there are none."""
    # Whatever a library prints must not be taken for an answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    import extractors.reports  # noqa: F401 — before the limit, and before the first file's time is counted

    logging.basicConfig(level=logging.ERROR)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent ends this process
    _limit_memory(max_bytes)
    answers.write(READY)
    answers.flush()
    for line in sys.stdin.buffer:
        if _answer(json.loads(line), answers, max_bytes):
            return


def _answer(request: dict[str, str | None], answers: BinaryIO, max_bytes: int) -> bool:
    """Answer one request; returns whether it was the last one of this process, as the answer says too."""
    name = str(request["name"])
    data = Path(str(request["path"])).read_bytes()
    results = read_document_bytes(data, name=name, media_type=request["media_type"], url=request["url"])
    told = [
        {"document" if isinstance(result, Document) else "finding": result.model_dump(mode="json")}
        for result in results
    ]
    is_last = _find_peak() > _SHARE_KEPT * max_bytes
    answers.write(json.dumps({"results": told, "is_last": is_last}).encode() + b"\n")
    answers.flush()
    return is_last


def _limit_memory(max_bytes: int) -> None:
    """Cap the address space, where the system can (Linux; elsewhere the limit on time alone protects)."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (max_bytes, max_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _find_peak() -> int:
    """The most memory in bytes that this process ever held; 0 where the system does not tell."""
    with contextlib.suppress(ImportError):
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return 0


if __name__ == "__main__":
    main(int(sys.argv[1]))
