"""`hansa review`: from a list of what waits to a registry that follows a person's word, and back."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.registry import refresh
from schemas.claim import Claim, ClaimCity, ClaimNetwork, Evidence
from schemas.document import Document, hash_bytes
from schemas.finding import Finding
from schemas.vocabulary import Authority, FindingKind, Role, Status
from warehouse.claims import store_claims
from warehouse.database import open_registry, open_warehouse
from warehouse.documents import store_documents
from warehouse.findings import store_findings
from warehouse.publish import publish_registry
from warehouse.runs import start_run

Hansa = Callable[..., tuple[int, str, str]]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CITIES = {"Nantes": ("FR", 2990969), "Oslo": ("NO", 3143244), "Bologna": ("IT", 3181928), "Nowhere": ("FR", None)}
LOST = "new:league-of-lost-towns"
TOLD: list[dict[str, Any]] = [
    {"text": "Nantes joined the League of Lost Towns (LLT) in 2019.", "city": "Nantes", "network": LOST},
    {"text": "Oslo is a member of the League of Lost Towns.", "city": "Oslo", "network": LOST},
    {"text": "Bologna is in Lost Eurocities.", "city": "Bologna", "network": "new:euro-cities", "named": "Euro-Cities"},
    {"text": "Nantes is a member of Eurocities.", "city": "Nantes", "network": "eurocities"},
    {"text": "Nantes is not a member of Eurocities.", "city": "Nantes", "network": "eurocities", "status": "denied"},
    {"text": "Nowhere is a member of Eurocities.", "city": "Nowhere", "network": "eurocities"},
]


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse with an unknown network of two claims, another of one, a conflict, a strange city and a finding."""
    path = tmp_path / "warehouse.duckdb"
    monkeypatch.setenv("HANSA_DB", str(path))
    monkeypatch.setenv("HANSA_AUTHOR", "Ada")
    with open_warehouse(path) as con:
        run_id = start_run(con, inputs=["test"], versions={}, started_at=NOON)
        finding = Finding(kind=FindingKind.UNREACHABLE, subject="https://x.example/", message="x: no answer")
        store_findings(con, run_id, [finding], found_at=NOON)
    tell(path, TOLD)
    return path


def tell(db: Path, stories: list[dict[str, Any]]) -> None:
    """Store documents that make a claim each, refresh and publish."""
    with open_warehouse(db) as con:
        run_id = start_run(con, inputs=["test"], versions={}, started_at=NOON)
        for number, told in enumerate(stories):
            text = told["text"]
            document = Document(
                document_id=hash_bytes(text.encode()), name=f"{number}.txt", text=text, published=f"202{number}",
                authority=Authority.NEWS, publisher=f"Publisher {number}",
            )  # fmt: skip
            store_documents(con, run_id, [document], fetched_at=NOON)
            store_claims(con, run_id, document.document_id, [_claim(document, told)], extractor_version="1",
                         extracted_at=NOON)  # fmt: skip
        refresh(con, run_id, NOON)
        publish_registry(con, db.with_name("registry.duckdb"))


def _claim(document: Document, told: dict[str, Any]) -> Claim:
    country, geonameid = CITIES[told["city"]]
    name = told.get("named") or ("Eurocities" if told["network"] == "eurocities" else "League of Lost Towns")
    return Claim(
        document=document.name,
        city=ClaimCity(name=told["city"], country=country, geonameid=geonameid, mention=told["city"]),
        network=ClaimNetwork(id=told["network"], name=name, mention=name if name in document.text else "Eurocities"),
        role=Role.MEMBER,
        status=Status(told.get("status", "current")),
        evidence=Evidence(text=document.text, start=0, end=len(document.text)),
        confidence=told.get("confidence", 0.95),
        found_by=told.get("found_by", "relations/1"),
    )


def ask(db: Path, query: str) -> list[tuple[Any, ...]]:
    with open_registry(db.with_name("registry.duckdb")) as con:
        return con.execute(query).fetchall()


def current(db: Path) -> list[tuple[Any, ...]]:
    return ask(db, "SELECT city, network_id FROM membership_current ORDER BY ALL")


def waiting(hansa: Hansa, *options: str) -> dict[str, dict[str, Any]]:
    """What waits, by kind and subject."""
    code, out, _ = hansa("review", "list", "--json", *options)
    assert code == 0
    return {row["id"]: row for row in json.loads(out)}


def claim_of(db: Path, city: str, status: str = "current") -> str:
    query = (
        f"SELECT claim_id FROM claim WHERE city.name = '{city}' AND status = '{status}' AND network_id = 'eurocities'"
    )
    return str(ask(db, query)[0][0])


def judge(hansa: Hansa, *arguments: object) -> str:
    """Record a judgement; returns the beginning of its id."""
    code, out, err = hansa("review", *arguments, "--reason", "it is so")
    assert code == 0, err
    found = re.search(r"recorded: .*; ([0-9a-f]{12})\)", out)
    assert found, out
    return found[1]


def test_what_waits_is_listed_by_what_hangs_on_it(hansa: Hansa, db: Path) -> None:
    code, out, err = hansa("review", "list")
    assert code == 0
    assert [line.split()[1:3] for line in out.splitlines()[1:]] == [
        ["network", "unknown_network"], ["conflict", "denied"], ["city", "unresolved_city"],
        ["network", "unknown_network"], ["finding", "unreachable"],
    ]  # fmt: skip
    assert "5 need a person" in err
    assert list(waiting(hansa, "--kind", "network")) == [LOST, "new:euro-cities"]
    assert waiting(hansa)[LOST]["memberships"] == waiting(hansa)[LOST]["claims"] == 2


def test_claims_too_unsure_to_count_wait_where_they_would_change_something(hansa: Hansa, db: Path) -> None:
    unsure: list[dict[str, Any]] = [
        {"text": "Oslo chairs.", "city": "Oslo", "network": "eurocities", "confidence": 0.3},
        {"text": "So Oslo may chair.", "city": "Oslo", "network": "eurocities", "confidence": 0.2},
        {"text": "Bologna has left.", "city": "Bologna", "network": "eurocities", "status": "ended", "confidence": 0.3},
        {"text": "Nantes is in.", "city": "Nantes", "network": "eurocities", "confidence": 0.3},
        {"text": "Nantes is out.", "city": "Nantes", "network": "eurocities", "status": "ended", "confidence": 0.3},
        {"text": "Not Bologna.", "city": "Bologna", "network": "eurocities", "status": "denied", "confidence": 0.3},
        {"text": "Oslo is in the Guild.", "city": "Oslo", "network": "new:guild", "named": "Guild", "confidence": 0.3},
        {"text": "Nantes, France", "city": "Nantes", "network": "c40", "found_by": "member_lists/2", "confidence": 0.3},
        {"text": "Bologna, gold", "city": "Bologna", "network": "c40", "found_by": "member_lists/3", "confidence": 0.0},
    ]
    tell(db, unsure)
    assert {row["subject"]: (row["what"], row["memberships"], row["claims"])
            for row in waiting(hansa, "--kind", "claim").values()} == {
        "Oslo: member of Eurocities": ("doubtful", 1, 2),
        "Bologna: member of Eurocities, ended": ("doubtful", 1, 1),
        "Nantes: member of Eurocities, ended": ("doubtful", 1, 1),
        "Nantes: member of C40 Cities Climate Leadership Group": ("doubtful_place", 1, 1),
        "Bologna: member of C40 Cities Climate Leadership Group": ("doubtful", 1, 1),
    }  # fmt: skip
    assert waiting(hansa)["new:guild"]["memberships"] == 0
    [oslo] = [row["id"] for row in waiting(hansa, "--kind", "claim").values() if row["subject"].startswith("Oslo")]
    assert "does not count: less sure than " in hansa("review", "show", oslo)[1]
    assert "(doubted: less sure than " in hansa("explain", "Oslo", "eurocities")[1]
    judge(hansa, "accept", oslo)
    assert ("Oslo", "eurocities") in current(db)
    assert oslo not in waiting(hansa)


def test_an_unknown_network_is_shown_with_evidence_and_a_proposed_row(hansa: Hansa, db: Path) -> None:
    code, out, _ = hansa("review", "show", LOST)
    assert code == 0
    assert "proposed row: name League of Lost Towns, acronym LLT, scope Europe" in out
    assert "“Nantes joined the League of Lost Towns (LLT) in 2019.”" in out
    assert "resembles: eurocities Eurocities" in hansa("review", "show", "new:euro-cities")[1]
    told = json.loads(hansa("review", "show", "League of Lost Towns", "--json")[1])
    assert (told["id"], len(told["claims"]), told["proposed"]["acronym"]) == (LOST, 2, "LLT")


def test_a_new_network_gets_its_row_and_its_waiting_claims(hansa: Hansa, db: Path) -> None:
    undo = judge(hansa, "network", LOST, "--id", "lost-towns", "--theme", "heritage")
    assert ("Oslo", "lost-towns") in current(db)
    assert ask(db, "SELECT name, acronym, scope, theme FROM network WHERE network_id = 'lost-towns'") == [
        ("League of Lost Towns", "LLT", "Europe", "heritage")
    ]
    assert LOST not in waiting(hansa)
    judge(hansa, "undo", undo)
    assert ("Oslo", LOST) in current(db)
    assert "(withdrawn) new network" in hansa("review", "judgements")[1]


def test_two_networks_are_one_until_they_are_told_apart(hansa: Hansa, db: Path) -> None:
    judge(hansa, "same-as", "new:euro-cities", "Eurocities")
    assert ("Bologna", "eurocities") in current(db)
    judge(hansa, "not-same-as", "eurocities", "new:euro-cities")
    assert ("Bologna", "new:euro-cities") in current(db)
    assert "resembles" not in hansa("review", "show", "new:euro-cities")[1]


def test_a_conflict_is_settled_for_the_believed_or_the_opposing_claim(hansa: Hansa, db: Path) -> None:
    [conflict] = waiting(hansa, "--kind", "conflict")
    out = hansa("review", "show", conflict)[1]
    assert out.index("believed claim") < out.index("opposing claim")
    code, _, err = hansa("review", "reject", conflict, "--reason", "so")
    assert code == 2
    assert claim_of(db, "Nantes", "denied")[:12] in err
    undo = judge(hansa, "accept", conflict[:8])
    assert (waiting(hansa, "--kind", "conflict"), ("Nantes", "eurocities") in current(db)) == ({}, True)
    judge(hansa, "undo", undo)
    judge(hansa, "accept", conflict, "--opposing")
    assert (waiting(hansa, "--kind", "conflict"), ("Nantes", "eurocities") in current(db)) == ({}, False)
    assert ask(db, "SELECT cause FROM change ORDER BY changed_at DESC LIMIT 1") == [("judgement",)]


def test_a_claim_is_corrected_to_a_city_that_only_geonames_knows(hansa: Hansa, db: Path) -> None:
    judge(hansa, "correct", claim_of(db, "Nowhere"), "--city", "Lyon, FR", "--role", "observer", "--since", "2011")
    query = "SELECT city, role, since FROM membership_current WHERE role = 'observer'"
    assert ask(db, query) == [("Lyon", "observer", "2011")]
    code, out, _ = hansa("explain", "Lyon", "eurocities")
    assert code == 0
    assert "judged: correct" in out
    assert "city_id gn:2996944" in out


def test_an_explanation_tells_the_judgements(hansa: Hansa, db: Path) -> None:
    judge(hansa, "reject", claim_of(db, "Nantes"))
    code, out, _ = hansa("explain", "Nantes", "eurocities")
    assert code == 0
    assert re.search(r"\(rejected\)(.|\n)*judged: reject .*“it is so” \(Ada", out)
    told = json.loads(hansa("explain", "Nantes", "eurocities", "--json")[1])
    assert [(one["kind"], one["stands"]) for one in told["judgements"]] == [("reject", True)]


def test_a_city_that_is_none_and_a_finding_that_was_seen_leave_the_list(hansa: Hansa, db: Path) -> None:
    judge(hansa, "reject", "name:FR:nowhere")
    [finding] = waiting(hansa, "--kind", "finding")
    judge(hansa, "accept", finding[:10])
    assert {row["kind"] for row in waiting(hansa).values()} == {"network", "conflict"}


def test_judgements_are_exported_and_imported_once(hansa: Hansa, db: Path, tmp_path: Path) -> None:
    judge(hansa, "undo", judge(hansa, "same-as", "new:euro-cities", "eurocities"))
    judge(hansa, "network", LOST)
    file = tmp_path / "judgements.csv"
    assert hansa("review", "export", file)[0] == 0
    assert hansa("review", "export")[1] == file.read_text()
    code, out, _ = hansa("review", "import", file)
    assert code == 0
    assert "3 judgements, 0 of them new\n0 changes" in out
    other = tmp_path / "other" / "warehouse.duckdb"
    assert "3 of them new" in hansa("review", "import", file, "--db", other)[1]
    assert ask(other, "SELECT name FROM network WHERE network_id = 'league-of-lost-towns'") == [
        ("League of Lost Towns",)
    ]
    assert hansa("review", "export", "--db", other)[1] == file.read_text()


def test_what_is_only_recorded_waits_for_the_next_refresh(hansa: Hansa, db: Path) -> None:
    before = db.with_name("registry.duckdb").read_bytes()
    code, _, err = hansa("review", "same-as", "new:euro-cities", "eurocities", "--reason", "so", "--no-refresh")
    assert (code, db.with_name("registry.duckdb").read_bytes()) == (0, before)
    assert "was not refreshed" in err
    judge(hansa, "reject", claim_of(db, "Nowhere"))
    assert ("Bologna", "eurocities") in current(db)


def test_while_another_process_writes_nothing_is_recorded(hansa: Hansa, db: Path) -> None:
    import subprocess
    import sys

    script = f"import duckdb,sys; con = duckdb.connect({str(db)!r}); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        code, _, err = hansa("review", "reject", LOST, "--reason", "so")
        listed = hansa("review", "list")[0]
        holder.communicate("")
    assert (code, listed) == (3, 0)
    assert "another process" in err
    assert ask(db, "SELECT count(*) FROM judgement") == [(0,)]


def test_a_registry_that_fails_its_checks_is_not_published(hansa: Hansa, db: Path) -> None:
    before = db.with_name("registry.duckdb").read_bytes()
    with open_warehouse(db) as con:
        con.execute("UPDATE claim SET evidence = struct_update(evidence, text := 'x') WHERE city.name = 'Oslo'")
    code, _, err = hansa("review", "reject", claim_of(db, "Nowhere"), "--reason", "so")
    assert (code, db.with_name("registry.duckdb").read_bytes()) == (4, before)
    assert "evidence_equals_its_slice" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "nothing at all"], "found nothing of this id or name"),
        (["accept", "Oslo", "--reason", "so"], "found no claim or finding"),
        (["accept", LOST, "--opposing", "--reason", "so"], "expected a conflict"),
        (["reject", LOST, "--reason", " "], "expected a few words"),
        (["correct", LOST, "--role", "chair", "--reason", "so"], "expected a claim"),
        (["correct", "x", "--reason", "so"], "found nothing to correct"),
        (["same-as", LOST, "Oslo", "--reason", "so"], "expected a network"),
        (["same-as", "Oslo", "Xyzzyburg", "--reason", "so"], "found no such city"),
        (["network", "eurocities", "--reason", "so"], "expected an unknown network"),
        (["network", LOST, "--id", "eurocities", "--reason", "so"], "in the catalogue already"),
        (["network", LOST, "--founded", "long ago", "--reason", "so"], "founded: found 'long ago'"),
        (["undo", "Oslo", "--reason", "so"], "expected a judgement"),
        (["import", "none.csv"], "cannot be read"),
        (["reject", LOST], "Missing option '--reason'"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_and_changes_nothing(hansa: Hansa, db: Path, arguments: list[str], told: str) -> None:
    before = db.with_name("registry.duckdb").read_bytes()
    code, out, err = hansa("review", *arguments)
    assert (code, out) == (2, "")
    assert told in re.sub(r"[\s│]+", " ", err)
    assert db.with_name("registry.duckdb").read_bytes() == before


def test_before_the_first_run_there_is_nothing_to_judge(hansa: Hansa, tmp_path: Path) -> None:
    code, _, err = hansa("review", "reject", LOST, "--reason", "so", "--db", tmp_path / "none.duckdb")
    assert code == 2
    assert "hansa run" in err
    assert not (tmp_path / "none.duckdb").exists()
