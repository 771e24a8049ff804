"""CoNLL-U and JSON Lines become annotated docs."""

import json
import random
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from extractors.training.corpora import (
    annotate_names,
    build_doc,
    check_corpora,
    convert_names,
    convert_syntax,
    read_sentences,
    read_trees,
    split_tree,
)
from extractors.training.domain_trees import draw_sentences
from extractors.training.name_texts import NameText, lend_dev, read_names
from schemas.errors import ConfigurationError

NLP = spacy.blank("en")

CONLLU = """\
# newdoc id = one
# source = GUM
# meta::genre = news
# newpar
# text = Oslo didn't join.
1\tOslo\tOslo\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tjoin\tjoin\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
4.1\tjoin\tjoin\tVERB\tVB\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar_block = head
# newpar
# text = Members
1\tMembers\tmember\tNOUN\tNNS\tNumber=Plur\t0\troot\t_\t_

# newdoc id = PUD
# source = PUD
# sent_id = w01
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_

# sent_id = n01
1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\t_

"""


@pytest.fixture
def conllu(tmp_path: Path) -> Path:
    path = tmp_path / "test.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return path


def test_words_of_a_multiword_token_stand_close_together(conllu: Path) -> None:
    sentence = next(read_sentences(conllu))
    assert [row[1] for row in sentence.rows] == ["Oslo", "did", "n't", "join", "."]
    assert sentence.spaces == [True, False, True, False, True]


def test_documents_carry_source_and_genre_and_pud_is_split_by_kind(conllu: Path) -> None:
    trees = read_trees(conllu)
    assert [(tree.source, tree.genre, len(tree.sentences)) for tree in trees] == [
        ("GUM", "GUM news", 2),
        ("PUD", "PUD wikipedia", 1),
        ("PUD", "PUD news", 1),
    ]


def test_blocks_are_set_apart_by_a_token_of_line_breaks(conllu: Path) -> None:
    doc = build_doc(read_trees(conllu)[0].sentences, NLP.vocab, random.Random(0))
    assert doc.text.startswith("Oslo didn't join.\n")
    assert [sent.text.strip() for sent in doc.sents] == ["Oslo didn't join.", "Members"]
    assert [(token.text, token.dep_, token.head.text) for token in doc][:5] == [
        ("Oslo", "nsubj", "join"),
        ("did", "aux", "join"),
        ("n't", "advmod", "join"),
        ("join", "ROOT", "join"),
        (".", "punct", "join"),
    ]
    assert doc[5].is_space
    assert doc[5].tag_ == "_SP"
    assert doc[6].lemma_ == "member"


def test_splitting_a_tree_keeps_every_sentence_once(conllu: Path) -> None:
    tree = read_trees(conllu)[0]
    docs = list(split_tree(tree, NLP.vocab, random.Random(0), low=1, high=1))
    assert [len(list(doc.sents)) for doc in docs] == [1, 1]


def write_name(path: Path, **changes: object) -> None:
    row = {
        "source": "GUM",
        "doc": "d",
        "text": "Ada Lake met Foo in Oslo.",
        "ents": [[0, 8, "PERSON"], [20, 24, "LOC"]],
        "unknown": [[13, 16]],
        "labels": ["PERSON", "LOC"],
    }
    path.write_text(json.dumps(row | changes) + "\n", encoding="utf-8")


def test_unknown_stretches_are_missing_and_all_else_is_outside(tmp_path: Path) -> None:
    write_name(tmp_path / "names.jsonl")
    [text] = read_names(tmp_path / "names.jsonl")
    doc = annotate_names(text, NLP)
    assert [(span.text, span.label_) for span in doc.ents] == [("Ada Lake", "PERSON"), ("Oslo", "LOC")]
    assert [token.ent_iob_ for token in doc] == ["B", "I", "O", "", "O", "B", "O"]


def test_an_entity_that_cuts_a_token_is_missing_without_a_warning(tmp_path: Path) -> None:
    write_name(tmp_path / "names.jsonl", ents=[[0, 2, "PERSON"]], unknown=[])
    [text] = read_names(tmp_path / "names.jsonl")
    assert annotate_names(text, NLP)[0].ent_iob_ == ""


def test_four_in_five_web_texts_of_dev_are_lent_to_training() -> None:
    web = [NameText("UNER-EWT", str(number), "", [], [], frozenset()) for number in range(10)]
    other = [NameText("GUM", "g", "", [], [], frozenset())]
    lent, kept = lend_dev([*web, *other])
    assert len(lent) == 8
    assert [text.source for text in kept] == ["UNER-EWT", "UNER-EWT", "GUM"]
    assert not {text.doc for text in lent} & {text.doc for text in kept}


def count_docs(path: Path) -> int:
    return len(DocBin().from_disk(path))


def test_conversion_gives_the_same_bytes_each_time(conllu: Path, tmp_path: Path) -> None:
    corpora = tmp_path / "corpora"
    for part in ("syntax", "ner"):
        (corpora / part).mkdir(parents=True)
    for name in ("train", "dev"):
        (corpora / "syntax" / f"{name}.conllu").write_text(CONLLU, encoding="utf-8")
    for name in ("train", "train_fewrel", "train_btc", "dev"):
        write_name(corpora / "ner" / f"{name}.jsonl")
    written = []
    for run in ("first", "second"):
        out = tmp_path / run
        out.mkdir()
        convert_syntax(corpora, draw_sentences(3, seed=0), out, spacy.blank("en"), seed=0)
        convert_names(corpora, [], out, spacy.blank("en"), part="names")
        written.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert written[0] == written[1]
    assert set(written[0]) == {
        "syntax_train.spacy",
        "syntax_dev.spacy",
        "domain_train.spacy",
        "names_train.spacy",
        "names_dev.spacy",
    }
    docs = {name: count_docs(tmp_path / "first" / f"{name}_train.spacy") for name in ("syntax", "domain")}
    assert docs["domain"] == docs["syntax"] + 3


def test_a_folder_without_corpora_is_refused_with_the_names_of_the_files(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"syntax/train\.conllu.*ner/test_pud\.jsonl.*README"):
        check_corpora(tmp_path)
