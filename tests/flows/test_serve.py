"""`hansa serve`: deployments with their schedules, run by a real Prefect server."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from flows.settings import Settings
from flows.sources import read_sources
from schemas.errors import ConfigurationError
from warehouse.database import open_registry

ROOT = Path(__file__).parents[2]
SOURCES = """
[[source]]
name = "local"
kind = "folder"
paths = ["texts"]
publisher = "P"
authority = "news"
[[source]]
name = "weekly"
kind = "folder"
paths = ["texts"]
publisher = "P"
authority = "news"
schedule = "0 6 * * 1"
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.txt").write_text("Nantes is a member of Eurocities. Oslo joined Eurocities in 2021.")
    (tmp_path / "sources.toml").write_text(SOURCES)
    return tmp_path / "sources.toml"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[dict[str, str]]:
    """`prefect server start` on a free port with a home of its own; the environment that reaches it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")} | {
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "HOME": str(tmp_path),
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(port), "--no-ui"]
    with (tmp_path / "server.log").open("wb") as log, RunningProcess(command, environment, log) as process:
        url = f"http://127.0.0.1:{port}/api"
        await_true(lambda: process.poll() is None and is_well(url), 90, "the server's answer")
        yield environment | {"PREFECT_API_URL": url}


class RunningProcess:
    """A process that is interrupted on leaving, and killed where that does not end it."""

    def __init__(self, command: list[str], environment: dict[str, str], log: object) -> None:
        self._process = subprocess.Popen(
            command, env=environment, stdout=log, stderr=subprocess.STDOUT, cwd=ROOT, start_new_session=True
        )  # type: ignore[call-overload]

    def __enter__(self) -> subprocess.Popen[bytes]:
        return self._process

    def __exit__(self, *_: object) -> None:
        for sign, patience_s in ((signal.SIGINT, 15), (signal.SIGTERM, 5), (signal.SIGKILL, 5)):
            if self._process.poll() is None:
                os.killpg(self._process.pid, sign)
                try:
                    self._process.wait(timeout=patience_s)
                except subprocess.TimeoutExpired:
                    continue


def is_well(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", trust_env=False, timeout=2).is_success
    except httpx.TransportError:
        return False


def await_true(condition, seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        time.sleep(0.2)


@pytest.mark.server
def test_served_deployment_is_run_and_publishes(tmp_path: Path, sources: Path, server: dict[str, str]) -> None:
    db = tmp_path / "data" / "w.duckdb"
    url = server["PREFECT_API_URL"]
    command = [sys.executable, "-m", "flows.cli", "serve", "--sources", str(sources), "--db", str(db)]
    log = tmp_path / "serve.log"
    with (
        log.open("wb") as output,
        RunningProcess(command, server, output) as process,
        httpx.Client(trust_env=False) as client,
    ):

        def find_deployments() -> list[dict[str, object]]:
            assert process.poll() is None, log.read_text()
            return list(client.post(f"{url}/deployments/filter", json={}).json())

        await_true(lambda: len(find_deployments()) == 2, 60, "two deployments")
        deployments = {str(found["name"]): found for found in find_deployments()}
        crons = {name: found["schedules"][0]["schedule"]["cron"] for name, found in deployments.items()}  # type: ignore[index]
        assert crons == {"all-sources": "0 6 * * *", "source-weekly": "0 6 * * 1"}

        created: dict[str, object] = {}

        def create_run() -> bool:
            # Prefect's server answers 5xx where its database is locked by what it does itself, and made no run then.
            answer = client.post(f"{url}/deployments/{deployments['all-sources']['id']}/create_flow_run", json={})
            assert answer.status_code == httpx.codes.CREATED or answer.is_server_error, answer.text
            created.update(answer.json() if answer.is_success else {})
            return answer.is_success

        await_true(create_run, 30, "a run of the deployment")

        def read_state() -> str:
            return str(client.get(f"{url}/flow_runs/{created['id']}").json()["state"]["type"])

        await_true(lambda: read_state() in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}, 90, "the run's end")
        assert read_state() == "COMPLETED", log.read_text()
    with open_registry(db.parent / "registry.duckdb") as con:
        cities = {row[0] for row in con.execute("SELECT city FROM membership_current").fetchall()}
    assert "Nantes" in cities


def test_main_deployment_reads_the_sources_without_a_schedule(settings: Settings, sources: Path) -> None:
    from flows.serve import make_deployments

    main, own = make_deployments(settings.model_copy(update={"sources": sources}), read_sources(sources))
    assert main.parameters["only"] == ["local"]
    assert own.parameters["only"] == ["weekly"]
    assert Path(main.parameters["db"]).is_absolute()


def test_schedule_that_is_none_is_refused(settings: Settings, sources: Path) -> None:
    from flows.serve import make_deployments

    with pytest.raises(ConfigurationError, match="found 'daily', expected a cron expression"):
        make_deployments(settings.model_copy(update={"schedule": "daily"}), read_sources(sources))


def test_serve_without_a_server_says_what_to_do(sources: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "serve", "--sources", str(sources)],
        capture_output=True, text=True, timeout=120, cwd=ROOT, check=False, env=environment | {"HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 2
    assert "prefect server start" in done.stderr
    assert "Traceback" not in done.stderr
