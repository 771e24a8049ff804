"""How many city names are found: `python -m extractors.training.measure_cities FOLDER`.

FOLDER holds gold documents, `ID.txt` beside `ID.json`. Of the places in the evidence of their claims where a city is
named, the share is printed that lies within a LOC or ORG of the recognizer, within a city mention of the gazetteer, and
within either; for names in capitals, list items and table rows, and headings apart.
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

ROWS = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})
PLACES = ("all", "in capitals", "list or table row", "heading", "prose")
CITY_LABELS = frozenset({"LOC", "ORG"})

Spans = list[tuple[int, int]]


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


def describe_place(text: str, blocks: Sequence[Block], start: int, end: int) -> str:
    """Whether a name is written in capitals, stands in a list item or table row, in a heading, or in prose."""
    if text[start:end].isupper():
        return "in capitals"
    kinds = {block.kind for block in blocks if block.start <= start < block.end}
    if kinds & ROWS:
        return "list or table row"
    return "heading" if BlockKind.HEADING in kinds else "prose"


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
        yield Named(*span, describe_place(text, blocks, *span)) if span else None


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


def measure(folder: Path) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Counts by finder and place over the gold documents below `folder`, and the names that no finder found."""
    nlp, gazetteer = load_english(), load_gazetteer()
    finder = CityFinder(gazetteer)
    counts: Counter[tuple[str, str]] = Counter()
    missed = []
    for record in sorted(folder.rglob("*.json")):
        text = record.with_suffix(".txt").read_text(encoding="utf-8")
        blocks = segment_text(text)
        claims = json.loads(record.read_text(encoding="utf-8"))["claims"]
        recognized, listed = find_by_recognizer(nlp, text, blocks), find_by_gazetteer(finder, text, blocks)
        for named in find_named(text, claims, blocks, gazetteer):
            if named is None:
                counts["not named", "all"] += 1
                continue
            by = {"named": True, "recognizer": covers(recognized, named), "gazetteer": covers(listed, named)}
            by["either"] = by["recognizer"] or by["gazetteer"]
            for key, value in by.items():
                counts[key, named.place] += value
                counts[key, "all"] += value
            if not by["either"]:
                around = text[max(0, named.start - 30) : named.end + 30]
                missed.append(f"{record.stem}: {text[named.start : named.end]!r} in {around!r}")
    return counts, missed


def format_counts(counts: Counter[tuple[str, str]]) -> str:
    """The shares as a Markdown table, and the number of claims whose evidence names no city."""
    lines = ["| city names in evidence | number | recognizer | gazetteer | either |", "| --- | --- | --- | --- | --- |"]
    for place in PLACES:
        number = counts["named", place]
        shares = [f"{counts[key, place] / max(1, number):.3f}" for key in ("recognizer", "gazetteer", "either")]
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
