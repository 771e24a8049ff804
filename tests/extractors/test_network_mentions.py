import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.catalogue import load_catalogue
from extractors.network_mentions import NetworkFinder, NetworkMention
from extractors.network_names import make_new_id, tidy_name

FINDER = NetworkFinder(load_catalogue())


def read(text: str) -> list[tuple[str, str]]:
    """(words of the text, id of the network) of each mention."""
    return [(text[m.start : m.end], m.network_id) for m in FINDER.find(text)]


def ids(text: str) -> set[str]:
    return {mention.network_id for mention in FINDER.find(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oslo joined Eurocities in 1989.", [("Eurocities", "eurocities")]),
        ("C40’s secretariat; Eurocities' board", [("C40", "c40"), ("Eurocities", "eurocities")]),
        ("the Carbon–Neutral\nCities Alliance", [("Carbon–Neutral\nCities Alliance", "cnca")]),
        ("the U.C.L.G. congress", [("U.C.L.G", "uclg")]),
        ("UNION OF THE BALTIC CITIES: minutes", [("UNION OF THE BALTIC CITIES", "ubc")]),
        ("Executive Conference of Mayors for Peace", [("Mayors for Peace", "mayors-for-peace")]),
        ("CHANGE AT THE TOP\n\nThe board of Eurocities met.", [("Eurocities", "eurocities")]),
        ("the Velo-Cities Alliance", [("Velo-Cities Alliance", "new:velo-cities-alliance")]),
        ("the League of Lake Cities' 2025 Report", [("League of Lake Cities", "new:league-of-lake-cities")]),
        ("the board of KIMO Netherlands", [("KIMO Netherlands", "new:kimo-netherlands")]),
        ("M E R C O C I U D A D E S  report", [("M E R C O C I U D A D E S", "mercociudades")]),
        ("On the Board of Directors of Energy Cities Delft has a seat.", [("Energy Cities", "energy-cities")]),
        ("Lake Cities Association 1st Deputy Chair", [("Lake Cities Association", "new:lake-cities-association")]),
        ("the Euroci-\nties assembly in Ghent", [("Euroci-\nties", "eurocities")]),
        ("la Unión de Ciudades Capitales Iberoamericanas", [("Unión de Ciudades Capitales Iberoamericanas", "ucci")]),
        ("the Mayor’s Migration Council met", [("Mayor’s Migration Council", "mmc")]),
        ("Oslo joined C40/UCLG.", [("C40", "c40"), ("UCLG", "uclg")]),
        (
            "Oslo is a member of C40/ICLEI and Eurocities/Energy Cities.",
            [("C40", "c40"), ("ICLEI", "iclei"), ("Eurocities", "eurocities"), ("Energy Cities", "energy-cities")],
        ),
        ("the National League of Cities USA", [("National League of Cities", "nlc")]),
        ("the Federation of Canadian Municipalities Canada", [("Federation of Canadian Municipalities", "fcm")]),
        ("a member of UCLG Africa and of UCLG", [("UCLG Africa", "uclg-africa"), ("UCLG", "uclg")]),
        ("ICLEI – Local Governments for Sustainability", [("ICLEI – Local Governments for Sustainability", "iclei")]),
    ],
)
def test_catalogued_names_are_found_however_they_are_set(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "see www.eurocities.eu or write to info@c40.org",
        "https://www.c40.org/C40/x twitter.com/Eurocities www.iclei.org/docs/ICLEI.pdf @Eurocities /ICLEI/members",
        "Lagos is a metropolis, and the polis of old was a city of citizens.",
        "Please CHANGE the batteries. The CoM displacement was 3 mm.",
        "The Manchester City Council met; the Mayor's Office said nothing.",
        "Manchester City won the Premier League, and the National Football League is next.",
        "the League of European Research Universities and the European Union",
        "The United Nations, the Council of Europe and the World Health Organization were represented.",
        "the European Conference on Sustainable Cities",
        "the 12th World Cities Forum",
        "Mayor Attends 5th Cities of Remembrance Conference",
        "Twelfth Mayors Conference",
        "a 2022 Mayors' Climate Protection Award of the Conference",
        "The Mayors Conference met again.",
        "WWF has its Earth Hour City Challenge (EHCC).",
        "Each adopted a Sustainable Urban Mobility Plan (SUMP) and Sustainable Urban Mobility Measures (SUMMs).",
        "the Urban Local Bodies (ULBs) and the Metropolitan Transportation Authority (MTA)",
        "Municipal Solid Waste (MSW) and the Urban Heat Island (UHI) effect",
        "The Lake Region Metropolitan Planning Organization met.",
        "Plano is among the Best Cities for Jobs and the Best Communities for Music Education.",
        "Topics\n\nResilient Cities\n\nMembers\n\nContact\n\nThe mayor spoke.",
        "We are a network of cities\n\nAnnual Report\n\nNews",
        "Maria Jensen, the mayors' network coordinator, said cities must act.",
        "John Smith is the city network vice chair.",
        "The association and its board, the city said, held the VIII General Assembly; mayors, members, towns.",
        "Niger is a member of an association of states; It is a club of towns.",
        "the Union of Bank Employees of the City",
        "Chambers of commerce joined the Housing Association of Leeds.",
    ],
)
def test_other_things_are_no_networks(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("without_evidence", "with_evidence", "network_id"),
    [
        ("Energy Cities is a film.", "The city is a member of Energy Cities.", "energy-cities"),
        ("He saw Metropolis twice.", "Metropolis elected its board; member cities voted.", "metropolis"),
        ("The AMF rose by 3 points.", "The Association of French Mayors (AMF) met. The AMF voted.", "amf-fr"),
        ("A City of Literature needs readers.", "UNESCO has named Lviv a City of Literature.", "uccn"),
    ],
)
def test_ambiguous_names_need_evidence(without_evidence: str, with_evidence: str, network_id: str) -> None:
    assert network_id not in ids(without_evidence)
    assert network_id in ids(with_evidence)


def test_context_is_evidence_but_is_not_searched() -> None:
    text = "The RCN admitted two."
    assert FINDER.find(text) == []
    (mention,) = FINDER.find(text, context="Rainbow Cities Network: news")
    assert (text[mention.start : mention.end], mention.network_id) == ("RCN", "rainbow-cities")
    (mention,) = FINDER.find("Lisbon stood up for Metropolis.", context="Our history\nMetropolis")
    assert mention.network_id == "metropolis"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the League of Hidden Cities", "League of Hidden Cities"),
        (
            "the East Asia Local and Regional Government Congress met.",
            "East Asia Local and Regional Government Congress",
        ),
        ("The World Cities Foo Network (WCFN) met.", "World Cities Foo Network"),
        (
            "Turku joined the Association of Polish Communes of the Euroregion Foo.",
            "Association of Polish Communes of the Euroregion Foo",
        ),
        ("a seat in the Great Rivers and St. Mary Cities Initiative", "Great Rivers and St. Mary Cities Initiative"),
        ("Cities for Clean Harbours has 30 members", "Cities for Clean Harbours"),
        ("le Réseau des villes du Bas-Rhin", "Réseau des villes du Bas-Rhin"),
        ("la Red de Ciudades Lectoras de Chile", "Red de Ciudades Lectoras de Chile"),
        ("der Thüringer Städtebund", "Thüringer Städtebund"),
        ("Skene became chair of Havskommunerna.", "Havskommunerna"),
        ("the Slow Harbour Towns network admitted Oban", "Slow Harbour Towns"),
        ("PortoNet, a network of port cities, is young.", "PortoNet"),
        ("Sahel Forum for Clean Urban Air (SFCUA) met.", "Sahel Forum for Clean Urban Air"),
        ("The board of Slow Harbour Cities met, and the mayor spoke.", "Slow Harbour Cities"),
        ("the city network MetroFoo has ten members", "MetroFoo"),
        ("Oslo is a member city of the Baltic Cycle Network.", "Baltic Cycle Network"),
        ("OSLO JOINS THE ALLIANCE OF HIDDEN CITIES", "Alliance of Hidden Cities"),
        ("Candidate for the Hidden Cities Network", "Hidden Cities Network"),
        ("Iloilo chairs the Panay Island Mayors' Alliance.", "Panay Island Mayors' Alliance"),
        ("the Japan Sea Ports Mayors’ Conference", "Japan Sea Ports Mayors’ Conference"),
        ("Trnava is in the League of Small University Towns.", "League of Small University Towns"),
        ("the Gorge Cities Alliance", "Gorge Cities Alliance"),
        ("the Mid-Brabant Town Circle", "Mid-Brabant Town Circle"),
        ("It signed the Green Harbour Cities Declaration.", "Green Harbour Cities Declaration"),
        ("Salinea is an association of European salt towns.", "Salinea"),
        ("The Eixo do Norte is an association of towns.", "Eixo do Norte"),
        ("the Réseau des villes oasiennes du Maghreb\n\nLadies", "Réseau des villes oasiennes du Maghreb"),
        ("the Bund der Glasstädte was dissolved", "Bund der Glasstädte"),
        ("o Pacto das Cidades do Rio Doce", "Pacto das Cidades do Rio Doce"),
        ("8.1 Northern Towns Alliance met.", "Northern Towns Alliance"),
        (
            "Remarks to the delegates of the Union of Cities of the Middle Foo\nKhujand, 20 May 2014",
            "Union of Cities of the Middle Foo",
        ),
    ],
)
def test_unknown_networks_are_found_by_shape_and_use(text: str, name: str) -> None:
    found = [mention for mention in FINDER.find(text) if mention.form == "new"]
    assert [mention.name for mention in found] == [name]
    assert found[0].network_id == make_new_id(name)


def test_two_networks_joined_by_and_of_are_two() -> None:
    names = [mention.name for mention in FINDER.find("We belong to the League of Hidden Cities and of Metro Towns.")]
    assert names == ["League of Hidden Cities"]


def test_acronym_that_the_text_defines_means_the_network_everywhere() -> None:
    text = "WCFN news. The World Cities Foo Network (WCFN) met in Oslo. WCFN has ten members."
    assert [words for words, _ in read(text)] == ["WCFN", "World Cities Foo Network", "WCFN", "WCFN"]
    assert ids(text) == {"new:world-cities-foo-network"}


def test_networks_in_a_list_are_one_a_line_in_any_language() -> None:
    names = [
        "Red Andina de Ciudades Lejanas",
        "Asociación Austral de Municipios",
        "Réseau des Villes du Sahel",
        "Union des Maires du Lac",
    ]
    assert [mention.name for mention in FINDER.find("Partners\n" + "\n".join(names))] == names


def test_name_in_another_language_goes_on_over_a_line_of_a_paragraph() -> None:
    text = "The mayor of the town told us that since 2003 the Réseau des Villes\ndu Sahel Vert has a president."
    assert [mention.name for mention in FINDER.find(text)] == ["Réseau des Villes du Sahel Vert"]


def test_repeated_acronym_is_read_at_each_of_its_uses() -> None:
    sentence = "The LVRLQ secretariat met the mayor, members, board and president of the association council of towns. "
    mentions = FINDER.find(sentence * 120)
    assert [mention.network_id for mention in mentions] == ["new:lvrlq"] * 120


def test_like_name_with_the_acronym_of_a_catalogued_network_is_its_name() -> None:
    text = (
        "The Union of Latin American-Iberian Capital Cities (UCCI) met. Later the Union of Latin American-Iberian "
        "Capital Cities chose Madrid."
    )
    assert ids(text) == {"ucci"}


@pytest.mark.parametrize(
    "text",
    [
        "The Union of Latin American-Iberian Capital Cities met in Madrid.",
        "The Union of Lake Cities (UCCI) met in Madrid.",
    ],
)
def test_like_name_or_acronym_alone_does_not_make_it_so(text: str) -> None:
    assert next(iter(read(text)))[1].startswith("new:")


def test_two_places_before_a_network_are_no_short_form_of_it() -> None:
    assert read("Canberra/ACT: Compact of Mayors") == [("Compact of Mayors", "compact-of-mayors")]


def test_acronym_before_the_name_is_defined_too() -> None:
    assert ids("WCFN, the World Cities Foo Network, met. WCFN voted.") == {"new:world-cities-foo-network"}


def test_capitalised_head_refers_to_the_last_network_with_that_word() -> None:
    text = "Ghent signed the Covenant of Mayors. The Covenant has no members. He left the Covenant in 2011."
    assert read(text) == [
        ("Covenant of Mayors", "covenant-of-mayors"),
        ("Covenant", "covenant-of-mayors"),
        ("Covenant", "covenant-of-mayors"),
    ]


def test_part_of_a_longer_name_is_short_for_it() -> None:
    text = "Cities Network under fire\n\nMembers questioned the South African Cities Network yesterday."
    assert ids(text) == {"sacn"}


def test_headline_in_capitals_ends_a_name_where_the_text_does() -> None:
    text = "RIVER TOWNS PACT RENEWS ITS BOARD\n\nThe River Towns Pact met in Foo."
    assert {mention.name for mention in FINDER.find(text)} == {"River Towns Pact"}


def test_organ_of_a_network_is_no_network() -> None:
    text = "She chairs the Energy and Natural Resources Committee of the National League of Cities."
    assert ids(text) == {"nlc"}
    assert {mention.name for mention in FINDER.find("Mission of Energy Cities' Board")} == {"Energy Cities"}


def test_acronym_that_the_title_has_needs_little_else() -> None:
    text = "LUCI members meet in Zagreb on 24 November."
    assert FINDER.find(text) == []
    assert [mention.network_id for mention in FINDER.find(text, context="LUCI – candidates")] == ["luci"]


def test_national_network_is_not_the_larger_one() -> None:
    text = "the Danish Nuclear Free Local Authorities and the Italian Healthy Ports Cities Network"
    assert [(mention.name, mention.form) for mention in FINDER.find(text)] == [
        ("Danish Nuclear Free Local Authorities", "new"),
        ("Italian Healthy Ports Cities Network", "new"),
    ]
    assert FINDER.find(text)[0].runners_up[0][0] == "nfla"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Tampere hosted the Eurocities Environment Forum.", "Environment Forum"),
        ("She chairs the culture committee of UCLG.", "culture committee"),
        ("the mayor signed C40's Clean Construction Declaration", "Clean Construction Declaration"),
        ("at the 18th general conference of the Arab Towns Organization", "18th general conference"),
        ("Ghent is a member of Eurocities.", None),
    ],
)
def test_body_that_touches_the_name_is_told(text: str, body: str | None) -> None:
    (mention,) = FINDER.find(text)
    assert mention.body == body


def test_network_that_was_left_out_of_the_catalogue_is_met_as_new() -> None:
    finder = NetworkFinder(load_catalogue().without(["ubc"]))
    (mention,) = finder.find("Kalmar joined the Union of the Baltic Cities.")
    assert (mention.network_id, mention.name) == ("new:union-of-the-baltic-cities", "Union of the Baltic Cities")


def test_rearranged_name_is_linked_to_the_catalogue() -> None:
    assert ids("the Network of Rainbow Cities") == {"rainbow-cities"}


PIECES = st.sampled_from(
    "Eurocities|the |League of |Cities| Network|(WCFN)|\n|\n\n|, |’s |-\n|UCLG|é|İ|ß|A B C D| and | of |Villes|"
    "Réseau des |\u00ad|\u0301|Oslo |. |joined |CITIES|&|…|C40|12th |Mayors for |Städtebund".split("|")
)


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80))
def test_mentions_lie_in_the_text_in_order_without_overlap(text: str) -> None:
    mentions = FINDER.find(text)
    check_spans(text, mentions)


def check_spans(text: str, mentions: list[NetworkMention]) -> None:
    reached = 0
    for mention in mentions:
        assert reached <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        assert 0 < mention.score <= 1
        reached = mention.end


def test_tidy_name_undoes_capitals_and_line_breaks() -> None:
    assert tidy_name("UNION OF  THE\nBALTIC CITIES") == "Union of the Baltic Cities"
    assert tidy_name(tidy_name("League of\nCities")) == "League of Cities"


def test_scan_of_unrelated_text_is_fast() -> None:
    text = "Nothing here speaks of such bodies, and nobody asked; the weather was fine on the whole. " * 20_000
    begun = time.process_time()
    assert not FINDER.may_name_network(text)
    assert len(text) / (time.process_time() - begun) > 1_000_000  # characters a second; 15 million on an idle core


@pytest.mark.parametrize(
    ("publisher", "network_id"),
    [
        ("Energy Cities", "energy-cities"),
        ("Eurocities", "eurocities"),
        ("Circle of Salt Towns", "new:circle-of-salt-towns"),
        ("Metropolis", "metropolis"),
        ("Federation of Andean Town Councils", "new:federation-of-andean-town-councils"),
        ("Gorge Cities Alliance", "new:gorge-cities-alliance"),
        ("Walled and Bastioned Towns Circle", "new:walled-and-bastioned-towns-circle"),
        ("Healthy Cities Sahel", "new:healthy-cities-sahel"),
        ("Mayors for Night Schools", "new:mayors-for-night-schools"),
        ("Pacific States Council of Cities", "new:pacific-states-council-of-cities"),
        ("Polder Cities Newsletter", "new:polder-cities"),
        ("Harbour Towns UK (press release)", "new:harbour-towns-uk"),
        ("Network of Municipalities on the Via Foo", "new:network-of-municipalities-on-the-via-foo"),
        ("Walk21 Towns (WT)", "new:walk21-towns"),
        ("(XYZQ)", None),
        (" ", None),
        ("The Oslo Times", None),
        ("Smart Cities World", None),
        ("Coastal Towns Gazette", None),
        ("City of Oslo", None),
    ],
)
def test_publisher_that_is_a_network_is_known(publisher: str, network_id: str | None) -> None:
    found = FINDER.find_publisher(publisher)
    assert (found.network_id if found else None) == network_id


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dear Mayors and Council Members, welcome.", []),
        ("Previous and Upcoming World Conferences of Historical Cities: Kyoto", []),
        ("ASSOCIATION OF CARIBBEAN HARBOUR CITIES Directory", ["Association of Caribbean Harbour Cities"]),
        ("PRAIRIE AND FOOTHILLS MUNICIPAL LEAGUE (PFML)", ["Prairie and Foothills Municipal League"] * 2),
        ("the Réseau des villes-marchés du Sahel (RVMS) met", ["Réseau des villes-marchés du Sahel"] * 2),
        ("No. 15 – Réseau des villes de la course au large: renewal", ["Réseau des villes de la course au large"]),
        ("the Réseau des communes oasiennes meets in May", ["Réseau des communes oasiennes"]),
        ("the Association des maires met in Lyon", ["Association des maires"]),
    ],
)
def test_new_names_begin_and_end_where_the_name_does(text: str, names: list[str]) -> None:
    assert [mention.name for mention in FINDER.find(text)] == names


def test_variants_of_a_new_name_are_one_network() -> None:
    text = (
        "The Harbour Towns Alliance met. The Alliance of Harbour Towns signed. The Harbour Towns Alliance Declaration "
        "was read; the League of Salt Cities was not."
    )
    ids_found = [mention.network_id for mention in FINDER.find(text) if mention.form == "new"]
    assert set(ids_found) == {"new:harbour-towns-alliance", "new:league-of-salt-cities"}
    assert ids_found.count("new:harbour-towns-alliance") >= 3


def test_catalogued_name_with_or_without_region_is_the_same() -> None:
    assert ids("the Union of the Municipalities of Marmara Region met") == {"mbb"}


def test_designations_of_creative_cities_are_of_their_network() -> None:
    assert ids("UNESCO Cities of Literature") == {"uccn"}
    assert ids("the UNESCO Cities of Literature network met in Krakow") == {"unesco-literature"}


@pytest.mark.parametrize(
    ("text", "network_id"),
    [
        ("The Conference of Mayors elected a president in Ghent; member cities voted.", None),
        ("The Conference of Mayors elected a president in Savannah, Ga.; member cities voted.", "uscm"),
        ("The Association of Towns elected a board in Albany, New York; members voted.", "nytowns"),
        ("The Association of Towns elected a board in Austin, Texas; members voted.", None),
    ],
)
def test_common_name_of_a_national_network_needs_its_country(text: str, network_id: str | None) -> None:
    found = ids(text)
    assert network_id in found if network_id else not found & {"uscm", "nytowns"}


def test_acronym_of_three_letters_needs_an_organ_or_its_name() -> None:
    text = "PORT LOUIS (IOB) – The presidency of the association, its board and the member cities, said the mayor."
    assert ids(text) == set()
    assert "iobt" not in ids(text)


def test_acronym_of_the_title_needs_little_more() -> None:
    text = (
        "The programme for young people in six countries of the region starts at ECAD in August.\n\nThe mayor joined."
    )
    assert FINDER.find(text) == []
    (mention,) = FINDER.find(text, context="ECAD News")
    assert mention.network_id == "ecad"
    assert FINDER.may_name_network(text)


@pytest.mark.parametrize(
    ("text", "network_id"),
    [
        ("the League of Historic Cities", "lhc"),
        ("the WHO UK Healthy Cities Network", "uk-healthy-cities"),
        ("The Städtetag met; the Deutscher Städtetag has a president.", "dst"),
    ],
)
def test_names_that_differ_in_form_only_are_one(text: str, network_id: str) -> None:
    assert ids(text) == {network_id}


def test_name_in_another_language_that_goes_on_is_another() -> None:
    assert ids("la Red Andina de Ciudades Lejanas") == {"new:red-andina-de-ciudades-lejanas"}


def test_name_in_a_title_ends_with_its_line() -> None:
    text = "Newsletter of the Association of Kenyan Lake Towns\nIssue 12\n\nKisumu chairs the association."
    assert [text[m.start : m.end] for m in FINDER.find(text)] == ["Association of Kenyan Lake Towns"]
