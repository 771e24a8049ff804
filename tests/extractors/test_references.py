import pytest

from extractors.candidates import find_candidates, resolve_reference
from extractors.reading import DocumentReader


def pairs(read: DocumentReader, text: str, **fields: object) -> set[tuple[str, str, str]]:
    return {(p.city.form, p.city.place.name, p.network_id) for p in find_candidates(read(text, **fields))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oslo joined Eurocities. The Norwegian capital hosts its congress.", ("nominal", "Oslo", "eurocities")),
        ("Eurocities met in Porto. Bergen is a member. It sits on its board.", ("nominal", "Bergen", "eurocities")),
        (
            "Johanna Rolland, mayor of Nantes, spoke.\n\nOn Monday Ms Rolland was elected to chair Eurocities.",
            ("holder", "Nantes", "eurocities"),
        ),
    ],
)
def test_reference_stands_for_the_city(read: DocumentReader, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in pairs(read, text)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Edinburgh met London. The Scottish capital chairs Eurocities.", "Edinburgh"),
        ("Barcelona met Madrid. The Catalan capital chairs Eurocities.", "Barcelona"),
        ("Belfast met Dublin. The Northern Irish capital chairs Eurocities.", "Belfast"),
        ("Cardiff met London. The capital of Wales chairs Eurocities.", "Cardiff"),
        ("Lyon met Porto. The British capital chairs Eurocities.", "London"),
        ("Lyon met Porto. England's capital chairs Eurocities.", "London"),
        ("Lyon met Porto. The South African capital chairs Eurocities.", "Pretoria"),
    ],
)
def test_capital_of_a_part_of_a_country_is_not_the_country_s(read: DocumentReader, text: str, city: str) -> None:
    assert {name for form, name, _ in pairs(read, text) if form == "nominal"} == {city}


def test_capital_of_a_part_of_a_country_is_nobody_where_no_city_of_it_was_named(read: DocumentReader) -> None:
    assert all(form == "name" for form, _, _ in pairs(read, "Lyon left. The Welsh capital chairs Eurocities."))


def test_surname_within_another_name_is_not_the_holder(read: DocumentReader) -> None:
    text = (
        "Sharon Green, mayor of Leeds, came to Eurocities.\n\nThe European Green Deal matters. Paul Green, a lawyer, "
        "and the Green Party left. Yesterday Green left. Mayor Green and S. Green met Sharon Green in Green Street."
    )
    held = [reference for reference in read(text).references if reference.form == "holder"]
    assert [text[r.start - 7 : r.end] for r in held] == ["terday Green", " Mayor Green", "and S. Green", "Sharon Green"]


def test_a_city_s_own_page_is_its_home(read: DocumentReader) -> None:
    text = "International networks\n\n- Eurocities\n- Mayors for Peace\n"
    found = pairs(read, text, publisher="City of Dortmund", title="International networks")
    assert {("home", "Dortmund", "eurocities"), ("home", "Dortmund", "mayors-for-peace")} <= found


def test_a_network_s_page_is_no_city_s_home(read: DocumentReader) -> None:
    assert read("We met in Lyon.", publisher="Eurocities", title="News").home is None


def test_the_association_is_the_network_named_before(read: DocumentReader) -> None:
    text = "Energy Cities was founded in 1990. Eurocities is another.\n\nHeidelberg chairs the association."
    candidates = [p for p in find_candidates(read(text)) if p.city.place.name == "Heidelberg"]
    assert candidates[0].near == "reference"
    assert candidates[0].network_id == "eurocities"


def test_list_items_take_the_network_of_their_heading(read: DocumentReader) -> None:
    text = "MEMBERS OF EUROCITIES\n\n- Nantes\n- Leipzig\n"
    assert {("name", "Nantes", "eurocities"), ("name", "Leipzig", "eurocities")} <= pairs(read, text)


def test_document_without_networks_has_no_candidates(read: DocumentReader) -> None:
    assert find_candidates(read("Nantes and Leipzig played a friendly.")) == []


def test_capitalised_city_of_a_city_s_own_paper_is_that_city(read: DocumentReader) -> None:
    text = "The assembly of Eurocities met in Porto. WHEREAS the City belongs to Eurocities since 1990."
    found = pairs(read, text, publisher="City of Dortmund", title="Resolution 3")
    assert ("nominal", "Dortmund", "eurocities") in found
    assert ("nominal", "Porto", "eurocities") not in found


def test_words_that_name_a_city_refer_to_no_other(read: DocumentReader) -> None:
    text = "Paris and Oslo met. The belgian City of Leuven chairs Eurocities; the city of Ghent is a member."
    assert {(form, city) for form, city, _ in pairs(read, text)} == {
        *(("name", city) for city in ("Paris", "Oslo", "Leuven", "Gent"))
    }


def test_part_with_a_name_of_its_own_does_not_stand_for_the_network(read: DocumentReader) -> None:
    text = "Eurocities met in Oslo. The mayors of the Culture Forum spoke, and Porto thanked the forum."
    reading = read(text)
    referred = [resolve_reference(reading, passage) for passage in reading.passages]
    assert [text[slice(*found[1])] for found in referred if found is not None] == ["the forum"]


def test_its_of_an_office_holder_of_one_network_is_anothers(read: DocumentReader) -> None:
    text = (
        "Eurocities met. Oslo presides over a committee of Eurocities; and the president of the Union of the Baltic "
        "Cities (UBC) is part of its executive bureau, together with the mayors of Lyon and Turku. Eurocities grew."
    )
    assert ("name", "Lyon", "eurocities") in pairs(read, text)
    assert ("name", "Lyon", "ubc") not in pairs(read, text)


def test_its_of_the_network_that_was_named_stays_its_own(read: DocumentReader) -> None:
    text = "Eurocities met. The president of the Union of the Baltic Cities, Lyon, thanked UBC and its bureau."
    assert ("name", "Lyon", "ubc") in pairs(read, text)


def test_none_of_these_speaks_of_the_cities_of_the_sentence_before(read: DocumentReader) -> None:
    text = "Eurocities is the club of Lyon, Porto and Turku, it was said. None of these three belongs to Eurocities."
    found = [p for p in find_candidates(read(text)) if p.city.form == "nominal"]
    assert {p.city.place.name for p in found} == {"Lyon", "Porto", "Turku"}
    assert {text[p.city.start : p.city.end] for p in found} == {"these three"}


def test_none_of_these_is_nobody_where_one_city_is_named(read: DocumentReader) -> None:
    text = "Eurocities is the club of Lyon. None of these belongs to Eurocities."
    assert all(p.city.form != "nominal" for p in find_candidates(read(text)))
