"""Static word vectors from the raw text of the training splits and our own domain texts, with floret.

floret hashes sub-words into a small table, so names never seen before have vectors too.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training.initialize import convert_vectors

from extractors.training.corpora import read_sentences
from extractors.training.domain_names import find_texts
from extractors.training.name_texts import NAME_TRAINING, read_names

SETTINGS = {
    "mode": "floret",
    "model": "skipgram",
    "hashCount": 2,
    "bucket": 16_000,
    "dim": 64,
    "minn": 3,
    "maxn": 5,
    "minCount": 3,
    "epoch": 8,
    "lr": 0.05,
    "ws": 5,
    "neg": 5,
    "thread": 1,  # several threads would make the vectors differ from run to run
}


def read_lines(corpora: Path, texts: Iterable[Path], nlp: Language) -> Iterator[str]:
    """Tokenized lines of the training splits, then of the `*.txt` files below `texts`; never of dev or test."""
    for sentence in read_sentences(corpora / "syntax" / "train.conllu"):
        yield " ".join(row[1] for row in sentence.rows)
    raw = [text.text for name in NAME_TRAINING for text in read_names(corpora / "ner" / f"{name}.jsonl")]
    raw += [path.read_text(encoding="utf-8") for path in find_texts(texts)]
    for text in raw:
        for line in text.split("\n"):
            words = [token.text for token in nlp.make_doc(line) if not token.is_space]
            if words:
                yield " ".join(words)


def train_vectors(corpora: Path, texts: Iterable[Path], raw: Path, folder: Path) -> None:
    """Write the tokenized text to the file `raw`, train vectors on it, and write them as a blank pipeline."""
    import floret  # type: ignore[import-not-found]

    nlp = spacy.blank("en")
    with raw.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in read_lines(corpora, texts, nlp))
    table = raw.with_suffix(".floret")
    floret.train_unsupervised(str(raw), **SETTINGS).save_floret_vectors(str(table))
    convert_vectors(nlp, table, truncate=0, prune=-1, mode="floret")
    nlp.to_disk(folder)
