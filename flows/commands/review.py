"""`hansa review`: what needs a person, and what persons decided."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.options import AsJson, Db, Publish
from flows.commands.shown_claims import SHORT_ID, print_claim, print_judgements, tell_judgement
from flows.console import make_console, show_cell, write_json, write_line, write_note, write_table
from flows.settings import Settings, read_settings
from schemas.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

    from flows.review import Decision, Recorded
    from schemas.judgement import Judgement
    from warehouse.review import Subject

_MOST_CHANGES = 10
_MOST_CLAIMS = 20
_LONGEST_SUBJECT = 100

app = typer.Typer(
    help="List what needs a person, by consequence, and record what was decided. Example: `hansa review list`",
    epilog="An ID is what `list` and `show` print: a network's or a city's id or name, or the first 6 characters or "
    "more of another. Each judgement is applied at once, and at every rebuild, until it is undone.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

Id = Annotated[str, typer.Argument(metavar="ID", help="What is judged, as `hansa review list` names it.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept with the judgement.")]
Author = Annotated[
    str | None, typer.Option("--author", metavar="NAME", help="Who judges (default HANSA_AUTHOR, or the login name).")
]
NoRefresh = Annotated[
    bool,
    typer.Option("--no-refresh", help="Record only: the next judgement or run applies and publishes it."),
]


class Waiting(StrEnum):
    """What can need a person."""

    CONFLICT = "conflict"
    NETWORK = "network"
    CITY = "city"
    FINDING = "finding"
    CLAIM = "claim"
    """Too unsure to count, and of consequence if it is right."""


@app.command("list")
def list_items(
    kind: Annotated[Waiting | None, typer.Option("--kind", help="Only these.")] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="As many as this.")] = 30,
    as_json: AsJson = False,
    db: Db = None,
    publish: Publish = None,
) -> None:
    """List conflicts, unknown networks, unresolved cities, findings and claims too unsure to count.

    Those on which most memberships hang come first; of claims only those that would change what is believed.

    Example: `hansa review list --kind network`
    """
    from warehouse.database import open_registry
    from warehouse.review import list_waiting

    with open_registry(read_settings(db=db, publish=publish).publish_path) as con:
        rows = list_waiting(con, kind)
    if as_json:
        write_json(rows[:limit], indent=1)
        return
    shown = [
        (_shorten(row["id"]), *(row[key] for key in ("kind", "what")), row["subject"][:_LONGEST_SUBJECT],
         row["memberships"], row["claims"])
        for row in rows[:limit]
    ]  # fmt: skip
    write_table(("id", "kind", "what", "subject", "memberships", "claims"), shown)
    write_note(f"{len(rows)} need a person" + (f"; the first {limit} are shown" if len(rows) > limit else ""))


@app.command()
def show(item: Id, as_json: AsJson = False, db: Db = None, publish: Publish = None) -> None:
    """Show what there is to see before deciding: claims with their evidence, earlier judgements, a proposed row.

    Example: `hansa review show new:league-of-lost-towns`
    """
    from flows.review import propose_row
    from schemas.claim import NEW_NETWORK_PREFIX
    from warehouse.database import open_registry
    from warehouse.review import show_subject

    with open_registry(read_settings(db=db, publish=publish).publish_path) as con:
        subject = show_subject(con, item)
    waits = subject.kind == "network" and subject.id.startswith(NEW_NETWORK_PREFIX)
    proposed = propose_row(subject) if waits else None
    if as_json:
        write_json(vars(subject) | {"proposed": proposed}, indent=1)
        return
    _print_subject(subject, proposed)


@app.command()
def accept(  # noqa: PLR0917 — Typer passes them by name
    item: Id,
    reason: Reason,
    opposing: Annotated[
        bool, typer.Option("--opposing", help="Of a conflict: accept the claim that opposes what is believed.")
    ] = False,
    author: Author = None,
    no_refresh: NoRefresh = False,
    db: Db = None,
    publish: Publish = None,
) -> None:
    """Accept a claim, which then outweighs all that contradict it; of a conflict, the claim that is believed.

    A finding that is accepted has been seen: it leaves the list.

    Example: `hansa review accept 3f9c21d0a4b7 --reason "the minutes say so"`
    """
    from flows import review

    decision = _decide(reason, author)
    _record(db, publish, lambda con: review.accept(con, item, decision, opposing=opposing), no_refresh=no_refresh)


@app.command()
def reject(  # noqa: PLR0917 — Typer passes them by name
    item: Id,
    reason: Reason,
    author: Author = None,
    no_refresh: NoRefresh = False,
    db: Db = None,
    publish: Publish = None,
) -> None:
    """Reject a claim, or an unknown network or city with all its claims: they count no more.

    Example: `hansa review reject new:the-task-force --reason "a committee, no network"`
    """
    from flows import review

    decision = _decide(reason, author)
    _record(db, publish, lambda con: review.reject(con, item, decision), no_refresh=no_refresh)


@app.command()
def correct(  # noqa: PLR0917 — Typer passes them by name
    item: Id,
    reason: Reason,
    role: Annotated[str | None, typer.Option("--role", help="As in `hansa extract`: member, chair, …")] = None,
    status: Annotated[str | None, typer.Option("--status", help="current, ended, planned, denied.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help='2021, 2021-05, …; "" for none.')] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help='As --since; "" for none.')] = None,
    body: Annotated[str | None, typer.Option("--body", help='Committee, event or award; "" for none.')] = None,
    holder: Annotated[str | None, typer.Option("--holder", help='Who holds the role; "" for nobody.')] = None,
    city: Annotated[str | None, typer.Option("--city", help="The city that is meant: a name or an id.")] = None,
    network: Annotated[str | None, typer.Option("--network", help="The network that is meant.")] = None,
    author: Author = None,
    no_refresh: NoRefresh = False,
    db: Db = None,
    publish: Publish = None,
) -> None:
    """Correct what a claim says: it counts with these fields, and stays in history as it was read.

    Example: `hansa review correct 3f9c21d0a4b7 --role vice_chair --since 2021-05 --reason "misread"`
    """
    from flows import review

    given = {"role": role, "status": status, "since": since, "until": until, "body": body, "holder": holder}
    fields = {name: value for name, value in given.items() if value is not None}
    if not fields and city is None and network is None:
        raise ConfigurationError("correct: found nothing to correct, expected a field such as --role or --since")
    decision = _decide(reason, author)
    _record(
        db, publish, lambda con: review.correct(con, item, decision, fields, city=city, network=network),
        no_refresh=no_refresh,
    )  # fmt: skip


@app.command("same-as")
def same_as(  # noqa: PLR0917 — Typer passes them by name
    one: Id,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="What it is: a name or an id.")],
    reason: Reason,
    author: Author = None,
    no_refresh: NoRefresh = False,
    db: Db = None,
    publish: Publish = None,
) -> None:
    """Judge that a network, or a city, is another: its claims count for that one.

    Example: `hansa review same-as new:euro-cities eurocities --reason "a spelling of it"`
    """
    from flows import review

    decision = _decide(reason, author)
    _record(db, publish, lambda con: review.relate(con, one, other, decision, same=True), no_refresh=no_refresh)


@app.command("not-same-as")
def not_same_as(  # noqa: PLR0917 — Typer passes them by name
    one: Id,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="What it is not: a name or an id.")],
    reason: Reason,
    author: Author = None,
    no_refresh: NoRefresh = False,
    db: Db = None,
    publish: Publish = None,
) -> None:
    """Judge that two networks, or two cities, are two; an earlier judgement that they are one holds no more.

    Example: `hansa review not-same-as new:city-networks eurocities --reason "another one"`
    """
    from flows import review

    decision = _decide(reason, author)
    _record(db, publish, lambda con: review.relate(con, one, other, decision, same=False), no_refresh=no_refresh)


@app.command()
def network(  # noqa: PLR0917 — Typer passes them by name
    item: Id,
    reason: Reason,
    network_id: Annotated[
        str | None, typer.Option("--id", help="Its id from now on; default: as now, without new:")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Its usual name.")] = None,
    acronym: Annotated[str | None, typer.Option("--acronym", help="Its acronym.")] = None,
    scope: Annotated[str | None, typer.Option("--scope", help="global, a region, or `national` and a country.")] = None,
    theme: Annotated[str | None, typer.Option("--theme", help="Its subject: climate, culture, …")] = None,
    founded: Annotated[str | None, typer.Option("--founded", metavar="DATE", help="When it began.")] = None,
    ended: Annotated[str | None, typer.Option("--ended", metavar="DATE", help="When it ended.")] = None,
    successor: Annotated[str | None, typer.Option("--successor", help="Id of the network that took its place.")] = None,
    website: Annotated[str | None, typer.Option("--website", help="Its host name.")] = None,
    author: Author = None,
    no_refresh: NoRefresh = False,
    db: Db = None,
    publish: Publish = None,
) -> None:  # fmt: skip
    """Accept an unknown network with a catalogue row: what `show` proposes, but for the fields given here.

    The claims that wait for it count for it from now on, and so do those of documents read later.

    Example: `hansa review network new:league-of-lost-towns --theme heritage --reason "founded in 1999"`
    """
    from flows import review

    given = {
        "name": name, "acronym": acronym, "scope": scope, "theme": theme, "founded": founded, "ended": ended,
        "successor_id": successor, "website": website,
    }  # fmt: skip
    row = {key: value for key, value in given.items() if value is not None}
    decision = _decide(reason, author)
    _record(db, publish, lambda con: review.add_network(con, item, decision, network_id, row), no_refresh=no_refresh)


@app.command()
def undo(  # noqa: PLR0917 — Typer passes them by name
    item: Annotated[str, typer.Argument(metavar="JUDGEMENT", help="Its id, as `hansa review judgements` tells it.")],
    reason: Reason,
    author: Author = None,
    no_refresh: NoRefresh = False,
    db: Db = None,
    publish: Publish = None,
) -> None:
    """Take a judgement back; it stays in the record, and so does its withdrawal.

    Example: `hansa review undo 5b1e07c2d9aa --reason "a misunderstanding"`
    """
    from flows import review

    decision = _decide(reason, author)
    _record(db, publish, lambda con: review.undo(con, item, decision), no_refresh=no_refresh)


@app.command()
def judgements(as_json: AsJson = False, db: Db = None, publish: Publish = None) -> None:
    """List what was decided, oldest first; withdrawn judgements are marked.

    Example: `hansa review judgements`
    """
    from warehouse.database import open_registry
    from warehouse.rows import read_rows

    query = (
        "SELECT *, judgement_id IN (SELECT judgement_id FROM standing_judgement) AS stands FROM judgement "
        "ORDER BY judged_at, judgement_id"
    )
    with open_registry(read_settings(db=db, publish=publish).publish_path) as con:
        rows = read_rows(con, query)
    if as_json:
        write_json(rows, indent=1)
        return
    for row in rows:
        mark = "" if row["stands"] or row["kind"] == "withdraw" else "(withdrawn) "
        write_line(f"{mark}{tell_judgement(row)}")
    write_note(f"{len(rows)} judgements")


@app.command()
def export(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Where to; without it, stdout.")] = None,
    db: Db = None,
    publish: Publish = None,
) -> None:
    """Write all judgements as CSV, to be kept under version control and imported elsewhere.

    Example: `hansa review export judgements.csv`
    """
    from warehouse.database import open_registry
    from warehouse.judgement_files import write_judgements
    from warehouse.judgements import list_judgements

    with open_registry(read_settings(db=db, publish=publish).publish_path) as con:
        found = list_judgements(con)
    if file is None:
        sys.stdout.write(write_judgements(found))
        return
    try:
        file.write_text(write_judgements(found), encoding="utf-8", newline="")
    except OSError as error:
        raise ConfigurationError(
            f"{file}: cannot be written ({error.strerror}); name a file in a folder that is there"
        ) from error
    write_note(f"{file}: {len(found)} judgements")


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file as `hansa review export` writes it.")],
    no_refresh: NoRefresh = False,
    db: Db = None,
    publish: Publish = None,
) -> None:
    """Record the judgements of a CSV file, all or none; those that are known already change nothing.

    Example: `hansa review import judgements.csv`
    """
    from flows import review

    settings = read_settings(db=db, publish=publish)
    recorded = review.import_file(settings, file, apply=not no_refresh)
    write_line(f"{file}: {len(recorded.judgement_ids)} judgements, {recorded.new} of them new")
    _tell_outcome(settings, recorded)


def _decide(reason: str, author: str | None) -> "Decision":
    import getpass

    from flows.review import Decision

    if not reason.strip():
        raise ConfigurationError("--reason: found nothing, expected a few words that say why")
    try:
        who = author or read_settings().author or getpass.getuser()
    except (OSError, KeyError) as error:
        raise ConfigurationError("--author: found no login name, expected a name here or in HANSA_AUTHOR") from error
    return Decision(reason.strip(), who, datetime.now(UTC))


def _record(
    db: Path | None, publish: Path | None, make: "Callable[[duckdb.DuckDBPyConnection], Judgement]", *, no_refresh: bool
) -> None:
    from flows import review

    settings = read_settings(db=db, publish=publish)
    judgement, recorded = review.record(settings, make, apply=not no_refresh)
    [judgement_id] = recorded.judgement_ids
    told = tell_judgement(judgement.model_dump() | {"judgement_id": judgement_id})
    write_line(f"recorded: {told}")
    _tell_outcome(settings, recorded)


def _tell_outcome(settings: Settings, recorded: "Recorded") -> None:
    if recorded.summary is None:
        write_note("the registry was not refreshed: the next judgement or `hansa run` applies it")
        return
    for change in _read_changes(settings)[:_MOST_CHANGES] if recorded.summary.changes else ():
        write_line(f"  {change['kind']}: {change['city']}, {change['role']} of {change['network']} ({change['cause']})")
    changes = sum(recorded.summary.changes.values())
    more = f", of which the first {_MOST_CHANGES} are shown" if changes > _MOST_CHANGES else ""
    write_line(f"{changes} changes{more}; {recorded.summary.conflicts} open conflicts.")


def _read_changes(settings: Settings) -> list[dict[str, Any]]:
    """The changes of the newest run."""
    from warehouse.database import open_registry
    from warehouse.questions import list_changes

    with open_registry(settings.publish_path) as con:
        rows = list_changes(con)
    newest = max((row["changed_at"] for row in rows), default=None)
    return [row for row in rows if row["changed_at"] == newest]


def _print_subject(subject: "Subject", proposed: Mapping[str, str] | None) -> None:
    console = make_console()
    console.print(f"[bold]{subject.kind}[/bold] {show_cell(subject.id)}")
    facts = {key: value for key, value in subject.facts.items() if value is not None and key != "evidence"}
    console.print("  ".join(f"{key}: {show_cell(value)}" for key, value in facts.items()), style="dim")
    if proposed is not None:
        console.print(f"proposed row: {show_cell(', '.join(f'{key} {value}' for key, value in proposed.items()))}")
    for row in subject.similar:
        console.print(f"resembles: {show_cell(row['network_id'])} {show_cell(row['name'])}")
    own = {claim["claim_id"] for claim in subject.claims}
    print_judgements([one for one in subject.judgements if one["about_id"] not in own])
    for claim in subject.claims[:_MOST_CLAIMS]:
        side = ""
        if subject.kind == "conflict":
            side = "opposing " if claim["claim_id"] == subject.facts["opposing_claim_id"] else "believed "
        who = f"{claim['city']['name']} in {claim['network']['name']}"
        console.print(f"\n{side}claim [bold]{claim['claim_id'][:SHORT_ID]}[/bold]: {show_cell(who)}", end="")
        print_claim(claim)
        print_judgements([one for one in subject.judgements if one["about_id"] == claim["claim_id"]], indent="  ")
    if len(subject.claims) > _MOST_CLAIMS:
        write_note(f"… and {len(subject.claims) - _MOST_CLAIMS} more claims; --json has all")


def _shorten(row_id: str) -> str:
    return row_id if ":" in row_id else row_id[:SHORT_ID]
