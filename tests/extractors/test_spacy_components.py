"""Each component alone, on a Doc that holds by hand what the components before it would have left."""

import subprocess
import sys
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from extractors.city_mention import CityMention
from extractors.gazetteer import Gazetteer
from extractors.network_mention import NetworkMention
from extractors.people import Holder
from extractors.reading import CityNames, DateNames, NetworkNames, People, Reading
from extractors.relations import Relations, read_relations
from extractors.role_reading import RoleReading
from extractors.spacy_components import COMPONENTS, find_provider, needs_of
from extractors.text_layout import lay_out
from schemas.document import Document, hash_bytes
from schemas.errors import ConfigurationError
from schemas.vocabulary import Role, Status

ROOT = Path(__file__).parents[2]
TEXT = "Johanna Rolland, the mayor of Nantes, was elected president of Eurocities in June 2022."
TAKEN = NetworkMention(TEXT.index("Euro"), TEXT.index(" in June"), "eurocities", "Eurocities", 1.0, "name", None, ())


@pytest.fixture
def nantes(gazetteer: Gazetteer) -> CityMention:
    start = TEXT.index("Nantes")
    return CityMention(start, start + 6, gazetteer.place(2990969), 5.0)


def blank(*components: str) -> Language:
    nlp = spacy.blank("en")
    for name in components:
        nlp.add_pipe(name)
    return nlp


def run(nlp: Language, text: str = TEXT, given: dict[str, Any] | None = None, **fields: object) -> Doc:
    doc = nlp.make_doc(text)
    doc._.document = Document.model_validate(
        {"document_id": hash_bytes(text.encode()), "name": "test", "text": text, "published": "2022-06-20", **fields}
    )
    doc._.layout = lay_out(doc._.document)
    for name, value in (given or {}).items():
        doc._.set(name, value)
    return nlp(doc)


def spans(doc: Doc, group: str) -> list[tuple[str, str, str]]:
    return [(span.text, span.label_, span.kb_id_) for span in doc.spans[group]]


def test_scan_tells_why_a_text_is_left_alone() -> None:
    nlp = blank("hansa_scan")
    assert run(nlp)._.unread is None
    assert run(nlp, "Manchester City beat Barcelona.")._.unread == "nothing in it suggests a city network"
    assert "'fr'" in run(nlp, language="fr")._.unread


def test_text_left_alone_has_no_mentions_and_no_claims() -> None:
    doc = blank(*COMPONENTS)("Manchester City beat Barcelona in Paris on 3 May 2021.")
    assert {group: list(spans) for group, spans in doc.spans.items()} == {
        "networks": [],
        "cities": [],
        "holders": [],
        "dates": [],
    }
    assert doc._.claims == []
    assert doc._.layout is None


def test_layout_takes_the_blocks_of_the_document() -> None:
    text = "MEMBERS\n- Ghent\n- Oslo\n"
    block = {"kind": "heading", "start": 0, "end": 7}
    given = run(blank("hansa_layout"), text, {"layout": None}, blocks=[block])
    assert [b.kind for b in given._.layout.blocks] == ["heading"]
    assert len(blank("hansa_layout")(text)._.layout.blocks) == 3


def test_networks() -> None:
    doc = run(blank("hansa_networks"), publisher="Energy Cities")
    assert spans(doc, "networks") == [("Eurocities", "NETWORK", "eurocities")]
    assert doc._.networks.publisher.network_id == "energy-cities"


def test_cities_are_read_outside_of_networks() -> None:
    text = "Oslo Partners met in Bergen."
    taken = NetworkMention(0, 13, "new:oslo-partners", "Oslo Partners", 0.6, "new", None, ())
    doc = run(blank("hansa_cities"), text, {"networks": NetworkNames((taken,), (), None)})
    assert spans(doc, "cities") == [("Bergen", "CITY", "gn:3161732")]


@Language.component("test_recognizer")
def find_jack(doc: Doc) -> Doc:
    if doc.text.startswith("Jack London"):
        doc.set_ents([Span(doc, 0, 2, "PERSON")])
    return doc


@Language.component("test_nobody")
def find_nobody(doc: Doc) -> Doc:
    return doc


@pytest.mark.parametrize(
    ("recognizer", "cities"), [("test_recognizer", ["Nantes"]), ("test_nobody", ["London", "Nantes"])]
)
def test_recognizer_of_the_pipeline_tells_people_though_disabled(recognizer: str, cities: list[str]) -> None:
    nlp = blank(recognizer)
    nlp.disable_pipe(recognizer)
    nlp.add_pipe("hansa_cities", config={"recognizer": recognizer})
    doc = run(nlp, "Jack London spoke in Nantes.", {"networks": NetworkNames((), (), None)})
    assert [span.text for span in doc.spans["cities"]] == cities
    assert not doc.ents


def test_recognizer_that_is_missing_is_told() -> None:
    nlp = blank()
    nlp.add_pipe("hansa_cities", config={"recognizer": "ner"})
    with pytest.raises(ConfigurationError, match=r"recognizer 'ner': the pipeline has hansa_cities; name one"):
        run(nlp, "Jack London spoke in Nantes.", {"networks": NetworkNames((), (), None)})


def test_holders_are_linked_to_their_cities(nantes: CityMention) -> None:
    doc = run(blank("hansa_holders"), given={"cities": CityNames((nantes,))})
    assert spans(doc, "holders") == [("Johanna Rolland", "PERSON", "gn:2990969")]
    assert doc.spans["holders"][0]._.mention.link.name == "Johanna Rolland (Nantes)"


def test_city_within_a_holders_name_is_dropped(gazetteer: Gazetteer) -> None:
    text = "Paris Moreau, mayor of Nantes, spoke."
    paris, home = gazetteer.place(2988507), gazetteer.place(2990969)
    start = text.index("Nantes")
    cities = (CityMention(0, 5, paris, 5.0), CityMention(start, start + 6, home, 5.0))
    doc = run(blank("hansa_holders"), text, {"cities": CityNames(cities)})
    assert [span.text for span in doc.spans["holders"]] == ["Paris Moreau"]
    assert [span.text for span in doc.spans["cities"]] == ["Nantes"]


def test_dates() -> None:
    doc = run(blank("hansa_dates"), "In June 2022, and from 2019 to 2021; until 2018.")
    assert [kb_id for _, _, kb_id in spans(doc, "dates")] == ["2022-06", "2019/2021", "../2018"]


@pytest.fixture
def reading(nantes: CityMention) -> Reading:
    people = People((Holder("Johanna Rolland", 0, 15, nantes, 0),), (nantes,))
    networks = NetworkNames((TAKEN,), (), None)
    found = run(blank("hansa_references"), given={"networks": networks, "people": people})._.reading
    assert isinstance(found, Reading)
    return found


def test_references_know_topic_and_what_stands_for_a_city(nantes: CityMention) -> None:
    text = TEXT + " Rolland thanked the members."
    people = People((Holder("Johanna Rolland", 0, 15, nantes, 0),), (nantes,))
    given = {"networks": NetworkNames((TAKEN,), (), None), "people": people}
    reading = run(blank("hansa_references"), text, given)._.reading
    assert reading.topic == "eurocities"
    assert [(text[r.start : r.end], r.form) for r in reading.references] == [("Nantes", "name"), ("Rolland", "holder")]


def test_references_take_the_dates_that_were_found_before(nantes: CityMention) -> None:
    given = {"networks": NetworkNames((), (), None), "people": People((), (nantes,)), "dates": DateNames(())}
    assert run(blank("hansa_references"), given=given)._.reading.dates == ()
    assert len(run(blank("hansa_references"), given=given | {"dates": None})._.reading.dates) == 1


@pytest.mark.model
def test_relations(reading: Reading) -> None:
    relations = run(blank("hansa_relations"), given={"reading": reading})._.relations
    assert [[role.role for role in roles] for _, roles in relations.pair_up()] == [[Role.CHAIR]]


def as_read(reading: Reading, *roles: RoleReading) -> Relations:
    class Scripted:
        version = "scripted/1"

        def read(self, pairs: object, *, doubtful_from: float | None = None) -> list[list[RoleReading]]:
            return [list(roles)]

    return read_relations(reading, Scripted())


def test_standing_and_time(reading: Reading) -> None:
    sure, unsure = RoleReading(Role.CHAIR, Status.CURRENT, 0.9), RoleReading(Role.MEMBER, Status.CURRENT, 0.1)
    given = {"reading": reading, "relations": as_read(reading, sure, unsure)}
    standing = run(blank("hansa_standing"), given=given)._.standing
    assert [(p.reading, since) for p, (since, _) in standing.times.items()] == [(sure, "2022-06")]
    assert [p.reading for p in standing.dropped] == [unsure]


def test_claims_have_structure_and_confidence(reading: Reading) -> None:
    relations = as_read(reading, RoleReading(Role.CHAIR, Status.CURRENT, 0.9))
    given = {"reading": reading, "relations": relations}
    given["standing"] = run(blank("hansa_standing"), given=given)._.standing
    [claim] = run(blank("hansa_claims"), given=given)._.claims
    assert (claim.city.name, claim.network.id, claim.role) == ("Nantes", "eurocities", "chair")
    assert (claim.since, claim.holder, claim.found_by) == ("2022-06", "Johanna Rolland", "scripted/1")
    assert claim.evidence.text == TEXT
    assert 0.5 < claim.confidence < 1


def test_span_ends_where_tokens_do_and_its_mention_where_the_name_does() -> None:
    doc = run(blank("hansa_networks"), "He spoke of (Eurocities)Brussels today.")
    [span] = doc.spans["networks"]
    assert "Eurocities" in span.text
    assert span._.mention.text == "Eurocities"
    assert span.id_ == f"network:{span._.mention.start}:{span._.mention.end}"
    assert doc.text[span._.mention.start : span._.mention.end] == "Eurocities"


NEEDY = [name for name in COMPONENTS if needs_of(name)]


@pytest.mark.parametrize("name", NEEDY)
def test_component_without_those_before_it_says_what_to_add(name: str) -> None:
    with pytest.raises(ConfigurationError) as told:
        blank(name)("Oslo joined Eurocities.")
    assert f'nlp.add_pipe("{find_provider(needs_of(name)[-1])}", before="{name}")' in str(told.value)


def test_component_that_was_renamed_is_told_by_its_name() -> None:
    nlp = blank()
    nlp.add_pipe("hansa_holders", name="mayors")
    with pytest.raises(ConfigurationError, match=r'^mayors: .*nlp.add_pipe\("hansa_cities", before="mayors"\)$'):
        nlp("Oslo")


def test_doc_of_another_text_than_its_document_is_refused() -> None:
    nlp = blank("hansa_layout")
    doc = nlp.make_doc("Oslo")
    doc._.document = Document(document_id=hash_bytes(b""), name="other.txt", text="Bergen")
    with pytest.raises(ConfigurationError, match=r"other\.txt: the Doc has another text"):
        nlp(doc)


def test_stored_doc_keeps_document_spans_and_mentions() -> None:
    nlp = blank("hansa_layout", "hansa_networks", "hansa_cities", "hansa_holders", "hansa_dates")
    doc = run(nlp)
    [stored] = (
        DocBin(docs=[doc], store_user_data=True)
        .from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes())
        .get_docs(spacy.blank("en").vocab)
    )
    assert stored._.document == doc._.document
    for group in doc.spans:
        assert spans(stored, group) == spans(doc, group)
        assert [span._.mention for span in stored.spans[group]] == [span._.mention for span in doc.spans[group]]
    assert stored._.layout is stored._.dates is None


def declared() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return dict(project["entry-points"]["spacy_factories"])


def test_every_component_is_an_entry_point() -> None:
    assert list(declared()) == list(COMPONENTS)
    for name, value in declared().items():
        EntryPoint(name, value, "spacy_factories").load()
        assert Language.get_factory_meta(name).factory == name


def test_pipeline_of_another_finds_the_components(tmp_path: Path) -> None:
    """As installed: spaCy reads the entry points of a distribution, and nothing of ours is imported."""
    info = tmp_path / "hansa_probe-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hansa-probe\nVersion: 1\n")
    lines = [f"{name} = {value}" for name, value in declared().items()]
    (info / "entry_points.txt").write_text("\n".join(["[spacy_factories]", *lines]))
    code = """
import sys
import spacy
nlp = spacy.blank("en")
assert "onnxruntime" not in sys.modules
nlp.add_pipe("hansa_layout"); nlp.add_pipe("hansa_networks"); nlp.add_pipe("hansa_cities")
doc = nlp("Oslo joined Eurocities.")
print([span.kb_id_ for span in doc.spans["cities"]])
"""
    command = [sys.executable, "-c", f"import sys; sys.path[:0] = {[str(tmp_path), str(ROOT)]!r}\n{code}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("['gn:3143244']", 0), done.stderr
