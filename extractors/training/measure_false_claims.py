"""How often unrelated texts yield claims: `python -m extractors.training.measure_false_claims CORPORA_FOLDER`.

Reads the documents of the treebanks EWT and GUM (`CORPORA_FOLDER/syntax/*.conllu`) as plain texts: web logs, mails,
reviews, news, biographies, travel guides. They hardly ever speak of city networks, so that nearly every claim is
false; each is printed with its evidence for a person to judge, and at the end the claims per 100 documents.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from extractors.pipeline import load_extractor
from extractors.training.corpora import OBTAIN, Sentence, read_trees
from schemas.document import Document, hash_bytes
from schemas.errors import ConfigurationError

FILES = ("train", "dev", "test")
SOURCES = frozenset({"EWT", "GUM"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each claim, and the rate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=None, metavar="N", help="read the first N documents only")
    options = parser.parse_args(arguments)
    extractor = load_extractor()
    documents = claims = bearing = 0
    for name, text in islice(read_texts(options.folder), options.most):
        document = Document(document_id=hash_bytes(text.encode()), name=name, text=text)
        found = extractor.extract(document).claims
        documents, claims, bearing = documents + 1, claims + len(found), bearing + bool(found)
        for claim in found:
            told = f"{claim.city.name}: {claim.role} of {claim.network.name}, {claim.status}, {claim.confidence:.2f}"
            print(f"{name}  {told}  “{' '.join(claim.evidence.text.split())}”", flush=True)
    rate = 100 * claims / max(1, documents)
    print(f"{claims} claims in {bearing} of {documents} documents: {rate:.2f} per 100 documents")
    return 0


def read_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and plain text of each document of EWT and GUM, file by file; paragraphs stand between empty lines.

    Raises:
        ConfigurationError: a file of the treebanks is missing.
    """
    for name in FILES:
        path = folder / "syntax" / f"{name}.conllu"
        if not path.is_file():
            raise ConfigurationError(f"{path}: is missing; {OBTAIN}")
        for number, tree in enumerate(read_trees(path)):
            if tree.source in SOURCES:
                opening = tree.sentences[0].comments
                yield opening.get("newdoc id") or f"{name}-{number}", write_text(tree.sentences)


def write_text(sentences: Sequence[Sentence]) -> str:
    """The sentences as running text: a space between two, an empty line where a paragraph, heading or item begins."""
    parts: list[str] = []
    for sentence in sentences:
        if parts:
            parts.append("\n\n" if sentence.opens_block else " ")
        parts.append(sentence.comments["text"])
    return "".join(parts)


if __name__ == "__main__":
    sys.exit(main())
