"""A Prefect server that lives as long as one run, for machines where none is running.

Prefect can start one itself, but only after it has imported the whole server into the client too: twice the wait.
This one is started by its own module, while the run still loads its models:

    python -m flows.temporary_server            prints its port, serves until its stdin is closed
    python -m flows.temporary_server prepare    makes Prefect's database once, for all later first starts

Tying it to stdin makes it end with the run, however that ends; a killed run leaves no server behind.
A database of Prefect's is made by some hundred migrations, which take longer than all else in a first
start (6 s of 11 s); set-up makes an empty one in Hansa's cache, and new homes begin with a copy.
"""

import contextlib
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import httpx

from schemas.errors import ConfigurationError

START_TIMEOUT_S = 120.0
"""A start takes 4 s; the first in a new home, which makes Prefect's database, 10 s, and more on a busy machine."""
STOP_TIMEOUT_S = 10.0

_SERVER_SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    # Events of one run are of no use after it; task runs are recorded by a service of their own, which stays on.
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    # Prefect's own mark of a temporary server: no scheduler, no late runs, no clean-up services.
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
}


def find_template() -> Path:
    """Where the empty database of the installed Prefect lies, if set-up could make it."""
    from extractors.gazetteer_index import cache_folder

    return cache_folder() / f"prefect-{version('prefect')}.db"


def prepare_template() -> Path:
    """Make the empty database that new homes begin with; returns where it lies."""
    template = find_template()
    template.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="hansa-") as home:
        with start_temporary_server(Path(home)) as server:
            server.wait()
        _copy_database(Path(home) / "prefect.db", template)
    return template


def _copy_database(origin: Path, target: Path) -> None:
    """Copy an SQLite database with what its log still holds; `target` appears whole or not at all."""
    part = target.with_name(f".{target.name}.{os.getpid()}")
    with contextlib.closing(sqlite3.connect(origin)) as source, contextlib.closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
    part.replace(target)


class TemporaryServer:
    """A server process that was started and may not answer yet."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        if find_template().exists() and not (home / "prefect.db").exists():
            _copy_database(find_template(), home / "prefect.db")
        self._log_path = home / "temporary-server.log"
        environment = {**os.environ, **_SERVER_SETTINGS, "PREFECT_HOME": str(home.resolve())}
        environment.pop("PREFECT_API_URL", None)
        with self._log_path.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flows.temporary_server"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=environment,
                start_new_session=True,  # Ctrl-C is for the run, which still has to tell the server how it ended
            )

    def wait(self, timeout_s: float = START_TIMEOUT_S) -> str:
        """The URL of its API, once it answers.

        Raises:
            ConfigurationError: it ended, or did not answer in time; names its log.
        """
        deadline = time.monotonic() + timeout_s
        assert self._process.stdout is not None
        port = self._process.stdout.readline().strip()  # at once, or empty where the process has ended
        url = f"http://127.0.0.1:{int(port or 0)}/api"
        with httpx.Client(trust_env=False, timeout=5) as client:
            while port and self._process.poll() is None and time.monotonic() < deadline:
                with contextlib.suppress(httpx.TransportError):
                    if client.get(f"{url}/health").is_success:
                        return url
                time.sleep(0.05)
        state = "ended" if self._process.poll() is not None else f"did not answer within {timeout_s:.0f} s"
        raise ConfigurationError(
            f"Prefect's temporary server {state}; read {self._log_path}, "
            "or start a server with `prefect server start` and set PREFECT_API_URL"
        )

    def stop(self) -> None:
        """End the process; returns when it has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


@contextlib.contextmanager
def start_temporary_server(home: Path) -> Iterator[TemporaryServer]:
    """Start a server whose database and log lie in `home`; stopped on leaving. Call `wait` before using it."""
    server = TemporaryServer(home)
    try:
        yield server
    finally:
        server.stop()


def serve() -> None:
    """Serve Prefect's API on a free port of this machine until stdin is closed; prints the port first."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()

    import uvicorn

    config = uvicorn.Config(
        "prefect.server.api.server:create_app",
        factory=True,
        lifespan="on",
        log_level="error",
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)

    def stop_at_end_of_input() -> None:
        sys.stdin.buffer.read()
        server.should_exit = True
        # A server that is still starting does not look at should_exit before it has started.
        threading.Timer(STOP_TIMEOUT_S / 2, os._exit, args=(0,)).start()

    threading.Thread(target=stop_at_end_of_input, daemon=True).start()
    server.run(sockets=[listener])


if __name__ == "__main__":
    if sys.argv[1:] == ["prepare"]:
        prepare_template()
    else:
        serve()
