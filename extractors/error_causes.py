"""Why gold claims were missed and false claims made: each error of an evaluation with its first cause.

The causes follow a claim's way through the extractor; an error has the first step that went wrong, so that
mending it may bring another to light.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from extractors.candidates import Candidate as Pair
from extractors.catalogue import Catalogue
from extractors.claims import Decision
from extractors.explanation import Explanation
from extractors.place_names import fold_name
from extractors.proposals import Fate
from extractors.score import GoldClaim, GoldDocument, Matcher, ScoringError, is_same_city, score_claims


class Cause(StrEnum):
    """What went wrong, in words."""

    CITY_WITHOUT_ID = "the city has no GeoNames id"
    WRONG_PLACE = "linked to another place of the name"
    CITY_NOT_FOUND = "the city was not found"
    NETWORK_NOT_FOUND = "the network was not found"
    NEVER_PAIRED = "city and network were found and never paired"
    OTHER_NETWORK = "another network was chosen"
    OTHER_STATUS = "another status was read"
    OTHER_ROLE = "another role was read"
    DROPPED = "it was read and dropped"
    NOT_READ = "it was not read"
    SAID_ONCE = "it was said once and wanted more often"

    NOTHING_STATED = "the document states nothing"
    REPETITION = "it repeats a claim that is right"
    PAIR_NOT_STATED = "city and network are not related by the text"


@dataclass(frozen=True, slots=True)
class CausedError:
    """An error with its cause."""

    error: ScoringError
    cause: Cause
    fate: Fate | None = None
    """Of what was read and dropped."""
    detail: str = ""
    """What was said or read instead; empty where nothing was."""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"document": self.error.document, "claim": self.error.claim, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class CauseGroup:
    """The errors of one kind (`missed` or `false`) that have one cause."""

    kind: str
    cause: Cause
    fate: Fate | None
    errors: tuple[CausedError, ...]
    share: float
    """Of all errors of that kind."""

    @property
    def name(self) -> str:
        """The cause, with the fate of what was dropped."""
        return f"{self.cause}: {self.fate.replace('_', ' ')}" if self.fate else str(self.cause)

    def as_dict(self, examples: int) -> dict[str, Any]:
        """For JSON, with that many examples at most."""
        return {
            "kind": self.kind,
            "cause": self.cause.name.lower(),
            "fate": self.fate,
            "count": len(self.errors),
            "share": round(self.share, 4),
            "examples": [error.as_dict() for error in self.errors[:examples]],
        }


def group_errors(errors: Iterable[CausedError]) -> list[CauseGroup]:
    """Errors by kind and cause: missed before false, and the most frequent cause first."""
    groups: dict[tuple[str, Cause, Fate | None], list[CausedError]] = {}
    for error in errors:
        groups.setdefault((error.error.kind, error.cause, error.fate), []).append(error)
    totals = {kind: sum(len(found) for (k, _, _), found in groups.items() if k == kind) for kind, _, _ in groups}
    order = sorted(groups.items(), key=lambda item: (item[0][0] != "missed", -len(item[1]), item[0][1]))
    return [
        CauseGroup(kind, cause, fate, tuple(found), len(found) / totals[kind]) for (kind, cause, fate), found in order
    ]


def find_causes(gold: GoldDocument, explanation: Explanation, catalogue: Catalogue) -> list[CausedError]:
    """Every missed and every false claim of one document, with its cause; in the order of `score_claims`."""
    errors = score_claims([gold], {gold.document.name: explanation.claims}, catalogue).errors
    document = _Document(gold, explanation, errors, Matcher(catalogue))
    return [document.explain_missed(e) if e.kind == "missed" else document.explain_false(e) for e in errors]


class _Document:
    """A gold document beside what was made of it."""

    def __init__(
        self, gold: GoldDocument, explanation: Explanation, errors: Sequence[ScoringError], matcher: Matcher
    ) -> None:
        self._gold = gold
        self._explanation = explanation
        self._matcher = matcher
        self._said: list[GoldClaim] = [claim.model_dump(mode="json") for claim in explanation.claims]
        self._false = [error.claim for error in errors if error.kind == "false"]
        self._missed = [error.claim for error in errors if error.kind == "missed"]

    def explain_missed(self, error: ScoringError) -> CausedError:
        """The first step at which a gold claim was lost."""
        claim = error.claim
        said = [fact for fact in self._said if self._matcher.is_same_pair(claim, fact)]
        decisions = [d for d in self._explanation.decisions if self._is_about(claim, d.proposal.pair)]
        detail = _tell("said", said) or _tell_read(decisions)
        cause = self._find_unlinked(claim, said) or self._find_misread(claim, said, decisions)
        if cause is not None:
            return CausedError(error, cause, None, detail)
        dropped = _find_dropped(claim, decisions)
        if dropped is not None:
            return CausedError(error, Cause.DROPPED, dropped.fate, detail)
        return CausedError(error, Cause.NOT_READ, None, detail)

    def _find_unlinked(self, claim: GoldClaim, said: Sequence[GoldClaim]) -> Cause | None:
        """What kept city and network from being brought together; None where they were."""
        if claim["city"].get("geonameid") is None and not said:
            return Cause.CITY_WITHOUT_ID
        if any(self._is_about(claim, pair) for pair in self._explanation.pairs):
            return None
        if not self._finds_network(claim):
            return Cause.NETWORK_NOT_FOUND
        return self._find_unlinked_city(claim) or Cause.NEVER_PAIRED

    def _find_unlinked_city(self, claim: GoldClaim) -> Cause | None:
        reading = self._explanation.reading
        wanted = claim["city"]
        if reading is None or any(is_same_city(wanted, _as_city(r.place)) for r in reading.references):
            return None
        for mention in reading.cities:
            words = reading.document.text[mention.start : mention.end]
            names = {fold_name(words), fold_name(mention.place.name)}
            others = {place.geonameid for place, _ in mention.runners_up}
            if fold_name(wanted["name"]) in names or wanted["geonameid"] in others:
                return Cause.WRONG_PLACE
        return Cause.CITY_NOT_FOUND

    def _finds_network(self, claim: GoldClaim) -> bool:
        reading = self._explanation.reading
        if reading is None:
            return False
        found = {(m.network_id, m.name) for m in (*reading.networks, *reading.title_networks)}
        return any(self._matcher.is_same_network(claim["network"], {"id": i, "name": name}) for i, name in found)

    def _find_misread(self, claim: GoldClaim, said: Sequence[GoldClaim], decisions: Sequence[Decision]) -> Cause | None:
        """What was said in place of a claim whose city and network were brought together."""
        if any(_is_same(claim, fact, "role", "status") for fact in said):
            return Cause.SAID_ONCE
        if any(_is_same(claim, fact, "role") for fact in said):
            return Cause.OTHER_STATUS
        elsewhere = {Fate.FAR_NETWORK, Fate.OTHER_NETWORK}
        if any(d.fate in elsewhere and _is_read(claim, d, "role") for d in decisions):
            return Cause.OTHER_NETWORK
        if any(d.fate is not Fate.IMPROBABLE and _is_read(claim, d, "role", "status") for d in decisions):
            return None
        if any(self._matcher.is_same_pair(claim, fact) for fact in self._false):
            return Cause.OTHER_ROLE
        others = [fact for fact in self._false if is_same_city(claim["city"], fact["city"])]
        if any(_is_same(claim, fact, "role", "status") and self._meet(claim, fact) for fact in others):
            return Cause.OTHER_NETWORK
        return None

    def explain_false(self, error: ScoringError) -> CausedError:
        """What of a false claim differs from what the document states."""
        fact, gold = error.claim, self._gold.claims
        stated = [claim for claim in gold if self._matcher.is_same_pair(claim, fact)]
        return CausedError(error, self._find_false(fact, stated), None, _tell("stated", stated))

    def _find_false(self, fact: GoldClaim, stated: Sequence[GoldClaim]) -> Cause:
        if not self._gold.claims:
            return Cause.NOTHING_STATED
        if any(_is_same(fact, claim, "role", "status") for claim in stated):
            return Cause.REPETITION
        if any(_is_same(fact, claim, "role") for claim in stated):
            return Cause.OTHER_STATUS
        alike = [claim for claim in self._gold.claims if _is_same(fact, claim, "role", "status")]
        cities = [claim for claim in alike if is_same_city(claim["city"], fact["city"])]
        if any(claim in self._missed or self._meet(claim, fact) for claim in cities):
            return Cause.OTHER_NETWORK
        networks = [claim for claim in alike if self._matcher.is_same_network(claim["network"], fact["network"])]
        if any(claim in self._missed and _shares_name(claim["city"], fact["city"]) for claim in networks):
            return Cause.WRONG_PLACE
        return Cause.OTHER_ROLE if stated else Cause.PAIR_NOT_STATED

    def _is_about(self, claim: GoldClaim, pair: Pair) -> bool:
        network = {"id": pair.network_id, "name": pair.network_name}
        return self._matcher.is_same_pair(claim, {"city": _as_city(pair.city.place), "network": network})

    def _meet(self, claim: GoldClaim, fact: GoldClaim) -> bool:
        """Whether a gold claim and a claim have words of their evidence in common."""
        start = self._gold.document.text.find(claim["evidence"])
        evidence = fact["evidence"]
        return start >= 0 and start < evidence["end"] and evidence["start"] < start + len(claim["evidence"])


def _as_city(place: Any) -> dict[str, Any]:
    return {"name": place.name, "country": place.country_code, "geonameid": place.geonameid}


def _shares_name(wanted: GoldClaim, said: GoldClaim) -> bool:
    return fold_name(wanted["name"]) in {fold_name(said["name"]), fold_name(said["mention"])}


def _is_same(one: GoldClaim, other: GoldClaim, *keys: str) -> bool:
    return all(one[key] == other[key] for key in keys)


def _is_read(claim: GoldClaim, decision: Decision, *keys: str) -> bool:
    return all(claim[key] == getattr(decision.proposal.reading, key) for key in keys)


def _find_dropped(claim: GoldClaim, decisions: Sequence[Decision]) -> Decision | None:
    """The likeliest reading of a claim's role that became none; one with its status before others."""
    mine = [d for d in decisions if d.fate is not Fate.CLAIMED and _is_read(claim, d, "role")]
    return max(mine, key=lambda d: (_is_read(claim, d, "status"), d.proposal.weight), default=None)


def _tell(verb: str, claims: Sequence[GoldClaim]) -> str:
    told = ", ".join(f"{claim['role']} {claim['status']}" for claim in claims)
    return f"{verb}: {told}" if told else ""


def _tell_read(decisions: Sequence[Decision]) -> str:
    best = max(decisions, key=lambda d: d.proposal.weight, default=None)
    if best is None:
        return ""
    read = best.proposal.reading
    return f"read: {read.role} {read.status} {best.proposal.weight:.2f}, {best.fate.replace('_', ' ')}"
