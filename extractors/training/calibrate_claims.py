"""Fit the confidence of claims on documents that the relation model was not trained on.

    python -m extractors.training.calibrate_claims

These are the gold documents and those of `corpus/train` that are held out: of the kind and density of what is read in
earnest; the documents of `corpus/more` are denser and harder. Writes extractors/relation_weights/confidence.json, and
tells the calibration error before and after (after: fitted on one half of the documents and measured on the other, and
the other way round), from which confidence on how much is right, and how many claims reach it. Needs nothing beyond the
project itself; a minute.
"""

import argparse
import json
import math
import zlib
from collections.abc import Sequence
from pathlib import Path

from extractors.catalogue import load_catalogue
from extractors.confidence import CONFIDENCE_PATH, Curve, load_curve
from extractors.pipeline import load_extractor
from extractors.reliability import Judged, expected_calibration_error, find_threshold
from extractors.score import GoldDocument, load_gold, score_claims
from extractors.training.progress import tell
from extractors.training.relation_data import is_held_out

CORPUS = Path(__file__).parent / "corpus" / "train"
GOLD = Path("tests/gold/dev")
_STEPS = 50
_RIDGE = 1.0
"""Worth a claim: keeps a few claims from bending the curve."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge the claims of the held-out documents, fit the curve, write it."""
    options = _parse(arguments)
    held_out = [each for each in load_gold(options.corpus) if is_held_out(each.document.name)]
    gold = [*held_out, *load_gold(options.gold)]
    halves = [judge([each for each in gold if _half(each) == half]) for half in (0, 1)]
    weights = [weight for half in halves for weight in half]
    curve = fit(weights)
    options.out.write_text(json.dumps(curve._asdict()) + "\n", encoding="utf-8")
    crossed = [(fit(other).confidence(w), right) for own, other in (halves, halves[::-1]) for w, right in own]
    tell(f"{len(gold)} documents, {len(weights)} claims: {curve}")
    before, after = expected_calibration_error(weights), expected_calibration_error(crossed)
    tell(f"calibration error: {before:.3f} before, {after:.3f} after")
    for precision in (0.8, 0.85, 0.9, 0.95):
        threshold = find_threshold(crossed, precision)
        if threshold is None:
            tell(f"{precision:.2f} right from no confidence on")
            continue
        share = sum(confidence >= threshold for confidence, _ in crossed) / len(crossed)
        tell(f"{precision:.2f} right from {threshold:.3f} on, which {share:.0%} of the claims reach")
    return 0


def _half(gold: GoldDocument) -> int:
    return zlib.crc32(f"half {gold.document.name}".encode()) % 2


def judge(gold: Sequence[GoldDocument]) -> list[Judged]:
    """The weight of each claim of these documents, before any curve, and whether it is right."""
    extractor, shipped = load_extractor(), load_curve()
    said = {each.document.name: extractor.extract(each.document).claims for each in gold}
    judged = score_claims(gold, said, load_catalogue()).judged
    return [(_undo(shipped, confidence), right) for confidence, right in judged]


def _undo(curve: Curve, confidence: float) -> float:
    bounded = min(max(confidence, 1e-6), 1 - 1e-6)
    return 1 / (1 + math.exp(-(math.log(bounded / (1 - bounded)) - curve.shift) / curve.scale))


def fit(judged: Sequence[Judged]) -> Curve:
    """Scale and shift of the most likely curve, by Newton's method; the straight one for no claims."""
    scale, shift = 1.0, 0.0
    logits = [(math.log(w / (1 - w)), float(right)) for w, right in judged if 0 < w < 1]
    for _ in range(_STEPS if logits else 0):
        said = [1 / (1 + math.exp(-(scale * x + shift))) for x, _ in logits]
        errors = [(y - p, p * (1 - p), x) for p, (x, y) in zip(said, logits, strict=True)]
        slope = (sum(e * x for e, _, x in errors) - _RIDGE * (scale - 1), sum(e for e, _, _ in errors) - _RIDGE * shift)
        a, b, c = (sum(v * x**power for _, v, x in errors) for power in (2, 1, 0))
        a, c = a + _RIDGE, c + _RIDGE
        determinant = a * c - b * b
        scale += (c * slope[0] - b * slope[1]) / determinant
        shift += (a * slope[1] - b * slope[0]) / determinant
    return Curve(round(scale, 4), round(shift, 4))


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, metavar="FOLDER", default=CORPUS)
    parser.add_argument("--gold", type=Path, metavar="FOLDER", default=GOLD)
    parser.add_argument("--out", type=Path, metavar="FILE", default=CONFIDENCE_PATH)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
