from collections.abc import Callable

import pytest

from extractors.reading import Reading


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Talavera de la Reina (Toledo), Pampaneira (Granada, Andalusia), Cork (Ireland) met; so did Vienna (Graz).",
            ["Talavera de la Reina", "Pampaneira", "Cork", "Vienna", "Graz"],
        ),
        ("Jozef Bozik, mayor of Partizánske (Trencin region), spoke.", ["Partizánske"]),
        ("Towns of the Kurgan, Tyumen, Orenburg and Perm regions met in Chelyabinsk.", ["Chelyabinsk"]),
        ("Kurgan, and the Perm region with it, joined.", ["Kurgan"]),
        ("The São Paulo prefecture proposed it.", ["São Paulo"]),
        ("It serves 16 counties of North Texas: Dallas, Denton, Ellis and Hunt. Plano is a member.", ["Plano"]),
        ("The counties of Kilkenny and Galway support Cork.", ["Cork"]),
        ("Cities in several counties joined: Dallas, Denton and Plano.", ["Dallas", "Denton", "Plano"]),
        ("Takayama City (Gifu) and Kofu City (Yamanashi) met in Nara.", ["Takayama", "Kofu", "Nara"]),
        ("LOCAL OFFICIALS\n\nPLYMOUTH COUNTY\n\nBrockton\n", ["Brockton"]),
        ("", []),
    ],
)
def test_names_of_areas_are_no_cities(read: Callable[..., Reading], text: str, names: list[str]) -> None:
    assert [text[city.start : city.end] for city in read(text).cities] == names


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("Luxembourg and Switzerland follow in 1995.", set()),
        ("Members are in Malaysia, Singapore and Thailand.", set()),
        ("It has members in Russia, the United States and elsewhere.", set()),
        ("Oslo, Singapore and Turkey's Antalya joined.", {"Oslo", "Singapore", "Antalya"}),
        ("Luxembourg, Luxembourg", {"Luxembourg"}),
    ],
)
def test_country_among_countries_is_no_city(read: Callable[..., Reading], text: str, cities: set[str]) -> None:
    assert {text[city.start : city.end] for city in read(text).cities} == cities
