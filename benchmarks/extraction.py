"""How fast documents are read: `make bench` prints documents per second of one process, and its peak memory.

Over texts of some 250 words that bear claims (of the training corpus) and over texts that have nothing to do with
city networks (the language reference that comes with Python, or the treebanks of `--corpora FOLDER`), each beside the
same steps as components of a spaCy pipeline, and a plain `nlp.pipe` of the whole English pipeline, over the same texts
in the same run. Seconds are of processor time, on
one thread, the best of a few rounds: other work on the machine takes turns in caches and clock, and so it does for
the baseline.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from pydoc_data.topics import topics
from typing import Any

from rich.console import Console
from rich.table import Table

# Modules of the project are imported where they are used: a measured process pays for what it measures alone.
ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "extractors" / "training" / "corpus"
WORDS = (200, 300)
"""Words of a text that bears claims."""
PIECE = 250
"""Words of a text that bears none."""
BATCH = 32
LEAST_BEARING, LEAST_UNRELATED, MOST_MEGABYTES = 12, 1000, 1500


@dataclass(frozen=True)
class Speed:
    """Documents per second of processor time, and the process' peak memory."""

    documents_per_second: float
    megabytes: float
    claims: int


def main() -> int:
    """Measure, print the table; 1 where a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="folder of the treebanks, as extractors.training reads it")
    parser.add_argument("--documents", type=int, default=60, help="texts that bear claims; ten times as many others")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--measure", choices=tuple(_READERS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, json.load(sys.stdin), options.rounds)))
        return 0
    bearing = list(islice(find_bearing(CORPUS), options.documents))
    unrelated = list(islice(find_unrelated(options.corpora), 10 * options.documents))
    rows = [
        ("texts that bear claims", bearing, LEAST_BEARING),
        ("unrelated texts", unrelated, LEAST_UNRELATED),
    ]
    return print_speeds([(name, texts, least, *compare(texts, options.rounds)) for name, texts, least in rows])


def find_bearing(folder: Path) -> Iterator[str]:
    """Texts of gold documents below `folder` that bear claims and have WORDS words, by path."""
    for record in sorted(folder.rglob("*.json")):
        if json.loads(record.read_text(encoding="utf-8"))["claims"]:
            text = record.with_suffix(".txt").read_text(encoding="utf-8")
            if WORDS[0] <= len(text.split()) <= WORDS[1]:
                yield text


def find_unrelated(corpora: Path | None) -> Iterator[str]:
    """Texts of PIECE words that have nothing to do with city networks."""
    if corpora is None:
        yield from cut_pieces(topics[name] for name in sorted(topics))
        return
    from extractors.training.measure_false_claims import read_texts  # noqa: PLC0415

    yield from cut_pieces(text for _, text in read_texts(corpora))


def cut_pieces(texts: Iterable[str]) -> Iterator[str]:
    """Texts joined and cut at the ends of paragraphs into pieces of PIECE words and more."""
    piece: list[str] = []
    words = 0
    for text in texts:
        for paragraph in text.split("\n\n"):
            piece.append(paragraph)
            words += len(paragraph.split())
            if words >= PIECE:
                yield "\n\n".join(piece)
                piece, words = [], 0


def compare(texts: list[str], rounds: int) -> tuple[Speed, Speed, Speed]:
    """The speed of the extractor, of the spaCy components, and of a plain nlp.pipe, each in a process of its own."""
    own, components, plain = (measure_apart(reader, texts, rounds) for reader in ("extract", "components", "pipe"))
    return own, components, plain


def measure_apart(reader: str, texts: list[str], rounds: int) -> Speed:
    """`measure` in a process of its own, on one thread."""
    one = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    command = [sys.executable, __file__, "--measure", reader, "--rounds", str(rounds)]
    done = subprocess.run(
        command, check=True, input=json.dumps(texts), stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | one
    )
    return Speed(**json.loads(done.stdout))


def measure(reader: str, texts: list[str], rounds: int) -> dict[str, float]:
    """The fields of a Speed, in this process: the best of some rounds after one that warms up."""
    read = _READERS[reader]()
    read(texts[:5])
    seconds, claims = [], 0
    for _ in range(rounds):
        started = time.process_time()
        claims = read(texts)
        seconds.append(time.process_time() - started)
    return {
        "documents_per_second": len(texts) / max(min(seconds), 1e-9),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "claims": claims,
    }


def _load_extractor() -> Callable[[list[str]], int]:
    from extractors.pipeline import load_extractor  # noqa: PLC0415
    from schemas.document import Document, hash_bytes  # noqa: PLC0415

    extractor = load_extractor()

    def read(texts: list[str]) -> int:
        documents = (Document(document_id=hash_bytes(text.encode()), name="bench", text=text) for text in texts)
        return sum(len(extraction.claims) for _, extraction in extractor.extract_all(documents))

    return read


def _load_pipe() -> Callable[[list[str]], int]:
    from extractors.english import load_english  # noqa: PLC0415

    nlp = load_english()

    def read(texts: list[str]) -> int:
        for _ in nlp.pipe(texts, batch_size=BATCH):
            pass
        return 0

    return read


def _load_components() -> Callable[[list[str]], int]:
    from extractors.spacy_pipeline import load_claims_pipeline  # noqa: PLC0415

    nlp = load_claims_pipeline()

    def read(texts: list[str]) -> int:
        return sum(len(doc._.claims) for doc in nlp.pipe(texts, batch_size=BATCH))

    return read


_READERS: dict[str, Callable[[], Callable[[list[str]], int]]] = {
    "extract": _load_extractor,
    "components": _load_components,
    "pipe": _load_pipe,
}


def print_speeds(rows: list[tuple[str, list[str], int, Speed, Speed, Speed]]) -> int:
    """Print a row for each kind of texts; 1 where one is too slow or takes too much memory."""
    table = Table(title="Extraction, of one process on one thread", title_justify="left")
    columns = (
        "texts",
        "number",
        "claims",
        "documents/s",
        "at least",
        "components/s",
        "nlp.pipe/s",
        "ratio",
        "peak MB",
        "at most",
    )
    for column in columns:
        table.add_column(column, justify="left" if column == "texts" else "right")
    for name, texts, least, own, components, plain in rows:
        figures: list[Any] = [
            len(texts), own.claims, f"{own.documents_per_second:.1f}", least,
            f"{components.documents_per_second:.1f}", f"{plain.documents_per_second:.1f}",
            f"{own.documents_per_second / plain.documents_per_second:.1f}", f"{own.megabytes:.0f}", MOST_MEGABYTES,
        ]  # fmt: skip
        table.add_row(name, *map(str, figures))
    Console(width=140).print(table)
    return int(any(own.documents_per_second < least or own.megabytes > MOST_MEGABYTES for _, _, least, own, *_ in rows))


if __name__ == "__main__":
    sys.exit(main())
