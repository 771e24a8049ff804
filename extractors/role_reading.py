"""What a reader makes of one candidate pair: a role, its status, and how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from extractors.relation_windows import PairContext
from schemas.vocabulary import Role, Status


@dataclass(frozen=True, slots=True)
class RoleReading:
    """One role that a window states of its city and network."""

    role: Role
    status: Status
    probability: float
    """Of role and status together, in [0, 1]; calibrated where the reader was trained."""


class RoleReader(Protocol):
    """Reads which roles the contexts of candidate pairs state, with what status."""

    version: str

    def read(self, pairs: Sequence[PairContext]) -> list[list[RoleReading]]:
        """For each pair the roles that its context states; an empty list for none."""
        ...
