"""What a cell says in a table of cities by networks: roles and statuses in the words and signs that tables use.

Such a cell speaks of one city and one network; see extractors.network_tables.
"""

import re
from collections.abc import Sequence

from extractors.date_words import MONTH_NAME, STILL
from extractors.list_values import LISTED_ROLES, LISTED_STATUSES
from extractors.place_names import fold_name
from extractors.role_reading import RoleReading
from schemas.vocabulary import Role, Status

CONFIDENCE = 0.9
"""Of what a cell says in words that tables use; not measured, since gold documents have few such tables."""
_PACT = re.compile(r"\b(?:signator|signed|covenant|pact|charter|compact|declaration|pledge)", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\w{1,2}\]|[*†‡¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_TICKS = frozenset("x × ✓ ✔ ✅ ☑ ● • ■ + y".split())
_SURE_TICKS = frozenset("✓✔✅☑")
"""Beside these a cross means no."""
_CROSSES = frozenset("x×")
_NOTHING = frozenset("- – — − n/a na n.a. 0 ? … . ○ ◯ □ ☐ ✗ ✘ ❌ ☒ unknown none tbc nil".split())
_MONTH = rf"{MONTH_NAME}\.?"
_YEAR = r"(?:19|20)\d\d"
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ ./-])?(?:(?:{_MONTH}|\d{{1,2}})[ ./-])?{_YEAR}(?:-\d\d){{0,2}}(?!\d)"
_WHEN = re.compile(
    rf"\(?\s*\b(?:(?:since|from|in|as of|joined|joining|admitted|until|till|to)\s+){{0,2}}{_DATE}"
    rf"(?:\s*(?:[-–—]|to|until|till)\s*(?:{_DATE}|(?:{STILL})?))?\s*\)?"
)
_CLOSED = re.compile(rf"\b(?:(?:until|till)\b(?!\s+{STILL})|left\b)")
_FORMER = re.compile(r"(?:former|past|ex)[ -]+(?=\w)")
_COMING = re.compile(r"(?:future|candidate|applicant|planned|incoming)[ -]+(?:for[ -]+)?(?=\w)")
_NOT = re.compile(r"(?:not(?: an?| yet an?)?|non|never(?: an?)?)[ -]+(?=\w)")
_AND = re.compile(r"\s*(?:[,;/&+]|\band\b)\s*")


def do_crosses_deny(cells: Sequence[str]) -> bool:
    """Whether the crosses among a table's cells mean no: where ticks mean yes."""
    return any(cell.strip() in _SURE_TICKS for cell in cells)


def says_nothing(cell: str, *, crosses_deny: bool = False) -> bool:
    """Whether a cell leaves open what the city is to the network: empty, a dash, a cross among ticks."""
    bare = _strip_notes(cell)
    return not bare or bare in _NOTHING or (crosses_deny and bare in _CROSSES)


def _strip_notes(cell: str) -> str:
    return _FOOTNOTE.sub("", cell).strip().casefold()


def read_cell(cell: str, heading: str, year: int | None) -> list[RoleReading] | None:
    """The roles that a cell states; None where it is not written in the words of tables.

    Args:
        cell: its text.
        heading: of its column or row, with the name of the network: a tick under a covenant means signed.
        year: of publication; what begins later is planned, and a period that ended before is over.
    """
    bare = _strip_notes(cell)
    plain = Role.SIGNATORY if _PACT.search(heading) else Role.MEMBER
    when = _WHEN.search(bare)
    status = _tell_status(bare, when, year)
    rest = bare if when is None else f"{bare[: when.start()]} {bare[when.end() :]}"
    rest = rest.strip(" ().,:;–—-")
    if not rest:
        return [_say(plain, status)] if when is not None else None
    parts = [_read_part(part, plain, status) for part in _AND.split(rest)]
    said = [part for part in parts if part is not None]
    return list(dict.fromkeys(said)) if len(said) == len(parts) else None


def _tell_status(bare: str, when: re.Match[str] | None, year: int | None) -> Status:
    if when is None:
        return Status.CURRENT
    years = [int(found) for found in re.findall(_YEAR, when.group())]
    closed = len(years) > 1 or _CLOSED.search(bare) is not None
    if closed and (year is None or years[-1] <= year):
        return Status.ENDED
    if closed and len(years) == 1:
        return Status.CURRENT  # "until 2025": it has begun
    return Status.PLANNED if year is not None and years[0] > year else Status.CURRENT


def _read_part(part: str, plain: Role, status: Status) -> RoleReading | None:
    if part in _TICKS:
        return _say(plain, status)
    for prefix, told in ((_FORMER, Status.ENDED), (_NOT, Status.DENIED), (_COMING, Status.PLANNED)):
        if prefix.match(part) and (role := LISTED_ROLES.get(fold_name(prefix.sub("", part, count=1)))) is not None:
            return _say(role, told)
    words = fold_name(part)
    if words in LISTED_STATUSES:
        told = LISTED_STATUSES[words]
        return _say(plain, status if told is Status.CURRENT else told)
    role = LISTED_ROLES.get(words)
    return _say(role, status) if role is not None else None


def _say(role: Role, status: Status) -> RoleReading:
    return RoleReading(role, status, CONFIDENCE, rule="cell of a table of networks")
