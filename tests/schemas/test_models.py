import ast
import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from schemas import vocabulary
from schemas.claim import Claim, ClaimCity, ClaimNetwork, Evidence
from schemas.document import Block, Document, hash_bytes
from schemas.finding import Finding
from schemas.vocabulary import BlockKind, FindingKind, Role, Status

GOLD = Path(__file__).parents[1] / "gold"


def make_document(text: str, *blocks: Block) -> Document:
    return Document(document_id=hash_bytes(text.encode()), name="test", text=text, blocks=blocks)


def test_blocks_that_overlap_are_refused() -> None:
    first = Block(kind=BlockKind.PARAGRAPH, start=0, end=5)
    second = Block(kind=BlockKind.PARAGRAPH, start=4, end=8)
    with pytest.raises(ValidationError, match="begins before 5"):
        make_document("some text", first, second)


def test_block_past_the_text_is_refused() -> None:
    with pytest.raises(ValidationError, match="too long"):
        make_document("text", Block(kind=BlockKind.PARAGRAPH, start=0, end=5))


def test_evidence_is_as_long_as_its_span() -> None:
    with pytest.raises(ValidationError, match="holds 4 characters"):
        Evidence(text="Oslo", start=0, end=5)


@pytest.mark.parametrize(
    ("city", "city_id"),
    [
        (ClaimCity(name="Nantes", country="FR", geonameid=2990969, mention="Nantes"), "gn:2990969"),
        (ClaimCity(name="Sankt  Nowhere", country="AT", geonameid=None, mention="it"), "name:AT:sankt nowhere"),
        (ClaimCity(name="Nowhere", country=None, geonameid=None, mention="it"), "name:??:nowhere"),
    ],
)
def test_city_id_tells_the_place(city: ClaimCity, city_id: str) -> None:
    assert city.city_id == city_id


def test_claim_survives_its_json() -> None:
    claim = Claim(
        document="a",
        city=ClaimCity(name="Oslo", country="NO", geonameid=3143244, mention="Oslo"),
        network=ClaimNetwork(id="eurocities", name="Eurocities", mention="the network"),
        role=Role.CHAIR,
        status=Status.ENDED,
        until="2018",
        evidence=Evidence(text="Oslo", start=0, end=4),
        confidence=0.5,
        found_by="test/1",
    )
    assert Claim.model_validate(json.loads(claim.model_dump_json())) == claim
    assert list(claim.model_dump()) == [
        *("document", "city", "network", "role", "status", "since", "until", "body", "holder", "evidence"),
        *("confidence", "found_by"),
    ]


@pytest.mark.parametrize(("kind", "fails"), [(FindingKind.UNREADABLE, True), (FindingKind.UNKNOWN_NETWORK, False)])
def test_only_lost_inputs_fail_a_run(kind: FindingKind, *, fails: bool) -> None:
    assert Finding(kind=kind, subject="x", message="m").is_failure is fails


def test_roles_and_statuses_explain_themselves() -> None:
    tree = ast.parse(Path(vocabulary.__file__).read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name in {"Role", "Status", "FindingKind", "ChangeKind", "Cause"}:
            for member, after in zip(node.body[1::2], node.body[2::2], strict=True):
                assert isinstance(member, ast.Assign)
                assert isinstance(after, ast.Expr), f"{node.name}.{ast.unparse(member)} has no meaning under it"


def test_every_role_and_status_has_a_gold_example() -> None:
    records = [json.loads(path.read_text(encoding="utf-8")) for path in GOLD.rglob("*.json") if path.stem != "floors"]
    claims = [claim for record in records for claim in record["claims"]]
    assert {claim["role"] for claim in claims} == {role.value for role in Role}
    assert {claim["status"] for claim in claims} == {status.value for status in Status}
