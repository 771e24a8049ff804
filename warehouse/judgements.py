"""Judgements of people: rows that every refresh applies, and that a later one can withdraw."""
# ruff: noqa: S608 - names in SQL come from this package or are quoted; values are parameters.

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import duckdb

from schemas.errors import ConfigurationError
from schemas.judgement import NOT_SAME, SAME, Judgement, JudgementKind
from warehouse.database import as_utc, transaction
from warehouse.identity import hash_content
from warehouse.rows import read_rows
from warehouse.sql_files import read_sql_file
from warehouse.staging import stage

_SUBJECT_TABLES: Mapping[JudgementKind, tuple[str, ...]] = {
    JudgementKind.ACCEPT: ("claim", "finding"),
    JudgementKind.REJECT: ("claim", "network", "city"),
    JudgementKind.CORRECT: ("claim",),
    JudgementKind.SAME_CITY: ("city",),
    JudgementKind.SAME_NETWORK: ("network",),
    JudgementKind.NOT_SAME_CITY: ("city",),
    JudgementKind.NOT_SAME_NETWORK: ("network",),
    JudgementKind.NEW_NETWORK: ("network",),
    JudgementKind.WITHDRAW: ("judgement",),
}
_COLUMNS = {
    "judgement_id": "VARCHAR",
    "kind": "VARCHAR",
    "subject_id": "VARCHAR",
    "object_id": "VARCHAR",
    "details": "MAP(VARCHAR, VARCHAR)",
    "said": "MAP(VARCHAR, VARCHAR)",
    "reason": "VARCHAR",
    "author": "VARCHAR",
    "judged_at": "TIMESTAMP",
}


def identify_judgement(judgement: Judgement) -> str:
    """The id of a judgement: a hash of all that it says, so that the same is stored once, wherever it comes from.

    What the judged claim said is left out: the id of the claim says it.
    """
    fields = judgement.model_dump(mode="json", exclude={"said"})
    # Details came later than judgements: those without have the id that they had before.
    return hash_content(fields if fields["details"] else {key: fields[key] for key in fields if key != "details"})


def store_judgement(con: duckdb.DuckDBPyConnection, judgement: Judgement) -> str:
    """Store a judgement and return its id; the next refresh applies it. The same twice is stored once.

    Raises:
        ConfigurationError: it names something that is not there, makes two things each other's alias, or
            contradicts a judgement that is to be withdrawn first; nothing is stored.
    """
    _check_subject(con, judgement)
    _check_object(con, judgement)
    import_judgements(con, [judgement])
    return identify_judgement(judgement)


def import_judgements(con: duckdb.DuckDBPyConnection, judgements: Iterable[Judgement]) -> int:
    """Store judgements that were recorded elsewhere, all or none; returns the number of those that are new.

    What they judge need not be there: a judgement on a claim that this warehouse does not hold waits for it.

    Raises:
        ConfigurationError: together with those that stand, they make things each other's alias.
    """
    with transaction(con), stage(con, "incoming", _COLUMNS, map(_dump, judgements)):
        row = con.execute(
            """
            INSERT INTO judgement BY NAME
            SELECT * REPLACE (
                if(cardinality(details) = 0, NULL, details) AS details,
                if(cardinality(said) = 0, NULL, said) AS said
            )
            FROM (SELECT DISTINCT ON (judgement_id) * FROM incoming ORDER BY judgement_id, cardinality(said) DESC)
            ANTI JOIN judgement USING (judgement_id)
            ORDER BY judged_at, judgement_id
            """
        ).fetchone()
        con.execute(read_sql_file("writes", "judged_claims").text)
        _check_circles(con)
    return int(row[0]) if row else 0


def list_judgements(con: duckdb.DuckDBPyConnection) -> list[Judgement]:
    """All judgements, withdrawn ones and withdrawals too, oldest first."""
    rows = read_rows(con, "SELECT * EXCLUDE (judgement_id) FROM judgement ORDER BY judged_at, judgement_id")
    return [Judgement(**{**row, "details": row["details"] or {}, "said": row["said"] or {}}) for row in rows]


def find_judged_cities(con: duckdb.DuckDBPyConnection) -> list[int]:
    """GeoNames ids of the cities that standing judgements name and that have no reference row yet."""
    rows = con.execute(
        """
        SELECT DISTINCT TRY_CAST(city_id[4:] AS BIGINT) AS geonameid
        FROM (
            SELECT object_id AS city_id FROM standing_judgement WHERE kind = 'same_city'
            UNION
            SELECT map_extract(details, 'city_id')[1] FROM standing_judgement WHERE kind = 'correct'
        )
        ANTI JOIN (SELECT city_id FROM city WHERE is_reference) AS known USING (city_id)
        WHERE starts_with(city_id, 'gn:') AND geonameid IS NOT NULL
        ORDER BY geonameid
        """
    ).fetchall()
    return [geonameid for (geonameid,) in rows]


def _dump(judgement: Judgement) -> str:
    fields: dict[str, Any] = judgement.model_dump(mode="json")
    moment: datetime = as_utc(judgement.judged_at)
    return json.dumps(
        {**fields, "judgement_id": identify_judgement(judgement), "judged_at": moment.isoformat(sep=" ")},
        ensure_ascii=False,
    )


def _check_subject(con: duckdb.DuckDBPyConnection, judgement: Judgement) -> None:
    tables = _SUBJECT_TABLES[judgement.kind]
    if not any(_exists(con, table, judgement.subject_id) for table in tables):
        names = f"{', '.join(tables[:-1])} or {tables[-1]}" if tables[1:] else tables[0]
        raise ConfigurationError(
            f"judgement {judgement.kind}: found no {names} {judgement.subject_id!r}; `hansa review list` and "
            "`hansa explain` tell the ids"
        )
    linked = _find_link(con, judgement.subject_id)
    if judgement.kind is JudgementKind.REJECT and linked is not None:
        raise ConfigurationError(
            f"judgement reject: {judgement.subject_id} is judged to be {linked[0]}, and its claims count for that one; "
            f"undo judgement {linked[1]} first, or reject {linked[0]}"
        )
    if judgement.kind is JudgementKind.WITHDRAW and _is_withdrawal(con, judgement.subject_id):
        raise ConfigurationError(
            f"judgement withdraw: {judgement.subject_id} is a withdrawal itself; record the judgement anew instead"
        )


def _check_object(con: duckdb.DuckDBPyConnection, judgement: Judgement) -> None:
    named = judgement.object_id
    details = judgement.details
    wanted = {
        "city": [named] if judgement.kind in {JudgementKind.SAME_CITY, JudgementKind.NOT_SAME_CITY}
        else [details.get("city_id")],
        "network": [named] if judgement.kind in {JudgementKind.SAME_NETWORK, JudgementKind.NOT_SAME_NETWORK}
        else [details.get("network_id"), details.get("successor_id") or None],
    }  # fmt: skip
    for table, ids in wanted.items():
        for row_id in ids:
            if row_id is not None and not _exists(con, table, row_id):
                raise ConfigurationError(
                    f"judgement {judgement.kind}: found no {table} {row_id!r}; "
                    f'`hansa sql "SELECT * FROM {table}"` lists them'
                )
    if judgement.kind is JudgementKind.NEW_NETWORK and _is_reference(con, str(named)):
        raise ConfigurationError(
            f"judgement new_network: {named} is in the catalogue already; choose another id, or judge "
            f"{judgement.subject_id} to be the same as it"
        )
    if judgement.kind in SAME:
        _check_apart(con, judgement)
    if judgement.kind in NOT_SAME:
        _check_joined(con, judgement)


def _check_apart(con: duckdb.DuckDBPyConnection, judgement: Judgement) -> None:
    """What stands apart by judgement may be joined by a newer one on the very pair, but not through others."""
    kind = f"not_{judgement.kind.value}"
    pair = (judgement.subject_id, str(judgement.object_id))
    mine, others = (_find_group(con, judgement.kind.value, one) for one in pair)
    rows = con.execute(
        "SELECT subject_id, object_id, judgement_id FROM standing_judgement WHERE kind = ? ORDER BY judged_at", [kind]
    ).fetchall()
    for one, other, judgement_id in rows:
        is_crossed = (one in mine and other in others) or (one in others and other in mine)
        if is_crossed and {one, other} != set(pair):
            raise ConfigurationError(
                f"judgement {judgement.kind}: {one} and {other} would be one, but were judged not to be; "
                f"undo judgement {judgement_id} first"
            )


def _check_joined(con: duckdb.DuckDBPyConnection, judgement: Judgement) -> None:
    """Two that are one through others are not kept apart by a judgement on the two alone."""
    pair = {judgement.subject_id, str(judgement.object_id)}
    links = _read_links(con, judgement.kind.value.removeprefix("not_"))
    direct = any({subject, target} == pair for subject, (target, _) in links.items())
    ends = {_follow(links, one) for one in pair}
    if len(ends) == 1 and not direct:
        joining = next(judgement_id for subject, (_, judgement_id) in links.items() if subject in pair)
        raise ConfigurationError(
            f"judgement {judgement.kind}: {' and '.join(sorted(pair))} are both judged to be {ends.pop()}; "
            f"undo judgement {joining} first"
        )


def _check_circles(con: duckdb.DuckDBPyConnection) -> None:
    for kind in ("same_city", "same_network"):
        links = _read_links(con, kind)
        for subject in links:
            seen = [subject]
            while seen[-1] in links and links[seen[-1]][0] not in seen:
                seen.append(links[seen[-1]][0])
            if seen[-1] in links:
                _, judgement_id = links[seen[-1]]
                raise ConfigurationError(
                    f"judgement {kind}: {' is '.join([*seen, links[seen[-1]][0]])} already, by judgement; withdraw one "
                    f"of these judgements first, such as {judgement_id}"
                )


def _read_links(con: duckdb.DuckDBPyConnection, kind: str) -> dict[str, tuple[str, str]]:
    """What each id is judged to be at first hand, and by which judgement."""
    rows = con.execute(
        "SELECT subject_id, object_id, judgement_id FROM identity_link WHERE kind = ? ORDER BY ALL", [kind]
    ).fetchall()
    return {subject: (target, judgement_id) for subject, target, judgement_id in rows}


def _follow(links: Mapping[str, tuple[str, str]], row_id: str) -> str:
    while row_id in links:
        row_id = links[row_id][0]
    return row_id


def _find_group(con: duckdb.DuckDBPyConnection, kind: str, row_id: str) -> Sequence[str]:
    """All ids that count as the one that `row_id` counts as."""
    links = _read_links(con, kind)
    end = _follow(links, row_id)
    return [end, *(subject for subject in links if _follow(links, subject) == end)]


def _find_link(con: duckdb.DuckDBPyConnection, row_id: str) -> tuple[str, str] | None:
    row = con.execute("SELECT object_id, judgement_id FROM identity_link WHERE subject_id = ?", [row_id]).fetchone()
    return (row[0], row[1]) if row else None


def _exists(con: duckdb.DuckDBPyConnection, table: str, row_id: str) -> bool:
    return con.execute(f"SELECT 1 FROM {table} WHERE {table}_id = ? LIMIT 1", [row_id]).fetchone() is not None


def _is_withdrawal(con: duckdb.DuckDBPyConnection, judgement_id: str) -> bool:
    query = "SELECT 1 FROM judgement WHERE judgement_id = ? AND kind = 'withdraw'"
    return con.execute(query, [judgement_id]).fetchone() is not None


def _is_reference(con: duckdb.DuckDBPyConnection, network_id: str) -> bool:
    query = "SELECT 1 FROM network WHERE network_id = ? AND is_reference"
    return con.execute(query, [network_id]).fetchone() is not None
