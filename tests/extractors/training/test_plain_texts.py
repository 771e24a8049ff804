import json
from pathlib import Path

import pytest

from extractors.reading import DocumentReader
from extractors.training.plain_texts import pair_texts, read_texts
from extractors.training.relation_data import read_dump
from extractors.training.relation_dump import write_dump
from schemas.errors import ConfigurationError

TEXTS = """===
TITLE: Ports meet
DATE: 2021-05-04

Oslo has joined Eurocities.

Lyon will follow.
===
TITLE: Nothing but football

Malmö won.
"""


def test_documents_of_a_file_have_title_date_and_text(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(TEXTS, encoding="utf-8")
    first, second = read_texts(tmp_path / "news.txt")
    assert (first.name, first.title, first.published) == ("news-1", "Ports meet", "2021-05-04")
    assert first.text == "Oslo has joined Eurocities.\n\nLyon will follow.\n"
    assert (second.title, second.published) == ("Nothing but football", None)


def test_pairs_of_texts_have_no_labels(tmp_path: Path, document_reader: DocumentReader) -> None:
    (tmp_path / "news.txt").write_text(TEXTS, encoding="utf-8")
    write_dump(pair_texts([tmp_path / "news.txt"], document_reader), tmp_path / "dump.jsonl")
    lines = (tmp_path / "dump.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["document"] for line in lines] == ["news-1"]
    data = read_dump([tmp_path / "dump.jsonl"])
    assert {pair.network_id for pair in data.pairs} == {"eurocities"}
    assert all(not pair.roles and not pair.unsure for pair in data.pairs)


def test_other_lines_before_a_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text("===\nHEADLINE: x\n\ntext\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="document 1: found 'HEADLINE: x'"):
        list(read_texts(tmp_path / "news.txt"))
