"""What the English pipeline costs on one core: `make bench` prints each figure beside its limit.

Speed is that of the whole pipeline in words per second of processor time, beside the blank tokenizer's in the same run;
both suffer from a busy machine, their ratio less. The texts are the training documents of this repository.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from extractors.english import PIPELINE

ROOT = Path(__file__).parent.parent
TEXTS = ROOT / "extractors" / "training" / "corpus" / "train"
MOST_TEXTS = 160
LEAST_WORDS_PER_SECOND = 8000.0
MOST_MEGABYTES = 600.0
MOST_LOAD_SECONDS = 1.5

Row = tuple[str, float, str, bool]
"""What is measured, its value, its limit in words, and whether it keeps to it."""


def measure() -> dict[str, float]:
    """The figures of `measure_resources`, which runs alone in a process with one thread."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(TEXTS.rglob("*.txt"))[:MOST_TEXTS]]
    command = [sys.executable, "-m", "extractors.training.measure_resources", str(PIPELINE)]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        command, check=True, input=json.dumps(texts), stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def judge(figures: dict[str, float]) -> list[Row]:
    """Each figure that has a limit, with the limit."""
    speed, memory, load = (figures[name] for name in ("words_per_second", "peak_memory_mb", "load_seconds"))
    return [
        ("words per second", speed, f"≥ {LEAST_WORDS_PER_SECOND:,.0f}", speed >= LEAST_WORDS_PER_SECOND),
        ("peak memory, MB", memory, f"≤ {MOST_MEGABYTES:,.0f}", memory <= MOST_MEGABYTES),
        ("load, seconds", load, f"≤ {MOST_LOAD_SECONDS:g}", load <= MOST_LOAD_SECONDS),
    ]


def main() -> int:
    """Measure, print the table; 1 where a limit is passed."""
    figures = measure()
    rows = judge(figures)
    table = Table(title="English pipeline, one core", title_justify="left")
    for column in ("what", "measured", "limit", ""):
        table.add_column(column, justify="left" if column == "what" else "right")
    for name, value, limit, is_kept in rows:
        table.add_row(name, f"{value:,.2f}" if value < 10 else f"{value:,.0f}", limit, "" if is_kept else "missed")
    blank = figures["blank_words_per_second"]
    table.add_row("blank tokenizer, words per second", f"{blank:,.0f}", "", "")
    table.add_row("ratio to the blank tokenizer", f"{figures['words_per_second'] / blank:.3f}", "", "")
    Console(width=100).print(table)
    return int(not all(is_kept for *_, is_kept in rows))


if __name__ == "__main__":
    sys.exit(main())
