"""Pin the figures of `hansa evaluate tests/gold/dev` as floors that no change may fall below.

python tools/pin_floors.py                       raise the floors to what is measured now
python tools/pin_floors.py --allow-regression    lower them as well; say why in the commit
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

from extractors.catalogue import load_catalogue
from extractors.pipeline import load_extractor
from extractors.score import Score, score_folder

GOLD = Path(__file__).parents[1] / "tests" / "gold"
FLOORS = GOLD / "floors.json"
SLACK = 0.002
"""Below a floor by less than this is rounding: ties may fall otherwise on another processor."""


def measure() -> dict[str, float]:
    """The figures that are pinned, rounded to four places."""
    extractor = load_extractor()
    score: Score = score_folder(GOLD / "dev", lambda document: extractor.extract(document).claims, load_catalogue())
    return {
        "triple_precision": round(score.triple.precision, 4),
        "triple_recall": round(score.triple.recall, 4),
        "triple_f1": round(score.triple.f1, 4),
        "pair_f1": round(score.pair.f1, 4),
        "dates_right": round(score.dates.recall, 4),
        "holders_right": round(score.holders.recall, 4),
        "grounded": round(score.grounded.recall, 4),
        "claim_free_documents_clean": float(score.empty_documents_clean),
    }


def digest_gold() -> str:
    """sha256 over the names and bytes of all gold documents, in order."""
    digest = hashlib.sha256()
    for path in sorted((GOLD / "dev").rglob("*.*")):
        digest.update(path.relative_to(GOLD).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def find_falls(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """What fell below its floor, in words; empty where nothing did."""
    return [
        f"{name}: found {figures[name]}, expected at least {floor}"
        for name, floor in floors.items()
        if figures[name] < floor - SLACK
    ]


def main() -> None:
    """Write the floors, unless that would lower one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--allow-regression", action="store_true")
    allowed = parser.parse_args().allow_regression
    figures = measure()
    known = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"floors": {}}
    falls = find_falls(figures, known["floors"])
    if falls and not allowed:
        sys.exit("\n".join([*falls, "nothing was pinned; --allow-regression lowers the floors"]))
    FLOORS.write_text(json.dumps({"digest": digest_gold(), "floors": figures}, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
