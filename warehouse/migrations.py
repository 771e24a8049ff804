"""Bring a database to the present schema: numbered files for what is durable, one digest for the views."""

import hashlib

import duckdb

from schemas.errors import ConfigurationError
from warehouse.sql_files import SqlFile, read_sql_files

_LEDGER = """
CREATE TABLE IF NOT EXISTS migration (name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)
"""
VIEWS = "views"
"""The ledger's name for the views, macros and comments, which are replaced whole when their text changes."""


def migrate(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Apply what the database lacks, each file and its record in one transaction; returns their names.

    Raises:
        ConfigurationError: the database has migrations that this version of Hansa does not know, or
            knows with another text: it was written by a newer version.
    """
    con.execute(_LEDGER)
    applied = dict(con.execute("SELECT name, sha256 FROM migration").fetchall())
    files = read_sql_files("migrations")
    _check_known(applied, files)
    missing = [file for file in files if file.name not in applied]
    for file in missing:
        _apply(con, file)
    views = _join(VIEWS, read_sql_files("views") + read_sql_files("comments"))
    if applied.get(VIEWS) != _digest(views):
        _apply(con, views)
        missing.append(views)
    return [file.name for file in missing]


def _apply(con: duckdb.DuckDBPyConnection, file: SqlFile) -> None:
    con.execute("BEGIN")
    try:
        con.execute(file.text)
        con.execute("DELETE FROM migration WHERE name = ?", [file.name])
        con.execute("INSERT INTO migration VALUES (?, ?, now() AT TIME ZONE 'UTC')", [file.name, _digest(file)])
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise


def _check_known(applied: dict[str, str], files: tuple[SqlFile, ...]) -> None:
    known = {file.name: _digest(file) for file in files}
    for name, digest in applied.items():
        if name != VIEWS and known.get(name) != digest:
            raise ConfigurationError(
                f"warehouse: found migration {name}, which this version of Hansa "
                f"{'knows with another text' if name in known else 'does not know'}; "
                "the file was written by another version: install that one, or rebuild the warehouse from its documents"
            )


def _join(name: str, files: tuple[SqlFile, ...]) -> SqlFile:
    return SqlFile(name, "\n".join(file.text for file in files))


def _digest(file: SqlFile) -> str:
    return hashlib.sha256(file.text.encode()).hexdigest()
