"""The main job: ingest, extract, refresh, publish. Knows nothing of Prefect; `flows/flow.py` gives it steps that do."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from flows.extract import extract_documents, find_version, get_extractor
from flows.fetch_ahead import FetchAhead
from flows.fetching import fetching
from flows.ingest import Reading, open_items, read_items
from flows.inputs import Item, find_items
from flows.progress import report_progress
from flows.raw_store import Fetched
from flows.registry import (
    Extractions,
    count_claims,
    find_missing,
    gives_complete_list,
    keep_complete_list,
    publish,
    refresh,
    store_results,
)
from flows.settings import Settings
from schemas.document import Document
from schemas.errors import ExpectationFailed
from schemas.finding import Finding
from schemas.source import Source
from schemas.vocabulary import FindingKind
from warehouse.database import open_warehouse
from warehouse.documents import find_unread, store_documents
from warehouse.findings import store_findings
from warehouse.registry import RefreshSummary
from warehouse.runs import finish_run, start_run


def call_fetch(fetch: Callable[[Item], Fetched], item: Item) -> Fetched:
    """Fetch one item by a fetcher that lives as long as the run."""
    return fetch(item)


@dataclass(frozen=True)
class Steps:
    """The steps of a run that may be wrapped, as Prefect's tasks are: retried, timed, recorded."""

    fetch: Callable[[Callable[[Item], Fetched], Item], Fetched] = call_fetch
    read: Callable[[Sequence[Item]], Reading] = read_items
    extract: Callable[[Sequence[Document], Source | None], Extractions] = extract_documents
    refresh: Callable[[duckdb.DuckDBPyConnection, str, datetime], RefreshSummary] = refresh
    publish: Callable[[duckdb.DuckDBPyConnection, Path], Path] = publish


@dataclass(slots=True)
class RunReport:
    """What a run did."""

    run_id: str = ""
    inputs: int = 0
    """Files, pages and feed entries that were to be read."""
    documents: int = 0
    documents_new: int = 0
    claims_new: int = 0
    findings: list[Finding] = field(default_factory=list)
    """Of the inputs, and of rows that were lost; the others of the texts are many, and wait in the warehouse."""
    broken_expectations: list[str] = field(default_factory=list)
    memberships: int = 0
    conflicts: int = 0
    changes: Mapping[str, int] = field(default_factory=dict)
    published: Path | None = None

    @property
    def failures(self) -> list[Finding]:
        """The findings by which an input, or a record of one, was lost."""
        return [finding for finding in self.findings if finding.is_failure]

    @property
    def counts(self) -> dict[str, int]:
        """What the run table keeps."""
        counted = asdict(self)
        plain = {name: value for name, value in counted.items() if isinstance(value, int)}
        return plain | {"findings": len(self.findings), "failures": len(self.failures)}


def run_registry(
    settings: Settings, inputs: Sequence[str], *, only: Sequence[str] = (), steps: Steps | None = None
) -> RunReport:
    """Read `inputs` into the warehouse, refresh the registry and publish it.

    Each batch is committed as it is done: what fails later takes nothing of it back.

    Raises:
        ConfigurationError: a sources file is wrong.
        WarehouseBusy: another process writes the warehouse.
        ExpectationFailed, RegistryCheckFailed: nothing was published; what was read is stored.
    """
    steps = steps or Steps()
    found = find_items(inputs, only=only)
    by_source = _group_by_source(found.items)
    with (
        open_warehouse(settings.db) as con,
        fetching(settings) as fetch,
        FetchAhead(partial(steps.fetch, fetch), workers=settings.fetch_workers) as pages,
    ):
        run = _Run(con, settings, steps, pages)
        run.start(inputs)
        pages.request([item for items in by_source.values() for item in items])
        try:
            run.keep_findings(found.findings)
            for source, items in by_source.items():
                run.ingest(source, items)
            run.check_expectations()
            run.refresh_and_publish()
        finally:
            run.finish()
        return run.report


class _Run:
    """One run, with the warehouse that it alone writes."""

    def __init__(self, con: duckdb.DuckDBPyConnection, settings: Settings, steps: Steps, pages: FetchAhead) -> None:
        self.report = RunReport()
        self._con = con
        self._settings = settings
        self._steps = steps
        self._pages = pages
        self._version = ""
        """Of what reads the documents of the present source."""
        self._fetched_at: dict[str, datetime] = {}
        """When the documents came that the web gave, by their ids."""
        self._started_at = _now()

    def start(self, inputs: Sequence[str]) -> None:
        versions = {"hansa": version("hansa"), "extractor": get_extractor().version}
        self.report.run_id = start_run(self._con, inputs=inputs, versions=versions, started_at=self._started_at)

    def keep_findings(self, findings: Sequence[Finding]) -> None:
        self.report.findings += findings
        store_findings(self._con, self.report.run_id, findings, found_at=_now())

    def ingest(self, source: Source | None, items: Sequence[Item]) -> None:
        """Read what `items` lead to, batch by batch; what a source promises is checked before its claims are stored."""
        waits = source is not None and (source.expect.claims.min is not None or gives_complete_list(source))
        self._version = find_version(source)
        failures = len(self.report.failures)
        held: list[tuple[Document, Any]] = []
        ids: list[str] = []
        for batch in _batches(self._open(items), self._settings.batch_size):
            documents = self._read(batch)
            ids += [document.document_id for document in documents]
            extractions = self._extract(documents, source)
            if waits:
                held += extractions
            else:
                self._store(extractions)
        if source is not None and ids:
            # Whoever stands on a page that could not be read would count as having left.
            is_whole = len(self.report.failures) == failures
            if self._check_source(source, ids, held, is_whole=is_whole) and is_whole:
                keep_complete_list(self._con, self.report.run_id, source, ids, at=self._find_seen_at(ids))

    def check_expectations(self) -> None:
        if self.report.broken_expectations:
            faults = "\n".join(self.report.broken_expectations)
            raise ExpectationFailed(f"nothing was published:\n{faults}")

    def refresh_and_publish(self) -> None:
        report_progress("refresh", 0)
        summary = self._steps.refresh(self._con, self.report.run_id, self._started_at)
        self.report.memberships = summary.memberships
        self.report.conflicts = summary.conflicts
        self.report.changes = summary.changes
        report_progress("publish", 0)
        # The run is recorded before it is published, so that the published file has it whole.
        self.finish()
        self.report.published = self._steps.publish(self._con, self._settings.publish_path)

    def finish(self) -> None:
        finish_run(self._con, self.report.run_id, counts=self.report.counts, finished_at=_now())

    def _open(self, items: Sequence[Item]) -> Iterator[Item]:
        """The items that can be read, those of the web fetched; what could not be had is a finding."""
        missed: list[Finding] = []
        opened = open_items(
            items,
            self._pages.get,
            max_pages=self._settings.max_pages,
            findings=missed,
            request=self._pages.request,
        )
        for item in opened:
            self.report.inputs += 1
            report_progress("read", self.report.inputs, max(len(items), self.report.inputs))
            yield item
        self.keep_findings(missed)

    def _read(self, batch: Sequence[Item]) -> list[Document]:
        reading = self._steps.read(batch)
        self.keep_findings(reading.findings)
        self._fetched_at |= reading.fetched_at
        unique = list({document.document_id: document for document in reading.documents}.values())
        new = store_documents(
            self._con, self.report.run_id, unique, fetched_at=_now(), fetched_at_by_id=reading.fetched_at
        )
        self.report.documents += len(unique)
        self.report.documents_new += len(new)
        return unique

    def _find_seen_at(self, ids: Sequence[str]) -> datetime:
        """When the documents `ids` were last known to stand: now, but offline when the last of them came."""
        came = [self._fetched_at[document_id] for document_id in ids if document_id in self._fetched_at]
        return max(came) if self._settings.offline and len(came) == len(ids) else _now()

    def _extract(self, documents: Sequence[Document], source: Source | None) -> Extractions:
        """What is found in those documents that this version of their reader has not read before."""
        unread = set(find_unread(self._con, (document.document_id for document in documents), self._version))
        to_read = [document for document in documents if document.document_id in unread]
        return self._steps.extract(to_read, source) if to_read else []

    def _store(self, extractions: Extractions) -> None:
        self.report.claims_new += store_results(
            self._con, self.report.run_id, extractions, version=self._version, at=_now()
        )
        told = (finding for _, extraction in extractions for finding in extraction.findings)
        self.report.findings += [finding for finding in told if finding.is_failure]

    def _check_source(self, source: Source, ids: Sequence[str], held: Extractions, *, is_whole: bool) -> bool:
        """Store the claims held back for a source, unless it breaks its promise; returns whether it kept it."""
        expected = source.expect.claims
        found = count_claims(self._con, ids, self._version, held)
        if expected.min is not None and found < expected.min:
            message = (
                f"{source.name}: found {found} claims, expected at least {expected.min}; its claims were not stored. "
                f"Look at it with `hansa sources preview {source.name}`, then mend the source or its expect.claims.min"
            )
            self._refuse(source, message)
            return False
        if is_whole and gives_complete_list(source):
            listed, missing = find_missing(self._con, source, ids, held, version=self._version)
            if missing > source.expect.shrink * listed:
                message = (
                    f"{source.name}: found {missing} of the {listed} cities of its last complete list missing, "
                    f"expected {source.expect.shrink:.0%} of them at most; its claims were not stored. Look at it with "
                    f"`hansa sources preview {source.name}`; where they have left, raise its expect.shrink for one run"
                )
                self._refuse(source, message)
                return False
        self._store(held)
        if expected.max is not None and found > expected.max:
            message = f"{source.name}: found {found} claims, expected at most {expected.max}; they were stored"
            self.keep_findings([_unexpected(source, message)])
        return True

    def _refuse(self, source: Source, message: str) -> None:
        self.report.broken_expectations.append(message)
        self.keep_findings([_unexpected(source, message)])


def _unexpected(source: Source, message: str) -> Finding:
    return Finding(kind=FindingKind.EXPECTATION, subject=source.name, message=message, source=source.name)


def _group_by_source(items: Iterable[Item]) -> dict[Source | None, list[Item]]:
    """All items of each source together, in order: those of others may stand between, and half a list is no list."""
    by_source: dict[Source | None, list[Item]] = {}
    for item in items:
        by_source.setdefault(item.source, []).append(item)
    return by_source


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch


def _now() -> datetime:
    return datetime.now(UTC)
