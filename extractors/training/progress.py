"""Lines of progress of the training commands."""

import sys


def tell(line: str) -> None:
    """Write a line to stderr at once, so that a log can be followed."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
