"""The Prefect deployments: what runs when, and the process that runs it."""

from collections.abc import Sequence

from prefect import serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.flow import build_registry
from flows.settings import Settings
from flows.sources import check_schedule
from schemas.source import Source

MAIN_DEPLOYMENT = "all-sources"


def make_deployments(settings: Settings, sources: Sequence[Source]) -> list[RunnerDeployment]:
    """A deployment for all sources, and one for each source with a schedule of its own.

    Raises:
        ConfigurationError: the schedule of the settings is no cron expression.
    """
    check_schedule(settings.schedule)
    common = [source.name for source in sources if source.schedule is None]
    deployments = [_deploy(settings, MAIN_DEPLOYMENT, settings.schedule, only=common)] if common else []
    own = [(source.name, source.schedule) for source in sources if source.schedule is not None]
    return deployments + [_deploy(settings, f"source-{name}", cron, only=[name]) for name, cron in own]


def serve_deployments(deployments: Sequence[RunnerDeployment]) -> None:
    """Register the deployments and run what their schedules ask for, one run at a time, until interrupted.

    One at a time: the warehouse takes one writer.
    """
    serve(*deployments, limit=1, print_starting_message=False)


def _deploy(settings: Settings, name: str, cron: str, *, only: Sequence[str]) -> RunnerDeployment:
    """Paths are made absolute: a run is started wherever the runner pleases."""
    deployment = build_registry.to_deployment(
        name=name,
        schedule=Cron(cron, timezone="UTC"),
        parameters={
            "inputs": [str(settings.sources.resolve())],
            "only": list(only),
            "db": str(settings.db.resolve()),
            "publish": str(settings.publish_path.resolve()),
        },
        description="Reads sources and refreshes the registry of city networks",
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    assert isinstance(deployment, RunnerDeployment)  # a coroutine only within an event loop
    return deployment
