"""The layers of a loaded spaCy pipeline."""

from collections.abc import Iterator
from typing import Any

from spacy.language import Language
from thinc.api import Model


def walk_layers(nlp: Language) -> Iterator[tuple[Model[Any, Any], Model[Any, Any]]]:
    """Each component's model with each of its layers, itself included; layers may be replaced on the way."""
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model):
            for layer in list(model.walk()):
                yield model, layer
