"""Documents that were read, and which of them an extractor has yet to read."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime

import duckdb

from schemas.document import Document
from warehouse.copies import sketch_wording
from warehouse.database import as_utc, transaction
from warehouse.staging import stage

_COLUMNS = {
    "document_id": "VARCHAR",
    "url": "VARCHAR",
    "title": "VARCHAR",
    "publisher": "VARCHAR",
    "authority": "VARCHAR",
    "published": "VARCHAR",
    "kind": "VARCHAR",
    "language": "VARCHAR",
    "name": "VARCHAR",
    "network_id": "VARCHAR",
    "source": "VARCHAR",
    "characters": "BIGINT",
    "words_hash": "VARCHAR",
    "fetched_at": "TIMESTAMP",
    "text": "VARCHAR",
    "high": "BIGINT",
    "low": "BIGINT",
}
_NOT_A_WORD = re.compile(r"\W+")


def store_documents(
    con: duckdb.DuckDBPyConnection,
    run_id: str,
    documents: Iterable[Document],
    *,
    fetched_at: datetime,
    fetched_at_by_id: Mapping[str, datetime] | None = None,
) -> list[str]:
    """Store the documents whose bytes are new; returns their ids, in the order given.

    The same bytes met again, under whatever name, change nothing: the first meeting stands. `fetched_at_by_id` tells of
    documents whose bytes came at another time than `fetched_at`, as those of an earlier run did.
    """
    order: dict[str, None] = {}
    known = fetched_at_by_id or {}

    def lines() -> Iterable[str]:
        for document in documents:
            if document.document_id not in order:
                order[document.document_id] = None
                yield _dump(document, known.get(document.document_id))

    with transaction(con), stage(con, "incoming", _COLUMNS, lines()):
        con.execute(
            "CREATE OR REPLACE TEMP TABLE fresh AS SELECT * FROM incoming ANTI JOIN document USING (document_id)"
        )
        con.execute(
            """
            INSERT INTO document BY NAME
            SELECT
                * EXCLUDE (text, high, low) REPLACE (coalesce(fetched_at, $fetched_at::TIMESTAMP) AS fetched_at),
                $run_id AS run_id
            FROM fresh
            """,
            {"fetched_at": as_utc(fetched_at), "run_id": run_id},
        )
        con.execute("INSERT INTO document_text BY NAME SELECT document_id, text FROM fresh")
        con.execute(
            "INSERT INTO wording BY NAME SELECT document_id AS text_id, high, low FROM fresh WHERE high IS NOT NULL"
        )
        fresh = {row[0] for row in con.execute("SELECT document_id FROM fresh").fetchall()}
        con.execute("DROP TABLE temp.fresh")
    return [document_id for document_id in order if document_id in fresh]


def find_unread(con: duckdb.DuckDBPyConnection, document_ids: Iterable[str], extractor_version: str) -> list[str]:
    """Those of `document_ids` that this version of the extractor has not read, each once, in the order given."""
    wanted = list(dict.fromkeys(document_ids))
    rows = con.execute(
        """
        SELECT DISTINCT document_id FROM claim_reading
        WHERE extractor_version = $version AND document_id IN (SELECT unnest($ids::VARCHAR[]))
        """,
        {"version": extractor_version, "ids": wanted},
    ).fetchall()
    read = {row[0] for row in rows}
    return [document_id for document_id in wanted if document_id not in read]


def hash_words(text: str) -> str:
    """A hash of the words of `text`: equal for copies that differ in case, punctuation and layout only."""
    return hashlib.sha256(_NOT_A_WORD.sub(" ", text).casefold().strip().encode()).hexdigest()


def _dump(document: Document, fetched_at: datetime | None) -> str:
    high, low = sketch_wording(document.text) or (None, None)
    return json.dumps(
        {
            "document_id": document.document_id,
            "url": document.url,
            "title": document.title,
            "publisher": document.publisher,
            "authority": document.authority,
            "published": document.published,
            "kind": document.kind,
            "language": document.language,
            "name": document.name,
            "network_id": document.network,
            "source": document.source,
            "characters": len(document.text),
            "words_hash": hash_words(document.text),
            "fetched_at": None if fetched_at is None else as_utc(fetched_at).isoformat(),
            "text": document.text,
            "high": high,
            "low": low,
        },
        ensure_ascii=False,
    )
