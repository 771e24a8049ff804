"""What a reader makes of one candidate pair: a role, its status, and how sure it is."""

from dataclasses import dataclass

from schemas.vocabulary import Role, Status


@dataclass(frozen=True, slots=True)
class RoleReading:
    """One role that a window states of its city and network."""

    role: Role
    status: Status
    probability: float
    """Of role and status together, in [0, 1]; calibrated where the reader was trained."""
