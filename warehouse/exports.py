"""Export the public tables as Parquet, CSV and JSON Lines, with a Data Package descriptor."""
# ruff: noqa: S608 - names in SQL come from this package or are quoted; values are parameters.

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from warehouse.sql_files import quote_name, quote_text

PUBLIC_TABLES = (
    "city", "network", "document", "claim", "membership", "change", "conflict", "finding", "judgement", "run",
)  # fmt: skip
"""Exported, each in three formats; the tables of the public interface."""
_FORMULA = r"^[=+\-@\t\r]"
"""A cell that begins so would be run as a formula by a spreadsheet."""
_FIELD_TYPES = {
    "VARCHAR": "string",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}
_MEDIA_TYPES = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv", "jsonl": "application/jsonl"}
_LICENCE = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
_SOURCES = [{"title": "GeoNames", "path": "https://www.geonames.org/"}]


def export_tables(con: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """Write `<table>.parquet`, `.csv` and `.jsonl` of each public table, and `datapackage.json`.

    Rows are in a fixed order, so that the same registry gives the same files. In CSV, the fields of
    nested columns become columns of their own (`evidence_text`), lists and maps become JSON, and a cell
    that begins with `= + - @` is preceded by an apostrophe. Returns the files, the descriptor last.
    """
    folder.mkdir(parents=True, exist_ok=True)
    resources: list[dict[str, Any]] = []
    written: list[Path] = []
    for table in PUBLIC_TABLES:
        columns = _list_columns(con, table)
        for form in _MEDIA_TYPES:
            path = folder / f"{table}.{form}"
            flat = _flatten(columns) if form == "csv" else columns
            _copy(con, table, flat, form, path)
            resources.append(_describe(table, flat, form, path))
            written.append(path)
    descriptor = folder / "datapackage.json"
    descriptor.write_text(json.dumps(_describe_package(resources), indent=2, ensure_ascii=False), encoding="utf-8")
    return [*written, descriptor]


class _Column:
    """A column of an export: its name, its SQL expression, its SQL type, its comment."""

    def __init__(self, name: str, expression: str, kind: str, comment: str | None) -> None:
        self.name, self.expression, self.kind, self.comment = name, expression, kind, comment


def _list_columns(con: duckdb.DuckDBPyConnection, table: str) -> list[_Column]:
    rows = con.execute(
        """
        SELECT column_name, data_type, comment FROM duckdb_columns()
        WHERE table_name = ? AND database_name = current_database() ORDER BY column_index
        """,
        [table],
    ).fetchall()
    return [_Column(name, quote_name(name), kind, comment) for name, kind, comment in rows]


def _flatten(columns: Sequence[_Column]) -> list[_Column]:
    """The columns as a table without nesting has them."""
    flat: list[_Column] = []
    taken = {column.name for column in columns}
    for column in columns:
        if column.kind.startswith("STRUCT"):
            for name, kind in duckdb.type(column.kind).children:
                field = f"{column.expression}.{quote_name(name)}"
                # A claim's network.id is its column network_id already.
                if f"{column.name}_{name}" not in taken:
                    flat.append(_Column(f"{column.name}_{name}", field, str(kind), column.comment))
        elif column.kind in _FIELD_TYPES:
            flat.append(column)
        else:
            flat.append(_Column(column.name, f"to_json({column.expression})::VARCHAR", "VARCHAR", column.comment))
    return [_escape(column) if column.kind == "VARCHAR" else column for column in flat]


def _escape(column: _Column) -> _Column:
    guarded = (
        f"CASE WHEN regexp_matches({column.expression}, {quote_text(_FORMULA)}) "
        f"THEN '''' || {column.expression} ELSE {column.expression} END"
    )
    return _Column(column.name, guarded, column.kind, column.comment)


def _copy(con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[_Column], form: str, path: Path) -> None:
    fields = ", ".join(f"{column.expression} AS {quote_name(column.name)}" for column in columns)
    options = {"parquet": "FORMAT parquet", "csv": "FORMAT csv, HEADER true", "jsonl": "FORMAT json"}[form]
    con.execute(f"COPY (SELECT {fields} FROM {table} ORDER BY ALL) TO {quote_text(str(path))} ({options})")


def _describe(table: str, columns: Sequence[_Column], form: str, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    fields = [
        {"name": column.name, "type": _name_type(column.kind)}
        | ({"description": column.comment} if column.comment else {})
        for column in columns
    ]
    return {
        "name": f"{table}-{form}",
        "title": table,
        "path": path.name,
        "format": form,
        "mediatype": _MEDIA_TYPES[form],
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": {"fields": fields},
    }


def _name_type(kind: str) -> str:
    if kind.endswith("[]"):
        return "array"
    return _FIELD_TYPES.get(kind, "object")


def _describe_package(resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": "hansa-registry",
        "title": "Cities in city networks: roles, dates, evidence",
        "profile": "data-package",
        "licenses": [_LICENCE],
        "sources": _SOURCES,
        "resources": resources,
    }
