"""The training corpora, read as spaCy `Doc`s: CoNLL-U trees and JSON Lines of named entities.

A corpora folder holds `syntax/{train,dev,test,test_pud}.conllu` and
`ner/{train,train_fewrel,train_btc,dev,test,test_pud}.jsonl`.
"""

import random
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import biluo_tags_to_spans, offsets_to_biluo_tags
from spacy.vocab import Vocab

from extractors.training.name_texts import NAME_FILES, NameText, lend_dev, read_names
from schemas.errors import ConfigurationError

SYNTAX_FILES = ("train", "dev", "test", "test_pud")
MOST_SENTENCES = 6
"""Of a training document: the parser's oracle takes time with the square of its length."""

WHOLLY_ANNOTATED = ("train", "train_btc")
"""Files of entities; FewRel's sentences have but two."""

OBTAIN = (
    "the README.md of the corpora says where the texts come from and how its scripts rebuild the folders "
    "syntax/ and ner/; give that folder as --corpora"
)


@dataclass(frozen=True)
class Sentence:
    """One tree of a CoNLL-U file: its comments as key and value, its word rows, white space after each word."""

    comments: dict[str, str]
    rows: list[list[str]]
    spaces: list[bool]

    @property
    def opens_block(self) -> bool:
        """Whether a paragraph, heading or list item begins here."""
        return "newpar" in self.comments


@dataclass(frozen=True)
class Tree:
    """A document of a treebank: `genre` is GUM's, or the name of the source where it has none."""

    source: str
    genre: str
    sentences: list[Sentence] = field(default_factory=list)


def check_corpora(folder: Path) -> None:
    """Raise ConfigurationError unless `folder` holds every file of the corpora."""
    wanted = [folder / "syntax" / f"{name}.conllu" for name in SYNTAX_FILES]
    wanted += [folder / "ner" / f"{name}.jsonl" for name in NAME_FILES]
    missing = [str(path.relative_to(folder)) for path in wanted if not path.is_file()]
    if missing:
        raise ConfigurationError(f"{folder}: no {', '.join(missing)} there; {OBTAIN}")


def read_rows(lines: list[str]) -> tuple[list[list[str]], list[bool]]:
    """Word rows and the white space after each; words of a multiword token stand close together."""
    rows, spaces = [], []
    last_of_token, space_after_token = 0, True
    for line in lines:
        row = line.split("\t")
        glued = "SpaceAfter=No" in row[9].split("|")
        if "." in row[0]:
            continue
        if "-" in row[0]:
            last_of_token, space_after_token = int(row[0].split("-")[1]), not glued
            continue
        rows.append(row)
        index = int(row[0])
        if index < last_of_token:
            spaces.append(False)
        else:
            spaces.append(space_after_token if index == last_of_token else not glued)
    return rows, spaces


def read_sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file, in order; comments without a value map to ''."""
    for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in paragraph.split("\n") if line.strip()]
        comments = {}
        for line in lines:
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                comments[key.strip()] = value.strip()
        rows, spaces = read_rows([line for line in lines if not line.startswith("#")])
        if rows:
            yield Sentence(comments, rows, spaces)


def read_trees(path: Path) -> list[Tree]:
    """The documents of a CoNLL-U file, in order; a new one where the id, source or genre changes."""
    trees: list[Tree] = []
    source = genre = ""
    for sentence in read_sentences(path):
        comments = sentence.comments
        source = comments.get("source", source)
        genre = comments.get("meta::genre", genre)
        if source == "PUD":  # one collection of sentences, whose ids tell news from Wikipedia
            genre = "news" if comments["sent_id"].startswith("n") else "wikipedia"
        name = f"{source} {genre}"
        if not trees or "newdoc id" in comments or trees[-1].genre != name:
            trees.append(Tree(source, name))
        trees[-1].sentences.append(sentence)
    return trees


def build_doc(sentences: list[Sentence], vocab: Vocab, rng: random.Random) -> Doc:
    """One annotated Doc of neighbouring sentences.

    Between blocks stands a token of line breaks, since that is what raw text looks like: headings cannot be told
    from the next sentence without it.
    """
    columns: dict[str, Any] = {
        name: [] for name in ("words", "spaces", "tags", "pos", "morphs", "lemmas", "heads", "deps")
    }
    for sentence in sentences:
        if columns["words"]:
            columns["spaces"][-1] = not sentence.opens_block
            if sentence.opens_block:
                add_line_break(columns, "\n\n" if rng.random() < 0.6 else "\n")
        base = len(columns["words"])
        for row, space in zip(sentence.rows, sentence.spaces, strict=True):
            head = int(row[6])
            columns["words"].append(row[1])
            columns["spaces"].append(space)
            columns["tags"].append("" if row[4] == "_" else row[4])
            columns["pos"].append(row[3])
            columns["morphs"].append("" if row[5] == "_" else row[5])
            columns["lemmas"].append(row[1] if row[2] == "_" and row[1] != "_" else row[2])
            columns["heads"].append(base + head - 1 if head else len(columns["words"]) - 1)
            columns["deps"].append(row[7] if head else "ROOT")
    return Doc(vocab, **columns)


def join_tree(tree: Tree) -> str:
    """The raw text of a treebank document, its blocks set apart by blank lines."""
    parts = []
    for sentence in tree.sentences:
        parts.append("\n\n" if sentence.opens_block else " ")
        parts += [row[1] + " " * space for row, space in zip(sentence.rows, sentence.spaces, strict=True)]
    return "".join(parts).strip()


def add_line_break(columns: dict[str, list[Any]], breaks: str) -> None:
    """Append a token of line breaks that hangs on the word before it."""
    values = (breaks, False, "_SP", "SPACE", "", breaks, len(columns["words"]) - 1, "dep")
    for column, value in zip(columns.values(), values, strict=True):
        column.append(value)


def split_tree(tree: Tree, vocab: Vocab, rng: random.Random, *, low: int, high: int) -> Iterator[Doc]:
    """Docs of `low` to `high` neighbouring sentences each."""
    start = 0
    while start < len(tree.sentences):
        size = rng.randint(low, high)
        yield build_doc(tree.sentences[start : start + size], vocab, rng)
        start += size


def annotate_names(name_text: NameText, nlp: Language) -> Doc:
    """A Doc with entities; tokens that the source is silent about, or cuts elsewhere, are missing values."""
    doc = nlp.make_doc(name_text.text)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W030\]")  # entities that cut a token in two become missing
        tags = offsets_to_biluo_tags(doc, list(name_text.entities))
    for start, end in name_text.unknown:
        span = doc.char_span(start, end, alignment_mode="expand")
        for token in span or ():
            if tags[token.i] == "O":
                tags[token.i] = "-"
    missing = [doc[token.i : token.i + 1] for token in doc if tags[token.i] == "-"]
    doc.set_ents(biluo_tags_to_spans(doc, tags), missing=missing, default="outside")
    return doc


def convert_syntax(corpora: Path, domain: Iterable[Sentence], out: Path, nlp: Language, *, seed: int) -> None:
    """Write `syntax_train.spacy` and `syntax_dev.spacy`, and `domain_train.spacy` with the `domain` sentences added."""
    trees = {name: read_trees(corpora / "syntax" / f"{name}.conllu") for name in ("train", "dev")}
    write_trees(trees["train"], out / "syntax_train.spacy", nlp, seed=seed, low=1, high=MOST_SENTENCES)
    write_trees(trees["dev"], out / "syntax_dev.spacy", nlp, seed=seed, low=8, high=8)
    own = [Tree("domain", "domain", [sentence]) for sentence in domain]
    write_trees([*trees["train"], *own], out / "domain_train.spacy", nlp, seed=seed, low=1, high=MOST_SENTENCES)


def write_trees(trees: Iterable[Tree], path: Path, nlp: Language, *, seed: int, low: int, high: int) -> None:
    """Write Docs of `low` to `high` sentences; the same seed cuts them alike."""
    rng, docs = random.Random(seed), DocBin()  # noqa: S311 - reproducible, not secret
    for tree in trees:
        for doc in split_tree(tree, nlp.vocab, rng, low=low, high=high):
            docs.add(doc)
    docs.to_disk(path)


def convert_names(corpora: Path, others: Iterable[NameText], out: Path, nlp: Language, *, part: str) -> None:
    """Write `{part}_train.spacy` and `names_dev.spacy` into `out`.

    Training reads the files annotated whole, the `others` and, twice, what the development texts lend.
    """
    lent, kept = lend_dev(read_names(corpora / "ner" / "dev.jsonl"))
    whole = chain.from_iterable(read_names(corpora / "ner" / f"{name}.jsonl") for name in WHOLLY_ANNOTATED)
    write_entities(chain(whole, others, lent, lent), out / f"{part}_train.spacy", nlp)
    write_entities(kept, out / "names_dev.spacy", nlp)


def write_entities(texts: Iterable[NameText], path: Path, nlp: Language) -> None:
    """Write the texts as Docs with entities."""
    docs = DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"])
    for text in texts:
        docs.add(annotate_names(text, nlp))
    docs.to_disk(path)
