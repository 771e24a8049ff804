import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors.date_expressions import find_dates
from schemas.dates import check_partial_date

PUBLISHED = "2021-05-04"  # a Tuesday

POINTS = [
    ("2016 – Florence", "2016"),
    ("joined in 2019.", "2019"),
    ("on 12 May 2020", "2020-05-12"),
    ("on the 3rd of March 1998", "1998-03-03"),
    ("on Thursday, 12 March 2020,", "2020-03-12"),
    ("on May 12, 2020", "2020-05-12"),
    ("on Sept. 5, 2018", "2018-09-05"),
    ("12/05/2020", "2020-05-12"),
    ("05/25/2020", "2020-05-25"),
    ("12.05.2020", "2020-05-12"),
    ("2020-05-12", "2020-05-12"),
    ("| 2020-05 |", "2020-05"),
    ("in May 2020", "2020-05"),
    ("in March, 2020", "2020-03"),
    ("in spring 2020", "2020"),
    ("at the end of 2018", "2018"),
    ("today it joined", "2021-05-04"),
    ("this morning", "2021-05-04"),
    ("yesterday", "2021-05-03"),
    ("tomorrow", "2021-05-05"),
    ("on Thursday", "2021-04-29"),
    ("on Tuesday", "2021-05-04"),
    ("last Tuesday", "2021-04-27"),
    ("next Thursday", "2021-05-06"),
    ("last year", "2020"),
    ("earlier this year", "2021"),
    ("next year", "2022"),
    ("last month", "2021-04"),
    ("last week", "2021-04"),
    ("next week", "2021-05"),
    ("earlier this month", "2021-05"),
    ("two years ago", "2019"),
    ("a month ago", "2021-04"),
    ("10 days ago", "2021-04-24"),
    ("last December", "2020-12"),
    ("next June", "2021-06"),
    ("last autumn", "2020"),
    ("It joined in March.", "2021-03"),
    ("It joined in May.", "2021-05"),
    ("It joined in June.", "2020-06"),
    ("It will host the summit in June.", "2021-06"),
    ("It will host the summit in March.", "2022-03"),
    ("The mayor was elected on 3 June.", "2020-06-03"),
    ("The mayor was elected on 3 May.", "2021-05-03"),
    ("Oakland will sign on Friday.", "2021-05-07"),
    ("The board that was elected on Friday will stay.", "2021-04-30"),
    ("It meets in Rome on 3 June.", "2021-06-03"),
    ("to be held this coming November", "2021-11"),
    ("in June of last year", "2020-06"),
    ("on 3 March this year", "2021-03-03"),
    ("WITHDRAWN 04/2019", "2019-04"),
    ("at the end of the year", "2021"),
    ("in two years' time", "2023"),
    ("The congress is to open on 3 June.", "2021-06-03"),
    ("in 2016 to present the plan", "2016"),
    ("founded in 2016 – now it has thirty members", "2016"),
]
PERIODS = [
    ("end of 2023 to end of 2024", "2023", "2024"),
    ("from the end of 2019 to the beginning of 2021", "2019", "2021"),
    ("from 2016 to 2019", "2016", "2019"),
    ("2016–2019", "2016", "2019"),
    ("2016 - 2019", "2016", "2019"),
    ("the 2019-21 term", "2019", "2021"),
    ("2019/20", "2019", "2020"),
    ("between 2016 and 2019", "2016", "2019"),
    ("12–14 May 2024", "2024-05-12", "2024-05-14"),
    ("from 12 to 14 May 2024", "2024-05-12", "2024-05-14"),
    ("from the 11th to the 15th of November 2019", "2019-11-11", "2019-11-15"),
    ("from November 11th to the 15th, 2019", "2019-11-11", "2019-11-15"),
    ("May 12-14, 2024", "2024-05-12", "2024-05-14"),
    ("12 and 13 May 2024", "2024-05-12", "2024-05-13"),
    ("28 September – 1 October 2023", "2023-09-28", "2023-10-01"),
    ("from 28 December to 2 January 2023", "2022-12-28", "2023-01-02"),
    ("from May to July 2020", "2020-05", "2020-07"),
    ("from March 2019 until today", "2019-03", "2021-05-04"),
    ("will meet from 8 to 10 June", "2021-06-08", "2021-06-10"),
]
OPEN = [
    ("since 1994", "1994", None),
    ("since May 2019", "2019-05", None),
    ("as of 1 January 2022", "2022-01-01", None),
    ("from 2016 onwards", "2016", None),
    ("2016– Florence", "2016", None),
    ("Odense (2016–)", "2016", None),
    ("2016 – present: Florence", "2016", None),
    ("2016 – Current", "2016", None),
    ("Chair, 2016-today", "2016", None),
    ("2016 – today: Florence", "2016", None),
    ("between 2016 and today", "2016", None),
    ("2016 to present", "2016", None),
    ("from 2016 to the present", "2016", None),
    ("2016 until now", "2016", None),
    ("2016 – to date", "2016", None),
    ("since the spring of 2018", "2018", None),
    ("for the past three years", "2018", None),
    ("until 2025", None, "2025"),
    ("until the end of 2025", None, "2025"),
    ("by 2030", None, "2030"),
    ("is chair until June", None, "2021-06"),
    ("was chair until June", None, "2020-06"),
]
TERMS = [
    ("was elected for two years", "2023"),
    ("Riga and Oslo are new, each for a term of one year", "2022"),
    ("will lead it for the next 3 years", "2024"),
    ("elected to a two-year term", "2023"),
]
NOTHING = [
    "She led it for two years.",
    "It took them three years to be elected.",
    "in the 1990s",
    "some 2000 cities",
    "2000 members",
    "1,950 euros",
    "the goals of Agenda 2030",
    "Mayors may march",
    "a score of 2019.5",
    "31 February 2020",
    "",
]


def dates_of(text: str, published: str | None = PUBLISHED) -> list[tuple[str | None, str | None]]:
    return [(found.since, found.until) for found in find_dates(text, published)]


@pytest.mark.parametrize(("text", "value"), POINTS)
def test_point_is_as_exact_as_the_text(text: str, value: str) -> None:
    assert dates_of(text) == [(value, value)]
    assert [found.kind for found in find_dates(text, PUBLISHED)] == ["point"]


@pytest.mark.parametrize(("text", "since", "until"), PERIODS)
def test_period_has_both_ends(text: str, since: str, until: str) -> None:
    assert dates_of(text) == [(since, until)]
    assert [found.kind for found in find_dates(text, PUBLISHED)] == ["range"]


@pytest.mark.parametrize(("text", "since", "until"), OPEN)
def test_open_period_has_the_end_that_is_told(text: str, since: str | None, until: str | None) -> None:
    assert dates_of(text) == [(since, until)]
    assert [found.kind for found in find_dates(text, PUBLISHED)] == ["open_end" if since else "open_start"]


@pytest.mark.parametrize(("text", "until"), TERMS)
def test_term_ends_so_many_years_after_publication(text: str, until: str) -> None:
    assert dates_of(text) == [(None, until)]
    assert [found.kind for found in find_dates(text, PUBLISHED)] == ["term"]
    assert dates_of(text, None) == []


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_date_is_left_out(text: str) -> None:
    assert dates_of(text) == []


def test_reference_to_the_year_before_follows_the_date_named_last() -> None:
    text = "Founded in 1999. In October of the same year it met again, and two years later in Rome."
    assert dates_of(text) == [("1999", "1999"), ("1999-10", "1999-10"), ("2001", "2001")]


SENTENCES = [
    ("1999-00: Bob Knight", [("1999", "2000")]),
    ("in 1999/2000 and 1998/02", [("1999", "2000"), ("1998", "2002")]),
    ("It has been a member since mid-2019.", [("2019", None)]),
    ("It hosted the congress on May 30-June 2, 2021.", [("2021-05-30", "2021-06-02")]),
    ("It chaired the board from June 2019-May 2021.", [("2019-06", "2021-05")]),
    ("Eurocities, founded in 1986, elected Ghent on 3 April.", [("1986", "1986"), ("2021-04-03", "2021-04-03")]),
    ("It was founded in 1986, on 3 April.", [("1986", "1986"), ("1986-04-03", "1986-04-03")]),
    ("It signed the 2030 Agenda pledge on 3 April.", [("2030", "2030"), ("2021-04-03", "2021-04-03")]),
    ("The assembly will be held on 12-14 June.", [("2021-06-12", "2021-06-14")]),
    ("The assembly was held on 12-14 June.", [("2020-06-12", "2020-06-14")]),
    ("- Ghent in 2018\n- 2020 Turin", [("2018", "2018"), ("2020", "2020")]),
    ("Ghent | 3 June\n2019 | Turin", [("2020-06-03", "2020-06-03"), ("2019", "2019")]),
    ("on 3 June\n\n2019 was the year", [("2020-06-03", "2020-06-03"), ("2019", "2019")]),
    ("It was elected in June 2018 for a two-year term.", [("2018-06", "2018-06"), (None, "2020")]),
    ("Founded in 1986, it elected Ghent for two years.", [("1986", "1986"), (None, "2023")]),
]


@pytest.mark.parametrize(("text", "told"), SENTENCES)
def test_neighbouring_dates_leave_each_other_alone(text: str, told: list[tuple[str | None, str | None]]) -> None:
    assert [(e.since, e.until) for e in find_dates(text, PUBLISHED)] == told


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_year_that_begins_the_next_row_is_that_rows(between: str) -> None:
    rows = ["2022 | Waterloo, September 28-30", "2023 | Cedar Rapids, September 20-22"]
    told = [(e.since, e.until) for e in find_dates(between.join(rows), None)]
    assert told == [
        ("2022", "2022"), ("2022-09-28", "2022-09-30"), ("2023", "2023"), ("2023-09-20", "2023-09-22"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("published", "since"), [("2021-05-23", "2021-05-23"), ("2021-05-24", "2021-05-23"), ("2021-05-25", "2022-05-23")]
)
def test_period_lies_ahead_until_it_is_over(published: str, since: str) -> None:
    assert [e.since for e in find_dates("The congress will elect him on 23-24 May.", published)] == [since]


def test_day_without_year_takes_the_year_of_its_sentence() -> None:
    assert dates_of("In 2014 it met from 3 to 5 June.")[1] == ("2014-06-03", "2014-06-05")


@pytest.mark.parametrize("text", ["yesterday", "last year", "on Friday", "on 3 June", "two years ago", "last autumn"])
def test_without_a_day_of_publication_nothing_is_invented(text: str) -> None:
    assert dates_of(text, published=None) == []


def test_relative_dates_are_no_more_exact_than_the_day_of_publication() -> None:
    assert dates_of("today", published="2021-05") == [("2021-05", "2021-05")]
    assert dates_of("yesterday and last month", published="2021") == []


def test_offsets_hold_the_lead_and_the_date() -> None:
    text = "Oslo, a member since May 2019, left."
    (found,) = find_dates(text, None)
    assert text[found.start : found.end] == "since May 2019"


def test_wrong_publication_date_is_refused() -> None:
    with pytest.raises(ValueError, match="expected YYYY"):
        find_dates("today", "yesterday")


WORDS = st.sampled_from([
    "since", "from", "until", "in", "the", "of", "2019", "2020-21", "1/2/2020", "12", "31", "99", "3rd", "May", "June",
    "last", "next", "year", "same year", "Friday", "today", "two years ago", "two years later", "to", "–", "and", ".",
])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [("on 29 February", "2021-02", "2021-02"), ("May 31 - 30", "2020-05-31", "2020-05-31")],
)
def test_day_that_no_calendar_has_costs_its_exactness_only(text: str, since: str, until: str) -> None:
    (found,) = find_dates(text, PUBLISHED)
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [("2019 until May", "2019", "2019-05"), ("October 2019 until May", "2019-10", "2020-05")],
)
def test_end_of_a_period_without_year_follows_its_beginning(text: str, since: str, until: str) -> None:
    (found,) = find_dates(text, None)
    assert (found.since, found.until) == (since, until)


@example("today two years later to today", "2021")
@given(
    st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=60),
    st.sampled_from([None, "2021", "2021-05", PUBLISHED]),
)
def test_any_text_gives_ordered_spans_and_real_dates(text: str, published: str | None) -> None:
    reached = 0
    for found in find_dates(text, published):
        assert reached <= found.start < found.end <= len(text)
        reached = found.end
        values = [value for value in (found.since, found.until) if value]
        assert values
        assert [check_partial_date(value) for value in values] == values


def test_a_page_takes_little_time() -> None:
    page = (
        "The mayor of Oslo, who was elected in May 2019, said on Thursday that the city had joined the network. " * 14
    )
    find_dates(page, PUBLISHED)
    started = time.process_time()
    find_dates(page, PUBLISHED)
    assert time.process_time() - started < 0.05


def test_period_that_ends_in_its_first_year_is_read() -> None:
    found = find_dates("from 2019 until 2019", None)
    assert [(e.since, e.until) for e in found] == [("2019", "2019")]


@pytest.mark.parametrize(
    ("text", "value"),
    [("Date: 0/20/2007", "2007"), ("00.05.2007", "2007-05"), ("2007-00-20", "2007"), ("5/0/2007", "2007")],
)
def test_part_of_a_date_left_at_zero_is_not_told(text: str, value: str) -> None:
    assert [found.since for found in find_dates(text, None)] == [value]
