"""Balance what the recognizer finds against what it misses.

    python -m extractors.training.balance_names --corpora FOLDER

Training sums the loss of single actions, while F1 counts whole names. Two constants, added to the recognizer's scores
of "no name" and of beginning a name of its weakest label, are chosen on the dev split by F1 over all and of that label
(a shifted decision threshold, as of Lewis 1995). They go into the biases of its output layer, so that reading costs
nothing more. `train_pipeline` ends with it; the command does it to a packaged pipeline. Needs nothing beyond the
project itself; three minutes.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import spacy
from spacy.language import Language

from extractors.english import PIPELINE
from extractors.half_precision import convert_pipeline
from extractors.training.corpora import check_corpora
from extractors.training.name_texts import NameText, read_names
from extractors.training.package import write_pipeline
from extractors.training.scores import Scores, score_names

NO_NAME = "O"
NO_NAME_STEPS = (0.0, 0.2, 0.35, 0.5)
WEAKEST_STEPS = (0.0, -0.2, -0.4)
"""Scores of actions differ by 3 to 8 where the recognizer is sure, so that these settle doubtful names only."""
_TOTALS = frozenset({"f1", "precision", "recall"})


class Balance(NamedTuple):
    """Constants to add to scores, and the label that the second is for."""

    no_name: float
    weakest: float
    label: str

    def by_action(self, actions: Sequence[str]) -> list[float]:
        """What each action's score gains; `actions` as the recognizer names them, such as `B-ORG`, `U-ORG` and `O`."""
        begin = {f"B-{self.label}", f"U-{self.label}"}
        return [self.no_name if a == NO_NAME else self.weakest if a in begin else 0.0 for a in actions]


def find_weakest(scores: Mapping[str, float]) -> str:
    """The label with the lowest F1."""
    return min((label for label in scores if label not in _TOTALS), key=lambda label: scores[label])


def choose_balance(score: Callable[[Balance], Scores]) -> Balance:
    """The balance whose F1 over all and F1 of the weakest label add up highest; of equals the least change."""
    label = find_weakest(score(Balance(0.0, 0.0, "")))
    tried = [Balance(*steps, label) for steps in product(NO_NAME_STEPS, WEAKEST_STEPS)]
    sums = {balance: _add_up(score(balance), label) for balance in tried}
    return max(tried, key=lambda balance: (sums[balance], -abs(balance.no_name) - abs(balance.weakest)))


def _add_up(scores: Scores, label: str) -> float:
    """F1 over all and of the label, of which a setting may find none."""
    return scores["f1"] + scores.get(label, 0.0)


def balance_names(nlp: Language, texts: Sequence[NameText]) -> Balance:
    """Choose a balance on the annotated `texts` and set it in the pipeline, which is in single precision, in place."""
    recognizer: Any = nlp.get_pipe("ner")
    output = recognizer.model.get_ref("upper")
    trained = output.get_param("b").copy()
    actions = [recognizer.moves.get_class_name(index) for index in range(len(trained))]

    def set_balance(balance: Balance) -> None:
        output.set_param("b", trained + np.array(balance.by_action(actions), trained.dtype))

    def score(balance: Balance) -> Scores:
        set_balance(balance)
        return score_names(nlp, list(texts))[0]

    others = [name for name in nlp.pipe_names if name not in ("ner", "sentence_borders")]
    with nlp.select_pipes(disable=others):
        chosen = choose_balance(score)
    set_balance(chosen)
    return chosen


def main() -> None:
    """Balance the packaged pipeline; the card is written by `evaluate_pipeline --write-card`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with syntax/ and ner/")
    parser.add_argument("--pipeline", type=Path, default=PIPELINE, help="folder of the packaged pipeline")
    options = parser.parse_args()
    check_corpora(options.corpora)
    nlp = spacy.load(options.pipeline)
    convert_pipeline(nlp, "float32")
    chosen = balance_names(nlp, list(read_names(options.corpora / "ner" / "dev.jsonl")))
    write_pipeline(nlp, options.pipeline)
    print(f"{options.pipeline}: {chosen.no_name:+} for no name, {chosen.weakest:+} for the beginning of {chosen.label}")


if __name__ == "__main__":
    main()
