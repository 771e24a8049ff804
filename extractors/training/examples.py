"""Labelled windows as the relation model is trained on them: piece ids, targets and labels, in batches."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from extractors.relation_windows import TARGET_MARKERS
from extractors.training.relation_data import PASSAGE_NETWORK, RelationData, weigh_pairs
from schemas.vocabulary import Role, Status

ROLES, STATUSES = tuple(Role), tuple(Status)


@dataclass(slots=True)
class Example:
    """A tokenized window with the labels of its targets."""

    ids: list[int]
    targets: list[int]
    """Positions of the target markers."""
    pairs: list[int]
    """Global numbers of the pairs, one per target."""
    roles: NDArray[np.float32]
    """(targets, 15): 1 stated, 0 not stated."""
    weights: NDArray[np.float32]
    """(targets, 15): 0 where the label is unsure."""
    statuses: NDArray[np.int64]
    """(targets, 15): index of the status; -1 where the role is not stated."""
    stands_alone: bool = False
    """Whether it is a written passage, which comes without a document around it."""


Shown = TypeVar("Shown", bound=Example)


def find_targets(ids: Sequence[int], tokenizer: Tokenizer) -> list[int]:
    """Positions of the target markers among the pieces."""
    markers = {tokenizer.token_to_id(marker) for marker in TARGET_MARKERS}
    return [position for position, piece in enumerate(ids) if piece in markers]


def encode_windows(data: RelationData, tokenizer: Tokenizer, documents: frozenset[str] | None = None) -> list[Example]:
    """Examples of the windows, of these documents only if given; windows without a target in reach are left out."""
    weight = weigh_pairs(data.pairs)
    examples = []
    for window in data.windows:
        if documents is not None and window.document not in documents:
            continue
        ids = tokenizer.encode(window.text).ids
        targets = find_targets(ids, tokenizer)
        numbers = list(window.pairs[: len(targets)])
        if not numbers:
            continue
        pairs = [data.pairs[n] for n in numbers]
        roles = np.array([[role in pair.roles for role in Role] for pair in pairs], dtype=np.float32)
        sure = np.array([[role not in pair.unsure for role in Role] for pair in pairs], dtype=np.float32)
        held = [[STATUSES.index(pair.roles[role]) if role in pair.roles else -1 for role in Role] for pair in pairs]
        weights = sure * weight[numbers][:, None]
        alone = pairs[0].network_id == PASSAGE_NETWORK
        examples.append(Example(ids, targets, numbers, roles, weights, np.array(held, dtype=np.int64), alone))
    return examples


def batch_examples(examples: Sequence[Shown], pieces: int, rng: random.Random | None) -> Iterator[list[Shown]]:
    """Batches of windows of like length, of about `pieces` pieces each; shuffled if `rng` is given."""
    jitter = {id(e): len(e.ids) * (rng.uniform(0.85, 1.15) if rng else 1.0) for e in examples}
    ordered = sorted(examples, key=lambda e: jitter[id(e)])
    batches: list[list[Shown]] = [[]]
    for example in ordered:
        if batches[-1] and (len(batches[-1]) + 1) * max(len(example.ids), len(batches[-1][-1].ids)) > pieces:
            batches.append([])
        batches[-1].append(example)
    if rng:
        rng.shuffle(batches)
    yield from batches
