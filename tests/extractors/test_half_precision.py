"""Weights survive the way through half precision."""

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.training import Example

from extractors.half_precision import convert_pipeline


@pytest.fixture
def tagger() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("tagger").add_label("NNP")  # type: ignore[attr-defined]
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc("Oslo"), {"tags": ["NNP"]})])
    return nlp


def weights(nlp: Language) -> list[np.ndarray]:
    model = nlp.get_pipe("tagger").model  # type: ignore[attr-defined]
    return [node.get_param(name) for node in model.walk() for name in node.param_names if node.has_param(name)]


def test_weights_are_narrow_on_disk_and_wide_again_after_loading(tagger: Language, tmp_path: Path) -> None:
    before = [value.copy() for value in weights(tagger)]
    convert_pipeline(tagger, "float16")
    tagger.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert {value.dtype for value in weights(again)} == {np.dtype("float16")}
    convert_pipeline(again, "float32")
    for value, old in zip(weights(again), before, strict=True):
        assert value.dtype == np.float32
        np.testing.assert_allclose(value, old, rtol=1e-3, atol=1e-6)
    assert again("Oslo")[0].tag_ == "NNP"
