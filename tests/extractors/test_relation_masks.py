import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors.relation_masks import (
    CITY,
    NETWORK,
    PLACE,
    Mask,
    mask_names,
    mask_text,
    mask_years,
    order_masks,
    tidy_line,
)


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("joined in 2013", "2021-05", "joined in [PAST]"),
        ("the congress of 2025", "2021", "the congress of [FUTURE]"),
        ("this year, 2021", "2021-05", "this year, [NOW]"),
        ("in March 2021", "2021-05-04", "in March [PAST]"),
        ("on 3 September 2021", "2021-05-04", "on 3 September [FUTURE]"),
        ("September 14, 2021", "2021-05-04", "September [FUTURE]"),
        ("in March 2021", "2021", "in March [NOW]"),
        ("on 2021-11-27", "2021-05", "on [FUTURE]"),
        ("since 1987", None, "since [YEAR]"),
        ("2016– Florence", "2021", "[PAST]–present Florence"),
        ("2016 – Florence", "2021", "[PAST] – Florence"),
        ("1,990 members and 20215 homes", "2021", "1,990 members and 20215 homes"),
        ("", "2021", ""),
    ],
)
def test_years_are_placed_before_of_or_after_publication(text: str, published: str | None, expected: str) -> None:
    assert mask_years(text, published) == expected


def test_of_overlapping_masks_the_earlier_group_stays() -> None:
    masks = order_masks([([(10, 14)], CITY), ([(0, 5), (12, 30)], NETWORK), ([(4, 8), (40, 44), (10, 14)], PLACE)])
    assert masks == [Mask(0, 5, NETWORK), Mask(10, 14, CITY), Mask(40, 44, PLACE)]


def mask(text: str, words: str, marker: str) -> str:
    start = text.index(words)
    return mask_text(text, (0, len(text)), [Mask(start, start + len(words), marker)], None)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Eurocities", "[NET]"),
        ("Covenant of Mayors", "[NET] covenant"),
        ("its secretariat", "[NET] its secretariat"),
        ("The association", "[NET] The association"),
        ("it", "it"),
        ("Our", "Our"),
    ],
)
def test_network_mask_keeps_what_tells_of_its_nature(words: str, expected: str) -> None:
    assert mask(f"{words} met.", words, NETWORK) == f"{expected} met."


def test_only_networks_keep_words() -> None:
    assert mask("Pact met.", "Pact", PLACE) == "[PLACE] met."


def test_empty_mask_stands_before_its_span() -> None:
    text = "We belong to Eurocities."
    masks = [Mask(0, 0, "[HOME]"), Mask(13, 23, NETWORK)]
    assert mask_text(text, (0, len(text)), masks, None) == "[HOME] We belong to [NET] ."


def test_masks_outside_the_span_do_nothing() -> None:
    text = "Oslo joined. Milan left."
    assert mask_text(text, (13, 24), [Mask(0, 4, CITY), Mask(13, 18, PLACE)], None) == "[PLACE] left."


def test_title_is_masked_by_names_longest_first() -> None:
    groups = ((("Eurocities",), NETWORK), (("Oslo", "Greater Oslo"), PLACE))
    assert (
        mask_names("Greater  Oslo and Oslo in Eurocities, 2020", groups, "2021")
        == "[PLACE] and [PLACE] in [NET] , [PAST]"
    )


def test_part_of_a_word_is_no_name_in_a_title() -> None:
    assert mask_names("Barista training", ((("Bari",), PLACE),), None) == "Barista training"


def test_long_enumeration_of_other_cities_is_cut_to_two() -> None:
    assert tidy_line("[PLACE], [PLACE] (IT), [PLACE], [PLACE] and [CITY] joined") == "[PLACE], [PLACE], [CITY] joined"


@example("...\n.")
@given(st.text(alphabet="ab 12[].…\n", max_size=60))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy_line(tidy_line(text)) == tidy_line(text)


@given(st.text(alphabet="Oslo 2019,-\n", max_size=40), st.sampled_from([None, "2019", "2019-05"]))
def test_masked_text_is_one_line(text: str, published: str | None) -> None:
    assert "\n" not in mask_text(text, (0, len(text)), [], published)
