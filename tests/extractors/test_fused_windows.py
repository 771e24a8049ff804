"""Fused encoders give the numbers of those that they replace."""

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.ml.models.tok2vec import MaxoutWindowEncoder, MishWindowEncoder
from thinc.api import Model

from extractors.fused_windows import BLOCK, encode_fused, fuse_windows, read_layer

WIDTH = 12
CONFIG = {
    "model": {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": WIDTH,
        "depth": 3,
        "embed_size": 50,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    }
}


def build_pipeline() -> Language:
    """A pipeline with an encoder of random weights, biases, gains and shifts; the same at each call."""
    nlp = spacy.blank("en")
    encoder = nlp.add_pipe("tok2vec", config=CONFIG)
    nlp.initialize()
    rng = np.random.default_rng(0)
    for node in encoder.model.walk():
        for name in node.param_names:
            shape = node.get_param(name).shape
            node.set_param(name, rng.normal(size=shape).astype(np.float32))
    return nlp


@pytest.mark.parametrize("length", [1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5])
def test_fused_layers_agree_with_spacys(length: int) -> None:
    plain, fused = build_pipeline(), build_pipeline()
    fuse_windows(fused)
    assert any(node.name == "encode_fused" for node in fused.get_pipe("tok2vec").model.walk())
    words = [f"w{number % 37}" for number in range(length)]
    texts = [" ".join(words), "A short one.", ""]
    for one, other in zip(plain.pipe(texts), fused.pipe(texts), strict=True):
        np.testing.assert_allclose(other.tensor, one.tensor, rtol=1e-3, atol=1e-4)


def test_wider_windows_and_other_numbers_of_pieces_are_read() -> None:
    encoder = MaxoutWindowEncoder(width=4, window_size=2, maxout_pieces=2, depth=2)
    rows = [np.random.default_rng(1).normal(size=(9, 4)).astype(np.float32)]
    encoder.initialize(X=rows, Y=rows)
    clones = encoder.layers[0]
    expected = encoder.predict(rows)[0]
    fused = Model("encode_fused", encode_fused, attrs={"fused_layers": [read_layer(layer) for layer in clones.layers]})
    encoder.replace_node(clones, fused)
    np.testing.assert_allclose(encoder.predict(rows)[0], expected, rtol=1e-4, atol=1e-5)


def test_encoders_of_another_kind_are_left_alone() -> None:
    encoder = MishWindowEncoder(width=4, window_size=1, depth=2)
    assert [read_layer(layer) for layer in encoder.layers[0].layers] == [None, None]


def test_a_fused_encoder_refuses_to_train() -> None:
    fused = Model("encode_fused", encode_fused, attrs={"fused_layers": []})
    with pytest.raises(NotImplementedError, match="prediction only"):
        fused(np.zeros((1, 4), np.float32), is_train=True)
