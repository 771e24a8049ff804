"""How far a run has come, told to whoever wants to know.

A Prefect flow takes plain values only, so the listener is not an argument but a context variable.
"""

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar

Listener = Callable[[str, int, int | None], None]
"""Gets the stage, what of it is done, and how much there is to do (None: not known)."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextlib.contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Have `listener` hear of the progress of what runs within."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def report_progress(stage: str, done: int, total: int | None = None) -> None:
    """Tell the listener, if there is one."""
    listener = _listener.get()
    if listener is not None:
        listener(stage, done, total)
