"""Print every figure of the pipeline: `python -m extractors.training.evaluate_pipeline --corpora FOLDER`.

With `--write-card` the figures go into the pipeline's card and meta.json, and the digests are renewed. The figures that
stood in meta.json are compared with the new ones either way. Speed and memory are of the machine: where a change leaves
them as they were, `--keep-resources` leaves what another machine recorded.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from spacy.language import Language

from extractors.english import PIPELINE, load_english, write_digests
from extractors.training.card import format_changes, format_scores, write_card
from extractors.training.corpora import Tree, check_corpora, join_tree, read_trees
from extractors.training.name_texts import read_names
from extractors.training.scores import (
    score_by_genre,
    score_gold_sentences,
    score_names,
    score_raw_text,
)


def evaluate_syntax(nlp: Language, corpora: Path) -> dict[str, Any]:
    """Syntax on the test split and on PUD, over all and by genre."""
    scores: dict[str, Any] = {}
    genres: list[Tree] = []
    for split in ("test", "test_pud"):
        trees = read_trees(corpora / "syntax" / f"{split}.conllu")
        scores[f"syntax_{split}_gold_sentences"] = score_gold_sentences(nlp, trees)
        scores[f"syntax_{split}_raw_text"] = score_raw_text(nlp, trees)
        genres += trees
    scores["syntax_by_genre"] = score_by_genre(nlp, genres)
    return scores


def evaluate_names(nlp: Language, corpora: Path) -> dict[str, Any]:
    """Entities on the test split and on PUD, over all and by source."""
    scores: dict[str, Any] = {}
    for split in ("test", "test_pud"):
        texts = read_names(corpora / "ner" / f"{split}.jsonl")
        scores[f"names_{split}"], scores[f"names_{split}_by_source"] = score_names(nlp, list(texts))
    return scores


def evaluate_resources(folder: Path, corpora: Path) -> dict[str, float]:
    """Speed, memory and loading time in a fresh process on one core, and the size on disk."""
    texts = [join_tree(tree) for tree in read_trees(corpora / "syntax" / "test.conllu")]
    command = [sys.executable, "-m", "extractors.training.measure_resources", str(folder)]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        command, check=True, input=json.dumps(texts), stdout=subprocess.PIPE, text=True, env=environment
    )
    figures: dict[str, float] = json.loads(done.stdout)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return figures | {"size_mb": size / 1e6}


def main() -> None:
    """Evaluate, print, and with `--write-card` record."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with syntax/ and ner/")
    parser.add_argument("--pipeline", type=Path, default=PIPELINE, help="folder of the pipeline")
    parser.add_argument("--write-card", action="store_true", help="write the figures into README.md and meta.json")
    parser.add_argument("--keep-resources", action="store_true", help="leave speed and memory as they were recorded")
    arguments = parser.parse_args()
    check_corpora(arguments.corpora)
    started = time.monotonic()
    nlp = load_english(str(arguments.pipeline))
    meta_path = arguments.pipeline / "meta.json"
    meta = json.loads(meta_path.read_text(encoding="utf-8"))
    recorded = meta.get("performance", {}).get("resources") if arguments.keep_resources else None
    scores: dict[str, Any] = {"resources": recorded or evaluate_resources(arguments.pipeline, arguments.corpora)}
    scores |= evaluate_syntax(nlp, arguments.corpora)
    scores |= evaluate_names(nlp, arguments.corpora)
    print(format_scores(scores))
    changes = format_changes(meta.get("performance", {}), scores)
    print(changes)
    if arguments.write_card:
        meta["performance"] = scores
        meta_path.write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        write_card(arguments.pipeline, scores, changes)
        write_digests(arguments.pipeline)
    print(f"evaluated in {time.monotonic() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
