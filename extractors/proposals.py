"""Readings of candidate pairs weighed against one another: which of them stay, and why the others go."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from extractors.candidates import Candidate, are_enumerated
from extractors.reading import Reading
from extractors.role_reading import Doubt, RoleReading
from extractors.structure import LISTED, Governing
from schemas.vocabulary import BlockKind, Role, Status

LEAST_CONFIDENCE = 0.42
"""Weight below which no claim is made. Chosen on the gold documents, where F1 is flat from 0.38 to 0.46 and precision
rises by a point for each 0.04, and on held-out documents of `corpus/train`, where it is best here."""
_ENOUGH_IN_A_LIST = 0.6
"""Share of LEAST_CONFIDENCE that an entry needs where most of its list says the same; see DECISIONS.md."""
_LEAST_ALIKE, _LEAST_SHARE = 3, 0.5
"""Of a list's cities: how many, and which share of them, make what is said of them that of the list."""
NEAR_WEIGHT = {
    "passage": 1.0,
    "sentence": 0.9,
    "reference": 0.97,
    "lead_in": 0.96,
    "heading": 0.95,
    "block": 0.93,
    "topic": 0.92,
    "before": 0.85,
    "column": 1.0,
}
"""Among networks that read alike the nearer one is meant."""

_IN_SENTENCE = frozenset({"passage", "sentence", "reference"})
_FAR = frozenset({"block", "topic", "before"})
"""A sentence that relates a city to a network of its own says nothing of those named elsewhere."""


class Fate(StrEnum):
    """What became of a proposal: a claim, or the reason why it is none of its own."""

    CLAIMED = "claimed"
    IMPROBABLE = "improbable"
    """The reader weighed the role and found it less probable than the role's threshold."""
    OVERRULED = "overruled"
    """The sentence plainly states the role in another way."""
    TOO_UNSURE = "too_unsure"
    """Its weight is below LEAST_CONFIDENCE."""
    ASKED = "asked"
    """Its sentence is a question, which states nothing."""
    BOARD_SEAT = "board_seat"
    """The members that its passage lists are those of a board."""
    DATELINE = "dateline"
    """The city only tells where the text was written."""
    FAR_NETWORK = "far_network"
    """Its network stands far off, while the sentence relates the city to one of its own."""
    OTHER_NETWORK = "other_network"
    """Another network near the city takes the role with more weight."""
    WEAKER_MENTION = "weaker_mention"
    """Another mention of the city states the role with more weight, and this one does not name it."""
    MERGED = "merged"
    """A surer reading makes the same claim; its date, holder and body may come from this one."""
    UNDATED_REPETITION = "undated_repetition"
    """An event, award or body told again without its date or name."""


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """A reading of a candidate pair that may become a claim; each is its own, however alike."""

    pair: Candidate
    reading: RoleReading

    @property
    def weight(self) -> float:
        """The probability, discounted where the network stands far off."""
        return self.reading.probability * NEAR_WEIGHT[self.pair.near]


Dropped: TypeAlias = dict[Proposal, tuple[Fate, Proposal | None]]
"""Proposals that become no claim of their own, why, and which one was preferred."""
_Judge: TypeAlias = Callable[[Reading, Sequence[Proposal]], Dropped]


def make_proposals(readings: Iterable[tuple[Candidate, Sequence[RoleReading]]]) -> list[Proposal]:
    """A proposal for each role that was read of a pair, in order."""
    return [Proposal(pair, role) for pair, roles in readings for role in roles]


def drop_unlikely(reading: Reading, proposals: Sequence[Proposal]) -> Dropped:
    """The proposals that are doubted, too unsure, or less likely than others on the same city.

    Of the networks near a city reference the best one takes a role, unless several are enumerated in its own
    passage.
    """
    dropped: Dropped = {}
    for judge in _JUDGES:
        dropped |= judge(reading, [proposal for proposal in proposals if proposal not in dropped])
    return dropped


_DOUBTS = {Doubt.IMPROBABLE: Fate.IMPROBABLE, Doubt.OVERRULED: Fate.OVERRULED}


def _drop_unsure(reading: Reading, proposals: Sequence[Proposal]) -> Dropped:
    dropped: Dropped = {}
    for proposal in proposals:
        if proposal.reading.doubt is not None:
            dropped[proposal] = (_DOUBTS[proposal.reading.doubt], None)
        elif proposal.weight < LEAST_CONFIDENCE:
            dropped[proposal] = (Fate.TOO_UNSURE, None)
    for proposal in _find_followers(reading, proposals, dropped):
        del dropped[proposal]
    return dropped


_Statement: TypeAlias = tuple[Role, Status]


def _find_followers(reading: Reading, proposals: Sequence[Proposal], dropped: Dropped) -> list[Proposal]:
    """Of what is too unsure the entries that say, as the surest thing, what most of their list says."""
    lists: dict[tuple[str, BlockKind, Governing], list[Proposal]] = defaultdict(list)
    # Readings in doubt are left aside: they are not always given, and claims must not differ by that.
    for proposal in (proposal for proposal in proposals if proposal.reading.doubt is None):
        block = reading.passages[proposal.pair.passage].block
        kind = reading.blocks[block].kind
        if kind in LISTED:
            lists[proposal.pair.network_id, kind, reading.governing[block]].append(proposal)
    followers = []
    for listed in lists.values():
        told = _tell_statement(listed, dropped)
        if told is None:
            continue
        said_of = {proposal.pair.city.start for proposal in listed if proposal not in dropped}
        surest: dict[int, Proposal] = {}
        for proposal in sorted(listed, key=lambda p: -p.weight):
            surest.setdefault(proposal.pair.city.start, proposal)
        followers += [
            proposal
            for start, proposal in surest.items()
            if start not in said_of
            and (proposal.reading.role, proposal.reading.status) == told
            and proposal.weight >= _ENOUGH_IN_A_LIST * LEAST_CONFIDENCE
        ]
    return followers


def _tell_statement(listed: Sequence[Proposal], dropped: Dropped) -> _Statement | None:
    """What is said of most cities of a list; None where nothing is."""
    cities: dict[_Statement, set[int]] = defaultdict(set)
    for proposal in listed:
        if proposal not in dropped:
            cities[proposal.reading.role, proposal.reading.status].add(proposal.pair.city.start)
    if not cities:
        return None
    told, alike = max(cities.items(), key=lambda item: len(item[1]))
    number = len({proposal.pair.city.start for proposal in listed})
    return told if len(alike) >= max(_LEAST_ALIKE, _LEAST_SHARE * number) else None


_QUESTION = re.compile(
    r"[\W\d]*(?:and|but|so)?\s*(?:is|are|was|were|will|does|do|did|has|have|had|can|could|should|would|may|why|who|whose|"
    r"what|when|where|which|how|and)\b[^.!?]*\?[\W\d]*",
    re.IGNORECASE,
)


def _drop_asked(reading: Reading, proposals: Sequence[Proposal]) -> Dropped:
    asked = {
        at
        for at in {proposal.pair.passage for proposal in proposals}
        if _QUESTION.fullmatch(reading.document.text, reading.passages[at].start, reading.passages[at].end)
    }
    return {proposal: (Fate.ASKED, None) for proposal in proposals if proposal.pair.passage in asked}


_DATE = r"(?:[A-Z][a-z]+\.?\s)?\d{1,2}(?:\s[A-Z][a-z]+)?(?:,?\s\d{4})?"
_DATELINE = re.compile(
    rf"(?:,\s+(?:[A-Z][\w.]*(?:\s[A-Z][\w.]*){{0,2}}|{_DATE})){{0,3}}(?:\s*\([A-Z/]{{2,10}}\))?\s+(?:[–—]|--|-)\s"
)
"""Behind the city that opens a news item: "MANILA, Philippines, 14 November (PNA) – "."""
_DATELINE_ALONE = re.compile(rf"(?:,\s+[A-Z][\w.]*(?:\s[A-Z][\w.]*){{0,2}})?(?:,\s+{_DATE}|\s+\({_DATE}\))\.?\s*")
"""Behind a city that is a sentence of its own with it: "Quito, 4 June 2019."."""
_SAYS_HERE = re.compile(
    r"\b(?:here|hosts?|hosted|hosting|mayor|city|town|council|councill?ors?|municipality|municipal|capital|local)\b",
    re.IGNORECASE,
)
"""What may bring in the city of a dateline: "HOUSTON – Mayor Turner was elected chair of …"."""


def _drop_datelines(reading: Reading, proposals: Sequence[Proposal]) -> Dropped:
    """What a sentence that never speaks of the city says of it for no more than its dateline."""
    text = reading.document.text
    dropped: Dropped = {}
    for proposal in proposals:
        city, passage = proposal.pair.city, reading.passages[proposal.pair.passage]
        opens = city.form == "name" and city.start == passage.start
        if not opens or reading.blocks[passage.block].kind is not BlockKind.PARAGRAPH:
            continue
        if _DATELINE_ALONE.fullmatch(text, city.end, passage.end):
            dropped[proposal] = (Fate.DATELINE, None)
            continue
        dateline = _DATELINE.match(text, city.end)
        if dateline is not None and not _SAYS_HERE.search(text, dateline.end(), passage.end):
            dropped[proposal] = (Fate.DATELINE, None)
    return dropped


def _drop_far_networks(reading: Reading, proposals: Sequence[Proposal]) -> Dropped:
    del reading
    near = {_city_key(p): p for p in reversed(proposals) if p.pair.near in _IN_SENTENCE}
    return {
        p: (Fate.FAR_NETWORK, near[_city_key(p)]) for p in proposals if p.pair.near in _FAR and _city_key(p) in near
    }


def _drop_other_networks(reading: Reading, proposals: Sequence[Proposal]) -> Dropped:
    best: dict[tuple[int, int, int, Role], Proposal] = {}
    for proposal in proposals:
        key = (*_city_key(proposal), proposal.reading.role)
        if key not in best or proposal.weight > best[key].weight:
            best[key] = proposal
    dropped: Dropped = {}
    for proposal in proposals:
        winner = best[*_city_key(proposal), proposal.reading.role]
        if winner is not proposal and not _are_coordinated(reading, winner, proposal):
            dropped[proposal] = (Fate.OTHER_NETWORK, winner)
    return dropped


def _city_key(proposal: Proposal) -> tuple[int, int, int]:
    city = proposal.pair.city
    return (city.start, city.end, city.place.geonameid)


def _are_coordinated(reading: Reading, winner: Proposal, other: Proposal) -> bool:
    """Whether the text sets both networks side by side, as "UCLG and Metropolis" or the columns of a table."""
    if winner.pair.cell is not None and other.pair.cell is not None:
        return True
    one, two = winner.pair.network_mention, other.pair.network_mention
    if one is None or two is None or winner.pair.near != "passage" or other.pair.near != "passage":
        return False
    if winner.reading.status is not other.reading.status and winner.pair.city.form != "home":
        return True  # "left ICLEI and joined C40": another standing is another statement
    return are_enumerated(reading, one, two)


def _drop_weaker_mentions(reading: Reading, proposals: Sequence[Proposal]) -> Dropped:
    """Of what only refers to a city ("the host", its mayor's surname) the surest reading counts.

    One that says the same is left: it may tell the date, the holder or the body.
    """
    del reading
    strongest: dict[tuple[int, str, Role], Proposal] = {}
    for proposal in proposals:
        known = strongest.setdefault(_triple_key(proposal), proposal)
        if proposal.weight > known.weight:
            strongest[_triple_key(proposal)] = proposal
    return {
        p: (Fate.WEAKER_MENTION, best)
        for p in proposals
        if p.pair.city.form not in {"name", "home"}
        and p.weight < 0.999 * (best := strongest[_triple_key(p)]).weight
        and p.reading.status is not best.reading.status
    }


_MEMBERS_LABEL = re.compile(r"(?:[Oo]ther |[Ff]ull )?[Mm]embers?\s*[:–—-]")


def _drop_members_of_boards(reading: Reading, proposals: Sequence[Proposal]) -> Dropped:
    """Memberships that a passage "Members: …" of a board seems to state beside the seats."""
    seats = {
        (p.pair.city.start, p.pair.network_id, p.pair.passage): p
        for p in proposals
        if p.reading.role is Role.BOARD_MEMBER
    }
    dropped: Dropped = {}
    for proposal in proposals:
        seat = seats.get((proposal.pair.city.start, proposal.pair.network_id, proposal.pair.passage))
        start = reading.passages[proposal.pair.passage].start
        if (
            seat is not None
            and proposal.reading.role is Role.MEMBER
            and _MEMBERS_LABEL.match(reading.document.text, start)
        ):
            dropped[proposal] = (Fate.BOARD_SEAT, seat)
    return dropped


def _triple_key(proposal: Proposal) -> tuple[int, str, Role]:
    return (proposal.pair.city.place.geonameid, proposal.pair.network_id, proposal.reading.role)


_JUDGES: tuple[_Judge, ...] = (
    _drop_unsure,
    _drop_asked,
    _drop_datelines,
    _drop_far_networks,
    _drop_other_networks,
    _drop_weaker_mentions,
    _drop_members_of_boards,
)
"""In this order: each sees what those before it have left."""
