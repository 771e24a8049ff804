import pytest

from extractors.reliability import Judged, expected_calibration_error, find_threshold, tabulate

JUDGED: list[Judged] = [(0.95, True), (0.95, True), (0.85, True), (0.85, False), (0.4, False), (0.4, True), (1.0, True)]


def test_claims_are_counted_in_bins_by_confidence() -> None:
    table = tabulate(JUDGED)
    assert [each.claims for each in table] == [0, 0, 0, 0, 2, 0, 0, 0, 2, 3]
    assert (table[4].confidence, table[4].right) == (0.4, 0.5)
    assert (table[9].low, table[9].high, table[9].right) == (0.9, 1.0, 1.0)


def test_calibration_error_is_the_mean_distance_of_confidence_and_truth() -> None:
    assert expected_calibration_error([(0.8, True)] * 8 + [(0.8, False)] * 2) == pytest.approx(0.0)
    assert expected_calibration_error([(0.9, False)] * 4) == pytest.approx(0.9)
    assert expected_calibration_error([]) == 0


def test_threshold_is_the_least_confidence_that_keeps_the_precision() -> None:
    assert find_threshold(JUDGED, 0.9) == 0.95
    assert find_threshold(JUDGED, 0.8) == 0.85
    assert find_threshold([(0.9, False)], 0.5) is None
    assert find_threshold([], 0.5) is None
