"""Makers of documents and claims for the tests of the warehouse."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import pytest

from schemas.claim import Claim, ClaimCity, ClaimNetwork, Evidence
from schemas.document import Document, hash_bytes
from schemas.vocabulary import Authority, Role, Status
from warehouse.claims import store_claims, store_extractions
from warehouse.database import open_warehouse
from warehouse.documents import store_documents
from warehouse.registry import RefreshSummary, refresh_registry
from warehouse.runs import start_run

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
SURE = 0.95
"""A confidence with which a claim counts, whatever `least_confidence()` is set to."""
GEONAMEIDS = {"Nantes": 2990969, "Oslo": 3143244, "Milan": 3173435, "Florence": 3176959}


@dataclass
class Teller:
    """A warehouse that is told things, one document each, and asked what it believes."""

    con: duckdb.DuckDBPyConnection
    run_id: str
    now: datetime = START
    told: int = 0
    documents: dict[str, Document] = field(default_factory=dict)

    @staticmethod
    def document(text: str, **fields: Any) -> Document:
        """A document of `text`; other fields as given."""
        return Document(document_id=hash_bytes(text.encode()), name=f"{text[:12]}.txt", text=text, **fields)

    @staticmethod
    def claim(
        document: Document, city: str = "Nantes", role: str = "member", status: str = "current", **fields: Any
    ) -> Claim:
        """A claim with the whole text of `document` as its evidence."""
        network = fields.pop("network", "eurocities")
        return Claim(
            document=document.name,
            city=ClaimCity(
                name=city,
                country=fields.pop("country", "FR"),
                geonameid=fields.pop("geonameid", GEONAMEIDS.get(city)),
                mention=fields.pop("mention", city),
            ),
            network=ClaimNetwork(id=network, name=network.removeprefix("new:").title(), mention=network),
            role=Role(role),
            status=Status(status),
            evidence=Evidence(text=document.text, start=0, end=len(document.text)),
            confidence=fields.pop("confidence", SURE),
            found_by="relations/1",
            **fields,
        )

    def tell(
        self, city: str = "Nantes", role: str = "member", status: str = "current", *,
        on: str | None = None, by: str = "news", publisher: str | None = None, text: str | None = None,
        url: str | None = None, version: str = "1", **fields: Any,
    ) -> str:  # fmt: skip
        """Store a document published `on`, by a publisher of authority `by`, that makes one claim."""
        self.told += 1
        document = self.document(
            text or f"{city} {role} {status} {fields} {on} {by} {self.told}",
            published=on,
            authority=Authority(by),
            publisher=publisher or f"Publisher {self.told}",
            url=url,
        )
        self.documents[document.document_id] = document
        store_documents(self.con, self.run_id, [document], fetched_at=self.now)
        self.read(document.document_id, [self.claim(document, city, role, status, **fields)], version=version)
        return document.document_id

    def read(self, document_id: str, claims: list[Claim], *, version: str) -> None:
        """Store the claims that a version of the extractor found in a document."""
        store_claims(self.con, self.run_id, document_id, claims, extractor_version=version, extracted_at=self.now)

    def tell_all(self, stories: Iterable[tuple[int, dict[str, Any]]]) -> None:
        """Store many numbered stories (keywords of `tell`) at once; a story is the same whenever it is told."""
        claims: dict[str, dict[str, list[Claim]]] = {}
        documents = []
        for number, story in stories:
            fields = dict(story)
            on, by, publisher, version = (fields.pop(key) for key in ("on", "by", "publisher", "version"))
            document = self.document(
                f"story {number}: {story}", published=on, authority=Authority(by), publisher=publisher
            )
            documents.append(document)
            claims.setdefault(version, {})[document.document_id] = [self.claim(document, **fields)]
        store_documents(self.con, self.run_id, documents, fetched_at=self.now)
        for version, by_document in claims.items():
            store_extractions(
                self.con, self.run_id, by_document.items(), extractor_version=version, extracted_at=self.now
            )

    def forget(self) -> None:
        """Empty all tables but those of reference: a fresh warehouse without the time to migrate one."""
        for (table,) in self.ask("SELECT table_name FROM duckdb_tables() WHERE NOT temporary"):
            if table not in {"migration", "role_rule", "country"}:
                self.con.execute(f"DELETE FROM {table}")
        self.now = START

    def least_confidence(self) -> float:
        """From which confidence on a claim counts."""
        [(least,)] = self.ask("SELECT CAST(least_confidence() AS DOUBLE)")
        return float(least)

    def refresh(self, *, after: timedelta = timedelta(0)) -> RefreshSummary:
        """Refresh the registry, `after` the last time."""
        self.now += after
        return refresh_registry(self.con, self.run_id, at=self.now)

    def believed(self, *columns: str, **where: str) -> list[tuple[Any, ...]]:
        """Columns of the present, stated memberships, in order of time."""
        conditions = "".join(f" AND {key} = '{value}'" for key, value in where.items())
        return self.con.execute(
            f"SELECT {', '.join(columns)} FROM membership WHERE superseded_at IS NULL AND NOT is_inferred{conditions} "
            "ORDER BY city_id, network_id, role, valid_from NULLS FIRST, status DESC, body"
        ).fetchall()

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.con.execute(query).fetchall()


@contextmanager
def _make_teller() -> Iterator[Teller]:
    with open_warehouse(None) as con:
        yield Teller(con, start_run(con, inputs=["test"], versions={"hansa": "0"}, started_at=START))


@pytest.fixture(scope="session")
def make_teller() -> Callable[[], AbstractContextManager[Teller]]:
    """Makes a `Teller` on an empty warehouse with one run, for fixtures of a wider scope."""
    return _make_teller


@pytest.fixture
def teller() -> Iterator[Teller]:
    """A `Teller` on an empty, migrated warehouse in memory with one run."""
    with _make_teller() as teller:
        yield teller


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty, migrated warehouse in memory."""
    with open_warehouse(None) as connection:
        yield connection
