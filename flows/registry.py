"""From extractions to a published registry: storing, refreshing, publishing."""

import contextlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from extractors.catalogue import Catalogue, load_catalogue
from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.pipeline import Extraction
from schemas.document import Document
from schemas.source import Source
from warehouse.claims import store_extractions
from warehouse.findings import store_findings
from warehouse.judgements import find_judged_cities
from warehouse.lists import find_cities, find_listed_cities, store_complete_list
from warehouse.publish import publish_registry
from warehouse.reference import store_cities, store_networks
from warehouse.registry import RefreshSummary, refresh_registry

Extractions = Sequence[tuple[Document, Extraction]]


@cache
def _gazetteer() -> Gazetteer:
    return load_gazetteer()


def store_results(
    con: duckdb.DuckDBPyConnection, run_id: str, extractions: Extractions, *, version: str, at: datetime
) -> int:
    """Store claims, findings and the cities that the claims name; returns the number of new claims."""
    pairs = [(document.document_id, extraction.claims) for document, extraction in extractions]
    store_cities(con, _describe_cities(extractions))
    stored = store_extractions(con, run_id, pairs, extractor_version=version, extracted_at=at)
    findings = [finding for _, extraction in extractions for finding in extraction.findings]
    store_findings(con, run_id, findings, found_at=at)
    return stored


def refresh(con: duckdb.DuckDBPyConnection, run_id: str, at: datetime) -> RefreshSummary:
    """Bring the reference networks and the registry up to date with the claims and the judgements."""
    store_networks(con, _describe_networks(load_catalogue()))
    store_cities(con, _describe_judged_cities(find_judged_cities(con)))
    return refresh_registry(con, run_id, at=at)


def publish(con: duckdb.DuckDBPyConnection, target: Path) -> Path:
    """Publish the registry as the file `target`, whole or not at all.

    Raises:
        RegistryCheckFailed: a check found offenders; the file is as it was.
    """
    publish_registry(con, target)
    return target


def count_claims(
    con: duckdb.DuckDBPyConnection, document_ids: Collection[str], version: str, extractions: Extractions
) -> int:
    """How many claims one version of the extractor found in these documents, before or in `extractions`.

    Rows of a list whose role or status is not known, of confidence 0, are not counted: a promise is not kept by them.
    """
    row = con.execute(
        "SELECT count(*) FROM claim WHERE extractor_version = $version AND confidence > 0 "
        "AND document_id IN (SELECT unnest($ids::VARCHAR[]))",
        {"version": version, "ids": list(document_ids)},
    ).fetchone()
    stored = int(row[0]) if row else 0
    return stored + sum(claim.confidence > 0 for _, extraction in extractions for claim in extraction.claims)


def keep_complete_list(
    con: duckdb.DuckDBPyConnection, run_id: str, source: Source, document_ids: Collection[str], *, at: datetime
) -> bool:
    """Record the documents of a source that promises all members of its network as one complete list.

    Call it only where the source was read without a failure: whom a list lacks has left. So it counts only
    where the source names its columns and every row is read: read as language, a list may lose a city that is
    still there. Returns whether there was a list.
    """
    if not gives_complete_list(source) or not document_ids:
        return False
    assert source.network is not None
    store_complete_list(
        con, run_id, source=source.name, network_id=source.network, document_ids=document_ids, seen_at=at
    )
    return True


def gives_complete_list(source: Source) -> bool:
    """Whether absence from the source ends a membership."""
    return source.complete and source.columns.city is not None and source.network is not None


def find_missing(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    document_ids: Collection[str],
    extractions: Extractions,
    *,
    version: str,
) -> tuple[int, int]:
    """How many cities the source's last complete list names, and how many of these its documents now lack.

    What `extractions` hold is not stored yet; documents that were read before count by their stored claims.
    """
    assert source.network is not None
    before = find_listed_cities(con, source=source.name, network_id=source.network)
    now = find_cities(con, document_ids, version) | {
        claim.city.city_id for _, extraction in extractions for claim in extraction.claims
    }
    return len(before), len(before - now)


def _describe_cities(extractions: Extractions) -> Iterator[dict[str, Any]]:
    """The gazetteer's rows of the cities that the claims name, each once."""
    claimed = (claim.city.geonameid for _, extraction in extractions for claim in extraction.claims)
    for geonameid in sorted({geonameid for geonameid in claimed if geonameid is not None}):
        yield _gazetteer().place(geonameid)._asdict()


def _describe_judged_cities(geonameids: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The gazetteer's rows of cities that only judgements name, which may come from another warehouse."""
    for geonameid in geonameids:
        with contextlib.suppress(KeyError):  # the id stands for its name, where GeoNames has dropped the place
            yield _gazetteer().place(geonameid)._asdict()


def _describe_networks(catalogue: Catalogue) -> Iterable[dict[str, Any]]:
    return (
        network.model_dump(mode="json")
        | {"members_claimed": network.members_approx, "members_claimed_on": network.members_asof}
        for network in catalogue.networks
    )
