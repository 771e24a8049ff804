from pathlib import Path

import pytest

from extractors.pipeline import Extractor, load_extractor
from extractors.readers import read_path
from schemas.claim import Claim
from schemas.document import Document, hash_bytes
from schemas.vocabulary import FindingKind, MentionKind

SAMPLES = Path(__file__).parents[2] / "samples"
SAMPLE_FILES = sorted(p for p in SAMPLES.rglob("*") if p.suffix in {".html", ".pdf", ".txt", ".jsonl", ".atom"})
GOLD_TEXTS = sorted((Path(__file__).parents[1] / "gold").rglob("*.txt"))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


def extract(extractor: Extractor, text: str, **fields: object) -> list[Claim]:
    document = Document.model_validate(
        {"document_id": hash_bytes(text.encode()), "name": "test", "text": text, "published": "2021-05-04", **fields}
    )
    return extractor.extract(document).claims


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.name)
def test_evidence_of_samples_equals_its_slice(extractor: Extractor, path: Path) -> None:
    for document in read_path(path):
        if isinstance(document, Document):
            for claim in extractor.extract(document).claims:
                assert claim.evidence.text == document.text[claim.evidence.start : claim.evidence.end]
                assert claim.document == document.name


def test_evidence_of_gold_texts_equals_its_slice(extractor: Extractor) -> None:
    for path in GOLD_TEXTS[::5]:
        text = path.read_text(encoding="utf-8")
        for claim in extract(extractor, text):
            assert claim.evidence.text == text[claim.evidence.start : claim.evidence.end]


def test_samples_yield_claims(extractor: Extractor) -> None:
    counts = {
        path.name: sum(len(extractor.extract(d).claims) for d in read_path(path) if isinstance(d, Document))
        for path in SAMPLE_FILES
        if path.parent == SAMPLES
    }
    assert all(counts.values()), counts


def summary(claims: list[Claim]) -> set[tuple[str, str, str, str]]:
    return {(c.city.name, c.network.id, c.role.value, c.status.value) for c in claims}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oslo joined Eurocities in 1991.", ("Oslo", "eurocities", "member", "current")),
        ("Porto hosted the Eurocities annual conference in 2018.", ("Porto", "eurocities", "event_host", "current")),
        (
            "Eurocities is an association of big cities. Its secretariat is in Brussels.",
            ("Brussels", "eurocities", "secretariat_host", "current"),
        ),
        (
            "Johanna Rolland, the mayor of Nantes, was elected president of Eurocities.",
            ("Nantes", "eurocities", "chair", "current"),
        ),
    ],
)
def test_plain_statement_gives_its_claim(extractor: Extractor, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in summary(extract(extractor, text))


def test_denied_membership_is_no_current_one(extractor: Extractor) -> None:
    claims = summary(extract(extractor, "Bergen is not a member of Eurocities and has never applied to join it."))
    assert ("Bergen", "eurocities", "member", "current") not in claims


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Manchester City beat Barcelona in the final in Paris.",
        "The mayors of Chicago and Toronto spoke about trade between big cities and about their parks.",
    ],
)
def test_text_without_networks_gives_no_claims(extractor: Extractor, text: str) -> None:
    assert extract(extractor, text) == []


def test_other_languages_are_not_mined(extractor: Extractor) -> None:
    assert extract(extractor, "Nantes est membre d'Eurocities depuis 1990.", language="fr") == []


def test_unknown_network_is_found_and_reported(extractor: Extractor) -> None:
    text = "Lemgo joined the League of Half-Timbered Towns in 2004. The League of Half-Timbered Towns is small."
    document = Document(document_id=hash_bytes(text.encode()), name="test", text=text)
    extraction = extractor.extract(document)
    assert {c.network.id[:4] for c in extraction.claims} == {"new:"}
    assert [f.kind for f in extraction.findings] == [FindingKind.UNKNOWN_NETWORK]


def test_mentions_come_in_order_with_their_links(extractor: Extractor) -> None:
    text = "Johanna Rolland, mayor of Nantes, has chaired Eurocities since May 2021."
    document = Document(document_id=hash_bytes(text.encode()), name="test", text=text)
    mentions = extractor.find_mentions(document)
    assert [(m.kind, m.text) for m in mentions] == [
        (MentionKind.PERSON, "Johanna Rolland"),
        (MentionKind.CITY, "Nantes"),
        (MentionKind.NETWORK, "Eurocities"),
        (MentionKind.DATE, "since May 2021"),
    ]
    assert all(m.text == text[m.start : m.end] for m in mentions)
    assert mentions[1].link is not None
    assert mentions[1].link.id == "gn:2990969"
    assert mentions[3].link is not None
    assert mentions[3].link.id == "2021-05/.."


def test_mention_of_a_place_without_geonames_id_is_linked_to_its_name(extractor: Extractor) -> None:
    text = "The mayor of Botkyrka thanked Eurocities."
    document = Document(document_id=hash_bytes(text.encode()), name="test", text=text)
    links = {m.text: m.link.id for m in extractor.find_mentions(document) if m.link}
    assert links["Botkyrka"] == "name:SE:botkyrka"
