"""What waits for a person, and what there is to see before deciding."""
# ruff: noqa: S608 - names in SQL come from this package or are quoted; values are parameters.

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
from rapidfuzz import fuzz, process

from schemas.errors import ConfigurationError
from warehouse.names import find_city, find_network
from warehouse.rows import read_rows
from warehouse.sql_files import read_sql_file

_SHORTEST_PREFIX = 6
_MIN_SIMILARITY = 85
"""Of 100: "Eurocities Network" gets Eurocities; below it networks have a word or two in common."""
_MOST_SIMILAR = 3


@dataclass(frozen=True)
class Subject:
    """A thing that can be reviewed, and what bears on it."""

    kind: str
    """conflict, finding, network, city, claim or judgement."""
    id: str
    facts: dict[str, Any]
    """Its row: of the table of that name, or of `unknown_network` for a network that waits."""
    claims: list[dict[str, Any]] = field(default_factory=list)
    """The claims that it is about, as they count now; of a conflict the believed one first, the opposing one last."""
    judgements: list[dict[str, Any]] = field(default_factory=list)
    """What was decided already, oldest first, each with `stands` (false: withdrawn) and `about_id`."""
    similar: list[dict[str, Any]] = field(default_factory=list)
    """Known networks of similar names, for a network that waits: `network_id`, `name`."""


def list_waiting(con: duckdb.DuckDBPyConnection, kind: str | None = None) -> list[dict[str, Any]]:
    """What needs a person, by consequence: kind, id, what, subject, memberships and claims that hang on it, met_at.

    `kind` is conflict, network, city, finding or claim (one too unsure to count); None means all. Empty where nothing
    waits.
    """
    rows = read_rows(con, read_sql_file("reads", "review_queue").text)
    return [row for row in rows if kind in {None, row["kind"]}]


def find_subject(con: duckdb.DuckDBPyConnection, name: str) -> tuple[str, str]:
    """Kind and whole id of what a person calls `name`.

    That is an id, the beginning of a hash (6 characters or more), or the name of a network or a city.

    Raises:
        ConfigurationError: nothing is called so, or several things are.
    """
    prefix = name.strip()
    rows = read_rows(con, read_sql_file("reads", "ids_like").text, {"prefix": prefix})
    found = [(row["kind"], row["id"]) for row in rows if len(prefix) >= _SHORTEST_PREFIX or row["id"] == prefix]
    if len(found) > 1:
        told = ", ".join(f"{kind} {row_id}" for kind, row_id in found)
        raise ConfigurationError(f"{name}: found {told}, expected one; give more of the id")
    if found:
        return found[0]
    for kind, match in (("network", find_network(con, prefix)), ("city", find_city(con, prefix))):
        if match.id is not None:
            return kind, match.id
    raise ConfigurationError(
        f"{name}: found nothing of this id or name; `hansa review list` and `hansa explain --json` tell ids"
    )


def show_subject(con: duckdb.DuckDBPyConnection, name: str) -> Subject:
    """What there is to see of `name` (see `find_subject`) before deciding.

    Raises:
        ConfigurationError: nothing is called so, or several things are.
    """
    kind, row_id = find_subject(con, name)
    [facts] = read_rows(con, f"SELECT * FROM {kind} WHERE {kind}_id = ?", [row_id])
    claim_ids: list[str] = []
    similar: list[dict[str, Any]] = []
    match kind:
        case "conflict":
            claim_ids = [facts["claim_id"], facts["opposing_claim_id"]]
        case "claim":
            claim_ids = [row_id]
        case "judgement":
            claim_ids = [facts["subject_id"]]
        case "network":
            waiting = read_rows(con, "SELECT * FROM unknown_network WHERE network_id = ?", [row_id])
            if waiting:
                [facts] = waiting
                similar = find_similar(con, row_id)
    claims = _read_claims(con, kind, row_id, claim_ids)
    if kind == "conflict":
        claims.sort(key=lambda claim: claim_ids.index(claim["claim_id"]))
    about = [row_id, *(claim["claim_id"] for claim in claims)]
    return Subject(kind, row_id, facts, claims, read_judgements_on(con, about), similar)


def find_similar(con: duckdb.DuckDBPyConnection, network_id: str) -> list[dict[str, Any]]:
    """Known networks whose names resemble that of an unknown one, the most similar first.

    Those that were judged not to be the same are left out.
    """
    [unknown] = read_rows(con, "SELECT name FROM network WHERE network_id = ?", [network_id])
    known = read_rows(
        con,
        """
        SELECT network_id, name FROM network
        WHERE NOT starts_with(network_id, 'new:') AND network_id NOT IN (
            SELECT unnest([subject_id, object_id]) FROM standing_judgement
            WHERE kind = 'not_same_network' AND $id IN (subject_id, object_id))
        ORDER BY network_id
        """,
        {"id": network_id},
    )
    names = [str(row["name"]).casefold() for row in known]
    best = process.extract(
        str(unknown["name"]).casefold(), names, scorer=fuzz.token_sort_ratio, score_cutoff=_MIN_SIMILARITY,
        limit=_MOST_SIMILAR,
    )  # fmt: skip
    return [known[index] for _, _, index in best]


def read_judgements_on(con: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[dict[str, Any]]:
    """The judgements that bear on these claims, cities, networks or findings, oldest first."""
    return read_rows(con, read_sql_file("reads", "judgements_on").text, {"ids": list(ids)})


def _read_claims(
    con: duckdb.DuckDBPyConnection, kind: str, row_id: str, claim_ids: Sequence[str]
) -> list[dict[str, Any]]:
    return read_rows(
        con,
        read_sql_file("reads", "claims_judged").text,
        {
            "claim_ids": list(claim_ids),
            "network_id": row_id if kind == "network" else None,
            "city_id": row_id if kind == "city" else None,
        },
    )
