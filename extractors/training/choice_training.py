"""Training of the linear choosers: conditional log-likelihood of the right options, with a ridge.

Of each question the probability of its right options together is raised; a question with several right
options (a date told twice) leaves it to the weights which of them is meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.chooser import Traits, Weights, is_wordy


@dataclass(frozen=True, slots=True)
class Question:
    """One choice with its answer."""

    document: str
    traits: Traits
    options: Sequence[Sequence[str]]
    """The features of each option."""
    right: Sequence[bool]
    """Which options are right; at least one is."""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train."""

    ridge: float = 2.0
    steps: int = 100
    rate: float = 0.15
    least_documents: int = 4
    """A feature that fewer documents show is left out."""
    least_weight: float = 0.02
    """Smaller weights are dropped from the result."""


Ints = NDArray[np.int64]


@dataclass(slots=True)
class _Table:
    """Questions as arrays: weights of each option's features, options of each question."""

    keys: list[tuple[str, str]]
    index: Ints
    option_of: Ints
    options: int
    question_of: Ints
    starts: Ints
    right: NDArray[np.bool_]
    weight: NDArray[np.float64]


def fit(questions: Sequence[Question], recipe: Recipe) -> Weights:
    """Weights by trait and feature, as `Chooser` takes them. Deterministic."""
    table = _tabulate(questions, recipe.least_documents)
    weights = np.zeros(len(table.keys))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, recipe.steps + 1):
        gradient = _gradient(table, weights) + recipe.ridge * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.98 * square + 0.02 * gradient**2
        rate = recipe.rate * (1 - 0.95 * step / recipe.steps)
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.98**step)) + 1e-8)
    result: Weights = {}
    for (trait, feature), weight in zip(table.keys, weights.tolist(), strict=True):
        if abs(weight) >= recipe.least_weight:
            result.setdefault(trait, {})[feature] = round(weight, 3)
    return result


def _gradient(table: _Table, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    scores = np.bincount(table.option_of, weights[table.index], minlength=table.options)
    shifted = np.exp(scores - np.maximum.reduceat(scores, table.starts)[table.question_of])
    share = shifted / np.add.reduceat(shifted, table.starts)[table.question_of]
    wanted = shifted * table.right
    wanted /= np.maximum(np.add.reduceat(wanted, table.starts), 1e-300)[table.question_of]
    pull = (share - wanted) * table.weight[table.question_of]
    return np.bincount(table.index, pull[table.option_of], minlength=len(weights)).astype(np.float64)


def _tabulate(questions: Sequence[Question], least_documents: int) -> _Table:
    known = _count_documents(questions)
    keys: dict[tuple[str, str], int] = {}
    index: list[int] = []
    lengths: list[int] = []
    for question in questions:
        for option in question.options:
            begin = len(index)
            for feature in option:
                if known[feature] >= least_documents:
                    traits = question.traits[:2] if is_wordy(feature) else question.traits
                    index += [keys.setdefault((trait, feature), len(keys)) for trait in traits]
            lengths.append(len(index) - begin)
    sizes = np.array([len(question.options) for question in questions])
    return _Table(
        keys=list(keys),
        index=np.array(index),
        option_of=np.repeat(np.arange(len(lengths)), lengths),
        options=len(lengths),
        question_of=np.repeat(np.arange(len(questions)), sizes),
        starts=np.concatenate([[0], np.cumsum(sizes)[:-1]]),
        right=np.array([right for question in questions for right in question.right]),
        weight=np.array([question.weight for question in questions]),
    )


def _count_documents(questions: Sequence[Question]) -> dict[str, int]:
    counts: dict[str, int] = {}
    last: dict[str, str] = {}
    for question in questions:  # the questions of a document stand together
        for feature in {feature for option in question.options for feature in option}:
            if last.get(feature) != question.document:
                last[feature] = question.document
                counts[feature] = counts.get(feature, 0) + 1
    return counts
