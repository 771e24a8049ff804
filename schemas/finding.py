"""Findings: what went wrong with an input, or what needs a person."""

from pydantic import BaseModel, ConfigDict, Field

from schemas.vocabulary import FindingKind


class Finding(BaseModel):
    """One thing to look at; stored with the run that met it and named on stderr."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: FindingKind
    subject: str = Field(description="what it is about: an input's name, a network's or a city's name")
    message: str = Field(description="where, what came, what was expected, what to do")
    document_id: str | None = None
    source: str | None = None

    @property
    def is_failure(self) -> bool:
        """Whether an input, or a record of one, was lost: such a run exits 1."""
        return self.kind in {FindingKind.UNREADABLE, FindingKind.UNREACHABLE, FindingKind.BROKEN_RECORD}
