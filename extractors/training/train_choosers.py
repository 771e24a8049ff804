"""Train the choosers of dates and holders: `python -m extractors.training.train_choosers`.

Writes their weights into extractors/choice_weights. With `--cross-validate` it writes nothing and tells how
many dates and holders are right by document-level cross-validation, and with `--test FOLDER` on other gold,
given the right city, network, role and status. Needs nothing beyond the project itself; deterministic.
"""

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from extractors import chooser
from extractors.catalogue import load_catalogue
from extractors.chooser import WEIGHTS_FOLDER, Chooser, Weights
from extractors.claim_dates import find_claim_dates
from extractors.gazetteer import load_gazetteer
from extractors.holders import find_holder
from extractors.reading import DocumentReader
from extractors.score import Matcher, load_gold
from extractors.training.choice_examples import (
    StatedClaim,
    agree,
    ask_dates,
    ask_holders,
    find_stated_claims,
    is_same_person,
)
from extractors.training.choice_training import Recipe, fit
from extractors.training.progress import tell

CORPUS = Path(__file__).parent / "corpus"
DATES, HOLDERS = Recipe(ridge=10.0), Recipe(ridge=5.0, least_documents=3)
SINCE_EAGERNESS, UNTIL_EAGERNESS, OFFICE_EAGERNESS = 1.5, 1.0, 1.5
"""What the weight of saying nothing is lowered by: a missing date costs more than a date too many. Chosen by
cross-validation, where beyond these the dates too many grow faster than the right ones; SINCE_EAGERNESS was lowered
from 2 afterwards, see DECISIONS.md."""
_FOLDS = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or cross-validate, as the command line asks."""
    options = _parse(arguments)
    catalogue = load_catalogue()
    reader, matcher = DocumentReader(load_gazetteer(), catalogue), Matcher(catalogue)
    claims = [c for folder in options.corpus for c in find_stated_claims(load_gold(folder), reader, matcher)]
    if options.cross_validate:
        _cross_validate(claims)
    else:
        for name, weights in train_choosers(claims).items():
            path = options.out / f"{name}.json"
            path.write_text(_write(weights), encoding="utf-8")
            tell(f"{path}: {sum(map(len, weights.values()))} weights")
    for folder in options.test:
        tested = list(find_stated_claims(load_gold(folder), reader, matcher))
        if options.cross_validate:
            _use(train_choosers(claims))
        tell(f"{folder}: {_report(score_claims(tested))}")
    return 0


def train_choosers(claims: Sequence[StatedClaim]) -> dict[str, Weights]:
    """The weights of each chooser, by its name."""
    since_questions, until_questions = ask_dates(claims)
    since, until = fit(since_questions, DATES), fit(until_questions, DATES)
    holder = fit(ask_holders(claims), HOLDERS)
    for weights, trait, eagerness in (
        (since, "", SINCE_EAGERNESS),
        (until, "", UNTIL_EAGERNESS),
        (holder, "office", OFFICE_EAGERNESS),
    ):
        own = weights.setdefault(trait, {})
        own["none"] = round(own.get("none", 0.0) - eagerness, 3)
    return {"since": since, "until": until, "holder": holder}


def score_claims(claims: Sequence[StatedClaim]) -> Counter[str]:
    """How many dates and holders are wanted, right and too many, with the choosers now loaded."""
    count: Counter[str] = Counter()
    for stated in claims:
        said = find_claim_dates(stated.reading, stated.pairs[0], stated.role, stated.status)
        for key, date in zip(("since", "until"), said, strict=True):
            wanted = stated.claim[key]
            count["dates"] += bool(wanted)
            count["dates right"] += bool(wanted) and agree(date, wanted)
            count["dates too many"] += date is not None and not wanted
        holder = find_holder(stated.reading, stated.pairs[0], stated.role, stated.status)
        wanted = stated.claim["holder"]
        count["holders"] += bool(wanted)
        count["holders right"] += bool(wanted) and is_same_person(holder, wanted)
        count["holders too many"] += holder is not None and not wanted
    return count


def _cross_validate(claims: Sequence[StatedClaim]) -> None:
    total: Counter[str] = Counter()
    for fold in range(_FOLDS):
        held_out = [c for c in claims if zlib.crc32(c.document.encode()) % _FOLDS == fold]
        _use(train_choosers([c for c in claims if zlib.crc32(c.document.encode()) % _FOLDS != fold]))
        total += score_claims(held_out)
        tell(f"fold {fold + 1} of {_FOLDS}, so far: {_report(total)}")


def _use(weights: dict[str, Weights]) -> None:
    """Have extraction in this process choose by these weights."""
    trained = {name: Chooser(own) for name, own in weights.items()}
    chooser.replace_choosers(trained)


def _report(count: Counter[str]) -> str:
    parts = []
    for what in ("dates", "holders"):
        share = count[f"{what} right"] / max(1, count[what])
        parts.append(f"{what} right {share:.3f} of {count[what]}, {count[f'{what} too many']} too many")
    return "; ".join(parts)


def _write(weights: Weights) -> str:
    """JSON with a line per trait, in a lasting order."""
    ordered = {trait: dict(sorted(own.items())) for trait, own in sorted(weights.items())}
    lines = [f"{json.dumps(trait)}: {json.dumps(own, ensure_ascii=False)}" for trait, own in ordered.items()]
    return '{"weights": {\n' + ",\n".join(lines) + "\n}}\n"


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, nargs="+", metavar="FOLDER", default=[CORPUS])
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--test", type=Path, nargs="+", metavar="FOLDER", default=[])
    parser.add_argument("--out", type=Path, default=WEIGHTS_FOLDER)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
