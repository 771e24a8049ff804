import pytest

from extractors.countries import (
    Region,
    capital_geonameid,
    country,
    country_names,
    find_continent,
    find_country,
    find_demonym,
    find_regions,
    names_part_of_country,
    parse_country_field,
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Norway", "NO"),
        ("United Kingdom", "GB"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("Britain", "GB"),
        ("England", "GB"),
        ("Northern Ireland", "GB"),
        ("USA", "US"),
        ("United States of America", "US"),
        ("Ivory Coast", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Korea", "KR"),
        ("Republic of Korea", "KR"),
        ("North Korea", "KP"),
        ("Hong Kong", "HK"),
        ("Palestine", "PS"),
        ("Kosovo", "XK"),
        ("Taiwan", "TW"),
        ("the Netherlands", "NL"),
        ("The Gambia", "GM"),
        ("Bosnia & Herzegovina", "BA"),
        ("DR Congo", "CD"),
        ("Congo", "CG"),
        ("Russian Fed.", "RU"),
    ],
)
def test_country_is_known_by_its_names(name: str, code: str) -> None:
    assert find_country(name) == code


@pytest.mark.parametrize("name", ["Oslo", "Frankreich", "", "FR", "the"])
def test_what_is_no_english_country_name_is_none(name: str) -> None:
    assert find_country(name) is None


@pytest.mark.parametrize(
    ("word", "code"),
    [("Norwegian", "NO"), ("Dutch", "NL"), ("Catalan", "ES"), ("Scottish", "GB"), ("Québécois", "CA"), ("Danes", "DK")],
)
def test_demonym_points_to_its_country(word: str, code: str) -> None:
    assert find_demonym(word) == code


@pytest.mark.parametrize("word", ["polish", "turkey", "Oslo", ""])
def test_other_words_are_no_demonyms(word: str) -> None:
    assert find_demonym(word) is None


@pytest.mark.parametrize(
    ("word", "is_part"),
    [
        ("Scottish", True),
        ("Northern Irish", True),
        ("Catalan", True),
        ("Wales", True),
        ("British", False),
        ("Spain", False),
        ("Georgia", False),
        ("Oslo", False),
    ],
)
def test_name_of_a_part_is_told_from_that_of_its_country(word: str, *, is_part: bool) -> None:
    assert names_part_of_country(word) is is_part


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("FR", "FR"),
        ("FRA", "FR"),
        (" (FR) ", "FR"),
        ("France", "FR"),
        ("Frankreich", "FR"),
        ("Francia", "FR"),
        ("Frankrijk", "FR"),
        ("Royaume-Uni", "GB"),
        ("UK", "GB"),
        ("Deutschland", "DE"),
        ("Estados Unidos", "US"),
        ("XK", "XK"),
        ("fr", None),
        ("ZZ", None),
        ("", None),
    ],
)
def test_country_field_holds_a_code_or_a_name(text: str, code: str | None) -> None:
    assert parse_country_field(text) == code


def test_every_name_leads_back_to_one_country() -> None:
    assert [name for name in country_names() if find_country(name) is None] == []
    assert country("CI") == ("CI", "CIV", "Ivory Coast", "AF", capital_geonameid("CI"))


def test_unknown_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        country("ZZ")


@pytest.mark.parametrize(
    ("name", "regions"),
    [
        ("Oregon", [("US", "OR", "Oregon")]),
        ("Ore.", [("US", "OR", "Oregon")]),
        ("NY", [("US", "NY", "New York")]),
        ("Ont.", [("CA", "08", "Ontario")]),
        ("NSW", [("AU", "02", "New South Wales")]),
        ("Québec", [("CA", "10", "Quebec")]),
        ("Tamil Nadu", [("IN", "25", "Tamil Nadu")]),
        ("Catalunya", [("ES", "56", "Catalonia")]),
        ("WA", [("US", "WA", "Washington"), ("AU", "08", "Western Australia")]),
        ("or", []),
        ("Oslo", []),
    ],
)
def test_region_is_known_by_name_and_abbreviation(name: str, regions: list[tuple[str, str, str]]) -> None:
    assert find_regions(name) == [Region(*region) for region in regions]


@pytest.mark.parametrize(("name", "code"), [("Europe", "EU"), ("North America", "NA"), ("Nordic", None)])
def test_continent_is_known_by_name(name: str, code: str | None) -> None:
    assert find_continent(name) == code
