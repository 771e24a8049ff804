"""Weights in half precision on disk, in single precision at work.

Sixteen bits per weight halve what the repository and the wheel carry, at no cost in accuracy (the published scores
are those of the widened weights). spaCy computes in 32 bits, so they are widened once, right after loading.
"""

from typing import Any, Literal

import numpy as np
from spacy.language import Language
from thinc.api import Model

Precision = Literal["float16", "float32"]


def convert_weights(model: Model[Any, Any], dtype: Precision) -> None:
    """Give every weight of `model` that is a float the type `dtype`, in place."""
    for node in model.walk():
        for name in node.param_names:
            if node.has_param(name):
                value: Any = node.get_param(name)
                if np.issubdtype(value.dtype, np.floating) and value.dtype != dtype:
                    node.set_param(name, value.astype(dtype))


def convert_pipeline(nlp: Language, dtype: Precision) -> None:
    """Give all weights and vectors of the pipeline the type `dtype`, in place."""
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model):
            convert_weights(model, dtype)
    vectors: Any = nlp.vocab.vectors
    if vectors.data.dtype != dtype:
        vectors.data = vectors.data.astype(dtype)
