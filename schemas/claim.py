"""Claims and mentions: what one document says, with the words that say it.

The JSON form of a claim is a promise to users (`hansa extract`); the models dump to it as they stand.
"""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.dates import PartialDate
from schemas.vocabulary import MentionKind, Role, Status

NEW_NETWORK_PREFIX = "new:"
"""Ids of networks that the catalogue lacks begin with this."""


def city_id(name: str, country: str | None, geonameid: int | None) -> str:
    """`gn:2990969`, or `name:FR:nantes` for a place without a GeoNames id."""
    if geonameid is not None:
        return f"gn:{geonameid}"
    return f"name:{country or '??'}:{' '.join(name.casefold().split())}"


class ClaimCity(BaseModel):
    """The city of a claim: the place, and the words that name it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str = Field(description="GeoNames' main name; as written where GeoNames lacks the place")
    country: str | None = Field(description="ISO 3166-1 alpha-2; null where the text does not tell")
    geonameid: int | None = Field(description="null where GeoNames' places of 500 people and more lack it")
    mention: str = Field(description="the words of the text that name or stand for the city")

    @property
    def city_id(self) -> str:
        """As the function `city_id` gives it."""
        return city_id(self.name, self.country, self.geonameid)


class ClaimNetwork(BaseModel):
    """The network of a claim: its catalogue entry, and the words that name it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str = Field(description="catalogue id; `new:…` for a network that the catalogue lacks")
    name: str
    mention: str = Field(description="the words of the text that name or stand for the network")


class Evidence(BaseModel):
    """The sentence, list item or table row that states a claim."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    text: str = Field(min_length=1)
    start: int = Field(ge=0, description="half-open span of Document.text")
    end: int
    page: int | None = Field(default=None, description="page of a PDF, the first being 1")

    @model_validator(mode="after")
    def span_is_as_long_as_text(self) -> Self:
        """The span and the words that it is said to hold are equally long."""
        if self.end - self.start != len(self.text):
            raise ValueError(f"evidence [{self.start}, {self.end}) holds {len(self.text)} characters")
        return self


class Claim(BaseModel):
    """One city–network–role statement of one document."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    document: str = Field(description="Document.name")
    city: ClaimCity
    network: ClaimNetwork
    role: Role
    status: Status
    since: PartialDate | None = Field(default=None, description="as exact as the text allows")
    until: PartialDate | None = Field(default=None, description="as exact as the text allows")
    body: str | None = Field(default=None, description="committee, programme, event or award, as the text names it")
    holder: str | None = Field(default=None, description="the person who holds the role for the city")
    evidence: Evidence
    confidence: float = Field(ge=0, le=1)
    found_by: str = Field(description="component and version, e.g. relations/1")


class Candidate(BaseModel):
    """A thing that a mention may mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str = Field(description="`gn:2990969`, a network's id, a person's name or an ISO date")
    name: str
    score: float


class Mention(BaseModel):
    """Words of a document that name a city, a network, a person or a date."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    document: str
    kind: MentionKind
    text: str
    start: int = Field(description="half-open span of Document.text")
    end: int
    link: Candidate | None = Field(description="what it was linked to; null where nothing fits")
    runners_up: tuple[Candidate, ...] = ()
