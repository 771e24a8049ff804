"""Packaging is repeatable, whole, and keeps the card."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from extractors.english import PIPELINE, load_english, read_digests, verify_english
from extractors.training.package import find_strings, write_pipeline

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def narrow() -> Language:
    """The shipped pipeline as it is on disk, in half precision and fit to be saved."""
    return spacy.load(PIPELINE)


def test_packaging_what_was_packaged_gives_the_same_files(narrow: Language, tmp_path: Path) -> None:
    out = tmp_path / "pipeline"
    write_pipeline(narrow, out)
    verify_english(out)
    before, after = read_digests(PIPELINE), read_digests(out)
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} <= {"meta.json"}
    assert load_english(str(out))("Oslo joined.")[1].lemma_ == "join"
    assert [path.name for path in tmp_path.iterdir()] == ["pipeline"]


def test_card_and_figures_of_the_pipeline_that_is_replaced_are_kept(narrow: Language, tmp_path: Path) -> None:
    out = tmp_path / "pipeline"
    out.mkdir()
    (out / "README.md").write_text("card", encoding="utf-8")
    (out / "meta.json").write_text('{"performance": {"las": 0.5}}', encoding="utf-8")
    (out / "stale").write_text("", encoding="utf-8")
    write_pipeline(narrow, out)
    assert (out / "README.md").read_text(encoding="utf-8") == "card"
    assert json.loads((out / "meta.json").read_text(encoding="utf-8"))["performance"] == {"las": 0.5}
    assert not (out / "stale").exists()


def test_strings_are_those_of_labels_and_lemmas_and_not_of_texts(narrow: Language) -> None:
    narrow.vocab.strings.add("Xylophonia")
    strings = find_strings(narrow)
    assert {"nsubj:pass", "PERSON", "NNP", "Number=Sing", "Sing"} <= strings
    assert "Xylophonia" not in strings
