"""The imprint of a text: its publisher and date of publication, where the text itself states them."""

import re
from dataclasses import dataclass

from extractors.date_words import MONTH_NAME, WEEKDAYS
from schemas.dates import check_partial_date

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1
    )
    for name in names.split()
}  # fmt: skip
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<iso>(?:19|20)\d\d(?P<mark>[-/])\d\d(?P=mark)\d\d)",
        rf"{_DAY}\s+{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        r"(?P<iso>(?:19|20)\d\d-\d\d)(?!\d|-\d)",
        rf"{_MONTH},?\s+{_YEAR}",
        _YEAR + r"(?!\d)",
    )
)
_DATE_AHEAD = rf"(?=(?:(?:{'|'.join(WEEKDAYS)}),?\s+)?(?:\d|{MONTH_NAME}\b))"
_ONLY_DATE_AHEAD = rf"(?=(?:[^\w\n]+(?:\d+(?:st|nd|rd|th)?|{MONTH_NAME})\b)+[^\w\n]*$)"
# These begin sentences as well ("Released in 1995, the charter ..."), unless a colon or the date itself follows.
_AMBIGUOUS = r"(?:dated?|status|(?:issued|released|updated)(?: on)?)"
_STATED_DATE = re.compile(
    r"(?im)^[\W_]*(?:(?:published(?: on)?|publication date|date of publication|last updated)\s*[:–-]?\s+"
    rf"|(?:{_AMBIGUOUS}|as of)\s*[:–-]\s+|(?:{_AMBIGUOUS}|as of{_ONLY_DATE_AHEAD})\s+{_DATE_AHEAD})"
    r"(?P<date>[^\n]{4,60})"
)
_PUBLISHED_BY = re.compile(
    r"(?im)(?:^|[.!?…|]\s+)[\W_]*published by "
    r"(?P<publisher>[^,;\n]{2,80}?)(?:,| in | on |\s*[–-]\s|\.(?:\s|$)|$|\n)\s*(?P<date>[^\n]{0,40})"
)
_PUBLISHER = re.compile(r"(?im)^[\W_]*(?:publisher|issued by|published by)\s*:\s*(?P<publisher>[^\n]{2,120})")
_STATED_TITLE = re.compile(r"(?im)^[\W_]*title\s*:\s*(?P<title>[^\n]{2,200})")
# An imprint stands on the first page or at the very end; dates between are the story's, not the text's.
_HEAD, _TAIL = 2500, 800


@dataclass(frozen=True)
class Imprint:
    """What a text states of itself; None where it does not."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    """A partial date: a year, a month or a day."""


def read_imprint(text: str) -> Imprint:
    """Read the imprint from the head of `text` or, failing that, from its end."""
    for part in (text[:_HEAD], text[-_TAIL:]):
        imprint = _read_part(part)
        if imprint.publisher or imprint.published:
            return imprint
    return _read_part(text[:_HEAD])


def read_date(text: str) -> str | None:
    """The most exact partial date that `text` begins with or holds: `14 May 2021` → 2021-05-14.

    None if it holds no date in figures or English month names, or one that is in no calendar.
    Numeric dates that end with the year are left alone: 3/4/2021 is March in one country, April in the next.
    """
    for pattern in _DATES:
        for match in pattern.finditer(text):
            date = _build_date(match.groupdict())
            if date is not None:
                return date
    return None


def cut_to_day(value: str) -> str | None:
    """The partial date that an ISO date or timestamp states: `2021-05-14T10:00:00Z` → 2021-05-14.

    None if `value` is no ISO date at all or one that is in no calendar.
    """
    match = re.match(r"\s*(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?=$|[TZ+\s])", value)
    return _check(match.group(1)) if match else None


def _read_part(part: str) -> Imprint:
    by = _PUBLISHED_BY.search(part)
    stated = _PUBLISHER.search(part)
    publisher = stated or by
    date = _STATED_DATE.search(part)
    title = _STATED_TITLE.search(part)
    published = read_date(date.group("date")) if date else None
    if published is None and by is not None:
        published = read_date(by.group("date"))
    return Imprint(
        title=title.group("title").strip() if title else None,
        publisher=publisher.group("publisher").strip(" .*_") if publisher else None,
        published=published,
    )


def _build_date(parts: dict[str, str | None]) -> str | None:
    if parts.get("iso"):
        return _check((parts["iso"] or "").replace("/", "-"))
    year, day = parts["year"] or "", parts.get("day")
    name = parts.get("month")
    if name is None:
        return _check(year)
    month = _MONTHS.get(name.lower())
    if month is None:
        return None
    return _check(f"{year}-{month:02d}-{int(day):02d}" if day else f"{year}-{month:02d}")


def _check(value: str) -> str | None:
    try:
        return check_partial_date(value)
    except ValueError:
        return None
