import numpy as np
import pytest

from extractors.training.relation_data import PairRecord, RelationData, weigh_pairs
from extractors.training.relation_scores import (
    ROLES,
    STATUSES,
    choose_thresholds,
    expected_calibration_error,
    fit_calibration,
    score_readings,
)
from schemas.vocabulary import Role, Status

HALF = np.full(len(ROLES), 0.5, dtype=np.float32)


def pair(
    city: str,
    *roles: Role,
    network: str = "eurocities",
    near: str = "passage",
    at: int = 0,
    claims: tuple[int, ...] = (),
) -> PairRecord:
    stated = dict.fromkeys(roles, Status.CURRENT)
    return PairRecord("doc", city, network, near, (at, at + 4), stated, frozenset(), frozenset(claims))


def readings(*said: dict[Role, Status]) -> tuple[np.ndarray, np.ndarray]:
    roles = np.full((len(said), len(ROLES)), 0.01, dtype=np.float32)
    statuses = np.zeros((len(said), len(ROLES), len(STATUSES)), dtype=np.float32)
    for number, row in enumerate(said):
        for role, status in row.items():
            roles[number, ROLES.index(role)] = 0.9
            statuses[number, ROLES.index(role), STATUSES.index(status)] = 1
    return roles, statuses


MEMBER = {Role.MEMBER: Status.CURRENT}


def test_same_claim_read_twice_counts_once() -> None:
    data = RelationData(
        [pair("gn:1", Role.MEMBER, claims=(0,)), pair("gn:1", at=9, claims=(0,))],
        [],
        {"doc": [(Role.MEMBER, Status.CURRENT)]},
    )
    score = score_readings(data, *readings(MEMBER, MEMBER), HALF)
    assert (score.triple.right, score.triple.said, score.triple.wanted) == (1, 1, 1)


def test_claim_without_a_candidate_is_missed() -> None:
    data = RelationData([], [], {"doc": [(Role.CHAIR, Status.ENDED)]})
    score = score_readings(data, *readings(), HALF)
    assert (score.triple.right, score.triple.said, score.triple.wanted) == (0, 0, 1)


def test_wrong_status_is_false_and_missed() -> None:
    data = RelationData([pair("gn:1", Role.MEMBER, claims=(0,))], [], {"doc": [(Role.MEMBER, Status.CURRENT)]})
    score = score_readings(data, *readings({Role.MEMBER: Status.ENDED}), HALF)
    assert (score.triple.right, score.triple.said, score.triple.wanted) == (0, 1, 1)
    assert score.parts["- ended"].said == 1


def test_membership_that_an_office_implies_counts_neither_way() -> None:
    data = RelationData([pair("gn:1", Role.CHAIR, claims=(0,))], [], {"doc": [(Role.CHAIR, Status.CURRENT)]})
    score = score_readings(data, *readings({**MEMBER, Role.CHAIR: Status.CURRENT}), HALF)
    assert (score.triple.right, score.triple.said) == (1, 1)


def test_of_two_networks_of_one_mention_the_more_probable_is_said() -> None:
    pairs = [pair("gn:1", Role.MEMBER, claims=(0,)), pair("gn:1", network="polis", near="topic")]
    roles, statuses = readings(MEMBER, MEMBER)
    roles[1] *= 0.8
    score = score_readings(RelationData(pairs, [], {"doc": [(Role.MEMBER, Status.CURRENT)]}), roles, statuses, HALF)
    assert (score.triple.right, score.triple.said) == (1, 1)


def test_threshold_falls_where_a_role_is_read_too_timidly() -> None:
    pairs = [pair(f"gn:{n}", Role.OBSERVER, at=9 * n, claims=(n,)) for n in range(30)]
    roles, statuses = readings(*[{Role.OBSERVER: Status.CURRENT}] * 30)
    roles[:, ROLES.index(Role.OBSERVER)] = 0.3
    data = RelationData(pairs, [], {"doc": [(Role.OBSERVER, Status.CURRENT)] * 30})
    assert choose_thresholds(data, roles, statuses)[ROLES.index(Role.OBSERVER)] <= 0.3


def test_calibration_mends_overconfident_logits() -> None:
    rng = np.random.default_rng(0)
    honest = rng.normal(0, 1.5, (3000, len(ROLES)))
    truth = rng.random(honest.shape) < 1 / (1 + np.exp(-honest))
    pairs = [pair("gn:1", *(role for role, stated in zip(ROLES, row, strict=True) if stated)) for row in truth]
    logits = (honest * 3).astype(np.float32)
    statuses = np.zeros((3000, len(ROLES), len(STATUSES)), dtype=np.float32)
    calibration = fit_calibration(pairs, logits, statuses)
    assert calibration.scale == pytest.approx(1 / 3, rel=0.1)
    before = expected_calibration_error(pairs, 1 / (1 + np.exp(-logits)))
    assert expected_calibration_error(pairs, calibration.apply(logits, statuses)[0]) < before / 3


def test_long_lists_weigh_as_their_root() -> None:
    pairs = [pair(f"gn:{n}", Role.MEMBER) for n in range(9)] + [pair("gn:99", Role.CHAIR)]
    np.testing.assert_allclose(weigh_pairs(pairs), [1 / 3] * 9 + [1])
