"""Running heads, feet and page numbers, told from what only stands in the margin."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from extractors.pdf_lines import Segment
from extractors.pdf_margins import drop_running_lines

TOP, BODY, FOOT = 20.0, 400.0, 780.0
Part = tuple[str, float] | tuple[str, float, float]
"""A text, its top, and its left edge where that is not the page's."""


@dataclass
class Page:
    number: int
    segments: list[Segment]
    height: float = 800.0


def segment(text: str, top: float, left: float = 50.0) -> Segment:
    words = len(text.split())
    return Segment(left, top, left + 10 + 5 * len(text), top + 10, text=text, size=10.0, is_bold=False, words=words)


def keep(*pages: Sequence[Part]) -> list[list[str]]:
    """What is left of pages with these texts at these heights."""
    made = [Page(number, [segment(*part) for part in parts]) for number, parts in enumerate(pages, start=1)]
    drop_running_lines(made)
    return [[part.text for part in page.segments] for page in made]


def test_line_that_comes_again_at_the_same_height_runs() -> None:
    head = ("Annual report 2021", TOP)
    assert keep([head, ("One", BODY)], [("Annual report 2022", TOP + 2), ("Two", BODY)]) == [["One"], ["Two"]]


def test_line_that_stands_in_the_margin_once_is_kept() -> None:
    assert keep([("Nantes joins", TOP)], [("Oslo leaves", TOP)]) == [["Nantes joins"], ["Oslo leaves"]]


def test_line_that_comes_again_in_the_body_is_kept() -> None:
    assert keep([("Members", BODY)], [("Members", BODY)]) == [["Members"], ["Members"]]


@pytest.mark.parametrize(
    "numbers", [["1", "2", "3"], ["- 7 -", "- 8 -", "- 9 -"], ["ii", "iii", "iv"], ["Page 3 of 9", "4/9", "5"]]
)
def test_page_numbers_run(numbers: list[str]) -> None:
    assert keep(*[[(number, FOOT), ("text", BODY)] for number in numbers]) == [["text"]] * 3


def test_numbers_of_a_spread_run() -> None:
    assert keep(*[[(str(2 * n), FOOT), (str(2 * n + 1), FOOT), ("text", BODY)] for n in range(1, 4)]) == [["text"]] * 3


def test_year_over_every_page_runs() -> None:
    assert keep([("2021", TOP)], [("2021", TOP)]) == [[], []]


def test_figures_of_a_table_that_fills_its_pages_are_kept() -> None:
    pages = [[("1991", TOP)], [("1986", TOP)], [("2004", TOP)]]
    assert keep(*pages) == [["1991"], ["1986"], ["2004"]]


def table(first: int, last: int) -> list[Part]:
    tops = enumerate(range(first, last, 20), start=ord("A"))
    return [cell for town, top in tops for cell in ((f"Town {chr(town)}", top), ("Germany", top, 300.0))]


def test_rows_of_a_table_are_kept_in_the_margins() -> None:
    page = table(20, 790)
    assert keep(page, page) == [[text for text, *_ in page]] * 2


@pytest.mark.parametrize(("first", "last", "left"), [(80, 720, 300.0), (40, 780, 450.0)], ids=["far", "askew"])
def test_head_and_foot_of_two_parts_run_beside_a_table(first: int, last: int, left: float) -> None:
    body = table(first, last)
    ends: list[Part] = [("Report", TOP), ("Members", TOP, left), ("Kiel", FOOT), ("Office", FOOT, left)]
    assert keep([*body, *ends], [*body, *ends]) == [[text for text, *_ in body]] * 2


def test_lone_figure_is_a_page_number_unless_it_is_a_year() -> None:
    assert keep([("12", FOOT)]) == [[]]
    assert keep([("1991", FOOT)]) == [["1991"]]
