"""Places of founding are no founders; who sends somebody to a meeting is no participant of a programme."""

from collections.abc import Callable

import pytest

from extractors.bystanders import dismiss_bystanders
from extractors.candidates import find_candidates
from extractors.pair_context import describe_context
from extractors.reading import Reading
from extractors.role_reading import Doubt, RoleReading
from schemas.vocabulary import Role, Status


def doubts_of(reading: Reading, role: Role) -> Doubt | None:
    pair = next(pair for pair in find_candidates(reading) if pair.city.place.name == "Lyon")
    [found] = dismiss_bystanders(describe_context(reading, pair), [RoleReading(role, Status.CURRENT, 0.8)])
    return found.doubt


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Eurocities was founded in Lyon in 1986.", Doubt.OVERRULED),
        ("Eurocities, established on 3 May 1986 in the city of Lyon, has grown.", Doubt.OVERRULED),
        ("Eurocities was founded in 1986 by Lyon and Milan.", None),
        ("Lyon founded Eurocities in Rotterdam.", None),
    ],
)
def test_place_of_founding_is_no_founder(read: Callable[..., Reading], text: str, doubt: Doubt | None) -> None:
    assert doubts_of(read(text), Role.FOUNDING_MEMBER) is doubt


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Representatives of Lyon and Milan came to the assembly of Eurocities.", Doubt.OVERRULED),
        ("These members of Eurocities had sent somebody: Lyon, Milan.", Doubt.OVERRULED),
        ("Lyon and Milan take part in a project of Eurocities, and sent delegates to its start.", None),
        ("Pilot cities of Eurocities\n\n- Lyon, represented by Ana Lopes\n- Milan", None),
        ("Lyon and Milan take part in the Eurocities Academy.", None),
    ],
)
def test_who_sends_somebody_is_no_participant(read: Callable[..., Reading], text: str, doubt: Doubt | None) -> None:
    assert doubts_of(read(text), Role.PARTICIPANT) is doubt


def test_other_roles_stay(read: Callable[..., Reading]) -> None:
    assert doubts_of(read("Eurocities was founded in Lyon in 1986."), Role.EVENT_HOST) is None
