"""Layout decides where sentences must begin, on docs without any model."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from extractors.sentence_borders import make_doc, set_borders

NLP = spacy.blank("en")


def starts(doc: Doc) -> list[str]:
    """The tokens that were told to begin a sentence."""
    return [token.text for token in doc if token.is_sent_start]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Members\nOslo", ["Members", "Oslo"]),
        ("Members\n\nof the network", ["Members", "of"]),
        ("The network welcomed\nthree cities", ["The"]),
        ("It met.\nthen it rose", ["It", "then"]),
        ("Oslo  \n   Turin\n\n\n Graz", ["Oslo", "Turin", "Graz"]),
        ("\n\nOslo", ["\n\n"]),
    ],
)
def test_line_breaks_of_bare_text(text: str, expected: list[str]) -> None:
    assert starts(set_borders(NLP.make_doc(text))) == expected


def test_known_blocks_replace_line_breaks() -> None:
    text = "Oslo and\nTurin met.\nGraz"
    doc = set_borders(make_doc(NLP, text, [0, text.index("Graz")]))
    assert starts(doc) == ["Oslo", "Graz"]


def test_block_that_starts_at_white_space_begins_with_its_first_word() -> None:
    doc = set_borders(make_doc(NLP, "Oslo\n Turin", [0, 4]))
    assert starts(doc) == ["Oslo", "Turin"]


def test_several_blocks_without_words_begin_one_sentence() -> None:
    doc = set_borders(make_doc(NLP, "Oslo    Turin", [0, 5, 6, 8]))
    assert starts(doc) == ["Oslo", "Turin"]


@given(st.text(alphabet="aB.\n -", max_size=40), st.lists(st.integers(0, 40), max_size=5))
def test_white_space_never_begins_a_sentence_but_at_the_front(text: str, offsets: list[int]) -> None:
    doc = set_borders(make_doc(NLP, text, sorted(offsets)))
    assert all(not token.is_sent_start for token in doc if token.is_space and token.i)
    assert doc.text == text
