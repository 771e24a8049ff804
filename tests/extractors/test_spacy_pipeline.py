from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from extractors.pipeline import Extractor, load_extractor
from extractors.score import load_gold
from extractors.spacy_components import COMPONENTS
from extractors.spacy_pipeline import load_claims_pipeline, make_docs
from schemas.document import Document
from schemas.errors import ConfigurationError

pytestmark = pytest.mark.model

DOCUMENTS = [gold.document for gold in load_gold(Path(__file__).parents[1] / "gold" / "dev")]
TEXT = "Johanna Rolland, the mayor of Nantes, was elected president of Eurocities."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_claims_pipeline()


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


def test_claims_are_those_of_the_extractor(nlp: Language, extractor: Extractor) -> None:
    for document, doc in zip(DOCUMENTS, nlp.pipe(make_docs(nlp, DOCUMENTS), batch_size=16), strict=True):
        assert doc._.claims == extractor.extract(document).claims


def test_spans_are_the_mentions_of_the_extractor(extractor: Extractor) -> None:
    nlp = load_claims_pipeline(["hansa_layout", "hansa_networks", "hansa_cities", "hansa_holders", "hansa_dates"])
    for doc in nlp.pipe(make_docs(nlp, DOCUMENTS[::5])):
        spans = [span for group in ("cities", "networks", "holders", "dates") for span in doc.spans[group]]
        told = sorted((span._.mention for span in spans), key=lambda m: (m.start, m.end, m.kind))
        assert told == extractor.find_mentions(doc._.document)
        assert all(span.kb_id_ == span._.mention.link.id for span in spans if span._.mention.link)
        assert all(span.start_char <= span._.mention.start < span._.mention.end <= span.end_char for span in spans)


def test_several_processes_give_the_same(nlp: Language) -> None:
    documents = DOCUMENTS[:4]
    several = list(nlp.pipe(make_docs(nlp, documents), n_process=2, batch_size=2))
    one = list(nlp.pipe(make_docs(nlp, documents)))
    assert [doc._.claims for doc in several] == [doc._.claims for doc in one]
    assert [doc._.document for doc in several] == documents


def test_every_requirement_is_met(nlp: Language) -> None:
    analysis = nlp.analyze_pipes()
    assert nlp.pipe_names == list(COMPONENTS)
    assert not any(analysis["problems"].values())


def test_no_syntax_and_no_entities_unless_asked_for(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert not doc.has_annotation("DEP")
    assert not doc.ents
    asked = load_claims_pipeline(syntax=True)(TEXT)
    assert asked.has_annotation("DEP")
    assert [ent.label_ for ent in asked.ents][:1] == ["PERSON"]
    assert asked._.claims == doc._.claims


def test_sentences_begin_where_blocks_do() -> None:
    nlp = load_claims_pipeline([], syntax=True)
    text = "Members of the League\nOslo and Bergen"
    blocks = [{"kind": "heading", "start": 0, "end": 21}, {"kind": "paragraph", "start": 22, "end": len(text)}]
    document = Document.model_validate({"document_id": "0", "name": "a", "text": text, "blocks": blocks})
    [doc] = nlp.pipe(make_docs(nlp, [document]))
    assert [sentence.text.strip() for sentence in doc.sents] == text.split("\n")


def test_text_without_a_sign_of_networks_costs_no_recognizer(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp, "get_pipe", lambda name: pytest.fail(f"{name} was asked"))
    assert nlp("Jack London spoke in Nantes.")._.claims == []
    with pytest.raises(pytest.fail.Exception, match="sentence_borders was asked"):
        nlp("Jack London spoke to Eurocities in Nantes.")


def test_config_makes_the_same_pipeline_again(nlp: Language) -> None:
    again = spacy.util.load_model_from_config(nlp.config, auto_fill=False)
    assert again.config == nlp.config
    assert again.pipe_names == nlp.pipe_names
    assert again.config["components"]["hansa_cities"] == {"factory": "hansa_cities", "recognizer": "ner"}


def test_pipeline_of_another_is_stored_and_loaded(nlp: Language, tmp_path: Path) -> None:
    own = spacy.blank("en")
    for name in COMPONENTS:
        own.add_pipe(name)
    own.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert loaded.config == own.config
    assert loaded(TEXT)._.claims == nlp(TEXT)._.claims
    assert [claim.holder for claim in loaded(TEXT)._.claims] == ["Johanna Rolland"]


def test_unknown_component_is_told() -> None:
    with pytest.raises(ConfigurationError, match="found hansa_towns, expected some of hansa_scan, hansa_layout"):
        load_claims_pipeline(["hansa_towns"])


def test_component_before_one_that_it_builds_on_is_told() -> None:
    with pytest.raises(
        ConfigurationError, match=r"^hansa_cities: found no doc\._\.networks, which hansa_networks would"
    ):
        load_claims_pipeline(["hansa_layout", "hansa_cities", "hansa_networks"])
