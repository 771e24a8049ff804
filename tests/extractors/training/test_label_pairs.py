import pytest

from extractors.catalogue import load_catalogue
from extractors.gazetteer import load_gazetteer
from extractors.reading import DocumentReader
from extractors.score import GoldDocument, Matcher
from extractors.training.label_pairs import LabelledDocument, label_document
from schemas.document import Document, hash_bytes
from schemas.vocabulary import Role, Status

NANTES = {"name": "Nantes", "country": "FR", "geonameid": 2990969}
EUROCITIES = {"name": "Eurocities", "acronym": None}


@pytest.fixture(scope="module")
def reader() -> DocumentReader:
    return DocumentReader(load_gazetteer(), load_catalogue())


def label(reader: DocumentReader, text: str, *claims: tuple[str, str, str]) -> LabelledDocument:
    document = Document(document_id=hash_bytes(text.encode()), name="doc", text=text)
    records = tuple(
        {"city": NANTES, "network": EUROCITIES, "role": role, "status": status, "evidence": evidence}
        for role, status, evidence in claims
    )
    return label_document(GoldDocument(document, "news", records), reader, Matcher(load_catalogue()))


def roles(labelled: LabelledDocument) -> list[tuple[dict[Role, Status], set[Role]]]:
    return [(pair.roles, pair.unsure) for pair in labelled.pairs if pair.city_id == "gn:2990969"]


def test_mention_inside_the_evidence_states_the_claim(reader: DocumentReader) -> None:
    text = "Nantes chairs Eurocities. Later Nantes and Porto met Eurocities."
    found = roles(label(reader, text, ("chair", "current", "Nantes chairs Eurocities.")))
    assert found == [({Role.CHAIR: Status.CURRENT}, set()), ({}, {Role.CHAIR})]


def test_other_cities_state_nothing(reader: DocumentReader) -> None:
    text = "Nantes chairs Eurocities. Later Nantes and Porto met Eurocities."
    labelled = label(reader, text, ("chair", "current", "Nantes chairs Eurocities."))
    assert all(not p.roles and not p.unsure for p in labelled.pairs if p.city_id != "gn:2990969")


def test_claim_whose_city_is_never_found_stays_wanted(reader: DocumentReader) -> None:
    labelled = label(reader, "Porto chairs Eurocities.", ("chair", "current", "Porto chairs Eurocities."))
    assert labelled.claims == [(Role.CHAIR, Status.CURRENT)]
    assert all(not pair.claims for pair in labelled.pairs)


def test_two_claims_of_one_sentence_are_both_given(reader: DocumentReader) -> None:
    text = "Nantes joined Eurocities and hosts its secretariat."
    claims = (("member", "current", text), ("secretariat_host", "current", text))
    labelled = roles(label(reader, text, *claims))
    assert labelled[0][0] == {Role.MEMBER: Status.CURRENT, Role.SECRETARIAT_HOST: Status.CURRENT}
