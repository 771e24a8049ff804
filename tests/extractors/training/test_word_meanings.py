"""The encoder's weights are read and applied as they were trained, and its words chosen and reduced."""

import json
from pathlib import Path

import numpy as np
import pytest
from spacy.lookups import Lookups
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

from extractors.training.word_meanings import (
    HEADS,
    LAYERS,
    choose_words,
    encode,
    encode_words,
    normalize,
    read_lookups,
    read_weights,
    reduce,
)
from extractors.word_meanings import TABLE, WIDTH

SIZE = 2 * HEADS
VOCABULARY = ["[PAD]", "[unused0]", "[UNK]", "[CLS]", "[SEP]", "[", "city", "##s", "joined", "##ひ", "ghent"]


@pytest.fixture
def weights() -> dict[str, np.ndarray]:
    """Random weights of an encoder of two columns per head."""
    rng = np.random.default_rng(0)

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(scale=0.5, size=shape).astype(np.float32)

    found = {
        "embeddings.word_embeddings.weight": draw(20, SIZE),
        "embeddings.position_embeddings.weight": draw(16, SIZE),
        "embeddings.token_type_embeddings.weight": draw(2, SIZE),
    }
    shapes = {"intermediate.dense": (3 * SIZE, SIZE), "output.dense": (SIZE, 3 * SIZE)}
    shapes |= {f"attention.{part}": (SIZE, SIZE) for part in ("self.query", "self.key", "self.value", "output.dense")}
    for number in range(LAYERS):
        for name, shape in shapes.items():
            found[f"encoder.layer.{number}.{name}.weight"] = draw(*shape)
            found[f"encoder.layer.{number}.{name}.bias"] = draw(shape[0])
    norms = [f"encoder.layer.{n}.{part}.LayerNorm" for n in range(LAYERS) for part in ("attention.output", "output")]
    for name in ["embeddings.LayerNorm", *norms]:
        found[f"{name}.weight"], found[f"{name}.bias"] = draw(SIZE), draw(SIZE)
    return found


@pytest.fixture
def tokenizer() -> Tokenizer:
    vocabulary = {piece: number for number, piece in enumerate(VOCABULARY)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = BertNormalizer(lowercase=True), BertPreTokenizer()
    markers = [(name, vocabulary[name]) for name in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=markers)
    return tokenizer


def test_tensors_of_a_safetensors_file_are_read(tmp_path: Path) -> None:
    values = np.arange(6, dtype=np.float32).reshape(2, 3)
    numbers = np.arange(3, dtype=np.int64)
    header = {
        "__metadata__": {"format": "pt"},
        "embeddings.position_ids": {"dtype": "I64", "shape": [3], "data_offsets": [0, 24]},
        "a.weight": {"dtype": "F32", "shape": [2, 3], "data_offsets": [24, 48]},
    }
    encoded = json.dumps(header).encode()
    path = tmp_path / "model.safetensors"
    path.write_bytes(len(encoded).to_bytes(8, "little") + encoded + numbers.tobytes() + values.tobytes())
    weights = read_weights(path)
    assert weights.keys() == {"a.weight"}
    np.testing.assert_array_equal(weights["a.weight"], values)


def test_normalized_rows_have_mean_and_spread_of_the_layer() -> None:
    weights = {"n.weight": np.full(4, 2, np.float32), "n.bias": np.full(4, 1, np.float32)}
    rows = normalize(np.array([[1, 2, 3, 6]], np.float32), weights, "n")
    assert rows.mean() == pytest.approx(1)
    assert rows.std() == pytest.approx(2, rel=1e-3)


def test_words_of_a_batch_do_not_influence_each_other(weights: dict[str, np.ndarray]) -> None:
    both = encode(np.array([[3, 6, 7, 4], [3, 8, 9, 4]]), weights)
    alone = encode(np.array([[3, 8, 9, 4]]), weights)
    assert both.shape == (2, 2 * SIZE)
    np.testing.assert_allclose(both[1], alone[0], rtol=1e-4, atol=1e-5)


def test_both_halves_of_a_row_have_length_one_and_the_second_knows_the_order(weights: dict[str, np.ndarray]) -> None:
    first, second = encode(np.array([[3, 6, 7, 4], [3, 7, 6, 4]]), weights)
    for row in (first, second):
        assert np.linalg.norm(row[:SIZE]) == pytest.approx(1, rel=1e-4)
        assert np.linalg.norm(row[SIZE:]) == pytest.approx(1, rel=1e-4)
    np.testing.assert_allclose(first[:SIZE], second[:SIZE], rtol=1e-4, atol=1e-5)
    assert np.abs(first[SIZE:] - second[SIZE:]).max() > 1e-5


def test_rows_stand_in_the_order_of_their_words(weights: dict[str, np.ndarray]) -> None:
    words = {"cities": [3, 6, 7, 4], "joined": [3, 8, 4], "city": [3, 6, 4]}
    order, rows = encode_words(words, weights)
    assert order == ["joined", "city", "cities"]
    np.testing.assert_allclose(rows[2], encode(np.array([words["cities"]]), weights)[0], rtol=1e-4, atol=1e-5)


def test_pieces_without_markers_and_foreign_scripts_are_chosen(tokenizer: Tokenizer) -> None:
    assert set(choose_words([], tokenizer)) == {"[", "city", "##s", "joined", "ghent"}


def test_frequent_words_of_several_pieces_are_encoded_whole(tokenizer: Tokenizer) -> None:
    chosen = choose_words(["Citys citys CITYS ghents ghents 12 12 12", "Ghent Ghent Ghent"], tokenizer)
    number = {piece: index for index, piece in enumerate(VOCABULARY)}
    assert chosen["citys"] == [number["[CLS]"], number["city"], number["##s"], number["[SEP]"]]
    assert "ghents" not in chosen
    assert "12" not in chosen


def test_reduced_rows_keep_what_is_near() -> None:
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(2, 100))
    rows = np.concatenate(
        [centres[[0]] + 0.1 * rng.normal(size=(150, 100)), centres[[1]] + rng.normal(size=(150, 100))]
    )
    reduced = reduce(rows.astype(np.float32)).astype(np.float32)
    assert reduced.shape == (300, WIDTH)
    assert np.abs(reduced).max() <= 127
    within = np.linalg.norm(reduced[:150] - reduced[:150].mean(0), axis=1).mean()
    between = np.linalg.norm(reduced[150:] - reduced[:150].mean(0), axis=1).mean()
    assert within < between / 2


def test_lookups_are_read_from_the_file_that_the_config_names(tmp_path: Path) -> None:
    lookups = Lookups()
    lookups.add_table(TABLE, {"city": bytes(WIDTH)})
    (tmp_path / "meanings.bin").write_bytes(lookups.to_bytes())
    read = read_lookups(str(tmp_path / "meanings.bin"))
    assert read is not None
    assert read.get_table(TABLE)["city"] == bytes(WIDTH)
    assert read_lookups(None) is None
