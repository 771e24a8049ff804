"""From readings of candidate pairs to claims: which network, once each, with dates, holder, body and evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from extractors.bodies import find_body
from extractors.candidates import Candidate
from extractors.claim_dates import find_claim_dates
from extractors.confidence import load_curve
from extractors.holders import find_holder
from extractors.proposals import Dropped, Fate, Proposal, drop_unlikely, make_proposals
from extractors.reading import Passage, Reading
from extractors.relation_masks import Span
from extractors.role_reading import RoleReading
from schemas.claim import Claim, ClaimCity, ClaimNetwork, Evidence
from schemas.dates import PartialDate
from schemas.vocabulary import BlockKind, Role, Status

_MANY = frozenset({Role.EVENT_HOST, Role.AWARD_WINNER, Role.COMMITTEE_CHAIR, Role.PARTICIPANT})
"""Roles that a city may hold several times over in one network, told apart by body and date."""
Period: TypeAlias = tuple[PartialDate | None, PartialDate | None]
"""`since` and `until`."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a proposal."""

    proposal: Proposal
    fate: Fate
    preferred: Proposal | None
    """The proposal that stands in its place, or makes the same claim."""
    claim: Claim | None
    """With the date, holder and body that its repetitions add; null for every fate but CLAIMED."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The roles that were read of a document's pairs, which of them stand, and when those hold."""

    proposals: tuple[Proposal, ...]
    dropped: Dropped
    times: dict[Proposal, Period]
    """`since` and `until` of each proposal that was not dropped, in order."""


def build_claims(
    reading: Reading, readings: Iterable[tuple[Candidate, Sequence[RoleReading]]], found_by: str
) -> list[Claim]:
    """The claims of a document, in the order of their evidence.

    The same claim stated twice is kept once, with its most probable evidence.
    """
    return list_claims(decide_claims(reading, readings, found_by))


def list_claims(decisions: Iterable[Decision]) -> list[Claim]:
    """The claims that were decided on, in the order of their evidence."""
    claims = [decision.claim for decision in decisions if decision.claim is not None]
    return sorted(claims, key=lambda c: (c.evidence.start, c.city.city_id, c.network.id, c.role, -c.confidence))


def decide_claims(
    reading: Reading, readings: Iterable[tuple[Candidate, Sequence[RoleReading]]], found_by: str
) -> list[Decision]:
    """What becomes of each role read of each pair, in their order.

    Readings in doubt are dropped first: with or without them the same claims are made.
    """
    return settle_claims(reading, judge_standing(reading, readings), found_by)


def judge_standing(reading: Reading, readings: Iterable[tuple[Candidate, Sequence[RoleReading]]]) -> Standing:
    """Which of the roles that were read stand beside one another, and when they hold."""
    proposals = tuple(make_proposals(readings))
    dropped = drop_unlikely(reading, proposals)
    times = {
        p: find_claim_dates(reading, p.pair, p.reading.role, p.reading.status) for p in proposals if p not in dropped
    }
    return Standing(proposals, dropped, times)


def settle_claims(reading: Reading, standing: Standing, found_by: str) -> list[Decision]:
    """What becomes of each proposal, in order: a claim with its confidence, or a part of another."""
    claims = {p: _as_claim(reading, p, when, found_by) for p, when in standing.times.items()}
    claims, merged = _merge(reading, claims)
    repeated = _find_undated_repetitions(claims)
    fates = standing.dropped | merged | repeated
    return [
        Decision(p, *fates[p], claim=None) if p in fates else Decision(p, Fate.CLAIMED, None, claims[p])
        for p in standing.proposals
    ]


def _as_claim(reading: Reading, proposal: Proposal, when: Period, found_by: str) -> Claim:
    pair, role = proposal.pair, proposal.reading.role
    passage = reading.passages[pair.passage]
    text = reading.document.text
    since, until = when
    around = _places_to_look(reading, passage)
    return Claim(
        document=reading.document.name,
        city=_name_city(reading, pair),
        network=ClaimNetwork(id=pair.network_id, name=pair.network_name, mention=_name_network(reading, pair)),
        role=role,
        status=proposal.reading.status,
        since=since,
        until=until,
        body=find_body(text, role, (pair.city.start, pair.city.end), around),
        holder=find_holder(reading, pair, role, proposal.reading.status),
        evidence=Evidence(
            text=text[passage.start : passage.end],
            start=passage.start,
            end=passage.end,
            page=reading.blocks[passage.block].page,
        ),
        confidence=round(load_curve().confidence(proposal.weight), 3),
        found_by=found_by,
    )


def _places_to_look(reading: Reading, passage: Passage) -> list[Span]:
    over = reading.governing[passage.block]
    around = [passage.start, passage.end]
    blocks = [*([over.lead_in] if over.lead_in is not None else []), *reversed(over.headings)]
    return [(around[0], around[1]), *((reading.blocks[b].start, reading.blocks[b].end) for b in blocks)]


def _name_city(reading: Reading, pair: Candidate) -> ClaimCity:
    place, text = pair.city.place, reading.document.text
    mention = text[pair.city.start : pair.city.end]
    if not mention:
        named = next((c for c in reading.cities if c.place.geonameid == place.geonameid), None)
        mention = text[named.start : named.end] if named else place.name
    return ClaimCity(name=place.name, country=place.country_code, geonameid=place.known_id, mention=mention)


def _name_network(reading: Reading, pair: Candidate) -> str:
    if pair.network_mention is None:
        return pair.network_name
    return " ".join(reading.document.text[slice(*pair.network_mention)].split())


def _merge(reading: Reading, claims: Mapping[Proposal, Claim]) -> tuple[dict[Proposal, Claim], Dropped]:
    """Keep the same claim once, with the dates, holder and body that its repetitions add."""
    first: dict[tuple[str, str, Role, Status, str], Proposal] = {}
    kept: dict[Proposal, Claim] = {}
    dropped: Dropped = {}
    for proposal, claim in sorted(claims.items(), key=lambda item: -item[1].confidence):
        occasion = ""
        if claim.role in _MANY:
            occasion = (claim.since or "")[:4] if claim.role is Role.EVENT_HOST else (claim.body or "").casefold()
        known = first.setdefault((*_key_of(claim), occasion), proposal)
        if known is proposal:
            kept[proposal] = claim
        else:
            kept[known] = _complete(reading, kept[known], claim)
            dropped[proposal] = (Fate.MERGED, known)
    return kept, dropped


def _key_of(claim: Claim) -> tuple[str, str, Role, Status]:
    return (claim.city.city_id, claim.network.id, claim.role, claim.status)


def _complete(reading: Reading, known: Claim, other: Claim) -> Claim:
    """A claim with what its repetition adds; an event's day that this tells goes before one from elsewhere."""
    since, until = known.since, known.until
    evidence = other.evidence if _stands_over(reading, known, other) else known.evidence
    is_event = known.role is Role.EVENT_HOST and other.since is not None
    if is_event and _tells_date(reading, other) and not _tells_date(reading, known):
        since, until = other.since, other.until
    return known.model_copy(
        update={
            "since": since or (other.since if not until else None),
            "until": until or (other.until if not since else None),
            "holder": known.holder or other.holder,
            "body": known.body or other.body,
            "evidence": evidence,
        }
    )


def _stands_over(reading: Reading, known: Claim, other: Claim) -> bool:
    """Whether a claim's evidence is but the heading over that of the other: "ICLEI" over "Member since 2008."."""
    heading, block = (reading.passages[reading.passage_at(c.evidence.start)].block for c in (known, other))
    return reading.blocks[heading].kind is BlockKind.HEADING and reading.governing[block].headings[-1:] == (heading,)


def _tells_date(reading: Reading, claim: Claim) -> bool:
    return bool(reading.dates_in(claim.evidence.start, claim.evidence.end))


def _find_undated_repetitions(claims: Mapping[Proposal, Claim]) -> Dropped:
    """An event or award told again without its date or name is no second one."""
    alike: dict[tuple[str, str, Role, Status], list[Proposal]] = {}
    for proposal, claim in claims.items():
        alike.setdefault(_key_of(claim), []).append(proposal)
    dropped: Dropped = {}
    for proposal, claim in claims.items():
        vague = claim.role in _MANY and not (claim.since if claim.role is Role.EVENT_HOST else claim.body)
        others = [other for other in alike[_key_of(claim)] if other is not proposal]
        if vague and others:
            dropped[proposal] = (Fate.UNDATED_REPETITION, others[0])
    return dropped
