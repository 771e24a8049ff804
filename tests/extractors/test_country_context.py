import pytest

from extractors.country_context import find_area_of_heading, find_country_words, find_region_words


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Norwegian towns in France", ["NO", "FR"]),
        ("New Jersey, New Mexico and New South Wales", []),
        ("Papua New Guinea and Equatorial Guinea", ["PG", "GQ"]),
        ("Northern Ireland", ["GB"]),
        ("the Democratic Republic of the Congo", ["CD"]),
        ("South Africa's and New Zealand’s mayors", ["ZA", "NZ"]),
        ("Korea, South Africa and Japan", ["KR", "ZA", "JP"]),
    ],
)
def test_country_words_are_the_longest_names(text: str, codes: list[str]) -> None:
    assert find_country_words(text) == codes


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("New Mexico’s towns and Texas", ["US:NM", "US:TX"]),
        ("Western Australia, WA", ["AU:08"]),
        ("Georgia", []),
    ],
)
def test_region_words_are_full_names_that_no_country_has(text: str, areas: list[str]) -> None:
    assert [region.area for region in find_region_words(text)] == areas


@pytest.mark.parametrize(
    ("heading", "area"),
    [
        ("France (12)", "FR"),
        ("NEW SOUTH WALES", "AU:02"),
        ("Maine", "US:ME"),
        ("Georgia", "GE"),
        ("Members in South Africa", "ZA"),
        ("France and Spain", None),
        ("ME", None),
        ("Members", None),
        ("", None),
    ],
)
def test_heading_names_a_country_or_a_state(heading: str, area: str | None) -> None:
    assert find_area_of_heading(heading) == area
