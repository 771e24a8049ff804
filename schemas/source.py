"""Sources: what a scheduled run reads, as the sources file describes it."""

import re
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from schemas.dates import PartialDate
from schemas.vocabulary import Authority, Role

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CRON_FIELD = re.compile(r"[\dA-Za-z*/,\-#?L]+")


class SourceKind(StrEnum):
    """How a source is read."""

    PAGE = "page"
    """Each address is one web page."""
    FEED = "feed"
    """Each address is an Atom or RSS feed; its entries are read, or the pages that they announce."""
    SITEMAP = "sitemap"
    """Each address is a sitemap; the pages that it lists are read."""
    LIST = "list"
    """Each address or file is a list of members."""
    REPORT = "report"
    """Each address or file is a PDF report."""
    FOLDER = "folder"
    """Each path is a folder of files."""


class Columns(BaseModel):
    """The headings of a table, by the field of a claim that the column tells."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    city: str | None = None
    country: str | None = Field(default=None, description="a name or a code")
    network: str | None = None
    role: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None
    body: str | None = None
    holder: str | None = None


class Range(BaseModel):
    """How many a source should yield; either end may be open."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    min: int | None = Field(default=None, ge=0, description="fewer: nothing is published")
    max: int | None = Field(default=None, ge=0, description="more: a finding")

    @model_validator(mode="after")
    def ends_are_in_order(self) -> Self:
        """The least is not more than the most."""
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is greater than max {self.max}")
        return self


class Expectations(BaseModel):
    """What a source promises to yield."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    claims: Range = Range()
    shrink: float = Field(
        default=0.2,
        ge=0,
        le=1,
        description="share of the cities of a complete list that the next one may lack; more: nothing is published",
    )


class Source(BaseModel):
    """One source of documents: where it is, who speaks there, and what it should yield."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str = Field(description="unique; names the source in claims, findings and logs")
    kind: SourceKind
    urls: tuple[str, ...] = ()
    paths: tuple[str, ...] = Field(default=(), description="files and folders, relative to the sources file")
    publisher: str
    authority: Authority
    network: str | None = Field(default=None, description="catalogue id of the network that a list or site belongs to")
    role: Role = Field(default=Role.MEMBER, description="what being listed means")
    complete: bool = Field(default=False, description="a full list: absence from it ends a membership")
    published: PartialDate | None = Field(default=None, description="the date of a source that carries none")
    include: tuple[str, ...] = Field(
        default=(),
        description="shell patterns; a page must match one, where any is given (sitemaps of an index are all followed)",
    )
    exclude: tuple[str, ...] = Field(default=(), description="shell patterns; a page that matches one is left out")
    max_bytes: int | None = Field(
        default=None, gt=0, description="cap on each page or file that is fetched, unpacked; default: that of its kind"
    )
    schedule: str | None = Field(default=None, description="cron expression in UTC, for `hansa serve`")
    columns: Columns = Columns()
    expect: Expectations = Expectations()

    @field_validator("name")
    @classmethod
    def name_is_plain(cls, value: str) -> str:
        """Names are used in file names, URLs and deployments."""
        if not _NAME.fullmatch(value):
            raise ValueError("expected lower-case letters, digits and single hyphens between them")
        return value

    @field_validator("urls")
    @classmethod
    def urls_are_web_addresses(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        """Only http and https are fetched."""
        for value in values:
            if not value.startswith(("https://", "http://")):
                raise ValueError(f"{value!r} is no http or https address")
        return values

    @field_validator("schedule")
    @classmethod
    def schedule_has_five_fields(cls, value: str | None) -> str | None:
        """A cron expression: minute, hour, day of month, month, day of week."""
        if value is not None and (len(value.split()) != 5 or not all(map(_CRON_FIELD.fullmatch, value.split()))):
            raise ValueError("expected a cron expression of five fields, such as '0 6 * * 1'")
        return value

    @model_validator(mode="after")
    def says_where_it_is(self) -> Self:
        """A source has a place, and a folder's is on this machine; only a list can be complete."""
        if not self.urls and not self.paths:
            raise ValueError("has neither urls nor paths; give one")
        if self.kind is SourceKind.FOLDER and self.urls:
            raise ValueError("a folder has paths, not urls")
        if self.complete and (self.kind is not SourceKind.LIST or self.network is None):
            raise ValueError('complete needs kind = "list" and a network: absence from it ends a membership')
        return self
