"""Treebank documents are read as running texts, without those of other sources."""

from pathlib import Path

import pytest

from extractors.training.measure_false_claims import read_texts
from schemas.errors import ConfigurationError

ROW = "1\t{word}\t_\tX\tX\t_\t0\troot\t_\t_"


def write_file(folder: Path, name: str, sentences: list[tuple[list[str], str]]) -> None:
    (folder / "syntax").mkdir(exist_ok=True)
    lines = []
    for comments, text in sentences:
        lines += [*(f"# {comment}" for comment in comments), f"# text = {text}", ROW.format(word=text), ""]
    (folder / "syntax" / f"{name}.conllu").write_text("\n".join(lines) + "\n")


def test_sentences_are_joined_and_paragraphs_kept_apart(tmp_path: Path) -> None:
    opening = ["newdoc id = one", "source = EWT", "meta::genre = weblog", "newpar"]
    write_file(tmp_path, "train", [(opening, "Good morning."), ([], "It rains."), (["newpar"], "Bye.")])
    write_file(tmp_path, "dev", [(["newdoc id = two", "source = GUM", "newpar"], "A bio.")])
    pud = (["newdoc id = n01", "source = PUD", "sent_id = n01001", "newpar"], "No text of ours.")
    write_file(tmp_path, "test", [pud])
    assert list(read_texts(tmp_path)) == [("one", "Good morning. It rains.\n\nBye."), ("two", "A bio.")]


def test_missing_treebank_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"train\.conllu: is missing"):
        list(read_texts(tmp_path))
