"""Roles and statuses read by cue phrases: the reader of first resort, and the yardstick for the trained one.

Works on the same windows as the relation model (see extractors.relation_windows), in which names are
masked, so that a cue is a pattern over plain words and markers.
"""

import re
from collections.abc import Sequence

from extractors.relation_masks import NETWORK
from extractors.relation_windows import HEAD, LEAD, NEXT, PREVIOUS, TARGET_MARKERS, Layout, PairContext, build_window
from extractors.role_reading import RoleReading
from schemas.vocabulary import Role, Status

_ROLE_CUES: tuple[tuple[Role, str], ...] = (
    (Role.CO_CHAIR, r"co-?\s?(?:chair|president)"),
    (Role.VICE_CHAIR, r"vice[- ]?(?:president|chair)|deputy (?:president|chair)|first vice|\bVPs?\b"),
    (
        Role.COMMITTEE_CHAIR,
        r"(?:chair|president|presid|lead|head)\w*(?: of| over| for)? (?:the |its |"
        r"our )?[\w\s&-]{0,40}(?:committee|commission|working group|"
        r"forum|section|task force)|(?:committee|commission|working group|task force|forum)"
        r"[\w ,]{0,20}(?:chair|led by|president)",
    ),
    (
        Role.BOARD_MEMBER,
        r"(?:board|bureau|executive|steering committee|presidium|council)\b|treasurer|governing body|"
        r"elected to (?:the|its)|seats? on",
    ),
    (
        Role.CHAIR,
        r"(?<!vice-)(?<!vice )(?:president|presidency|presid\w+|chair(?:s|ed|man|woman|ing|manship|person)?)"
        r"\b|took over|at the helm|hands? over",
    ),
    (Role.SECRETARIAT_HOST, r"secretariat|headquarter\w*|seat of|based in|head office|has its office|regional office"),
    (Role.AWARD_WINNER, r"\b(?:awards?|awarded|prize|winners?|won|laureate|medal|trophy)\b"),
    (
        Role.EVENT_HOST,
        r"\b(?:host(?:s|ed|ing)?|welcom\w+|held in|hold|meets? in|met in|took place|takes place|"
        r"will take place|gather\w*|venue|"
        r"congress|summit|conference|assembly|AGM|workshop|forum)\b",
    ),
    (Role.FOUNDING_MEMBER, r"\bfound(?:ed|er|ers|ing)\b|launched by|set up by|charter members?|created by"),
    (Role.ASSOCIATE_MEMBER, r"\b(?:associate|associated|affiliate|corresponding)\b"),
    (Role.OBSERVER, r"\bobservers?\b"),
    (Role.SIGNATORY, r"\b(?:sign\w*|signator\w+|pledg\w+|endors\w+|commit(?:ted|ment)|covenant|charter|declaration)\b"),
    (
        Role.PARTICIPANT,
        r"\b(?:pilot|programme|program|project|campaign|cohort|tak(?:es?|ing) part|participa\w+|working group)\b",
    ),
    (Role.PARTNER, r"\bpartner(?:s|ed|ship)?\b"),
    (
        Role.MEMBER,
        r"\b(?:members?|membership|join\w*|belong\w*|admi(?:t|ssion)\w*|acced\w+|accession|part of|"
        r"affiliat\w+|left|quit|withdr\w+|newcomers?)\b",
    ),
)
_ROLES = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLE_CUES)
_DENIED = re.compile(
    r"\b(?:not|never|neither|nor|no longer a candidate|non-members?|refus\w+|declin\w+ to|rejected|without|"
    r"turned down|has yet to)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:former\w*|ex-|left|withdr\w+|quit|expel\w+|suspend\w+|resign\w+|no longer|handed over|"
    r"stepp\w+ down|until|outgoing|past(?!\])|previous\w*|succeeded by|was (?:president|chair))\b|†",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|shall|to (?:host|join|become|chair)|next|appl(?:y|ied|ying)|application|candida\w+|bids?|"
    r"bidding|plans?|planned|intends?|upcoming|elect)\b|\[FUTURE\]",
    re.IGNORECASE,
)
_REACH = 130
"""Characters around the city in which a cue counts fully."""


def find_role_cues(text: str, role: Role) -> list[tuple[int, int]]:
    """Half-open offsets of the words in `text` that may state `role`, in order."""
    return [match.span() for known, pattern in _ROLES if known is role for match in pattern.finditer(text)]


class CueReader:
    """Reads a window by its nearest cue; the same interface as RelationModel."""

    version = "cue_reader/1"

    def read(self, pairs: Sequence[PairContext], *, doubtful_from: float | None = None) -> list[list[RoleReading]]:
        """For each pair the one role that the cues around it state, or none; it doubts nothing."""
        del doubtful_from
        return [_read_window(build_window(pair)) for pair in pairs]


def _read_window(window: str) -> list[RoleReading]:
    focus, over = _cut(window)
    at = max(focus.find(marker) for marker in TARGET_MARKERS)
    cue = _nearest_cue(focus, at)
    listed = any(layout.value in window for layout in (Layout.ITEM, Layout.ROW))
    if cue is None and listed:
        cue = _nearest_cue(over, len(over))
    if cue is None or (not listed and NETWORK not in window):
        return []
    role, distance = cue
    near = focus[max(0, at - _REACH) : at + _REACH]
    return [RoleReading(role, _read_status(near, role), round(max(0.3, 0.8 - distance / 300), 3))]


def _cut(window: str) -> tuple[str, str]:
    """The focus of a window, and the headings and lead-in over it."""
    layout = max(window.find(layout.value) for layout in Layout)
    end = window.find(NEXT, layout)
    focus = window[layout : end if end >= 0 else len(window)]
    begin = window.find(HEAD)
    begin = window.find(LEAD) if begin < 0 else begin
    stop = window.find(PREVIOUS)
    return focus, window[begin : stop if stop >= 0 else layout] if begin >= 0 else ""


def _nearest_cue(text: str, at: int) -> tuple[Role, int] | None:
    found = []
    for rank, (role, pattern) in enumerate(_ROLES):
        for match in pattern.finditer(text):
            distance = at - match.end() if match.end() <= at else match.start() - at
            found.append((max(0, distance) + (40 if distance > _REACH else 0), rank, role))
    if not found:
        return None
    distance, _, role = min(found)
    return role, distance


def _read_status(near: str, role: Role) -> Status:
    if _DENIED.search(near):
        return Status.DENIED
    if _ENDED.search(near) and role not in {Role.EVENT_HOST, Role.AWARD_WINNER, Role.FOUNDING_MEMBER}:
        return Status.ENDED
    if _PLANNED.search(near):
        return Status.PLANNED
    return Status.CURRENT
