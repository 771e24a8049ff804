"""Say in a sentence why a membership is believed."""

from collections.abc import Mapping
from typing import Any

_SPEAKERS = {
    "network": "the network itself",
    "city": "the city itself",
    "news": "the press",
    "academic": "a scholarly source",
}
_ROLES = {
    "founding_member": "a founding member",
    "associate_member": "an associate member",
    "observer": "an observer",
    "co_chair": "a co-chair",
    "vice_chair": "a vice-chair",
    "board_member": "a board member",
    "committee_chair": "a committee chair",
    "secretariat_host": "host of the secretariat",
    "event_host": "host of an event",
    "award_winner": "winner of an award",
}


def give_reason(membership: Mapping[str, Any], city: str, network: str) -> str:
    """Why the row `membership` (of `memberships_of_pair.sql`) is believed, as one or two sentences."""
    role = _ROLES.get(membership["role"], f"{'the' if membership['role'] == 'chair' else 'a'} {membership['role']}")
    body = f" ({membership['body']})" if membership["body"] else ""
    verb = {"current": "is", "stale": "was, when last confirmed,", "ended": "was", "planned": "is to become"}[
        membership["status"]
    ]
    belief = f"{city} {verb} {role}{body} of {network}{_tell_dates(membership)}"
    return f"{belief}: {_tell_ground(membership)}. {_tell_weight(membership)}"


def _tell_dates(membership: Mapping[str, Any]) -> str:
    since, until = membership["since"], membership["until"]
    parts = [f"since {since}" if since and membership["status"] == "current" else f"from {since}" if since else ""]
    parts.append(f"until {until}" if until else "")
    told = " ".join(part for part in parts if part)
    return f" {told}" if told else ""


def _tell_ground(membership: Mapping[str, Any]) -> str:
    title = membership["best_title"] or membership["best_url"] or membership["best_document"]
    speaker = membership["best_publisher"] or _SPEAKERS.get(membership["best_authority"], "a source")
    dated = f", {membership['best_published']}" if membership["best_published"] else ""
    source = f"“{title}” ({speaker}{dated})"
    if membership["is_continued"]:
        told = f"no text says so, but it was a member of a network that this one took the place of, by {source}"
        return f"{told}{_tell_absence(membership)}"
    if membership["is_inferred"]:
        return f"no text says so, but it holds an office there, by {source}"
    if membership["is_succession"]:
        return f"it is over since {membership['best_city']} took the chair, by {source}"
    if membership["missing_from"] and membership["best_status"] != "ended":
        return f"{source} says so{_tell_absence(membership)}"
    if membership["network_ended"] and membership["best_status"] != "ended":
        return f"{source} says so, and the network ended in {membership['network_ended']}"
    if membership["status"] == "stale":
        return f"{source} says so, and nobody has confirmed it for longer than an office usually lasts there"
    if membership["status"] == "ended" and membership["best_status"] != "ended":
        return f"{source} says so, and the term that was stated is over"
    return f"{source} says so"


def _tell_absence(membership: Mapping[str, Any]) -> str:
    listed = membership["missing_from"]
    return f", and the complete list “{listed}” no longer names it" if listed else ""


def _tell_weight(membership: Mapping[str, Any]) -> str:
    claims, sources = membership["claims"], membership["sources"]
    return (
        f"{claims} claim{'s' if claims != 1 else ''} of {sources} independent source{'s' if sources != 1 else ''}, "
        f"the last of {membership['last_confirmed_on']}; confidence {membership['confidence']:.2f}."
    )
