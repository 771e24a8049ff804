"""A linear chooser: of several options, each described by features, the one whose weights sum highest.

Trained by `python -m extractors.training.train_choosers`; small enough to read: a weight for each feature,
alone and together with a trait of what is asked (such as the role of a claim).
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from schemas.errors import ConfigurationError

WEIGHTS_FOLDER = Path(__file__).parent / "choice_weights"
Weights: TypeAlias = dict[str, dict[str, float]]
"""By trait and feature."""
Traits: TypeAlias = tuple[str, ...]
"""What is asked, from general to special, such as ("", "office", "office ended")."""


def is_wordy(feature: str) -> bool:
    """Whether a feature is one of the many that name a word; those count under the two most general traits only."""
    return feature.startswith("~")


class Chooser:
    """Chooses among options by the sum of their features' weights."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._sums: dict[Traits, dict[str, float]] = {}

    def choose(self, options: Sequence[Iterable[str]], traits: Traits) -> int:
        """Index of the best option; the first of equals.

        Args:
            options: the features of each option; there is at least one.
            traits: a feature counts with its weight under each of these; see `is_wordy`.
        """
        sums = self._sums_for(traits)
        # Exact sums: those of floats depend on the order of the features, and with it a tie.
        scores = [math.fsum(sums.get(feature, 0.0) for feature in option) for option in options]
        return scores.index(max(scores))

    def _sums_for(self, traits: Traits) -> dict[str, float]:
        if traits not in self._sums:
            sums: dict[str, float] = {}
            for trait in traits:
                for feature, weight in self._weights.get(trait, {}).items():
                    sums[feature] = sums.get(feature, 0.0) + weight
            self._sums[traits] = sums
        return self._sums[traits]


_loaded: dict[str, Chooser] = {}


def load_chooser(name: str) -> Chooser:
    """The trained chooser of that name: `since`, `until` or `holder`; read once.

    Raises:
        ConfigurationError: its weights are missing or are no such file.
    """
    if name not in _loaded:
        _loaded[name] = _read_chooser(WEIGHTS_FOLDER / f"{name}.json")
    return _loaded[name]


def replace_choosers(choosers: Mapping[str, Chooser]) -> None:
    """Have `load_chooser` give these in this process: for scoring weights that are not written yet."""
    _loaded.update(choosers)


def _read_chooser(path: Path) -> Chooser:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return Chooser(record["weights"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{path}: no weights of a chooser: {error!r}; train them with python -m extractors.training.train_choosers"
        ) from error
