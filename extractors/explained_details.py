"""Details of an explanation: words of the text, and the dates and persons that were weighed for a claim."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from extractors.candidates import Candidate as Pair
from extractors.date_options import DateOption, find_date_options
from extractors.explained import ExplainedDate, ExplainedPerson, Words
from extractors.persons import Person
from extractors.reading import Reading
from schemas.claim import Claim


class _Placed(Protocol):
    @property
    def start(self) -> int:
        """Offset in the text."""
        ...


_Mention = TypeVar("_Mention", bound=_Placed)


def take_words(reading: Reading, start: int, end: int, *, in_title: bool = False) -> Words:
    """The words at half-open offsets of the text, or of the title."""
    text = (reading.document.title or "") if in_title else reading.document.text
    return Words(text=text[start:end], start=start, end=end, in_title=in_title)


def nearest_before(mentions: Sequence[_Mention], offset: int) -> _Mention | None:
    """The last mention that begins at `offset` or before it, else the first one; None of none."""
    before = [mention for mention in mentions if mention.start <= offset]
    return before[-1] if before else mentions[0] if mentions else None


def explain_dates(reading: Reading, pair: Pair, claim: Claim) -> tuple[ExplainedDate, ...]:
    """The dates of a claim's evidence, and those elsewhere that it took, unless the evidence tells the same."""
    told: list[ExplainedDate] = []
    for option in find_date_options(reading, pair):
        taken = tuple(key for key in ("since", "until") if option.value == getattr(claim, key))
        known = any(date.value == option.value for date in told)
        if option.place == "own" or (taken and not known):
            told.append(_explain_date(reading, option, taken))
    return tuple(told)


def _explain_date(reading: Reading, option: DateOption, taken: tuple[str, ...]) -> ExplainedDate:
    words = option.expression
    return ExplainedDate(
        words=take_words(reading, words.start, words.end, in_title=option.place == "title") if words else None,
        value=option.value,
        place=option.place,
        taken_as=taken,
    )


def explain_persons(reading: Reading, pair: Pair, claim: Claim) -> tuple[ExplainedPerson, ...]:
    """The persons whom a claim's evidence names, and the one who was taken as its holder."""
    evidence = claim.evidence
    return tuple(
        _explain_person(reading, person, pair.city.start, claim.holder)
        for person in reading.persons
        if person.name == claim.holder or any(evidence.start <= m.start < evidence.end for m in person.mentions)
    )


def _explain_person(reading: Reading, person: Person, at: int, holder: str | None) -> ExplainedPerson:
    nearest = min(person.mentions, key=lambda mention: abs(mention.start - at))
    return ExplainedPerson(
        name=person.name,
        words=take_words(reading, nearest.start, nearest.end),
        cities=tuple(dict.fromkeys(f"{h.city.place.name}, {h.city.place.country_code}" for h in person.ties)),
        is_taken=person.name == holder,
    )
