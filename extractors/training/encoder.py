"""The entity recognizer's encoder begins as a copy of the one trained on syntax, which knows names from words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import registry


def copy_encoder(nlp: Language, source: Path) -> None:
    """Overwrite the weights of the recognizer's encoder by those of the `tok2vec` of the pipeline at `source`."""
    donor = spacy.load(source, exclude=["tagger", "morphologizer", "parser", "trainable_lemmatizer"])
    recognizer: Any = nlp.get_pipe("ner")
    tok2vec: Any = donor.get_pipe("tok2vec")
    recognizer.model.get_ref("tok2vec").layers[0].from_bytes(tok2vec.model.to_bytes())


@registry.callbacks("hansa.copy_encoder.v1")  # type: ignore[untyped-decorator]
def create_copier(source: str | None) -> Callable[[Language], Language]:
    """A callback for `[initialize.after_init]`; without a source the encoder keeps its random weights."""

    def copy(nlp: Language) -> Language:
        if source is not None:
            copy_encoder(nlp, Path(source))
        return nlp

    return copy
