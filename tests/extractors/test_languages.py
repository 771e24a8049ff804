import pytest

from extractors.languages import find_language

SENTENCES = {
    "en": "The city of Leipzig has been a member of the network since 1993, and its mayor was elected president by the "
    "members in June for a term of two years.",
    "de": "Die Stadt Leipzig ist seit 1993 Mitglied des Netzwerks. Der Oberbürgermeister wurde im Juni zum Präsidenten "
    "gewählt und wird das Amt für zwei Jahre ausüben, wie die Stadt mitteilte.",
    "fr": "La ville de Lyon est membre du réseau depuis 1986. Le maire a été élu président du réseau pour une durée de "
    "deux ans, et il a présenté les priorités de son mandat dans un discours devant les membres.",
    "es": "La ciudad de Barcelona forma parte de la red desde 1986. El alcalde fue elegido presidente de la red por un "
    "periodo de dos años y presentó las prioridades de su mandato ante los miembros.",
    "pl": "Miasto Gdańsk jest członkiem związku od 1991 roku. Siedziba sekretariatu znajduje się w Gdańsku, a miasto "
    "jest jednym z założycieli, który od początku działa na rzecz współpracy i rozwoju.",
    "ja": "広島市は平和首長会議の会長都市であり、事務局も広島に置かれています。",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_prose_speaks_for_itself_whatever_is_declared(language: str) -> None:
    assert find_language(SENTENCES[language]) == language
    assert find_language(SENTENCES[language], "en-US") == language


def test_names_alone_are_in_the_declared_language_or_english() -> None:
    names = "Aachen, Augsburg, Berlin, Bonn, Bremen, Chemnitz, Dortmund, Dresden, Essen, Frankfurt"
    assert find_language(names, "de-AT") == "de"
    assert find_language(names, "not a code") == "en"
    assert find_language("") == "en"


@pytest.mark.parametrize(
    "names",
    [
        "A B C D E F G H I J K L M N O P R S T U V Z",
        "Boulogne-sur-Mer, Le Mans, Le Havre, Les Abymes, Aix-en-Provence, Châlons-sur-Saône, Saint-Denis",
        "Mar del Plata\nPlaya del Carmen\nLas Palmas\nLos Ángeles\nSan Salvador y Las Rozas\nEl Alto\nViña del Mar",
    ],
)
def test_function_words_in_names_do_not_speak(names: str) -> None:
    assert find_language(names) == "en"
    assert find_language(f"{names}\n{SENTENCES['en']}", "fr") == "en"


def test_english_between_names_speaks() -> None:
    assert find_language("Ana Lopes, Mayor of Porto\nJan Maas, Mayor of Ghent\n" * 4, "fr") == "en"
