"""`hansa show`, `explain` and `changes`: what the published registry holds, for reading."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.options import AsJson, Db, Publish
from flows.commands.shown_claims import print_claim, print_judgements
from flows.console import dump_json, make_console, show_cell, write_json, write_note, write_table
from flows.settings import read_settings
from schemas.errors import ConfigurationError

if TYPE_CHECKING:
    from warehouse.questions import Explanation, Profile

NOT_FOUND = 1
_EVIDENCE_LENGTH = 160


def show(
    name: Annotated[str, typer.Argument(help="A city or a network: its name, acronym or id.")],
    as_json: AsJson = False,
    db: Db = None,
    publish: Publish = None,
) -> None:
    """Show what the registry holds on a city or a network.

    Example: `hansa show Nantes`
    """
    from warehouse.database import open_registry
    from warehouse.questions import show_city, show_network

    with open_registry(read_settings(db=db, publish=publish).publish_path) as con:
        network, city = show_network(con, name), show_city(con, name)
    found = [profile for profile in (network, city) if profile.is_found]
    if not found:
        _refuse_name(name, network.suggestions + city.suggestions)
    if as_json:
        write_json([_plain_profile(profile) for profile in found], indent=1)
        return
    for profile in found:
        _print_profile(profile)


def explain(
    city: Annotated[str, typer.Argument(help="A city; with its country where several bear the name: 'York, GB'.")],
    network: Annotated[str, typer.Argument(help="A network: its name, acronym or id.")],
    as_json: AsJson = False,
    db: Db = None,
    publish: Publish = None,
) -> None:
    """Show every claim behind a membership, newest first, and why the registry believes what it believes.

    Example: `hansa explain Nantes eurocities`
    """
    from warehouse.database import open_registry
    from warehouse.questions import explain as explain_pair

    with open_registry(read_settings(db=db, publish=publish).publish_path) as con:
        told = explain_pair(con, city, network)
    if told.city_id is None:
        _refuse_name(city, told.city_suggestions)
    if told.network_id is None:
        _refuse_name(network, told.network_suggestions)
    if as_json:
        write_json(vars(told), indent=1)
    else:
        _print_explanation(told)


def changes(
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="From this day on: 2026, 2026-05 or 2026-05-04.")
    ] = None,
    as_json: AsJson = False,
    db: Db = None,
    publish: Publish = None,
) -> None:
    """List what changed in the registry and why, oldest first.

    Example: `hansa changes --since 2026-01`
    """
    from warehouse.database import open_registry
    from warehouse.questions import list_changes

    if since is not None:
        _check_date(since)
    with open_registry(read_settings(db=db, publish=publish).publish_path) as con:
        rows = list_changes(con, since)
    if as_json:
        write_json(rows, indent=1)
        return
    columns = ("changed_at", "kind", "city", "country_code", "role", "network", "cause", "evidence")
    write_table(columns, [[_shorten(row[column]) for column in columns] for row in rows])
    write_note(f"{len(rows)} changes")


def _print_profile(profile: "Profile") -> None:
    console = make_console()
    console.print(f"[bold]{show_cell(profile.name)}[/bold]  {profile.id}")
    facts = {key: value for key, value in profile.facts.items() if value is not None and key not in {"city", "network"}}
    console.print("  ".join(f"{key}: {show_cell(value)}" for key, value in facts.items()), style="dim")
    other = "network" if "city_id" in profile.facts else "city"
    columns = (
        other,
        "role",
        "body",
        "holder",
        "status",
        "since",
        "until",
        "last_confirmed_on",
        "confidence",
        "sources",
    )
    write_table(columns, [[row.get(column) for column in columns] for row in profile.memberships])
    if profile.others:
        write_note(f"others of this name: {'; '.join(profile.others)}")


def _plain_profile(profile: "Profile") -> dict[str, Any]:
    return {"kind": "city" if "city_id" in profile.facts else "network", **vars(profile)}


def _print_explanation(told: "Explanation") -> None:
    console = make_console()
    console.print(f"[bold]{show_cell(told.city)}[/bold] in [bold]{show_cell(told.network)}[/bold]")
    for membership in told.memberships:
        console.print(f"- {show_cell(membership['reason'])}")
    if not told.memberships:
        console.print("The registry believes nothing of this city in this network.")
    own = {claim["claim_id"] for claim in told.claims}
    print_judgements([one for one in told.judgements if one["about_id"] not in own])
    for claim in told.claims:
        print_claim(claim)
        print_judgements([one for one in told.judgements if one["about_id"] == claim["claim_id"]], indent="  ")
    for conflict in told.conflicts:
        console.print(f"\nconflict: {show_cell(dump_json(conflict))}")


def _refuse_name(name: str, suggestions: Sequence[str]) -> None:
    hint = f"; did you mean {', '.join(repr(one) for one in suggestions)}?" if suggestions else ""
    write_note(f"hansa: the registry holds no city or network called {name!r}{hint}")
    raise typer.Exit(NOT_FOUND)


def _check_date(value: str) -> None:
    from schemas.dates import check_partial_date

    try:
        check_partial_date(value)
    except ValueError as error:
        raise ConfigurationError(f"--since: {error}") from error


def _shorten(value: Any) -> Any:
    is_long = isinstance(value, str) and len(value) > _EVIDENCE_LENGTH
    return f"{value[: _EVIDENCE_LENGTH - 1]}…" if is_long else value
