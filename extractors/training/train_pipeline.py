"""Train and package the English pipeline: `python -m extractors.training.train_pipeline --corpora FOLDER --out FOLDER`.

Two encoders: one learns tags, features, trees and lemmas together, in two stages; the entity recognizer starts from a
copy of the first stage and learns from other texts, at last from those that `fill_names` annotates meanwhile in a
process of its own; then it is balanced. With --last-round the pipeline in --out keeps its syntax, and its recognizer
only learns from those.
Everything is seeded; nothing is downloaded.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import spacy
from spacy import util
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from thinc.api import NumpyOps, set_current_ops

import extractors.sentence_borders
import extractors.training.augment
import extractors.training.encoder  # noqa: F401 - these three, and word_meanings, register what the configs name
from extractors.half_precision import convert_pipeline
from extractors.training.balance_names import balance_names
from extractors.training.corpora import check_corpora, convert_names, convert_syntax
from extractors.training.domain_names import DOMAIN_TEXTS, read_domain_names
from extractors.training.domain_trees import draw_sentences
from extractors.training.name_texts import read_names
from extractors.training.package import assemble, write_pipeline
from extractors.training.vectors import train_vectors
from extractors.training.word_meanings import write_meanings
from schemas.errors import ConfigurationError

CONFIGS = Path(__file__).parent
DOMAIN_SENTENCES = 400
SEED = 0


def train_component(config: Path, out: Path, overrides: dict[str, Any]) -> Path:
    """Train what `config` describes; returns the folder of the step that scored best on dev."""
    # numpy's OpenBLAS multiplies three to five times faster than thinc's BLIS on common processors.
    set_current_ops(NumpyOps(use_blis=False))
    out.mkdir(parents=True, exist_ok=True)
    settings = util.load_config(config, overrides=overrides, interpolate=False)
    train(init_nlp(settings, use_gpu=-1), out, use_gpu=-1)
    return out / "model-best"


def prepare_words(corpora: Path, texts: list[Path], work: Path) -> dict[str, str]:
    """Write vectors and meanings below `work`; returns the paths that every config asks for."""
    raw, vectors, meanings = work / "raw.txt", work / "vectors", work / "meanings.bin"
    train_vectors(corpora, texts, raw, vectors)
    write_meanings(raw, meanings)
    return {"paths.vectors": str(vectors), "paths.meanings": str(meanings)}


def train_syntax(corpora: Path, work: Path, words: dict[str, str]) -> tuple[Path, Path]:
    """Train syntax in two stages below `work`; returns the folders of both."""
    convert_syntax(corpora, draw_sentences(DOMAIN_SENTENCES, seed=SEED), work, spacy.blank("en"), seed=SEED)
    common = words | {"paths.dev": str(work / "syntax_dev.spacy")}
    texts = {"paths.train": str(work / "syntax_train.spacy")}
    first = train_component(CONFIGS / "syntax.cfg", work / "syntax", common | texts)
    domain = {"paths.train": str(work / "domain_train.spacy"), "paths.syntax": str(first)}
    return first, train_component(CONFIGS / "syntax_domain.cfg", work / "syntax_domain", common | domain)


def train_names(corpora: Path, texts: list[Path], work: Path, words: dict[str, str], syntax: Path) -> Path:
    """Train the recognizer on what the corpora and our own lists say; returns its folder."""
    partly = read_names(corpora / "ner" / "train_fewrel.jsonl")
    convert_names(corpora, [*partly, *read_domain_names(texts)], work, spacy.blank("en"), part="names")
    names = {"paths.dev": str(work / "names_dev.spacy"), "paths.train": str(work / "names_train.spacy")}
    return train_component(CONFIGS / "entities.cfg", work / "entities", words | names | {"paths.syntax": str(syntax)})


def train_filled(corpora: Path, filled: Path, work: Path, words: dict[str, str], recognizer: Path) -> Path:
    """Train the recognizer in the folder `recognizer` further, with the `filled` texts; returns its new folder."""
    convert_names(corpora, read_names(filled), work, spacy.blank("en"), part="filled")
    names = {"paths.dev": str(work / "names_dev.spacy"), "paths.train": str(work / "filled_train.spacy")}
    start = {"paths.recognizer": str(recognizer)}
    return train_component(CONFIGS / "entities_filled.cfg", work / "entities_filled", words | names | start)


def widen_pipeline(pipeline: Path, out: Path) -> dict[str, str]:
    """Write a packaged pipeline in single precision, as training leaves it; returns the paths that configs ask for."""
    nlp = spacy.load(pipeline, exclude=["sentence_borders"])
    convert_pipeline(nlp, "float32")
    out.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(out)
    return {"paths.vectors": str(out), "paths.meanings": str(out / "vocab" / "lookups.bin")}


def start_filling(corpora: Path, texts: list[Path], out: Path) -> "subprocess.Popen[bytes]":
    """A process that writes the filled texts to `out`: it has torch, and a core, to itself."""
    arguments = ["--corpora", str(corpora), "--texts", *map(str, texts), "--out", str(out)]
    return subprocess.Popen([sys.executable, "-m", "extractors.training.fill_names", *arguments])


def finish_filling(process: "subprocess.Popen[bytes] | None") -> None:
    """Wait for the filled texts."""
    if process is not None and process.wait():
        raise ConfigurationError(f"filling in names ended with status {process.returncode}; see its message above")


def train_all(options: argparse.Namespace, work: Path) -> tuple[Path, Path]:
    """Train what the options ask for below `work`; returns the folders of syntax and recognizer."""
    check_corpora(options.corpora)
    work.mkdir(parents=True, exist_ok=True)
    filled = options.filled or work / "filled.jsonl"
    filling = None if options.filled else start_filling(options.corpora, options.texts, filled)
    if options.last_round:
        syntax = recognizer = work / "widened"
        words = widen_pipeline(options.out, syntax)
    else:
        words = prepare_words(options.corpora, options.texts, work)
        first, syntax = train_syntax(options.corpora, work, words)
        recognizer = train_names(options.corpora, options.texts, work, words, first)
    finish_filling(filling)
    return syntax, train_filled(options.corpora, filled, work, words, recognizer)


def main() -> None:
    """Train, package, and say where and how long it took; the card is written by `evaluate_pipeline --write-card`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with syntax/ and ner/")
    parser.add_argument(
        "--texts", type=Path, nargs="+", default=DOMAIN_TEXTS, help="folders of our own domain texts (*.txt)"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of the packaged pipeline")
    parser.add_argument("--work", type=Path, help="folder for intermediate files (default: a temporary one)")
    parser.add_argument("--filled", type=Path, help="texts that fill_names wrote before (default: it is run)")
    parser.add_argument("--last-round", action="store_true", help="only train the recognizer in --out on filled texts")
    options = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        syntax, recognizer = train_all(options, options.work or Path(temporary))
        nlp = assemble(syntax, recognizer)
        balance_names(nlp, list(read_names(options.corpora / "ner" / "dev.jsonl")))
        write_pipeline(nlp, options.out)
    print(f"{options.out}: trained in {(time.monotonic() - started) / 60:.0f} minutes")


if __name__ == "__main__":
    main()
