"""The balance of the recognizer is the one that scores best on dev, and goes into its output layer alone."""

from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language

from extractors.english import PIPELINE
from extractors.half_precision import convert_pipeline
from extractors.training import balance_names as module
from extractors.training.balance_names import Balance, balance_names, choose_balance, find_weakest
from extractors.training.name_texts import NameText


def test_weakest_label_is_no_total() -> None:
    assert find_weakest({"f1": 0.1, "precision": 0.1, "recall": 0.1, "ORG": 0.6, "LOC": 0.8}) == "ORG"


def test_balance_that_scores_best_is_chosen() -> None:
    def score(balance: Balance) -> dict[str, float]:
        return {"f1": 0.8 - abs(balance.no_name - 0.35), "ORG": 0.6 - abs(balance.weakest + 0.2), "LOC": 0.9}

    assert choose_balance(score) == Balance(0.35, -0.2, "ORG")


def test_of_equals_the_one_that_changes_least_is_chosen() -> None:
    assert choose_balance(lambda _: {"f1": 0.8, "ORG": 0.6}) == Balance(0.0, 0.0, "ORG")


def test_constants_go_to_no_name_and_to_the_beginnings_of_the_label() -> None:
    actions = ["B-ORG", "I-ORG", "L-ORG", "U-ORG", "B-LOC", "O"]
    assert Balance(0.3, -0.2, "ORG").by_action(actions) == [-0.2, 0.0, 0.0, -0.2, 0.0, 0.3]


@pytest.fixture
def wide() -> Language:
    nlp = spacy.load(PIPELINE)
    convert_pipeline(nlp, "float32")
    return nlp


@pytest.mark.model
def test_pipeline_is_changed_in_the_biases_of_its_output_only(wide: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "NO_NAME_STEPS", (50.0,))
    monkeypatch.setattr(module, "WEAKEST_STEPS", (0.0,))
    recognizer: Any = wide.get_pipe("ner")
    before = recognizer.model.get_ref("upper").get_param("b").copy()
    text = NameText("own", "own-1", "Oslo joined Eurocities.", [(0, 4, "LOC")], [], frozenset({"LOC", "ORG"}))
    balance = balance_names(wide, [text])
    gained = recognizer.model.get_ref("upper").get_param("b") - before
    assert balance.no_name == 50.0
    assert np.count_nonzero(gained) == 1
    assert [entity.text for entity in wide("Oslo joined Eurocities.").ents] == []
