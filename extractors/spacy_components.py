"""Hansa's steps as components of a spaCy pipeline, over `Doc`s that carry their `Document`.

| component | the step | leaves |
| --- | --- | --- |
| hansa_scan | does anything suggest a network? | `doc._.unread`: why the others leave the text alone, else None |
| hansa_layout | layout | `doc._.layout`: blocks, what stands over them, passages |
| hansa_networks | mentions | `doc.spans["networks"]`, `doc._.networks` |
| hansa_cities | mentions | `doc.spans["cities"]`, `doc._.cities` |
| hansa_holders | mentions | `doc.spans["holders"]`, `doc._.people`; no city is left within a holder's name |
| hansa_dates | mentions | `doc.spans["dates"]`, `doc._.dates` |
| hansa_references | reference | `doc._.reading`: all of the above, with "the city", "its mayor", the topic and home |
| hansa_relations | relations | `doc._.relations`: pairs of city and network, with the roles that were read |
| hansa_standing | standing and time | `doc._.standing`: which of the roles stand, since and until when |
| hansa_claims | structure, confidence | `doc._.claims`: a list of `Claim`s with evidence, body, holder, confidence |

They run the very steps of `extractors.pipeline.Extractor`, in the order of this table; without hansa_scan every text is
read, and hansa_dates may be left out. Installed with Hansa, the names are known to every spaCy pipeline:
`nlp.add_pipe("hansa_layout")`. A span ends where tokens do; `span._.mention` has the exact offsets and runners-up.
Texts are English.

spaCy imports this module whenever a pipeline is made: what takes long to load waits for the component that needs it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from spacy.language import Language
from spacy.tokens import Doc

from extractors.claims import judge_standing, list_claims, settle_claims
from extractors.mentions import describe_cities, describe_dates, describe_holders, describe_networks
from extractors.person_names import PipelinePersonFinder
from extractors.reading import DocumentReader, load_document_reader, name_dates
from extractors.relations import read_relations
from extractors.role_reading import RoleReader
from extractors.spacy_attributes import find_document, write_spans
from extractors.text_layout import lay_out
from schemas.errors import ConfigurationError

COMPONENTS = (
    "hansa_scan",
    "hansa_layout",
    "hansa_networks",
    "hansa_cities",
    "hansa_holders",
    "hansa_dates",
    "hansa_references",
    "hansa_relations",
    "hansa_standing",
    "hansa_claims",
)
"""In the order in which they follow one another."""
_ATTRIBUTE = "doc._."


@dataclass
class Component:
    """A step over one `Doc`; leaves alone what hansa_scan found to be not worth reading."""

    name: str
    """In its pipeline, which may change it."""
    factory: str
    step: Callable[[Doc], None]
    group: str | None = None
    """Key of `doc.spans` that the step writes; empty in a text that is left alone."""

    def __call__(self, doc: Doc) -> Doc:
        """Take the step.

        Raises:
            ConfigurationError: the components that it builds on did not run before.
        """
        if doc._.unread is None:
            missing = [a for a in needs_of(self.factory) if doc._.get(a) is None]
            if missing:
                raise ConfigurationError(tell_missing(self.name, missing))
            self.step(doc)
        elif self.group is not None:
            doc.spans[self.group] = []
        return doc


def needs_of(factory: str) -> list[str]:
    """The extension attributes that a component must find."""
    requires = Language.get_factory_meta(factory).requires
    return [name.removeprefix(_ATTRIBUTE) for name in requires if name.startswith(_ATTRIBUTE)]


def find_provider(attribute: str) -> str:
    """The component that sets an extension attribute which others need."""
    return next(name for name in COMPONENTS if _ATTRIBUTE + attribute in Language.get_factory_meta(name).assigns)


def tell_missing(name: str, missing: list[str]) -> str:
    """What an error says of a component that lacks what it needs."""
    providers = list(dict.fromkeys(map(find_provider, missing)))
    attributes = " and ".join(_ATTRIBUTE + attribute for attribute in missing)
    calls = ", ".join(f'nlp.add_pipe("{provider}", before="{name}")' for provider in providers)
    return f"{name}: found no {attributes}, which {' and '.join(providers)} would set before it; add {calls}"


@Language.factory("hansa_scan", assigns=["doc._.document", "doc._.unread"])
def make_scan(nlp: Language, name: str) -> Component:
    """Tells which texts the others may leave alone, at a small part of their cost."""
    del nlp
    return Component(name, "hansa_scan", partial(scan, load_document_reader()))


def scan(reader: DocumentReader, doc: Doc) -> None:
    """Set `doc._.unread`."""
    doc._.unread = reader.tell_why_unread(find_document(doc))


@Language.factory("hansa_layout", assigns=["doc._.document", "doc._.layout"])
def make_layout(nlp: Language, name: str) -> Component:
    """Reads the layout off the document's blocks, or off the plain text."""
    del nlp
    return Component(name, "hansa_layout", set_layout)


def set_layout(doc: Doc) -> None:
    """Set `doc._.layout`."""
    doc._.layout = lay_out(find_document(doc))


@Language.factory("hansa_networks", assigns=["doc._.document", "doc._.networks", "doc.spans"])
def make_networks(nlp: Language, name: str) -> Component:
    """Finds and links the names of networks in the text, the title and the publisher's name."""
    del nlp
    return Component(name, "hansa_networks", partial(set_networks, load_document_reader()), "networks")


def set_networks(reader: DocumentReader, doc: Doc) -> None:
    """Set `doc._.networks` and the spans of those in the text."""
    document = find_document(doc)
    doc._.networks = reader.find_networks(document)
    write_spans(doc, "networks", describe_networks(document, doc._.networks.mentions))


@Language.factory(
    "hansa_cities",
    requires=["doc._.document", "doc._.layout", "doc._.networks"],
    assigns=["doc._.cities", "doc.spans"],
    default_config={"recognizer": None},
)
def make_cities(nlp: Language, name: str, recognizer: str | None) -> Component:
    """Finds and links the names of cities.

    `recognizer` names the component of this pipeline that tells people's names, such as our own `ner`; it is run on
    those texts alone that need it, also where it is disabled. Null: the shipped one, loaded when it is first needed.
    """
    return Component(name, "hansa_cities", partial(set_cities, _choose_reader(nlp, recognizer)), "cities")


def set_cities(reader: DocumentReader, doc: Doc) -> None:
    """Set `doc._.cities` and their spans."""
    doc._.cities = reader.find_cities(doc._.document, doc._.layout, doc._.networks)
    write_spans(doc, "cities", describe_cities(doc._.document, doc._.cities.mentions))


@Language.factory(
    "hansa_holders",
    requires=["doc._.document", "doc._.layout", "doc._.cities"],
    assigns=["doc._.people", "doc.spans"],
)
def make_holders(nlp: Language, name: str) -> Component:
    """Finds the people whom the text ties to cities; they are linked to these."""
    del nlp
    return Component(name, "hansa_holders", partial(set_holders, load_document_reader()), "holders")


def set_holders(reader: DocumentReader, doc: Doc) -> None:
    """Set `doc._.people`, their spans, and anew those of the cities."""
    doc._.people = reader.find_holders(doc._.document, doc._.layout, doc._.cities)
    write_spans(doc, "holders", describe_holders(doc._.document, doc._.people.holders))
    write_spans(doc, "cities", describe_cities(doc._.document, doc._.people.cities))


@Language.factory("hansa_dates", assigns=["doc._.document", "doc._.dates", "doc.spans"])
def make_dates(nlp: Language, name: str) -> Component:
    """Finds the dates that the text names; without it, later steps find them where they need them."""
    del nlp
    return Component(name, "hansa_dates", set_dates, "dates")


def set_dates(doc: Doc) -> None:
    """Set `doc._.dates` and their spans."""
    document = find_document(doc)
    doc._.dates = name_dates(document)
    write_spans(doc, "dates", describe_dates(document, doc._.dates.mentions))


@Language.factory(
    "hansa_references",
    requires=["doc._.document", "doc._.layout", "doc._.networks", "doc._.people"],
    assigns=["doc._.reading"],
    default_config={"recognizer": None},
)
def make_references(nlp: Language, name: str, recognizer: str | None) -> Component:
    """Finds what stands for a city without naming it, and what the document is about; `recognizer` as in hansa_cities.

    It is asked about a title or publisher that may tell whose page the document is.
    """
    return Component(name, "hansa_references", partial(set_reading, _choose_reader(nlp, recognizer)))


def set_reading(reader: DocumentReader, doc: Doc) -> None:
    """Set `doc._.reading`."""
    doc._.reading = reader.refer(doc._.document, doc._.layout, doc._.networks, doc._.people, doc._.dates)


@Language.factory("hansa_relations", requires=["doc._.reading"], assigns=["doc._.relations"])
def make_relations(nlp: Language, name: str) -> Component:
    """Brings cities and networks together, and reads which roles the text states of them."""
    from extractors.pipeline import load_role_reader  # noqa: PLC0415 - onnxruntime takes a while to import

    del nlp
    return Component(name, "hansa_relations", partial(set_relations, load_role_reader()))


def set_relations(role_reader: RoleReader, doc: Doc) -> None:
    """Set `doc._.relations`."""
    doc._.relations = read_relations(doc._.reading, role_reader)


@Language.factory("hansa_standing", requires=["doc._.reading", "doc._.relations"], assigns=["doc._.standing"])
def make_standing(nlp: Language, name: str) -> Component:
    """Weighs the roles that were read against one another, and tells since and until when those hold that stand."""
    del nlp
    return Component(name, "hansa_standing", set_standing)


def set_standing(doc: Doc) -> None:
    """Set `doc._.standing`."""
    doc._.standing = judge_standing(doc._.reading, doc._.relations.pair_up())


@Language.factory(
    "hansa_claims", requires=["doc._.reading", "doc._.relations", "doc._.standing"], assigns=["doc._.claims"]
)
def make_claims(nlp: Language, name: str) -> Component:
    """Makes claims of the roles that stand, each once, with its evidence, body, holder and confidence."""
    del nlp
    return Component(name, "hansa_claims", set_claims)


def set_claims(doc: Doc) -> None:
    """Set `doc._.claims`, in the order of their evidence."""
    doc._.claims = list_claims(settle_claims(doc._.reading, doc._.standing, doc._.relations.found_by))


def _choose_reader(nlp: Language, recognizer: str | None) -> DocumentReader:
    reader = load_document_reader()
    return reader if recognizer is None else reader.with_people(PipelinePersonFinder(nlp, recognizer).find)
