"""The Prefect flow: retries what is transient, records its tasks, leaves a summary."""

from pathlib import Path
from uuid import UUID

import pytest

from flows.run import Steps
from flows.settings import Settings
from schemas.errors import ExpectationFailed

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_server")]

TEXT = "Nantes is a member of Eurocities. Oslo chairs Eurocities since 2021."


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HANSA_ALLOWED_HOSTS", '["127.0.0.1"]')
    monkeypatch.setenv("HANSA_HOST_DELAY_S", "0")
    monkeypatch.setenv("HANSA_RETRY_DELAYS_S", "[0, 0]")
    monkeypatch.setenv("HANSA_BATCH_SIZE", "2")
    folder = tmp_path / "inputs"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"{TEXT} Number {number}.")
    return folder


def test_flow_runs_a_task_per_batch_and_leaves_an_artifact(settings: Settings, inputs: Path) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

    from flows.flow import build_registry

    state = build_registry([str(inputs)], db=settings.db, return_state=True)
    report = state.result()
    assert report.documents == 5
    assert state.is_completed()
    run_id: UUID = state.state_details.flow_run_id
    with get_client(sync_client=True) as client:
        artifacts = client._client.post("/artifacts/filter", json={}).json()
        names = [
            run.name.rsplit("-", 1)[0]
            for run in read_task_runs(client, FlowRunFilter(id=FlowRunFilterId(any_=[run_id])))
        ]
    assert sorted(names) == ["extract"] * 3 + ["publish"] + ["read"] * 3 + ["refresh"]
    [summary] = [artifact for artifact in artifacts if artifact["flow_run_id"] == str(run_id)]
    assert f"| documents | {report.documents} |" in summary["data"]


def read_task_runs(client, flow_run_filter):
    """Task runs reach the server by way of events, a moment after the flow has ended."""
    import time

    deadline = time.monotonic() + 20
    while True:
        runs = client.read_task_runs(flow_run_filter=flow_run_filter)
        if len(runs) >= 8 and all(run.state and run.state.is_final() for run in runs):
            return runs
        assert time.monotonic() < deadline, f"found {len(runs)} finished task runs, expected 8"
        time.sleep(0.2)


def test_transient_failure_is_retried(settings: Settings, inputs: Path, site) -> None:
    from flows.flow import build_registry

    answers = iter([503, 200])
    body = f"<html><body><article><p>{TEXT * 5}</p></article></body></html>".encode()

    def answer(handler) -> None:
        site.add("/answer", body, status=next(answers))
        site.pages.pop("/answer")(handler)

    site.pages["/page"] = answer
    report = build_registry([f"{site.url}/page"], db=settings.db)
    assert not report.failures
    assert report.documents == 1
    assert site.paths.count("/page") == 2


def test_terminal_failure_is_not_retried(settings: Settings, inputs: Path, site) -> None:
    from flows.flow import build_registry

    site.add("/page", b"", status=403)
    report = build_registry([f"{site.url}/page", str(inputs)], db=settings.db)
    assert len(report.failures) == 1
    assert report.documents == 5
    assert site.paths.count("/page") == 1


def test_error_of_a_run_reaches_the_caller_as_it_is(settings: Settings, tmp_path: Path) -> None:
    from flows.flow import build_registry

    (tmp_path / "m.txt").write_text(TEXT)
    (tmp_path / "sources.toml").write_text(
        '[[source]]\nname = "m"\nkind = "folder"\npaths = ["m.txt"]\npublisher = "P"\nauthority = "city"\n'
        "[source.expect.claims]\nmin = 500\n"
    )
    with pytest.raises(ExpectationFailed, match="expected at least 500"):
        build_registry([str(tmp_path / "sources.toml")], db=settings.db)


def test_steps_as_tasks_are_those_of_a_plain_run(settings: Settings) -> None:
    from dataclasses import fields

    from flows.flow import make_task_steps

    steps = make_task_steps(settings)
    assert all(callable(getattr(steps, field.name)) for field in fields(Steps))
