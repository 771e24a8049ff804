"""The shipped pipeline loads, is what was packaged, and analyses the sentences that claims depend on."""

import json
import shutil
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Token

from extractors.english import PIPELINE, load_english, verify_english
from extractors.label_scheme import (
    children,
    entity_label,
    expand,
    find_agents,
    find_appositions,
    find_objects,
    find_obliques,
    find_passive_subjects,
    find_subjects,
    is_negated,
)
from extractors.sentence_borders import make_doc
from extractors.training.card import format_scores
from schemas.errors import ConfigurationError

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_english()


def find_word(doc: Doc, text: str) -> Token:
    """The only token written as `text`."""
    [token] = [token for token in doc if token.text == text]
    return token


def words(tokens: list[Token]) -> list[str]:
    return [token.text for token in tokens]


ACTIVE = [
    ("Tampere joined Eurocities in 2008.", "joined", ["Tampere"], ["Eurocities"]),
    ("Last spring Ghent and Utrecht joined the network.", "joined", ["Ghent", "Utrecht"], ["network"]),
    ("Bilbao, Lyon and Turin have joined the alliance.", "joined", ["Bilbao", "Lyon", "Turin"], ["alliance"]),
    ("The city of Gdynia joined the association this week.", "joined", ["city"], ["association"]),
    ("Porto will host the annual conference in June.", "host", ["Porto"], ["conference"]),
    ("Leipzig hosts the secretariat of the network.", "hosts", ["Leipzig"], ["secretariat"]),
    ("Members elected Malmö and Bristol to the board.", "elected", ["Members"], ["Malmö", "Bristol"]),
    ("The assembly elected Anna Berg as president.", "elected", ["assembly"], ["Anna"]),
    ("Nantes has chaired the network since 2021.", "chaired", ["Nantes"], ["network"]),
    ("The mayor of Riga signed the declaration.", "signed", ["mayor"], ["declaration"]),
    ("In May, Graz left the network.", "left", ["Graz"], ["network"]),
    ("Cork won the prize of the network.", "won", ["Cork"], ["prize"]),
    ("In 2024 Lyon hosted the general assembly.", "hosted", ["Lyon"], ["assembly"]),
    ("The assembly elected Barcelona to the board.", "elected", ["assembly"], ["Barcelona"]),
    ("Barcelona elected a new mayor in June.", "elected", ["Barcelona"], ["mayor"]),
    ("The cities of Graz, Linz and Salzburg hosted the meeting.", "hosted", ["cities"], ["meeting"]),
    ("Gothenburg, a founding member of the network, left it in 2015.", "left", ["Gothenburg"], ["it"]),
    ("The mayor of Gdynia chairs the network.", "chairs", ["mayor"], ["network"]),
    ("Kaunas chairs the alliance until 2026.", "chairs", ["Kaunas"], ["alliance"]),
    ("Zaragoza chairs the working group on waste.", "chairs", ["Zaragoza"], ["group"]),
]


@pytest.mark.parametrize(("sentence", "verb", "subjects", "objects"), ACTIVE)
def test_subjects_and_objects_of_active_verbs(
    nlp: Language, sentence: str, verb: str, subjects: list[str], objects: list[str]
) -> None:
    token = find_word(nlp(sentence), verb)
    assert words(find_subjects(token)) == subjects
    assert words(find_objects(token)) == objects


PASSIVE = [
    ("Vilnius was elected to the executive committee.", "elected", ["Vilnius"], []),
    ("Porto and Genoa were admitted to the network in 2019.", "admitted", ["Porto", "Genoa"], []),
    ("The congress was hosted by Zagreb.", "hosted", ["congress"], ["Zagreb"]),
    ("The committee is chaired by the mayor of Ljubljana.", "chaired", ["committee"], ["mayor"]),
    ("The network was founded by Milan and Rotterdam.", "founded", ["network"], ["Milan", "Rotterdam"]),
    ("The working group is chaired by Helsinki.", "chaired", ["group"], ["Helsinki"]),
    ("The summit will be hosted by Porto and Braga.", "hosted", ["summit"], ["Porto", "Braga"]),
    ("The secretariat is hosted by the city of Bonn.", "hosted", ["secretariat"], ["city"]),
    ("The chair of the committee was elected in May.", "elected", ["chair"], []),
]


@pytest.mark.parametrize(("sentence", "verb", "subjects", "agents"), PASSIVE)
def test_subjects_and_agents_of_passive_verbs(
    nlp: Language, sentence: str, verb: str, subjects: list[str], agents: list[str]
) -> None:
    token = find_word(nlp(sentence), verb)
    assert words(find_passive_subjects(token)) == subjects
    assert find_subjects(token) == []
    assert words(find_agents(token)) == agents


PREDICATES = [
    ("Aarhus is a member of the network.", "member", ["Aarhus"], False),
    ("Tallinn and Riga are members of the union.", "members", ["Tallinn", "Riga"], False),
    ("Basel is not a member of the network.", "member", ["Basel"], True),
    ("Braga was the host of the first summit.", "host", ["Braga"], False),
    ("Lviv is a candidate for the board.", "candidate", ["Lviv"], False),
]


@pytest.mark.parametrize(("sentence", "noun", "subjects", "negated"), PREDICATES)
def test_predicate_nouns(nlp: Language, sentence: str, noun: str, subjects: list[str], negated: bool) -> None:
    token = find_word(nlp(sentence), noun)
    assert words(find_subjects(token)) == subjects
    assert is_negated(token) is negated


NEGATIONS = [
    ("Krakow did not join the network.", "join", True),
    ("Krakow has never joined the network.", "joined", True),
    ("The city didn't sign the charter.", "sign", True),
    ("Essen will not host the summit.", "host", True),
    ("Ghent was not elected to the board.", "elected", True),
    ("Aarhus won't host the conference.", "host", True),
    ("Florence did not sign the declaration, but Siena did.", "sign", True),
    ("The town has joined the network.", "joined", False),
    ("The town joined the network, not the union.", "joined", False),
]


@pytest.mark.parametrize(("sentence", "verb", "negated"), NEGATIONS)
def test_negation_of_verbs(nlp: Language, sentence: str, verb: str, negated: bool) -> None:
    assert is_negated(find_word(nlp(sentence), verb)) is negated


OFFICES = [
    ("The mayor of Nantes, Johanna Rolland, opened the meeting.", "mayor", "of", "Nantes"),
    ("Barbara Lenk, mayor of Dresden, opened the meeting.", "mayor", "of", "Dresden"),
    ("The deputy mayor of Leuven spoke first.", "mayor", "of", "Leuven"),
    ("She is the president of Eurocities.", "president", "of", "Eurocities"),
]


@pytest.mark.parametrize(("sentence", "office", "preposition", "noun"), OFFICES)
def test_office_and_its_city(nlp: Language, sentence: str, office: str, preposition: str, noun: str) -> None:
    obliques = [(o.preposition, o.noun.text) for o in find_obliques(find_word(nlp(sentence), office))]
    assert (preposition, noun) in obliques


APPOSITIONS = [
    ("Barbara Lenk, mayor of Dresden, opened the meeting.", {"Barbara", "Lenk"}, "mayor"),
    ("The mayor of Nantes, Johanna Rolland, opened the meeting.", {"mayor"}, "Johanna"),
    ("Peter Novak, the chair of the network, thanked the members.", {"Peter", "Novak"}, "chair"),
    ("Mohamed Ridouani, Mayor of Leuven, signed the pact.", {"Mohamed", "Ridouani"}, "Mayor"),
    ("The Mayor of Warsaw, Rafał Trzaskowski, hosted the delegates.", {"Mayor"}, "Rafał"),
    ("Gothenburg, a founding member of the network, left it in 2015.", {"Gothenburg"}, "member"),
]


@pytest.mark.parametrize(("sentence", "heads", "apposition"), APPOSITIONS)
def test_apposition_of_holder_and_office(nlp: Language, sentence: str, heads: set[str], apposition: str) -> None:
    doc = nlp(sentence)
    found = {(token.text, other.text) for token in doc for other in find_appositions(token)}
    assert any((head, apposition) in found for head in heads)


COORDINATIONS = [
    ("The members are Bergen, Turku and Kiel.", "Bergen", ["Bergen", "Turku", "Kiel"]),
    ("It was signed by Paris, Athens, Quito and Seoul.", "Paris", ["Paris", "Athens", "Quito", "Seoul"]),
    ("Mayors came from Lisbon and from Seville.", "Lisbon", ["Lisbon", "Seville"]),
    ("The cities of Graz, Linz and Salzburg hosted the meeting.", "Graz", ["Graz", "Linz", "Salzburg"]),
    ("Neither Oslo nor Bergen joined the network.", "Oslo", ["Oslo", "Bergen"]),
]


@pytest.mark.parametrize(("sentence", "first", "cities"), COORDINATIONS)
def test_coordinated_cities(nlp: Language, sentence: str, first: str, cities: list[str]) -> None:
    assert words(expand([find_word(nlp(sentence), first)])) == cities


def test_negated_member_of_a_coordination_keeps_its_verb(nlp: Language) -> None:
    doc = nlp("Rome left the network but Naples stayed.")
    assert words(find_subjects(find_word(doc, "left"))) == ["Rome"]
    assert words(find_subjects(find_word(doc, "stayed"))) == ["Naples"]


def test_second_verb_shares_the_subject_of_the_first(nlp: Language) -> None:
    doc = nlp("Valencia joined the network and hosted its congress.")
    assert words(find_subjects(find_word(doc, "hosted"))) == ["Valencia"]


LEMMAS = [("joined", "join"), ("cities", "city"), ("elected", "elect"), ("mayors", "mayor"), ("was", "be")]


@pytest.mark.parametrize(("form", "lemma"), LEMMAS)
def test_lemmas(nlp: Language, form: str, lemma: str) -> None:
    doc = nlp("The mayors joined the cities where she was elected.")
    assert find_word(doc, form).lemma_ == lemma


ENTITIES = [
    (
        "Johanna Rolland visited Berlin in March 2019.",
        {("Johanna Rolland", "PERSON"), ("Berlin", "LOC"), ("March 2019", "DATE")},
    ),
    ("The University of Warsaw opened an office in Brussels.", {("University of Warsaw", "ORG"), ("Brussels", "LOC")}),
    ("Paris, London and New York sent delegations.", {("Paris", "LOC"), ("London", "LOC"), ("New York", "LOC")}),
]


@pytest.mark.parametrize(("sentence", "expected"), ENTITIES)
def test_entities(nlp: Language, sentence: str, expected: set[tuple[str, str]]) -> None:
    assert {(span.text, entity_label(span)) for span in nlp(sentence).ents} == expected


def test_line_breaks_end_sentences_without_full_stops(nlp: Language) -> None:
    doc = nlp("New members in 2020\n\nOslo\nTurin\nThe board welcomed them. It meets in May.")
    assert [sent.text.strip() for sent in doc.sents] == [
        "New members in 2020",
        "Oslo",
        "Turin",
        "The board welcomed them.",
        "It meets in May.",
    ]


def test_wrapped_line_does_not_end_a_sentence(nlp: Language) -> None:
    doc = nlp("The network welcomed\nthree cities as members.")
    assert len(list(doc.sents)) == 1


def test_blocks_of_a_document_end_sentences(nlp: Language) -> None:
    text = "Our members Oslo, Norway Turin, Italy"
    starts = [text.index("Oslo"), text.index("Turin")]
    doc = nlp(make_doc(nlp, text, starts))
    assert [sent.start_char for sent in doc.sents if sent.start_char in starts] == starts


@pytest.mark.parametrize("text", ["", " ", "\n\n", "?", "Oslo"])
def test_texts_without_a_sentence_are_read(nlp: Language, text: str) -> None:
    assert nlp(text).text == text


def test_analyses_are_the_same_each_time(nlp: Language) -> None:
    sentence = "Nantes, whose mayor is Johanna Rolland, presides over the network."
    first = [(token.tag_, token.dep_, token.head.i, token.lemma_, token.ent_type_) for token in nlp(sentence)]
    again = [
        (token.tag_, token.dep_, token.head.i, token.lemma_, token.ent_type_) for token in load_english()(sentence)
    ]
    assert first == again


def test_weights_are_those_that_were_packaged() -> None:
    verify_english()


FLOORS = {
    ("syntax_test_gold_sentences", "tags"): 0.95,
    ("syntax_test_gold_sentences", "uas"): 0.875,
    ("syntax_test_gold_sentences", "las"): 0.84,
    ("syntax_test_gold_sentences", "lemmas"): 0.965,
    ("syntax_test_raw_text", "sentences"): 0.88,
    ("names_test", "f1"): 0.765,
    ("names_test", "ORG"): 0.62,
    ("names_test_pud", "f1"): 0.7,
}
"""Below these no retrained weights are shipped."""


def test_recorded_figures_are_those_of_the_card_and_above_their_floors() -> None:
    performance = json.loads((PIPELINE / "meta.json").read_text(encoding="utf-8"))["performance"]
    assert format_scores(performance) in (PIPELINE / "README.md").read_text(encoding="utf-8")
    fallen = [key for key, floor in FLOORS.items() if performance[key[0]][key[1]] < floor]
    assert fallen == []


def test_a_changed_a_missing_and_an_added_file_are_named(tmp_path: Path) -> None:
    copy = tmp_path / "pipeline"
    shutil.copytree(PIPELINE, copy)
    (copy / "config.cfg").write_text("changed", encoding="utf-8")
    (copy / "tokenizer").unlink()
    (copy / "extra").write_text("", encoding="utf-8")
    with pytest.raises(ConfigurationError) as raised:
        verify_english(copy)
    message = str(raised.value)
    assert "tokenizer is missing" in message
    assert "config.cfg was changed" in message
    assert "extra is not listed" in message
    assert "meta.json" not in message


def test_unknown_pipeline_says_what_to_do() -> None:
    with pytest.raises(ConfigurationError, match=r"no_such_pipeline.*install it"):
        load_english("no_such_pipeline")


def test_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ConfigurationError, match="tagger, parser, ner is needed"):
        load_english(str(tmp_path / "blank"))


def test_copulas_are_children_in_our_scheme(nlp: Language) -> None:
    member = find_word(nlp("Aarhus is a member of the network."), "member")
    assert words(children(member, "cop")) == ["is"]
