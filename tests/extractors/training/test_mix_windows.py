import random
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

import extractors
from extractors.training.examples import Example, find_targets
from extractors.training.mix_windows import Mixer
from extractors.training.soft_windows import read_soft, show_windows, write_soft
from extractors.training.vary_windows import Pieces

WINDOWS = (
    "[MAIN] [TITLE] one title [HEAD] former members [PREV] before it [PROSE] [CITY] and [CITY] left [NEXT] after",
    "[ASIDE] [TITLE] another [HEAD] the board [LEAD] these sit [ITEM] [CITY] [ITEM] [HOLDER] the chair [NEXT] on",
    "[MAIN] [TITLE] third [PROSE] nothing [PLACE] here but [HOME]",
)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(Path(extractors.__file__).parent / "relation_weights" / "tokenizer.json"))


@pytest.fixture(scope="module")
def examples(tokenizer: Tokenizer) -> list[Example]:
    """Each target has a number of its own as its label."""
    found, number = [], 0
    for text in WINDOWS:
        ids = tokenizer.encode(text).ids
        targets = find_targets(ids, tokenizer)
        labels = np.repeat(np.arange(number, number + len(targets), dtype=np.float32)[:, None], 15, axis=1)
        pairs = list(range(number, number + len(targets)))
        found.append(Example(ids, targets, pairs, labels, np.ones_like(labels), labels.astype(np.int64)))
        number += len(targets)
    return found


def test_targets_of_mixed_windows_keep_their_kind_and_what_they_were_labelled(
    tokenizer: Tokenizer, examples: list[Example]
) -> None:
    pieces = Pieces.of(tokenizer)
    mixer = Mixer(examples, pieces)
    kinds = {n: e.ids[at] for e in examples for n, at in zip(e.pairs, e.targets, strict=True)}
    for seed in range(80):
        mixed = mixer.mix(examples[seed % 3], random.Random(seed))
        assert [mixed.ids[at] for at in mixed.targets] == [kinds[n] for n in mixed.pairs]
        assert mixed.roles[:, 0].tolist() == mixed.pairs
        assert find_targets(mixed.ids, tokenizer) == mixed.targets
        assert mixed.ids[-1] == pieces.end


def test_headings_and_sentences_of_other_windows_come_in(tokenizer: Tokenizer, examples: list[Example]) -> None:
    mixer = Mixer(examples, Pieces.of(tokenizer))
    texts = [
        tokenizer.decode(mixer.mix(examples[0], random.Random(seed)).ids, skip_special_tokens=False)
        for seed in range(80)
    ]
    assert any("[HEAD] the board" in text and "[CITY] and [CITY] left" in text for text in texts)
    assert any("[ITEM] [HOLDER] the chair" in text for text in texts)
    assert all("[CITY] and [CITY] left" in text for text in texts)


def test_labels_hold_for_windows_that_are_shown_as_they_stand(tokenizer: Tokenizer, examples: list[Example]) -> None:
    shown = show_windows(examples[:2], examples[2:], tokenizer, seed=3)
    assert [e.is_labelled for e in show_windows([], examples, tokenizer, seed=3)] == [False] * 3
    assert len(shown) == 3
    assert not shown[2].is_labelled


def test_soft_windows_are_read_as_they_were_written(
    tokenizer: Tokenizer, examples: list[Example], tmp_path: Path
) -> None:
    shown = show_windows(examples, [], tokenizer, seed=1)
    for number, example in enumerate(shown):
        example.role_logits = np.full((len(example.targets), 15), number, dtype=np.float32)
        example.status_logits = np.full((len(example.targets), 15, 4), -number, dtype=np.float32)
    write_soft(shown, tmp_path / "epoch-0.npz")
    read = read_soft(tmp_path / "epoch-0.npz")
    assert [(e.ids, e.targets, e.is_labelled) for e in read] == [(e.ids, e.targets, e.is_labelled) for e in shown]
    for one, other in zip(read, shown, strict=True):
        for field in ("roles", "weights", "statuses", "role_logits", "status_logits"):
            assert np.array_equal(getattr(one, field), getattr(other, field))
