"""Scores of relation readings on labelled pairs, and the thresholds and calibration chosen by them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from extractors.score import IMPLIES_MEMBER, Ratio
from extractors.training.relation_data import PairRecord, RelationData
from schemas.vocabulary import Role, Status

ROLES, STATUSES = tuple(Role), tuple(Status)
_SCALES = np.geomspace(0.05, 2, 38).round(3)
_STEPS, _RIDGE = 25, 2.0
_THRESHOLDS = np.round(np.arange(0.14, 0.81, 0.03), 2)

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ReadingScore:
    """Right, said and wanted claims: in all, and by role and status (`- ended`)."""

    triple: Ratio
    parts: Mapping[str, Ratio]

    def report(self) -> str:
        """A line in all and a line per part."""
        triple = self.triple
        lines = [
            f"triple  P {triple.precision:.3f}  R {triple.recall:.3f}  F1 {triple.f1:.3f}  ({triple.wanted} wanted)"
        ]
        for name, part in sorted(self.parts.items(), key=lambda item: -item[1].wanted):
            lines.append(
                f"  {name:18} P {part.precision:.2f}  R {part.recall:.2f}  F1 {part.f1:.2f}  ({part.wanted} wanted)"
            )
        return "\n".join(lines)


_Fact = tuple[str, str, str, int, int]
"""Document, city, network, index of role, index of status."""
_Counts: TypeAlias = Counter[tuple[Role, Status]]


def score_readings(data: RelationData, roles: Array, statuses: Array, thresholds: Array) -> ReadingScore:
    """Triple score of role probabilities (pairs, 15) and statuses (pairs, 15, 4) read off a set of documents.

    Cities and networks are taken as linked; claims that no candidate pair reaches count as missed. Of the
    networks beside one mention the most probable takes a role.
    """
    wanted = Counter(claim for claims in data.claims.values() for claim in claims)
    said: _Counts = Counter()
    right: _Counts = Counter()
    taken: set[tuple[str, int]] = set()
    for (document, _, _, role_index, status_index), claims in _choose_facts(
        data.pairs, roles, statuses, thresholds
    ).items():
        fact = (ROLES[role_index], STATUSES[status_index])
        held = data.claims[document]
        match = next((i for i in sorted(claims) if held[i] == fact and (document, i) not in taken), None)
        if match is not None:
            taken.add((document, match))
            right[fact] += 1
        elif fact == (Role.MEMBER, Status.CURRENT) and any(held[i][0] in IMPLIES_MEMBER for i in claims):
            continue
        said[fact] += 1
    return _sum_up(right, said, wanted)


def _sum_up(right: _Counts, said: _Counts, wanted: _Counts) -> ReadingScore:
    parts: dict[str, list[tuple[Role, Status]]] = {}
    for fact in (*wanted, *(fact for fact in said if fact not in wanted)):
        parts.setdefault(fact[0], []).append(fact)
        parts.setdefault(f"- {fact[1]}", []).append(fact)

    def ratio(facts: Iterable[tuple[Role, Status]]) -> Ratio:
        facts = list(facts)
        return Ratio(*(sum(counts[fact] for fact in facts) for counts in (right, said, wanted)))

    return ReadingScore(ratio(wanted | said), {name: ratio(facts) for name, facts in parts.items()})


def _choose_facts(
    pairs: Sequence[PairRecord], roles: Array, statuses: Array, thresholds: Array
) -> dict[_Fact, frozenset[int]]:
    """What is said at these thresholds, once each, with the gold claims about the same city and network."""
    stated: dict[tuple[str, tuple[int, int], int], list[int]] = defaultdict(list)
    for number, index in np.argwhere(roles >= thresholds):
        stated[pairs[number].document, pairs[number].target, int(index)].append(int(number))
    best: dict[_Fact, frozenset[int]] = {}
    for (document, _, index), numbers in stated.items():
        top = max(numbers, key=lambda n: roles[n, index])
        for number in numbers:
            if number == top or (pairs[number].near == "passage" == pairs[top].near):
                fact = (
                    document,
                    pairs[number].city_id,
                    pairs[number].network_id,
                    index,
                    int(statuses[number, index].argmax()),
                )
                best[fact] = best.get(fact, frozenset()) | pairs[number].claims
    return best


def choose_thresholds(data: RelationData, roles: Array, statuses: Array) -> Array:
    """A threshold per role: the one that is best for all, then moved for a role where that gains claims."""

    def score(thresholds: Array) -> float:
        return score_readings(data, roles, statuses, thresholds).triple.f1

    uniform = float(max(_THRESHOLDS, key=lambda t: score(np.full(len(ROLES), t, dtype=np.float32))))
    chosen = np.full(len(ROLES), uniform, dtype=np.float32)
    for index in range(len(ROLES)):

        def gain(threshold: float, index: int = index) -> float:
            moved = chosen.copy()
            moved[index] = threshold
            # A small price for moving: with few claims of a role the best threshold is chance.
            return score(moved) - 0.004 * abs(threshold - uniform)

        chosen[index] = max(_THRESHOLDS, key=gain)
    return chosen


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt scaling: probability = logistic(scale * logit + shift), shifts by role; a scale for statuses."""

    scale: float
    shifts: Array
    status_scale: float

    def apply(self, roles: Array, statuses: Array) -> tuple[Array, Array]:
        """Probabilities from logits."""
        scaled = statuses * self.status_scale
        odds = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
        probabilities = _logistic(roles.astype(np.float64) * self.scale + self.shifts).astype(np.float32)
        return probabilities, odds / odds.sum(axis=-1, keepdims=True)


def fit_calibration(pairs: Sequence[PairRecord], roles: Array, statuses: Array) -> Calibration:
    """Fit on held-out logits; entries whose label is unsure are left out."""
    truth = np.array([[role in pair.roles for role in ROLES] for pair in pairs], dtype=np.float64)
    known = np.array([[role not in pair.unsure for role in ROLES] for pair in pairs], dtype=np.float64)
    fits = [(scale, *_fit_shifts(roles.astype(np.float64) * scale, truth, known)) for scale in _SCALES]
    scale, shifts, _ = min(fits, key=lambda fit: fit[2])
    return Calibration(float(scale), shifts.round(4).astype(np.float32), _fit_status_scale(pairs, statuses))


def _fit_shifts(
    logits: NDArray[np.float64], truth: NDArray[np.float64], known: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """The shift per role at a given scale, and the loss that is left."""
    shifts = np.zeros(len(ROLES))
    for _ in range(_STEPS):
        said = _logistic(logits + shifts)
        # A ridge worth two claims keeps a rare role's shift near none.
        slope = ((said - truth) * known).sum(axis=0) + _RIDGE * shifts
        shifts -= np.clip(slope / ((said * (1 - said) * known).sum(axis=0) + _RIDGE), -1, 1)
    said = np.clip(_logistic(logits + shifts), 1e-6, 1 - 1e-6)
    loss = -((truth * np.log(said) + (1 - truth) * np.log(1 - said)) * known).sum()
    return shifts, float(loss + _RIDGE / 2 * (shifts**2).sum())


def _logistic(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-np.clip(logits, -60, 60)))


def _fit_status_scale(pairs: Sequence[PairRecord], statuses: Array) -> float:
    held = [(n, ROLES.index(r), STATUSES.index(s)) for n, pair in enumerate(pairs) for r, s in pair.roles.items()]
    logits = np.array([statuses[n, r] for n, r, _ in held])
    index = np.array([s for _, _, s in held])

    def loss(scale: float) -> float:
        scaled = logits * scale
        total = np.log(np.exp(scaled - scaled.max(axis=1, keepdims=True)).sum(axis=1)) + scaled.max(axis=1)
        return float((total - scaled[np.arange(len(index)), index]).mean())

    return float(min(np.arange(0.4, 2.01, 0.05).round(2), key=loss))


def expected_calibration_error(pairs: Sequence[PairRecord], probabilities: Array, bins: int = 10) -> float:
    """Mean distance between probability and frequency over bins, of all role probabilities of 0.05 and more."""
    truth = np.array([[role in pair.roles for role in ROLES] for pair in pairs])
    known = np.array([[role not in pair.unsure for role in ROLES] for pair in pairs])
    chosen = known & (probabilities >= 0.05)
    said, right = probabilities[chosen], truth[chosen]
    which = np.minimum((said * bins).astype(int), bins - 1)
    return float(sum(abs(said[which == b].sum() - right[which == b].sum()) for b in range(bins)) / max(1, len(said)))


def as_mapping(values: Array) -> Mapping[str, float]:
    """A value per role, by the role's name."""
    return {role.value: round(float(value), 4) for role, value in zip(ROLES, values, strict=True)}
