"""Explanations of claims and near misses, written for reading."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flows.console import make_console, show_cell

if TYPE_CHECKING:
    from extractors.explained import ExplainedCity, ExplainedNetwork, ExplainedProposal, ExplainedRole, Words
    from extractors.explanation import Explanation
    from schemas.claim import Candidate

_NEAR = {
    "passage": "named in the same clause",
    "sentence": "named in the sentence, in another clause",
    "reference": "referred to in the sentence",
    "lead_in": "named by the lead-in or header over it",
    "column": "named by the heading of the table cell that speaks of both",
    "heading": "named by a heading over it",
    "block": "named before in the same block",
    "topic": "what the document is about",
    "before": "the network named last before",
}
_FORMS = {
    "name": "by name",
    "holder": "by its office holder",
    "nominal": "by a noun or pronoun",
    "home": "as the city whose page this is",
}


def print_explanation(explanation: "Explanation") -> None:
    """Print a document's claims and near misses, each with what led to it."""
    console = make_console()
    document = explanation.document
    console.print(f"[bold]{show_cell(document.name)}[/bold]  {show_cell(document.title)}")
    if explanation.unread is not None:
        console.print(f"  not read: {show_cell(explanation.unread)}\n")
        return
    missed = len(explanation.proposals) - len(explanation.claims)
    console.print(f"  claims: {len(explanation.claims)}, near misses: {missed}\n", style="dim")
    for told in explanation.proposals:
        mark, style = ("+", "bold green") if told.claim is not None else ("-", "yellow")
        console.print(f"{mark} {show_cell(_tell_head(told))}", style=style)
        for subject, words in _tell_lines(told):
            console.print(f"    {subject:9} {show_cell(words)}")
        console.print()


def _tell_head(told: "ExplainedProposal") -> str:
    held = f"{told.city.link.name}: {told.role} of {told.network.link.name}, {told.status}, {told.weight:.2f}"
    return held if told.claim is not None else f"{held} – {told.fate.replace('_', ' ')}"


def _tell_lines(told: "ExplainedProposal") -> Iterator[tuple[str, str]]:
    yield ("because" if told.claim is not None else "dropped", told.reason)
    yield "evidence", f"“{' '.join(told.evidence.text.split())}” ({told.evidence.start}–{told.evidence.end})"
    yield "city", _tell_city(told.city)
    yield "network", _tell_network(told.network)
    yield "read by", f"{told.reader}: {told.probability:.2f} × {told.nearness:g} for nearness = {told.weight:.2f}"
    yield "roles", "; ".join(map(_tell_role, told.roles))
    yield from _tell_details(told)
    window, at = told.window, told.target
    yield "window", f"{window[:at]}>>{window[at:]}" if at >= 0 else window


def _tell_details(told: "ExplainedProposal") -> Iterator[tuple[str, str]]:
    for date in told.dates:
        taken = " and ".join(date.taken_as) or "not taken"
        words = _tell_words(date.words) if date.words else "the day of publication"
        yield "date", f"{date.value} from {words}, {date.place}: {taken}"
    for person in told.persons:
        tied = f", tied to {'; '.join(person.cities)}" if person.cities else ""
        yield "person", f"{_tell_words(person.words)}{tied}: {'the holder' if person.is_taken else 'not taken'}"
    if told.claim is not None and told.claim.body:
        yield "body", told.claim.body


def _tell_city(city: "ExplainedCity") -> str:
    told = [f"{_tell_words(city.words)} {_FORMS[city.form]}"]
    if city.named is not None and city.named != city.words:
        told.append(f"that is {_tell_words(city.named)}")
    if city.person is not None:
        told.append(f"with {city.person}")
    return f"{', '.join(told)} → {_tell_link(city.link, city.runners_up)}"


def _tell_network(network: "ExplainedNetwork") -> str:
    told = [f"{_tell_words(network.words)} {_NEAR[network.near]}" if network.words else _NEAR[network.near]]
    if network.named is not None and network.named != network.words:
        told.append(f"that is {_tell_words(network.named)}")
    return f"{', '.join(told)} → {_tell_link(network.link, network.runners_up)}"


def _tell_words(words: "Words") -> str:
    where = f"{words.start}–{words.end}" + (" of the title" if words.in_title else "")
    return f"“{' '.join(words.text.split())}” ({where})"


def _tell_link(link: "Candidate", runners_up: "tuple[Candidate, ...]") -> str:
    others = "; ".join(f"{other.name} {other.score:g}" for other in runners_up)
    return f"{link.id} {link.name} {link.score:g}" + (f" (before {others})" if others else "")


def _tell_role(role: "ExplainedRole") -> str:
    if role.rule is not None:
        return f"{role.role} by rule “{role.rule}”"
    statuses = ", ".join(f"{status} {probability:.2f}" for status, probability in role.statuses.items())
    threshold = f" of {role.threshold:.2f}" if role.threshold is not None else ""
    return f"{role.role} {role.probability:.2f}{threshold} ({statuses})"
