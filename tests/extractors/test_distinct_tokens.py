"""Embedding distinct tokens only gives what embedding all of them gives."""

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.training import Example

from extractors.distinct_tokens import embed_distinct, is_embedding, speed_up

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
