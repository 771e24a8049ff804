"""What Hansa's spaCy components keep on a `Doc`: extension attributes, spans of mentions, and how they are stored.

`doc._.document`, `doc._.claims` and the spans' mentions survive `Doc.to_bytes`, a `DocBin` with `store_user_data`, and
`nlp.pipe` in several processes. What the steps hand on to one another (`doc._.layout` and the like) does not: it is
stored as nothing.
"""

from collections.abc import Callable, Iterable
from typing import Any

import srsly
from pydantic import BaseModel
from spacy.tokens import Doc, Span

from extractors.claims import Standing
from extractors.reading import CityNames, DateNames, NetworkNames, People, Reading
from extractors.relations import Relations
from extractors.text_layout import TextLayout
from schemas.claim import Claim, Mention
from schemas.document import Document, hash_bytes
from schemas.errors import ConfigurationError

STEPS = ("layout", "networks", "cities", "people", "dates", "reading", "relations", "standing")
"""Extension attributes that hold what a step found; None before it."""

_DEFAULTS: dict[str, Any] = {
    "document": None,
    "unread": None,
    "mentions": {},
    "claims": [],
    **dict.fromkeys(STEPS),
}


def _find_mention(span: Span) -> Mention | None:
    mention: Mention | None = span.doc._.mentions.get(span.id_)
    return mention


for _name, _default in _DEFAULTS.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)
if not Span.has_extension("mention"):
    Span.set_extension("mention", getter=_find_mention)


def find_document(doc: Doc) -> Document:
    """The Document of a `Doc`; one is made, and kept, for a `Doc` of a bare text.

    Raises:
        ConfigurationError: `doc._.document` has another text than `doc`.
    """
    document: Document | None = doc._.document
    if document is None:
        document = Document(document_id=hash_bytes(doc.text.encode()), name="text", text=doc.text)
        doc._.document = document
    elif document.text != doc.text:
        raise ConfigurationError(
            f"{document.name}: the Doc has another text than its document; make Docs of documents with "
            "extractors.spacy_pipeline.make_docs"
        )
    return document


def write_spans(doc: Doc, group: str, mentions: Iterable[Mention]) -> None:
    """Set `doc.spans[group]`, with the kind in capitals as label and the link's id as `kb_id_`.

    Spans begin and end where tokens do. `span.id_`, such as `city:120:126`, has the exact offsets, and is the key of
    the mention in `doc._.mentions`.
    """
    for span in doc.spans.get(group, ()):
        doc._.mentions.pop(span.id_, None)
    spans = []
    for mention in mentions:
        key = f"{mention.kind}:{mention.start}:{mention.end}"
        link = mention.link.id if mention.link else ""
        span = doc.char_span(
            mention.start, mention.end, mention.kind.upper(), link, alignment_mode="expand", span_id=key
        )
        assert span is not None, f"{key} lies outside of the text"
        doc._.mentions[key] = mention
        spans.append(span)
    doc.spans[group] = spans


_STORED: dict[str, type[BaseModel]] = {kind.__name__: kind for kind in (Document, Claim, Mention)}
_NOT_STORED = (TextLayout, NetworkNames, CityNames, People, DateNames, Reading, Relations, Standing)
_MODEL = "hansa_model"


def encode_model(obj: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """What srsly packs in place of an object of ours."""
    if type(obj) in _STORED.values():
        return {_MODEL: type(obj).__name__, "json": obj.model_dump_json()}
    if isinstance(obj, _NOT_STORED):
        return None
    return obj if chain is None else chain(obj)


def decode_model(obj: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """The object that `encode_model` packed."""
    if isinstance(obj, dict) and obj.keys() == {_MODEL, "json"} and obj[_MODEL] in _STORED:
        return _STORED[obj[_MODEL]].model_validate_json(obj["json"])
    return obj if chain is None else chain(obj)


srsly.msgpack_encoders("hansa", func=encode_model)
srsly.msgpack_decoders("hansa", func=decode_model)
