"""Judgements of people, from a name that they typed to a registry that follows: recorded, applied, published."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from extractors.gazetteer import load_gazetteer
from extractors.network_definitions import find_definitions, is_acronym_of
from flows.registry import publish, refresh
from flows.settings import Settings
from schemas.claim import NEW_NETWORK_PREFIX
from schemas.errors import ConfigurationError
from schemas.judgement import Judgement, JudgementKind
from warehouse.database import open_warehouse
from warehouse.judgement_files import read_judgements
from warehouse.judgements import identify_judgement, import_judgements, store_judgement
from warehouse.names import find_city
from warehouse.reference import store_cities
from warehouse.registry import RefreshSummary
from warehouse.review import Subject, find_subject, show_subject
from warehouse.runs import finish_run, start_run


@dataclass(frozen=True)
class Decision:
    """What a person decided, before it is known what exactly it is about."""

    reason: str
    author: str
    at: datetime

    def judge(
        self, kind: JudgementKind, subject_id: str, object_id: str | None = None, details: dict[str, str] | None = None
    ) -> Judgement:
        """The judgement of that kind.

        Raises:
            ConfigurationError: it makes no sense; says why.
        """
        try:
            return Judgement(
                kind=kind, subject_id=subject_id, object_id=object_id, details=details or {}, reason=self.reason,
                author=self.author, judged_at=self.at,
            )  # fmt: skip
        except ValueError as error:
            told = "; ".join(str(fault["msg"]) for fault in getattr(error, "errors", list)()) or str(error)
            raise ConfigurationError(told.removeprefix("Value error, ")) from error


@dataclass(frozen=True)
class Recorded:
    """What became of a judgement."""

    judgement_ids: tuple[str, ...]
    new: int
    """How many of them were not there before."""
    summary: RefreshSummary | None
    """What followed; None where the registry was not refreshed."""


def record(
    settings: Settings, make: Callable[[duckdb.DuckDBPyConnection], Judgement], *, apply: bool = True
) -> tuple[Judgement, Recorded]:
    """Store the judgement that `make` makes in sight of the warehouse; with `apply`, refresh and publish the registry.

    Raises:
        ConfigurationError: it names what is not there, or contradicts another; nothing is stored.
        WarehouseBusy: another process writes the warehouse; nothing is stored.
        RegistryCheckFailed: it is stored and applied, but nothing was published.
    """
    _require(settings.db)
    with open_warehouse(settings.db) as con:
        judgement = make(con)
        before = _count(con)
        judgement_id = store_judgement(con, judgement)
        new = _count(con) - before
        summary = _apply(con, settings, f"review {judgement.kind.value}") if apply else None
    return judgement, Recorded((judgement_id,), new, summary)


def import_file(settings: Settings, path: Path, *, apply: bool = True) -> Recorded:
    """Store the judgements of a CSV file, all or none; those that are there already change nothing.

    Raises:
        ConfigurationError: a line is no judgement, or together they run in a circle; nothing is stored.
        WarehouseBusy: another process writes the warehouse; nothing is stored.
        RegistryCheckFailed: they are stored and applied, but nothing was published.
    """
    judgements = read_judgements(path)
    with open_warehouse(settings.db) as con:
        new = import_judgements(con, judgements)
        summary = _apply(con, settings, "review import") if apply else None
    return Recorded(tuple(map(identify_judgement, judgements)), new, summary)


def accept(con: duckdb.DuckDBPyConnection, name: str, decision: Decision, *, opposing: bool = False) -> Judgement:
    """Accept a claim or a finding; of a conflict, the claim that is believed, or else the opposing one."""
    kind, row_id = find_subject(con, name)
    if kind == "conflict":
        row_id = _find_side(con, row_id, opposing=opposing)
    elif opposing:
        raise ConfigurationError(f"{name}: found a {kind}, expected a conflict, where one claim opposes another")
    return decision.judge(JudgementKind.ACCEPT, row_id)


def reject(con: duckdb.DuckDBPyConnection, name: str, decision: Decision) -> Judgement:
    """Reject a claim, or an unknown network or city with all its claims."""
    kind, row_id = find_subject(con, name)
    if kind == "conflict":
        sides = [_find_side(con, row_id, opposing=opposing)[:12] for opposing in (False, True)]
        raise ConfigurationError(
            f"{name}: is a conflict; reject the claim that is believed, {sides[0]}, or the opposing one, {sides[1]}"
        )
    return decision.judge(JudgementKind.REJECT, row_id)


def correct(
    con: duckdb.DuckDBPyConnection, name: str, decision: Decision, fields: dict[str, str], *,
    city: str | None = None, network: str | None = None,
) -> Judgement:  # fmt: skip
    """Correct fields of a claim; `city` and `network` are names or ids, the city may be any that GeoNames knows."""
    kind, row_id = find_subject(con, name)
    if kind != "claim":
        raise ConfigurationError(
            f"{name}: found a {kind}, expected a claim; `hansa review show {name}` tells its claims"
        )
    details = dict(fields)
    if city is not None:
        details["city_id"] = resolve_city(con, city)
    if network is not None:
        details["network_id"] = _expect(con, network, "network")
    return decision.judge(JudgementKind.CORRECT, row_id, details=details)


def relate(
    con: duckdb.DuckDBPyConnection, one: str, other: str, decision: Decision, *, same: bool
) -> Judgement:  # fmt: skip
    """Judge that two cities, or two networks, are one, or are not; the first is the other."""
    kind, subject_id = find_subject(con, one)
    if kind not in {"city", "network"}:
        raise ConfigurationError(f"{one}: found a {kind}, expected a city or a network")
    object_id = resolve_city(con, other) if kind == "city" else _expect(con, other, kind)
    return decision.judge(JudgementKind(f"{'' if same else 'not_'}same_{kind}"), subject_id, object_id)


def add_network(
    con: duckdb.DuckDBPyConnection, name: str, decision: Decision, network_id: str | None, row: dict[str, str]
) -> Judgement:
    """Accept an unknown network with a catalogue row: what is proposed, but for the fields that `row` gives."""
    subject = show_subject(con, name)
    if subject.kind != "network" or not subject.id.startswith(NEW_NETWORK_PREFIX):
        raise ConfigurationError(
            f"{name}: found the {subject.kind} {subject.id}, expected an unknown network; "
            "`hansa review list --kind network` lists them"
        )
    details = {key: value for key, value in (propose_row(subject) | row).items() if value}
    return decision.judge(
        JudgementKind.NEW_NETWORK, subject.id, network_id or subject.id.removeprefix(NEW_NETWORK_PREFIX), details
    )


def undo(con: duckdb.DuckDBPyConnection, name: str, decision: Decision) -> Judgement:
    """Take a judgement back."""
    return decision.judge(JudgementKind.WITHDRAW, _expect(con, name, "judgement"))


def propose_row(subject: Subject) -> dict[str, str]:
    """A catalogue row for an unknown network: its name, an acronym that texts give it, and the area of its cities."""
    name = str(subject.facts.get("network") or subject.facts.get("name"))
    row = {"name": name, "acronym": _find_acronym(name, subject), "scope": subject.facts.get("scope_guess")}
    return {key: value for key, value in row.items() if value}


def resolve_city(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """The id of a city by id or name (`York, GB`): one that the registry knows, else GeoNames' largest of that name.

    A city that only GeoNames knows is stored, so that a judgement can name it.

    Raises:
        ConfigurationError: neither knows it.
    """
    match = find_city(con, name)
    if match.id is not None:
        return match.id
    gazetteer = load_gazetteer()
    wanted, _, country = (part.strip() for part in name.rpartition(","))
    places = [
        place for place, _ in gazetteer.lookup(wanted or name)
        if not wanted or place.country_code == country.upper()
    ]  # fmt: skip
    if name.startswith("gn:") and name[3:].isdecimal():
        try:
            places = [gazetteer.place(int(name[3:]))]
        except KeyError:
            places = []
    if not places:
        raise ConfigurationError(
            f"{name}: found no such city in the registry or in GeoNames, expected one as 'York, GB'"
        )
    place = max(places, key=lambda one: one.population)
    store_cities(con, [place._asdict()])
    return f"gn:{place.geonameid}"


def _apply(con: duckdb.DuckDBPyConnection, settings: Settings, what: str) -> RefreshSummary:
    """Refresh and publish as a run does, and as a run of its own, so that its changes can be told from others'."""
    at = datetime.now(UTC)
    run_id = start_run(con, inputs=[what], versions={"hansa": version("hansa")}, started_at=at)
    summary = refresh(con, run_id, at)
    counts = {"memberships": summary.memberships, "conflicts": summary.conflicts}
    finish_run(con, run_id, counts=counts, finished_at=datetime.now(UTC))
    publish(con, settings.publish_path)
    return summary


def _find_acronym(name: str, subject: Subject) -> str | None:
    """The acronym that texts use or define beside the name; the most frequent, then the shortest."""
    found: list[str] = [
        mention for mention in subject.facts.get("mentions", []) if " " not in mention and is_acronym_of(mention, name)
    ]
    for claim in subject.claims:
        text = str(claim["evidence"]["text"])
        start = text.find(str(claim["network"]["mention"]))
        if start >= 0:
            definitions = find_definitions(text, start, start + len(claim["network"]["mention"]))
            found += [definition.short for definition in definitions if is_acronym_of(definition.short, name)]
    return min(found, key=lambda short: (-found.count(short), len(short), short), default=None)


def _find_side(con: duckdb.DuckDBPyConnection, conflict_id: str, *, opposing: bool) -> str:
    rows: Sequence[tuple[Any, ...]] = con.execute(
        "SELECT claim_id, opposing_claim_id FROM conflict WHERE conflict_id = ?", [conflict_id]
    ).fetchall()
    return str(rows[0][1 if opposing else 0])


def _expect(con: duckdb.DuckDBPyConnection, name: str, kind: str) -> str:
    found, row_id = find_subject(con, name)
    if found != kind:
        raise ConfigurationError(f"{name}: found a {found}, expected a {kind}")
    return row_id


def _require(path: Path) -> None:
    if not path.is_file():
        raise ConfigurationError(f"{path}: found no warehouse to judge; `hansa run` makes it")


def _count(con: duckdb.DuckDBPyConnection) -> int:
    row = con.execute("SELECT count(*) FROM judgement").fetchone()
    return int(row[0]) if row else 0
