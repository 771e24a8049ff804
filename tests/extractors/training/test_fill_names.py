"""What a large recognizer reads becomes annotation where a source is silent, and nowhere else."""

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import BertPreTokenizer

from extractors.training.fill_names import fill_text, fill_texts
from extractors.training.name_stretches import (
    MOST_WORDS,
    TAGS,
    Shares,
    batch_stretches,
    classify_case,
    cut_texts,
    cut_words,
    decode,
)
from extractors.training.name_texts import NameText, read_names, write_names


def tag(*written: str, sure: float = 0.9) -> Shares:
    """The shares of words that are tagged so; the rest is spread over the other tags."""
    shares = np.full((len(written), len(TAGS)), (1 - sure) / (len(TAGS) - 1), dtype=np.float32)
    for row, name in enumerate(written):
        shares[row, TAGS.index(name)] = sure
    return shares


@pytest.fixture
def tokenizer() -> Tokenizer:
    pieces = ["[UNK]", "os", "##lo", "met", "bank", "of", "ada"]
    tokenizer = Tokenizer(WordPiece({piece: n for n, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


def silent(text: str, entities: list[tuple[int, int, str]], unknown: list[tuple[int, int]]) -> NameText:
    return NameText("FewRel", "d", text, entities, unknown, frozenset({"PERSON", "LOC"}))


@pytest.mark.parametrize(
    ("word", "case"), [("oslo", 1), ("Oslo", 2), ("OSLO", 3), ("O", 2), ("McRae", 4), ("A4", 5), ("-", 6)]
)
def test_the_way_a_word_is_written(word: str, case: int) -> None:
    assert classify_case(word) == case


def test_long_texts_are_cut_at_line_breaks_and_no_word_is_lost() -> None:
    text = "one two three\n" * 100
    parts = list(cut_words(text))
    assert all(len(part) <= MOST_WORDS and text[part[0][0] :].startswith("one") for part in parts)
    assert sum(map(len, parts)) == 300


def test_tags_are_ruled_out_by_annotation_and_allowed_where_it_is_silent(tokenizer: Tokenizer) -> None:
    [stretch] = cut_texts([silent("oslo met Ada", [(0, 4, "LOC")], [(9, 12)])], tokenizer)
    assert stretch.first == [0, 2, 3]
    allowed = [{name for name, fits in zip(TAGS, row, strict=True) if fits} for row in stretch.allowed]
    assert allowed[0] == {"B-LOC"}
    assert allowed[1] == {"O", "B-ORG", "I-ORG", "B-DATE", "I-DATE", "B-EVENT", "I-EVENT"}
    assert allowed[2] == set(TAGS)


def test_names_end_where_another_begins_or_the_label_changes() -> None:
    found = decode(tag("B-LOC", "I-LOC", "B-LOC", "O", "I-ORG", "I-PERSON"))
    assert [entity[:3] for entity in found] == [(0, 2, "LOC"), (2, 3, "LOC"), (4, 5, "ORG"), (5, 6, "PERSON")]


def test_sure_names_are_filled_in_and_run_over_small_words(tokenizer: Tokenizer) -> None:
    text = silent("Bank of Oslo met Ada", [(17, 20, "PERSON")], [(0, 4), (8, 12)])
    [stretch] = cut_texts([text], tokenizer)
    filled = fill_text(text, [(stretch, tag("B-ORG", "I-ORG", "I-ORG", "O", "B-LOC"))])
    assert filled.entities == [(0, 12, "ORG"), (17, 20, "PERSON")]
    assert filled.unknown == []


def test_unsure_names_stay_unknown_with_the_small_words_in_them(tokenizer: Tokenizer) -> None:
    text = silent("Bank of Oslo met Ada", [], [(0, 4), (8, 12), (17, 20)])
    [stretch] = cut_texts([text], tokenizer)
    shares = np.concatenate([tag("B-ORG", "I-ORG", "I-ORG", sure=0.5), tag("O"), tag("O", sure=0.7)])
    filled = fill_text(text, [(stretch, shares)])
    assert filled.entities == []
    assert filled.unknown == [(0, 4), (5, 7), (8, 12), (17, 20)]


def test_texts_are_filled_in_in_their_order(tokenizer: Tokenizer) -> None:
    texts = [silent("Oslo", [], [(0, 4)]), silent("", [], []), silent("Ada", [], [(0, 3)])]
    stretches = cut_texts(texts, tokenizer)
    filled = list(fill_texts(texts, stretches, [tag("B-LOC"), tag("O")]))
    assert [(text.text, text.entities, text.unknown) for text in filled] == [
        ("Oslo", [(0, 4, "LOC")], []),
        ("", [], []),
        ("Ada", [], []),
    ]


def test_batches_hold_every_stretch_once_and_no_more_pieces_than_asked(tokenizer: Tokenizer) -> None:
    stretches = cut_texts([silent("oslo " * count, [], []) for count in (1, 9, 2, 8)], tokenizer)
    batches = list(batch_stretches(stretches, 20, None))
    assert sorted(number for batch in batches for number, _ in batch) == [0, 1, 2, 3]
    assert all(len(batch) * max(len(stretch.pieces) for _, stretch in batch) <= 20 for batch in batches)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    texts = [silent("Oslo met Ada", [(0, 4, "LOC")], [(9, 12)])]
    write_names(texts, tmp_path / "names.jsonl")
    assert list(read_names(tmp_path / "names.jsonl")) == texts
