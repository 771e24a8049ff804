"""One view of two label schemes: Universal Dependencies and spaCy's English pipelines (ClearNLP, OntoNotes).

The shipped pipeline is trained on UD trees; a user may configure `en_core_web_trf`, which says `dobj` for `obj`, hangs
nouns on prepositions and makes the copula the head. Extraction rules ask these functions, never `token.dep_`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

RELATIONS = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "attr": "xcomp",
    "acomp": "xcomp",
    "oprd": "xcomp",
    "relcl": "acl:relcl",
    "poss": "nmod:poss",
    "prt": "compound:prt",
    "nn": "compound",
    "npadvmod": "obl:npmod",
    "obl:unmarked": "obl:npmod",
    "nmod:unmarked": "nmod:npmod",
    "obl:tmod": "obl:npmod",
    "neg": "advmod",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "ROOT": "root",
}
"""Labels of spaCy's English pipelines, and older ones of UD, in terms of UD 2."""

ENTITY_LABELS = {"GPE": "LOC", "FAC": "LOC", "PER": "PERSON"}
"""Entity labels of other pipelines in terms of ours; those not named stay as they are."""

SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
NEGATIVE_LEMMAS = frozenset({"not", "n't", "never", "nor", "neither", "no"})


@dataclass(frozen=True)
class Oblique:
    """A noun that a preposition ties to its governor; `preposition` is lower case, several words joined by a space."""

    preposition: str
    noun: Token


def relation(token: Token) -> str:
    """UD's name of the relation between `token` and its head; `root` for the head of a sentence."""
    return RELATIONS.get(token.dep_, token.dep_)


def entity_label(span: Span) -> str:
    """Our label of an entity: PERSON, ORG, LOC, DATE, EVENT, or another pipeline's own."""
    return ENTITY_LABELS.get(span.label_, span.label_)


def expand(nouns: list[Token]) -> list[Token]:
    """The nouns and everything coordinated with them, in the order of the text."""
    tokens = {token.i: token for noun in nouns for token in (noun, *noun.conjuncts)}
    return [tokens[index] for index in sorted(tokens)]


def children(token: Token, *relations: str) -> list[Token]:
    """Dependents of `token` in one of the relations, in the order of the text."""
    return [child for child in token.children if relation(child) in relations]


def predicate_copula(token: Token) -> Token | None:
    """The form of *be* that makes `token` a predicate ("Oslo is a *member*"); None where there is none."""
    copulas = children(token, "cop")
    if copulas:
        return copulas[0]
    is_attribute = token.dep_ in {"attr", "acomp"} and token.head.lemma_ == "be"
    return token.head if is_attribute else None


def governor(token: Token) -> Token:
    """The token on which subjects, negations and obliques of a predicate hang: itself, or ClearNLP's copula."""
    copula = predicate_copula(token)
    return copula if copula is not None and copula == token.head else token


def find_subjects(predicate: Token) -> list[Token]:
    """Who does what the active verb says, or is what the predicate noun says; a verb without one shares its first's.

    Coordinated subjects are all returned. Passive verbs have none here: see `find_agents`.
    """
    head = governor(predicate)
    subjects = children(head, *SUBJECTS)
    if not subjects and relation(head) in {"conj", "xcomp"} and not children(head, "nsubj:pass"):
        return find_subjects(head.head) if head.head != head else []
    return expand(subjects)


def find_passive_subjects(verb: Token) -> list[Token]:
    """Who undergoes what a passive verb says, coordinated ones included."""
    subjects = children(verb, "nsubj:pass")
    if not subjects and relation(verb) == "conj" and not children(verb, *SUBJECTS):
        return find_passive_subjects(verb.head) if verb.head != verb else []
    return expand(subjects)


def find_objects(verb: Token) -> list[Token]:
    """Direct objects, coordinated ones included; of a passive verb what is its object in the active voice."""
    return expand(children(verb, "obj")) or find_passive_subjects(verb)


def find_obliques(head: Token) -> Iterator[Oblique]:
    """Nouns tied to a verb or noun by a preposition, coordinated ones each with theirs or their first's."""
    for child in head.children:
        if child.dep_ in {"prep", "agent"}:
            for noun in children(child, "pobj"):
                yield from (Oblique(child.lower_, token) for token in expand([noun]))
        elif relation(child).partition(":")[0] in {"obl", "nmod"} and relation(child) != "nmod:poss":
            preposition = read_case(child)
            if preposition:
                for token in expand([child]):
                    yield Oblique(read_case(token) or preposition, token)


def read_case(noun: Token) -> str:
    """The preposition of a noun in UD, with its fixed parts ("because of"); '' where there is none."""
    words = [part for case in children(noun, "case") for part in (case, *children(case, "fixed"))]
    return " ".join(word.lower_ for word in sorted(words, key=lambda word: word.i) if word.lower_ not in {"'s", "’s"})


def find_agents(verb: Token) -> list[Token]:
    """Who does what a passive verb says: the nouns after *by*."""
    is_passive = bool(children(verb, "nsubj:pass", "aux:pass")) or relation(verb).startswith("acl")
    return [oblique.noun for oblique in find_obliques(verb) if is_passive and oblique.preposition == "by"]


def find_appositions(noun: Token) -> list[Token]:
    """Nouns in apposition to `noun`: "Ada Colau, *mayor* of Barcelona"."""
    return children(noun, "appos")


def is_negated(predicate: Token) -> bool:
    """Whether *not*, *never* or *no* denies the verb or predicate noun itself, not a clause below it."""
    heads = {predicate, governor(predicate)}
    for child in (child for head in heads for child in head.children):
        if child.dep_ == "neg":
            return True
        if relation(child) in {"advmod", "det", "cc", "cc:preconj"} and child.lower_ in NEGATIVE_LEMMAS:
            # "no longer" hangs as a whole: the adverb carries the negation.
            return True
        if relation(child) == "advmod" and any(word.lower_ == "no" for word in child.children):
            return True
    return False
