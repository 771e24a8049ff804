"""Judgements of people: rows that every refresh applies, and that a later one can withdraw."""
# ruff: noqa: S608 - names in SQL come from this package or are quoted; values are parameters.

import duckdb

from schemas.errors import ConfigurationError
from schemas.judgement import Judgement, JudgementKind
from warehouse.database import as_utc
from warehouse.identity import hash_content

_SUBJECT_TABLE = {
    JudgementKind.REJECT: "claim",
    JudgementKind.SAME_CITY: "city",
    JudgementKind.SAME_NETWORK: "network",
    JudgementKind.WITHDRAW: "judgement",
}


def store_judgement(con: duckdb.DuckDBPyConnection, judgement: Judgement) -> str:
    """Store a judgement and return its id; the next refresh applies it. The same twice is stored once.

    Raises:
        ConfigurationError: it names something that is not there, or makes two things each other's alias.
    """
    table = _SUBJECT_TABLE[judgement.kind]
    for named in (judgement.subject_id, judgement.object_id):
        if named is not None and not _exists(con, table, named):
            raise ConfigurationError(f"judgement {judgement.kind}: found no {table} {named!r}; `hansa sql` lists them")
    if judgement.object_id is not None and _leads_back(con, judgement):
        raise ConfigurationError(
            f"judgement {judgement.kind}: {judgement.object_id} is already judged to be {judgement.subject_id}; "
            "withdraw that judgement first"
        )
    judgement_id = hash_content(judgement.model_dump(mode="json"))
    con.execute(
        """
        INSERT INTO judgement BY NAME
        SELECT $id AS judgement_id, $kind AS kind, $subject AS subject_id, $object AS object_id,
            $reason AS reason, $author AS author, $judged_at::TIMESTAMP AS judged_at
        WHERE NOT EXISTS (SELECT 1 FROM judgement WHERE judgement_id = $id)
        """,
        {
            "id": judgement_id,
            "kind": judgement.kind.value,
            "subject": judgement.subject_id,
            "object": judgement.object_id,
            "reason": judgement.reason,
            "author": judgement.author,
            "judged_at": as_utc(judgement.judged_at),
        },
    )
    return judgement_id


def _exists(con: duckdb.DuckDBPyConnection, table: str, row_id: str) -> bool:
    return con.execute(f"SELECT 1 FROM {table} WHERE {table}_id = ? LIMIT 1", [row_id]).fetchone() is not None


def _leads_back(con: duckdb.DuckDBPyConnection, judgement: Judgement) -> bool:
    row = con.execute(
        "SELECT object_id FROM same_as WHERE kind = ? AND subject_id = ?",
        [judgement.kind.value, judgement.object_id],
    ).fetchone()
    return row is not None and row[0] == judgement.subject_id
