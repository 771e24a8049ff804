"""Compare relation classifiers by cross-validation over documents, and choose settings by the best one's.

    python -m extractors.training.cross_validate_relations --windows FILE --classifier fine_tuned --folds 3 \
        --predictions oof.npz --settings settings.json

`--fold K` runs one fold alone and adds it to the predictions, so that folds may run when the machine is free;
`--held-out` holds out the documents that the model that ships was not trained on, in place of folds, so that the
classifiers stand beside it.
"""

import argparse
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractors.training.choose_settings import UNREAD, choose_settings
from extractors.training.passages import read_passages
from extractors.training.progress import tell
from extractors.training.relation_data import (
    PASSAGE_NETWORK,
    PairRecord,
    RelationData,
    is_held_out,
    join_data,
    read_dump,
    weigh_pairs,
)
from schemas.vocabulary import Role, Status

ROLES, STATUSES = tuple(Role), tuple(Status)
Array = NDArray[np.float32]
PASSAGES = Path(__file__).parent / "corpus" / "passages"
Classifier = Callable[[RelationData, frozenset[str], argparse.Namespace], tuple[Array, Array]]
"""Trains on the documents that are not held out; gives logits of all pairs, of use for held-out documents only."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Cross-validate, report, and write predictions and settings where asked."""
    options = _parse(arguments)
    data = join_data(read_dump(options.windows), read_passages(sorted(options.passages.glob("*.txt"))))
    documents = [name for name in data.claims if name not in _passage_names(data)]
    roles, statuses = _load_predictions(options.predictions, len(data.pairs))
    for held in _choose_held(documents, options):
        new_roles, new_statuses = _CLASSIFIERS[options.classifier](data, held, options)
        mine = [n for n, pair in enumerate(data.pairs) if pair.document in held]
        roles[mine], statuses[mine] = new_roles[mine], new_statuses[mine]
        if options.predictions:
            np.savez_compressed(options.predictions, roles=roles, statuses=statuses)
    known = {pair.document for n, pair in enumerate(data.pairs) if not np.isnan(roles[n, 0])}
    judged = known & set(documents)
    tell(choose_settings(data, judged, (roles, statuses), path=options.settings, version=options.version))
    return 0


def _choose_held(documents: Sequence[str], options: argparse.Namespace) -> Iterator[frozenset[str]]:
    if options.held_out:
        yield frozenset(filter(is_held_out, documents))
        return
    for fold in [options.fold] if options.fold is not None else range(options.folds):
        yield frozenset(d for d in documents if assign_fold(d, options.folds) == fold)


def _passage_names(data: RelationData) -> frozenset[str]:
    """Passages are always trained on: they are no documents to be judged by."""
    return frozenset(pair.document for pair in data.pairs if pair.network_id == PASSAGE_NETWORK)


def assign_fold(document: str, folds: int) -> int:
    """The fold that holds a document out: the same on every machine."""
    return zlib.crc32(document.encode()) % folds


def _load_predictions(path: Path | None, pairs: int) -> tuple[Array, Array]:
    if path is not None and path.exists():
        with np.load(path) as stored:
            return stored["roles"], stored["statuses"]
    roles = np.full((pairs, len(ROLES)), np.nan, dtype=np.float32)
    return roles, np.full((pairs, len(ROLES), len(STATUSES)), np.nan, dtype=np.float32)


def classify_ngrams(data: RelationData, held: frozenset[str], options: argparse.Namespace) -> tuple[Array, Array]:
    """Logistic regression on words and word pairs around the target, with their side and nearness."""
    del options
    from sklearn.feature_extraction import FeatureHasher

    hashed = FeatureHasher(1 << 18, input_type="string").transform(_describe_targets(data))
    return _fit_linear(data, held, hashed.tocsr())


def classify_frozen(data: RelationData, held: frozenset[str], options: argparse.Namespace) -> tuple[Array, Array]:
    """Logistic regression on what the encoder, as it comes, makes of the target and of its window."""
    return _fit_linear(data, held, _embed_targets(data, options.encoder))


def classify_fine_tuned(data: RelationData, held: frozenset[str], options: argparse.Namespace) -> tuple[Array, Array]:
    """The network that ships, trained as train_relations trains it."""
    from extractors.training.examples import encode_windows
    from extractors.training.relation_network import Recipe, load_network, predict, train

    network, tokenizer = load_network(options.encoder, options.seed)
    examples = encode_windows(data, tokenizer, frozenset(data.claims) - held)
    for line in train(network, tokenizer, examples, Recipe(epochs=options.epochs, seed=options.seed)):
        tell(line)
    roles, statuses = predict(network, encode_windows(data, tokenizer, held), len(data.pairs))
    return np.nan_to_num(roles, nan=UNREAD), np.nan_to_num(statuses)


_CLASSIFIERS: dict[str, Classifier] = {
    "ngrams": classify_ngrams,
    "frozen": classify_frozen,
    "fine_tuned": classify_fine_tuned,
}


def _describe_targets(data: RelationData) -> list[list[str]]:
    described: list[list[str]] = [[] for _ in data.pairs]
    for window in data.windows:
        words = window.text.casefold().replace("[", " [").split()
        at = [i for i, word in enumerate(words) if word.startswith(("[city]", "[holder]", "[nominal]", "[home]"))]
        for number, position in zip(window.pairs, at, strict=False):
            described[number] = _describe(words, position)
    return described


def _describe(words: Sequence[str], at: int) -> list[str]:
    features = [f"any:{word}" for word in words]
    for start in range(max(0, at - 14), min(len(words) - 1, at + 14)):
        side = "before" if start < at else "after"
        reach = "near" if abs(start - at) <= 4 else "far"
        features += [
            f"{side}:{words[start]}",
            f"{side}:{reach}:{words[start]}",
            f"{side}:{words[start]} {words[start + 1]}",
        ]
    return features


def _embed_targets(data: RelationData, encoder: Path | None) -> Array:
    import torch

    from extractors.training.examples import batch_examples, encode_windows
    from extractors.training.relation_network import load_network, pad

    network, tokenizer = load_network(encoder)
    network.eval()
    vectors = np.zeros((len(data.pairs), 2 * network.encoder.config.hidden_size), dtype=np.float32)
    for batch in batch_examples(encode_windows(data, tokenizer), 4000, None):
        ids, mask, rows, positions = pad(batch)
        with torch.no_grad():
            states = network.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        shown = mask.unsqueeze(-1)
        mean = (states * shown).sum(1) / shown.sum(1)
        numbers = [number for example in batch for number in example.pairs]
        vectors[numbers] = torch.cat([states[rows, positions], mean[rows]], dim=-1).numpy()
    return vectors * 4


def _fit_linear(data: RelationData, held: frozenset[str], features: Array) -> tuple[Array, Array]:
    """One regression per role, and one for the status of what is stated."""
    from sklearn.linear_model import SGDClassifier

    weight = weigh_pairs(data.pairs)
    learnt = np.array([n for n, pair in enumerate(data.pairs) if pair.document not in held])
    roles = np.full((len(data.pairs), len(ROLES)), UNREAD, dtype=np.float32)
    for index, role in enumerate(ROLES):
        sure = np.array([n for n in learnt if role not in data.pairs[n].unsure])
        truth = np.array([role in data.pairs[n].roles for n in sure])
        if truth.any():
            model = SGDClassifier(loss="log_loss", alpha=1e-4, max_iter=40, random_state=0).fit(
                features[sure], truth, sample_weight=weight[sure]
            )
            roles[:, index] = model.decision_function(features)
    stated = [n for n in learnt if data.pairs[n].roles]
    truth = np.array([STATUSES.index(_first_status(data.pairs[n])) for n in stated])
    model = SGDClassifier(loss="log_loss", alpha=1e-4, max_iter=40, random_state=0).fit(
        features[stated], truth, sample_weight=weight[stated]
    )
    statuses = np.full((len(data.pairs), len(ROLES), len(STATUSES)), UNREAD, dtype=np.float32)
    statuses[:, :, model.classes_] = model.decision_function(features)[:, None, :]
    return roles, statuses


def _first_status(pair: PairRecord) -> Status:
    return next(iter(pair.roles.values()))


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--windows", type=Path, action="append", required=True, metavar="FILE", help="dumps of train_relations"
    )
    parser.add_argument("--passages", type=Path, default=PASSAGES, metavar="FOLDER", help="passages to train on")
    parser.add_argument("--classifier", choices=sorted(_CLASSIFIERS), default="fine_tuned")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--fold", type=int, help="only this one")
    parser.add_argument("--held-out", action="store_true", help="no folds, but the documents kept out of training")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--predictions", type=Path, metavar="FILE.npz", help="out-of-fold logits, read and written")
    parser.add_argument("--settings", type=Path, metavar="FILE.json", help="write thresholds and calibration")
    parser.add_argument("--version", default="relations/1", help="of the model that the settings are for")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
