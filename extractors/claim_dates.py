"""Since when and until when a claim holds: of the dates of its document those that two trained choosers pick."""

from collections.abc import Sequence

from extractors.candidates import Candidate
from extractors.chooser import load_chooser
from extractors.date_features import ClaimContext, claim_traits, describe_claim, features_of, features_of_none
from extractors.date_options import DateOption, find_date_options
from extractors.reading import Reading
from schemas.dates import PartialDate
from schemas.vocabulary import Role, Status

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
    if not options:
        return None, None
    described = describe_options(options, describe_claim(reading, pair, role))
    traits = claim_traits(role, status)
    since = ([None] + [option.value for option in options])[load_chooser("since").choose(described, traits)]
    later, values = describe_ends(options, described, since)
    chosen = load_chooser("until").choose(later, traits)
    if role is Role.EVENT_HOST and since is not None and values[chosen] is None:
        return since, since
    if status is Status.ENDED and role in _MEMBERSHIPS and since == values[chosen]:
        return None, since  # one date alone of a membership that is over tells its end
    return since, values[chosen]


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
