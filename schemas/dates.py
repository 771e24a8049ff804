"""Dates as exact as their source: `2021`, `2021-05` or `2021-05-04`.

Partial dates are ISO 8601 prefixes kept as text (after followthemoney's prefix dates), so that an
unknown day is never invented and plain string order is chronological order of the first day.
"""

import calendar
import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def check_partial_date(value: str) -> str:
    """Return `value` if it is a real year, month or day; raise ValueError otherwise."""
    match = _SHAPE.fullmatch(value)
    if match is None:
        raise ValueError(f"found date {value!r}, expected YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, day)
    except ValueError as error:
        raise ValueError(f"found date {value!r}, which is in no calendar: {error}") from error
    return value


PartialDate = Annotated[str, AfterValidator(check_partial_date)]
"""A validated partial date: a year, a month or a day."""


def first_day(value: str) -> date:
    """The first day that the partial date `value` may mean: `2021-05` → 2021-05-01."""
    year, month, day = (int(part) if part else 1 for part in _parts(value))
    return date(year, month, day)


def last_day(value: str) -> date:
    """The last day that the partial date `value` may mean: `2021-02` → 2021-02-28."""
    year, month, day = _parts(value)
    last_month = int(month) if month else 12
    last = int(day) if day else calendar.monthrange(int(year or 0), last_month)[1]
    return date(int(year or 0), last_month, last)


def is_compatible(one: str, other: str) -> bool:
    """Whether two partial dates may mean the same day: one is a prefix of the other."""
    return one.startswith(other) or other.startswith(one)


def _parts(value: str) -> tuple[str | None, str | None, str | None]:
    match = _SHAPE.fullmatch(check_partial_date(value))
    assert match is not None  # check_partial_date matched the same shape
    year, month, day = match.groups()
    return year, month, day
