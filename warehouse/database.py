"""Open the working warehouse for its one writer, and the published registry for its readers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from schemas.errors import ConfigurationError, WarehouseBusy
from warehouse.migrations import migrate


@contextmanager
def open_warehouse(path: Path | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The working warehouse at `path`, migrated; the file and its folder are made where they lack.

    None opens a warehouse in memory, which is gone when it is closed.

    Raises:
        WarehouseBusy: another process has it open.
        ConfigurationError: the file is no warehouse of this version, or cannot be written.
    """
    with _connect(path, read_only=False) as con:
        migrate(con)
        yield con


@contextmanager
def open_registry(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published registry at `path`, read-only; a publication meanwhile does not disturb the reader.

    Raises:
        ConfigurationError: there is no such file, or it is no DuckDB database.
    """
    if not path.is_file():
        raise ConfigurationError(f"{path}: found no published registry; `hansa run` makes it")
    with _connect(path, read_only=True) as con:
        yield con


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All that happens within is committed together, or undone where anything is raised."""
    con.execute("BEGIN")
    try:
        yield
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")


def as_utc(moment: datetime) -> datetime:
    """`moment` as the `…_at` columns hold it: in UTC, without a time zone. A naive moment is UTC already."""
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


@contextmanager
def _connect(path: Path | None, *, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        if path is not None and not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
        con = duckdb.connect(str(path or ":memory:"), read_only=read_only)
    except (duckdb.Error, OSError) as error:
        raise _explain(error, path) from error
    try:
        con.execute("SET TimeZone = 'UTC'")
        yield con
    finally:
        con.close()


def _explain(error: Exception, path: Path | None) -> ConfigurationError | WarehouseBusy:
    text = str(error)
    if "Could not set lock" in text or "being used by another process" in text:
        return WarehouseBusy(
            f"{path}: another process has this warehouse open ({_find_holder(text)}); wait until it is done, or "
            "stop it. To read meanwhile, open the published registry.duckdb beside it"
        )
    return ConfigurationError(
        f"{path}: cannot be opened as a DuckDB database: {text.splitlines()[0]}; "
        "check that --db names a warehouse and that its folder can be written"
    )


def _find_holder(text: str) -> str:
    """The part of DuckDB's message that names the process, such as `PID 4711`."""
    _, found, rest = text.partition("(PID ")
    return f"PID {rest.split(')')[0]}" if found else "unknown process"
