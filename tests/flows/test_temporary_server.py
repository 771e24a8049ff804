"""The temporary Prefect server: answers, ends with its run, and says so when it cannot start."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from flows import temporary_server
from flows.temporary_server import TemporaryServer, start_temporary_server
from schemas.errors import ConfigurationError

pytestmark = pytest.mark.server


def test_server_answers_until_it_is_left(tmp_path: Path) -> None:
    with start_temporary_server(tmp_path) as server:
        url = server.wait()
        assert httpx.get(f"{url}/health", trust_env=False).json() is True
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/health", trust_env=False)


def test_server_ends_with_a_run_that_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from flows.temporary_server import TemporaryServer\n"
        "server = TemporaryServer(Path(sys.argv[1])); print(server.wait(), flush=True); time.sleep(600)"
    )
    run = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    url = run.stdout.readline().strip()
    assert httpx.get(f"{url}/health", trust_env=False).is_success
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{url}/health", trust_env=False, timeout=1)
        except httpx.TransportError:
            return
        time.sleep(0.1)
    pytest.fail("the server outlived its run")


def test_server_that_cannot_start_names_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "broken"
    program.write_text("#!/bin/sh\necho broken >&2\nexit 7\n")
    program.chmod(0o755)
    monkeypatch.setattr(temporary_server.sys, "executable", str(program))
    server = TemporaryServer(tmp_path / "home")
    with pytest.raises(ConfigurationError, match=r"server ended; read .*temporary-server\.log"):
        server.wait()
    server.stop()
    assert (tmp_path / "home" / "temporary-server.log").read_text() == "broken\n"
