"""Score the readers of roles beside one another: python tools/compare_readers.py FOLDER, of gold documents.

Prints the triple and pair figures of the cue reader (nearest phrase wins), of the relation model alone, and
of the statement rules over the model, which is what Hansa ships; and how often the rules are right.
"""

import sys
from collections import Counter
from pathlib import Path

from extractors.candidates import describe_context, find_candidates
from extractors.catalogue import Catalogue, load_catalogue
from extractors.cue_reader import CueReader
from extractors.gazetteer import load_gazetteer
from extractors.pipeline import Extractor
from extractors.reading import DocumentReader
from extractors.relation_model import load_relation_model
from extractors.relation_windows import build_window
from extractors.role_reading import RoleReader
from extractors.score import GoldDocument, Matcher, load_gold, score_claims
from extractors.statement_rules import StatementReader, read_statement


def score_reader(gold: list[GoldDocument], reader: RoleReader, catalogue: Catalogue) -> str:
    """One line of figures for a reader."""
    extractor = Extractor(load_gazetteer(), catalogue, reader)
    said = {document.document.name: extractor.extract(document.document).claims for document in gold}
    score = score_claims(gold, said, catalogue)
    triple, pair = score.triple, score.pair
    return f"triple P {triple.precision:.3f} R {triple.recall:.3f} F1 {triple.f1:.3f}   pair F1 {pair.f1:.3f}"


def count_statements(gold: list[GoldDocument], catalogue: Catalogue) -> str:
    """How often a rule fires, and how often the gold has a claim of that city, network, role and status."""
    reader, matcher, counts = DocumentReader(load_gazetteer(), catalogue), Matcher(catalogue), Counter[str]()
    for document in gold:
        reading = reader.read(document.document)
        for pair in find_candidates(reading):
            plain = read_statement(build_window(describe_context(reading, pair)))
            if plain is None:
                continue
            place = pair.city.place
            said = {
                "city": {"name": place.name, "country": place.country_code, "geonameid": place.geonameid},
                "network": {"id": pair.network_id, "name": pair.network_name},
                "role": plain.role,
                "status": plain.status,
            }
            counts["said"] += 1
            counts["right"] += any(matcher.is_same_triple(claim, said) for claim in document.claims)
    return f"rules fired {counts['said']} times, {counts['right']} right"


def main() -> None:
    """Print the comparison."""
    gold, catalogue, model = load_gold(Path(sys.argv[1])), load_catalogue(), load_relation_model()
    readers: dict[str, RoleReader] = {
        "cue reader": CueReader(),
        "relation model": model,
        "statement rules, then model": StatementReader(model),
    }
    for name, reader in readers.items():
        print(f"{name:28} {score_reader(gold, reader, catalogue)}", flush=True)
    print(count_statements(gold, catalogue))


if __name__ == "__main__":
    main()
