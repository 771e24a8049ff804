from collections.abc import Sequence

import pytest

from extractors.city_mentions import CityFinder
from extractors.gazetteer import Gazetteer
from extractors.reading import DocumentReader
from extractors.structure import govern, segment_text


def linked(read: DocumentReader, text: str) -> dict[str, str]:
    """Surface → country and name of the place."""
    return {text[c.start : c.end]: f"{c.place.country_code} {c.place.name}" for c in read(text).cities}


@pytest.mark.parametrize(
    "text",
    [
        "Most cities in Asia were happy with it, and a nice reading of the rules won the day.",
        "Anne Hidalgo thanked Michael York and Jack London for the Paris Agreement.",
        "Manchester United met Real Madrid at the University of Oslo.",
        "The Lisbon Treaty and the Basel Convention were signed long ago.",
        "The Presidente Municipal, who came from Corsica, spoke in Spanish of España.",
    ],
)
def test_other_senses_of_place_names_are_no_cities(read: DocumentReader, text: str) -> None:
    assert "York" not in linked(read, text)
    assert not {"Most", "Asia", "Reading", "Nice", "Hidalgo", "London", "Manchester", "Lisbon", "Basel"} & set(
        linked(read, text)
    )
    assert not {"Presidente", "Spanish", "Corsica", "España"} & set(linked(read, text))


@pytest.mark.parametrize(
    ("text", "surface", "place"),
    [
        ("The mayor of York came.", "York", "GB York"),
        ("Delegates met in Nice.", "Nice", "FR Nice"),
        ("Members are Leeds, Reading and Bristol.", "Reading", "GB Reading"),
        ("He left Portland, Maine, for good.", "Portland", "US Portland"),
        ("The assembly of Córdoba (Spain) was short.", "Córdoba", "ES Córdoba"),
        ("Members: Tripoli, Lebanon; Sfax, Tunisia", "Tripoli", "LB Tripoli"),
        ("The Mayor of Ghent spoke in Cologne.", "Cologne", "DE Köln"),
        ("eThekwini hosted the assembly.", "eThekwini", "ZA Durban"),
        ("CONGRESS IN RIO DE JANEIRO, BRAZIL", "RIO DE JANEIRO", "BR Rio de Janeiro"),
        ("Mayor of Freetown Yvonne Aki-Sawyerr spoke.", "Freetown", "SL Freetown"),
        ("Delegates from Madrid and Barcelona came to Valencia.", "Valencia", "ES Valencia"),
        ("Valencia, Maracaibo and Caracas are members.", "Valencia", "VE Valencia"),
        ("Ayacucho, like Tandil and Azul, is a member.", "Ayacucho", "AR Ayacucho"),
        ("The members are Praia, S. Tomé and Luanda.", "S. Tomé", "ST São Tomé"),
        ("Johannesburg and Ekurhuleni share the chair.", "Ekurhuleni", "ZA Ekurhuleni"),
        ("The Nablous municipality joined with Ramallah.", "Nablous", "PS Nablus"),
        ("The mayor of Bokhara, Uzbekistan, came.", "Bokhara", "UZ Bukhara"),
        ("Birgunj Metropolitan City, Nepal", "Birgunj", "NP Birgañj"),
        ("Alexandria City Council (Virginia) wrote to us.", "Alexandria", "US Alexandria"),
        ("Craig Davies, Mayor, Narromine Shire Council, spoke.", "Narromine", "AU Narromine"),
        ("President City Osaka* Japan", "Osaka", "JP Osaka"),
        ("Lead Cities Campinas (SP)* Brazil", "Campinas", "BR Campinas"),
        ("Grasse France\nAosta* Italy", "Grasse", "FR Grasse"),
    ],
)
def test_name_is_linked_by_its_context(read: DocumentReader, text: str, surface: str, place: str) -> None:
    assert linked(read, text)[surface] == place


def test_heading_country_settles_the_names_below_it(read: DocumentReader) -> None:
    text = "MEMBERS\n\nArgentina\n- Córdoba\n- Rosario\n\nSpain\n- Córdoba\n- Valencia\n"
    places = [(text[c.start : c.end], c.place.country_code) for c in read(text).cities]
    assert places == [("Córdoba", "AR"), ("Rosario", "AR"), ("Córdoba", "ES"), ("Valencia", "ES")]


def test_country_column_settles_the_names_of_its_rows(read: DocumentReader) -> None:
    text = "City | Country | Since\nValencia | Venezuela | 1999\nGranada | Nicaragua | 2001\n"
    assert linked(read, text) == {"Valencia": "VE Valencia", "Granada": "NI Granada"}


def test_state_tells_american_namesakes_apart(read: DocumentReader) -> None:
    text = "Springfield, Illinois, and Springfield, Massachusetts, are members."
    states = [c.place.admin1_code for c in read(text).cities]
    assert states == ["IL", "MA"]


def test_runners_up_are_kept_best_first(read: DocumentReader) -> None:
    mention = read("Delegates met in Birmingham.").cities[0]
    assert mention.place.country_code == "GB"
    scores = [mention.score, *(score for _, score in mention.runners_up)]
    assert scores == sorted(scores, reverse=True)
    assert mention.runners_up


@pytest.mark.parametrize(
    "text",
    [
        "The office is in 158 Loveday Street, Braamfontein.",
        "Address: Quai de la Saône, rue de Limoges.",
        "Welcome to our new members.",
        "Home | Contact | News",
        "BAD ZWISCHENKIRCH IS NOT IN THE LIST OF MEMBERS",
        "Each municipality in Norway was asked.",
        "The President of the Region of Nouakchott met the Province of Barcelona.",
    ],
)
def test_addresses_and_words_of_web_sites_name_no_city(read: DocumentReader, text: str) -> None:
    assert not {"Loveday", "Saône", "Limoges", "Welcome", "Home", "News", "BAD"} & set(linked(read, text))


def test_name_that_a_line_end_hyphenated_is_found(read: DocumentReader) -> None:
    assert linked(read, "From Germany, Frank- furt am Main and Kelkheim were admitted.") == {
        "Frank- furt am Main": "DE Frankfurt am Main",
        "Kelkheim": "DE Kelkheim",
    }


def test_region_that_the_text_names_tells_its_towns_from_others(read: DocumentReader) -> None:
    text = "The League of Minnesota Lake Towns met.\n\nOn the board sit the mayors of Alexandria and Grand Rapids."
    places = {text[c.start : c.end]: c.place.admin1_code for c in read(text).cities}
    assert places == {"Alexandria": "MN", "Grand Rapids": "MN"}


def test_city_that_bears_a_regions_name_does_not_stand_for_the_region(read: DocumentReader) -> None:
    text = "The mayors of New York and Rome met; those of Athens and Naples came later."
    assert set(linked(read, text).values()) == {"US New York City", "IT Rome", "GR Athens", "IT Naples"}


def test_country_after_in_tells_which_place_is_meant(read: DocumentReader) -> None:
    assert linked(read, "Perth in Scotland and Tripoli in Lebanon joined.") == {
        "Perth": "GB Perth",
        "Tripoli": "LB Tripoli",
    }


def test_surname_of_a_person_named_in_full_is_no_city(read: DocumentReader) -> None:
    text = "Mike Savage will chair the network. Savage is no stranger to it, said Ana Lopes of Porto."
    assert linked(read, text) == {"Porto": "PT Porto"}


@pytest.mark.parametrize(
    "named", ["Cary Weston, a former chairman of Porto's council", "Councilwoman Bo Weston of Porto"]
)
def test_surname_of_whom_an_office_names_in_full_is_no_city(read: DocumentReader, named: str) -> None:
    assert set(linked(read, f"The idea is that of {named}. Weston sits on the board to this day.")) == {"Porto"}


def test_surname_at_the_head_of_an_article_is_no_city(read: DocumentReader) -> None:
    text = "Mitchell to lead the mayors\n\nMayor Jon Mitchell of New Bedford takes over.\n\n- Mitchell\n- Leeds"
    assert set(linked(read, text)) == {"New Bedford", "Mitchell", "Leeds"}
    assert [c.start for c in read(text).cities if text[c.start : c.end] == "Mitchell"] == [text.rindex("Mitchell")]


def test_nickname_within_a_name_makes_no_city_of_its_words(read: DocumentReader) -> None:
    assert set(linked(read, 'Denise "Dee" Adams, Councilmember, Winston-Salem, North Carolina')) == {"Winston-Salem"}


def test_country_in_an_enumeration_of_cities_is_no_city(read: DocumentReader) -> None:
    text = "The members are Sermersooq in Greenland, Tromsø, Russia and Oslo."
    assert set(linked(read, text)) == {"Sermersooq", "Tromsø", "Oslo"}


def test_short_form_of_the_words_before_is_no_city(read: DocumentReader) -> None:
    text = "He chaired the Tourism, Arts, Parks, Entertainment & Sports Committee (TAPES). Others met in Capua (CAPUA)."
    assert set(linked(read, text)) == {"Capua", "CAPUA"}


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("David O’Loughlin is the new president.", set()),
        ("Paul R. Soglin and Gen. Secretary Oliveti came.", set()),
        ("Mesa Mayor Scott Smith met NLC President Avondale Mayor Ann Lopez.", {"Mesa", "Avondale"}),
        ("River Forest Village President Adduci spoke.", {"River Forest"}),
        ("Kate GallegoChair Phoenix, AZ", {"Phoenix"}),
        ("SPECIAL MENTIONS: GOV-Tel Aviv, SDN-Kazan, SEE-Nairobi", {"Tel Aviv", "Kazan", "Nairobi"}),
        ("27 | Huế | Asia | 2007\n30 | Antananarivo | Africa | 2005", {"Huế", "Antananarivo"}),
        ("It was held in Colombo in Sri Lanka.", {"Colombo"}),
        ("Auckland Council today left; Peter Kurz, Mayor of Mannheim, Germany, Chair", {"Auckland", "Mannheim"}),
        ("Agro-ecological food in Rosario and an Oslo-based firm", {"Rosario", "Oslo"}),
        ("Makati City Government and Leeds", {"Makati City", "Leeds"}),
        ("It is hosted by the City of Houston, Texas, alone.", {"Houston"}),
        (
            "The Phoenix City Council met; so did Kansas City's and Mexico City's.",
            {"Phoenix", "Kansas City", "Mexico City"},
        ),
        ("Sušice | Czech Republic; Colombo | Sri Lanka; San José | Costa Rica", {"Sušice", "Colombo", "San José"}),
        ("In Texas, Grapevine has been a member, as has Flagstaff | Arizona.", {"Grapevine", "Flagstaff"}),
        ("The UK City of Culture and Central America's Panama City", {"Panama City"}),
        ("Jean-Paul L'Allier spoke in Baden-Baden to twenty-seven Arab capitals.", {"Baden-Baden"}),
    ],
)
def test_words_beside_tell_a_city_from_a_person_an_office_or_a_country(
    read: DocumentReader, text: str, cities: set[str]
) -> None:
    assert set(linked(read, text)) == cities


def test_country_after_a_comma_and_in_tells_which_place_is_meant(read: DocumentReader) -> None:
    assert linked(
        read, "Perth, in Scotland, and Dondo, in Mozambique, joined; so did Paris, in the state of Texas."
    ) == {
        "Perth": "GB Perth",
        "Dondo": "MZ Dondo",
        "Paris": "US Paris",
    }


def test_region_broken_over_two_lines_names_no_city(read: DocumentReader) -> None:
    text = "The mayor of Esbjerg opened the annual meeting of the partnership in Western\nAustralia; Lyon was there."
    assert set(linked(read, text)) == {"Esbjerg", "Lyon"}


def test_council_of_a_city_is_not_that_of_a_far_smaller_one_called_city(read: DocumentReader) -> None:
    text = "Resolved that Gloucester City Council join, as Kansas City Council did.\n\nEngland has many such towns."
    assert linked(read, text) == {"Gloucester": "GB Gloucester", "Kansas City": "US Kansas City"}


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("Presented by Councillor MacKay, of Leeds.", {"Leeds"}),
        ("Leeds endorses Mayor Heron as a candidate.", {"Leeds"}),
        ("Leeds and Madam Madam spoke with Mr Lyon.", {"Leeds"}),
        ("Mayor Leeds, Lord Mayor York", {"Leeds", "York"}),
        ("The Canton of Fribourg and Canton, Ohio, joined.", {"Canton"}),
    ],
)
def test_single_name_after_a_title_is_a_person(read: DocumentReader, text: str, cities: set[str]) -> None:
    assert cities >= set(linked(read, text)) - {"Fribourg"}
    assert set(linked(read, text)) >= cities


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("The president of the union is M. Ergün Turan, as Porto heard.", {"Porto"}),
        ("Mayors of Colchester, Nova Scotia, and of the State of Rio Grande do Sul met.", {"Colchester"}),
        ("Words of welcome came from the Chair of Volgograd City Duma.", {"Volgograd"}),
        ("Mayor of Rize Rahmi Metin, Mayor of Beykoz Murat Aydın, Turkey", {"Rize", "Beykoz"}),
        ("Loretta Spencer Huntsville AL", {"Huntsville"}),
        ("Vice Mayor Ann Lee of Leeds and the Vice Mayor of Porto came.", {"Leeds", "Porto"}),
        ("No more money from Bonn, said Mayor Ann Bonn in Bonn.", {"Bonn"}),
        ("Bonn: dues go on\n\nMayor Ann Bonn has told Porto so.", {"Porto"}),
        ("2nd 1992 Gothenburg The Lifelong Learning", {"Gothenburg"}),
        ("8th 2004 Genoa Another city is possible", {"Genoa"}),
        ("Second was the Greater Amman Municipality in Jordan.", {"Amman"}),
    ],
)
def test_names_of_people_and_regions_beside_cities(read: DocumentReader, text: str, cities: set[str]) -> None:
    assert set(linked(read, text)) == cities


def test_names_apart_are_not_searched_for_people(gazetteer: Gazetteer) -> None:
    asked: list[str] = []

    def find_people(text: str) -> Sequence[tuple[int, int]]:
        asked.append(text)
        return []

    text = "Oslo, Norway\n\nLyon, France\n\nTurku, Finland\n"
    blocks = segment_text(text)
    CityFinder(gazetteer, find_people).find(text, blocks, govern(text, blocks))
    assert asked == []
    text = "Lyon Turku said so.\n\nOslo, Norway"
    blocks = segment_text(text)
    CityFinder(gazetteer, find_people).find(text, blocks, govern(text, blocks))
    assert asked == ["Lyon Turku said so."]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Phillip E. Walker Commissioner Lakeland", {"Lakeland"}),
        ("Scott Black Commissioner Dade City Past President", {"Dade City"}),
        ("Joseph Citro Councilmember Tampa 3rd Most Populous City", {"Tampa"}),
        ("Councilmember Tampa said so.", set()),
        ("Mayor Bob Manning of Cairns Regional Council Mayor's office", {"Cairns"}),
        ("Cairns Regional Council Mayor Bob Manning", {"Cairns"}),
        (
            "Its members are Cork, Brest Métropole, Lorient Agglomération and Gijón.",
            {"Cork", "Brest", "Lorient", "Gijón"},
        ),
        ("City of Regina – Host Municipality", {"Regina"}),
        ("BEIJING, April 19 (Xinhua) -- ", {"BEIJING"}),
    ],
)
def test_city_beside_an_office_or_a_body(read: DocumentReader, text: str, names: set[str]) -> None:
    assert set(linked(read, text)) == names


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Geneva, New York and Nairobi", ["CH Geneva", "US New York City", "KE Nairobi"]),
        ("Chicago, Philadelphia, New York, Lyon", ["US Chicago", "US Philadelphia", "US New York City", "FR Lyon"]),
        ("Vancouver, Washington and Mexico City", ["CA Vancouver", "US Washington", "MX Mexico City"]),
        ("Rome, New York, joined.", ["US Rome"]),
        ("Rome, New York, USA", ["US Rome"]),
        ("Buffalo, New York, and Boston", ["US Buffalo", "US Boston"]),
        ("Vancouver, Washington, and Portland, Oregon", ["US Vancouver", "US Portland"]),
        ("Rome, New York, and Albany, New York", ["US Rome", "US Albany"]),
    ],
)
def test_state_that_a_city_is_called_after_is_a_city_within_an_enumeration(
    read: DocumentReader, text: str, places: list[str]
) -> None:
    assert list(linked(read, text).values()) == places


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("MEMBERS\n\nBritish Columbia\n- Richmond\n", "CA:02"),
        ("MEMBERS\n\nNEW MEXICO (1)\n- Las Vegas\n", "US:NM"),
        ("MEMBERS\n\nMaine\n- Portland\n", "US:ME"),
        ("City | State\nPortland | ME\n", "US:ME"),
        ("City | State/Province\nRichmond | CA\n", "US:CA"),
        ("City | State | Country\nSalem | IN | USA\n", "US:IN"),
        ("City | Country\nRichmond | CA\n", "CA:02"),
    ],
)
def test_state_over_a_list_or_in_a_column_tells_which_place_is_meant(
    read: DocumentReader, text: str, area: str
) -> None:
    assert [city.place.area for city in read(text).cities] == [area]


def test_state_without_such_a_town_tells_its_country(read: DocumentReader) -> None:
    assert linked(read, "MEMBERS\n\nMaine\n- Birmingham\n") == {"Birmingham": "US Birmingham"}


def test_state_in_its_column_is_no_city(read: DocumentReader) -> None:
    text = "City | Province\nToronto | Ontario\nRichmond | British Columbia\n"
    assert set(linked(read, text)) == {"Toronto", "Richmond"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("- ROME (Italy)", {"ROME"}),
        ("GRAZ (Austria), BRNO – Czech Republic and ŁÓDŹ, Poland, joined.", {"GRAZ", "BRNO", "ŁÓDŹ"}),
        ("City | Country | Since\nOSLO | Norway | 1999", {"OSLO"}),
        ("Raymond Johansen, Mayor of OSLO, met them.", {"OSLO"}),
        ("They met FIFA, OECD (France), WHO and ROME (France) in Leeds.", {"Leeds"}),
    ],
)
def test_four_capitals_are_a_city_where_its_country_or_an_office_says_so(
    read: DocumentReader, text: str, names: set[str]
) -> None:
    assert set(linked(read, text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tokyo Governor Yuriko Koike spoke.", {"Tokyo"}),
        ("Berlin Governing Mayor Michael Müller spoke.", {"Berlin"}),
        ("Barcelona First Deputy Mayor Laia Bonet spoke.", {"Barcelona"}),
        ("Rotterdam Chief Resilience Officer Arnoud Molenaar spoke.", {"Rotterdam"}),
        ("Kyiv Joins Eurocities", {"Kyiv"}),
        ("Leeds Becomes a Member", {"Leeds"}),
        ("Paris Hosts Congress of UCLG", {"Paris"}),
        ("Eurocities Welcomes Oslo and Bergen as New Members", {"Oslo", "Bergen"}),
        ("Washington Governor Jay Inslee met Leeds.", {"Leeds"}),
        ("President Lincoln Takes Office in Leeds", {"Leeds"}),
    ],
)
def test_city_beside_an_office_of_several_words_or_a_verb_of_a_headline(
    read: DocumentReader, text: str, names: set[str]
) -> None:
    assert set(linked(read, text)) == names


def test_accent_in_the_text_tells_against_a_place_spelt_without(read: DocumentReader) -> None:
    assert linked(read, "The mayors of San Ramón, Alajuela and Naranjo met.")["San Ramón"] == "CR San Ramón"
    assert linked(read, "The mayors of San Ramon, Dublin and Oakland, California, met.")["San Ramon"] == "US San Ramon"


def test_title_behind_an_entrys_city_and_country_is_no_city(read: DocumentReader) -> None:
    text = "Winners\n\n- Cork, Ireland – Smile\n- Lilongwe, Malawi – Peer learning\n- Oslo, Norway – Turin, Italy\n"
    assert list(linked(read, text)) == ["Cork", "Lilongwe", "Oslo", "Turin"]


def test_labels_of_an_infobox_are_no_cities(read: DocumentReader) -> None:
    assert list(linked(read, "Area | Europe\nLeader | Ana Lopes\nHeadquarters | Besançon, France\n")) == ["Besançon"]


def test_municipal_corporation_and_zone_are_no_cities(read: DocumentReader) -> None:
    text = "Sylhet City Corporation mayor Ana Lopes came.\n\n- Zone 3 – Mayor Grant Smith, Turku\n- Nord: Lille\n"
    assert not {"Corporation", "City Corporation", "Zone", "Nord"} & set(linked(read, text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Cashel, Co. Tipperary, and Trim (County Meath) are members.", {"Cashel", "Trim"}),
        ("Athenry\nCo. Galway\n\nLocal Government Union\n", {"Athenry"}),
        ("Vincent N’Cho spoke in Xi'an, L’Aquila and N’Djamena.", {"Xi'an", "L’Aquila", "N’Djamena"}),
        ("Mayor Eri Cahyadi of Surabaya was elected. Eri stays until May.", {"Surabaya"}),
        ("Eri Cahyadi, Mayor of Surabaya, was elected. The chair is Eri.", {"Surabaya"}),
        ("It works out of Avinyó street. Street art of Lyon street artists.", {"Lyon"}),
        ("Office\nAvinyó 15, 4th Floor\n08002 Barcelona", {"Barcelona"}),
        ("The council (RGRE in German) met in Ulm.", {"Ulm"}),
        ("ORVIETO – Over 60 mayors met.", {"ORVIETO"}),
        ("The European City of Wine is chosen by Cork.", {"Cork"}),
        ("The act was headed by intendente Ramón Mestre of Porto. Mestre will go on.", {"Porto"}),
        ("Berry Vrbanovic, Mayor of Kitchener, was elected. Berry is the treasurer.", {"Kitchener"}),
        ("The Hôtel de Ville is in Issy-les-Moulineaux.", {"Issy-les-Moulineaux"}),
        ("Office: Rømersgade 5-7, 1362 Copenhagen K, Denmark", {"Copenhagen"}),
        ("Fano | Massimo Seri, mayor | Bar (Dušan Raičević, mayor)", {"Fano", "Bar"}),
        ("Saint-Pierre-de-Clages met Montolieu.", {"Montolieu"}),
        ("The Int. Climate Forum met in Ulm. It was short.", {"Ulm"}),
        ("Four of them, from Southeast Asia, met in Turku. Seven came to Oslo.", {"Turku", "Oslo"}),
    ],
)
def test_counties_people_and_parts_of_names_are_no_cities(read: DocumentReader, text: str, names: set[str]) -> None:
    assert set(linked(read, text)) == names


def test_river_in_brackets_is_part_of_a_name(read: DocumentReader) -> None:
    assert linked(read, "Frankfurt (Oder) and Słubice met Frankfurt.") == {
        "Frankfurt (Oder)": "DE Frankfurt (Oder)",
        "Słubice": "PL Słubice",
        "Frankfurt": "DE Frankfurt am Main",
    }
