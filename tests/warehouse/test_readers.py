"""Readers open the published file at any time, also while runs replace it, and see one registry, whole."""

import subprocess
import sys
from datetime import timedelta

from warehouse.publish import publish_registry
from warehouse.runs import finish_run, start_run

RUNS = 20
# Opens the file again and again until it is told to stop; each view must be of one run: its claims, documents and
# memberships are as many as that run stored, and no earlier than what was seen before.
READ = """
import sys, threading
from pathlib import Path
from warehouse.database import open_registry

stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
seen, opened = 0, 0
while not stop.wait(0.05):
    with open_registry(Path(sys.argv[1])) as con:
        [(runs,)] = con.execute("SELECT count(*) FROM run WHERE finished_at IS NOT NULL").fetchall()
        counts = con.execute(
            "SELECT (SELECT count(*) FROM claim), (SELECT count(*) FROM document), "
            "(SELECT count(*) FROM membership_current), (SELECT max(counts['claims']) FROM run)"
        ).fetchall()
        assert counts == [(runs, runs, runs, runs)], counts
    assert runs >= seen
    if not opened:
        print("reading", flush=True)
    seen, opened = runs, opened + 1
print(opened, seen)
"""


def test_readers_see_a_whole_registry_throughout_twenty_runs(teller, tmp_path):
    target = tmp_path / "registry.duckdb"
    teller.con.execute("DELETE FROM run")
    readers: list[subprocess.Popen[str]] = []
    for run in range(1, RUNS + 1):
        teller.now += timedelta(days=1)
        teller.run_id = start_run(teller.con, inputs=[str(run)], versions={}, started_at=teller.now)
        teller.tell(f"City {run}", on="2025", geonameid=run)
        teller.refresh()
        finish_run(teller.con, teller.run_id, counts={"claims": run}, finished_at=teller.now)
        publish_registry(teller.con, target)
        if not readers:
            command = [sys.executable, "-c", READ, str(target)]
            readers = [
                subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
                )
                for _ in range(2)
            ]
            assert [reader.stdout.readline() for reader in readers] == ["reading\n"] * 2
    for reader in readers:
        said, errors = reader.communicate("")
        assert (errors, reader.returncode) == ("", 0)
        opened, seen = map(int, said.split())
        assert opened > 1
        assert seen >= RUNS - 1
