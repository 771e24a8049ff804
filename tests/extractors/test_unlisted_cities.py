from collections.abc import Sequence

import pytest

from extractors.gazetteer import Gazetteer
from extractors.reading import DocumentReader
from extractors.structure import govern, segment_text
from extractors.unlisted_cities import find_unlisted


def unlisted(read: DocumentReader, text: str) -> list[tuple[str, str]]:
    """(words of the text, country) of each municipality that no list knows."""
    return [(text[c.start : c.end], c.place.country_code) for c in read(text).cities if c.place.known_id is None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor of Zwollebroek met those of Utrecht and Zwolle.", [("Zwollebroek", "NL")]),
        ("Ann Lee, Mayor of Windsor-Kinlossy, and the Mayor of Ottawa came.", [("Windsor-Kinlossy", "CA")]),
        ("Members: Lyon, Nantes, Valmondoisy and Grenoble.", [("Valmondoisy", "FR")]),
        (
            "MEMBERS\n- Oslo (Norway)\n- Frognestad (Norway)\n- Malmö (Sweden)\n- Aarhus (Denmark)\n",
            [("Frognestad", "NO")],
        ),
        ("Sweden\n- Malmö\n- Botkyrkeby\n- Lund\n- Uppsala\n", [("Botkyrkeby", "SE")]),
        ("The Tshwetane Local Municipality borders on Pretoria.", [("Tshwetane", "ZA")]),
        ("Peter Hill, Mayor, Wonderbarra Shire Council, Australia, came to Dubbo.", [("Wonderbarra", "AU")]),
        ("In Australia the Shire of Wonderbarra joined Dubbo, Orange and Bathurst.", [("Wonderbarra", "AU")]),
        ("The Offunso Municipal Assembly met near Kumasi in Ghana.", [("Offunso", "GH")]),
    ],
)
def test_municipality_that_no_list_knows_is_told_by_its_surroundings(
    read: DocumentReader, text: str, expected: list[tuple[str, str]]
) -> None:
    assert unlisted(read, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The mayor of the capital met Siemens, Veolia and Bosch in Lyon.",
        "Members: Lyon, Nantes, the Ardèche and Grenoble.",
        "The Arctic Council and the Administrative Council sat in Oslo.",
        "She is Mayor of all the people of Lyon.",
        "Lyon, Volvo and Wikimedia signed.",
        "Members met in Mirande, a town of Pyrenean France, in Lyon and in Nantes.",
        "Ana Ruiz, the City of Mexico's Secretary of Culture, met the mayors of Toluca and Puebla.",
    ],
)
def test_companies_regions_and_councils_are_no_municipalities(read: DocumentReader, text: str) -> None:
    assert unlisted(read, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Board\n\n- Siim Kiisler (Estonia)\n- Jukka Heinonen, Finland\n",
        "Board\n\n- President: Markku Markkula (Finland)\n- Vice-President: Oldřich Vlasák (Czech Republic)\n",
    ],
)
def test_people_with_their_countries_are_no_municipalities(read: DocumentReader, text: str) -> None:
    assert unlisted(read, text) == []


def test_people_are_looked_for_only_in_lines_that_leave_it_open(gazetteer: Gazetteer) -> None:
    asked: list[str] = []

    def find_people(text: str) -> Sequence[tuple[int, int]]:
        asked.append(text)
        return [(0, len("Jan Zwollebroek"))] if text.startswith("Jan") else []

    text = "- Zwollebroek (Netherlands)\n- Jan Zwollebroek (Netherlands)\n- Nova Zwolleburg (Netherlands)\n"
    blocks = segment_text(text)
    found = find_unlisted(
        text,
        blocks,
        govern(text, blocks),
        [],
        taken=[],
        gazetteer=gazetteer,
        favoured={},
        find_people=find_people,
    )
    assert asked == ["Jan Zwollebroek (Netherlands)", "Nova Zwolleburg (Netherlands)"]
    assert "Nova Zwolleburg" in {text[city.start : city.end] for city in found}
    assert "Jan Zwollebroek" not in {text[city.start : city.end] for city in found}


def test_name_is_found_again_where_nothing_says_what_it_is(read: DocumentReader) -> None:
    text = "The mayor of Zwollebroek met those of Utrecht and Zwolle. Zwollebroek had invited them."
    assert [words for words, _ in unlisted(read, text)] == ["Zwollebroek", "Zwollebroek"]


def test_claim_about_it_has_no_id_but_its_name_and_country(read: DocumentReader) -> None:
    place = read("The mayor of Zwollebroek met those of Utrecht and Zwolle.").cities[0].place
    assert (place.known_id, place.name, place.country_code) == (None, "Zwollebroek", "NL")


def test_town_whose_only_namesakes_lie_abroad_is_at_home(read: DocumentReader) -> None:
    members = "Whitehorse, Watson Lake, Carmacks and Dawson are members of the Association of Yukon Communities."
    text = f"{members} So are the Village of Teslin and the Town of Faro. Faro has a mine."
    assert unlisted(read, text) == [("Teslin", "CA"), ("Faro", "CA"), ("Faro", "CA")]
    assert unlisted(read, f"{members} The Town of Faro in Portugal sent its greetings, and so did Faro.") == []
    assert unlisted(read, f"{members}\n\nPORTUGAL\n\n- Town of Faro\n") == []
