"""Questions for the choosers, from gold documents: since when, until when, and who, for each claim.

A claim is asked at the candidate pairs that state it, as extraction will ask; a claim whose answer is not
among the options teaches nothing and is left out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.candidates import Candidate, find_candidates
from extractors.claim_dates import describe_ends, describe_options
from extractors.date_features import claim_traits, describe_claim
from extractors.date_options import find_date_options
from extractors.holder_features import describe_office, features_of_nobody, features_of_person, holder_traits
from extractors.holders import select_persons
from extractors.place_names import fold_name
from extractors.reading import DocumentReader, Reading
from extractors.score import GoldDocument, Matcher
from extractors.training.choice_training import Question
from schemas.vocabulary import Role, Status

_MOST_PAIRS = 3
"""Mentions at which one claim is asked."""


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """A gold claim and the candidate pairs that state it, best first."""

    document: str
    reading: Reading
    claim: Mapping[str, Any]
    pairs: Sequence[Candidate]

    @property
    def role(self) -> Role:
        """Its role."""
        return Role(self.claim["role"])

    @property
    def status(self) -> Status:
        """Its status."""
        return Status(self.claim["status"])


def find_stated_claims(
    documents: Iterable[GoldDocument], reader: DocumentReader, matcher: Matcher
) -> Iterator[StatedClaim]:
    """The gold claims that a candidate pair states; those of a document stand together."""
    for gold in documents:
        reading = reader.read(gold.document)
        candidates = find_candidates(reading)
        for claim in gold.claims:
            pairs = find_stating_pairs(claim, candidates, gold.document.text, matcher)
            if pairs:
                yield StatedClaim(gold.document.name, reading, claim, pairs)


def find_stating_pairs(
    claim: Mapping[str, Any], candidates: Sequence[Candidate], text: str, matcher: Matcher
) -> list[Candidate]:
    """The pairs of a claim's city and network inside its evidence, names before other references.

    Where none is in it, the first pair of the two anywhere; empty where the text gives none.
    """
    mine = [pair for pair in candidates if matcher.is_same_pair(claim, _name(pair))]
    starts = [match.start() for match in re.finditer(re.escape(claim["evidence"]), text)]
    inside = [p for p in mine if any(a <= p.city.start <= a + len(claim["evidence"]) for a in starts)]
    return [pair for pair in inside if pair.city.form == "name"] or inside or mine[:1]


def _name(pair: Candidate) -> dict[str, Any]:
    place = pair.city.place
    city = {"name": place.name, "country": place.country_code, "geonameid": place.geonameid}
    return {"city": city, "network": {"id": pair.network_id, "name": pair.network_name}}


def ask_dates(claims: Sequence[StatedClaim]) -> tuple[list[Question], list[Question]]:
    """The questions for `since` and for `until`, the latter as if `since` had been answered rightly."""
    since: list[Question] = []
    until: list[Question] = []
    weights = _weigh(claims)
    for stated, weight in zip(claims, weights, strict=True):
        traits = claim_traits(stated.role, stated.status)
        for pair in stated.pairs[:_MOST_PAIRS]:
            options = find_date_options(stated.reading, pair)
            described = describe_options(options, describe_claim(stated.reading, pair, stated.role))
            values = [None, *(option.value for option in options)]
            right = _mark(values, stated.claim["since"])
            if any(right):
                since.append(Question(stated.document, traits, described, right, weight))
            begun = next((value for value, fits in zip(values, right, strict=True) if fits), None)
            if stated.role is Role.EVENT_HOST and begun and not stated.claim["until"]:
                continue  # the last day of an event is told whenever its first one is
            ends, end_values = describe_ends(options, described, begun or stated.claim["since"])
            right = _mark(end_values, stated.claim["until"])
            if any(right):
                until.append(Question(stated.document, traits, ends, right, weight))
    return since, until


def ask_holders(claims: Sequence[StatedClaim]) -> list[Question]:
    """The questions for the holder."""
    questions = []
    for stated, weight in zip(claims, _weigh(claims), strict=True):
        wanted = stated.claim["holder"]
        for pair in stated.pairs[:_MOST_PAIRS]:
            context = describe_office(stated.reading, pair, stated.role)
            persons = select_persons(context, stated.role)
            right = [not wanted, *(bool(wanted) and is_same_person(person.name, wanted) for person in persons)]
            if persons and any(right):
                options = [features_of_nobody(context), *(features_of_person(person, context) for person in persons)]
                traits = holder_traits(stated.role, stated.status)
                questions.append(Question(stated.document, traits, options, right, weight))
    return questions


def is_same_person(name: str | None, wanted: str) -> bool:
    """Whether a name holds the surname that is wanted, as the score has it."""
    return fold_name(wanted).split()[-1] in fold_name(name or "").split()


def agree(said: str | None, wanted: str) -> bool:
    """Whether one of two partial dates is the other, as far as it goes."""
    return said is not None and (said.startswith(wanted) or wanted.startswith(said))


def _mark(values: Sequence[str | None], wanted: str | None) -> list[bool]:
    """Which values are right: equal ones, or where there are none those that agree."""
    if not wanted:
        return [value is None for value in values]
    equal = [value == wanted for value in values]
    return equal if any(equal) else [agree(value, wanted) for value in values]


def _weigh(claims: Sequence[StatedClaim]) -> list[float]:
    """Less weight for each of the many claims that one list states in the same way."""
    alike = Counter((stated.document, stated.role, stated.status) for stated in claims)
    return [float(alike[stated.document, stated.role, stated.status] ** -0.5) for stated in claims]
