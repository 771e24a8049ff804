"""Since when and until when a claim holds: of the dates of its document those that two trained choosers pick.

The years of a mandate that the text tells with the office ("Executive Committee 2021–2025") need no choice.
"""

import re
from collections.abc import Sequence

from extractors.candidates import Candidate
from extractors.chooser import load_chooser
from extractors.date_features import ClaimContext, claim_traits, describe_claim, features_of, features_of_none
from extractors.date_options import DateOption, find_date_options, is_of_paper
from extractors.date_words import MONTH_NAME
from extractors.reading import Reading
from schemas.dates import PartialDate
from schemas.vocabulary import Role, Status

_OFFICES = frozenset({Role.CHAIR, Role.CO_CHAIR, Role.VICE_CHAIR, Role.BOARD_MEMBER, Role.COMMITTEE_CHAIR})
_MANDATE = re.compile(
    r"\b(?:mandate|terms?|period|for the years|tenure|triennium|biennium|board|bureau|presidency|executive|committee|"
    r"council|presidium|officers|president|chair|elected)\b",
    re.IGNORECASE,
)
_OF_BEGINNINGS = frozenset({Role.FOUNDING_MEMBER, Role.EVENT_HOST, Role.SECRETARIAT_HOST, Role.CHAIR})
_BEGINNINGS = re.compile(
    r"\b(?:launched|founded|established|created|set up|formed|born|started|incorporated|inaugurated)"
    r"(?: [\w’'-]+){0,3}? (?:in|on|back in)(?: the)?(?: \w+)? $",
    re.IGNORECASE,
)
"""Before a date that is the network's own: "members of Key Cities, the group that was launched in 2013"."""
_BEGINNINGS_REACH = 60
"""Characters that this takes."""
_MANDATE_REACH = 45
"""Characters between the years and the word that makes a mandate of them."""
_MANDATE_YEARS = 6
"""The longest that is met."""
_MANDATE_PLACES = frozenset({"own", "lead_in", "heading", "header", "title"})
_MEMBERSHIPS = frozenset({Role.MEMBER, Role.ASSOCIATE_MEMBER, Role.OBSERVER, Role.PARTNER, Role.PARTICIPANT})


def find_claim_dates(
    reading: Reading, pair: Candidate, role: Role, status: Status
) -> tuple[PartialDate | None, PartialDate | None]:
    """`since` and `until` of a claim, as exact as the text and its day of publication tell; None where they do not.

    `until` is never before `since`. An event's first day is its `since`, its last day its `until`.

    Raises:
        ConfigurationError: the choosers' weights are missing; see `load_chooser`.
    """
    options = find_date_options(reading, pair)
    if role not in _OF_BEGINNINGS:
        options = [option for option in options if not _is_of_beginnings(reading, option)]
    if role in _OFFICES:
        options = [option for option in options if not _is_of_plan(reading, option)]
    if not options:
        return None, None
    mandate = _find_mandate(reading, options) if role in _OFFICES and status is not Status.ENDED else None
    if mandate is not None:
        return mandate
    described = describe_options(options, describe_claim(reading, pair, role))
    traits = claim_traits(role, status)
    # A chooser learns from texts, and not that what is planned has not begun.
    able = [0, *(n for n, option in enumerate(options, 1) if _may_begin(reading, option, status))]
    begun = able[load_chooser("since").choose([described[n] for n in able], traits)]
    since = options[begun - 1].value if begun and not _is_end_alone(options[begun - 1]) else None
    ending = [n for n, option in enumerate(options) if _may_end(reading, option, role, status)]
    later, values = describe_ends(
        [options[n] for n in ending], [described[0], *(described[n + 1] for n in ending)], since
    )
    chosen = load_chooser("until").choose(later, traits)
    if status is Status.PLANNED and since is not None and _is_of_coming_year(reading, options[begun - 1]):
        until = values[chosen] or (since if role is Role.EVENT_HOST else None)
        return _a_year_on(since), _a_year_on(until) if until and until[:4] == since[:4] else until
    if role is Role.EVENT_HOST and since is not None and values[chosen] is None:
        return since, since
    if status is Status.ENDED and role in _MEMBERSHIPS and since == values[chosen]:
        return None, since  # one date alone of a membership that is over tells its end
    return since, values[chosen]


def _may_begin(reading: Reading, option: DateOption, status: Status) -> bool:
    """Whether a claim of a status may begin at a date, seen from the day of publication."""
    if status is Status.PLANNED:
        return option.expression is not None and not _is_past(reading, option)
    return status is Status.DENIED or not _is_to_come(reading, option)


def _may_end(reading: Reading, option: DateOption, role: Role, status: Status) -> bool:
    """Whether a claim of a role and status may end at a date; a current event may be over or go on."""
    if status is Status.PLANNED:
        return not _is_past(reading, option)
    if role is Role.EVENT_HOST or status is Status.DENIED:
        return True
    return not (_is_to_come if status is Status.ENDED else _is_past)(reading, option)


def _is_past(reading: Reading, option: DateOption) -> bool:
    """Whether a date lies before publication, as exactly as both are told, and is not rather the next year's."""
    published = reading.document.published
    if published is None or _is_of_coming_year(reading, option):
        return False
    return _compare_days(option.value, published) < 0


def _is_to_come(reading: Reading, option: DateOption) -> bool:
    published = reading.document.published
    return published is not None and _compare_days(option.value, published) > 0


def _compare_days(one: PartialDate, other: PartialDate) -> int:
    """-1 where the first date is earlier, 1 where it is later, 0 else, as exactly as both are told."""
    length = min(len(one), len(other))
    return (one[:length] > other[:length]) - (one[:length] < other[:length])


_YEAR = re.compile(r"(?:19|20)\d\d")
_GONE = re.compile(r"(?:last|this|past|previous)\b", re.IGNORECASE)
_TOLD_WITH_IT = frozenset({"own", "lead_in", "header", "heading", "title"})
_MONTH_NAME = re.compile(rf"\b{MONTH_NAME}\b", re.IGNORECASE)


def _is_of_coming_year(reading: Reading, option: DateOption) -> bool:
    """Whether a date without a year was taken for the last one and is the next: "will host it on 16 January".

    Of dates of other sentences that is not known.
    """
    told, published = option.expression, reading.document.published
    if told is None or published is None or len(option.value) < _MONTH or len(published) < _MONTH:
        return False
    if option.place not in _TOLD_WITH_IT:
        return False
    words = _text_of(reading, option)[told.start : told.end]
    is_bare = _MONTH_NAME.search(words) is not None and _YEAR.search(words) is None and not _GONE.match(words)
    return is_bare and _compare_days(option.value, published) < 0


def _text_of(reading: Reading, option: DateOption) -> str:
    """The text that the offsets of an option's expression are of."""
    return (reading.document.title or "") if option.place == "title" else reading.document.text


def _a_year_on(date: PartialDate) -> PartialDate:
    """The date a year later; of a leap day the month alone."""
    later = f"{int(date[:4]) + 1}{date[4:]}"
    return later.removesuffix("-29") if later.endswith("-02-29") else later


_MONTH = len("2021-05")


def _is_of_beginnings(reading: Reading, option: DateOption) -> bool:
    """Whether a date tells when the network began, which dates nobody's membership."""
    if option.expression is None or option.place == "title":
        return False
    start = option.expression.start
    before = reading.document.text[max(0, start - _BEGINNINGS_REACH) : start].replace("\n", " ")
    return _BEGINNINGS.search(before) is not None


def _is_of_plan(reading: Reading, option: DateOption) -> bool:
    """Whether a period is that of a plan or a budget, which is no mandate: "presented the Strategic Plan 2021-2025"."""
    told = option.expression
    return told is not None and told.kind == "range" and is_of_paper(_text_of(reading, option), told)


def _is_end_alone(option: DateOption) -> bool:
    """Whether the words tell an end and no beginning: "until 2022", "for the next two years"."""
    return option.expression is not None and option.expression.since is None


def _find_mandate(
    reading: Reading, options: Sequence[DateOption]
) -> tuple[PartialDate | None, PartialDate | None] | None:
    """The years of the mandate that stand in the evidence or over it; None where none do."""
    for option in options:
        told = option.expression
        if told is None or option.place not in _MANDATE_PLACES or told.since is None or told.until is None:
            continue
        if not (told.since.isdigit() and told.until.isdigit()):
            continue  # a month or a day: no years of a mandate
        text = _text_of(reading, option)
        around = text[max(0, told.start - _MANDATE_REACH) : told.end + _MANDATE_REACH]
        if 0 < int(told.until) - int(told.since) <= _MANDATE_YEARS and _MANDATE.search(around):
            return told.since, told.until
    return None


def describe_options(options: Sequence[DateOption], context: ClaimContext) -> list[list[str]]:
    """Features of the option that no date is told, and of each date in turn."""
    return [features_of_none(context), *(features_of(option, context) for option in options)]


def describe_ends(
    options: Sequence[DateOption], described: Sequence[Sequence[str]], since: PartialDate | None
) -> tuple[list[list[str]], list[PartialDate | None]]:
    """The options for `until` once `since` is known, with what lies between the two, and their values.

    Args:
        options: as `find_date_options` gives them.
        described: their features, those of no date first.
        since: what was chosen; dates before it are left out.
    """
    nothing = "none since=none" if since is None else "none since=some"
    features: list[list[str]] = [[*described[0], nothing]]
    values: list[PartialDate | None] = [None]
    for option, known in zip(options, described[1:], strict=True):
        if since is None or option.value >= since[: len(option.value)]:
            features.append([*known, *_compare(option, since)])
            values.append(option.value)
    return features, values


def _compare(option: DateOption, since: PartialDate | None) -> list[str]:
    if since is None:
        relation, years = "none", "-"
    else:
        same_year = option.value[:4] == since[:4]
        relation = "same" if option.value == since else "same year" if same_year else "later"
        years = str(min(9, int(option.value[:4]) - int(since[:4])))
    kind = "published" if option.expression is None else option.expression.kind
    return [
        f"since={relation}",
        f"{option.place} since={relation}",
        f"{kind} {option.is_end} since={relation}",
        f"years after since={years}",
    ]
