"""What becomes of the roles that were read: one claim for each thing stated, and a reason for all else."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.candidates import find_candidates
from extractors.claims import build_claims, decide_claims
from extractors.confidence import load_curve
from extractors.explanation import Explanation
from extractors.proposals import LEAST_CONFIDENCE, Fate
from extractors.reading import Reading
from extractors.role_reading import Doubt, RoleReading
from schemas.vocabulary import Role, Status

Explain = Callable[..., Explanation]


def member(probability: float, *, doubt: Doubt | None = None) -> RoleReading:
    return RoleReading(Role.MEMBER, Status.CURRENT, probability, doubt=doubt)


def hosts(probability: float) -> RoleReading:
    return RoleReading(Role.EVENT_HOST, Status.CURRENT, probability)


def fates(explanation: Explanation) -> list[tuple[str, str, Fate]]:
    """City's words, network and fate of each proposal, in the order of the pairs."""
    text = explanation.document.text
    return [
        (text[d.proposal.pair.city.start : d.proposal.pair.city.end], d.proposal.pair.network_id, d.fate)
        for d in explanation.decisions
    ]


def test_reading_sure_enough_is_claimed(explain_scripted: Explain) -> None:
    told = explain_scripted("Oslo joined Eurocities.", {"Oslo": [member(0.9)]})
    assert fates(told) == [("Oslo", "eurocities", Fate.CLAIMED)]
    assert [claim.confidence for claim in told.claims] == [pytest.approx(load_curve().confidence(0.9), abs=0.0005)]


def test_reading_below_the_least_confidence_is_dropped(explain_scripted: Explain) -> None:
    told = explain_scripted("Oslo joined Eurocities.", {"Oslo": [member(LEAST_CONFIDENCE - 0.01)]})
    assert fates(told) == [("Oslo", "eurocities", Fate.TOO_UNSURE)]


ENTRIES = "Members of Eurocities\n\n- Oslo\n- Ghent\n- Porto\n- Nantes\n- Tampere\n"
UNSURE = member(LEAST_CONFIDENCE * 0.7)


def three(reading: RoleReading) -> dict[str, list[RoleReading]]:
    return {city: [reading] for city in ("Oslo", "Ghent", "Porto")}


def fate_of_last_entry(explain: Explain, script: dict[str, list[RoleReading]]) -> Fate:
    return next(fate for words, _, fate in fates(explain(ENTRIES, script)) if words == "Tampere")


def test_entry_follows_what_most_of_its_list_says(explain_scripted: Explain) -> None:
    rest = three(member(0.9))
    assert fate_of_last_entry(explain_scripted, rest | {"Tampere": [UNSURE]}) is Fate.CLAIMED
    doubted = member(0.4, doubt=Doubt.IMPROBABLE)
    assert fate_of_last_entry(explain_scripted, rest | {"Nantes": [doubted], "Tampere": [UNSURE]}) is Fate.CLAIMED


@pytest.mark.parametrize(
    ("others", "last"),
    [
        ({"Oslo": [member(0.9)], "Ghent": [member(0.9)]}, [UNSURE]),
        (three(hosts(0.9)), [UNSURE]),
        (three(member(0.9)), [member(LEAST_CONFIDENCE * 0.5)]),
        (three(member(0.9)), [UNSURE, hosts(LEAST_CONFIDENCE * 0.8)]),
    ],
)
def test_entry_that_is_too_unsure_stays_so_without_a_list_that_agrees(
    explain_scripted: Explain, others: dict[str, list[RoleReading]], last: list[RoleReading]
) -> None:
    assert fate_of_last_entry(explain_scripted, others | {"Tampere": last}) is Fate.TOO_UNSURE


def test_question_states_nothing(explain_scripted: Explain) -> None:
    told = explain_scripted("Was Oslo not a member of Eurocities once?", {"Oslo": [member(0.9)]})
    assert fates(told) == [("Oslo", "eurocities", Fate.ASKED)]
    told = explain_scripted("Members of Eurocities: Oslo?", {"Oslo": [member(0.9)]})
    assert fates(told) == [("Oslo", "eurocities", Fate.CLAIMED)]


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("TAMPERE, 14 November 2021 – Eurocities today announced the winners of its award.", Fate.DATELINE),
        ("TAMPERE, Finland (STT) — Eurocities has a new president.", Fate.DATELINE),
        ("Tampere, 4 June 2019. Eurocities elected its new board.", Fate.DATELINE),
        ("TAMPERE – Mayor Anna Berg was elected president of Eurocities.", Fate.CLAIMED),
        ("Tampere, Finland – Eurocities opened its meeting here.", Fate.CLAIMED),
    ],
)
def test_dateline_states_nothing_of_its_city(explain_scripted: Explain, text: str, fate: Fate) -> None:
    told = explain_scripted(text, {text[:7]: [hosts(0.9)]})
    assert fates(told) == [(text[:7], "eurocities", fate)]


def test_members_of_a_board_are_no_plain_members(explain_scripted: Explain) -> None:
    seat = RoleReading(Role.BOARD_MEMBER, Status.CURRENT, 0.8)
    text = "Board of Eurocities 2023\n\nPresident: Ghent. Members: Tampere and Lyon."
    told = explain_scripted(text, {"Tampere": [seat, member(0.6)]})
    assert [(p.role, p.fate) for p in told.proposals if p.city.words.text == "Tampere"] == [
        (Role.BOARD_MEMBER, Fate.CLAIMED),
        (Role.MEMBER, Fate.BOARD_SEAT),
    ]


def test_another_standing_in_another_network_is_another_statement(explain_scripted: Explain) -> None:
    left = RoleReading(Role.MEMBER, Status.ENDED, 0.9)
    script = {("Oslo", "iclei"): [left], ("Oslo", "eurocities"): [member(0.8)]}
    told = explain_scripted("Oslo left ICLEI in 2012 and joined Eurocities in 2013.", script)
    assert {fate for _, _, fate in fates(told)} == {Fate.CLAIMED}


def test_reading_in_doubt_keeps_its_doubt_as_fate(explain_scripted: Explain) -> None:
    script = {"Oslo": [member(0.6, doubt=Doubt.IMPROBABLE), member(0.6, doubt=Doubt.OVERRULED)]}
    told = explain_scripted("Oslo joined Eurocities.", script)
    assert [fate for _, _, fate in fates(told)] == [Fate.IMPROBABLE, Fate.OVERRULED]
    assert told.claims == []


def test_of_two_networks_in_a_sentence_the_surer_takes_the_role(explain_scripted: Explain) -> None:
    text = "Eurocities congratulated Oslo, which had been chosen in Lima, on joining ICLEI."
    told = explain_scripted(text, {("Oslo", "eurocities"): [member(0.5)], ("Oslo", "iclei"): [member(0.8)]})
    assert set(fates(told)) == {("Oslo", "eurocities", Fate.OTHER_NETWORK), ("Oslo", "iclei", Fate.CLAIMED)}
    [dropped] = [d for d in told.decisions if d.fate is Fate.OTHER_NETWORK]
    assert dropped.preferred is not None
    assert dropped.preferred.pair.network_id == "iclei"


def test_enumerated_networks_take_a_role_together(explain_scripted: Explain) -> None:
    told = explain_scripted("Oslo is in Eurocities and ICLEI.", {"Oslo": [member(0.8)]})
    assert {fate for _, _, fate in fates(told)} == {Fate.CLAIMED}
    assert len(told.claims) == 2


def test_network_far_off_yields_to_one_of_the_sentence(explain_scripted: Explain) -> None:
    text = "Eurocities met on Monday. Oslo has joined ICLEI. Eurocities was glad. Eurocities grew."
    script = {
        ("Oslo", "iclei"): [member(0.5)],
        ("Oslo", "eurocities"): [RoleReading(Role.SIGNATORY, Status.CURRENT, 0.9)],
    }
    assert set(fates(explain_scripted(text, script))) == {
        ("Oslo", "iclei", Fate.CLAIMED),
        ("Oslo", "eurocities", Fate.FAR_NETWORK),
    }


def test_claim_told_twice_is_made_once_by_its_surer_reading(explain_scripted: Explain) -> None:
    text = "Oslo joined Eurocities. In 1991 Oslo, the capital, entered Eurocities."
    told = explain_scripted(text, {"Oslo": [member(0.9)]})
    assert sorted(fate for _, _, fate in fates(told)) == [Fate.CLAIMED, Fate.MERGED]
    [merged] = [d for d in told.decisions if d.fate is Fate.MERGED]
    [claimed] = [d for d in told.decisions if d.fate is Fate.CLAIMED]
    assert merged.preferred is claimed.proposal
    assert merged.claim is None


def test_weaker_words_for_the_city_are_dropped(explain_scripted: Explain) -> None:
    text = "Oslo joined Eurocities. The city sent its mayor to Eurocities."
    ended = RoleReading(Role.MEMBER, Status.ENDED, 0.5)
    told = explain_scripted(text, {"Oslo": [member(0.9)], "The city": [ended], "city": [ended]})
    assert {fate for _, _, fate in fates(told)} == {Fate.CLAIMED, Fate.WEAKER_MENTION}


def test_weaker_words_for_the_city_that_say_the_same_add_what_they_tell(explain_scripted: Explain) -> None:
    text = (
        "BULLETIN, December 1999\n\nThe board of Eurocities that was elected in Oslo has met.\n\n"
        "The Norwegian capital was the host of Eurocities on 24 September 1999."
    )
    told = explain_scripted(text, {"Oslo": [hosts(0.9)], "The Norwegian capital": [hosts(0.5)]})
    assert [(claim.since, claim.until) for claim in told.claims] == [("1999-09-24", "1999-09-24")]


def test_event_told_again_without_its_date_is_no_second_one(explain_scripted: Explain) -> None:
    text = (
        "Porto hosted the Eurocities conference in 2018.\n\nThe delegates liked the river.\n\n"
        "Ever since, Porto, host of Eurocities, has been known for it."
    )
    told = explain_scripted(text, {"Porto": [hosts(0.9)]})
    assert len(told.claims) == 1
    assert told.claims[0].since == "2018"


PROBABILITIES = st.floats(0, 1, allow_nan=False).map(lambda p: round(p, 3))
READINGS = st.lists(
    st.builds(
        RoleReading,
        st.sampled_from([Role.MEMBER, Role.CHAIR, Role.EVENT_HOST]),
        st.sampled_from([Status.CURRENT, Status.PLANNED]),
        PROBABILITIES,
        st.sampled_from([None, None, Doubt.IMPROBABLE, Doubt.OVERRULED]),
    ),
    max_size=3,
)
TEXT = (
    "Eurocities met in Porto in 2018. Its president, the mayor of Oslo, thanked the city. Lyon and Oslo are in "
    "ICLEI and Eurocities; UCLG met in Lyon.\n\nMembers of ICLEI:\n\n- Porto\n- Lyon (2004)\n\nThe city will host UCLG."
)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_each_proposal_has_one_fate_and_doubts_change_no_claim(
    data: st.DataObject, read: Callable[..., Reading]
) -> None:
    reading = read(TEXT, published="2021")
    pairs = find_candidates(reading)
    drawn = [data.draw(READINGS) for _ in pairs]
    stated = [[r for r in readings if r.doubt is None] for readings in drawn]
    decisions = decide_claims(reading, zip(pairs, drawn, strict=True), "test/1")
    claims = build_claims(reading, zip(pairs, drawn, strict=True), "test/1")
    assert claims == build_claims(reading, zip(pairs, stated, strict=True), "test/1")
    assert len(decisions) == sum(map(len, drawn))
    assert sum(d.fate is Fate.CLAIMED for d in decisions) == len(claims)
    standing = {d.proposal for d in decisions if d.fate not in {Fate.IMPROBABLE, Fate.OVERRULED, Fate.TOO_UNSURE}}
    for decision in decisions:
        assert (decision.claim is not None) == (decision.fate is Fate.CLAIMED)
        assert decision.preferred is None or (
            decision.preferred in standing and decision.preferred is not decision.proposal
        )
