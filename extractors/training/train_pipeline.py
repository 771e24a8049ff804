"""Train and package the English pipeline: `python -m extractors.training.train_pipeline --corpora FOLDER --out FOLDER`.

Two encoders: one learns tags, features, trees and lemmas together, in two stages; the entity recognizer starts from a
copy of the first stage and learns from other texts. Everything is seeded and runs on one core; nothing is downloaded.
"""

import argparse
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
from extractors.training.corpora import check_corpora, convert_names, convert_syntax
from extractors.training.domain_names import read_domain_names
from extractors.training.domain_trees import draw_sentences
from extractors.training.package import assemble, write_pipeline
from extractors.training.vectors import train_vectors
from extractors.training.word_meanings import write_meanings

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


def convert_all(corpora: Path, texts: Path, work: Path) -> dict[str, str]:
    """Write training data, vectors and meanings below `work`; returns the paths that every config asks for."""
    nlp = spacy.blank("en")
    convert_syntax(corpora, draw_sentences(DOMAIN_SENTENCES, seed=SEED), work, nlp, seed=SEED)
    convert_names(corpora, read_domain_names(texts), work, nlp)
    raw, vectors, meanings = work / "raw.txt", work / "vectors", work / "meanings.bin"
    train_vectors(corpora, texts, raw, vectors)
    write_meanings(raw, meanings)
    return {"paths.vectors": str(vectors), "paths.meanings": str(meanings)}


def train_all(corpora: Path, texts: Path, work: Path) -> tuple[Path, Path]:
    """Convert the corpora and train syntax in two stages and entities below `work`; returns the folders of both."""
    check_corpora(corpora)
    work.mkdir(parents=True, exist_ok=True)
    common = convert_all(corpora, texts, work)
    trees = common | {"paths.dev": str(work / "syntax_dev.spacy")}
    names = common | {"paths.dev": str(work / "names_dev.spacy"), "paths.train": str(work / "names_train.spacy")}
    first = train_component(
        CONFIGS / "syntax.cfg", work / "syntax", trees | {"paths.train": str(work / "syntax_train.spacy")}
    )
    start = {"paths.syntax": str(first)}
    domain = trees | {"paths.train": str(work / "domain_train.spacy")}
    second = train_component(CONFIGS / "syntax_domain.cfg", work / "syntax_domain", domain | start)
    entities = train_component(CONFIGS / "entities.cfg", work / "entities", names | start)
    return second, entities


def main() -> None:
    """Train, package, and say where and how long it took; the card is written by `evaluate_pipeline --write-card`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with syntax/ and ner/")
    parser.add_argument("--texts", type=Path, default=DOMAIN_TEXTS, help="folder of our own domain texts (*.txt)")
    parser.add_argument("--out", type=Path, required=True, help="folder of the packaged pipeline")
    parser.add_argument("--work", type=Path, help="folder for intermediate files (default: a temporary one)")
    arguments = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        work = arguments.work or Path(temporary)
        syntax, entities = train_all(arguments.corpora, arguments.texts, work)
        write_pipeline(assemble(syntax, entities), arguments.out)
    print(f"{arguments.out}: trained in {(time.monotonic() - started) / 60:.0f} minutes")


if __name__ == "__main__":
    main()
