"""Static vectors of word meaning, and the embedding layer that reads them beside spelling and sub-word vectors.

A table of the vocabulary maps a word, or a piece of one as in "##burg", to a row of signed bytes. Words without a row
of their own are the mean of the longest pieces that spell them.
"""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.lookups import Table
from spacy.ml.featureextractor import FeatureExtractor
from spacy.ml.staticvectors import StaticVectors
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate, list2ragged, ragged2list, with_array

TABLE = "word_meanings"
WIDTH = 64
SCALE = 64
"""Bytes for one unit; the rows' components have a standard deviation of half a unit."""

LONGEST = 24
"""Characters of the longest word that is put together from pieces; longer ones are addresses and the like."""

Rows = NDArray[np.float32]


def simplify(word: str) -> str:
    """`word` in small letters and without accents, as the table spells it."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def find_pieces(word: str, table: Table) -> list[bytes]:
    """The rows of the longest pieces that spell `word` from left to right; [] if they do not reach its end."""
    rows = []
    start = 0
    while start < len(word):
        for end in range(len(word), start, -1):
            row = dict.get(table, get_string_id(f"##{word[start:end]}" if start else word[:end]))
            if row is not None:
                rows.append(row)
                start = end
                break
        else:
            return []
    return rows


def compose(word: str, table: Table) -> bytes:
    """The row of a word that has none under its exact spelling; zeros if nothing is known of it."""
    simple = simplify(word)
    rows = find_pieces(simple, table) if 0 < len(simple) <= LONGEST else []
    if not rows:
        return bytes(WIDTH)
    pieces = np.frombuffer(b"".join(rows), np.int8).reshape(-1, WIDTH)
    mean: NDArray[np.int8] = np.rint(pieces.mean(0)).astype(np.int8)
    return mean.tobytes()


def read_meanings(
    model: Model[Any, Any], docs: Sequence[Doc], is_train: bool
) -> tuple[list[Rows], Callable[..., list[Any]]]:
    """One array of a row per token for each doc."""
    found = []
    for doc in docs:
        table, strings = doc.vocab.lookups.get_table(TABLE), doc.vocab.strings
        keys: list[int] = doc.to_array(["LOWER"]).reshape(-1).tolist()  # type: ignore[assignment]
        rows = []
        for key in keys:
            row = dict.get(table, key)
            rows.append(compose(strings[key], table) if row is None else row)
        signed = np.frombuffer(b"".join(rows), np.int8).reshape(-1, WIDTH)
        found.append(signed.astype(np.float32) / np.float32(SCALE))
    return found, lambda gradient: []


@registry.architectures("hansa.MeaningHashEmbed.v1")  # type: ignore[untyped-decorator]
def build_embedding(width: int, attrs: list[str], rows: list[int]) -> Model[Any, Any]:
    """spaCy's MultiHashEmbed with static vectors, and the rows of meaning beside them."""
    tables: list[Model[Any, Any]] = [
        HashEmbed(width, count, column=column, seed=8 + column, dropout=0.0) for column, count in enumerate(rows)
    ]
    spelling: Model[Any, Any] = chain(FeatureExtractor(list(attrs)), list2ragged(), with_array(concatenate(*tables)))
    meanings: Model[Any, Any] = chain(Model("word_meanings", read_meanings), list2ragged())
    mixer: Model[Any, Any] = Maxout(width, width * (len(tables) + 1) + WIDTH, nP=3, dropout=0.0, normalize=True)
    return chain(concatenate(spelling, StaticVectors(width, dropout=0.0), meanings), with_array(mixer), ragged2list())
