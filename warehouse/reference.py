"""Reference rows of cities and networks, which the flows carry here from the gazetteer and the catalogue."""
# ruff: noqa: S608 - names in SQL come from this package or are quoted; values are parameters.

import json
from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from schemas.errors import ConfigurationError
from warehouse.database import transaction
from warehouse.staging import stage

_CITY = {
    "city_id": "VARCHAR",
    "geonameid": "BIGINT",
    "name": "VARCHAR",
    "country_code": "VARCHAR",
    "latitude": "DOUBLE",
    "longitude": "DOUBLE",
    "population": "BIGINT",
}
_NETWORK = {
    "network_id": "VARCHAR",
    "name": "VARCHAR",
    "acronym": "VARCHAR",
    "scope": "VARCHAR",
    "theme": "VARCHAR",
    "founded": "VARCHAR",
    "ended": "VARCHAR",
    "successor_id": "VARCHAR",
    "website": "VARCHAR",
    "members_claimed": "BIGINT",
    "members_claimed_on": "VARCHAR",
}


def store_cities(con: duckdb.DuckDBPyConnection, rows: Iterable[Mapping[str, Any]]) -> int:
    """Store or replace cities; keys as the columns of `city`, others are ignored. Returns the rows given.

    `city_id` may be left out where `geonameid` stands.

    Raises:
        ConfigurationError: a row has no name, or neither id.
    """
    return _store(con, "city", _CITY, (_with_city_id(row) for row in rows))


def store_networks(con: duckdb.DuckDBPyConnection, rows: Iterable[Mapping[str, Any]]) -> int:
    """Store or replace networks; keys as the columns of `network`, others are ignored. Returns the rows given.

    Raises:
        ConfigurationError: a row has no `network_id` or no name.
    """
    return _store(con, "network", _NETWORK, rows)


def _with_city_id(row: Mapping[str, Any]) -> Mapping[str, Any]:
    if row.get("city_id") or row.get("geonameid") is None:
        return row
    return {**row, "city_id": f"gn:{row['geonameid']}"}


def _store(
    con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]
) -> int:
    key = next(iter(columns))
    lines = (_dump(table, key, columns, row) for row in rows)
    with transaction(con), stage(con, "incoming", columns, lines) as count:
        # Rows that say the same stay untouched; each run brings all of them again.
        con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE fresh AS
            SELECT DISTINCT ON ({key}) *, true AS is_reference FROM incoming ORDER BY ALL
            """
        )
        names = ", ".join([*columns, "is_reference"])
        con.execute(
            f"""
            DELETE FROM fresh WHERE {key} IN (
                SELECT {key} FROM (SELECT {names} FROM fresh INTERSECT SELECT {names} FROM {table})
            )
            """
        )
        con.execute(f"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM fresh)")
        con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM fresh ORDER BY {key}")
        con.execute("DROP TABLE temp.fresh")
    return count


def _dump(table: str, key: str, columns: Mapping[str, str], row: Mapping[str, Any]) -> str:
    fields = {column: row.get(column) for column in columns}
    if not fields[key] or not fields["name"]:
        raise ConfigurationError(f"{table}: found a row without {key} or name, expected both: {dict(row)}")
    return json.dumps({column: None if value == "" else value for column, value in fields.items()}, default=str)
