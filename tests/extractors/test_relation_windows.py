import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.relation_windows import (
    MARKERS,
    PASSAGE_LENGTH,
    TARGET_MARKERS,
    Layout,
    PairContext,
    TargetKind,
    build_window,
    build_windows,
)

TEXT = (
    "Members of Eurocities\n\nOslo took over from Milan in 2020. The network has an office in Brussels. "
    "Accra, a guest of Metropolis, spoke in Lyon.\n"
)


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


CITIES = [span(name) for name in ("Oslo", "Milan", "Brussels", "Accra", "Lyon")]
SENTENCES = [
    span("Oslo took over from Milan in 2020."),
    span("The network has an office in Brussels."),
    span("Accra, a guest of Metropolis, spoke in Lyon."),
]


def pair(city: str, *, network: str = "Eurocities", sentence: int | None = None) -> PairContext:
    target = span(city)
    at = next(i for i, (a, b) in enumerate(SENTENCES) if a <= target[0] < b) if sentence is None else sentence
    other = "Metropolis" if network == "Eurocities" else "Eurocities"
    return PairContext(
        text=TEXT,
        focus=SENTENCES[at],
        target=target,
        network_id=network,
        network=[span(network)],
        other_networks=[span(other)],
        cities=CITIES,
        headings=[span("Members of Eurocities")],
        previous=SENTENCES[max(0, at - 2) : at],
        following=SENTENCES[at + 1] if at + 1 < len(SENTENCES) else None,
        title="A new chair",
        published="2021-05",
        is_main=network == "Eurocities",
    )


def test_window_shows_what_governs_and_surrounds_the_marked_city() -> None:
    assert build_window(pair("Brussels")) == (
        "[MAIN] [TITLE] A new chair [HEAD] Members of [NET] [PREV] [PLACE] took over from [PLACE] in [PAST]. "
        "[PROSE] The network has an office in [CITY] . [NEXT] [PLACE] , a guest of [OTHER] , spoke in [PLACE] ."
    )


def test_pairs_of_near_sentences_share_a_window() -> None:
    windows = build_windows([pair("Brussels"), pair("Milan"), pair("Oslo")])
    assert [window.pairs for window in windows] == [(2, 1, 0)]
    assert (
        "[PROSE] [CITY] took over from [CITY] in [PAST]. [PROSE] The network has an office in [CITY] ."
        in windows[0].text
    )


def test_each_network_has_windows_of_its_own() -> None:
    windows = build_windows([pair("Accra"), pair("Accra", network="Metropolis")])
    texts = {window.pairs: window.text for window in windows}
    assert "a guest of [OTHER]" in texts[(0,)]
    assert "a guest of [NET]" in texts[(1,)]
    assert texts[(1,)].startswith("[ASIDE]")


def test_sentence_without_cities_between_two_units_is_shown() -> None:
    window = build_windows([pair("Oslo"), pair("Lyon")])[0]
    assert window.text.count("[CITY]") == 2
    assert "The network has an office in [PLACE] . [PROSE] [PLACE] , a guest" in window.text


def test_documents_do_not_share_windows() -> None:
    one, other = pair("Oslo"), replace(pair("Milan"), text=TEXT + " ")
    assert len(build_windows([one, other])) == 2


def test_no_pairs_give_no_windows() -> None:
    assert build_windows([]) == []


@pytest.mark.parametrize("kind", list(TargetKind))
def test_kind_of_target_is_told(kind: TargetKind) -> None:
    assert f"{kind.value} took over" in build_window(replace(pair("Oslo"), kind=kind))


def test_home_city_stands_before_the_passage() -> None:
    at = SENTENCES[1][0]
    window = build_window(replace(pair("Brussels"), target=(at, at), kind=TargetKind.HOME))
    assert "[PROSE] [HOME] The network has an office in [PLACE] ." in window


def test_title_that_is_the_heading_is_shown_once() -> None:
    assert "[TITLE]" not in build_window(replace(pair("Oslo"), title="Members of Eurocities"))


def test_names_in_the_title_are_masked() -> None:
    window = build_window(replace(pair("Oslo"), title="Oslo leads EC", title_networks=["EC"]))
    assert "[TITLE] [PLACE] leads [NET] [HEAD]" in window


ROWS = "City | Role | Since\nOslo | President | 2020\nTurin | Member | 2019\n"


def row(city: str, line: str) -> PairContext:
    focus = span(line, ROWS)
    cells = [span(cell.strip(), ROWS) for cell in line.split("|")]
    names = [span(name, ROWS) for name in ("City", "Role", "Since")]
    return PairContext(
        text=ROWS,
        focus=focus,
        target=span(city, ROWS),
        cities=[span("Oslo", ROWS), span("Turin", ROWS)],
        layout=Layout.ROW,
        columns=list(zip(names, cells, strict=True)),
        published="2021",
    )


def test_cells_stand_after_the_names_of_their_columns() -> None:
    expected = "[ASIDE] [ROW] City [COL] [CITY] | Role [COL] President | Since [COL] [PAST]"
    assert build_window(row("Oslo", "Oslo | President | 2020")) == expected


def test_header_that_names_a_city_is_no_header() -> None:
    taken = row("Turin", "Turin | Member | 2019")
    columns = [(span("Oslo", ROWS), taken.columns[0][1]), *taken.columns[1:]]
    assert "[COL]" not in build_window(replace(taken, columns=columns))


def test_home_city_at_the_edge_of_a_header_is_shown_in_its_own_row_alone() -> None:
    home = replace(row("Oslo", "City | Role | Since"), target=(0, 0), kind=TargetKind.HOME)
    [window] = build_windows([home, row("Oslo", "Oslo | President | 2020"), row("Turin", "Turin | Member | 2019")])
    assert window.text.count("[HOME]") == 1
    assert window.text.count("[CITY]") == 2


LONG = "Ada " * 300 + "Oslo joined" + " and rested" * 300


def test_long_unit_is_cut_around_its_target() -> None:
    window = build_window(PairContext(text=LONG, focus=(0, len(LONG)), target=span("Oslo", LONG)))
    assert "Ada [CITY] joined and rested" in window
    assert len(window) < 600


def test_targets_far_apart_in_one_unit_are_read_apart() -> None:
    text = "Oslo " + "and so on " * 80 + "Milan"
    pairs = [PairContext(text=text, focus=(0, len(text)), target=span(city, text)) for city in ("Oslo", "Milan")]
    assert len(build_windows(pairs)) == 2


words = st.lists(
    st.sampled_from(["Oslo", "Milan", "joined", "2020", "the network", "in", "–"]), min_size=1, max_size=150
)


@given(words, st.integers(0, 10))
def test_every_pair_is_marked_once_in_some_window(chosen: list[str], cut: int) -> None:
    text = " ".join(chosen)
    cities = [match.span() for match in re.finditer("Oslo|Milan", text)]
    half = text.find(" ", len(text) * cut // 10)
    units = [(0, half), (half + 1, len(text))] if half > 0 else [(0, len(text))]
    pairs = [
        PairContext(text=text, focus=unit, target=city, cities=cities)
        for city in cities
        for unit in units
        if unit[0] <= city[0] and city[1] <= unit[1]
    ]
    windows = build_windows(pairs)
    assert sorted(number for window in windows for number in window.pairs) == list(range(len(pairs)))
    for window in windows:
        assert sum(window.text.count(marker) for marker in TARGET_MARKERS) == len(window.pairs)
        assert "\n" not in window.text
        assert len(window.text) < 3 * PASSAGE_LENGTH


def test_markers_are_distinct() -> None:
    assert len(set(MARKERS)) == len(MARKERS)


def test_long_lead_in_shows_the_sentence_that_says_what_the_list_is() -> None:
    more = "Some of them are broad in what they do, others keep to one field, and they serve the exchange of views " * 2
    text = f"Oslo is a member of all the networks below. {more}.\n- Eurocities"
    item = text.index("Eurocities"), len(text)
    shown = PairContext(
        text=text,
        focus=item,
        target=(item[0], item[0]),
        kind=TargetKind.HOME,
        network_id="eurocities",
        network=[item],
        other_networks=[],
        cities=[(0, 4)],
        layout=Layout.ITEM,
        headings=[],
        lead_in=(0, item[0] - 3),
    )
    assert "[LEAD] [PLACE] is a member of all the networks below. [ITEM]" in build_window(shown)
