"""`hansa extract --explain` and `hansa evaluate --errors`: for reading, and as JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.model
TEXT = "Oslo joined Eurocities in 1991. Porto hosted the Eurocities annual conference in 2018."
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Two documents: of one the claim is right; the other wants a claim of a city that it does not name."""
    claim = {
        "city": {"name": "Oslo", "country": "NO", "geonameid": 3143244},
        "network": {"name": "Eurocities", "acronym": None},
        "role": "member", "status": "current", "since": None, "until": None, "body": None, "holder": None,
        "evidence": "Oslo joined Eurocities in 1991.",
    }  # fmt: skip
    for name, text in (("right", claim["evidence"]), ("lacking", "The Tiger City joined Eurocities in 1991.")):
        record = {"id": name, "kind": "news", "claims": [claim | {"evidence": text}]}
        (tmp_path / f"{name}.json").write_text(json.dumps(record))
        (tmp_path / f"{name}.txt").write_text(str(text))
    return tmp_path


def test_explanation_names_words_reading_and_window_of_each_claim(hansa: Call, page: Path) -> None:
    code, out, _ = hansa("extract", page, "--explain")
    assert code == 0
    assert "+ Oslo, NO: member of Eurocities, current" in out
    for told in ("“Oslo” (0–4) by name → gn:3143244", "named in the same clause", ">>[CITY]", "1991 from"):
        assert told in out


def test_explanation_as_json_holds_the_claims_that_extract_prints(hansa: Call, page: Path) -> None:
    printed = [json.loads(line) for line in hansa("extract", page)[1].splitlines()]
    told = [json.loads(line) for line in hansa("extract", page, "--explain", "--json")[1].splitlines()]
    assert printed
    assert [one["claim"] for one in told if one["fate"] == "claimed"] == printed
    for one in told:
        assert (one["claim"] is None) == (one["fate"] != "claimed")
        assert TEXT[one["city"]["words"]["start"] : one["city"]["words"]["end"]] == one["city"]["words"]["text"]


def test_document_that_is_not_read_says_why(hansa: Call, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("The mayor opened a bridge over the river on Monday.")
    assert "not read: nothing in it suggests a city network" in hansa("extract", tmp_path / "page.txt", "--explain")[1]
    code, out, err = hansa("extract", tmp_path / "page.txt", "--explain", "--json")
    assert (code, out) == (0, "")
    assert "nothing in it suggests a city network" in err


def test_errors_are_told_by_cause_with_examples(hansa: Call, gold: Path) -> None:
    code, out, _ = hansa("evaluate", gold, "--errors")
    assert code == 0
    assert "2 documents with claims: mean F1 of triples 0.500, median 0.500; 1 at 0.8 or more, 1 below 0.3" in out
    assert "Missed claims by cause" in out
    assert "missed: the city was not found" in out
    assert "lacking  Oslo: member of Eurocities, current" in out
    assert "missed: the city was not found" not in hansa("evaluate", gold, "--errors", "--examples", 0)[1]


def test_errors_are_in_the_json_only_where_asked_for(hansa: Call, gold: Path) -> None:
    assert "errors" not in json.loads(hansa("evaluate", gold, "--json")[1])
    told = json.loads(hansa("evaluate", gold, "--json", "--errors")[1])["errors"]
    assert [(one["kind"], one["cause"], one["count"], one["share"]) for one in told] == [
        ("missed", "city_not_found", 1, 1.0)
    ]
    assert told[0]["examples"][0]["document"] == "lacking"
