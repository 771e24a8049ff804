"""Why a document gives the claims that it gives: its mentions, pairs and readings, and what became of each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, zip_longest

from extractors.candidates import Candidate as Pair
from extractors.claims import Decision, list_claims
from extractors.explained import (
    ExplainedCity,
    ExplainedNetwork,
    ExplainedProposal,
    ExplainedRole,
    Preferred,
)
from extractors.explained_details import explain_dates, explain_persons, nearest_before, take_words
from extractors.network_mention import NetworkMention
from extractors.proposals import LEAST_CONFIDENCE, NEAR_WEIGHT, Fate, Proposal
from extractors.reading import Reading
from extractors.relation_windows import TARGET_MARKERS, PairContext, Window, build_windows
from extractors.role_reading import RoleReading
from schemas.claim import Candidate, Claim, Evidence
from schemas.document import Document

WEIGHED_FROM = 0.05
"""Least probability of a role that is told."""
NEAR_MISS_FROM = 0.1
"""Least probability of a role that its reader doubted and that is told as a near miss of its own."""
_TARGET = re.compile("|".join(map(re.escape, TARGET_MARKERS)))


@dataclass(frozen=True)
class Explanation:
    """What the extractor saw and made of one document."""

    document: Document
    found_by: str
    unread: str | None = None
    """Why the document was not read; all else is empty then."""
    reading: Reading | None = None
    pairs: Sequence[Pair] = ()
    """City references and networks that were brought together."""
    contexts: Sequence[PairContext] = field(default=(), repr=False)
    readings: Sequence[Sequence[RoleReading]] = ()
    """What was read of each pair, roles in doubt from WEIGHED_FROM on among them."""
    decisions: Sequence[Decision] = ()
    """What became of each reading, in the order of the pairs."""

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims, as `Extractor.extract` gives them."""
        return list_claims(self.decisions)

    @cached_property
    def proposals(self) -> list[ExplainedProposal]:
        """Each claim and each near miss explained, in the order of the text."""
        if self.reading is None:
            return []
        windows = dict(chain.from_iterable(map(_locate_targets, build_windows(self.contexts))))
        numbers = {id(pair): n for n, pair in enumerate(self.pairs)}
        told = []
        for decision in self.decisions:
            number = numbers[id(decision.proposal.pair)]
            if decision.fate is not Fate.IMPROBABLE or decision.proposal.reading.probability >= NEAR_MISS_FROM:
                told.append(self._explain(self.reading, decision, windows[number], self.readings[number]))
        return sorted(told, key=lambda one: (one.evidence.start, one.city.words.start, one.fate is not Fate.CLAIMED))

    def _explain(
        self, reading: Reading, decision: Decision, window: tuple[str, int], roles: Sequence[RoleReading]
    ) -> ExplainedProposal:
        proposal = decision.proposal
        pair, read = proposal.pair, proposal.reading
        passage = reading.passages[pair.passage]
        return ExplainedProposal(
            document=self.document.name,
            fate=decision.fate,
            reason=tell_reason(decision, roles),
            claim=decision.claim,
            role=read.role,
            status=read.status,
            probability=read.probability,
            nearness=NEAR_WEIGHT[pair.near],
            weight=round(proposal.weight, 3),
            city=explain_city(reading, pair),
            network=explain_network(reading, pair),
            reader=f"statement rule: {read.rule}" if read.rule else self.found_by,
            roles=tuple(map(_explain_role, roles)),
            window=window[0],
            target=window[1],
            evidence=Evidence(
                text=reading.text_of(passage),
                start=passage.start,
                end=passage.end,
                page=reading.blocks[passage.block].page,
            ),
            dates=explain_dates(reading, pair, decision.claim) if decision.claim else (),
            persons=explain_persons(reading, pair, decision.claim) if decision.claim else (),
            preferred=_explain_preferred(reading, decision.preferred),
        )


def _locate_targets(window: Window) -> Iterator[tuple[int, tuple[str, int]]]:
    """For the number of each pair of a window its text, and where in it the pair's target begins."""
    found = [match.start() for match in _TARGET.finditer(window.text)]
    for number, target in zip_longest(window.pairs, found[: len(window.pairs)], fillvalue=-1):
        yield number, (window.text, target)


def tell_reason(decision: Decision, roles: Sequence[RoleReading]) -> str:
    """A fate in words and figures; `roles` are all that was read of its pair."""
    read, weight = decision.proposal.reading, decision.proposal.weight
    other = decision.preferred
    instead = f": {other.pair.network_name}, {other.weight:.2f} against {weight:.2f}" if other else ""
    where = f"{instead}, characters {other.pair.city.start}–{other.pair.city.end}" if other else ""
    match decision.fate:
        case Fate.CLAIMED:
            return f"the best reading of its city, network and role; {weight:.2f} is at least {LEAST_CONFIDENCE}"
        case Fate.IMPROBABLE:
            return f"the role has {_of_role(read):.2f}, below its threshold of {read.threshold:.2f}"
        case Fate.OVERRULED:
            by_rule = [r for r in roles if r.rule is not None]
            # What is said of a committee or a founding is given another role after the rule has spoken.
            plain = next((r for r in by_rule if r.role is read.role), by_rule[0])
            return f"the sentence plainly states: {plain.role}, {plain.status} (rule “{plain.rule}”)"
        case Fate.TOO_UNSURE:
            return f"{weight:.2f} is below the least confidence, {LEAST_CONFIDENCE}"
        case Fate.ASKED:
            return "its sentence is a question, which states nothing"
        case Fate.BOARD_SEAT:
            return f"the members listed are those of a board{where}"
        case Fate.DATELINE:
            return "the city only tells where the text was written"
        case Fate.FAR_NETWORK:
            return f"the sentence relates the city to a network of its own{instead}"
        case Fate.OTHER_NETWORK:
            return f"another network takes the role{instead}"
        case Fate.WEAKER_MENTION:
            return f"another mention of the city states the role more surely{where}"
        case Fate.MERGED:
            return f"the same claim is read more surely elsewhere{where}"
        case Fate.UNDATED_REPETITION:
            return f"told again without its date or name{where}"


def explain_city(reading: Reading, pair: Pair) -> ExplainedCity:
    """The words of a pair that stand for its city, with the mention by name that they are or refer back to."""
    city, place = pair.city, pair.city.place
    named = nearest_before([m for m in reading.cities if m.place.geonameid == place.geonameid], city.start)
    return ExplainedCity(
        words=take_words(reading, city.start, city.end),
        form=city.form,
        named=take_words(reading, named.start, named.end) if named else None,
        link=place.as_link(named.score if named else 1.0),
        runners_up=tuple(runner_up.as_link(score) for runner_up, score in (named.runners_up if named else ())),
        person=city.holder,
    )


def explain_network(reading: Reading, pair: Pair) -> ExplainedNetwork:
    """The words of a pair that stand for its network, with the mention by name that they are or refer back to."""
    span = pair.network_mention
    named = nearest_before([m for m in reading.networks if m.network_id == pair.network_id], span[0] if span else 0)
    in_title = named is None
    if in_title:
        named = next((m for m in reading.title_networks if m.network_id == pair.network_id), None)
    return ExplainedNetwork(
        words=take_words(reading, *span) if span else None,
        near=pair.near,
        named=take_words(reading, named.start, named.end, in_title=in_title) if named else None,
        form=named.form if named else None,
        link=Candidate(id=pair.network_id, name=pair.network_name, score=round(named.score, 3) if named else 1.0),
        runners_up=tuple(_list_runners_up(named)),
    )


def _list_runners_up(named: NetworkMention | None) -> Iterator[Candidate]:
    for network_id, score in named.runners_up if named else ():
        yield Candidate(id=network_id, name=network_id, score=round(score, 3))


def _of_role(read: RoleReading) -> float:
    return sum(probability for _, probability in read.statuses) if read.statuses else read.probability


def _explain_role(read: RoleReading) -> ExplainedRole:
    statuses = read.statuses or ((read.status, read.probability),)
    return ExplainedRole(
        role=read.role,
        probability=round(_of_role(read), 3),
        threshold=read.threshold,
        statuses={status: round(p, 3) for status, p in statuses if p >= WEIGHED_FROM or status is read.status},
        rule=read.rule,
    )


def _explain_preferred(reading: Reading, other: Proposal | None) -> Preferred | None:
    if other is None:
        return None
    return Preferred(
        city=take_words(reading, other.pair.city.start, other.pair.city.end),
        network=other.pair.network_id,
        role=other.reading.role,
        status=other.reading.status,
        weight=round(other.weight, 3),
    )
