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


def test_mayors_found_and_sign_for_their_city(read: Callable[..., Reading]) -> None:
    text = "The mayors of Oslo (Anna Berg) and Riga (Olga Veide) founded Eurocities."
    assert holder(read, text, "Riga", Role.FOUNDING_MEMBER) == "Olga Veide"


def test_mayor_who_welcomes_guests_does_not_hold_the_role(read: Callable[..., Reading]) -> None:
    text = "Eurocities met in Riga, whose mayor Olga Veide welcomed 200 guests."
    assert holder(read, text, "Riga", Role.EVENT_HOST) is None


def test_nobody_is_named(read: Callable[..., Reading]) -> None:
    assert holder(read, "Nantes holds the presidency of Eurocities.", "Nantes") is None


def test_role_that_is_no_office_needs_its_person_in_the_evidence(read: Callable[..., Reading]) -> None:
    text = "Johanna Rolland spoke first. Nantes is a member of Eurocities."
    assert holder(read, text, "Nantes", Role.MEMBER) is None


CARDS = """New members of the National League of Cities

City of Aberdeen, MD
Pop. 14,959
Mayor Michael Bennett

City of Gary, IN
Pop. 80,294
Mayor Karen Freeman-Wilson

Village of Highland Hills, OH
Pop. 1,168
"""


@pytest.mark.parametrize(
    ("city", "name"),
    [("Aberdeen", "Michael Bennett"), ("Gary", "Karen Freeman-Wilson"), ("Highland Hills", None)],
)
def test_person_on_another_line_of_the_citys_card(read: Callable[..., Reading], city: str, name: str | None) -> None:
    assert holder(read, CARDS, city, Role.MEMBER) == name


def test_lines_of_several_cities_are_no_card(read: Callable[..., Reading]) -> None:
    text = "Members of Eurocities\n\nNantes\nMayor Johanna Rolland\nTampere\nMayor Anna Lahti\n"
    assert holder(read, text, "Tampere", Role.MEMBER) is None


BOARD = """Board of Directors of the National League of Cities

Sharon Weston Broome
First Vice President
Mayor-President, Baton Rouge, Louisiana
Steve Patterson
Second Vice President
Mayor, Athens, Ohio
Victoria Woodards
Immediate Past President
Mayor, Tacoma, Washington
"""


@pytest.mark.parametrize(
    ("city", "name"),
    [("Baton Rouge", "Sharon Weston Broome"), ("Athens", "Steve Patterson"), ("Tacoma", "Victoria Woodards")],
)
def test_cards_without_a_line_between_them_begin_with_names(read: Callable[..., Reading], city: str, name: str) -> None:
    assert holder(read, BOARD, city, Role.VICE_CHAIR) == name
