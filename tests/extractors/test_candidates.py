import pytest

from extractors.candidates import MAX_NETWORKS, find_candidates
from extractors.catalogue import Catalogue
from extractors.gazetteer import Gazetteer
from extractors.pair_context import describe_context
from extractors.reading import DocumentReader
from extractors.relation_windows import build_windows
from schemas.document import Document, hash_bytes

SIDE_BY_SIDE = (
    "The Union of the Baltic Cities in two columns\n\n"
    "FOUNDING CITIES                 JOINED LATER\n"
    "Kiel, Germany                   Oslo, Norway\n"
    "Tallinn, Estonia                Malmö, Sweden\n"
)


def test_lists_side_by_side_are_read_one_after_the_other_under_their_own_headings(read: DocumentReader) -> None:
    reading = read(SIDE_BY_SIDE)
    windows = [
        window.text for window in build_windows([describe_context(reading, pair) for pair in find_candidates(reading)])
    ]
    assert any(
        "[ROW] FOUNDING CITIES [COL] [CITY] , Germany [ROW] FOUNDING CITIES [COL] [CITY] , Estonia" in window
        for window in windows
    )
    assert any(
        "[ROW] JOINED LATER [COL] [CITY] , Norway [ROW] JOINED LATER [COL] [CITY] , Sweden" in window
        for window in windows
    )


def test_page_of_a_network_that_names_itself_nowhere_is_about_its_publisher(
    gazetteer: Gazetteer, catalogue: Catalogue
) -> None:
    text = "OUR MEMBERS\n- Ghent\n- Tampere\n"
    document = Document(document_id=hash_bytes(text.encode()), name="a", text=text, publisher="Energy Cities")
    reading = DocumentReader(gazetteer, catalogue).read(document)
    assert {pair.network_id for pair in find_candidates(reading)} == {"energy-cities"}


def test_pairs_of_a_document_share_what_they_have_in_common(read: DocumentReader) -> None:
    reading = read("Oslo joined Eurocities in 1990. Bergen and Oslo left C40 in 1991. Turku chairs Eurocities.")
    contexts = [describe_context(reading, pair) for pair in find_candidates(reading)]
    assert len({id(context.cities) for context in contexts}) == 1
    assert len({id(context.other_networks) for context in contexts}) == len({c.network_id for c in contexts}) == 2


def test_home_city_is_paired_with_the_network_of_the_heading_over_a_line_that_names_neither(
    gazetteer: Gazetteer, catalogue: Catalogue
) -> None:
    text = "Our networks\n\nEnergy Cities\nMember until 2018.\n\nEurocities\nThe city sits on the board.\n"
    document = Document(document_id=hash_bytes(text.encode()), name="a", text=text, publisher="Stad Gent")
    reading = DocumentReader(gazetteer, catalogue).read(document)
    pairs = {
        (text[p.start : p.end], c.network_id) for c in find_candidates(reading) for p in [reading.passages[c.passage]]
    }
    assert {("Member until 2018.", "energy-cities"), ("The city sits on the board.", "eurocities")} <= pairs
    assert ("Member until 2018.", "eurocities") not in pairs


def test_lead_in_gives_the_network_that_the_document_is_about_first(read: DocumentReader) -> None:
    text = "About Eurocities\n\nEurocities and ICLEI speak of it. Eurocities' board members, beside ICLEI:\n\n- Oslo\n"
    near = [pair.network_id for pair in find_candidates(read(text)) if pair.near == "lead_in"]
    assert near[0] == "eurocities"


def test_row_without_a_first_cell_is_shown_with_the_one_above_it(read: DocumentReader) -> None:
    text = (
        "Board of the Union of the Baltic Cities\n\n"
        "Office | City\nVice-Presidents | Kiel, Germany\n | Malmö, Sweden\n | Tallinn, Estonia\n"
    )
    reading = read(text)
    windows = build_windows([describe_context(reading, pair) for pair in find_candidates(reading)])
    assert any("Office [COL] Vice-Presidents | City [COL] [CITY] , Estonia" in window.text for window in windows)


def test_cell_under_no_name_is_shown_with_its_row(read: DocumentReader) -> None:
    reading = read(
        "The board of Eurocities is as follows.\n\n"
        " | City | Name\nPresident | Kiel | Ana Lopes\nVice-Presidents | Malmö | Jan Kos\n | Tallinn | Ivo Saar\n"
    )
    [window] = build_windows([describe_context(reading, pair) for pair in find_candidates(reading)])
    assert "[ROW] President | City [COL] [CITY] | Name [COL] Ana Lopes" in window.text
    assert "[ROW] Vice-Presidents | City [COL] [CITY] | Name [COL] Ivo Saar" in window.text


def test_city_is_paired_with_all_networks_of_an_enumeration(read: DocumentReader) -> None:
    networks = "C40, Eurocities, ICLEI, UCLG and Metropolis"
    pairs = find_candidates(read(f"Oslo is a member of {networks}."))
    assert [pair.network_id for pair in pairs] == ["c40", "eurocities", "iclei", "uclg", "metropolis"]
    prose = "Oslo left C40 when Eurocities met ICLEI, whose board UCLG and then Metropolis had asked to speak."
    assert len(find_candidates(read(prose))) == MAX_NETWORKS


def test_networks_between_semicolons_are_those_of_the_city_before_them(read: DocumentReader) -> None:
    text = "Cities and their networks\n\n- Oslo: C40; Eurocities; ICLEI\n- Ghent: Eurocities; ICLEI"
    near = {(pair.city.place.name, pair.network_id): pair.near for pair in find_candidates(read(text))}
    assert {key for key, where in near.items() if where == "passage"} == {
        ("Oslo", "c40"),
        ("Oslo", "eurocities"),
        ("Oslo", "iclei"),
        ("Gent", "eurocities"),
        ("Gent", "iclei"),
    }


def test_years_do_not_end_an_enumeration_of_networks(read: DocumentReader) -> None:
    reading = read("Oslo joined ICLEI in 1996, Eurocities in 2001, Energy Cities in 2005 and C40 in May 2008.")
    pairs = find_candidates(reading)
    assert {pair.network_id for pair in pairs} == {"iclei", "eurocities", "energy-cities", "c40"}


def test_name_in_a_column_of_countries_is_no_city(read: DocumentReader) -> None:
    text = (
        "City | Country | Eurocities member since\nEsch-sur-Alzette | Luxembourg | 2010\n"
        "Singapore | Singapore | 2011\nTurin | Italy | 2012\n"
    )
    pairs = find_candidates(read(text))
    assert [text[p.city.start : p.city.end] for p in pairs] == ["Esch-sur-Alzette", "Singapore", "Turin"]


def pairs_of(read: DocumentReader, text: str) -> set[tuple[str, str]]:
    return {(pair.city.place.name, pair.network_id) for pair in find_candidates(read(text))}


@pytest.mark.parametrize(
    "text",
    [
        "Lviv is a member of several organisations of cities:\n\n- Eurocities\n- Energy Cities – not a member\n",
        "What our towns belong to\n\n## Lviv\n\n- Eurocities\n- Energy Cities\n",
    ],
)
def test_entries_that_name_networks_are_those_of_the_city_over_them(read: DocumentReader, text: str) -> None:
    assert {("Lviv", "eurocities"), ("Lviv", "energy-cities")} <= pairs_of(read, text)


def test_entries_under_two_cities_are_nobodys(read: DocumentReader) -> None:
    pairs = find_candidates(read("Lviv and Turin belong to:\n\n- Eurocities\n- Energy Cities\n"))
    assert all(pair.city.form == "name" for pair in pairs)


def test_memberships_are_those_of_the_city_over_their_heading(read: DocumentReader) -> None:
    text = "# Tampere\n\n## International relations\n\n### Memberships\n\n- Eurocities\n- ICLEI\n"
    assert {("Tampere", "eurocities"), ("Tampere", "iclei")} <= pairs_of(read, text)


def test_sentence_about_another_city_is_not_the_home_citys(read: DocumentReader) -> None:
    text = "City of Turku\n\nTurku belongs to Eurocities.\n\nGhent is a member of ICLEI. Both signed the C40 pledge.\n"
    pairs = find_candidates(read(text))
    assert [pair.network_id for pair in pairs if pair.city.form == "home"] == ["c40"]


def test_list_of_other_cities_is_not_the_home_citys(read: DocumentReader) -> None:
    editions = "- Oslo 2012 | Congress of Eurocities\n- Porto 2014 | Congress of Eurocities\n"
    reading = read(f"City of Turku\n\nThe congresses so far:\n\n{editions}")
    assert reading.home is not None
    pairs = find_candidates(reading)
    assert {pair.city.place.name for pair in pairs if pair.near == "passage"} == {"Oslo", "Porto"}


def test_city_of_several_networks_is_not_paired_with_the_topic(read: DocumentReader) -> None:
    text = "Eurocities met again. Eurocities grows.\n\nTurku is a member of several international networks.\n"
    assert pairs_of(read, text) == set()


def test_minutes_under_a_letterhead_are_the_citys(read: DocumentReader) -> None:
    text = (
        "CITY OF TURKU\nORDINARY COUNCIL MEETING\n\nThe assembly of Eurocities was in Oslo. Since 2012 the City has "
        "been on the board of Eurocities.\n"
    )
    reading = read(text)
    assert reading.home is not None
    assert reading.home.name == "Turku"
    assert ("Turku", "eurocities") in pairs_of(read, text)


def test_united_states_are_no_pronoun(read: DocumentReader) -> None:
    text = "C40 has grown, by a way borrowed from ICLEI. The US city of Portland was admitted in March."
    pair = next(p for p in find_candidates(read(text)) if text[p.city.start : p.city.end] == "Portland")
    assert pair.near != "reference"


def test_networks_beyond_a_semicolon_are_another_clauses(read: DocumentReader) -> None:
    pairs = find_candidates(read("Oslo joined C40; Ghent joined Eurocities."))
    assert {(p.city.place.name, p.network_id, p.near) for p in pairs} >= {
        ("Oslo", "eurocities", "sentence"),
        ("Gent", "c40", "sentence"),
    }


def test_local_authority_of_an_entry_is_no_member(read: DocumentReader) -> None:
    text = (
        "OUR MEMBERS\nThese are the towns of the Irish Walled Towns Network, and where they are.\n\n"
        "CARLINGFORD\nLocal authority: Galway City Council.\n"
    )
    assert "Galway" not in {city for city, _ in pairs_of(read, text)}
    assert "Galway" in {city for city, _ in pairs_of(read, text.replace("CARLINGFORD", "ON THE COAST"))}


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("Lyon, not far from Geneva, joined Eurocities, as did Turku near Helsinki.", {"Lyon", "Turku"}),
        ("Diss in Norwich and Lyon joined Eurocities.", {"Diss", "Lyon"}),
        ("Eurocities met in Lyon; after Oslo in Porto it was the third time.", {"Lyon", "Oslo", "Porto"}),
    ],
)
def test_city_that_tells_where_another_lies_is_paired_with_nothing(
    read: DocumentReader, text: str, cities: set[str]
) -> None:
    assert {city for city, _ in pairs_of(read, text)} == cities
