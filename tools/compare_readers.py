"""Score the readers of roles beside one another: python tools/compare_readers.py FOLDER ..., of gold documents.

Prints the figures of the cue reader (nearest phrase wins), of the relation model alone, and of the statement rules
over the model, which is what Hansa ships, the last by role and status too; and how often the rules are right. With
--held-out, of the documents that the model was never trained on alone: for extractors/training/corpus/train and more.
"""

import argparse
from collections import Counter
from pathlib import Path

from extractors.candidates import find_candidates
from extractors.catalogue import Catalogue, load_catalogue
from extractors.cue_reader import CueReader
from extractors.gazetteer import load_gazetteer
from extractors.pair_context import describe_context
from extractors.pipeline import Extractor
from extractors.reading import DocumentReader
from extractors.relation_model import load_relation_model
from extractors.relation_windows import build_window
from extractors.role_reading import RoleReader
from extractors.score import GoldDocument, Matcher, Score, load_gold, score_claims
from extractors.statement_rules import StatementReader, read_statement
from extractors.training.relation_data import is_held_out


def score_reader(gold: list[GoldDocument], reader: RoleReader, catalogue: Catalogue) -> Score:
    """What a reader's claims are worth."""
    extractor = Extractor(load_gazetteer(), catalogue, reader)
    said = {document.document.name: extractor.extract(document.document).claims for document in gold}
    return score_claims(gold, said, catalogue)


def show_score(score: Score) -> str:
    """One line of figures."""
    triple = score.triple
    parts = (
        *(("P", triple.precision), ("R", triple.recall), ("F1", triple.f1), ("pair F1", score.pair.f1)),
        *(("dates", score.dates.recall), ("holders", score.holders.recall)),
    )
    return "  ".join(f"{name} {value:.3f}" for name, value in parts)


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
    options = _parse()
    gold = [document for folder in options.folders for document in load_gold(folder)]
    if options.held_out:
        gold = [document for document in gold if is_held_out(document.document.name)]
    catalogue, model = load_catalogue(), load_relation_model(options.weights)
    readers: dict[str, RoleReader] = {
        "cue reader": CueReader(),
        "relation model": model,
        "statement rules, then model": StatementReader(model),
    }
    print(f"{len(gold)} documents, {sum(len(document.claims) for document in gold)} claims")
    for name, reader in readers.items():
        score = score_reader(gold, reader, catalogue)
        print(f"{name:28} {show_score(score)}", flush=True)
    for title, kinds in (("role", score.by_role), ("status", score.by_status)):
        print(f"by {title}:", ", ".join(f"{kind} {counts.f1:.2f} ({counts.wanted})" for kind, counts in kinds.items()))
    print(count_statements(gold, catalogue))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--held-out", action="store_true", help="only documents that the model was never trained on")
    parser.add_argument("--weights", type=Path, metavar="FOLDER", help="of another relation model")
    return parser.parse_args()


if __name__ == "__main__":
    main()
