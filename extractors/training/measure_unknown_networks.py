"""How well unknown networks are found: `python -m extractors.training.measure_unknown_networks FOLDER`.

FOLDER holds gold documents, `ID.txt` beside `ID.json`. A fifth of the catalogue's networks is removed, five times
over, so that each network is unknown once; printed are the pair figures of each fold beside those of the whole
catalogue, how many gold pairs are of removed networks and how many of these are found, and how far pair F1 falls.
"""

import argparse
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.catalogue import Catalogue, load_catalogue
from extractors.gazetteer import load_gazetteer
from extractors.pipeline import Extractor
from extractors.relation_model import load_relation_model
from extractors.role_reading import RoleReader
from extractors.score import GoldDocument, Matcher, Ratio, load_gold, score_claims
from extractors.statement_rules import StatementReader

FOLDS = 5


@dataclass(frozen=True, slots=True)
class FoldScore:
    """What is found with some of the networks removed."""

    removed: int
    pair: Ratio
    unknown: Ratio
    """Of the gold pairs whose network was removed: found, and all; `said` repeats what was found."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of each fold and the fall."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=None, metavar="N", help="read the first N documents only")
    options = parser.parse_args(arguments)
    gold, catalogue = load_gold(options.folder)[: options.most], load_catalogue()
    reader = StatementReader(load_relation_model())
    whole = score_without(frozenset(), gold, catalogue, reader)
    print(tell("whole catalogue", whole), flush=True)
    folds = []
    for fold in range(FOLDS):
        folds.append(score_without(choose_removed(catalogue, fold), gold, catalogue, reader))
        print(tell(f"fold {fold + 1} of {FOLDS}", folds[-1]), flush=True)
    print(tell_fall(whole, folds))
    return 0


def choose_removed(catalogue: Catalogue, fold: int) -> frozenset[str]:
    """Ids of the networks that are unknown in a fold: the same on every machine, each in one fold."""
    return frozenset(n.network_id for n in catalogue if zlib.crc32(n.network_id.encode()) % FOLDS == fold)


def score_without(
    removed: frozenset[str], gold: Sequence[GoldDocument], catalogue: Catalogue, reader: RoleReader
) -> FoldScore:
    """Pair figures over gold documents, read without some networks and scored by the whole catalogue."""
    extractor = Extractor(load_gazetteer(), catalogue.without(removed), reader)
    said = {document.document.name: extractor.extract(document.document).claims for document in gold}
    matcher = Matcher(catalogue)
    gone = [{"id": i, "name": catalogue.by_id(i).name, "acronym": catalogue.by_id(i).acronym} for i in sorted(removed)]
    found = wanted = 0
    for document in gold:
        facts = [claim.model_dump(mode="json") for claim in said[document.document.name]]
        for claim in _keep_distinct(document, matcher):
            if any(matcher.is_same_network(claim["network"], network) for network in gone):
                wanted += 1
                found += any(matcher.is_same_pair(claim, fact) for fact in facts)
    pair = score_claims(gold, said, catalogue).pair
    return FoldScore(len(removed), pair, Ratio(found, found, wanted))


def _keep_distinct(document: GoldDocument, matcher: Matcher) -> list[Any]:
    kept: list[Any] = []
    for claim in document.claims:
        if not any(matcher.is_same_pair(claim, other) for other in kept):
            kept.append(claim)
    return kept


def tell(name: str, score: FoldScore) -> str:
    """A line of figures."""
    pair, unknown = score.pair, score.unknown
    line = f"{name:18} pair P {pair.precision:.3f} R {pair.recall:.3f} F1 {pair.f1:.3f}"
    if not score.removed:
        return line
    return f"{line}   {score.removed} networks removed: {unknown.right} of their {unknown.wanted} gold pairs found"


def tell_fall(whole: FoldScore, folds: Sequence[FoldScore]) -> str:
    """How far pair F1 falls from the whole catalogue's: on average, and in the worst fold."""
    falls = [whole.pair.f1 - fold.pair.f1 for fold in folds]
    return f"pair F1 falls by {sum(falls) / len(falls):.3f} on average, {max(falls):.3f} at most"


if __name__ == "__main__":
    sys.exit(main())
