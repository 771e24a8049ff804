"""Judgements: what a person decided, as a dated row that every rebuild of the registry applies."""

from datetime import datetime
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class JudgementKind(StrEnum):
    """What a person can decide."""

    REJECT = "reject"
    """The claim `subject_id` is wrong: it counts no more."""
    SAME_CITY = "same_city"
    """The city `subject_id` is the city `object_id`: its claims count for that one."""
    SAME_NETWORK = "same_network"
    """The network `subject_id` is the network `object_id`: its claims count for that one."""
    WITHDRAW = "withdraw"
    """The judgement `subject_id` is taken back."""


class Judgement(BaseModel):
    """One decision of a person."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: JudgementKind
    subject_id: str = Field(min_length=1, description="id of the claim, city, network or judgement that is judged")
    object_id: str | None = Field(default=None, description="id of the city or network that the subject is")
    reason: str = Field(min_length=1)
    author: str = Field(min_length=1)
    judged_at: datetime

    @model_validator(mode="after")
    def object_is_named_where_needed(self) -> Self:
        """`same_…` name what the subject is, the others do not."""
        needed = self.kind in {JudgementKind.SAME_CITY, JudgementKind.SAME_NETWORK}
        if needed != (self.object_id is not None):
            raise ValueError(
                f"{self.kind}: found object_id {self.object_id!r}, expected {'an id' if needed else 'none'}"
            )
        if self.object_id == self.subject_id:
            raise ValueError(f"{self.kind}: {self.subject_id} cannot be judged to be itself")
        return self
