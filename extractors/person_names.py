"""Names of people in a text, as the English pipeline's entity recognizer finds them."""

from functools import cached_property

from spacy.language import Language

from extractors.english import load_english
from extractors.relation_masks import Span

_NOT_NEEDED = ("tok2vec", "tagger", "morphologizer", "parser", "trainable_lemmatizer")
"""Components of the shipped pipeline that the entity recognizer works without."""


class PersonFinder:
    """Finds names of people; the recognizer is loaded when the first text comes."""

    @cached_property
    def _nlp(self) -> Language:
        return load_english(without=_NOT_NEEDED)

    def find(self, text: str) -> list[Span]:
        """Half-open offsets of names of two words and more, in order; a single word says too little by itself."""
        return [(e.start_char, e.end_char) for e in self._nlp(text).ents if e.label_ == "PERSON" and " " in e.text]
