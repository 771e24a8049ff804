"""What the pipeline costs: `python -m extractors.training.measure_resources PIPELINE < TEXTS`.

TEXTS are JSON, a list of strings. A process of its own, so that neither corpora nor other imports count; prints JSON.
Speeds are words per second of processor time, the best of some parts of the texts in small batches, since other work on
the machine takes turns in caches and clock. No text is read twice: the pipeline remembers tokens that it has met.
"""

import json
import resource
import sys
import time
from collections.abc import Callable

import spacy
from spacy.language import Language

from extractors.english import load_english

PARTS = 3
BATCH = 32


def measure_rate(nlp: Language, texts: list[str], clock: Callable[[], float] = time.process_time) -> float:
    """Words per second in the best of `PARTS` parts of the texts."""
    rates = []
    for start in range(PARTS):
        started = clock()
        words = sum(len(doc) for doc in nlp.pipe(texts[start::PARTS], batch_size=BATCH))
        rates.append(words / max(clock() - started, 1e-9))
    return max(rates)


def main() -> None:
    """Load, measure, print."""
    imported = time.process_time()
    nlp = load_english(sys.argv[1])
    loaded = time.process_time()
    texts = json.load(sys.stdin)
    rate, blank = measure_rate(nlp, texts), measure_rate(spacy.blank("en"), texts)
    figures = {
        "words_per_second": rate,
        "blank_words_per_second": blank,
        "import_seconds": imported,
        "load_seconds": loaded - imported,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
