"""What a reader makes of one candidate pair: a role, its status, and how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from extractors.relation_windows import PairContext
from schemas.vocabulary import Role, Status


class Doubt(StrEnum):
    """Why a role that a reader weighed is not stated."""

    IMPROBABLE = "improbable"
    """Its probability stays below the threshold of the role."""
    OVERRULED = "overruled"
    """The sentence plainly states the role in another way."""


@dataclass(frozen=True, slots=True)
class RoleReading:
    """One role that a window states of its city and network."""

    role: Role
    status: Status
    probability: float
    """Of role and status together, in [0, 1]; calibrated where the reader was trained."""
    of_role: float | None = field(default=None, compare=False)
    """Probability of the role, whatever its status; null where a rule read it."""
    doubt: Doubt | None = None
    """Null: stated. Readings in doubt are given only to those who ask for them."""
    rule: str | None = None
    """Name of the rule that read it; null where a model did."""
    threshold: float | None = field(default=None, compare=False)
    """What the probability of the role, whatever its status, must reach; null where nothing was weighed."""
    statuses: tuple[tuple[Status, float], ...] = field(default=(), compare=False)
    """Probability of the role with each status, the most probable first; given with readings in doubt."""


class RoleReader(Protocol):
    """Reads which roles the contexts of candidate pairs state, with what status."""

    version: str

    def read(self, pairs: Sequence[PairContext], *, doubtful_from: float | None = None) -> list[list[RoleReading]]:
        """For each pair the roles that its context states; an empty list for none.

        With `doubtful_from` also those that the reader doubts, if the role is at least that probable.
        """
        ...
