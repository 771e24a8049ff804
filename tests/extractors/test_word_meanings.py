"""Words find their rows of meaning: by spelling, without case and accents, or put together from pieces."""

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.lookups import Table
from thinc.api import Model

from extractors.distinct_tokens import speed_up
from extractors.word_meanings import SCALE, TABLE, WIDTH, build_embedding, compose, find_pieces, read_meanings, simplify


def fill(value: int) -> bytes:
    """A row of one value."""
    return np.full(WIDTH, value, np.int8).tobytes()


ROWS = {"malmo": 1, "ham": 10, "##burg": 20, "##b": 90, "##ur": 90, "mayor": -5}


@pytest.fixture
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.vocab.lookups.add_table(TABLE, {word: fill(value) for word, value in ROWS.items()})
    return nlp


@pytest.fixture
def table(nlp: Language) -> Table:
    return nlp.vocab.lookups.get_table(TABLE)


@pytest.mark.parametrize(("word", "expected"), [("Malmö", "malmo"), ("ŁÓDŹ", "łodz"), ("", "")])
def test_case_and_accents_do_not_matter(word: str, expected: str) -> None:
    assert simplify(word) == expected


def test_longest_pieces_are_taken_from_left_to_right(table: Table) -> None:
    assert find_pieces("hamburg", table) == [fill(10), fill(20)]
    assert find_pieces("hambur", table) == [fill(10), fill(90), fill(90)]


@pytest.mark.parametrize("word", ["hamster", "zzz", "x" * 100, ""])
def test_words_that_no_pieces_spell_mean_nothing(table: Table, word: str) -> None:
    assert compose(word, table) == bytes(WIDTH)


def test_a_word_of_pieces_is_their_mean(table: Table) -> None:
    assert compose("Hamburg", table) == fill(15)


def test_each_token_has_a_row(nlp: Language) -> None:
    docs = [nlp.make_doc("MAYOR of Malmö, Hamburg"), nlp.make_doc("")]
    found, _ = read_meanings(Model("word_meanings", read_meanings), docs, is_train=False)
    assert [rows.shape for rows in found] == [(5, WIDTH), (0, WIDTH)]
    assert found[0].dtype == np.float32
    assert (found[0][:, 0] * SCALE).tolist() == [-5, 0, 1, 0, 15]


def test_meanings_change_what_a_word_is_embedded_as(nlp: Language) -> None:
    nlp.vocab.vectors.resize((1, 4))
    model = build_embedding(width=8, attrs=["NORM", "SHAPE"], rows=[20, 20])
    docs = [nlp.make_doc("the mayor spoke")]
    model.initialize(X=docs)
    before = model.predict(docs)[0]
    assert before.shape == (3, 8)
    nlp.vocab.lookups.get_table(TABLE)["mayor"] = fill(60)
    after = model.predict(docs)[0]
    assert np.array_equal(before[[0, 2]], after[[0, 2]])
    assert not np.allclose(before[1], after[1])


def test_distinct_tokens_are_embedded_alike(nlp: Language) -> None:
    nlp.vocab.vectors.resize((1, 4))
    embed = {"@architectures": "hansa.MeaningHashEmbed.v1", "width": 8, "attrs": ["NORM", "SHAPE"], "rows": [20, 20]}
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 8,
        "depth": 1,
        "window_size": 1,
        "maxout_pieces": 2,
    }
    model = {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}
    nlp.add_pipe("tok2vec", config={"model": model})
    nlp.initialize()
    texts = ["The mayor of Hamburg met the mayor of Malmö.", "", "Malmö"]
    before = [nlp(text).tensor for text in texts]
    speed_up(nlp)
    for expected, doc in zip(before, nlp.pipe(texts), strict=True):
        np.testing.assert_allclose(doc.tensor, expected, rtol=1e-5, atol=1e-6)
