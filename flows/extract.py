"""Documents in, extractions out; the extractor is loaded once a process, on first use."""

from collections.abc import Sequence
from functools import cache

from extractors.pipeline import Extraction, Extractor, load_extractor
from schemas.document import Document


@cache
def get_extractor() -> Extractor:
    """The extractor of this process: loading takes longer than reading a page."""
    return load_extractor()


def extract_documents(documents: Sequence[Document]) -> list[tuple[Document, Extraction]]:
    """Each document with what the extractor found in it, in order."""
    return list(get_extractor().extract_all(documents))
