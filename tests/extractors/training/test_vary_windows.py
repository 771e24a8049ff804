import random
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

import extractors
from extractors.training.examples import Example
from extractors.training.vary_windows import Pieces, Surroundings, vary_window

WINDOW = "[MAIN] [TITLE] a title [PREV] before it [PROSE] [CITY] and [CITY] with [HOLDER] [NEXT] after it"


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(Path(extractors.__file__).parent / "relation_weights" / "tokenizer.json"))


def _encode(tokenizer: Tokenizer, text: str, *, alone: bool = False) -> Example:
    ids = tokenizer.encode(text).ids
    targets = [n for n, piece in enumerate(ids) if piece in Pieces.of(tokenizer).targets]
    labels = np.arange(len(targets) * 15, dtype=np.float32).reshape(len(targets), 15)
    return Example(
        ids, targets, list(range(len(targets))), labels, np.ones_like(labels), labels.astype(np.int64), alone
    )


def _show(tokenizer: Tokenizer, example: Example) -> str:
    return tokenizer.decode(example.ids, skip_special_tokens=False)


def test_targets_keep_their_labels_however_the_window_is_shown(tokenizer: Tokenizer) -> None:
    example, pieces = _encode(tokenizer, WINDOW), Pieces.of(tokenizer)
    for seed in range(60):
        shown = vary_window(example, pieces, random.Random(seed))
        assert [shown.ids[at] for at in shown.targets] == [example.ids[example.targets[n]] for n in shown.pairs]
        assert shown.roles.tolist() == example.roles[shown.pairs].tolist()
        assert sum(piece in pieces.targets for piece in shown.ids) == len(shown.targets)


def test_every_part_is_left_out_now_and_then_but_never_the_sentence(tokenizer: Tokenizer) -> None:
    example, pieces = _encode(tokenizer, WINDOW), Pieces.of(tokenizer)
    texts = [_show(tokenizer, vary_window(example, pieces, random.Random(seed))) for seed in range(60)]
    for part in ("[TITLE]", "[PREV]", "[NEXT]"):
        assert 0 < sum(part in text for text in texts) < 60
    assert all("[PROSE]" in text and "[MAIN]" in text for text in texts)


def test_passage_borrows_what_stands_around_documents_and_keeps_its_targets(tokenizer: Tokenizer) -> None:
    document, pieces = _encode(tokenizer, WINDOW), Pieces.of(tokenizer)
    passage = _encode(tokenizer, "[MAIN] [HEAD] board [PROSE] [CITY] chairs it", alone=True)
    surroundings = Surroundings([document, passage], pieces)
    shown = [surroundings.lend(passage, random.Random(seed)) for seed in range(30)]
    assert any("[PREV] before it [PROSE] [CITY]" in _show(tokenizer, example) for example in shown)
    assert any(_show(tokenizer, example).endswith("[NEXT] after it [SEP]") for example in shown)
    assert all([example.ids[at] for at in example.targets] == [pieces.city] for example in shown)
