"""Each missed or false claim is put down to the first step that went wrong."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from extractors.catalogue import Catalogue
from extractors.error_causes import Cause, CausedError, find_causes, group_errors
from extractors.explanation import Explanation
from extractors.proposals import Fate
from extractors.role_reading import Doubt, RoleReading
from extractors.score import GoldDocument
from schemas.vocabulary import Role, Status

OSLO = {"name": "Oslo", "country": "NO", "geonameid": 3143244}
NANTES = {"name": "Nantes", "country": "FR", "geonameid": 2990969}
Causes = Callable[..., list[tuple[str, Cause, Fate | None]]]


def gold(
    evidence: str, city: Mapping[str, Any] = OSLO, network: str = "Eurocities", role: str = "member", **fields: Any
) -> dict[str, Any]:
    detail = {"status": "current", "since": None, "until": None, "body": None, "holder": None}
    return {"city": city, "network": {"name": network, "acronym": None}, "role": role, "evidence": evidence} | (
        detail | fields
    )


def reads(probability: float = 0.9, role: Role = Role.MEMBER, **fields: Any) -> RoleReading:
    return RoleReading(role, fields.pop("status", Status.CURRENT), probability, **fields)


@pytest.fixture
def find(explain_scripted: Callable[..., Explanation], catalogue: Catalogue) -> Callable[..., list[CausedError]]:
    def find_in(text: str, script: Mapping[Any, Sequence[RoleReading]], claims: Sequence[Any]) -> list[CausedError]:
        explanation = explain_scripted(text, script)
        return find_causes(GoldDocument(explanation.document, "news", tuple(claims)), explanation, catalogue)

    return find_in


@pytest.fixture
def causes(find: Callable[..., list[CausedError]]) -> Causes:
    """Kind, cause and fate of each error."""
    return lambda *arguments: [(e.error.kind, e.cause, e.fate) for e in find(*arguments)]


def test_right_claims_have_no_cause(causes: Causes) -> None:
    text = "Oslo joined Eurocities."
    assert causes(text, {"Oslo": [reads()]}, [gold(text)]) == []


def test_city_that_geonames_lacks(causes: Causes) -> None:
    text = "Eurocities welcomed Kleinkleckersdorf."
    city = {"name": "Kleinkleckersdorf", "country": "DE", "geonameid": None}
    assert causes(text, {}, [gold(text, city)]) == [("missed", Cause.CITY_WITHOUT_ID, None)]


def test_city_that_is_not_found(causes: Causes) -> None:
    text = "Eurocities welcomed the Tiger City."
    assert causes(text, {}, [gold(text)]) == [("missed", Cause.CITY_NOT_FOUND, None)]


def test_name_linked_to_another_place(causes: Causes) -> None:
    text = "Oslo joined Eurocities."
    elsewhere = {"name": "Oslo", "country": "US", "geonameid": 5040471}
    found = causes(text, {"Oslo": [reads()]}, [gold(text, elsewhere)])
    assert found == [("missed", Cause.WRONG_PLACE, None), ("false", Cause.WRONG_PLACE, None)]


def test_network_that_is_not_found(causes: Causes) -> None:
    text = "Oslo joined Eurocities. It had been in the old club of the North Sea as well."
    assert ("missed", Cause.NETWORK_NOT_FOUND, None) in causes(text, {}, [gold(text, network="North Sea Towns")])


def test_document_in_which_nothing_suggests_a_network(causes: Causes) -> None:
    text = "Oslo joined the old club."
    assert causes(text, {}, [gold(text)]) == [("missed", Cause.NETWORK_NOT_FOUND, None)]


def test_pair_that_was_never_brought_together(causes: Causes) -> None:
    text = (
        "Oslo is a port. Nantes lies on the Loire.\n\nThe two wrote to each other.\n\n"
        "Eurocities met. Eurocities talked. Eurocities closed. ICLEI met too."
    )
    assert causes(text, {}, [gold("Oslo is a port.", network="ICLEI")]) == [("missed", Cause.NEVER_PAIRED, None)]


def test_other_network_that_outweighed_the_right_one(causes: Causes) -> None:
    text = "Eurocities thanked Oslo, which spoke in Lima, for joining ICLEI."
    script = {("Oslo", "eurocities"): [reads(0.8)], ("Oslo", "iclei"): [reads(0.5)]}
    assert causes(text, script, [gold(text, network="ICLEI")]) == [
        ("missed", Cause.OTHER_NETWORK, None),
        ("false", Cause.OTHER_NETWORK, None),
    ]


def test_other_status(causes: Causes) -> None:
    text = "Oslo joined Eurocities."
    found = causes(text, {"Oslo": [reads(status=Status.ENDED)]}, [gold(text)])
    assert found == [("missed", Cause.OTHER_STATUS, None), ("false", Cause.OTHER_STATUS, None)]


def test_other_role(causes: Causes) -> None:
    text = "Oslo joined Eurocities."
    found = causes(text, {"Oslo": [reads(role=Role.PARTNER)]}, [gold(text)])
    assert found == [("missed", Cause.OTHER_ROLE, None), ("false", Cause.OTHER_ROLE, None)]


def test_second_role_that_was_not_read_beside_a_right_one(causes: Causes) -> None:
    text = "Oslo, which holds its secretariat, chairs Eurocities."
    claims = [gold(text, role="chair"), gold(text, role="secretariat_host")]
    assert causes(text, {"Oslo": [reads(role=Role.CHAIR)]}, claims) == [("missed", Cause.NOT_READ, None)]


@pytest.mark.parametrize(
    ("reading", "fate"),
    [(reads(0.2), Fate.TOO_UNSURE), (reads(0.3, doubt=Doubt.IMPROBABLE, threshold=0.5), Fate.IMPROBABLE)],
)
def test_reading_that_was_dropped_tells_its_fate(causes: Causes, reading: RoleReading, fate: Fate) -> None:
    text = "Oslo joined Eurocities."
    assert causes(text, {"Oslo": [reading]}, [gold(text)]) == [("missed", Cause.DROPPED, fate)]


def test_nothing_read_at_all(causes: Causes) -> None:
    text = "Oslo joined Eurocities."
    assert causes(text, {}, [gold(text)]) == [("missed", Cause.NOT_READ, None)]


def test_claim_wanted_twice_and_said_once(causes: Causes) -> None:
    text = "Oslo hosted Eurocities."
    claims = [gold(text, role="event_host"), gold(text, role="event_host")]
    found = causes(text, {"Oslo": [reads(role=Role.EVENT_HOST)]}, claims)
    assert found == [("missed", Cause.SAID_ONCE, None)]


def test_claim_of_a_document_that_states_nothing(causes: Causes) -> None:
    assert causes("Oslo likes Eurocities.", {"Oslo": [reads()]}, []) == [("false", Cause.NOTHING_STATED, None)]


def test_pair_that_the_document_does_not_relate(causes: Causes) -> None:
    text = "Nantes joined Eurocities in Oslo."
    assert causes(text, {"Oslo": [reads()], "Nantes": [reads()]}, [gold(text, NANTES)]) == [
        ("false", Cause.PAIR_NOT_STATED, None)
    ]


def test_event_told_twice_is_a_repetition(causes: Causes) -> None:
    text = "Oslo hosted the Eurocities congress in 2018. Oslo hosted the Eurocities congress in 2019."
    claims = [gold("Oslo hosted the Eurocities congress in 2018.", role="event_host")]
    found = causes(text, {"Oslo": [reads(role=Role.EVENT_HOST)]}, claims)
    assert found == [("false", Cause.REPETITION, None)]


def test_groups_are_counted_by_kind_the_most_frequent_first(find: Callable[..., list[CausedError]]) -> None:
    text = "Oslo joined Eurocities."
    errors = find(text, {}, [gold(text)]) * 3 + find(text, {"Oslo": [reads(status=Status.ENDED)]}, [gold(text)])
    groups = group_errors(errors)
    assert [(g.kind, g.cause, len(g.errors), g.share) for g in groups] == [
        ("missed", Cause.NOT_READ, 3, 0.75),
        ("missed", Cause.OTHER_STATUS, 1, 0.25),
        ("false", Cause.OTHER_STATUS, 1, 1.0),
    ]
    assert groups[0].as_dict(2)["cause"] == "not_read"
    assert len(groups[0].as_dict(2)["examples"]) == 2
    assert groups[1].as_dict(2)["examples"][0]["detail"] == "said: member ended"


def test_no_errors_make_no_groups() -> None:
    assert group_errors([]) == []
