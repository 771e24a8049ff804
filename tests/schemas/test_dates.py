from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.dates import check_partial_date, first_day, is_compatible, last_day

partial_dates = st.dates(min_value=date(1800, 1, 1)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
)


@pytest.mark.parametrize("value", ["2021", "2021-05", "2021-05-04", "2024-02-29"])
def test_years_months_and_days_are_dates(value: str) -> None:
    assert check_partial_date(value) == value


@pytest.mark.parametrize("value", ["21", "2021-13", "2021-02-30", "2021-5", "2021-05-04T10:00", "", "0000"])
def test_anything_else_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="found date"):
        check_partial_date(value)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021-05-04", date(2021, 5, 4), date(2021, 5, 4)),
    ],
)
def test_partial_date_spans_its_days(value: str, first: date, last: date) -> None:
    assert (first_day(value), last_day(value)) == (first, last)


@given(partial_dates, partial_dates)
def test_string_order_is_the_order_of_first_days(one: str, other: str) -> None:
    assert first_day(one) <= last_day(one)
    if first_day(one) < first_day(other):
        assert one < other


def test_a_year_is_compatible_with_its_days_only() -> None:
    assert is_compatible("2021", "2021-05-04")
    assert not is_compatible("2021-05", "2021-06")
