"""The two label schemes give the same answers; each sentence is built by hand in both."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from extractors.label_scheme import (
    entity_label,
    expand,
    find_agents,
    find_appositions,
    find_objects,
    find_obliques,
    find_passive_subjects,
    find_subjects,
    is_negated,
    relation,
)


def build(rows: str) -> Doc:
    """A Doc of lines `word head dep [lemma]`; heads are indices from 0."""
    split = [line.split() for line in rows.strip().splitlines()]
    return Doc(
        VOCAB,
        words=[row[0] for row in split],
        heads=[int(row[1]) for row in split],
        deps=[row[2] for row in split],
        lemmas=[row[3] if len(row) > 3 else row[0].lower() for row in split],
    )


VOCAB = spacy.blank("en").vocab

JOINED = {
    "ud": "Oslo 3 nsubj\nand 2 cc\nTurku 0 conj\njoined 3 ROOT\nEurocities 3 obj",
    "clearnlp": "Oslo 3 nsubj\nand 0 cc\nTurku 0 conj\njoined 3 ROOT\nEurocities 3 dobj",
}
ELECTED = {
    "ud": "Malmö 2 nsubj:pass\nwas 2 aux:pass\nelected 2 ROOT\nby 5 case\nthe 5 det\nassembly 2 obl:agent",
    "clearnlp": "Malmö 2 nsubjpass\nwas 2 auxpass\nelected 2 ROOT\nby 2 agent\nthe 5 det\nassembly 3 pobj",
}
NOT_MEMBER = {
    "ud": "Oslo 4 nsubj\nis 4 cop be\nnot 4 advmod\na 4 det\nmember 4 ROOT\nof 6 case\nEurocities 4 nmod",
    "clearnlp": "Oslo 1 nsubj\nis 1 ROOT be\nnot 1 neg\na 4 det\nmember 1 attr\nof 4 prep\nEurocities 5 pobj",
}
MAYOR = {
    "ud": "Berg 5 nsubj\n, 2 punct\nmayor 0 appos\nof 4 case\nOslo 2 nmod\nspoke 5 ROOT",
    "clearnlp": "Berg 5 nsubj\n, 0 punct\nmayor 0 appos\nof 2 prep\nOslo 3 pobj\nspoke 5 ROOT",
}
SCHEMES = ("ud", "clearnlp")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_coordinated_subjects_and_the_object_of_a_verb(scheme: str) -> None:
    joined = build(JOINED[scheme])[3]
    assert [token.text for token in find_subjects(joined)] == ["Oslo", "Turku"]
    assert [token.text for token in find_objects(joined)] == ["Eurocities"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_passive_subject_is_an_object_and_the_agent_is_named(scheme: str) -> None:
    elected = build(ELECTED[scheme])[2]
    assert find_subjects(elected) == []
    assert [token.text for token in find_passive_subjects(elected)] == ["Malmö"]
    assert [token.text for token in find_objects(elected)] == ["Malmö"]
    assert [token.text for token in find_agents(elected)] == ["assembly"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_negated_predicate_noun_with_subject_and_oblique(scheme: str) -> None:
    member = build(NOT_MEMBER[scheme])[4]
    assert [token.text for token in find_subjects(member)] == ["Oslo"]
    assert [(o.preposition, o.noun.text) for o in find_obliques(member)] == [("of", "Eurocities")]
    assert is_negated(member)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_apposition_and_its_city(scheme: str) -> None:
    doc = build(MAYOR[scheme])
    [mayor] = find_appositions(doc[0])
    assert [(o.preposition, o.noun.text) for o in find_obliques(mayor)] == [("of", "Oslo")]
    assert not is_negated(doc[5])


@pytest.mark.parametrize(
    ("scheme", "index", "name"),
    [
        ("ud", 0, "nsubj:pass"),
        ("clearnlp", 0, "nsubj:pass"),
        ("ud", 1, "aux:pass"),
        ("clearnlp", 1, "aux:pass"),
        ("ud", 2, "root"),
        ("clearnlp", 2, "root"),
    ],
)
def test_relations_bear_the_names_of_ud(scheme: str, index: int, name: str) -> None:
    assert relation(build(ELECTED[scheme])[index]) == name


def test_no_longer_is_a_negation() -> None:
    doc = build("Oslo 5 nsubj\nis 5 cop be\nno 3 advmod\nlonger 5 advmod\na 5 det\nmember 5 ROOT")
    assert is_negated(doc[5])


def test_a_negated_noun_below_the_verb_does_not_negate_the_verb() -> None:
    doc = build("Oslo 1 nsubj\njoined 1 ROOT\nUCLG 1 obj\n, 5 punct\nnot 5 advmod\nICLEI 2 conj")
    assert not is_negated(doc[1])


def test_expand_of_nothing_is_nothing() -> None:
    assert expand([]) == []


@pytest.mark.parametrize(("label", "expected"), [("GPE", "LOC"), ("FAC", "LOC"), ("PER", "PERSON"), ("ORG", "ORG")])
def test_entity_labels_of_other_pipelines(label: str, expected: str) -> None:
    doc = Doc(VOCAB, words=["Oslo"])
    assert entity_label(Span(doc, 0, 1, label=label)) == expected
