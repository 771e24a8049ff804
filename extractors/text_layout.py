"""The layout of a document as claims are read in it: its blocks, what stands over each, and its passages."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.structure import Governing, govern, segment_text, split_sentences
from schemas.document import Block, Document
from schemas.vocabulary import BlockKind

_WHOLE = {BlockKind.HEADING, BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW}


@dataclass(frozen=True, slots=True)
class Passage:
    """What may serve as evidence: a sentence, a list item's sentence, a table row or a heading."""

    start: int
    """Half-open offsets in the text."""
    end: int
    block: int
    """Index of its block."""


@dataclass(frozen=True, slots=True)
class TextLayout:
    """Blocks, what governs each of them, and passages, in the order of the text."""

    blocks: tuple[Block, ...]
    governing: tuple[Governing, ...]
    passages: tuple[Passage, ...]


def lay_out(document: Document) -> TextLayout:
    """The layout of a document; a text without blocks is segmented, an empty one gives empty sequences."""
    blocks = document.blocks or tuple(segment_text(document.text))
    governing = tuple(govern(document.text, blocks))
    return TextLayout(blocks, governing, tuple(_cut_passages(document.text, blocks)))


def _cut_passages(text: str, blocks: Sequence[Block]) -> list[Passage]:
    passages = []
    for index, block in enumerate(blocks):
        if block.kind in _WHOLE:
            passages.append(Passage(block.start, block.end, index))
        else:
            passages += [Passage(a, b, index) for a, b in split_sentences(text, block.start, block.end)]
    return passages
