"""Complete lists: what a source that lists all members of a network held, whole, on a day."""

from collections.abc import Collection
from datetime import datetime

import duckdb

from schemas.errors import ConfigurationError
from warehouse.database import as_utc
from warehouse.identity import hash_content


def find_listed_cities(con: duckdb.DuckDBPyConnection, *, source: str, network_id: str) -> set[str]:
    """The ids of the cities that the source's newest complete list of the network names; empty where it has none."""
    row = con.execute(
        """
        SELECT document_ids FROM complete_list WHERE source = $source AND network_id = $network_id
        ORDER BY seen_at DESC, list_id LIMIT 1
        """,
        {"source": source, "network_id": network_id},
    ).fetchone()
    if row is None:
        return set()
    named = con.execute(
        """
        SELECT DISTINCT city_id FROM claim
        SEMI JOIN newest_reading USING (document_id, extractor_version)
        WHERE document_id IN (SELECT unnest($ids::VARCHAR[]))
        """,
        {"ids": row[0]},
    ).fetchall()
    return {city_id for (city_id,) in named}


def find_cities(con: duckdb.DuckDBPyConnection, document_ids: Collection[str], extractor_version: str) -> set[str]:
    """The ids of the cities that one version of the extractor found in these documents."""
    named = con.execute(
        "SELECT DISTINCT city_id FROM claim WHERE extractor_version = $version "
        "AND document_id IN (SELECT unnest($ids::VARCHAR[]))",
        {"version": extractor_version, "ids": list(document_ids)},
    ).fetchall()
    return {city_id for (city_id,) in named}


def store_complete_list(
    con: duckdb.DuckDBPyConnection,
    run_id: str,
    *,
    source: str,
    network_id: str,
    document_ids: Collection[str],
    seen_at: datetime,
) -> str:
    """Record that `document_ids` together were the complete list of `network_id` at `seen_at`; returns its id.

    At the next refresh, members whom none of the documents names have left. So this is for lists that were
    read without a gap: a page that could not be fetched would expel all who stand on it. The same list seen
    twice on one day is stored once. The documents must be stored; a list that no claim was read from, or
    whose documents were not all read yet, ends nothing.

    Raises:
        ConfigurationError: there are no documents, or one of them is not stored.
    """
    wanted = sorted(set(document_ids))
    rows = con.execute("SELECT document_id FROM document WHERE document_id IN (SELECT unnest($ids::VARCHAR[]))",
                       {"ids": wanted}).fetchall()  # fmt: skip
    missing = sorted(set(wanted) - {row[0] for row in rows})
    if missing or not wanted:
        raise ConfigurationError(
            f"complete list of {source}: found {len(wanted)} documents, {len(missing)} of them not stored "
            f"{missing[:3]}, expected stored ones; store the documents first"
        )
    seen = as_utc(seen_at)
    list_id = hash_content(source, network_id, wanted, seen.date())
    con.execute(
        """
        INSERT INTO complete_list BY NAME
        SELECT $list_id AS list_id, $source AS source, $network_id AS network_id, $ids::VARCHAR[] AS document_ids,
            $seen_at::TIMESTAMP AS seen_at, $run_id AS run_id
        WHERE NOT EXISTS (SELECT 1 FROM complete_list WHERE list_id = $list_id)
        """,
        {
            "list_id": list_id,
            "source": source,
            "network_id": network_id,
            "ids": wanted,
            "seen_at": seen,
            "run_id": run_id,
        },
    )
    return list_id
