"""The extractor's figures on our own gold documents may not fall."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from pin_floors import FLOORS, digest_gold, find_falls, measure


def test_gold_documents_are_those_that_the_floors_were_pinned_on() -> None:
    assert json.loads(FLOORS.read_text(encoding="utf-8"))["digest"] == digest_gold()


def test_figures_on_gold_do_not_fall() -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["floors"]
    assert find_falls(measure(), floors) == []


def test_a_fall_is_told() -> None:
    assert find_falls({"triple_f1": 0.4}, {"triple_f1": 0.5}) == ["triple_f1: found 0.4, expected at least 0.5"]
