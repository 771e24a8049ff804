"""Documents in, extractions out; the extractor is loaded once a process, on first use."""

from collections.abc import Sequence
from functools import cache

from extractors.catalogue import load_catalogue
from extractors.gazetteer import load_gazetteer
from extractors.member_lists import MemberListReader, describe_reading, is_explained
from extractors.pipeline import Extraction, Extractor, load_extractor
from schemas.document import Document
from schemas.source import Source


@cache
def get_extractor() -> Extractor:
    """The extractor of this process: loading takes longer than reading a page."""
    return load_extractor()


@cache
def get_list_reader() -> MemberListReader:
    """The reader of lists whose columns a source explains; shares the extractor's gazetteer."""
    return MemberListReader(load_gazetteer(), load_catalogue())


def find_version(source: Source | None) -> str:
    """The version of what reads the documents of `source`: with it a document is read once, and anew after a change."""
    if source is not None and is_explained(source):
        return describe_reading(source)
    return get_extractor().version


def extract_documents(documents: Sequence[Document], source: Source | None = None) -> list[tuple[Document, Extraction]]:
    """Each document with what was found in it, in order; `source` is the one that all of them come from, if any."""
    if source is not None and is_explained(source):
        return [(document, get_list_reader().read(document, source)) for document in documents]
    return list(get_extractor().extract_all(documents))
