"""Train and package the English pipeline: `python -m extractors.training.train_pipeline --corpora FOLDER --out FOLDER`.

Two encoders: one learns tags, features, trees and lemmas together, in two stages; the entity recognizer starts from a
copy of it and learns from other texts, some of which `fill_names` annotates meanwhile in a process of its own. With
--keep-syntax only the recognizer is trained, on the syntax that stands in --out. Everything is seeded; nothing is
downloaded.
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
from extractors.training.corpora import check_corpora, convert_names, convert_syntax
from extractors.training.domain_trees import draw_sentences
from extractors.training.name_texts import read_names
from extractors.training.package import assemble, write_pipeline
from extractors.training.vectors import train_vectors
from extractors.training.word_meanings import write_meanings
from schemas.errors import ConfigurationError

CONFIGS = Path(__file__).parent
DOMAIN_TEXTS = CONFIGS / "corpus" / "train"
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


def prepare_words(corpora: Path, texts: Path, work: Path) -> dict[str, str]:
    """Write vectors and meanings below `work`; returns the paths that every config asks for."""
    raw, vectors, meanings = work / "raw.txt", work / "vectors", work / "meanings.bin"
    train_vectors(corpora, texts, raw, vectors)
    write_meanings(raw, meanings)
    return {"paths.vectors": str(vectors), "paths.meanings": str(meanings)}


def train_syntax(corpora: Path, work: Path, words: dict[str, str]) -> Path:
    """Train syntax in two stages below `work`; returns the folder of the second."""
    convert_syntax(corpora, draw_sentences(DOMAIN_SENTENCES, seed=SEED), work, spacy.blank("en"), seed=SEED)
    common = words | {"paths.dev": str(work / "syntax_dev.spacy")}
    texts = {"paths.train": str(work / "syntax_train.spacy")}
    first = train_component(CONFIGS / "syntax.cfg", work / "syntax", common | texts)
    domain = {"paths.train": str(work / "domain_train.spacy"), "paths.syntax": str(first)}
    return train_component(CONFIGS / "syntax_domain.cfg", work / "syntax_domain", common | domain)


def take_syntax(pipeline: Path, work: Path) -> tuple[Path, dict[str, str]]:
    """The syntax of a packaged pipeline in single precision, and its vectors and meanings, as training leaves them."""
    nlp = spacy.load(pipeline, exclude=["ner", "sentence_borders"])
    convert_pipeline(nlp, "float32")
    syntax = work / "syntax"
    syntax.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(syntax)
    return syntax, {"paths.vectors": str(syntax), "paths.meanings": str(syntax / "vocab" / "lookups.bin")}


def train_names(corpora: Path, filled: Path, syntax: Path, work: Path, words: dict[str, str]) -> Path:
    """Train the recognizer on the corpora and the `filled` texts; returns its folder."""
    convert_names(corpora, read_names(filled), work, spacy.blank("en"))
    names = {"paths.dev": str(work / "names_dev.spacy"), "paths.train": str(work / "names_train.spacy")}
    return train_component(CONFIGS / "entities.cfg", work / "entities", words | names | {"paths.syntax": str(syntax)})


def start_filling(corpora: Path, texts: Path, out: Path) -> "subprocess.Popen[bytes]":
    """A process that writes the filled texts to `out`: it has torch, and a core, to itself."""
    arguments = ["--corpora", str(corpora), "--texts", str(texts), "--out", str(out)]
    return subprocess.Popen([sys.executable, "-m", "extractors.training.fill_names", *arguments])


def finish_filling(process: "subprocess.Popen[bytes] | None") -> None:
    """Wait for the filled texts."""
    if process is not None and process.wait():
        raise ConfigurationError(f"filling in names ended with status {process.returncode}; see its message above")


def main() -> None:
    """Train, package, and say where and how long it took; the card is written by `evaluate_pipeline --write-card`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with syntax/ and ner/")
    parser.add_argument("--texts", type=Path, default=DOMAIN_TEXTS, help="folder of our own domain texts (*.txt)")
    parser.add_argument("--out", type=Path, required=True, help="folder of the packaged pipeline")
    parser.add_argument("--work", type=Path, help="folder for intermediate files (default: a temporary one)")
    parser.add_argument("--filled", type=Path, help="texts that fill_names wrote before (default: it is run)")
    parser.add_argument("--keep-syntax", action="store_true", help="train the recognizer only")
    arguments = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        work = arguments.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        check_corpora(arguments.corpora)
        filled = arguments.filled or work / "filled.jsonl"
        filling = None if arguments.filled else start_filling(arguments.corpora, arguments.texts, filled)
        if arguments.keep_syntax:
            syntax, words = take_syntax(arguments.out, work)
        else:
            words = prepare_words(arguments.corpora, arguments.texts, work)
            syntax = train_syntax(arguments.corpora, work, words)
        finish_filling(filling)
        entities = train_names(arguments.corpora, filled, syntax, work, words)
        write_pipeline(assemble(syntax, entities), arguments.out)
    print(f"{arguments.out}: trained in {(time.monotonic() - started) / 60:.0f} minutes")


if __name__ == "__main__":
    main()
