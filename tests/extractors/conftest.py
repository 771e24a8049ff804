from collections.abc import Callable

import pytest

from extractors.catalogue import Catalogue, load_catalogue
from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.reading import DocumentReader, Reading
from schemas.document import Document, hash_bytes


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def document_reader(gazetteer: Gazetteer, catalogue: Catalogue) -> DocumentReader:
    return DocumentReader(gazetteer, catalogue)


def make_document(text: str, **fields: object) -> Document:
    return Document.model_validate({"document_id": hash_bytes(text.encode()), "name": "test", "text": text, **fields})


@pytest.fixture(scope="session")
def read(document_reader: DocumentReader) -> Callable[..., Reading]:
    """Reads a plain text as a document."""

    def read_text(text: str, **fields: object) -> Reading:
        return document_reader.read(make_document(text, **fields))

    return read_text
