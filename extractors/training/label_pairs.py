"""Labels for the relation model: which roles a gold document gives to each candidate pair of its text.

A gold claim names its evidence, not the mention that states it. Each claim is given to the candidate
pairs of its city and network inside the evidence; where none is there, to the nearest pair before it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.candidates import Candidate, find_candidates
from extractors.pair_context import describe_context
from extractors.place_names import fold_name
from extractors.reading import DocumentReader, Reading
from extractors.relation_windows import PairContext, TargetKind
from extractors.score import GoldDocument, Matcher
from schemas.vocabulary import Role, Status

NEAR_BEFORE = 160
"""Characters between a mention and evidence that refers back to it; further off another sentence states it."""


@dataclass(slots=True)
class LabelledPair:
    """A candidate pair with what the gold document says of it."""

    document: str
    context: PairContext
    near: str
    city_id: str
    """`gn:…` of the place the mention was linked to."""
    roles: dict[Role, Status] = field(default_factory=dict)
    """Stated here."""
    unsure: set[Role] = field(default_factory=set)
    """Stated of the same city and network elsewhere in the document; may be said here as well."""
    claims: set[int] = field(default_factory=set)
    """Indices of all gold claims of the document about this city and network."""


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A gold document's candidate pairs and its claims (role and status), found by a pair or not."""

    document: str
    pairs: list[LabelledPair]
    claims: list[tuple[Role, Status]]


def label_document(gold: GoldDocument, reader: DocumentReader, matcher: Matcher) -> LabelledDocument:
    """Candidate pairs of a gold document with their labels; without candidates all claims stay unfound."""
    reading = reader.read(gold.document)
    found = [(pair, label_nothing(reading, pair)) for pair in find_candidates(reading)]
    for index, claim in enumerate(gold.claims):
        mine = [labelled for pair, labelled in found if _is_about(claim, pair, matcher)]
        for labelled in mine:
            labelled.claims.add(index)
        _give(claim, mine, gold.document.text)
    claims = [(Role(claim["role"]), Status(claim["status"])) for claim in gold.claims]
    return LabelledDocument(gold.document.name, [labelled for _, labelled in found], claims)


def label_documents(
    documents: Sequence[GoldDocument], reader: DocumentReader, matcher: Matcher
) -> Iterator[LabelledDocument]:
    """`label_document` for each, in order."""
    for gold in documents:
        yield label_document(gold, reader, matcher)


def label_nothing(reading: Reading, pair: Candidate) -> LabelledPair:
    """A candidate pair of which nothing is known."""
    context = describe_context(reading, pair)
    return LabelledPair(reading.document.name, context, pair.near, f"gn:{pair.city.place.geonameid}")


def _is_about(claim: Mapping[str, Any], pair: Candidate, matcher: Matcher) -> bool:
    said = {
        "city": {
            "name": pair.city.place.name,
            "country": pair.city.place.country_code,
            "geonameid": pair.city.place.geonameid,
        },
        "network": {"id": pair.network_id, "name": pair.network_name},
    }
    if matcher.is_same_pair(claim, said):
        return True
    # A mention linked to the wrong place of that name still shows how the role is worded.
    same_name = fold_name(claim["city"]["name"]) == fold_name(pair.city.place.name)
    return same_name and matcher.is_same_pair({**claim, "city": said["city"]}, said)


def _give(claim: Mapping[str, Any], mine: Sequence[LabelledPair], text: str) -> None:
    """Give a claim to the pairs that state it, of all those about its city and network."""
    role, status = Role(claim["role"]), Status(claim["status"])
    spans = list(_find_all(text, claim["evidence"]))
    stating = [p for p in mine if any(a <= p.context.target[0] and p.context.target[1] <= b for a, b in spans)]
    named = [p for p in stating if p.context.kind is TargetKind.NAME]
    if not stating:
        before = [p for p in mine if any(0 <= a - p.context.target[1] <= NEAR_BEFORE for a, _ in spans)]
        stating = [p for p in before if p.context.target == before[-1].context.target]
    for pair in mine:
        if pair in (named or stating):
            pair.roles.setdefault(role, status)
            pair.unsure.discard(role)
        elif role not in pair.roles:
            pair.unsure.add(role)


def _find_all(text: str, part: str) -> Iterator[tuple[int, int]]:
    at = text.find(part) if part else -1
    while at >= 0:
        yield at, at + len(part)
        at = text.find(part, at + 1)
