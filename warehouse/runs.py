"""Runs: when, over what, with which versions, with what result."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import duckdb

from warehouse.database import as_utc
from warehouse.identity import hash_content


def start_run(
    con: duckdb.DuckDBPyConnection, *, inputs: Sequence[str], versions: Mapping[str, str], started_at: datetime
) -> str:
    """Record that a run began; returns its id. The same inputs, versions and moment are the same run."""
    began = as_utc(started_at)
    run_id = hash_content(list(inputs), dict(versions), began.isoformat())
    con.execute(
        """
        INSERT INTO run (run_id, started_at, inputs, versions)
        SELECT $run_id, $began, $inputs::VARCHAR[], map($names::VARCHAR[], $numbers::VARCHAR[])
        WHERE NOT EXISTS (SELECT 1 FROM run WHERE run_id = $run_id)
        """,
        {
            "run_id": run_id,
            "began": began,
            "inputs": list(inputs),
            "names": list(versions.keys()),
            "numbers": list(versions.values()),
        },
    )
    return run_id


def finish_run(
    con: duckdb.DuckDBPyConnection, run_id: str, *, counts: Mapping[str, int], finished_at: datetime
) -> None:
    """Record that the run ended, and what it counted. A run without `finished_at` was cut short."""
    con.execute(
        """
        UPDATE run SET finished_at = $ended, counts = map($names::VARCHAR[], $numbers::BIGINT[])
        WHERE run_id = $run_id
        """,
        {
            "run_id": run_id,
            "ended": as_utc(finished_at),
            "names": list(counts.keys()),
            "numbers": list(counts.values()),
        },
    )
