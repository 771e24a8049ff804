"""Sentence borders that the layout dictates, set before the parser chooses the others.

A heading, a list item and a table row end a sentence even without a full stop. Where the blocks of a document are
known they decide; in bare text line breaks do.
"""

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc, Token

BLOCK_STARTS = "block_starts"
"""Extension of `Doc`: ascending offsets of characters at which a sentence must begin; empty: unknown."""

if not Doc.has_extension(BLOCK_STARTS):
    Doc.set_extension(BLOCK_STARTS, default=())


def make_doc(nlp: Language, text: str, block_starts: Sequence[int] = ()) -> Doc:
    """The tokens of `text`, to be handed to `nlp`, with the offsets at which blocks begin (and gaps between them)."""
    doc = nlp.make_doc(text)
    doc._.set(BLOCK_STARTS, tuple(block_starts))
    return doc


def is_wrapped(before: Token | None, after: Token) -> bool:
    """Whether a single line break stands inside a sentence: nothing ended before it, and a small letter follows."""
    return before is not None and before.text[-1] not in ".!?:;" and after.text[:1].islower()


def find_line_starts(doc: Doc) -> dict[int, bool]:
    """Indices of tokens that follow a line break; False where the line was only wrapped."""
    starts: dict[int, bool] = {}
    breaks, before = 0, None
    for token in doc:
        if token.is_space:
            breaks += token.text.count("\n")
            continue
        if breaks and before is not None:
            starts[token.i] = breaks > 1 or not is_wrapped(before, token)
        breaks, before = 0, token
    return starts


def find_block_starts(doc: Doc, offsets: Sequence[int]) -> dict[int, bool]:
    """Indices of the first word at or after each offset; every other line break lies inside a block."""
    starts = dict.fromkeys((index for index, is_start in find_line_starts(doc).items() if not is_start), False)
    waiting = list(reversed(offsets))
    for token in doc:
        if token.is_space:
            continue
        if waiting and token.idx + len(token) > waiting[-1]:
            while waiting and token.idx + len(token) > waiting[-1]:
                waiting.pop()
            starts[token.i] = True
    return starts


@Language.component("sentence_borders", assigns=["token.is_sent_start"])
def set_borders(doc: Doc) -> Doc:
    """Mark where a sentence must begin and where a wrapped line must not begin one; the parser decides the rest."""
    offsets = doc._.get(BLOCK_STARTS)
    starts = find_block_starts(doc, offsets) if offsets else find_line_starts(doc)
    for index, is_start in starts.items():
        doc[index].is_sent_start = is_start
    for token in doc:
        # White space closes the sentence before it; one that opened a sentence would own no word.
        if token.is_space and token.i:
            token.is_sent_start = False
    return doc
