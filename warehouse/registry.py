"""Derive the registry from claims and judgements, and record how belief changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from warehouse.database import as_utc, transaction
from warehouse.identity import hash_content
from warehouse.sql_files import read_sql_files


@dataclass(frozen=True)
class RefreshSummary:
    """What a refresh found and changed."""

    memberships: int
    """Spells of the present belief, of whatever status."""
    joined: int
    left: int
    changes: Mapping[str, int]
    """Changes of this refresh by kind; empty where nothing changed."""
    conflicts: int
    """Conflicts that are open now."""


def refresh_registry(con: duckdb.DuckDBPyConnection, run_id: str, *, at: datetime) -> RefreshSummary:
    """Bring what is believed up to date as of `at`, append it to the history of belief, and say what changed.

    Only groups (a city in a network) whose ground has changed are derived anew: their claims, the lists, end or
    terms of their network, the day on which they lapse, the rules. The result is that of a full rebuild: it
    depends on the claims, the judgements and the day of `at` (terms close on their date), not on the order or
    the number of runs. All of it is committed at once. History only moves on: an `at` before the last refresh
    counts as the moment of that one.
    """
    moment = max(as_utc(at), _find_last_refresh(con) or as_utc(at))
    with transaction(con):
        con.execute("SET VARIABLE run_id = $run_id", {"run_id": run_id})
        con.execute("SET VARIABLE rules = $rules", {"rules": _hash_rules()})
        con.execute("SET VARIABLE refreshed_at = $moment::TIMESTAMP", {"moment": moment})
        for file in read_sql_files("registry"):
            con.execute(file.text)
        summary = _summarise(con)
    _drop_temporary(con)
    return summary


def _hash_rules() -> str:
    """Other rules make another registry of the same claims."""
    return hash_content(*(file.text for folder in ("views", "registry") for file in read_sql_files(folder)))


def _find_last_refresh(con: duckdb.DuckDBPyConnection) -> datetime | None:
    row = con.execute("SELECT greatest(max(recorded_at), max(superseded_at)) FROM membership").fetchone()
    return row[0] if row else None


def _summarise(con: duckdb.DuckDBPyConnection) -> RefreshSummary:
    changes: dict[str, int] = dict(
        con.execute("SELECT kind, count(*) FROM temp.new_change GROUP BY kind ORDER BY kind").fetchall()
    )
    return RefreshSummary(
        memberships=_count(con, "SELECT count(*) FROM membership WHERE superseded_at IS NULL"),
        joined=changes.get("joined", 0),
        left=changes.get("left", 0),
        changes=changes,
        conflicts=_count(con, "SELECT count(*) FROM conflict"),
    )


def _count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    row: tuple[Any, ...] | None = con.execute(query).fetchone()
    return int(row[0]) if row else 0


def _drop_temporary(con: duckdb.DuckDBPyConnection) -> None:
    """The steps of the derivation hold as much memory as the registry itself."""
    con.execute("DROP VIEW temp.counted")
    for (name,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall():
        con.execute(f'DROP TABLE temp."{name}"')
