"""What is told of a claim or a near miss: the JSON of `hansa extract --explain --json`, a line for each."""

from pydantic import BaseModel, ConfigDict, Field

from extractors.candidates import Near
from extractors.date_options import Place as DatePlace
from extractors.network_mention import Form as NetworkForm
from extractors.proposals import Fate
from extractors.references import Form as CityForm
from schemas.claim import Candidate, Claim, Evidence
from schemas.dates import PartialDate
from schemas.vocabulary import Role, Status


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Told):
    """Words of the document."""

    text: str
    start: int = Field(description="half-open span of Document.text; of Document.title where `in_title`")
    end: int
    in_title: bool = False


class ExplainedCity(_Told):
    """The words that stand for the city, and how they came to mean it."""

    words: Words = Field(description="empty, at the start of the evidence, where the page's home city is meant")
    form: CityForm = Field(description="name, holder (its mayor), nominal ('the city', 'it') or home (the page's own)")
    named: Words | None = Field(description="the mention by name that the words are or refer back to")
    link: Candidate = Field(description="the place; its score compares it with its runners-up only")
    runners_up: tuple[Candidate, ...] = ()
    person: str | None = Field(default=None, description="the person tied to these words or named in their place")


class ExplainedNetwork(_Told):
    """The words that stand for the network, and how the city was brought together with it."""

    words: Words | None = Field(description="null: nothing but the catalogue names it")
    near: Near = Field(description="where the words stand, seen from the city")
    named: Words | None = Field(description="the mention by name that the words are or refer back to")
    form: NetworkForm | None = Field(description="how that mention names it")
    link: Candidate
    runners_up: tuple[Candidate, ...] = ()


class ExplainedRole(_Told):
    """A role that the reader weighed for the city and network."""

    role: Role
    probability: float = Field(description="of the role, whatever its status")
    threshold: float | None = Field(description="what that must reach; null for a rule")
    statuses: dict[Status, float] = Field(description="probability of role and status together, where 0.05 or more")
    rule: str | None = Field(default=None, description="name of the statement rule; null: the model read it")


class ExplainedDate(_Told):
    """A date that was weighed for `since` and `until`."""

    words: Words | None = Field(description="null for the day of publication")
    value: PartialDate
    place: DatePlace
    taken_as: tuple[str, ...] = Field(description="since, until, both or neither")


class ExplainedPerson(_Told):
    """A person who was weighed as holder."""

    name: str
    words: Words = Field(description="the mention nearest to the city")
    cities: tuple[str, ...] = Field(description="cities that the text ties the person to")
    is_taken: bool


class Preferred(_Told):
    """The proposal that stands in the place of a near miss."""

    city: Words
    network: str = Field(description="network id")
    role: Role
    status: Status
    weight: float


class ExplainedProposal(_Told):
    """A role read of a city and a network, and what became of it."""

    document: str = Field(description="Document.name")
    fate: Fate
    reason: str = Field(description="the fate in words and figures")
    claim: Claim | None = Field(description="as `hansa extract` prints it; null for a near miss")
    role: Role
    status: Status
    probability: float = Field(description="of role and status together")
    nearness: float = Field(description="discount for how far off the network stands; 1 in the same clause")
    weight: float = Field(description="probability times nearness, from which a claim's confidence is made")
    city: ExplainedCity
    network: ExplainedNetwork
    reader: str = Field(description="the rule or the versions of the readers that spoke")
    roles: tuple[ExplainedRole, ...] = Field(description="all that was read or weighed of this city and network here")
    window: str = Field(description="what the model read: cities that are asked about marked, other names masked")
    target: int = Field(description="where in the window the marker of this city begins; -1 where it was cut off")
    evidence: Evidence
    dates: tuple[ExplainedDate, ...] = Field(
        default=(), description="of a claim: those in the evidence and those taken"
    )
    persons: tuple[ExplainedPerson, ...] = Field(
        default=(), description="of a claim: those in the evidence and the one taken"
    )
    preferred: Preferred | None = None
