"""Fill in the names that the corpora are silent about: `python -m extractors.training.fill_names --corpora FOLDER`.

A large recognizer learns from the annotated texts and reads FewRel, where only two names of a sentence are marked,
the web texts of the treebank, where none is, and our own domain texts, where the lists know some. What it is sure of is
annotation then, whatever else looks like a name stays unknown. The output holds texts of the corpora: it is not to be
published. Needs requirements-teacher.txt and some 45 minutes of one free core.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractors.training.corpora import check_corpora, join_tree, read_trees
from extractors.training.domain_names import DOMAIN_TEXTS, read_domain_names
from extractors.training.name_stretches import LABELS, Shares, Stretch, cut_texts, decode
from extractors.training.name_texts import NameText, lend_dev, read_names, write_names
from extractors.training.progress import tell

HABITS = "UNER-EWT"
"""The source whose way of marking is followed: it is that of the web texts and of PUD."""

SURE_NAME = 0.6
SURE_OUTSIDE = 0.8


def read_lessons(corpora: Path) -> list[NameText]:
    """What the teacher learns from: the annotated texts, the lent web texts three times, few tweets and single ends."""
    names = corpora / "ner"
    lent, _ = lend_dev(read_names(names / "dev.jsonl"))
    tweets = list(read_names(names / "train_btc.jsonl"))[::4]
    ends = list(read_names(names / "train_fewrel.jsonl"))[::8]
    return [*read_names(names / "train.jsonl"), *lent, *lent, *lent, *tweets, *ends]


def read_silent(corpora: Path, texts: Iterable[Path]) -> Iterator[NameText]:
    """The texts to be filled in."""
    yield from read_names(corpora / "ner" / "train_fewrel.jsonl")
    for number, tree in enumerate(read_trees(corpora / "syntax" / "train.conllu")):
        if tree.source == "EWT":
            text = join_tree(tree)
            yield NameText("EWT", f"ewt-{number}", text, [], [(0, len(text))], frozenset(LABELS))
    yield from read_domain_names(texts)


def fill_text(text: NameText, parts: Iterable[tuple[Stretch, Shares]]) -> NameText:
    """The text with the names that the teacher is sure of; its own entities stand.

    A name may run over small words, which a source with two marked names calls outside without having looked.
    """
    entities, unknown = list(text.entities), []
    for stretch, shares in parts:
        is_silent = [any(a < end and start < b for a, b in text.unknown) for start, end in stretch.words]
        outside = [
            not silent or float(share[0]) >= SURE_OUTSIDE for silent, share in zip(is_silent, shares, strict=True)
        ]
        for first, last, label, sure in decode(shares):
            start, end = stretch.words[first][0], stretch.words[last - 1][1]
            if not any(is_silent[first:last]) or any(a < end and start < b for a, b, _ in text.entities):
                continue
            if sure >= SURE_NAME:
                entities.append((start, end, label))
                outside[first:last] = [True] * (last - first)
            else:
                outside[first:last] = [False] * (last - first)
        unknown += [span for span, known in zip(stretch.words, outside, strict=True) if not known]
    free = [span for span in unknown if not any(span[0] < end and start < span[1] for start, end, _ in entities)]
    return NameText(text.source, text.doc, text.text, sorted(entities), free, text.labels)


def fill_texts(texts: Iterable[NameText], stretches: Iterable[Stretch], shares: Iterable[Shares]) -> Iterator[NameText]:
    """All texts filled in, in their order."""
    parts: dict[int, list[tuple[Stretch, Shares]]] = defaultdict(list)
    for stretch, read in zip(stretches, shares, strict=True):
        parts[id(stretch.text)].append((stretch, read))
    for text in texts:
        yield fill_text(text, parts[id(text)])


def main() -> None:
    """Train the teacher, say what it reaches on the development texts, fill in and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with syntax/ and ner/")
    parser.add_argument(
        "--texts", type=Path, nargs="+", default=DOMAIN_TEXTS, help="folders of our own domain texts (*.txt)"
    )
    parser.add_argument("--encoder", type=Path, help="folder of all-mpnet-base-v2 (default: out of its five packages)")
    parser.add_argument("--out", type=Path, required=True, help="JSON Lines of the filled texts")
    arguments = parser.parse_args()
    from extractors.training.name_teacher import Recipe, load_teacher, predict_shares, score_teacher, train_teacher

    check_corpora(arguments.corpora)
    started = time.monotonic()
    teacher, tokenizer = load_teacher(arguments.encoder)
    for line in train_teacher(teacher, cut_texts(read_lessons(arguments.corpora), tokenizer), Recipe()):
        tell(f"{time.monotonic() - started:6.0f} s  {line}")
    _, kept = lend_dev(read_names(arguments.corpora / "ner" / "dev.jsonl"))
    tell(f"F1 on the development texts: {score_teacher(teacher, kept, tokenizer)}")
    texts = list(read_silent(arguments.corpora, arguments.texts))
    stretches = cut_texts(texts, tokenizer)
    write_names(fill_texts(texts, stretches, predict_shares(teacher, stretches, HABITS)), arguments.out)
    tell(f"{arguments.out}: {len(texts)} texts filled in after {(time.monotonic() - started) / 60:.0f} minutes")


if __name__ == "__main__":
    main()
