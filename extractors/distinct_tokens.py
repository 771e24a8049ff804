"""Embed each distinct token once.

The embedding layer of a spaCy pipeline looks at one token at a time, and in a batch of documents three tokens in four
have occurred before, most of the others in the batches before. Embedding the distinct ones, remembering their rows and
copying them gives the same numbers in a fraction of the time.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

from extractors.pipeline_layers import walk_layers

EMBEDDING = "extract_features"
"""Name of the layer that an embedding by lexical attributes begins with."""

Rows = NDArray[np.float32]

REMEMBERED = 1 << 14
"""Tokens whose rows are kept: 8 MB for rows of 128 numbers."""


class DistinctTokens:
    """What an embedding layer asks of a `Doc`, for tokens picked from several."""

    def __init__(self, docs: Sequence[Doc], picked: NDArray[np.intp]) -> None:
        self.vocab: Vocab = docs[0].vocab
        self._docs = docs
        self._picked = picked

    def __len__(self) -> int:
        """The number of picked tokens."""
        return len(self._picked)

    def to_array(self, columns: Any) -> NDArray[np.uint64]:
        """The attributes of the picked tokens, as `Doc.to_array` gives them."""
        return np.concatenate([doc.to_array(columns) for doc in self._docs])[self._picked]


class RowMemory:
    """Rows of up to `capacity` tokens by key; it forgets all of them when it would overflow. Threads may share it."""

    def __init__(self, capacity: int = REMEMBERED) -> None:
        self._capacity = capacity
        self._places: dict[int, int] = {}
        self._rows: Rows = np.empty((0, 0), np.float32)
        self._lock = threading.Lock()

    def fetch(self, keys: NDArray[np.uint64], compute: Callable[[NDArray[np.intp]], Rows]) -> Rows:
        """A row for each of the distinct `keys`; `compute` gives the rows at those indices that are not known."""
        if len(keys) > self._capacity:
            return compute(np.arange(len(keys)))
        with self._lock:
            if len(self._places) + len(keys) > self._capacity:
                self._places = {}
            places = np.array([self._places.get(key, -1) for key in keys.tolist()], np.intp)
            missing = np.flatnonzero(places < 0)
            if len(missing):
                rows = compute(missing)
                first, last = len(self._places), len(self._places) + len(missing)
                if self._rows.shape != (self._capacity, rows.shape[1]):
                    self._rows = np.empty((self._capacity, rows.shape[1]), np.float32)
                self._rows[first:last] = rows
                self._places.update(zip(keys[missing].tolist(), range(first, last), strict=True))
                places[missing] = np.arange(first, last)
            return self._rows[places]


def embed_distinct(
    model: Model[Any, Any], docs: Sequence[Doc], is_train: bool
) -> tuple[list[Rows], Callable[..., Any]]:
    """Embed `docs`; one array of a row per token for each doc. Cannot be trained."""
    if is_train:
        raise NotImplementedError("embed_distinct serves prediction only; train the layer inside it")
    embed = model.layers[0]
    lengths = [len(doc) for doc in docs]
    if not sum(lengths):
        return embed.predict(docs), lambda gradient: []
    # Norms differ between tokens of one spelling where the tokenizer has exceptions ("'s").
    keys = np.concatenate([doc.to_array(["ORTH", "NORM"]) for doc in docs])
    mixed = keys[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ keys[:, 1]
    _, picked, inverse = np.unique(mixed, return_index=True, return_inverse=True)
    memory: RowMemory = model.attrs["memory"]
    rows = memory.fetch(mixed[picked], lambda missing: embed.predict([DistinctTokens(docs, picked[missing])])[0])
    return np.split(rows[inverse], np.cumsum(lengths)[:-1]), lambda gradient: []


def is_embedding(node: Model[Any, Any]) -> bool:
    """Whether `node` is a whole embedding, which ends in one array per doc."""
    return bool(node.layers) and node.layers[-1].name == "ragged2list" and any(n.name == EMBEDDING for n in node.walk())


def speed_up(nlp: Language) -> None:
    """Make the encoders of a loaded pipeline embed distinct tokens only, in place.

    The pipeline can no longer be trained or saved.
    """
    for model, node in walk_layers(nlp):
        if is_embedding(node):
            model.replace_node(
                node, Model("embed_distinct", embed_distinct, layers=[node], attrs={"memory": RowMemory()})
            )
