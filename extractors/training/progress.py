"""Lines of progress of the training commands."""

import sys
import time
from collections.abc import Iterable


def tell(line: str) -> None:
    """Write a line to stderr at once, so that a log can be followed."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def follow(lines: Iterable[str]) -> None:
    """Tell each line as it comes, with the seconds since the first was asked for."""
    began = time.monotonic()
    for line in lines:
        tell(f"{time.monotonic() - began:6.0f} s  {line}")
