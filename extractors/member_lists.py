"""Member lists whose columns a source explains: each row of the table gives a claim, or a finding says why not.

Nothing is guessed here: a heading that is not known costs its rows, a role or a status that is not known leaves them
in doubt, and a finding names it, so that the sources file can be mended.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from extractors.block_writer import ROWS
from extractors.catalogue import Catalogue, Network
from extractors.countries import parse_country_field
from extractors.gazetteer import Gazetteer, fold_name
from extractors.list_values import LISTED_ROLES, LISTED_STATUSES, read_listed_date
from extractors.listed_cities import ListedCity, find_listed_city
from extractors.network_names import make_new_id, tidy_name
from extractors.pipeline import Extraction
from extractors.structure import govern
from schemas.claim import Claim, ClaimNetwork, Evidence
from schemas.document import Block, Document
from schemas.finding import Finding
from schemas.source import Columns, Source, SourceKind
from schemas.vocabulary import FindingKind, Role, Status

MEMBER_LISTS_VERSION = 3
"""Raise it with every change after which the same list may give other claims."""
FOUND_BY = f"member_lists/{MEMBER_LISTS_VERSION}"
Value = TypeVar("Value", Role, Status)
_MOST_VALUES = 10
"""Values that one finding names; the rest it counts."""


def is_explained(source: Source | None) -> bool:
    """Whether a source is a list that says which column holds the cities."""
    return source is not None and source.kind is SourceKind.LIST and source.columns.city is not None


def describe_reading(source: Source) -> str:
    """The version of the reading of a list: changes with the code and with what the source says of its columns."""
    told = source.model_dump_json(include={"columns", "role", "network"})
    return f"{FOUND_BY}+{hashlib.sha256(told.encode()).hexdigest()[:12]}"


class MemberListReader:
    """Reads member lists by the columns that their source explains."""

    def __init__(self, gazetteer: Gazetteer, catalogue: Catalogue) -> None:
        self._gazetteer = gazetteer
        self._catalogue = catalogue
        self._by_name = {fold_name(name): network for network in catalogue for name in network.names}

    def read(self, document: Document, source: Source) -> Extraction:
        """The claims of the tables in `document` that have the source's city column, in the order of the text.

        Evidence of a claim is its row. What cannot be read is told in findings: one for each heading that
        is missing, and one for each column with values that are not known. A row whose role or status is not known is a
        claim of confidence 0: it supports no belief, but its city stands on the list and has not left.
        """
        troubles = _Troubles(document)
        rows = list(_find_rows(document, source.columns, troubles))
        claims: dict[tuple[object, ...], Claim] = {}
        for row in rows:
            claim = self._read_row(row, document, source, troubles)
            if claim is not None:
                key = (claim.city.city_id, claim.network.id, claim.role, claim.status, claim.since, claim.until,
                       claim.body, claim.holder)  # fmt: skip
                if key not in claims or claims[key].confidence < claim.confidence:
                    claims.pop(key, None)
                    claims[key] = claim
        return Extraction(list(claims.values()), troubles.report())

    def _read_row(self, row: "_Row", document: Document, source: Source, troubles: "_Troubles") -> Claim | None:
        city = self._find_city(row, troubles)
        network = self._find_network(row, document, source, troubles)
        role = _translate(row, "role", LISTED_ROLES, source.role, troubles)
        since, until = (_read_date(row, field, troubles) for field in ("since", "until"))
        usual = _status_by_dates(until, document)
        status = _translate(row, "status", LISTED_STATUSES, usual, troubles)
        if city is None or network is None:
            return None
        block = row.block
        text = document.text[block.start : block.end]
        return Claim(
            document=document.name,
            city=city.city,
            network=network,
            role=role or source.role,
            status=status or usual,
            since=since,
            until=until,
            body=row.cells.get("body") or None,
            holder=row.cells.get("holder") or None,
            evidence=Evidence(text=text, start=block.start, end=block.end, page=block.page),
            confidence=0 if role is None or status is None else city.confidence,
            found_by=FOUND_BY,
        )

    def _find_city(self, row: "_Row", troubles: "_Troubles") -> ListedCity | None:
        """The city of a row; one that GeoNames lacks counts where its country is told, else it may be no city."""
        written = row.cells["city"]
        if not written:
            troubles.note("city", "", "a name; a row without one is left out")
            return None
        told = row.cells.get("country") or row.country
        code = parse_country_field(told) if told else None
        if told and code is None:
            troubles.note("country", told, "a country's name or code; the city was looked for everywhere")
        found = find_listed_city(self._gazetteer, written, code)
        if found.place is None:
            troubles.unresolved(written, code)
            if found.country_code is None:
                return None
        return found

    def _find_network(
        self, row: "_Row", document: Document, source: Source, troubles: "_Troubles"
    ) -> ClaimNetwork | None:
        written = row.cells.get("network")
        if not written:
            if source.network is None:
                troubles.note("network", "", "a network's name, since the source names none")
                return None
            known = self._catalogue.by_id(source.network)
            return ClaimNetwork(id=known.network_id, name=known.name, mention=_find_mention(document, known))
        network = self._by_name.get(fold_name(written))
        if network is not None:
            return ClaimNetwork(id=network.network_id, name=network.name, mention=written)
        name = tidy_name(written)
        troubles.unknown_network(name)
        return ClaimNetwork(id=make_new_id(name), name=name, mention=written)


@dataclass(frozen=True)
class _Row:
    """A row of a table, by the fields that the source's columns stand for."""

    block: Block
    cells: Mapping[str, str]
    country: str | None
    """The country that a heading over the row names."""


class _Troubles:
    """What could not be read of a list, gathered so that a fault of a whole column is told once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._values: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self._findings: dict[str, Finding] = {}

    def note(self, field: str, value: str, expected: str) -> None:
        """Note a value of the column `field` that is not what was expected."""
        values = self._values[field, expected]
        values[value] = values.get(value, 0) + 1

    def missing(self, heading: str, headings: Sequence[str], *, is_fatal: bool) -> None:
        """Note a heading that the table lacks."""
        known = ", ".join(map(repr, headings)) or "no table"
        message = f"found {known}, expected a column {heading!r}; correct columns in the sources file"
        self._add(FindingKind.UNREADABLE if is_fatal else FindingKind.BROKEN_RECORD, self._document.name, message)

    def unresolved(self, written: str, code: str | None) -> None:
        """Note a city that GeoNames lacks."""
        where = f"in {code}" if code else "without a country, so that no claim was made of it"
        self._add(FindingKind.UNRESOLVED_CITY, written, f"found the city {written!r} {where}; GeoNames has none")

    def unknown_network(self, name: str) -> None:
        """Note a network that the catalogue lacks."""
        message = f"the catalogue lacks the network {name!r}; if it is one, add it to networks.csv"
        self._add(FindingKind.UNKNOWN_NETWORK, name, message)

    def report(self) -> list[Finding]:
        """All that was noted, as findings."""
        for (field, expected), values in self._values.items():
            told = [f"{value!r} ({times} rows)" for value, times in list(values.items())[:_MOST_VALUES]]
            more = f" and {len(values) - _MOST_VALUES} more" if len(values) > _MOST_VALUES else ""
            message = f"column {field}: found {', '.join(told)}{more}, expected {expected}"
            self._add(FindingKind.BROKEN_RECORD, f"{self._document.name}#{field}", message)
        return list(self._findings.values())

    def _add(self, kind: FindingKind, subject: str, message: str) -> None:
        document = self._document
        told = f"{document.name}: {message}"
        self._findings[told] = Finding(
            kind=kind, subject=subject, message=told, document_id=document.document_id, source=document.source
        )


def _find_rows(document: Document, columns: Columns, troubles: _Troubles) -> Iterator[_Row]:
    """The rows under each heading row that has the city column; tables without one are something else."""
    wanted = {field: heading for field, heading in columns.model_dump().items() if heading is not None}
    governing = govern(document.text, document.blocks)
    places: dict[str, int] | None = None
    table: int | None = None
    first: list[str] = []
    found_any = False
    for position, block in enumerate(document.blocks):
        if block.kind not in ROWS:
            continue
        cells = [document.text[start:end] for start, end in block.cells]
        first = first or cells
        is_new_table = block.table != table
        heading = _match_headings(cells, wanted)
        if "city" in heading:
            if is_new_table or places is None:
                for field, name in wanted.items():
                    if field not in heading:
                        troubles.missing(name, cells, is_fatal=False)
            places, table, found_any = heading, block.table, True
        elif is_new_table:
            places, table = None, block.table
        elif places is not None:
            country = None if "country" in wanted else _find_country_above(document, governing[position].headings)
            told = {field: cells[place].strip() for field, place in places.items() if place < len(cells)}
            if "city" in told:
                yield _Row(block, told, country)
    if not found_any:
        troubles.missing(wanted["city"], first, is_fatal=True)


def _match_headings(cells: Sequence[str], wanted: Mapping[str, str]) -> dict[str, int]:
    """The place of each field's heading among the cells of a row."""
    folded = [fold_name(cell) for cell in cells]
    return {field: folded.index(key) for field, name in wanted.items() if (key := fold_name(name)) in folded}


def _find_country_above(document: Document, headings: Sequence[int]) -> str | None:
    for position in reversed(headings):
        block = document.blocks[position]
        words = document.text[block.start : block.end]
        if parse_country_field(words) is not None:
            return words
    return None


def _translate(row: _Row, field: str, known: Mapping[str, Value], default: Value, troubles: _Troubles) -> Value | None:
    """What a cell says in the words of a vocabulary; the default where it is empty, None where it is not known."""
    written = row.cells.get(field)
    if not written:
        return default
    value = known.get(fold_name(written))
    if value is None:
        troubles.note(field, written, f"a {field} such as {', '.join(list(known)[:4])}; such rows do not count")
    return value


def _read_date(row: _Row, field: str, troubles: _Troubles) -> str | None:
    written = row.cells.get(field)
    if not written or not any(character.isalnum() for character in written):
        return None
    value = read_listed_date(written)
    if value is None:
        troubles.note(field, written, "a date such as 1991, 2021-05 or 14 May 2021; the claim was made without it")
    return value


def _status_by_dates(until: str | None, document: Document) -> Status:
    """A membership that ended before the list was published has ended; one without a date speaks of today."""
    if until is None:
        return Status.CURRENT
    day = document.published or datetime.now(UTC).date().isoformat()
    return Status.ENDED if until[: len(day)] <= day[: len(until)] else Status.CURRENT


def _find_mention(document: Document, network: Network) -> str:
    """The words of the list that name the network; its name where none do."""
    return next((name for name in network.names if name in document.text), network.name)
