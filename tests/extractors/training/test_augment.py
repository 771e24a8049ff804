"""Variants change how words are written, never what they are."""

import random

import pytest
import spacy
from spacy.tokens import Doc, Span
from spacy.training import Example

from extractors.training.augment import capitalize, find_blocks, respell, strip_accents, vary

NLP = spacy.blank("en")


@pytest.fixture
def doc() -> Doc:
    doc = Doc(
        NLP.vocab,
        words=["New", "members", "\n\n", "Málaga", "joined", "."],
        spaces=[True, False, False, True, False, False],
        tags=["JJ", "NNS", "_SP", "NNP", "VBD", "."],
        heads=[1, 1, 1, 4, 4, 4],
        deps=["amod", "ROOT", "dep", "nsubj", "ROOT", "punct"],
        lemmas=["new", "member", "\n\n", "Málaga", "join", "."],
    )
    doc.set_ents([Span(doc, 3, 4, label="LOC")], missing=[doc[0:1]], default="outside")
    return doc


def analyses(doc: Doc) -> list[tuple[object, ...]]:
    return [(t.tag_, t.head.i, t.dep_, t.lemma_, t.ent_iob, t.ent_type_, t.is_sent_start) for t in doc]


def test_blocks_lie_between_white_space(doc: Doc) -> None:
    assert find_blocks(doc) == [(0, 2), (3, 6)]


def test_respelling_keeps_every_analysis_and_missing_entities(doc: Doc) -> None:
    copy = respell(doc, [token.text.upper() for token in doc])
    assert copy.text == "NEW MEMBERS\n\nMÁLAGA JOINED."
    assert analyses(copy) == analyses(doc)


def test_respelling_a_doc_without_a_tree_gives_it_none() -> None:
    bare = Doc(NLP.vocab, words=["Oslo", "joined"])
    assert not respell(bare, ["OSLO", "JOINED"]).has_annotation("DEP")


def test_certain_capitals_reach_every_block(doc: Doc) -> None:
    [varied] = vary(NLP, Example(NLP.make_doc(doc.text), doc), upper=1, title=0, bare=0, quotes=0)
    assert varied.text == "NEW MEMBERS\n\nMÁLAGA JOINED."
    assert analyses(varied.reference) == analyses(doc)


def test_without_chances_the_example_itself_comes_back(doc: Doc) -> None:
    example = Example(NLP.make_doc(doc.text), doc)
    assert list(vary(NLP, example, upper=0, title=0, bare=0, quotes=0)) == [example]


def test_each_block_is_drawn_for_alone(doc: Doc) -> None:
    random.seed(0)
    texts = set()
    for _ in range(40):
        [varied] = vary(NLP, Example(NLP.make_doc(doc.text), doc), upper=0.5, title=0, bare=0, quotes=0)
        texts.add(varied.text)
    assert len(texts) == 4


@pytest.mark.parametrize(("word", "bare"), [("Málaga", "Malaga"), ("Łódź", "Łodz"), ("plain", "plain")])
def test_strip_accents(word: str, bare: str) -> None:
    assert strip_accents(word) == bare


@pytest.mark.parametrize(("word", "title"), [("network", "Network"), ("of", "of"), ("UCLG", "UCLG")])
def test_capitalize_leaves_small_words(word: str, title: str) -> None:
    assert capitalize(word) == title
