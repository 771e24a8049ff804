"""Cities that a text names beside the life of a network and that hold nothing in it for that.

Where an association was founded is not for that its founder, and who sends somebody to a meeting is no participant
of a programme. Of 1,800 annotated participants eleven stand in a sentence of representatives that names no programme,
of 100 places of founding four are founders by no other words.
"""

import re
from dataclasses import replace

from extractors.relation_masks import Span
from extractors.relation_windows import PairContext
from extractors.role_reading import Doubt, RoleReading
from schemas.vocabulary import Role

_FOUNDED_IN = re.compile(
    r"\b(?:founded|established|created|set up|born|formed|launched|constituted)"
    r"(?:,? (?:on|in) [\w ]{3,18}?)?,? (?:in|at) (?:the (?:city|town) of )?$"
)
_REACH = 60
"""Characters that this takes."""
_SENT = re.compile(
    r"\b(?:representatives?|delegat\w+|envoys?|represented|had sent|sent (?:somebody|someone|their|an?|its)|"
    r"in attendance|attend\w*|were present|was present|guests?|speakers?)\b",
    re.IGNORECASE,
)
_PROGRAMME = re.compile(
    r"\b(?:programmes?|programs?|projects?|campaigns?|working (?:groups?|part(?:y|ies))|task ?forces?|initiatives?|"
    r"pilots?|cohorts?|challenges?|schemes?|commissions?|committees?|groups?|actions?|clusters?|labs?|partnerships?|accelerator|"
    r"phase|round|platform|forum)\b",
    re.IGNORECASE,
)


def dismiss_bystanders(pair: PairContext, readings: list[RoleReading]) -> list[RoleReading]:
    """The readings of a pair, with doubt in what only the place of founding or attendance at a meeting made of it."""
    dismissed = {
        role
        for role, is_bystander in ((Role.FOUNDING_MEMBER, _is_place_of_founding), (Role.PARTICIPANT, _sent_somebody))
        if any(reading.role is role and reading.doubt is None for reading in readings) and is_bystander(pair)
    }
    if not dismissed:
        return readings
    return [
        replace(reading, doubt=Doubt.OVERRULED) if reading.role in dismissed and reading.doubt is None else reading
        for reading in readings
    ]


def _is_place_of_founding(pair: PairContext) -> bool:
    start = pair.target[0]
    return _FOUNDED_IN.search(pair.text, max(pair.focus[0], start - _REACH), start) is not None


def _sent_somebody(pair: PairContext) -> bool:
    """Whether the passage tells who came to a meeting, and neither it nor what is over it names a programme."""
    if _SENT.search(pair.text, *pair.focus) is None:
        return False
    over: list[Span] = [*pair.headings, *([pair.lead_in] if pair.lead_in else [])]
    return not any(_PROGRAMME.search(pair.text, *span) for span in (pair.focus, *over))
