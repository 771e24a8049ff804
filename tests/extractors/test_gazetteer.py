import csv
import time

import pytest

from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.gazetteer_index import EXONYMS_PATH, open_index


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def test_holds_the_places_of_500_people_and_more(gazetteer: Gazetteer) -> None:
    assert len(gazetteer) > 200_000


@pytest.mark.parametrize(
    ("name", "geonameid"),
    [
        ("London", 2643743),
        ("New York", 5128581),
        ("NYC", 5128581),
        ("Rome", 3169070),
        ("The Hague", 2747373),
        ("Den Haag", 2747373),
        ("Cologne", 2886242),
        ("Koeln", 2886242),
        ("Muenchen", 2867714),
        ("Kiev", 703448),
        ("St. Petersburg", 498817),
        ("Gothenburg", 2711537),
        ("Göteborg", 2711537),
        ("Cracow", 3094802),
        ("Danzig", 3099434),
        ("Breslau", 3081368),
        ("Pressburg", 3060972),
        ("Saigon", 1566083),
        ("Bangalore", 1277333),
        ("Bombay", 1275339),
        ("Peking", 1816670),
        ("Xian", 1790630),
        ("Tshwane", 964137),
        ("eThekwini", 1007311),
        ("Port Elizabeth", 964420),
        ("Greater Manchester", 2643123),
        ("Mahón", 2514301),
        ("N'Zérékoré", 2416969),
        ("Aarhus", 2624652),
    ],
)
def test_exonym_or_old_name_leads_first_to_its_city(gazetteer: Gazetteer, name: str, geonameid: int) -> None:
    assert gazetteer.lookup(name)[0][0].geonameid == geonameid


def test_every_exonym_names_a_place(gazetteer: Gazetteer) -> None:
    with EXONYMS_PATH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lost = [
        row["name"]
        for row in rows
        if int(row["geonameid"]) not in {place.geonameid for place, _ in gazetteer.lookup(row["name"])}
    ]
    assert rows
    assert lost == []


@pytest.mark.parametrize("name", ["", "...", "Qwertzuiop", "北京"])
def test_unknown_name_gives_an_empty_list(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.lookup(name) == []


def test_changing_a_result_leaves_the_next_one_alone(gazetteer: Gazetteer) -> None:
    gazetteer.lookup("Oslo").clear()
    assert gazetteer.lookup("Oslo")


@pytest.mark.parametrize(
    ("code", "name"), [("NO", "Oslo"), ("IN", "New Delhi"), ("US", "Washington"), ("XK", "Pristina")]
)
def test_country_has_its_capital(gazetteer: Gazetteer, code: str, name: str) -> None:
    capital = gazetteer.capital(code)
    assert capital is not None
    assert (capital.name, capital.country_code) == (name, code)


@pytest.mark.parametrize("code", ["AQ", "ZZ", ""])
def test_no_capital_is_none(gazetteer: Gazetteer, code: str) -> None:
    assert gazetteer.capital(code) is None


def test_second_call_gives_the_same_gazetteer(gazetteer: Gazetteer) -> None:
    assert load_gazetteer() is gazetteer


def test_opens_in_well_under_half_a_second(gazetteer: Gazetteer) -> None:
    started = time.process_time()
    Gazetteer(open_index()).lookup("Oslo")
    assert time.process_time() - started < 0.4
