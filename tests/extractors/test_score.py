import json
from pathlib import Path

import pytest

from extractors.catalogue import Catalogue
from extractors.score import load_gold, score_claims, score_folder
from schemas.claim import Claim, ClaimCity, ClaimNetwork, Evidence
from schemas.errors import ConfigurationError
from schemas.vocabulary import Role, Status

TEXT = "Nantes chairs Eurocities. Leipzig is a member of it."
GOLD = {
    "id": "one",
    "title": None,
    "kind": "news",
    "publisher": None,
    "published": "2021",
    "claims": [
        {
            "city": {"name": "Nantes", "country": "FR", "geonameid": 2990969},
            "network": {"name": "EUROCITIES", "acronym": None},
            "role": "chair",
            "status": "current",
            "since": "2021-05",
            "until": None,
            "body": None,
            "holder": "Johanna Rolland",
            "evidence": "Nantes chairs Eurocities.",
        }
    ],
}


def make_claim(city: str, geonameid: int, role: Role, status: Status = Status.CURRENT) -> Claim:
    start = TEXT.index(city)
    end = TEXT.index(".", start) + 1
    return Claim(
        document="one",
        city=ClaimCity(name=city, country="FR", geonameid=geonameid, mention=city),
        network=ClaimNetwork(id="eurocities", name="Eurocities", mention="Eurocities"),
        role=role,
        status=status,
        since="2021",
        holder="Ms Rolland",
        evidence=Evidence(text=TEXT[start:end], start=start, end=end),
        confidence=1.0,
        found_by="test/1",
    )


@pytest.fixture
def gold_folder(tmp_path: Path) -> Path:
    (tmp_path / "one.json").write_text(json.dumps(GOLD), encoding="utf-8")
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_right_claim_is_right_with_its_date_and_holder(gold_folder: Path, catalogue: Catalogue) -> None:
    score = score_folder(gold_folder, lambda _: [make_claim("Nantes", 2990969, Role.CHAIR)], catalogue)
    assert (score.triple.f1, score.pair.f1, score.dates.recall, score.holders.recall) == (1.0, 1.0, 1.0, 1.0)
    assert score.errors == ()


def test_wrong_status_is_missed_and_false_but_its_pair_is_right(gold_folder: Path, catalogue: Catalogue) -> None:
    claim = make_claim("Nantes", 2990969, Role.CHAIR, Status.ENDED)
    score = score_claims(load_gold(gold_folder), {"one": [claim]}, catalogue)
    assert (score.triple.right, score.triple.said, score.triple.wanted) == (0, 1, 1)
    assert score.pair.f1 == 1.0
    assert [error.kind for error in score.errors] == ["missed", "false"]
    assert score.errors[0].near is not None


def test_membership_that_an_office_implies_counts_neither_way(gold_folder: Path, catalogue: Catalogue) -> None:
    claims = [make_claim("Nantes", 2990969, Role.CHAIR), make_claim("Nantes", 2990969, Role.MEMBER)]
    assert score_claims(load_gold(gold_folder), {"one": claims}, catalogue).triple.precision == 1.0


def test_invented_claim_costs_precision(gold_folder: Path, catalogue: Catalogue) -> None:
    claims = [make_claim("Nantes", 2990969, Role.CHAIR), make_claim("Leipzig", 2879139, Role.MEMBER)]
    score = score_claims(load_gold(gold_folder), {"one": claims}, catalogue)
    assert (score.triple.precision, score.triple.recall) == (0.5, 1.0)


def test_saying_nothing_has_no_recall(gold_folder: Path, catalogue: Catalogue) -> None:
    score = score_claims(load_gold(gold_folder), {}, catalogue)
    assert (score.triple.precision, score.triple.recall, score.triple.f1) == (1.0, 0.0, 0.0)


def test_documents_with_claims_count_alike_and_others_not(gold_folder: Path, catalogue: Catalogue) -> None:
    for name, claims in (("two", GOLD["claims"]), ("none", [])):
        (gold_folder / f"{name}.json").write_text(json.dumps(GOLD | {"id": name, "claims": claims}), encoding="utf-8")
        (gold_folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    claims = [make_claim("Nantes", 2990969, Role.CHAIR), make_claim("Leipzig", 2879139, Role.MEMBER)]
    score = score_claims(load_gold(gold_folder), {"one": claims}, catalogue)
    assert [ratio.f1 for ratio in score.by_document] == pytest.approx([2 / 3, 0.0])
    assert score.as_dict()["by_document"] == {"mean_f1": 0.3333, "median_f1": 0.3333}


def test_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="found no gold documents"):
        load_gold(tmp_path)


def test_page_is_read_as_any_input_is(gold_folder: Path, catalogue: Catalogue) -> None:
    sentences = "".join(f"<p>{sentence}.</p>" for sentence in TEXT.split(".") if sentence)
    page = f"<html><body><nav>Home</nav><main><h1>Nantes leads</h1>{sentences}</main></body></html>"
    (gold_folder / "one.txt").unlink()
    (gold_folder / "one.html").write_text(page, encoding="utf-8")
    (gold,) = load_gold(gold_folder)
    assert (gold.document.name, gold.document.title) == ("one", "Nantes leads")
    assert [gold.document.text[block.start : block.end] for block in gold.document.blocks] == [
        "Nantes leads",
        "Nantes chairs Eurocities.",
        "Leipzig is a member of it.",
    ]
    assert score_claims([gold], {"one": [make_claim("Nantes", 2990969, Role.CHAIR)]}, catalogue).triple.f1 == 1.0


def test_page_that_cannot_be_read_has_missed_its_claims(gold_folder: Path, catalogue: Catalogue) -> None:
    (gold_folder / "one.txt").unlink()
    (gold_folder / "one.pdf").write_bytes(b"%PDF-1.4 broken")
    (gold,) = load_gold(gold_folder)
    assert gold.document.text == ""
    assert score_claims([gold], {}, catalogue).triple.recall == 0.0
