"""The Prefect flow: the steps of a run as tasks, with retries, records and a summary artifact."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task
from prefect.utilities.annotations import quote

from flows.run import RunReport, Steps, run_registry
from flows.settings import Settings, read_settings
from flows.summary import write_markdown
from schemas.errors import SourceUnavailable

P = ParamSpec("P")
R = TypeVar("R")


def is_transient(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether a failed task is worth a retry: its source did not answer, or asked to be left alone for now."""
    return isinstance(state.result(raise_on_failure=False), SourceUnavailable)


@flow(name="hansa", persist_result=False)
def build_registry(
    inputs: Sequence[str],
    only: Sequence[str] = (),
    db: Path | None = None,
    publish: Path | None = None,
    offline: bool | None = None,
) -> RunReport:
    """Read `inputs` into the warehouse, refresh the registry and publish it; what is not given comes from the settings.

    Raises:
        HansaError: as `flows.run.run_registry` does.
    """
    settings = read_settings(db=db, publish=publish, offline=offline)
    report = run_registry(settings, list(inputs), only=list(only), steps=make_task_steps(settings))
    create_markdown_artifact(
        key="hansa-run", markdown=write_markdown(report), description="What the run read and changed"
    )
    return report


def make_task_steps(settings: Settings) -> Steps:
    """The steps as tasks: one per page that is fetched, one per batch that is read or extracted."""
    plain = Steps()
    return Steps(
        fetch=_as_task(
            plain.fetch,
            "fetch",
            retries=len(settings.retry_delays_s),
            retry_delay_seconds=list(settings.retry_delays_s),
            retry_condition_fn=is_transient,
        ),
        read=_as_task(plain.read, "read"),
        extract=_as_task(plain.extract, "extract"),
        refresh=_as_task(plain.refresh, "refresh"),
        publish=_as_task(plain.publish, "publish"),
    )


def _as_task(function: Callable[P, R], name: str, **options: Any) -> Callable[P, R]:
    """`function` as a task that caches nothing: the warehouse knows what was done.

    Arguments are quoted, or Prefect would walk through every block of every document in search of futures.
    """
    wrapped: Any = task(name=name, cache_policy=NO_CACHE, persist_result=False, **options)(function)

    def step(*arguments: P.args, **named: P.kwargs) -> R:
        result: R = wrapped(*map(quote, arguments), **named)
        return result

    return step
