"""A web server of the tests' own, settings that may reach it, and a warehouse for each test."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from flows.cli import run_command
from flows.prefect_api import stop_prefect_threads
from flows.settings import Settings
from flows.temporary_server import start_temporary_server

Answer = Callable[[BaseHTTPRequestHandler], None]
Hansa = Callable[..., tuple[int, str, str]]


@pytest.fixture
def hansa(capfd: pytest.CaptureFixture[str]) -> Hansa:
    """Run `hansa` in this process; returns its exit code, stdout and stderr."""

    def call(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run_command([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return call


@dataclass
class Site:
    """A site on this machine; `pages` says how each path answers, `seen` what was asked for."""

    url: str
    pages: dict[str, Answer] = field(default_factory=dict)
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.seen]

    def add(self, path: str, body: bytes = b"", *, status: int = 200, headers: dict[str, str] | None = None) -> None:
        """Have `path` answer with a body."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            sent = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), **(headers or {})}
            for name, value in sent.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(body)

        self.pages[path] = answer


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            described.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            answer = described.pages.get(self.path)
            if answer is None:
                described.add(self.path, b"not here", status=404)
                answer = described.pages.pop(self.path)
            try:
                answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the name is the library's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    described = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield described
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings that reach the tests' own server, rest nowhere, and keep everything in the test's folder."""
    return Settings(
        db=tmp_path / "data" / "warehouse.duckdb",
        allowed_hosts=frozenset({"127.0.0.1"}),
        host_delay_s=0,
        retry_delays_s=(0, 0),
        timeout_s=2,
        deadline_s=4,
    )


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One Prefect server for all tests of a session, with a home of its own; its URL."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("prefect")
        patch.setenv("PREFECT_HOME", str(home))
        patch.setenv("PREFECT_LOGGING_LEVEL", "CRITICAL")
        with start_temporary_server(home) as server:
            from prefect.settings import PREFECT_API_URL, PREFECT_LOGGING_LEVEL, temporary_settings

            url = server.wait()
            with temporary_settings({PREFECT_API_URL: url, PREFECT_LOGGING_LEVEL: "CRITICAL"}):
                yield url
        stop_prefect_threads()
