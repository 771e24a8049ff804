"""Claims: appended, never altered; each reading of a document by an extractor version is logged."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

import duckdb

from schemas.claim import Claim
from warehouse.copies import sketch_wording
from warehouse.database import as_utc, transaction
from warehouse.staging import stage

_CLAIM_COLUMNS = {
    "claim_id": "VARCHAR",
    "document_id": "VARCHAR",
    "city_id": "VARCHAR",
    "network_id": "VARCHAR",
    "document": "VARCHAR",
    "city": "STRUCT(name VARCHAR, country VARCHAR, geonameid BIGINT, mention VARCHAR)",
    "network": "STRUCT(id VARCHAR, name VARCHAR, mention VARCHAR)",
    "role": "VARCHAR",
    "status": "VARCHAR",
    "since": "VARCHAR",
    "until": "VARCHAR",
    "body": "VARCHAR",
    "holder": "VARCHAR",
    "evidence": 'STRUCT(text VARCHAR, "start" BIGINT, "end" BIGINT, page BIGINT)',
    "confidence": "DOUBLE",
    "found_by": "VARCHAR",
}
_WORDING_COLUMNS = {"high": "BIGINT", "low": "BIGINT"}
_READING_COLUMNS = {"document_id": "VARCHAR", "claims": "BIGINT"}
_BATCH = 50_000  # extractions; bounds the temporary file and the memory for ids


def store_claims(
    con: duckdb.DuckDBPyConnection,
    run_id: str,
    document_id: str,
    claims: Sequence[Claim],
    *,
    extractor_version: str,
    extracted_at: datetime,
) -> int:
    """Store what one version of the extractor found in one document; returns the number of new claims.

    The document counts as read by this version, also where nothing was found in it.
    """
    return store_extractions(
        con, run_id, [(document_id, claims)], extractor_version=extractor_version, extracted_at=extracted_at
    )


def store_extractions(
    con: duckdb.DuckDBPyConnection,
    run_id: str,
    extractions: Iterable[tuple[str, Sequence[Claim]]],
    *,
    extractor_version: str,
    extracted_at: datetime,
) -> int:
    """As `store_claims`, for many documents: pairs of a document's id and its claims."""
    remaining = iter(extractions)
    stored = 0
    while batch := list(islice(remaining, _BATCH)):
        with transaction(con):
            stored += _store_batch(
                con,
                batch,
                {"run_id": run_id, "version": extractor_version, "extracted_at": as_utc(extracted_at)},
            )
    return stored


def identify_claim(document_id: str, extractor_version: str, claim: Claim) -> str:
    """The id of a claim: a hash of all that it says, of the bytes that say it, and of who read them.

    The document's name is left out: the same bytes under another name make the same claim.
    """
    return _hash_claim(document_id, extractor_version, _dump_content(claim))


def _store_batch(
    con: duckdb.DuckDBPyConnection, batch: Sequence[tuple[str, Sequence[Claim]]], tags: dict[str, Any]
) -> int:
    lines = _dump_claims(batch, tags["version"])
    with stage(con, "incoming", _CLAIM_COLUMNS | _WORDING_COLUMNS, lines):
        con.execute(
            """
            INSERT INTO wording BY NAME
            SELECT DISTINCT ON (claim_id) claim_id AS text_id, high, low
            FROM incoming
            ANTI JOIN claim USING (claim_id)
            WHERE high IS NOT NULL
            """
        )
        row = con.execute(
            """
            INSERT INTO claim BY NAME
            SELECT * EXCLUDE (high, low), $version AS extractor_version, $extracted_at::TIMESTAMP AS extracted_at,
                $run_id AS run_id
            FROM (SELECT DISTINCT ON (claim_id) * FROM incoming)
            ANTI JOIN claim USING (claim_id)
            """,
            tags,
        ).fetchone()
    readings = (json.dumps({"document_id": document_id, "claims": len(claims)}) for document_id, claims in batch)
    with stage(con, "incoming", _READING_COLUMNS, readings):
        # An earlier reading by the same version says all that a later one could.
        con.execute(
            """
            INSERT INTO claim_reading BY NAME
            SELECT document_id, max(incoming.claims) AS claims, $version AS extractor_version,
                $extracted_at::TIMESTAMP AS read_at, $run_id AS run_id
            FROM incoming
            WHERE NOT EXISTS (
                SELECT 1 FROM claim_reading AS known
                WHERE known.document_id = incoming.document_id AND known.extractor_version = $version
                    AND known.read_at <= $extracted_at::TIMESTAMP
            )
            GROUP BY document_id
            """,
            tags,
        )
    return int(row[0]) if row else 0


def _dump_claims(batch: Sequence[tuple[str, Sequence[Claim]]], extractor_version: str) -> Iterator[str]:
    for document_id, claims in batch:
        for claim in claims:
            content = _dump_content(claim)
            high, low = sketch_wording(claim.evidence.text) or (None, None)
            keys = json.dumps(
                {
                    "claim_id": _hash_claim(document_id, extractor_version, content),
                    "document_id": document_id,
                    "document": claim.document,
                    "city_id": claim.city.city_id,
                    "network_id": claim.network.id,
                    "high": high,
                    "low": low,
                },
                ensure_ascii=False,
            )
            yield f"{keys[:-1]},{content[1:]}"


def _dump_content(claim: Claim) -> str:
    """What a claim says, as JSON; fields in the order of the model, so that the same claim is the same text."""
    return claim.model_dump_json(exclude={"document"})


def _hash_claim(document_id: str, extractor_version: str, content: str) -> str:
    return hashlib.sha256(f"{document_id}\n{extractor_version}\n{content}".encode()).hexdigest()
