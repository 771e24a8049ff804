"""Who holds an office for a city: of the persons whom its document names the one that a trained chooser picks."""

from extractors.candidates import Candidate
from extractors.chooser import load_chooser
from extractors.holder_features import (
    OfficeContext,
    describe_office,
    features_of_nobody,
    features_of_person,
    holder_traits,
    is_office,
)
from extractors.persons import Person
from extractors.reading import Reading
from schemas.vocabulary import Role, Status

_MOST = 12
"""Persons who are weighed; the nearest."""
_FOR_THEIR_CITY = frozenset({Role.FOUNDING_MEMBER, Role.SIGNATORY, Role.PARTICIPANT})
"""What mayors do in the name of their city; of a mayor who welcomes guests or lives in a member city it is not said."""


def find_holder(reading: Reading, pair: Candidate, role: Role, status: Status) -> str | None:
    """The full name of the person who holds `role` for the city of `pair`, as the text first gives it; else None.

    Whom alone the evidence ties to the city holds its office; otherwise persons are weighed, for roles that are no
    offices only those whom the evidence itself names.

    Raises:
        ConfigurationError: the chooser's weights are missing; see `load_chooser`.
    """
    context = describe_office(reading, pair, role)
    sole = find_sole_tie(context) if is_office(role) or role in _FOR_THEIR_CITY else None
    if sole is not None:
        return sole.name
    persons = select_persons(context, role)
    if not persons:
        return None
    options = [features_of_nobody(context), *(features_of_person(person, context) for person in persons)]
    chosen = load_chooser("holder").choose(options, holder_traits(role, status))
    return persons[chosen - 1].name if chosen else None


def find_sole_tie(context: OfficeContext) -> Person | None:
    """The one person whom the evidence itself ties to the city; None for none or several."""
    within = [h for h in context.tied if context.start <= h.start < context.end]
    tied = [person for person in context.reading.persons if any(holder in person.ties for holder in within)]
    return tied[0] if len(tied) == 1 else None


def select_persons(context: OfficeContext, role: Role) -> list[Person]:
    """The persons who come into question for a claim, in the order of the text."""
    persons = context.reading.persons
    within = [p for p in persons if any(context.start <= m.start < context.end for m in p.mentions)]
    if not is_office(role):
        return within[:_MOST]
    place = context.pair.city.place.geonameid
    if within and context.is_listed:
        # A row or item that names persons needs none from elsewhere but the city's own.
        return [p for p in persons if p in within or any(h.city.place.geonameid == place for h in p.ties)][:_MOST]
    if len(persons) <= _MOST:
        return list(persons)
    at = context.pair.city.start
    nearest = sorted(persons, key=lambda p: min(abs(m.start - at) for m in p.mentions))[:_MOST]
    return [person for person in persons if person in nearest]
