"""Embedding distinct tokens only gives what embedding all of them gives."""

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.training import Example

from extractors.distinct_tokens import RowMemory, embed_distinct, is_embedding, speed_up

TEXTS = ["Oslo joined; Oslo's mayor didn't.", "", "The mayor of Oslo joined the mayor of Turku."]


@pytest.fixture
def tagger() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("tagger").add_label("NN")  # type: ignore[attr-defined]
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc("Oslo"), {"tags": ["NN"]})])
    return nlp


def test_vectors_of_tokens_are_the_same(tagger: Language) -> None:
    model = tagger.get_pipe("tagger").model.get_ref("tok2vec")  # type: ignore[attr-defined]
    docs = [tagger.make_doc(text) for text in TEXTS]
    before = model.predict(docs)
    speed_up(tagger)
    assert [node.name for node in model.walk()].count("embed_distinct") == 1
    for old, new in zip(before, model.predict(docs), strict=True):
        np.testing.assert_allclose(new, old, rtol=1e-4, atol=1e-5)


def test_docs_without_tokens_are_embedded(tagger: Language) -> None:
    speed_up(tagger)
    model = tagger.get_pipe("tagger").model.get_ref("tok2vec")  # type: ignore[attr-defined]
    [row] = model.predict([tagger.make_doc("")])
    assert row.shape[0] == 0


def test_an_embedding_is_told_from_the_encoder_above_it(tagger: Language) -> None:
    model = tagger.get_pipe("tagger").model.get_ref("tok2vec")  # type: ignore[attr-defined]
    assert not is_embedding(model)
    assert is_embedding(model.layers[0])


def test_training_through_it_is_refused(tagger: Language) -> None:
    speed_up(tagger)
    model = tagger.get_pipe("tagger").model.get_ref("tok2vec").layers[0]  # type: ignore[attr-defined]
    with pytest.raises(NotImplementedError, match="prediction only"):
        embed_distinct(model, [tagger.make_doc("Oslo")], is_train=True)


def test_rows_are_computed_once_and_forgotten_when_there_are_too_many() -> None:
    memory, asked = RowMemory(capacity=5), []

    def fetch(*keys: int) -> list[float]:
        wanted = np.array(keys, np.uint64)

        def compute(missing: np.ndarray) -> np.ndarray:
            asked.append(wanted[missing].tolist())
            return wanted[missing].astype(np.float32)[:, None] * 2

        return memory.fetch(wanted, compute)[:, 0].tolist()

    assert fetch(5, 3) == [10, 6]
    assert fetch(3, 7, 5) == [6, 14, 10]
    assert asked == [[5, 3], [7]]
    assert fetch(8, 9, 1) == [16, 18, 2]  # six tokens are one too many
    assert fetch(5) == [10]
    assert asked[2:] == [[8, 9, 1], [5]]
    assert fetch(1, 2, 3, 4, 5, 6) == [2, 4, 6, 8, 10, 12]
    assert memory.fetch(np.array([], np.uint64), lambda missing: np.empty((0, 1), np.float32)).size == 0


def test_later_batches_are_embedded_as_if_they_came_first(tagger: Language) -> None:
    model = tagger.get_pipe("tagger").model.get_ref("tok2vec")  # type: ignore[attr-defined]
    expected = model.predict([tagger.make_doc(TEXTS[2])])[0]
    speed_up(tagger)
    model.predict([tagger.make_doc(TEXTS[0])])
    np.testing.assert_allclose(model.predict([tagger.make_doc(TEXTS[2])])[0], expected, rtol=1e-4, atol=1e-5)
