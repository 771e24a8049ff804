"""Our English pipeline with the components that read claims: documents in, `doc._.claims` out.

nlp = load_claims_pipeline()
for doc in nlp.pipe(make_docs(nlp, documents)):
    doc._.claims
"""

from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from extractors.english import load_english
from extractors.sentence_borders import make_doc
from extractors.spacy_components import COMPONENTS, find_provider, needs_of, tell_missing
from schemas.document import Document
from schemas.errors import ConfigurationError

_WITH_RECOGNIZER = frozenset({"hansa_cities", "hansa_references"})


def load_claims_pipeline(components: Sequence[str] = COMPONENTS, *, syntax: bool = False) -> Language:
    """The shipped English pipeline with Hansa's components behind its own, a pipeline for each call.

    Its own components (tagger, parser, ner and the others) are loaded, but disabled unless `syntax` is asked for:
    claims need none of them on every text. hansa_cities runs `ner`, disabled or not, on those texts that need it; a
    text in which nothing suggests a network costs its tokens and the scan. `nlp.enable_pipe` of "sentence_borders",
    "tok2vec" and "parser" adds syntax later.

    Not for `to_disk`: the English weights are run in another form than they are stored in. Call this again instead,
    or add the components to a pipeline of your own.

    Args:
        components: those of COMPONENTS that are wanted, in order, with those that they build on.
        syntax: whether tags, trees and entities are wanted for every text, too.

    Raises:
        ConfigurationError: a component is unknown, or stands before one that it builds on; the weights are missing.
    """
    _check_order(components)
    nlp = load_english()
    if not syntax:
        for name in nlp.pipe_names:
            nlp.disable_pipe(name)
    for name in components:
        nlp.add_pipe(name, config={"recognizer": "ner"} if name in _WITH_RECOGNIZER else {})
    return nlp


def _check_order(components: Sequence[str]) -> None:
    unknown = [name for name in components if name not in COMPONENTS]
    if unknown:
        raise ConfigurationError(
            f"components: found {', '.join(unknown)}, expected some of {', '.join(COMPONENTS)}; "
            "add any others with nlp.add_pipe"
        )
    for index, name in enumerate(components):
        missing = [a for a in needs_of(name) if a != "document" and find_provider(a) not in components[:index]]
        if missing:
            raise ConfigurationError(tell_missing(name, missing))


def make_docs(nlp: Language, documents: Iterable[Document]) -> Iterator[Doc]:
    """The tokens of each document, carrying the document as `doc._.document`, to be handed to `nlp` or `nlp.pipe`.

    Sentences of the parser, where it is enabled, begin where blocks do.
    """
    for document in documents:
        doc = make_doc(nlp, document.text, [block.start for block in document.blocks])
        doc._.document = document
        yield doc
