"""How many city names are found: `python -m extractors.training.measure_cities FOLDER`.

FOLDER holds gold documents, `ID.txt` beside `ID.json`. Of the places in the evidence of their claims where a city is
named, the share is printed that lies within a LOC or ORG of the recognizer, within a city mention of the gazetteer, and
within either; for headings in capitals, other headings, list items, table rows and prose apart. Since few claims rest
on headings in capitals, the last row says what would be found if the whole text were set in capitals.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

from extractors.city_mentions import CityFinder
from extractors.english import load_english
from extractors.gazetteer import Gazetteer, fold_name, load_gazetteer, split_words
from extractors.label_scheme import entity_label
from extractors.sentence_borders import make_doc
from extractors.structure import govern, segment_text
from schemas.document import Block
from schemas.vocabulary import BlockKind

PLACE_OF_KIND = {
    BlockKind.HEADING: "other heading",
    BlockKind.LIST_ITEM: "list item",
    BlockKind.TABLE_HEADER: "table row",
    BlockKind.TABLE_ROW: "table row",
}
CAPITALS = "all, if set in capitals"
PLACES = ("all", "heading in capitals", "other heading", "list item", "table row", "prose", CAPITALS)
CITY_LABELS = frozenset({"LOC", "ORG"})

Spans = list[tuple[int, int]]
Found = dict[str, bool]
"""By whom a name is found."""


@dataclass(frozen=True)
class Named:
    """A city name that a gold claim rests on: half-open offsets in the text, and where it stands."""

    start: int
    end: int
    place: str


def find_name(text: str, evidence: str, city: Mapping[str, Any], gazetteer: Gazetteer) -> tuple[int, int] | None:
    """Where the evidence first names the city: by the gold name or any that the gazetteer has for it; None: nowhere."""
    start = text.index(evidence)
    words = split_words(evidence)
    folded = [word.text for word in words]
    gold = [word.text for word in split_words(city["name"])]
    for at in range(len(words)):
        if folded[at : at + len(gold)] == gold:
            return start + words[at].start, start + words[at + len(gold) - 1].end
    for at in range(len(words)):
        for length in range(min(6, len(words) - at), 0, -1):
            places = gazetteer.lookup_folded(fold_name(" ".join(folded[at : at + length])))
            if any(place.geonameid == city["geonameid"] for place, _ in places):
                return start + words[at].start, start + words[at + length - 1].end
    return None


def describe_place(text: str, blocks: Sequence[Block], start: int) -> str:
    """Where in the layout the name that begins at `start` stands; one of `PLACES`."""
    block = next((block for block in blocks if block.start <= start < block.end), None)
    if block is None:
        return "prose"
    if block.kind is BlockKind.HEADING and text[block.start : block.end].isupper():
        return "heading in capitals"
    return PLACE_OF_KIND.get(block.kind, "prose")


def find_named(
    text: str, claims: Sequence[Mapping[str, Any]], blocks: Sequence[Block], gazetteer: Gazetteer
) -> Iterator[Named | None]:
    """The city name of each claim's evidence, each stretch once; None where the evidence does not name the city."""
    seen = set()
    for claim in claims:
        city, evidence = claim["city"], claim["evidence"]
        key = (city["geonameid"], evidence)
        if city["geonameid"] is None or key in seen:
            continue
        seen.add(key)
        span = find_name(text, evidence, city, gazetteer)
        yield Named(*span, describe_place(text, blocks, span[0])) if span else None


def find_by_recognizer(nlp: Language, text: str, blocks: Sequence[Block]) -> Spans:
    """The LOC and ORG entities of the pipeline."""
    doc = nlp(make_doc(nlp, text, [block.start for block in blocks]))
    return [(span.start_char, span.end_char) for span in doc.ents if entity_label(span) in CITY_LABELS]


def find_by_gazetteer(finder: CityFinder, text: str, blocks: Sequence[Block]) -> Spans:
    """The city mentions of the gazetteer."""
    return [(mention.start, mention.end) for mention in finder.find(text, blocks, govern(text, blocks))]


def covers(spans: Spans, named: Named) -> bool:
    """Whether one of the spans holds the whole name."""
    return any(start <= named.start and named.end <= end for start, end in spans)


def set_in_capitals(text: str) -> str:
    """`text` in capitals, as long as before: a letter like "ß" that would become two stays."""
    return "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in text)


def judge(nlp: Language, finder: CityFinder, text: str, blocks: Sequence[Block], named: Sequence[Named]) -> list[Found]:
    """For each name, by whom it is found in `text`."""
    recognized, listed = find_by_recognizer(nlp, text, blocks), find_by_gazetteer(finder, text, blocks)
    found = []
    for name in named:
        by = {"named": True, "recognizer": covers(recognized, name), "gazetteer": covers(listed, name)}
        found.append(by | {"either": by["recognizer"] or by["gazetteer"]})
    return found


def measure(folder: Path) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Counts by finder and place over the gold documents below `folder`, and the names that no finder found."""
    nlp, gazetteer = load_english(), load_gazetteer()
    finder = CityFinder(gazetteer)
    counts: Counter[tuple[str, str]] = Counter()
    missed = []
    for record in sorted(folder.rglob("*.json")):
        text = record.with_suffix(".txt").read_text(encoding="utf-8")
        blocks = segment_text(text)
        spans = list(find_named(text, json.loads(record.read_text(encoding="utf-8"))["claims"], blocks, gazetteer))
        named = [span for span in spans if span is not None]
        counts["not named", "all"] += len(spans) - len(named)
        found = judge(nlp, finder, text, blocks, named)
        in_capitals = judge(nlp, finder, set_in_capitals(text), blocks, named)
        for name, by, by_capitals in zip(named, found, in_capitals, strict=True):
            for key in by:
                counts[key, "all"] += by[key]
                counts[key, name.place] += by[key]
                counts[key, CAPITALS] += by_capitals[key]
            if not by["either"]:
                around = text[max(0, name.start - 30) : name.end + 30]
                missed.append(f"{record.stem}: {text[name.start : name.end]!r} in {around!r}")
    return counts, missed


def format_counts(counts: Counter[tuple[str, str]]) -> str:
    """The shares as a Markdown table, and the number of claims whose evidence names no city."""
    lines = ["| city names in evidence | number | recognizer | gazetteer | either |", "| --- | --- | --- | --- | --- |"]
    for place in PLACES:
        number = counts["named", place]
        finders = ("recognizer", "gazetteer", "either")
        shares = [f"{counts[key, place] / number:.3f}" if number else "" for key in finders]
        lines.append(f"| {place} | {number} | {' | '.join(shares)} |")
    lines.append(f"\nEvidence that does not name its city (pronouns, offices): {counts['not named', 'all']}")
    return "\n".join(lines)


def main() -> None:
    """Measure a folder of gold documents and print a table, and with --missed the names that neither found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missed", action="store_true", help="list the names that neither found")
    arguments = parser.parse_args()
    counts, missed = measure(arguments.folder)
    if arguments.missed:
        print("\n".join(missed))
    print(format_counts(counts))


if __name__ == "__main__":
    main()
