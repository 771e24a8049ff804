"""What users ask of the registry; each works on the working warehouse and on the published file."""
# ruff: noqa: S608 - names in SQL come from this package or are quoted; values are parameters.

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import duckdb

from schemas.dates import first_day
from warehouse.database import as_utc
from warehouse.names import find_city, find_network
from warehouse.reasons import give_reason
from warehouse.review import read_judgements_on
from warehouse.rows import read_rows
from warehouse.sql_files import read_sql_file


@dataclass(frozen=True)
class Profile:
    """What the registry holds on a city or a network."""

    name: str
    """Its name; the words that were looked up where nothing was found."""
    id: str | None
    """`city_id` or `network_id`; None where nothing has this name."""
    facts: dict[str, Any]
    """The row of `city_profile` with its `city_id`, or of `network_profile`; of a city without current
    memberships, the row of `city`. Empty where nothing was found."""
    memberships: list[dict[str, Any]]
    """Rows of `membership` with the other side's names: current ones first, then planned, then ended."""
    others: tuple[str, ...] = ()
    """Others of the same name."""
    suggestions: tuple[str, ...] = ()
    """Similar names, where nothing was found."""

    @property
    def is_found(self) -> bool:
        """Whether the name is known."""
        return self.id is not None


@dataclass(frozen=True)
class Explanation:
    """Why the registry believes what it believes of one city in one network."""

    city: str
    network: str
    city_id: str | None
    """None where no city has this name."""
    network_id: str | None
    """None where no network has this name."""
    memberships: list[dict[str, Any]]
    """Rows of `membership`, each with `reason`: a sentence that says why. Empty: nothing is believed."""
    claims: list[dict[str, Any]]
    """Every claim on the pair, newest first, with its document (`title`, `publisher`, `authority`,
    `published`, `url`), its `evidence` and `belief`: what became of it (see `claims_of_pair.sql`)."""
    conflicts: list[dict[str, Any]]
    """Open rows of `conflict`."""
    judgements: list[dict[str, Any]]
    """What persons decided of these claims, of the city or of the network, oldest first, each with `about_id` and
    `stands` (false: withdrawn)."""
    city_suggestions: tuple[str, ...] = ()
    network_suggestions: tuple[str, ...] = ()


def show_city(con: duckdb.DuckDBPyConnection, name: str) -> Profile:
    """The profile of the city called `name` (see `find_city`), with all its spells."""
    match = find_city(con, name)
    if match.id is None:
        return Profile(name, None, {}, [], suggestions=match.suggestions)
    facts = _ask_one(con, "city_profile", "city_id", match.id) or _ask_one(con, "city", "city_id", match.id)
    memberships = _ask(con, "memberships_of_city", {"id": match.id})
    return Profile(match.label, match.id, facts, memberships, others=match.others)


def show_network(con: duckdb.DuckDBPyConnection, name: str) -> Profile:
    """The profile of the network called `name` (see `find_network`), with all its spells."""
    match = find_network(con, name)
    if match.id is None:
        return Profile(name, None, {}, [], suggestions=match.suggestions)
    facts = _ask_one(con, "network_profile", "network_id", match.id)
    memberships = _ask(con, "memberships_of_network", {"id": match.id})
    return Profile(match.label, match.id, facts, memberships, others=match.others)


def explain(con: duckdb.DuckDBPyConnection, city: str, network: str) -> Explanation:
    """Every claim behind what is believed of `city` in `network`, and why it is believed."""
    found_city, found_network = find_city(con, city), find_network(con, network)
    if found_city.id is None or found_network.id is None:
        return Explanation(
            found_city.label, found_network.label, found_city.id, found_network.id, [], [], [], [],
            found_city.suggestions, found_network.suggestions,
        )  # fmt: skip
    pair = {"city_id": found_city.id, "network_id": found_network.id}
    memberships = [
        row | {"reason": give_reason(row, found_city.label, found_network.label)}
        for row in _ask(con, "memberships_of_pair", pair)
    ]
    claims, conflicts = _ask(con, "claims_of_pair", pair), _ask(con, "conflicts_of_pair", pair)
    about = [found_city.id, found_network.id, *(claim["claim_id"] for claim in claims)]
    return Explanation(
        found_city.label, found_network.label, found_city.id, found_network.id, memberships, claims, conflicts,
        read_judgements_on(con, about),
    )  # fmt: skip


def list_changes(con: duckdb.DuckDBPyConnection, since: date | datetime | str | None = None) -> list[dict[str, Any]]:
    """Rows of `change` from the moment `since` on, oldest first, with names and evidence; all where None.

    A day, or a partial date (`2021-05`), counts from its first moment in UTC.
    """
    day = first_day(since) if isinstance(since, str) else since or date.min
    moment = as_utc(day) if isinstance(day, datetime) else datetime.combine(day, time.min)
    return _ask(con, "changes_since", {"since": moment})


def _ask(con: duckdb.DuckDBPyConnection, question: str, parameters: Mapping[str, object]) -> list[dict[str, Any]]:
    return read_rows(con, read_sql_file("reads", question).text, parameters)


def _ask_one(con: duckdb.DuckDBPyConnection, view: str, key: str, row_id: str) -> dict[str, Any]:
    rows = read_rows(con, f"SELECT * FROM {view} WHERE {key} = ?", [row_id])
    return rows[0] if rows else {}
