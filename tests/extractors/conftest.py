from collections.abc import Callable, Mapping, Sequence

import pytest

from extractors.catalogue import Catalogue, load_catalogue
from extractors.explanation import Explanation
from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.pipeline import Extractor
from extractors.reading import DocumentReader, Reading
from extractors.relation_windows import PairContext
from extractors.role_reading import RoleReading
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


class ScriptedReader:
    """Reads of a pair what its script holds for the city's words and the network's id, or for the words alone."""

    version = "scripted/1"
    script: Mapping[str | tuple[str, str], Sequence[RoleReading]]

    def read(self, pairs: Sequence[PairContext], *, doubtful_from: float | None = None) -> list[list[RoleReading]]:
        found = []
        for pair in pairs:
            words = pair.text[slice(*pair.target)]
            readings = self.script.get((words, pair.network_id), self.script.get(words, ()))
            found.append([r for r in readings if r.doubt is None or doubtful_from is not None])
        return found


@pytest.fixture(scope="session")
def explain_scripted(gazetteer: Gazetteer, catalogue: Catalogue) -> Callable[..., Explanation]:
    """Explains a text whose roles a script reads in place of the trained model; see ScriptedReader."""
    reader = ScriptedReader()
    extractor = Extractor(gazetteer, catalogue, reader)

    def explain(
        text: str, script: Mapping[str | tuple[str, str], Sequence[RoleReading]], **fields: object
    ) -> Explanation:
        reader.script = script
        return extractor.explain(make_document(text, **fields))

    return explain
