"""Texts with named entities, as the corpora's JSON Lines hold them: what a source annotates, and where it is silent."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

NAME_TRAINING = ("train", "train_fewrel", "train_btc")
NAME_FILES = (*NAME_TRAINING, "dev", "test", "test_pud")


@dataclass(frozen=True)
class NameText:
    """A text with its entities: `unknown` stretches say nothing, and only `labels` are annotated at all."""

    source: str
    doc: str
    text: str
    entities: list[tuple[int, int, str]]
    unknown: list[tuple[int, int]]
    labels: frozenset[str]


def read_names(path: Path) -> Iterator[NameText]:
    """The texts of a JSON Lines file of named entities."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield NameText(
            source=row["source"],
            doc=row["doc"],
            text=row["text"],
            entities=[(start, end, label) for start, end, label in row["ents"]],
            unknown=[(start, end) for start, end in row["unknown"]],
            labels=frozenset(row["labels"]),
        )


def write_names(texts: Iterable[NameText], path: Path) -> None:
    """Write the texts as a JSON Lines file that `read_names` reads."""
    with path.open("w", encoding="utf-8") as file:
        for text in texts:
            row = {
                "source": text.source,
                "doc": text.doc,
                "text": text.text,
                "ents": text.entities,
                "unknown": text.unknown,
                "labels": sorted(text.labels),
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def lend_dev(texts: Iterable[NameText]) -> tuple[list[NameText], list[NameText]]:
    """Split the development texts into those lent to training and those that choose the best step.

    UNER-EWT alone covers web text and draws the line of organisations as the test splits do, but its training split
    is not at hand: four in five of its development texts are lent, all others choose.
    """
    lent: list[NameText] = []
    kept: list[NameText] = []
    seen = 0
    for text in texts:
        is_web = text.source == "UNER-EWT"
        seen += is_web
        (lent if is_web and seen % 5 else kept).append(text)
    return lent, kept
