"""`hansa run` and `hansa serve`: the commands that write the registry."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import Db, Publish
from flows.console import make_console, write_findings, write_line, write_note, write_table
from flows.prefect_api import keep_prefect_quiet, reach_prefect, require_prefect_server
from flows.progress import Listener, listening
from flows.settings import Settings, read_settings

if TYPE_CHECKING:
    from flows.run import RunReport

_MOST_CHANGES = 10
_MOST_NETWORKS = 10


def run(  # noqa: PLR0917 — Typer passes them by name
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[INPUT]...", help="Files, folders, URLs or a sources file; default: the sources file."),
    ] = None,
    db: Db = None,
    publish: Publish = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAME", help="Of a sources file: read this source only.")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing: read what earlier runs fetched.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show Prefect's log.")] = False,
) -> None:
    """Read inputs, extract claims, refresh the registry and publish it.

    Example: `hansa run samples`
    """
    settings = read_settings(db=db, publish=publish, offline=offline or None)
    report = _run_flow(settings, inputs or [str(settings.sources)], only or [], verbose=verbose)
    write_findings(report.findings)
    _print_report(settings, report)
    if report.failures:
        write_note(f"hansa: {len(report.failures)} of the inputs failed, as said above; all others were read")
        raise typer.Exit(1)


def serve(
    db: Db = None,
    publish: Publish = None,
    sources: Annotated[Path | None, typer.Option("--sources", metavar="FILE", help="The sources file.")] = None,
) -> None:
    """Register the Prefect deployments with their schedules, and serve them until interrupted.

    Needs a Prefect server. Example: `prefect server start` in one terminal, then
    `PREFECT_API_URL=http://127.0.0.1:4200/api hansa serve`
    """
    keep_prefect_quiet(verbose=True)
    settings = read_settings(db=db, publish=publish, sources=sources)
    from flows.sources import read_sources

    found = read_sources(settings.sources)
    url = require_prefect_server()
    from flows.serve import make_deployments, serve_deployments

    deployments = make_deployments(settings, found)
    for deployment in deployments:
        crons = ", ".join(str(getattr(entry.schedule, "cron", "")) for entry in deployment.schedules or [])
        write_note(f"hansa/{deployment.name}: {crons} UTC")
    write_note(f"serving {len(deployments)} deployments at {url}; stop with Ctrl-C")
    serve_deployments(deployments)


def _run_flow(settings: Settings, inputs: list[str], only: list[str], *, verbose: bool) -> "RunReport":
    """Run the Prefect flow; what can be found wrong beforehand is told before a server is started."""
    from flows.inputs import find_items
    from warehouse.database import open_warehouse

    find_items(inputs, only=only)
    with open_warehouse(settings.db):
        pass
    keep_prefect_quiet(verbose=verbose)
    with _shown_progress() as progress, reach_prefect(settings.data_folder, _load_models):
        from flows.flow import build_registry

        with listening(progress):
            return build_registry(inputs, only, settings.db, settings.publish_path, settings.offline)


def _load_models() -> None:
    from flows.extract import get_extractor

    get_extractor()


@contextlib.contextmanager
def _shown_progress() -> Iterator[Listener]:
    """A listener that draws a bar on stderr where that is a terminal, and is silent elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:>8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=make_console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total)


def _print_report(settings: Settings, report: "RunReport") -> None:
    from flows.summary import describe_change
    from warehouse.database import open_registry
    from warehouse.questions import list_changes

    with open_registry(settings.publish_path) as con:
        largest = con.execute(
            "SELECT network, members, countries, offices FROM network_profile WHERE members + offices > 0 "
            "ORDER BY members DESC, network LIMIT ?",
            [_MOST_NETWORKS],
        ).fetchall()
        changed = [change for change in list_changes(con) if change["run_id"] == report.run_id]
    write_table(("network", "members", "countries", "offices"), largest, title="The registry: largest networks")
    if changed:
        shown = [(c["kind"], c["city"], c["role"], c["network"], _tell_since(c)) for c in changed[:_MOST_CHANGES]]
        title = f"\nWhat changed: the first {len(shown)} of {len(changed)}"
        write_table(("change", "city", "role", "network", "since"), shown, title=title)
    write_line(
        f"\n{report.inputs} inputs, {report.documents} documents ({report.documents_new} new), "
        f"{report.claims_new} new claims; {report.memberships} memberships, {report.conflicts} open conflicts."
    )
    write_line(describe_change(report))
    if largest:
        _print_hints(changed[0] if changed else None, largest[0][0])


def _tell_since(change: dict[str, object]) -> object:
    after = change["after"]
    return after.get("since") if isinstance(after, dict) else None


def _print_hints(change: dict[str, object] | None, network: str) -> None:
    write_line("\nTry next:")
    write_line(f"  hansa show {network!r}")
    if change is not None:
        write_line(f"  hansa explain {change['city']!r} {change['network']!r}")
    write_line('  hansa sql "SELECT network, city, country_code, since FROM membership_current ORDER BY ALL LIMIT 20"')
