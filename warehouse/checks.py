"""Checks on the registry: SELECTs that return offenders. None means that it is fit to be published."""
# ruff: noqa: S608 - names in SQL come from this package or are quoted; values are parameters.

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.rows import read_rows
from warehouse.sql_files import read_sql_files

_MOST = 20
"""Offenders listed per check; more say nothing new."""


@dataclass(frozen=True)
class Offender:
    """A row that a check objects to."""

    check: str
    """Name of the check's file."""
    rule: str
    """What should hold, as the file's first comment says."""
    row: dict[str, Any]

    def __str__(self) -> str:
        fields = ", ".join(f"{key}={value}" for key, value in self.row.items())
        return f"{self.check}: {self.rule} Found {fields}"


def check_registry(con: duckdb.DuckDBPyConnection) -> list[Offender]:
    """All offenders of all checks in `sql/checks`, at most 20 of each; empty where all is well."""
    return [
        Offender(file.name, file.title, row)
        for file in read_sql_files("checks")
        for row in read_rows(con, f"SELECT * FROM ({file.text.strip().rstrip(';')}) LIMIT {_MOST}")
    ]


def describe_offenders(offenders: Sequence[Offender]) -> str:
    """A message for people: what is wrong, with the first offenders in full."""
    shown = "\n".join(f"  {offender}" for offender in offenders[:10])
    more = f"\n  … and {len(offenders) - 10} more" if len(offenders) > 10 else ""
    return f"{len(offenders)} offenders in {len({offender.check for offender in offenders})} checks:\n{shown}{more}"
