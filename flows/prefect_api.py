"""Which Prefect server a command talks to: the one that is configured, or a temporary one."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from flows.temporary_server import start_temporary_server
from schemas.errors import ConfigurationError

_THREAD_END_S = 2.0
_QUIET = {
    # Prefect logs each exception of a flow with its traceback; the command says what went wrong, once.
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "DO_NOT_TRACK": "1",
}


def keep_prefect_quiet(*, verbose: bool) -> None:
    """Set what Prefect reads when it is imported; what the user has set stays. Its logs go to stderr."""
    for name, value in _QUIET.items():
        os.environ.setdefault(name, "INFO" if verbose and name == "PREFECT_LOGGING_LEVEL" else value)


@contextlib.contextmanager
def reach_prefect(data_folder: Path, prepare: Callable[[], object]) -> Iterator[None]:
    """Talk to the configured server within, or to a temporary one; `prepare` runs while that one starts.

    The temporary server keeps its database in `prefect/` of the data folder, and not in the user's
    home: Prefect's SQLite takes one server at a time, and one data folder has one run at a time. After
    the run, `PREFECT_HOME=data/prefect prefect server start` shows what ran.
    """
    from prefect.events.worker import EventsWorker
    from prefect.settings import PREFECT_API_URL, temporary_settings

    if PREFECT_API_URL.value():
        prepare()
        yield
        return
    with start_temporary_server(data_folder / "prefect") as server:
        prepare()
        with temporary_settings({PREFECT_API_URL: server.wait()}):
            try:
                yield
            finally:
                EventsWorker.drain_all()  # task runs are told as events, which may still be on their way


def stop_prefect_threads() -> None:
    """End the threads that Prefect leaves running, before the interpreter is taken apart.

    DuckDB 2.0's binding answers to daemon threads at that time with forty lines on leaked types.
    """
    from prefect._internal.concurrency.threads import get_global_loop, get_run_sync_loop
    from prefect.events.worker import EventsWorker

    EventsWorker.drain_all()
    for loop in (get_run_sync_loop(), get_global_loop()):
        loop.shutdown()
    for thread in threading.enumerate():
        if thread.daemon and thread is not threading.current_thread():
            thread.join(timeout=_THREAD_END_S)


def require_prefect_server() -> str:
    """The URL of the configured server.

    Raises:
        ConfigurationError: none is configured.
    """
    from prefect.settings import PREFECT_API_URL

    url = PREFECT_API_URL.value()
    if not url:
        raise ConfigurationError(
            "no Prefect server is configured; start one with `prefect server start` and set PREFECT_API_URL, "
            "such as PREFECT_API_URL=http://127.0.0.1:4200/api"
        )
    return str(url)
