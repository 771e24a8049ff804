"""Judgements: what a person decided, as a dated row that every rebuild of the registry applies."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from schemas.claim import NEW_NETWORK_PREFIX
from schemas.dates import PartialDate, first_day, last_day
from schemas.vocabulary import Role, Status


class JudgementKind(StrEnum):
    """What a person can decide."""

    ACCEPT = "accept"
    """The claim `subject_id` is right: it outweighs the claims that contradict it. A finding: seen, and done with."""
    REJECT = "reject"
    """The claim `subject_id` is wrong, or the network or city is none: its claims count no more."""
    CORRECT = "correct"
    """The claim `subject_id` says what `details` say: it counts with these fields instead of its own."""
    SAME_CITY = "same_city"
    """The city `subject_id` is the city `object_id`: its claims count for that one."""
    SAME_NETWORK = "same_network"
    """The network `subject_id` is the network `object_id`: its claims count for that one."""
    NOT_SAME_CITY = "not_same_city"
    """The cities `subject_id` and `object_id` are two: an earlier judgement that they are one holds no more."""
    NOT_SAME_NETWORK = "not_same_network"
    """The networks `subject_id` and `object_id` are two: an earlier judgement that they are one holds no more."""
    NEW_NETWORK = "new_network"
    """The unknown network `subject_id` is one, and is called `object_id` from now on; `details` are its row."""
    WITHDRAW = "withdraw"
    """The judgement `subject_id` is taken back."""


SAME = frozenset({JudgementKind.SAME_CITY, JudgementKind.SAME_NETWORK})
NOT_SAME = frozenset({JudgementKind.NOT_SAME_CITY, JudgementKind.NOT_SAME_NETWORK})
_WITH_OBJECT = SAME | NOT_SAME | {JudgementKind.NEW_NETWORK}

_NETWORK_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_Empty = Annotated[str, Field(max_length=0)]
"""Stands for no value: the claim as corrected has none."""


def read_in_utc(moment: datetime) -> datetime:
    """`moment` in UTC; one without a time zone is in UTC already."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


Moment = Annotated[datetime, AfterValidator(read_in_utc)]
"""In UTC, so that one moment has one form, and one hash."""


class Correction(BaseModel):
    """What a claim says, where that differs from what was read; the empty text takes a value away."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    role: Role | None = None
    status: Status | None = None
    since: PartialDate | _Empty | None = None
    until: PartialDate | _Empty | None = None
    body: str | None = None
    holder: str | None = None
    city_id: str | None = Field(default=None, pattern=r"^(gn:\d+|name:.+)$")
    network_id: str | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        """Of two dates, the end does not lie before the beginning."""
        if self.since and self.until and last_day(self.until) < first_day(self.since):
            raise ValueError(f"until {self.until} lies before since {self.since}")
        return self


class NetworkRow(BaseModel):
    """The catalogue row of a network that a person accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str = Field(min_length=1)
    acronym: str | None = None
    scope: str | None = Field(default=None, description="`global`, a continent or region, or `national` and a country")
    theme: str | None = None
    founded: PartialDate | None = None
    ended: PartialDate | None = None
    successor_id: str | None = None
    website: str | None = Field(default=None, description="host, without a scheme")


_SHAPES: Mapping[JudgementKind, type[BaseModel]] = {
    JudgementKind.CORRECT: Correction,
    JudgementKind.NEW_NETWORK: NetworkRow,
}


class Judgement(BaseModel):
    """One decision of a person."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: JudgementKind
    subject_id: str = Field(min_length=1, description="id of what is judged: a claim, a city, a network, a finding, …")
    object_id: str | None = Field(default=None, description="id of the city or network that the subject is, or is not")
    details: Mapping[str, str] = Field(
        default_factory=dict, description="fields of a `Correction`, or of a `NetworkRow`; empty for all other kinds"
    )
    said: Mapping[str, str] = Field(
        default_factory=dict, description="what a judged claim said, and where; filled in when it is stored"
    )
    reason: str = Field(min_length=1)
    author: str = Field(min_length=1)
    judged_at: Moment

    @model_validator(mode="after")
    def object_is_named_where_needed(self) -> Self:
        """What is, or is not, the same as something names it, and so does a new network; the others do not."""
        needed = self.kind in _WITH_OBJECT
        if needed != (self.object_id is not None):
            raise ValueError(
                f"{self.kind}: found object_id {self.object_id!r}, expected {'an id' if needed else 'none'}"
            )
        if self.object_id == self.subject_id:
            raise ValueError(f"{self.kind}: {self.subject_id} cannot be judged to be itself, or not to be")
        return self

    @model_validator(mode="after")
    def details_belong_to_the_kind(self) -> Self:
        """A correction says what is to be changed, a new network has a row, the others have no details."""
        if self.kind is JudgementKind.NEW_NETWORK:
            _check_network_ids(self.subject_id, str(self.object_id))
        shape = _SHAPES.get(self.kind)
        if (shape is None) != (not self.details):
            raise ValueError(f"{self.kind}: found details {dict(self.details)}, expected {'some' if shape else 'none'}")
        if shape is not None:
            try:
                shape.model_validate(self.details)
            except ValidationError as error:
                raise ValueError(f"{self.kind}: {_tell(error)}") from error
        return self


def _check_network_ids(unknown: str, network_id: str) -> None:
    if not unknown.startswith(NEW_NETWORK_PREFIX):
        raise ValueError(f"new_network: found {unknown!r}, expected an unknown network ({NEW_NETWORK_PREFIX}…)")
    if _NETWORK_ID.fullmatch(network_id) is None:
        raise ValueError(f"new_network: found the id {network_id!r}, expected one as in the catalogue: lost-towns")


def _tell(error: ValidationError) -> str:
    """What is wrong with which field, the first word of each only: a union tells a fault per member."""
    faults = {str(fault["loc"][0]) if fault["loc"] else "details": fault for fault in reversed(error.errors())}
    return "; ".join(f"{field}: found {fault['input']!r}: {fault['msg']}" for field, fault in faults.items())
