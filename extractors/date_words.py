"""The words of dates: one pattern that finds them, and what each says before its context is known.

A piece is a stretch of text that names a day, a month or a year, in full (`12 May 2021`), in part
(`3 June`) or by reference to the day of publication (`last year`, `on Thursday`).
"""

import re
from dataclasses import dataclass

from extractors.moments import Moment, before, day_of, is_real, plus_days, plus_months

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 12)}


@dataclass(frozen=True)
class Piece:
    """Words that name a moment, or two that bound a period; offsets half-open in the text."""

    start: int
    end: int
    first: Moment
    last: Moment | None = None
    shift: int | None = None
    """Years after the year of the date that was named before: `the same year` is 0, `two years later` 2."""
    is_open: bool = False
    """The period runs up to the day of publication: `for the past three years`."""
    ahead: Moment | None = None
    """What `first` is instead where the sentence looks ahead: `will sign on Friday`."""


MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
"""A pattern for the name of a month, in full or short, to be read without regard to case."""
_MONTH = rf"(?:(?:jan|feb|mar|apr|aug|sept?|oct|nov|dec)\.|{MONTH_NAME}\b)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:%])"
_YEAR = r"(?:18[5-9]\d|19\d\d|20\d\d)(?![\d%]|[.,]\d|['’]?s\b)"
_TO = r"\s?(?:[-–—‑/&]|\b(?:to|and|until|through)(?: the)?\b)\s?"
_BEFORE_YEAR = r",?(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*(?!\d{4}\s*\|))"
"""Over the end of a line, but not of a paragraph, nor to the year with which the next row begins."""
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
STILL = r"(?:(?:the\s)?present(?:\sday)?|now|today|current(?:ly)?|ongoing|(?:to\s)?date)\b"
"""What stands for the end of a period that has not ended; elsewhere these are plain words: see to what is around."""
COUNT = rf"(?:an?|\d{{1,2}}|{'|'.join(NUMBERS[1:])})"
_SEASON = "|".join(_SEASONS)

# By the first character, since each alternative costs time at every word.
_AFTER_DIGIT = {
    "iso": r"(?P<iso_y>\d{4})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)(?!\d)",
    "numeric": r"(?P<num_a>\d{1,2})(?P<num_sep>[./-])(?P<num_b>\d{1,2})(?P=num_sep)(?P<num_y>(?:19|20)\d\d)(?!\d)",
    "numeric_month": r"(?P<nm_m>0?[1-9]|1[0-2])[/.](?P<nm_y>(?:19|20)\d\d)(?!\d)",
    "day_month": (
        rf"(?P<dm_d>{_DAY})(?:{_TO}(?P<dm_d2>{_DAY}))?\s+(?:of\s+)?(?P<dm_m>{_MONTH})(?:{_BEFORE_YEAR}(?P<dm_y>{_YEAR}))?"
    ),
    "years": rf"(?P<yy_a>{_YEAR})(?!\n[-–—‑]\s)\s?(?P<yy_sep>[-–—‑/])\s?(?P<yy_b>{_YEAR}|\d\d(?![\d-]))",
    "year": rf"(?P<y>{_YEAR})",
}
_AFTER_LETTER = {
    "month_day": (
        rf"(?P<md_m>{_MONTH})\s+(?P<md_d>{_DAY})(?:{_TO}(?P<md_d2>{_DAY}))?(?:{_BEFORE_YEAR}(?P<md_y>{_YEAR}))?"
    ),
    "month_year": rf"(?P<my_m>{_MONTH})(?:{_TO}(?P<my_m2>{_MONTH}))?{_BEFORE_YEAR}(?:of\s+)?(?P<my_y>{_YEAR})",
    "month": rf"(?:(?P<mo_ref>last|next|this|(?:this\s)?coming)\s+)?(?P<mo>{_MONTH})",
    "day": r"(?P<day_word>today|tonight|this\s(?:morning|afternoon|evening)|yesterday|last\snight|tomorrow)\b",
    "weekday": (
        rf"(?:(?P<wd_ref>last|next|coming)\s+)?(?P<wd>{_WEEKDAY})\b(?!,?\s+(?:the\s+)?(?:\d\d?\b(?!:)|{_MONTH}))"
    ),
    "period": (
        rf"(?:(?P<per_ref>last|this|next|previous|coming)\s(?P<per>year|month|(?<!this\s)week|{_SEASON})"
        r"|the\s(?:end|start|beginning|course|middle)\sof\sthe\s(?P<per_end>year|month))\b"
    ),
    "past": rf"(?:for|over|during|in)\sthe\s(?:past|last)\s(?P<past_n>{COUNT})\s(?P<past_unit>year|month)s\b",
    "time": rf"in\s(?P<time_n>{COUNT})\syear(?:['’]s|s['’])\stime\b",
    "same_year": r"(?P<same>that|(?:the|that)\s(?:very\s)?same|the\sfollowing|the\snext|the\sprevious)\syear\b",
    "year_after": r"the\syear\s(?P<after_way>after|before)(?=[.,;:)]|\s(?:it|he|she|they|that)\b)",
}
_AFTER_EITHER = {
    "ago": rf"(?P<ago_n>{COUNT})\s(?P<ago_unit>year|month|week|day)s?\sago\b",
    "later": (
        rf"(?P<lat_n>{COUNT})\syears?\s"
        r"(?P<lat_way>later|earlier|afterwards|before(?=[.,;])|(?:after|before)\sthat)\b"
    ),
}
_PATTERNS = {**_AFTER_DIGIT, **_AFTER_LETTER, **_AFTER_EITHER}


def _any_of(patterns: dict[str, str]) -> str:
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns.items())


# Most words of a text fail at their first two letters: that makes the search twice as fast.
_FIRST_LETTERS = r"j[au]|f[eor]|m[ao]|a[pu]|s[aeu]|o[cv]|n[oe]|d[eu]|la|t[hou]|co|pr|we|ye|in"
_OPENS = (
    r"(?:(?<![\w.,/€$£#-])|(?<=\bmid-)|(?<=\bearly-)|(?<=\blate-)"
    rf"|(?<=[a-z0-9]-)(?<!pre-)(?<!post-)(?<!covid-)(?=\d\d?\s{_MONTH}|{_MONTH}\s))"
)
"""Before a date; of hyphens those in `mid-2019` and between two dates (`30 May-2 June`)."""
_PIECE = re.compile(
    rf"{_OPENS}(?:(?=\d)(?:{_any_of(_AFTER_DIGIT)})|(?={_FIRST_LETTERS})(?:{_any_of(_AFTER_LETTER)})"
    rf"|(?=[\daeforstn])(?:{_any_of(_AFTER_EITHER)}))",
    re.IGNORECASE,
)
# What stands before a year that is none, and before a month that is one (`may` and `march` are verbs).
_NO_YEAR_BEFORE = re.compile(
    r"(?:\b(?:some|about|around|over|nearly|almost|than|approximately|agenda|horizon|vision|europe|no\.|page|pp?\.)\s)$",
    re.I,
)
_YEAR_BEFORE = re.compile(r"\b(?:in|since|from|until|till|by|year|early|late|mid)[\s-]$", re.I)
_NO_YEAR_AFTER = re.compile(
    r"\s(?:cities|towns|municipalities|members|local|people|participants|delegates|inhabitants|residents|euros?|dollars"
    r"|square|metres|km|m²|signator\w+|communities|mayors|copies|trees|visitors|students)\b"
)
_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|from|until|till|by|during|before|after|through|to|of|early|late|mid|and|or)[\s-]$", re.I
)


def find_pieces(text: str, published: Moment) -> list[Piece]:
    """The pieces of a text in order, without overlaps.

    Args:
        text: any text.
        published: when it was published, as far as that is known; what refers to a day that cannot be told
            without it is left out.
    """
    pieces = []
    for match in _PIECE.finditer(text):
        piece = _read(match, text, published)
        if piece is not None:
            pieces.append(piece)
    return pieces


def _read(match: re.Match[str], text: str, published: Moment) -> Piece | None:
    kind = next(name for name in _PATTERNS if match[name] is not None)
    start, end = match.span()
    if kind in {"same_year", "year_after", "later"}:
        return Piece(start, end, Moment(), shift=_shift_of(match))
    if (kind == "year" and not _is_year(match, text)) or (kind == "month" and not _is_month(match, text)):
        return None
    found = _READERS[kind](match, published)
    if found is None or not all(map(is_real, found)):
        return None
    second = found[1] if len(found) > 1 else None
    if kind == "weekday":
        return Piece(start, end, found[0], ahead=second)
    return Piece(start, end, found[0], second, is_open=kind == "past")


def _is_year(match: re.Match[str], text: str) -> bool:
    head = text[max(0, match.start() - 16) : match.start()]
    if _NO_YEAR_BEFORE.search(head):
        return False
    return bool(_YEAR_BEFORE.search(head)) or not _NO_YEAR_AFTER.match(text, match.end())


def _is_month(match: re.Match[str], text: str) -> bool:
    if not match["mo"][0].isupper():
        return False
    return match["mo_ref"] is not None or bool(_MONTH_BEFORE.search(text[max(0, match.start() - 8) : match.start()]))


Moments = tuple[Moment, ...]


def _read_iso(match: re.Match[str], _: Moment) -> Moments:
    return (_numeric(int(match["iso_y"]), int(match["iso_m"]), int(match["iso_d"])),)


def _read_numeric(match: re.Match[str], _: Moment) -> Moments:
    day, month = int(match["num_a"]), int(match["num_b"])
    if month > 12 >= day:
        day, month = month, day
    return (_numeric(int(match["num_y"]), month, day),)


def _numeric(year: int, month: int, day: int) -> Moment:
    """A date in numbers; a blank that was left at zero tells nothing: "0/20/2007" is a day of 2007."""
    return Moment(year, month or None, day or None if month else None)


def _read_numeric_month(match: re.Match[str], _: Moment) -> Moments:
    return (Moment(int(match["nm_y"]), int(match["nm_m"])),)


def _read_day_month(match: re.Match[str], _: Moment) -> Moments:
    return _days(match["dm_y"], match["dm_m"], match["dm_d"], match["dm_d2"])


def _read_month_day(match: re.Match[str], _: Moment) -> Moments:
    return _days(match["md_y"], match["md_m"], match["md_d"], match["md_d2"])


def _days(year: str | None, month: str, *days: str | None) -> Moments:
    return tuple(
        Moment(int(year) if year else None, _month(month), int(day.rstrip("sthndrSTHNDR"))) for day in days if day
    )


def _read_month_year(match: re.Match[str], _: Moment) -> Moments:
    year, months = int(match["my_y"]), [match["my_m"], match["my_m2"]]
    return tuple(Moment(year, _month(month)) for month in months if month)


def _read_years(match: re.Match[str], _: Moment) -> Moments | None:
    first, second = int(match["yy_a"]), match["yy_b"]
    if len(second) == 4:
        return (Moment(first), Moment(int(second))) if first < int(second) else (Moment(first),)
    century = first - first % 100 + 100
    is_over = first % 100 >= 90 and int(second) <= 10 and century + int(second) - first <= 10
    if is_over and (second == "00" or match["yy_sep"] != "-"):
        return Moment(first), Moment(century + int(second))  # 1999-00, 1999/02; 1998-02 is a month
    # 2019-21 is a period, 2021-05 a month.
    if first % 100 < int(second):
        return Moment(first), Moment(first - first % 100 + int(second))
    return (Moment(first, int(second)),) if match["yy_sep"] == "-" and 1 <= int(second) <= 12 else (Moment(first),)


def _read_year(match: re.Match[str], _: Moment) -> Moments:
    return (Moment(int(match["y"])),)


def _read_month(match: re.Match[str], published: Moment) -> Moments | None:
    month, reference = _month(match["mo"]), (match["mo_ref"] or "").lower()
    if not reference:
        return (Moment(None, month),)
    if published.year is None or published.month is None:
        return None
    late = month >= published.month if reference == "last" else month > published.month
    year = published.year + {"last": -late, "this": 0}.get(reference, 1 - late)
    return (Moment(year, month),)


def _read_day(match: re.Match[str], published: Moment) -> Moments | None:
    away = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(" ".join(match["day_word"].lower().split()), 0)
    if published.year is None or (away and published.day is None):
        return None
    return (plus_days(published, away) if away else published,)


def _read_weekday(match: re.Match[str], published: Moment) -> Moments | None:
    if published.day is None:
        return None
    weekday, today = WEEKDAYS.index(match["wd"].lower()), day_of(published).weekday()
    reference = (match["wd_ref"] or "").lower()
    coming = plus_days(published, (weekday - today - 1) % 7 + 1)
    back = (today - weekday) % 7 or 7 * (reference == "last")
    gone = plus_days(published, -back)
    return {"": (gone, coming), "last": (gone, gone)}.get(reference, (coming, coming))


def _read_period(match: re.Match[str], published: Moment) -> Moments | None:
    unit = (match["per"] or match["per_end"]).lower()
    away = {"last": -1, "previous": -1, "this": 0}.get((match["per_ref"] or "this").lower(), 1)
    if published.year is None or (unit != "year" and published.month is None):
        return None
    if unit == "year":
        return (Moment(published.year + away),)
    if unit == "month":
        return (plus_months(published, away),)
    if unit == "week":
        return (plus_days(published, 7 * away)._replace(day=None),) if published.day is not None else None
    begins, ends = _SEASONS[unit]
    assert published.month is not None  # returned above
    is_past, is_ahead = published.month > ends, published.month < begins
    return (Moment(published.year + (away < 0 and not is_past) * -1 + (away > 0 and not is_ahead)),)


def _read_ago(match: re.Match[str], published: Moment) -> Moments | None:
    moment = before(published, to_number(match["ago_n"]), match["ago_unit"].lower())
    return (moment,) if moment else None


def _read_past(match: re.Match[str], published: Moment) -> Moments | None:
    moment = before(published, to_number(match["past_n"]), match["past_unit"].lower())
    return (moment,) if moment else None


def _read_time(match: re.Match[str], published: Moment) -> Moments | None:
    return None if published.year is None else (Moment(published.year + to_number(match["time_n"])),)


_READERS = {
    "iso": _read_iso, "numeric": _read_numeric, "numeric_month": _read_numeric_month,
    "day_month": _read_day_month, "month_day": _read_month_day, "time": _read_time, "past": _read_past,
    "month_year": _read_month_year, "years": _read_years, "year": _read_year, "month": _read_month, "day": _read_day,
    "weekday": _read_weekday, "period": _read_period, "ago": _read_ago,
}  # fmt: skip


def _shift_of(match: re.Match[str]) -> int:
    if match["year_after"] is not None:
        return 1 if match["after_way"].lower() == "after" else -1
    if match["later"] is None:
        return {"following": 1, "next": 1, "previous": -1}.get(match["same"].lower().split()[-1], 0)
    return to_number(match["lat_n"]) * (1 if match["lat_way"].lower().startswith(("later", "after")) else -1)


def to_number(words: str) -> int:
    """The number that digits or a word of NUMBERS or an article tell."""
    lower = words.lower()
    if lower in {"a", "an"}:
        return 1
    return int(lower) if lower.isdigit() else NUMBERS.index(lower)


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1
