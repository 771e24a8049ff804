"""How sure a claim is: the weight of its reading, turned into the share of such claims that are right.

A reader's probability is about one pair of city mention and network; a claim is right only if city, network,
role and status all are. Scale and shift of a logistic curve (Platt 1999) close the gap, fitted on documents that the
reader was not trained on: `python -m extractors.training.calibrate_claims`.
"""

import json
import math
from functools import cache
from pathlib import Path
from typing import NamedTuple

from schemas.errors import ConfigurationError

CONFIDENCE_PATH = Path(__file__).parent / "relation_weights" / "confidence.json"
_LEAST = 1e-6


class Curve(NamedTuple):
    """confidence = logistic(scale * logit(weight) + shift)."""

    scale: float
    shift: float

    def confidence(self, weight: float) -> float:
        """The confidence of a claim whose reading weighs so much; both in [0, 1], and rising together."""
        bounded = min(max(weight, _LEAST), 1 - _LEAST)
        return 1 / (1 + math.exp(-(self.scale * math.log(bounded / (1 - bounded)) + self.shift)))


@cache
def load_curve(path: Path = CONFIDENCE_PATH) -> Curve:
    """The curve as shipped; read once.

    Raises:
        ConfigurationError: the file is missing or holds no such curve.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return Curve(float(record["scale"]), float(record["shift"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{path}: no curve of confidence: {error!r}; fit it with python -m extractors.training.calibrate_claims"
        ) from error
