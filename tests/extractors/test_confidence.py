from pathlib import Path

import pytest

from extractors.confidence import Curve, load_curve
from schemas.errors import ConfigurationError


def test_curve_keeps_the_order_of_weights() -> None:
    curve = load_curve()
    said = [curve.confidence(weight / 20) for weight in range(21)]
    assert said == sorted(said)
    assert 0 <= said[0] < said[-1] <= 1


def test_straight_curve_changes_nothing() -> None:
    assert Curve(1.0, 0.0).confidence(0.3) == pytest.approx(0.3)


def test_broken_curve_says_how_to_fit_it_anew(tmp_path: Path) -> None:
    path = tmp_path / "confidence.json"
    path.write_text("{}")
    with pytest.raises(ConfigurationError, match="calibrate_claims"):
        load_curve(path)
