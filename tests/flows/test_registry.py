"""From sources to the registry: which documents are a complete list."""

from datetime import UTC, datetime

import pytest

from flows.registry import keep_complete_list
from schemas.document import Document, hash_bytes
from schemas.source import Source
from warehouse.database import open_warehouse
from warehouse.documents import store_documents

NOW = datetime(2026, 3, 1, tzinfo=UTC)
COLUMNS = {"city": "City"}
LIST = {"name": "members", "kind": "list", "paths": ("members.html",), "publisher": "C40", "authority": "network"}


@pytest.mark.parametrize(
    ("fields", "texts", "lists"),
    [
        ({"complete": True, "network": "c40", "columns": COLUMNS}, ["one", "two"], [("members", "c40", 2)]),
        ({"complete": True, "network": "c40", "columns": COLUMNS}, [], []),
        ({"complete": True, "network": "c40"}, ["one"], []),
        ({"network": "c40"}, ["one"], []),
        ({}, ["one"], []),
    ],
)
def test_the_documents_of_a_complete_source_are_one_list(
    fields: dict[str, object], texts: list[str], lists: list[tuple[object, ...]]
) -> None:
    documents = [Document(document_id=hash_bytes(text.encode()), name=text, text=text) for text in texts]
    ids = [document.document_id for document in documents]
    with open_warehouse(None) as con:
        store_documents(con, "run", documents, fetched_at=NOW)
        kept = keep_complete_list(con, "run", Source.model_validate(LIST | fields), ids, at=NOW)
        assert kept is bool(lists)
        assert con.execute("SELECT source, network_id, len(document_ids) FROM complete_list").fetchall() == lists
