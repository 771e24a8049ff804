"""Moments: days, months and years as far as they are known, and how to count from them."""

from datetime import date, timedelta
from typing import NamedTuple


class Moment(NamedTuple):
    """A day, month or year; what the words leave open is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


def is_real(moment: Moment) -> bool:
    """Whether a calendar has it; an unknown year counts as a leap year."""
    try:
        date(moment.year or 2000, moment.month or 1, moment.day or 1)
    except ValueError:
        return False
    return True


def before(published: Moment, count: int, unit: str) -> Moment | None:
    """The moment so many units (year, month, week, day) before publication, as exact as the unit.

    None where the day of publication is not known well enough. Of weeks, the month is told.
    """
    if published.year is not None and unit == "year":
        return Moment(published.year - count)
    if published.month is not None and unit == "month":
        return plus_months(published, -count)
    if published.day is not None and unit in {"week", "day"}:
        moment = plus_days(published, -count * (7 if unit == "week" else 1))
        return moment if unit == "day" else Moment(moment.year, moment.month)
    return None


def day_of(moment: Moment) -> date:
    """The day of a moment whose day is known."""
    assert moment.year is not None
    assert moment.month is not None
    assert moment.day is not None
    return date(moment.year, moment.month, moment.day)


def plus_days(moment: Moment, days: int) -> Moment:
    """A day so many days later; the day is known."""
    moved = day_of(moment) + timedelta(days=days)
    return Moment(moved.year, moved.month, moved.day)


def plus_months(moment: Moment, months: int) -> Moment:
    """The month so many months later; the month is known."""
    assert moment.year is not None
    assert moment.month is not None
    count = moment.year * 12 + moment.month - 1 + months
    return Moment(count // 12, count % 12 + 1)
