"""Drawn sentences are well-formed trees, the same for the same seed."""

import random

import pytest
import spacy

from extractors.training.corpora import build_doc
from extractors.training.domain_trees import draw_sentences

NLP = spacy.blank("en")


@pytest.mark.parametrize("seed", [0, 1])
def test_every_sentence_is_one_tree_whose_tokens_are_the_tokenizers(seed: int) -> None:
    for sentence in draw_sentences(100, seed=seed):
        doc = build_doc([sentence], NLP.vocab, random.Random(0))
        assert [token.text for token in NLP.make_doc(doc.text)] == [token.text for token in doc]
        assert len(list(doc.sents)) == 1
        [root] = [token for token in doc if token.dep_ == "ROOT"]
        assert root.pos_ == "VERB"
        assert len(list(root.subtree)) == len(doc)


def test_chairs_is_a_verb_with_subject_and_object_or_a_noun() -> None:
    kinds = set()
    for sentence in draw_sentences(100, seed=0):
        doc = build_doc([sentence], NLP.vocab, random.Random(0))
        for token in doc:
            if token.text == "chairs":
                kinds.add(token.tag_)
                relations = {child.dep_ for child in token.children}
                assert relations >= ({"nsubj", "obj"} if token.tag_ == "VBZ" else {"det", "nmod"})
    assert kinds == {"VBZ", "NNS"}


def test_the_same_seed_draws_the_same() -> None:
    assert list(draw_sentences(20, seed=3)) == list(draw_sentences(20, seed=3))
    assert list(draw_sentences(20, seed=3)) != list(draw_sentences(20, seed=4))
