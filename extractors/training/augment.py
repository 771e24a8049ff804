"""Typographic variants of training examples: headings in capitals, lost accents, curly quotes.

Training corpora are tidy; reports and web pages are not. Each variant keeps the tokens and their analyses and
changes only how they are written, one block (the stretch between line breaks) at a time.
"""

import random
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

ANALYSES = ["TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"]

Rewrite = Callable[[str], str]

CURLY = str.maketrans({"'": "’", '"': "”"})
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def strip_accents(word: str) -> str:
    """`word` without combining marks, in as many characters as before or unchanged."""
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return bare if len(bare) == len(word) else word


def capitalize(word: str) -> str:
    """The word as in a heading in title case: first letter large, the rest as it was."""
    return word[:1].upper() + word[1:] if len(word) > 3 else word


def curl_quotes(word: str) -> str:
    """Straight quotes and apostrophes turned into typographic ones."""
    return word.translate(CURLY)


def straighten_quotes(word: str) -> str:
    """Typographic quotes and dashes turned into those of a keyboard."""
    return word.translate(STRAIGHT)


def find_blocks(doc: Doc) -> list[tuple[int, int]]:
    """Half-open token ranges between tokens of white space; [] for an empty doc."""
    borders = [token.i for token in doc if token.is_space]
    starts = [0, *(border + 1 for border in borders)]
    return [(a, b) for a, b in zip(starts, [*borders, len(doc)], strict=True) if a < b]


def respell(doc: Doc, words: list[str]) -> Doc:
    """A copy of the annotated `doc` whose tokens are written as `words`."""
    copy = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
    # Sentence borders follow from the heads; a doc without a tree must not be given one.
    known = [name for name in ANALYSES if name not in {"HEAD", "DEP"} or doc.has_annotation("DEP")]
    columns: Any = list(known)
    values: Any = doc.to_array(columns)
    return copy.from_array(columns, values)


def vary(
    nlp: Language, example: Example, *, upper: float, title: float, bare: float, quotes: float
) -> Iterator[Example]:
    """Yield `example`, with some of its blocks rewritten; the chances are per block."""
    choices: list[tuple[float, Rewrite]] = [
        (upper, str.upper),
        (title, capitalize),
        (bare, strip_accents),
        (quotes / 2, curl_quotes),
        (quotes / 2, straighten_quotes),
    ]
    words = [token.text for token in example.reference]
    before = list(words)
    for start, end in find_blocks(example.reference):
        draw = random.random()  # noqa: S311 - spaCy seeds this generator for each training run
        for chance, rewrite in choices:
            if draw < chance:
                # "ß" becomes "SS": a longer word is still the same token.
                words[start:end] = [rewrite(word) for word in words[start:end]]
                break
            draw -= chance
    if words == before:
        yield example
    else:
        reference = respell(example.reference, words)
        yield Example(nlp.make_doc(reference.text), reference)


@registry.augmenters("hansa.typography.v1")  # type: ignore[untyped-decorator]
def create_typography_augmenter(
    upper: float, title: float, bare: float, quotes: float
) -> Callable[[Language, Example], Iterator[Example]]:
    """An augmenter for spaCy's corpus reader; each figure is the chance per block of one rewriting."""

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        return vary(nlp, example, upper=upper, title=title, bare=bare, quotes=quotes)

    return augment
