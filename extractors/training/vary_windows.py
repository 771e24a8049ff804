"""Windows shown otherwise at each reading, so that the relation model learns what states a role and not what stood by.

Context that seldom decides (title, sentences before and after) is left out now and then, and some targets are
shown as cities that nobody asks about, so that each target is read by itself as well as beside its neighbours.
Written passages, which come without a document, are shown between the sentences of others. Works on piece ids, in
which every marker is one piece.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from tokenizers import Tokenizer

from extractors.relation_masks import CITY, PLACE
from extractors.relation_windows import ASIDE, HEAD, LEAD, MAIN, MARKERS, NEXT, PREVIOUS, TARGET_MARKERS, TITLE, Layout
from extractors.training.examples import Example

_LEFT_OUT: Mapping[str, float] = {TITLE: 0.25, PREVIOUS: 0.3, NEXT: 0.3}
"""How often a part is left out."""
_PARTS = (TITLE, HEAD, LEAD, PREVIOUS, NEXT, MAIN, ASIDE, *(layout.value for layout in Layout))
HIDDEN = 0.02
"""Share of other pieces that are masked."""
_BORROWED = 0.4
"""How often a written passage gets a title, a sentence before or one after from a document."""
_ALONE = 0.35
"""How often some targets of a window are not asked about."""
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Ids of the pieces that mark the parts of a window."""

    parts: frozenset[int]
    left_out: Mapping[int, float]
    city: int
    place: int
    targets: frozenset[int]
    units: frozenset[int]
    context: tuple[int, int, int]
    """Of titles, of what stands before and of what stands after."""
    heading: int
    lendable: frozenset[int]
    """Of all that stands around a passage."""
    special: frozenset[int]
    """Pieces that are no word's."""
    end: int
    mask: int

    @classmethod
    def of(cls, tokenizer: Tokenizer) -> "Pieces":
        """The markers' ids in a tokenizer."""
        vocabulary = tokenizer.get_vocab()
        number = {marker: vocabulary[marker] for marker in (*MARKERS, *_SPECIAL)}
        left_out = {number[part]: share for part, share in _LEFT_OUT.items()}
        return cls(
            parts=frozenset(number[part] for part in _PARTS),
            left_out=left_out,
            city=number[CITY],
            place=number[PLACE],
            targets=frozenset(number[marker] for marker in TARGET_MARKERS),
            units=frozenset(number[layout.value] for layout in Layout),
            context=(number[TITLE], number[PREVIOUS], number[NEXT]),
            heading=number[HEAD],
            lendable=frozenset(number[part] for part in (TITLE, HEAD, LEAD, PREVIOUS, NEXT)),
            special=frozenset(number.values()),
            end=number["[SEP]"],
            mask=number["[MASK]"],
        )


class Surroundings:
    """Titles and neighbouring sentences of documents, for passages to stand between."""

    def __init__(self, examples: Sequence[Example], pieces: Pieces) -> None:
        self._pieces = pieces
        self._parts: dict[int, list[list[int]]] = {marker: [] for marker in pieces.context}
        for example in examples:
            for part in split_parts(example.ids, pieces) if not example.stands_alone else ():
                if part[0] in self._parts:
                    shown = [pieces.place if piece in pieces.targets else piece for piece in part]
                    self._parts[part[0]].append(shown)

    def lend(self, example: Example, rng: random.Random) -> Example:
        """The passage with parts of documents around it, where it has none of that kind itself."""
        opening, *middle = split_parts(example.ids[:-1], self._pieces)
        title, before, after = (self._choose(marker, example, rng) for marker in self._pieces.context)
        # A passage's own title, headings and lead-in stay in front of what stands before.
        first = next(n for n, part in enumerate(middle) if self._is_unit(part))
        head = [*title, *chain.from_iterable(middle[:first]), *before]
        ids = [*opening, *head, *chain.from_iterable(middle[first:]), *after, example.ids[-1]]
        shift = len(title) + len(before)
        return replace(example, ids=ids, targets=[target + shift for target in example.targets])

    def _choose(self, marker: int, example: Example, rng: random.Random) -> list[int]:
        known = self._parts[marker]
        return rng.choice(known) if known and marker not in example.ids and rng.random() < _BORROWED else []

    def _is_unit(self, part: Sequence[int]) -> bool:
        return part[0] in self._pieces.units


def split_parts(ids: Sequence[int], pieces: Pieces) -> Iterator[list[int]]:
    """The window's parts, each with its marker; what stands before the first goes with it, the end is left out."""
    part: list[int] = []
    for piece in ids:
        if piece in pieces.parts and any(known in pieces.parts for known in part):
            yield part
            part = []
        if piece != pieces.end:
            part.append(piece)
    yield part


def vary_window(example: Example, pieces: Pieces, rng: random.Random) -> Example:
    """The window as it is shown this time; its targets that are not asked about are gone from the labels."""
    asked = _choose_targets(example, pieces, rng)
    hidden = {position for n, position in enumerate(example.targets) if n not in asked}
    ids: list[int] = []
    targets: list[int] = []
    wanted = {example.targets[n] for n in asked}
    leaving = False
    for position, piece in enumerate(example.ids):
        if piece in pieces.parts or piece == pieces.end:
            leaving = rng.random() < pieces.left_out.get(piece, 0.0)
        if leaving:
            continue
        if position in wanted:
            targets.append(len(ids))
        if position in hidden:
            ids.append(pieces.place)
        else:
            ids.append(pieces.mask if piece not in pieces.special and rng.random() < HIDDEN else piece)
    return Example(
        ids,
        targets,
        [example.pairs[n] for n in asked],
        example.roles[asked],
        example.weights[asked],
        example.statuses[asked],
        example.stands_alone,
    )


def _choose_targets(example: Example, pieces: Pieces, rng: random.Random) -> list[int]:
    """Numbers of the targets that stay; only cities named by their names can be shown as mere places."""
    everyone = list(range(len(example.targets)))
    if len(everyone) == 1 or rng.random() >= _ALONE:
        return everyone
    kept = [n for n in everyone if example.ids[example.targets[n]] != pieces.city or rng.random() < 0.5]
    return kept or [rng.choice(everyone)]
