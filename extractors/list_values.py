"""What the cells of member lists say: roles, statuses and dates, in the words that lists use for them."""

import re
from collections.abc import Mapping

from extractors.imprint import cut_to_day, read_date
from extractors.place_names import fold_name
from schemas.dates import check_partial_date
from schemas.vocabulary import Role, Status

_ROLE_WORDS = {
    Role.MEMBER: "full member, active member, ordinary member, regular member, member city, city member, full, yes, x",
    Role.FOUNDING_MEMBER: "founder, founding city, founding, founder member",
    Role.ASSOCIATE_MEMBER: "associate, associated member, associated city, affiliate, affiliate member, "
    "associate city, affiliated member, corresponding member, partner city, supporting member, friend city",
    Role.OBSERVER: "observer city, observer member, observing member",
    Role.SIGNATORY: "signed, signatory city, committed",
    Role.PARTNER: "partner organisation, partner organization, associated partner",
    Role.PARTICIPANT: "participating city, participating",
    Role.CHAIR: "president, presidency, chairperson, chairman, chairwoman, presiding city",
    Role.CO_CHAIR: "co president, co chairperson",
    Role.VICE_CHAIR: "vice president, vice presidency, deputy chair, vice chairperson",
    Role.BOARD_MEMBER: "member of the board, executive committee, executive committee member, board, bureau member, "
    "member of the executive committee, treasurer",
    Role.COMMITTEE_CHAIR: "committee president, working group chair, commission chair",
    Role.SECRETARIAT_HOST: "secretariat, headquarters, seat, seat of secretariat, seat of the secretariat, "
    "secretariat host, hosts the secretariat, hosts secretariat",
    Role.EVENT_HOST: "host, host city",
    Role.AWARD_WINNER: "winner, award, laureate",
}
_STATUS_WORDS = {
    Status.CURRENT: "active, yes, member, in force, approved, admitted, x",
    Status.ENDED: "former, past, withdrawn, withdrew, left, inactive, suspended, expelled, resigned, no longer member",
    Status.PLANNED: "candidate, applicant, applied, pending, future, in accession, upcoming",
    Status.DENIED: "rejected, refused, not a member, no",
}
LISTED_ROLES: Mapping[str, Role] = {
    fold_name(word): role
    for role, words in _ROLE_WORDS.items()
    for word in [role.value.replace("_", " "), *words.split(",")]
}
"""Roles by the folded words of a cell, the vocabulary's own among them."""
LISTED_STATUSES: Mapping[str, Status] = {
    fold_name(word): status for status, words in _STATUS_WORDS.items() for word in [status.value, *words.split(",")]
}
"""Statuses by the folded words of a cell, the vocabulary's own among them."""
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./-]((?:19|20)\d\d)")


def read_listed_date(written: str) -> str | None:
    """The partial date that a cell states; None if it states none.

    `3/4/2021` is March in one country and April in the next, so it gives its year; with points between
    (3.4.2021) the day comes first everywhere.
    """
    written = written.strip()
    numeric = _NUMERIC.fullmatch(written)
    if numeric is not None:
        return _read_numeric(int(numeric[1]), numeric[2], int(numeric[3]), numeric[4])
    month = _MONTH_YEAR.fullmatch(written)
    if month is not None:
        return _check(f"{month[2]}-{int(month[1]):02d}")
    return cut_to_day(written) or read_date(written)


def _read_numeric(first: int, mark: str, second: int, year: str) -> str | None:
    if mark == "." or first > 12 or first == second:
        return _check(f"{year}-{second:02d}-{first:02d}")
    if second > 12:
        return _check(f"{year}-{first:02d}-{second:02d}")
    return year


def _check(value: str) -> str | None:
    try:
        return check_partial_date(value)
    except ValueError:
        return None
