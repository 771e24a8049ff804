import pytest

from extractors.reliability import Judged, expected_calibration_error
from extractors.training.calibrate_claims import fit

UNSURE: list[Judged] = [(0.6, True)] * 90 + [(0.6, False)] * 10 + [(0.3, True)] * 30 + [(0.3, False)] * 70
"""Claims that are right more often than they say where they are sure."""


def test_fitted_curve_says_how_often_claims_are_right() -> None:
    curve = fit(UNSURE)
    assert curve.confidence(0.6) == pytest.approx(0.9, abs=0.03)
    assert curve.confidence(0.3) == pytest.approx(0.3, abs=0.03)
    assert expected_calibration_error([(curve.confidence(w), right) for w, right in UNSURE]) < 0.03


def test_no_claims_give_the_straight_curve() -> None:
    assert fit([]).confidence(0.4) == pytest.approx(0.4)
