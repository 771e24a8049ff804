"""Publish the registry as a file of its own, whole or not at all."""
# ruff: noqa: S608 - names in SQL come from this package or are quoted; values are parameters.

import os
from pathlib import Path

import duckdb

from schemas.errors import RegistryCheckFailed
from warehouse.checks import check_registry, describe_offenders
from warehouse.sql_files import quote_name, quote_text

PRIVATE_TABLES = frozenset({"document_text", "wording", "applied_group"})
"""Empty in the published file: texts belong to their publishers (the evidence of each claim is published), and what
only the next refresh needs is of no use to readers."""
_ALIAS = "hansa_publication"
_STORAGE = "v1.0.0"  # the oldest format that DuckDB 2.0 writes for clients from 1.0 on


def publish_registry(con: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Check the registry, write it beside `target`, open and check the copy, and rename it into place.

    Readers of an earlier publication keep what they have open. A copy that a killed run left behind is
    replaced.

    Raises:
        RegistryCheckFailed: a check returned offenders; `target` is as it was.
    """
    offenders = check_registry(con)
    if offenders:
        raise RegistryCheckFailed(f"{target}: not published, {describe_offenders(offenders)}")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    _remove(part)
    try:
        _write_copy(con, part)
        _check_copy(con, part)
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    finally:
        _remove(part)


def _write_copy(con: duckdb.DuckDBPyConnection, part: Path) -> None:
    row = con.execute("SELECT current_database()").fetchone()
    assert row is not None
    source = quote_name(row[0])
    con.execute(f"ATTACH {quote_text(str(part))} AS {_ALIAS} (STORAGE_VERSION {quote_text(_STORAGE)})")
    try:
        con.execute(f"COPY FROM DATABASE {source} TO {_ALIAS} (SCHEMA)")
        for table in _list_tables(con, row[0]):
            if table not in PRIVATE_TABLES:
                name = quote_name(table)
                con.execute(f"INSERT INTO {_ALIAS}.{name} SELECT * FROM {source}.{name}")
        con.execute(f"CHECKPOINT {_ALIAS}")
    finally:
        con.execute(f"DETACH {_ALIAS}")


def _check_copy(con: duckdb.DuckDBPyConnection, part: Path) -> None:
    """Open the copy as a reader would, count its rows against the original's, run each view once."""
    row = con.execute("SELECT current_database()").fetchone()
    assert row is not None
    with duckdb.connect(str(part), read_only=True) as copy:
        for table in _list_tables(con, row[0]):
            query = f"SELECT count(*) FROM main.{quote_name(table)}"
            written, expected = copy.execute(query).fetchone(), con.execute(query).fetchone()
            if table not in PRIVATE_TABLES and written != expected:
                raise RegistryCheckFailed(f"{part}: table {table} has {written} rows, expected {expected}")
        views = copy.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        for (view,) in views:
            copy.execute(f"SELECT * FROM {quote_name(view)} LIMIT 1").fetchone()
        for macro in ("membership_as_of(DATE '2000-01-01')", "registry_as_of(TIMESTAMP '2000-01-01')"):
            copy.execute(f"SELECT * FROM {macro} LIMIT 1").fetchone()


def _list_tables(con: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    rows = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND NOT temporary ORDER BY table_name",
        [database],
    )
    return [name for (name,) in rows.fetchall()]


def _remove(part: Path) -> None:
    for path in (part, part.with_name(f"{part.name}.wal")):
        path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Have the system write `path` to disk: a rename must not outlive what it names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
