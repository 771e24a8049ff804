"""An explanation tells of each claim and near miss the words, the reading and the reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.explained import ExplainedProposal
from extractors.explanation import NEAR_MISS_FROM, Explanation
from extractors.pipeline import load_extractor
from extractors.proposals import Fate
from extractors.readers import read_path
from extractors.role_reading import Doubt, RoleReading
from schemas.document import Document
from schemas.vocabulary import Role, Status

Explain = Callable[..., Explanation]
SAMPLE = Path(__file__).parents[2] / "samples" / "uclg-congress-2022.txt"


def chairs(probability: float, **fields: object) -> RoleReading:
    return RoleReading(Role.CHAIR, Status.CURRENT, probability, **fields)  # type: ignore[arg-type]


def test_claim_tells_its_words_link_and_nearness(explain_scripted: Explain) -> None:
    text = "Eurocities met. Johanna Rolland, mayor of Nantes, was elected president of the association in May 2021."
    told = explain_scripted(text, {"Nantes": [chairs(0.9)]}, published="2021-06-01")
    [one] = [p for p in told.proposals if p.city.words.text == "Nantes"]
    assert one.fate is Fate.CLAIMED
    assert one.claim == told.claims[0]
    assert (one.city.form, one.city.link.id, one.city.person) == ("name", "gn:2990969", "Johanna Rolland")
    assert text[one.city.words.start : one.city.words.end] == "Nantes"
    assert (one.network.near, one.network.link.id) == ("reference", "eurocities")
    assert one.network.words is not None
    assert one.network.words.text == "the association"
    assert one.network.named is not None
    assert one.network.named.text == "Eurocities"
    assert one.weight == pytest.approx(0.9 * 0.97, abs=0.001)
    assert one.window[one.target :].startswith("[CITY]")
    assert "2021-05" in {date.value for date in one.dates}
    assert "Johanna Rolland" in {person.name for person in one.persons}


def test_words_that_refer_back_tell_the_name_that_they_mean(explain_scripted: Explain) -> None:
    text = "Nantes was told on Monday. The city chairs Eurocities."
    told = explain_scripted(text, {"city": [chairs(0.9)], "The city": [chairs(0.9)]})
    [one] = told.proposals
    assert one.city.form == "nominal"
    assert one.city.named is not None
    assert (one.city.named.text, one.city.named.start) == ("Nantes", 0)


def test_network_that_only_the_title_names_is_told_with_offsets_of_the_title(explain_scripted: Explain) -> None:
    told = explain_scripted("Nantes is in the chair.", {"Nantes": [chairs(0.9)]}, title="News of Eurocities")
    [one] = told.proposals
    assert one.network.words is None
    assert one.network.named is not None
    assert (one.network.named.text, one.network.named.in_title) == ("Eurocities", True)


@pytest.mark.parametrize(
    ("readings", "fate", "reason"),
    [
        ([chairs(0.2)], Fate.TOO_UNSURE, "0.20 is below the least confidence"),
        (
            [
                chairs(
                    0.3, doubt=Doubt.IMPROBABLE, threshold=0.4, statuses=((Status.CURRENT, 0.3), (Status.ENDED, 0.05))
                )
            ],
            Fate.IMPROBABLE,
            "the role has 0.35, below its threshold of 0.40",
        ),
        (
            [chairs(0.3, doubt=Doubt.OVERRULED), RoleReading(Role.CHAIR, Status.ENDED, 0.1, rule="left")],
            Fate.OVERRULED,
            "the sentence plainly states: chair, ended (rule “left”)",
        ),
    ],
)
def test_near_miss_tells_why(explain_scripted: Explain, readings: list[RoleReading], fate: Fate, reason: str) -> None:
    told = explain_scripted("Nantes chairs Eurocities.", {"Nantes": readings})
    [one] = [p for p in told.proposals if p.fate is fate]
    assert reason in one.reason
    assert one.claim is None


def test_reading_by_rule_that_was_given_to_a_committee_is_told(explain_scripted: Explain) -> None:
    # The rule reads a chair, which is the committee's; what the model read of it is overruled.
    overruled = RoleReading(Role.CHAIR, Status.CURRENT, 0.5, of_role=0.5, doubt=Doubt.OVERRULED, threshold=0.4)
    by_rule = RoleReading(Role.COMMITTEE_CHAIR, Status.CURRENT, 0.8, rule="holds the chair")
    told = explain_scripted("Vienna chairs a forum of Eurocities.", {"Vienna": [by_rule, overruled]})
    [one] = [p for p in told.proposals if p.fate is Fate.OVERRULED]
    assert "holds the chair" in one.reason


def test_near_miss_tells_what_was_preferred(explain_scripted: Explain) -> None:
    text = "Eurocities thanked Nantes, which spoke in Lima, for chairing ICLEI."
    told = explain_scripted(text, {("Nantes", "eurocities"): [chairs(0.5)], ("Nantes", "iclei"): [chairs(0.8)]})
    [one] = [p for p in told.proposals if p.fate is Fate.OTHER_NETWORK]
    assert one.preferred is not None
    assert (one.preferred.network, one.preferred.weight) == ("iclei", 0.8)
    assert "0.80 against 0.50" in one.reason


def test_role_hardly_considered_is_listed_beside_others_and_is_no_near_miss(explain_scripted: Explain) -> None:
    faint = RoleReading(Role.MEMBER, Status.CURRENT, NEAR_MISS_FROM / 2, doubt=Doubt.IMPROBABLE, threshold=0.4)
    told = explain_scripted("Nantes chairs Eurocities.", {"Nantes": [chairs(0.9), faint]})
    [one] = told.proposals
    assert [role.role for role in one.roles] == [Role.CHAIR, Role.MEMBER]


def test_document_that_is_not_read_tells_why(explain_scripted: Explain) -> None:
    told = explain_scripted("The mayor opened a bridge.", {})
    assert told.unread == "nothing in it suggests a city network"
    assert (told.claims, told.proposals) == ([], [])
    french = explain_scripted("Nantes préside Eurocities.", {}, language="fr")
    assert french.unread is not None
    assert "'fr'" in french.unread


@pytest.mark.model
def test_explained_claims_are_those_that_are_extracted() -> None:
    extractor = load_extractor()
    [document] = [d for d in read_path(SAMPLE) if isinstance(d, Document)]
    told = extractor.explain(document)
    assert told.claims == extractor.extract(document).claims
    assert told.claims
    explained = [one.claim for one in told.proposals if one.claim is not None]
    assert sorted(explained, key=repr) == sorted(told.claims, key=repr)
    for one in told.proposals:
        assert document.text[one.evidence.start : one.evidence.end] == one.evidence.text
        assert one.roles
        assert ExplainedProposal.model_validate_json(one.model_dump_json()) == one
