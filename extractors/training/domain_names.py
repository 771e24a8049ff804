"""Our own domain texts as training data for the recognizer: what the extractors' own lists are sure of.

The catalogue finds networks (ORG), the gazetteer cities (LOC), and the words around an office its holder (PERSON).
Everything else that has a capital letter or a digit may be a name as well and is left unknown.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractors.catalogue import load_catalogue
from extractors.gazetteer import load_gazetteer
from extractors.reading import DocumentReader, Reading
from extractors.training.name_texts import NameText
from schemas.document import Document, hash_bytes

DOMAIN_TEXTS = [Path(__file__).parent / "corpus" / "train"]
LABELS = frozenset({"PERSON", "ORG", "LOC"})
WORD = re.compile(r"\w+")


def find_entities(reading: Reading) -> list[tuple[int, int, str]]:
    """Entities that do not overlap, in the order of the text; a network wins over a city in its name."""
    text = reading.document.text
    spans = [(mention.start, mention.end, "ORG") for mention in reading.networks]
    spans += [(holder.start, holder.end, "PERSON") for holder in reading.holders]
    spans += [(mention.start, mention.end, "LOC") for mention in reading.cities]
    kept: list[tuple[int, int, str]] = []
    for start, end, label in spans:
        # "the network" names nothing by itself.
        is_name = any(character.isupper() for character in text[start:end])
        if is_name and not any(start < other_end and other < end for other, other_end, _ in kept):
            kept.append((start, end, label))
    return sorted(kept)


def find_unknown(text: str, entities: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Words with a capital letter or a digit outside the entities: they may be names or dates that no list has."""
    unknown = []
    for match in WORD.finditer(text):
        start, end = match.span()
        is_suspect = any(character.isupper() or character.isdigit() for character in match.group())
        if is_suspect and not any(start < other_end and other < end for other, other_end, _ in entities):
            unknown.append((start, end))
    return unknown


def find_texts(folders: Iterable[Path]) -> list[Path]:
    """The `*.txt` files below the folders, in the order of their paths."""
    return sorted(path for folder in folders for path in folder.rglob("*.txt"))


def read_domain_names(folders: Iterable[Path]) -> Iterator[NameText]:
    """The `*.txt` files below the folders, in the order of their paths, with what the lists find in them."""
    reader = DocumentReader(load_gazetteer(), load_catalogue())
    for path in find_texts(folders):
        data = path.read_bytes()
        text = data.decode("utf-8")
        reading = reader.read(Document(document_id=hash_bytes(data), name=path.stem, text=text))
        entities = find_entities(reading)
        yield NameText("domain", path.stem, text, entities, find_unknown(text, entities), LABELS)
