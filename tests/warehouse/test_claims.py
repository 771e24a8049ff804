"""Claims survive the warehouse, are stored once, and are never altered."""

import json

from schemas.claim import Claim
from warehouse.claims import identify_claim, store_claims, store_extractions
from warehouse.documents import find_unread

WHO = {"extractor_version": "1"}


def test_a_claim_survives_the_warehouse(teller):
    document = teller.document("Nantes chairs Eurocities — “since 2021”")
    claim = teller.claim(document, role="chair", since="2021-05", body="Council", holder="Johanna Rolland")
    assert (
        store_claims(teller.con, "r", document.document_id, [claim], extractor_version="1", extracted_at=teller.now)
        == 1
    )
    fields = "document, city, network, role, status, since, until, body, holder, evidence, confidence, found_by"
    ((row,),) = teller.ask(f"SELECT to_json(claim) FROM (SELECT {fields} FROM claim) AS claim")
    assert Claim.model_validate(json.loads(row)) == claim
    assert teller.ask("SELECT city_id, network_id FROM claim") == [("gn:2990969", "eurocities")]
    assert teller.ask("SELECT claim_id FROM claim") == [(identify_claim(document.document_id, "1", claim),)]


AWKWARD = ["é", "😀", "\u2028", "\x00", '"', "\\", "'", "{", "\t\n", "\ufeff", "e\u0301", "\u202e", "%s $1 ?", "NULL"]


def test_any_words_survive(teller):
    documents = [teller.document(f"{words} in the text {words}") for words in AWKWARD]
    pairs = [
        (document.document_id, [teller.claim(document, holder=words, geonameid=1)])
        for document, words in zip(documents, AWKWARD, strict=True)
    ]
    store_extractions(teller.con, "r", pairs, extracted_at=teller.now, **WHO)
    expected = sorted((document.text, words) for document, words in zip(documents, AWKWARD, strict=True))
    assert sorted(teller.ask("SELECT evidence.text, holder FROM claim")) == expected


def test_storing_twice_is_storing_once(teller):
    document = teller.document("Nantes and Oslo")
    claims = [teller.claim(document, "Nantes"), teller.claim(document, "Oslo"), teller.claim(document, "Oslo")]
    pair = (document.document_id, claims)
    assert store_extractions(teller.con, "r", [pair, pair], extracted_at=teller.now, **WHO) == 2
    rows = teller.ask("FROM claim ORDER BY ALL"), teller.ask("FROM claim_reading")
    assert store_extractions(teller.con, "r2", [pair], extracted_at=teller.now, **WHO) == 0
    assert (teller.ask("FROM claim ORDER BY ALL"), teller.ask("FROM claim_reading")) == rows


def test_a_document_without_claims_counts_as_read(teller):
    assert store_claims(teller.con, "r", "d", [], extracted_at=teller.now, **WHO) == 0
    assert find_unread(teller.con, ["d"], "1") == []


def test_the_same_bytes_under_another_name_make_the_same_claim(teller):
    document = teller.document("Nantes")
    claim = teller.claim(document)
    renamed = claim.model_copy(update={"document": "copy.txt"})
    assert identify_claim("d", "1", claim) == identify_claim("d", "1", renamed)
    assert identify_claim("d", "1", claim) != identify_claim("d", "2", claim)
    assert identify_claim("d", "1", claim) != identify_claim("e", "1", claim)
