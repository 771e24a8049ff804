"""Holders of offices: beside the city, elsewhere in the text, by surname, or nobody."""

from collections.abc import Callable

import pytest

from extractors.candidates import find_candidates
from extractors.holders import find_holder
from extractors.reading import Reading
from schemas.vocabulary import Role, Status


def holder(read: Callable[..., Reading], text: str, city: str, role: Role = Role.CHAIR) -> str | None:
    reading = read(text, published="2022-05-01")
    pair = next(p for p in find_candidates(reading) if text[p.city.start : p.city.end] == city)
    return find_holder(reading, pair, role, Status.CURRENT)


@pytest.mark.parametrize(
    ("text", "city", "name"),
    [
        ("Johanna Rolland, Mayor of Nantes, is president of Eurocities.", "Nantes", "Johanna Rolland"),
        ("The president of Eurocities is the mayor of Nantes, Johanna Rolland.", "Nantes", "Johanna Rolland"),
        ("Dario Nardella of Florence took over from Anna Berg of Oslo as president of Eurocities.", "Florence",
         "Dario Nardella"),
    ],
)  # fmt: skip
def test_person_tied_to_the_city_holds_its_office(
    read: Callable[..., Reading], text: str, city: str, name: str
) -> None:
    assert holder(read, text, city) == name


def test_nobody_is_named(read: Callable[..., Reading]) -> None:
    assert holder(read, "Nantes holds the presidency of Eurocities.", "Nantes") is None


def test_role_that_is_no_office_needs_its_person_in_the_evidence(read: Callable[..., Reading]) -> None:
    text = "Johanna Rolland spoke first. Nantes is a member of Eurocities."
    assert holder(read, text, "Nantes", Role.MEMBER) is None
