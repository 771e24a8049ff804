"""Texts without claims, of which the relation model learns by its teacher: files of several documents each.

===
TITLE: Ports meet in spring
DATE: 2021-05-04

The text, up to the next line of three equals signs.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractors.candidates import find_candidates
from extractors.reading import DocumentReader
from extractors.training.label_pairs import LabelledDocument, label_nothing
from schemas.document import Document, hash_bytes
from schemas.errors import ConfigurationError

_MARK = re.compile(r"^===+[ \t]*$", re.MULTILINE)
_FIELDS = {"TITLE": "title", "DATE": "published"}


def read_texts(path: Path) -> Iterator[Document]:
    """The documents of a file, in order, named after it and their number.

    Raises:
        ConfigurationError: a line in front of a text is neither its title nor its date.
        ValueError: a date is none.
    """
    for number, part in enumerate(filter(str.strip, _MARK.split(path.read_text(encoding="utf-8"))), start=1):
        head, _, text = part.strip("\n").partition("\n\n")
        fields: dict[str, str] = {}
        for line in head.splitlines():
            name, _, value = line.partition(":")
            if name not in _FIELDS:
                raise ConfigurationError(f"{path}, document {number}: found {line!r}, expected TITLE: or DATE:")
            if value.strip():
                fields[_FIELDS[name]] = value.strip()
        text = text.strip() + "\n"
        name = f"{path.stem}-{number}"
        yield Document.model_validate({"document_id": hash_bytes(text.encode()), "name": name, "text": text, **fields})


def pair_texts(paths: Sequence[Path], reader: DocumentReader) -> Iterator[LabelledDocument]:
    """The candidate pairs of all documents that suggest a network, nothing being known of any of them."""
    for path in paths:
        for document in read_texts(path):
            if reader.tell_why_unread(document) is None:
                reading = reader.read(document)
                pairs = [label_nothing(reading, pair) for pair in find_candidates(reading)]
                yield LabelledDocument(document.name, pairs, [])
