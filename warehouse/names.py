"""Find the city or the network that a person means by a name."""

import re
from dataclasses import dataclass

import duckdb
from rapidfuzz import fuzz, process

from warehouse.rows import read_rows
from warehouse.sql_files import read_sql_file

_MIN_SIMILARITY = 70
"""Of 100; below it suggestions are of no help: "Munich" gets "Zurich"."""
_MOST_SUGGESTIONS = 5


@dataclass(frozen=True)
class Match:
    """What a name was found to mean."""

    id: str | None
    """Of the city or network; None where nothing has this name."""
    label: str
    """Its name, with the country of a city; the words that were looked up where nothing was found."""
    others: tuple[str, ...] = ()
    """Others of this name, as labels."""
    suggestions: tuple[str, ...] = ()
    """Where nothing was found: labels of similar names, the most similar first."""


def find_city(con: duckdb.DuckDBPyConnection, name: str) -> Match:
    """The city with claims that is called `name`: `Nantes`, `Nantes, FR`, `gn:2990969`, or as a text writes it.

    Case, accents and punctuation do not matter. Of several, the one with most memberships is meant.
    """
    wanted, _, country = name.rpartition(",")
    if wanted and re.fullmatch(r"\s*[A-Za-z]{2}\s*", country):
        suffix = f", {country.strip().upper()}"
    else:
        wanted, suffix = name, ""
    rows = read_rows(con, read_sql_file("reads", "city_names").text)
    return _match(con, name, wanted, [row for row in rows if row["label"].endswith(suffix)])


def find_network(con: duckdb.DuckDBPyConnection, name: str) -> Match:
    """The network that is called `name`: its id, name or acronym, or as a text writes it."""
    rows = read_rows(con, read_sql_file("reads", "network_names").text)
    return _match(con, name, name, rows)


def _match(con: duckdb.DuckDBPyConnection, name: str, wanted: str, rows: list[dict[str, object]]) -> Match:
    folded = _fold(con, wanted)
    exact = [row for row in rows if row["id"] == name.strip()] or [row for row in rows if row["folded"] == folded]
    best_rank = min((str(row["rank"]) for row in exact), default="")
    ids = {str(row["id"]): str(row["label"]) for row in exact if str(row["rank"]) == best_rank}
    if ids:
        (found, label), *others = ids.items()
        return Match(found, label, others=tuple(label for _, label in others))
    return Match(None, name, suggestions=_suggest(folded, rows))


def _fold(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """The name as the SQL macro `fold` compares it."""
    row = con.execute("SELECT fold(?)", [name]).fetchone()
    return str(row[0]) if row else ""


def _suggest(folded: str, rows: list[dict[str, object]]) -> tuple[str, ...]:
    similar = process.extract(
        folded,
        [str(row["folded"]) for row in rows],
        scorer=fuzz.WRatio,
        score_cutoff=_MIN_SIMILARITY,
        limit=4 * _MOST_SUGGESTIONS,
    )
    labels = dict.fromkeys(str(rows[index]["label"]) for _, _, index in similar)
    return tuple(labels)[:_MOST_SUGGESTIONS]
