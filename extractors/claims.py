"""From readings of candidate pairs to claims: which network, once each, with dates, holder, body and evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.bodies import find_body
from extractors.candidates import Candidate, are_enumerated
from extractors.claim_dates import find_claim_dates
from extractors.reading import Passage, Reading
from extractors.relation_masks import Span
from extractors.role_reading import RoleReading
from schemas.claim import Claim, ClaimCity, ClaimNetwork, Evidence
from schemas.vocabulary import Role, Status

_OFFICES = frozenset({Role.CHAIR, Role.CO_CHAIR, Role.VICE_CHAIR, Role.BOARD_MEMBER, Role.COMMITTEE_CHAIR})
_MANY = frozenset({Role.EVENT_HOST, Role.AWARD_WINNER, Role.COMMITTEE_CHAIR, Role.PARTICIPANT})
"""Roles that a city may hold several times over in one network, told apart by body and date."""
LEAST_CONFIDENCE = 0.25
"""Less sure claims are not made; chosen on the gold documents, where F1 is flat from 0.2 to 0.3."""
_NEAR_WEIGHT = {
    "passage": 1.0,
    "sentence": 0.9,
    "reference": 0.97,
    "lead_in": 0.96,
    "heading": 0.95,
    "block": 0.93,
    "topic": 0.92,
    "before": 0.85,
}
"""Among networks that read alike the nearer one is meant."""


_IN_SENTENCE = frozenset({"passage", "sentence", "reference"})
_FAR = frozenset({"block", "topic", "before"})
"""A sentence that relates a city to a network of its own says nothing of those named elsewhere."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A reading of a candidate pair that may become a claim."""

    pair: Candidate
    reading: RoleReading

    @property
    def weight(self) -> float:
        """The probability, discounted where the network stands far off."""
        return self.reading.probability * _NEAR_WEIGHT[self.pair.near]


def build_claims(
    reading: Reading, readings: Iterable[tuple[Candidate, Sequence[RoleReading]]], found_by: str
) -> list[Claim]:
    """The claims of a document, in the order of their evidence.

    Of the networks near a city reference the best one takes a role, unless several are named in its own
    passage. The same claim stated twice is kept once, with its most probable evidence.
    """
    proposals = [Proposal(pair, role) for pair, roles in readings for role in roles]
    proposals = [proposal for proposal in proposals if proposal.weight >= LEAST_CONFIDENCE]
    claims = [_as_claim(reading, proposal, found_by) for proposal in _settle(_choose_networks(reading, proposals))]
    return sorted(_merge(claims), key=lambda c: (c.evidence.start, c.city.city_id, c.network.id, c.role))


def _choose_networks(reading: Reading, proposals: Sequence[Proposal]) -> list[Proposal]:
    near = {_city_key(p) for p in proposals if p.pair.near in _IN_SENTENCE}
    proposals = [p for p in proposals if p.pair.near not in _FAR or _city_key(p) not in near]
    best: dict[tuple[int, int, int, Role], Proposal] = {}
    for proposal in proposals:
        key = _key_of(proposal)
        if key not in best or proposal.weight > best[key].weight:
            best[key] = proposal
    return [p for p in proposals if (winner := best[_key_of(p)]) is p or _are_coordinated(reading, winner, p)]


def _city_key(proposal: Proposal) -> tuple[int, int, int]:
    city = proposal.pair.city
    return (city.start, city.end, city.place.geonameid)


def _key_of(proposal: Proposal) -> tuple[int, int, int, Role]:
    return (*_city_key(proposal), proposal.reading.role)


def _are_coordinated(reading: Reading, winner: Proposal, other: Proposal) -> bool:
    """Whether the text enumerates both networks: "UCLG and Metropolis" take a role both or neither."""
    one, two = winner.pair.network_mention, other.pair.network_mention
    if one is None or two is None or winner.pair.near != "passage" or other.pair.near != "passage":
        return False
    return are_enumerated(reading, one, two)


def _settle(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Drop what another reading of the same city and network makes unlikely."""
    strongest: dict[tuple[int, str, Role], float] = {}
    for proposal in proposals:
        key = (proposal.pair.city.place.geonameid, proposal.pair.network_id, proposal.reading.role)
        strongest[key] = max(strongest.get(key, 0.0), proposal.weight)
    return [
        p
        for p in proposals
        if p.pair.city.form in {"name", "home"}
        or p.weight >= 0.999 * strongest[p.pair.city.place.geonameid, p.pair.network_id, p.reading.role]
    ]


def _as_claim(reading: Reading, proposal: Proposal, found_by: str) -> Claim:
    pair, role = proposal.pair, proposal.reading.role
    passage = reading.passages[pair.passage]
    text = reading.document.text
    since, until = find_claim_dates(reading, pair, role, proposal.reading.status)
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
        holder=_find_holder(reading, pair) if role in _OFFICES else None,
        evidence=Evidence(
            text=text[passage.start : passage.end],
            start=passage.start,
            end=passage.end,
            page=reading.blocks[passage.block].page,
        ),
        confidence=round(min(1.0, proposal.weight), 3),
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
    return ClaimCity(name=place.name, country=place.country_code, geonameid=place.geonameid, mention=mention)


def _name_network(reading: Reading, pair: Candidate) -> str:
    if pair.network_mention is None:
        return pair.network_name
    return " ".join(reading.document.text[slice(*pair.network_mention)].split())


def _find_holder(reading: Reading, pair: Candidate) -> str | None:
    """The person tied to the mention, or else the one tied to the city most surely elsewhere in the text."""
    if pair.city.holder is not None:
        return pair.city.holder
    passage = reading.passages[pair.passage]
    tied = [h for h in reading.holders if h.city.place.geonameid == pair.city.place.geonameid]
    within = [h for h in tied if passage.start <= h.start < passage.end]
    if within:
        return min(within, key=lambda h: h.rank).name
    names = {h.name for h in tied if h.rank < 2}
    # Two mayors of one city are a succession: which of them is meant, the nearest before tells.
    before = [h for h in tied if h.rank < 2 and h.start < passage.start]
    return names.pop() if len(names) == 1 else before[-1].name if before else None


def _merge(claims: Sequence[Claim]) -> list[Claim]:
    """Keep the same claim once, with the dates, holder and body that its repetitions add."""
    kept: dict[tuple[str, str, Role, Status, str], Claim] = {}
    for claim in sorted(claims, key=lambda c: -c.confidence):
        occasion = ""
        if claim.role in _MANY:
            occasion = (claim.since or "")[:4] if claim.role is Role.EVENT_HOST else (claim.body or "").casefold()
        key = (claim.city.city_id, claim.network.id, claim.role, claim.status, occasion)
        known = kept.get(key)
        kept[key] = claim if known is None else _complete(known, claim)
    return _drop_undated_repetitions(list(kept.values()))


def _complete(known: Claim, other: Claim) -> Claim:
    return known.model_copy(
        update={
            "since": known.since or (other.since if not known.until else None),
            "until": known.until or (other.until if not known.since else None),
            "holder": known.holder or other.holder,
            "body": known.body or other.body,
        }
    )


def _drop_undated_repetitions(claims: list[Claim]) -> list[Claim]:
    """An event or award told again without its date or name is no second one."""
    result = []
    for claim in claims:
        vague = claim.role in _MANY and not (claim.since if claim.role is Role.EVENT_HOST else claim.body)
        others = [
            c
            for c in claims
            if c is not claim
            and (c.city.city_id, c.network.id, c.role, c.status)
            == (claim.city.city_id, claim.network.id, claim.role, claim.status)
        ]
        if not (vague and others):
            result.append(claim)
    return result
