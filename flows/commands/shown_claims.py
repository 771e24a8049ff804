"""Claims and judgements, written for reading."""

from collections.abc import Mapping, Sequence
from typing import Any

from flows.console import make_console, show_cell

SHORT_ID = 12
"""Characters of a hash that tell one from another, for reading and typing."""


def print_claim(claim: Mapping[str, Any]) -> None:
    """A claim with its document, and its evidence with the words that name the city and the network marked."""
    console = make_console()
    title = claim["title"] or claim["document"]
    source = ", ".join(str(part) for part in (claim["publisher"], claim["published"], claim["url"]) if part)
    span = claim["evidence"]
    page = f", page {span['page']}" if span.get("page") else ""
    belief = f"{claim['belief']}: {claim['why']}" if claim["why"] else claim["belief"]
    console.print(f"\n[bold]{claim['role']}, {claim['status']}[/bold]  {_tell_details(claim)}  ({belief})")
    console.print(f"  {show_cell(title)} ({show_cell(source)})")
    marked = show_cell(span["text"])
    for mention in (claim["city"]["mention"], claim["network"]["mention"]):
        marked = marked.replace(show_cell(mention), f"[bold underline]{show_cell(mention)}[/bold underline]", 1)
    console.print(f"  “{marked}” (characters {span['start']}–{span['end']}{page})")
    console.print(f"  confidence {claim['confidence']:.2f}, found by {claim['found_by']}", style="dim")


def _tell_details(claim: Mapping[str, Any]) -> str:
    parts = [f"{key} {claim[key]}" for key in ("since", "until", "body", "holder") if claim[key]]
    return show_cell("; ".join(parts))


def print_judgements(judgements: Sequence[Mapping[str, Any]], *, indent: str = "") -> None:
    """What was decided, by whom and why, a line each; withdrawn ones are told as such."""
    console = make_console()
    for judgement in judgements:
        taken_back = "" if judgement["stands"] else " (withdrawn)"
        console.print(f"{indent}judged{taken_back}: {show_cell(tell_judgement(judgement))}", style="cyan")


def tell_judgement(judgement: Mapping[str, Any]) -> str:
    """A judgement as a line: what, of what, with which details, when, by whom, why, and its id."""
    details = ", ".join(f"{key} {value or 'none'}" for key, value in (judgement["details"] or {}).items())
    parts = [
        str(judgement["kind"]).replace("_", " "),
        _shorten_id(judgement["subject_id"]),
        _shorten_id(judgement["object_id"] or ""),
        f"({details})" if details else "",
    ]
    said = " ".join(part for part in parts if part)
    day = judgement["judged_at"].date().isoformat()
    return f"{said}: “{judgement['reason']}” ({judgement['author']}, {day}; {judgement['judgement_id'][:SHORT_ID]})"


def _shorten_id(row_id: str) -> str:
    return row_id if ":" in row_id or len(row_id) < 64 else row_id[:SHORT_ID]
