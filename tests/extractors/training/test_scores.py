"""Scores count what the sources annotate, and a perfect pipeline is scored perfect."""

import pytest
import spacy
from spacy.language import Language

from extractors.training.name_texts import NameText
from extractors.training.scores import Counts, count_names, score_names


@pytest.fixture
def ruler() -> Language:
    """A pipeline whose `ner` knows three names by heart."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler", name="ner").add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "LOC", "pattern": "Oslo"},
            {"label": "ORG", "pattern": "UCLG"},
            {"label": "DATE", "pattern": "Monday"},
        ]
    )
    return nlp


def text(labels: set[str], entities: list[tuple[int, int, str]], unknown: list[tuple[int, int]]) -> NameText:
    return NameText("S", "d", "Oslo joined UCLG on Monday.", entities, unknown, frozenset(labels))


def test_labels_that_a_source_does_not_annotate_are_not_scored(ruler: Language) -> None:
    counts = count_names(ruler, [text({"LOC"}, [(0, 4, "LOC")], [])])["S"]
    assert counts == {"LOC": Counts(hits=1)}


def test_predictions_on_unknown_stretches_are_not_scored(ruler: Language) -> None:
    counts = count_names(ruler, [text({"LOC", "ORG"}, [(0, 4, "LOC")], [(12, 16)])])["S"]
    assert "ORG" not in counts


def test_wrong_label_counts_as_extra_and_missed(ruler: Language) -> None:
    scores, by_source = score_names(ruler, [text({"LOC", "ORG", "DATE"}, [(0, 4, "ORG"), (12, 16, "ORG")], [])])
    assert scores["precision"] == pytest.approx(1 / 3)
    assert scores["recall"] == pytest.approx(1 / 2)
    assert scores["f1"] == pytest.approx(2 / 5)
    assert by_source["S"] == scores
    assert scores["ORG"] == pytest.approx(2 / 3)
    assert scores["LOC"] == 0


def test_nothing_annotated_and_nothing_found_scores_zero() -> None:
    scores, _ = score_names(spacy.blank("en"), [text({"LOC"}, [], [])])
    assert scores == {"f1": 0.0, "precision": 0.0, "recall": 0.0}
