"""Gold documents written as windows with labels.

A dump is JSON Lines, a document a line, so that windows can be looked at and training needs none of the
libraries that find mentions.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from extractors.catalogue import load_catalogue
from extractors.gazetteer import load_gazetteer
from extractors.reading import DocumentReader
from extractors.relation_windows import build_windows
from extractors.score import Matcher, load_gold
from extractors.training.label_pairs import LabelledDocument, LabelledPair, label_documents
from extractors.training.plain_texts import pair_texts


def dump_windows(folders: Sequence[Path], path: Path) -> int:
    """Find, label and write the windows of all gold documents below the folders; returns their number."""
    catalogue = load_catalogue()
    reader = DocumentReader(load_gazetteer(), catalogue)
    documents = [gold for folder in folders for gold in load_gold(folder)]
    write_dump(label_documents(documents, reader, Matcher(catalogue)), path)
    return len(documents)


def dump_texts(paths: Sequence[Path], path: Path) -> int:
    """Find and write the windows of texts without claims; returns the number of those that suggest a network."""
    documents = list(pair_texts(paths, DocumentReader(load_gazetteer(), load_catalogue())))
    write_dump(documents, path)
    return len(documents)


def write_dump(documents: Iterable[LabelledDocument], path: Path) -> None:
    """Write the windows of labelled documents, a JSON object a line."""
    with path.open("w", encoding="utf-8") as lines:
        for document in documents:
            lines.write(json.dumps(_as_record(document), ensure_ascii=False) + "\n")


def _as_record(document: LabelledDocument) -> dict[str, Any]:
    windows = build_windows([pair.context for pair in document.pairs])
    return {
        "document": document.document,
        "claims": document.claims,
        "pairs": [_pair_record(pair) for pair in document.pairs],
        "windows": [{"text": window.text, "pairs": window.pairs} for window in windows],
    }


def _pair_record(pair: LabelledPair) -> dict[str, Any]:
    return {
        "city": pair.city_id,
        "network": pair.context.network_id,
        "near": pair.near,
        "target": pair.context.target,
        "roles": pair.roles,
        "unsure": sorted(pair.unsure),
        "claims": sorted(pair.claims),
    }
