"""Windows put together of several documents' parts, for a teacher to label: what no document of the corpus says.

Titles, headings, lead-ins and neighbours are lent by other windows, and sentences, items and rows of others are put in
between, so that a student sees the same words govern and be governed in many more ways. The labels of the corpus hold
for none of these.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extractors.relation_model import MAX_PIECES
from extractors.training.examples import Example
from extractors.training.vary_windows import Pieces, split_parts

_LENT = 0.3
"""How often a part around a passage is another window's."""
_PUT_IN = 0.35
"""How often a sentence, item or row of another window is put in."""
_HEADED = 0.12
"""How often a heading of another window is put in between."""
_LONGEST_PUT_IN = 70


@dataclass(frozen=True, slots=True)
class _Part:
    ids: list[int]
    source: Example
    targets: range
    """Numbers, in its source, of the targets that it holds."""


class Mixer:
    """Lends parts of windows to one another."""

    def __init__(self, examples: Sequence[Example], pieces: Pieces) -> None:
        self._pieces = pieces
        self._lent: dict[int, list[_Part]] = defaultdict(list)
        self._units: list[_Part] = []
        self._headings = self._lent[pieces.heading]
        for example in examples:
            for part in self._split(example):
                if part.ids[0] in pieces.lendable and not part.targets:
                    self._lent[part.ids[0]].append(part)
                elif part.ids[0] in pieces.units and part.targets and len(part.ids) < _LONGEST_PUT_IN:
                    self._units.append(part)

    def mix(self, example: Example, rng: random.Random) -> Example:
        """The window among parts of others; its targets have the labels that they had where they come from.

        Where no target is left in reach the window comes back as it is.
        """
        parts = [self._lend(part, rng) for part in self._split(example)]
        if self._units and rng.random() < _PUT_IN:
            self._put_in(rng.choice(self._units), parts, rng)
        if self._headings and rng.random() < _HEADED:
            self._put_in(rng.choice(self._headings), parts, rng)
        ids: list[int] = []
        targets: list[int] = []
        origins: list[tuple[Example, int]] = []
        for part in parts:
            numbers = iter(part.targets)
            for piece in part.ids:
                number = next(numbers, None) if piece in self._pieces.targets else None
                if number is not None and len(ids) < MAX_PIECES - 1:
                    targets.append(len(ids))
                    origins.append((part.source, number))
                ids.append(self._pieces.place if piece in self._pieces.targets and number is None else piece)
        if not targets:
            return example
        return Example(
            ids=[*ids[: MAX_PIECES - 1], self._pieces.end],
            targets=targets,
            pairs=[source.pairs[n] for source, n in origins],
            roles=np.array([source.roles[n] for source, n in origins]),
            weights=np.array([source.weights[n] for source, n in origins]),
            statuses=np.array([source.statuses[n] for source, n in origins]),
        )

    def _split(self, example: Example) -> list[_Part]:
        parts, first = [], 0
        for ids in split_parts(example.ids, self._pieces):
            # Targets that stand beyond the last known one were cut off, and have no number.
            last = min(first + sum(piece in self._pieces.targets for piece in ids), len(example.targets))
            parts.append(_Part(ids, example, range(first, last)))
            first = last
        return parts

    def _lend(self, part: _Part, rng: random.Random) -> _Part:
        known = self._lent.get(part.ids[0], [])
        return rng.choice(known) if known and not part.targets and rng.random() < _LENT else part

    def _put_in(self, part: _Part, parts: list[_Part], rng: random.Random) -> None:
        places = [n for n, known in enumerate(parts) if known.ids[0] in self._pieces.units]
        if places:
            parts.insert(rng.choice(places) + rng.randint(0, 1), part)
