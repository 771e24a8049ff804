"""Whether claims are as sure as they say: confidence beside the share that is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

Judged = tuple[float, bool]
"""The confidence of a claim, and whether it is right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims of like confidence."""

    low: float
    high: float
    """Exclusive, but for 1."""
    claims: int
    confidence: float
    """Their mean confidence; 0 for no claims."""
    right: float
    """The share that is right; 0 for no claims."""


def tabulate(judged: Sequence[Judged], bins: int = 10) -> list[Bin]:
    """The claims in so many bins of equal width, the least sure first; empty bins are kept."""
    found = []
    for number in range(bins):
        mine = [one for one in judged if min(int(one[0] * bins), bins - 1) == number]
        size = max(1, len(mine))
        confidence, right = sum(one[0] for one in mine) / size, sum(one[1] for one in mine) / size
        found.append(Bin(number / bins, (number + 1) / bins, len(mine), confidence, right))
    return found


def expected_calibration_error(judged: Sequence[Judged], bins: int = 10) -> float:
    """Mean distance of confidence and share right over bins, by their claims (Naeini et al. 2015); 0 for no claims."""
    table = tabulate(judged, bins)
    return sum(each.claims * abs(each.confidence - each.right) for each in table) / max(1, len(judged))


def find_threshold(judged: Sequence[Judged], precision: float) -> float | None:
    """The least confidence from which on that share of the claims is right; None where no threshold reaches it."""
    ranked = sorted(judged, key=lambda one: -one[0])
    right = accumulate(int(one[1]) for one in ranked)
    reached = [
        (confidence, hits / number)
        for number, ((confidence, _), hits) in enumerate(zip(ranked, right, strict=True), start=1)
        # Claims of one confidence stand or fall together.
        if number == len(ranked) or ranked[number][0] < confidence
    ]
    return min((confidence for confidence, share in reached if share >= precision), default=None)
