"""Names of people in a text, as an entity recognizer finds them."""

from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc

from extractors.english import load_english
from extractors.relation_masks import Span
from schemas.errors import ConfigurationError

_NOT_NEEDED = ("tok2vec", "tagger", "morphologizer", "parser", "trainable_lemmatizer")
"""Components of the shipped pipeline that the entity recognizer works without."""


class PersonFinder:
    """Finds names of people; the shipped recognizer is loaded when the first text comes."""

    @cached_property
    def _nlp(self) -> Language:
        return load_english(without=_NOT_NEEDED)

    def find(self, text: str) -> list[Span]:
        """Half-open offsets of names of two words and more, in order; a single word says too little by itself."""
        return _list_people(self._nlp(text))


class PipelinePersonFinder:
    """Finds names of people with the recognizer of a pipeline that is loaded anyway, disabled there or not."""

    def __init__(self, nlp: Language, recognizer: str) -> None:
        """`recognizer` is the name of a component of `nlp` that finds PERSON entities and listens to no other."""
        self._nlp = nlp
        self._recognizer = recognizer

    def find(self, text: str) -> list[Span]:
        """As PersonFinder.find.

        Raises:
            ConfigurationError: the pipeline has no such component.
        """
        if self._recognizer not in self._nlp.component_names:
            raise ConfigurationError(
                f"recognizer {self._recognizer!r}: the pipeline has {', '.join(self._nlp.component_names)}; name one "
                "of them that finds PERSON entities, or null for the shipped recognizer"
            )
        doc = self._nlp.make_doc(text)
        for name in ("sentence_borders", self._recognizer):
            if name in self._nlp.component_names:
                doc = self._nlp.get_pipe(name)(doc)
        return _list_people(doc)


def _list_people(doc: Doc) -> list[Span]:
    return [(e.start_char, e.end_char) for e in doc.ents if e.label_ == "PERSON" and " " in e.text]
