"""Rows of a query as dictionaries."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb


def read_rows(
    con: duckdb.DuckDBPyConnection, query: str, parameters: Mapping[str, object] | Sequence[object] | None = None
) -> list[dict[str, Any]]:
    """All rows of `query`, column name → value; empty where there are none."""
    cursor = con.execute(query, parameters)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
