"""The command `hansa`: its sub-commands, and what an error means for its exit code."""

import logging
import os
import sys
from collections.abc import Sequence

import typer

from flows.commands import check, extract, query, read, review, run, sources
from flows.console import write_note
from flows.prefect_api import stop_prefect_threads
from schemas.errors import (
    ConfigurationError,
    ExpectationFailed,
    HansaError,
    RegistryCheckFailed,
    WarehouseBusy,
)

EXIT_FAILED_INPUTS = 1
_EXIT_CODES: dict[type[HansaError], int] = {
    ConfigurationError: 2,
    WarehouseBusy: 3,
    ExpectationFailed: 4,
    RegistryCheckFailed: 4,
}
_INTERRUPTED = 130

app = typer.Typer(
    name="hansa",
    help="Who is in which city network, in what role and since when: read from articles and reports, with evidence.",
    epilog="Exit codes: 0 done; 1 some inputs failed; 2 wrong usage or settings; 3 the warehouse is in use; "
    "4 an expectation or a check failed, so nothing was published.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode="markdown",
)
app.command()(run.run)
app.command()(extract.extract)
app.command()(extract.mentions)
app.command()(read.show)
app.command()(read.explain)
app.command()(read.changes)
app.command()(query.sql)
app.command()(query.export)
app.command()(check.evaluate)
app.command()(run.serve)
app.command()(check.doctor)
app.add_typer(review.app, name="review")
app.add_typer(sources.app, name="sources")


def main() -> None:
    """Run `hansa` with the arguments of the process, and end it with the exit code."""
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    code = run_command(sys.argv[1:])
    _finish_output()
    if "prefect" in sys.modules:
        stop_prefect_threads()
    sys.exit(code)


def run_command(arguments: Sequence[str]) -> int:
    """Run `hansa` with `arguments`; returns its exit code. An error that Hansa raised is told on stderr."""
    try:
        app(args=list(arguments), prog_name="hansa")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except HansaError as error:
        write_note(f"hansa: {error}")
        return find_exit_code(error)
    except KeyboardInterrupt:
        write_note("hansa: interrupted; what was committed stays")
        return _INTERRUPTED
    except BrokenPipeError:
        _drop_output()
    return 0


def _finish_output() -> None:
    """Write what is left of the output; a reader of the pipe may have seen enough (`hansa extract … | head`)."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()


def _drop_output() -> None:
    """Have what is still written go nowhere: Python would complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def find_exit_code(error: HansaError) -> int:
    """The exit code of an error that ended a command."""
    return next((code for kind, code in _EXIT_CODES.items() if isinstance(error, kind)), EXIT_FAILED_INPUTS)


if __name__ == "__main__":
    main()
