"""Choosers: sums of weights under the traits of a question."""

from pathlib import Path

import pytest

from extractors import chooser
from extractors.chooser import Chooser, load_chooser
from schemas.errors import ConfigurationError


def test_option_with_the_highest_sum_is_chosen() -> None:
    choice = Chooser({"": {"near": 1.0, "far": -1.0}})
    assert choice.choose([["far"], ["near"], ["unknown"]], ("",)) == 1


def test_first_of_equal_options_is_chosen() -> None:
    assert Chooser({}).choose([["one"], ["other"]], ("",)) == 0


def test_order_of_features_tells_no_option_from_its_equal() -> None:
    choice = Chooser({"": {"a": 0.1, "b": 0.2, "c": 0.3}})
    assert choice.choose([["c", "b", "a"], ["a", "b", "c"]], ("",)) == 0


def test_trait_adds_its_own_weight_of_a_feature() -> None:
    choice = Chooser({"": {"near": 1.0}, "office": {"near": -3.0}})
    assert choice.choose([["none"], ["near"]], ("",)) == 1
    assert choice.choose([["none"], ["near"]], ("", "office")) == 0


@pytest.mark.parametrize("name", ["since", "until", "holder"])
def test_shipped_weights_load(name: str) -> None:
    assert load_chooser(name) is load_chooser(name)


@pytest.mark.parametrize("content", [None, "no JSON", '{"other": 1}'])
def test_missing_or_broken_weights_say_how_to_train_them(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chooser, "WEIGHTS_FOLDER", tmp_path)
    if content is not None:
        (tmp_path / "other.json").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="train_choosers"):
        load_chooser("other")
