"""A kill at any moment: what was committed stays, the published file is whole, the next run makes up for it."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from warehouse.checks import check_registry
from warehouse.database import open_registry, open_warehouse

# A small pipeline on its own: documents and claims in batches, each told when it is committed; then the
# registry and its publication. Read, it names what it stores; killed, it is started again.
RUN = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from schemas.claim import Claim, ClaimCity, ClaimNetwork, Evidence
from schemas.document import Document, hash_bytes
from schemas.vocabulary import Authority, Role, Status
from warehouse.claims import store_claims
from warehouse.database import open_warehouse
from warehouse.documents import find_unread, store_documents
from warehouse.publish import publish_registry
from warehouse.registry import refresh_registry
from warehouse.runs import finish_run, start_run

NOW = datetime(2026, 3, 1, tzinfo=UTC)

def make(number):
    text = f"City {number % 7} and network {number % 3}, told {number} times"
    document = Document(document_id=hash_bytes(text.encode()), name=str(number), text=text,
                        published=f"20{10 + number % 12}", authority=Authority.NEWS, publisher=str(number % 5))
    roles = [Role.MEMBER, Role.CHAIR, Role.BOARD_MEMBER]
    claim = Claim(document=document.name, city=ClaimCity(name=f"City {number % 7}", country="FR",
                  geonameid=1 + number % 7, mention="City"), network=ClaimNetwork(id=f"n{number % 3}", name="N",
                  mention="network"), role=roles[number % 3], status=Status.ENDED if number % 11 == 0 else
                  Status.CURRENT, evidence=Evidence(text=text, start=0, end=len(text)), confidence=0.95,
                  found_by="test/1")
    return document, claim

folder = Path(sys.argv[1])
print("started", flush=True)
with open_warehouse(folder / "warehouse.duckdb") as con:
    run_id = start_run(con, inputs=[], versions={}, started_at=NOW)
    for batch in range(4):
        told = [make(number) for number in range(10 * batch, 10 * batch + 10)]
        store_documents(con, run_id, [document for document, _ in told], fetched_at=NOW)
        unread = set(find_unread(con, [document.document_id for document, _ in told], "1"))
        for document, claim in told:
            if document.document_id in unread:
                store_claims(con, run_id, document.document_id, [claim], extractor_version="1", extracted_at=NOW)
                print(document.document_id, flush=True)
        refresh_registry(con, run_id, at=NOW + timedelta(days=batch))
        publish_registry(con, folder / "registry.duckdb")
        print("published", flush=True)
    finish_run(con, run_id, counts={}, finished_at=NOW)
print("finished", flush=True)
"""
OUTCOME = (
    "SELECT * EXCLUDE (recorded_at) FROM membership WHERE superseded_at IS NULL ORDER BY ALL",
    "FROM membership_claim ORDER BY ALL",
    "SELECT conflict_id FROM conflict ORDER BY ALL",
    "SELECT * FROM claim ORDER BY ALL",
    "SELECT * FROM document ORDER BY ALL",
)
KILLS = int(os.environ.get("HANSA_TEST_KILLS", "8"))
"""Each costs some seconds; `HANSA_TEST_KILLS=30` for the number that is promised."""


def run_whole(folder: Path) -> float:
    """Run undisturbed; returns the seconds between its start and its end, less those to import."""
    with subprocess.Popen([sys.executable, "-c", RUN, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "started\n"
        began = time.monotonic()
        assert process.stdout.read().endswith("finished\n")
        assert process.wait() == 0
        return time.monotonic() - began


def run_and_kill(folder: Path, after_s: float) -> list[str]:
    """Run and kill without warning `after_s` after the start; returns what it said it had done."""
    with subprocess.Popen([sys.executable, "-c", RUN, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "started\n"
        time.sleep(after_s)
        process.kill()
        return process.stdout.read().split()


def outcome(path: Path) -> str:
    with open_warehouse(path / "warehouse.duckdb") as con:
        assert check_registry(con) == []
        return json.dumps([con.execute(query).fetchall() for query in OUTCOME], default=str)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> tuple[str, float]:
    """What a run that nobody kills ends in, and how long it takes."""
    folder = tmp_path_factory.mktemp("undisturbed")
    seconds = run_whole(folder)
    return outcome(folder), seconds


def test_runs_that_are_killed_lose_nothing_and_end_as_an_undisturbed_one(tmp_path, undisturbed):
    expected, seconds = undisturbed
    rng = random.Random(30)
    committed: set[str] = set()
    for _ in range(KILLS):
        said = run_and_kill(tmp_path, rng.uniform(0, seconds))
        committed |= {line for line in said if len(line) == 64}
        if (tmp_path / "registry.duckdb").exists():
            with open_registry(tmp_path / "registry.duckdb") as con:
                assert con.execute("SELECT count(*) > 0 FROM membership_current").fetchone() == (True,)
                con.execute("SELECT * FROM claim ORDER BY ALL").fetchall()
        else:
            assert "published" not in said
        if (tmp_path / "warehouse.duckdb").exists():
            with open_warehouse(tmp_path / "warehouse.duckdb") as con:
                stored = {row[0] for row in con.execute("SELECT document_id FROM claim").fetchall()}
            assert committed <= stored
    run_whole(tmp_path)
    assert outcome(tmp_path) == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["registry.duckdb", "warehouse.duckdb"]
