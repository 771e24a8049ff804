"""Findings: what went wrong with an input, or what needs a person."""

import json
from collections.abc import Iterable
from datetime import datetime

import duckdb

from schemas.finding import Finding
from warehouse.database import as_utc, transaction
from warehouse.identity import hash_content
from warehouse.staging import stage

_COLUMNS = {
    "finding_id": "VARCHAR",
    "kind": "VARCHAR",
    "subject": "VARCHAR",
    "message": "VARCHAR",
    "document_id": "VARCHAR",
    "source": "VARCHAR",
}


def store_findings(
    con: duckdb.DuckDBPyConnection, run_id: str, findings: Iterable[Finding], *, found_at: datetime
) -> int:
    """Store findings, each once: one that an earlier run met keeps that run and its time. Returns the new ones."""
    lines = (
        json.dumps({"finding_id": hash_content(fields), **fields}, ensure_ascii=False)
        for fields in (finding.model_dump(mode="json") for finding in findings)
    )
    with transaction(con), stage(con, "incoming", _COLUMNS, lines):
        row = con.execute(
            """
            INSERT INTO finding BY NAME
            SELECT *, $found_at::TIMESTAMP AS found_at, $run_id AS run_id
            FROM (SELECT DISTINCT ON (finding_id) * FROM incoming)
            ANTI JOIN finding USING (finding_id)
            """,
            {"found_at": as_utc(found_at), "run_id": run_id},
        ).fetchone()
    return int(row[0]) if row else 0
