"""What the registry costs at a million claims: `make bench` prints each figure beside its limit.

A million claims over 20,000 cities and 400 networks, made up with a fixed seed: a full derivation, a refresh after
1,000 further claims, the current memberships of a city in the published file, on two threads. Each part runs alone in
a process, whose peak memory counts. Wall time; a busy machine is slower, so the processor's seconds stand beside it.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import duckdb
from rich.console import Console
from rich.table import Table

from warehouse.copies import sketch_wording
from warehouse.database import open_registry, open_warehouse
from warehouse.publish import publish_registry
from warehouse.registry import refresh_registry
from warehouse.staging import stage

ROOT = Path(__file__).parent.parent
SQL = Path(__file__).parent / "registry_claims.sql"
THREADS = 2
CLAIMS, NEW_CLAIMS, CITIES, NETWORKS = 1_000_000, 1_000, 20_000, 400
CLAIMS_PER_DOCUMENT, CLAIMS_PER_PAIR = 20, 4
MOST_REBUILD_SECONDS = 60.0
MOST_REBUILD_GIGABYTES = 4.0
MOST_REFRESH_SECONDS = 5.0
MOST_LOOKUP_MILLISECONDS = 20.0
LOOKUPS = 50
NOW = datetime(2026, 6, 1, tzinfo=UTC)

LIMITS = {
    "full rebuild, seconds": MOST_REBUILD_SECONDS,
    "full rebuild, peak memory in GB": MOST_REBUILD_GIGABYTES,
    f"refresh after {NEW_CLAIMS:,} claims, seconds": MOST_REFRESH_SECONDS,
    "membership_current by city, milliseconds": MOST_LOOKUP_MILLISECONDS,
}


def main() -> int:
    """Measure, print the table; 1 where a limit is passed."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for part in PARTS:
            command = [sys.executable, __file__, part, folder]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
            figures |= json.loads(done.stdout)
    table = Table(title=f"Registry of {CLAIMS:,} claims, {THREADS} threads", title_justify="left")
    for column in ("what", "measured", "limit", ""):
        table.add_column(column, justify="left" if column == "what" else "right")
    for name, value in figures.items():
        limit = LIMITS.get(name)
        verdict = "missed" if limit is not None and value > limit else ""
        shown = f"{value:,.0f}" if value >= 1000 else f"{value:.2f}"
        table.add_row(name, shown, "" if limit is None else f"≤ {limit:g}", verdict)
    Console(width=110).print(table)
    return int(any(figures[name] > limit for name, limit in LIMITS.items()))


def prepare(folder: Path) -> dict[str, float]:
    """Make the claims, as a warehouse holds them before its first refresh."""
    with open_warehouse(folder / "warehouse.duckdb") as con:
        make_claims(con, 0, CLAIMS, first_document=0)
    return {}


def rebuild(folder: Path) -> dict[str, float]:
    """Derive the whole registry."""
    with open_warehouse(folder / "warehouse.duckdb") as con:
        con.execute(f"SET threads = {THREADS}")
        began, used = time.perf_counter(), time.process_time()
        summary = refresh_registry(con, "made", at=NOW)
        seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - used
    return {
        "full rebuild, seconds": seconds,
        "full rebuild, seconds of processor time": cpu_seconds,
        "full rebuild, peak memory in GB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9,
        "memberships": summary.memberships,
    }


def refresh(folder: Path) -> dict[str, float]:
    """Refresh after new claims, and after none."""
    with open_warehouse(folder / "warehouse.duckdb") as con:
        make_claims(con, CLAIMS, NEW_CLAIMS, first_document=CLAIMS // CLAIMS_PER_DOCUMENT)
        con.execute(f"SET threads = {THREADS}")
        began, used = time.perf_counter(), time.process_time()
        summary = refresh_registry(con, "made", at=NOW)
        seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - used
        began = time.perf_counter()
        refresh_registry(con, "made", at=NOW + timedelta(hours=1))
        idle_seconds = time.perf_counter() - began
    return {
        f"refresh after {NEW_CLAIMS:,} claims, seconds": seconds,
        f"refresh after {NEW_CLAIMS:,} claims, seconds of processor time": cpu_seconds,
        "changes that it told": sum(summary.changes.values()),
        "refresh after none, seconds": idle_seconds,
    }


def look_up(folder: Path) -> dict[str, float]:
    """Publish, and ask the published file for the memberships of cities, one after the other."""
    target = folder / "registry.duckdb"
    with open_warehouse(folder / "warehouse.duckdb") as con:
        con.execute(f"SET threads = {THREADS}")
        began = time.perf_counter()
        publish_registry(con, target)
        publish_seconds = time.perf_counter() - began
    with open_registry(target) as con:
        con.execute(f"SET threads = {THREADS}")
        times = []
        for number in range(LOOKUPS):
            city_id = f"gn:{1 + number * CITIES // LOOKUPS}"
            began = time.perf_counter()
            con.execute("SELECT * FROM membership_current WHERE city_id = ?", [city_id]).fetchall()
            times.append(time.perf_counter() - began)
    return {"membership_current by city, milliseconds": 1000 * median(times), "publication, seconds": publish_seconds}


def make_claims(con: duckdb.DuckDBPyConnection, first: int, claims: int, *, first_document: int) -> None:
    """Add claims from number `first` on, told by documents from number `first_document` on."""
    values = {
        "first": first,
        "claims": claims,
        "pairs": CLAIMS // CLAIMS_PER_PAIR,
        "cities": CITIES,
        "networks": NETWORKS,
        "first_document": first_document,
        "documents": claims // CLAIMS_PER_DOCUMENT,
    }
    for name, value in values.items():
        con.execute(f"SET VARIABLE {name} = {value}")
    con.execute(SQL.read_text(encoding="utf-8"))
    _store_wording(con, "SELECT claim_id, claim.evidence.text FROM claim")
    _store_wording(con, "SELECT document_id, text FROM document_text")


def _store_wording(con: duckdb.DuckDBPyConnection, texts: str) -> None:
    """Store what `store_documents` and `store_claims` store beside their texts."""
    cursor = con.cursor()
    cursor.execute(f"SELECT * FROM ({texts}) AS t(text_id, text) ANTI JOIN wording USING (text_id)")  # noqa: S608

    def lines():
        while rows := cursor.fetchmany(10_000):
            for text_id, text in rows:
                if halves := sketch_wording(text):
                    yield json.dumps({"text_id": text_id, "high": halves[0], "low": halves[1]})

    with stage(con, "incoming", {"text_id": "VARCHAR", "high": "BIGINT", "low": "BIGINT"}, lines()):
        con.execute("INSERT INTO wording SELECT * FROM incoming")


PARTS: dict[str, Callable[[Path], dict[str, float]]] = {
    "prepare": prepare,
    "rebuild": rebuild,
    "refresh": refresh,
    "look_up": look_up,
}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(PARTS[sys.argv[1]](Path(sys.argv[2]))))
        sys.exit(0)
    sys.exit(main())
