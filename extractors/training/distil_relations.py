"""Have the relation model learn from a heavier one: `python -m extractors.training.distil_relations`.

Three steps, each a command of its own. The teacher learns from the labelled windows (`--teach STATE`, 50 minutes on
two cores, 75 on one); it reads the windows of the corpus and of texts without labels, each epoch otherwise (`--soften
FOLDER`, twelve minutes an epoch); the student learns from what it made of them (`--learn FOLDER`, ten minutes an
epoch), and may begin while the teacher still reads. Windows as `train_relations --dump-windows` writes them; needs
requirements-relations.txt and requirements-teacher.txt.

Where there is no time for a teacher, what ships learns from new documents by itself: softened by its own weights
(`--soften FOLDER --teacher extractors/relation_weights --fresh BEGINNING --shown 0.25`), it learns (`--trust 0.6`) what
their labels say, and stays near to what it said before; after Z. Li and D. Hoiem, "Learning without forgetting" (2016).

After G. Hinton, O. Vinyals and J. Dean, "Distilling the knowledge in a neural network" (2015).
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from extractors.training.deepen_network import deepen
from extractors.training.examples import Example, encode_windows
from extractors.training.passages import read_passages
from extractors.training.progress import follow, tell
from extractors.training.relation_data import RelationData, is_held_out, join_data, read_dump
from extractors.training.relation_network import (
    Recipe,
    RelationNetwork,
    draw,
    frozen,
    join_field,
    keep_state,
    learn,
    load_network,
    read_targets,
    train,
)
from extractors.training.relation_steps import finish, judge, start_from
from extractors.training.relation_teacher import TEACHER_RECIPE, load_teacher, soften, translate_pieces
from extractors.training.soft_windows import MIXED, SoftExample, read_soft, show_windows, write_soft
from extractors.training.train_relations import FRESH_HELP, PASSAGES, SHOWN_HELP, WEIGHTS_FOLDER

TRUST_IN_LABELS = 0.3
"""Share of the labels in what is learnt, where they hold; the rest is the teacher's."""
_PLAIN_WEIGHT = 0.6
"""Of a target in a text without labels; one in a document weighs 1 or, where many say the same, less."""
_LEAST_WEIGHT = 0.1
_SEED = 1000
_EPOCHS = 6
"""Of the student."""
_SHALLOW = 6
"""Layers of the student's encoder as it comes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the step that the command line asks for."""
    options = _parse(arguments)
    data = join_data(read_dump(options.windows), read_passages(sorted(options.passages.glob("*.txt"))))
    if options.teach:
        _teach(data, options)
    elif options.soften:
        _soften(data, options)
    else:
        _learn(data, options)
    return 0


def _teach(data: RelationData, options: argparse.Namespace) -> None:
    teacher, tokenizer = load_teacher(options.encoder, options.seed)
    torch.set_num_threads(options.threads)
    start_from(teacher, tokenizer, options.start)
    examples, fresh = (encode_windows(data, tokenizer, names) for names in _part(data, options.fresh))
    tell(f"{len(examples)} windows to learn from, {len(fresh)} fresh ones")
    recipe = replace(TEACHER_RECIPE, epochs=options.epochs, seed=options.seed, shown=options.shown)
    if options.rate:
        recipe = replace(recipe, learning_rate=options.rate)
    follow(train(teacher, tokenizer, examples, recipe, fresh))
    keep_state(teacher, options.teach)
    tell(judge(data, teacher, tokenizer, version=options.version))


def _soften(data: RelationData, options: argparse.Namespace) -> None:
    student, student_tokenizer = load_network(options.student_encoder)
    is_own = options.teacher.is_dir()
    teacher, teacher_tokenizer = (student, student_tokenizer) if is_own else load_teacher(options.encoder)
    torch.set_num_threads(options.threads)
    start_from(teacher, teacher_tokenizer, options.teacher)
    numbers = translate_pieces(student_tokenizer, teacher_tokenizer)
    labelled, fresh = (encode_windows(data, student_tokenizer, names) for names in _part(data, options.fresh))
    plain = [_weigh_plain(e) for e in encode_windows(read_dump(options.plain), student_tokenizer)]
    options.soften.mkdir(parents=True, exist_ok=True)
    for epoch in range(options.first, options.epochs):
        rng = random.Random(_SEED + epoch)  # noqa: S311 (of what is shown)
        drawn = [*fresh, *draw(labelled, options.shown, rng)]
        # A network that teaches itself knows nothing better than the labels: no window is put together without them.
        mixed = 0.0 if is_own else MIXED
        shown = show_windows(drawn, plain, student_tokenizer, _SEED + epoch, mixed=mixed)
        soften(shown, teacher, numbers)
        write_soft(shown, _path_of(options.soften, epoch))
        tell(f"epoch {epoch + 1} of {options.epochs}: {len(shown)} windows read")


def _learn(data: RelationData, options: argparse.Namespace) -> None:
    network, tokenizer = load_network(options.student_encoder, options.seed)
    start_from(network, tokenizer, options.start)
    deepen(network.encoder, options.layers)
    epochs = range(options.first, options.epochs)
    recipe = Recipe(epochs=len(epochs), seed=options.seed)
    if options.rate:
        recipe = replace(recipe, learning_rate=options.rate)
    rng = random.Random(options.seed)  # noqa: S311 (order of batches)
    shown = (read_soft(_path_of(options.learn, epoch)) for epoch in epochs)
    torch.set_num_threads(options.threads)
    with frozen(network, options.frozen):
        follow(learn(network, shown, recipe, partial(measure_soft_loss, trust=options.trust), rng))
    finish(data, network, tokenizer, keep=options.keep, out=options.out, version=options.version)


def measure_soft_loss(network: RelationNetwork, batch: Sequence[SoftExample], trust: float = TRUST_IN_LABELS) -> Tensor:
    """How far the network is from the teacher, and, for the share `trust`, from the labels where they hold."""
    roles, statuses = read_targets(network, batch)
    teacher_roles, teacher_statuses = join_field(batch, "role_logits"), join_field(batch, "status_logits")
    weights = join_field(batch, "weights")
    trusted = np.concatenate([np.full((len(e.targets), 1), trust * e.is_labelled) for e in batch])
    sure = (weights > 0) * torch.from_numpy(trusted).float()
    wanted = sure * join_field(batch, "roles") + (1 - sure) * teacher_roles.sigmoid()
    held = join_field(batch, "statuses")
    stated = ((held >= 0) * sure).unsqueeze(-1)
    labels = nn.functional.one_hot(held.clamp(min=0), statuses.shape[-1])
    wanted_statuses = stated * labels + (1 - stated) * teacher_statuses.softmax(-1)
    weight = weights.amax(dim=1, keepdim=True).clamp(min=_LEAST_WEIGHT)
    role_loss = nn.functional.binary_cross_entropy_with_logits(roles, wanted, reduction="none")
    status_loss = -(wanted_statuses * statuses.log_softmax(-1)).sum(-1)
    # A status counts as much as its role is stated.
    return ((role_loss + wanted * status_loss) * weight).sum() / weight.sum().clamp(min=1.0)


def _part(data: RelationData, fresh: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The documents to learn from, those whose names begin like one of `fresh` apart."""
    learnt = frozenset(name for name in data.claims if not is_held_out(name))
    new = frozenset(name for name in learnt if name.startswith(tuple(fresh)))
    return learnt - new, new


def _weigh_plain(example: Example) -> Example:
    return replace(example, weights=np.full_like(example.weights, _PLAIN_WEIGHT))


def _path_of(folder: Path, epoch: int) -> Path:
    return folder / f"epoch-{epoch}.npz"


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    step = parser.add_mutually_exclusive_group(required=True)
    step.add_argument("--teach", type=Path, metavar="STATE", help="train the teacher, and keep its state")
    step.add_argument("--soften", type=Path, metavar="FOLDER", help="write what the teacher reads, a file an epoch")
    step.add_argument("--learn", type=Path, metavar="FOLDER", help="train the student on what --soften writes there")
    parser.add_argument("--windows", type=Path, action="append", required=True, metavar="FILE", help="dumps")
    parser.add_argument("--plain", type=Path, action="append", default=[], metavar="FILE", help="of unlabelled texts")
    parser.add_argument("--passages", type=Path, default=PASSAGES, metavar="FOLDER")
    parser.add_argument(
        "--teacher",
        type=Path,
        metavar="PATH",
        help="the state that --teach kept; or weights in a folder, to go on from",
    )
    parser.add_argument("--trust", type=float, default=TRUST_IN_LABELS, help="share of the labels in what is learnt")
    parser.add_argument("--encoder", type=Path, help="folder of all-mpnet-base-v2 (default: out of its packages)")
    parser.add_argument("--student-encoder", type=Path, help="folder of all-MiniLM-L6-v2 (default: its package)")
    parser.add_argument("--start", type=Path, metavar="PATH", help="go on from this state, or folder of the student's")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="write the student's state")
    parser.add_argument("--epochs", type=int, default=0, help="default: 3 of the teacher, 6 of the student")
    parser.add_argument("--first", type=int, default=0, help="the epoch to begin with, of those that --soften writes")
    parser.add_argument("--layers", type=int, default=_SHALLOW, help="of the student; more are put in between its own")
    parser.add_argument("--frozen", type=int, default=0, help="first layers of the student that learn nothing")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, help="learning rate of the last layer (default: the recipe's)")
    parser.add_argument("--fresh", nargs="+", default=[], metavar="BEGINNING", help=FRESH_HELP)
    parser.add_argument("--shown", type=float, default=1.0, help=SHOWN_HELP)
    parser.add_argument("--threads", type=int, default=1, help="of torch; more help on idle cores only")
    parser.add_argument("--version", default="relations/new", help="what claims will be said to be found by")
    parser.add_argument("--out", type=Path, default=WEIGHTS_FOLDER)
    options = parser.parse_args(arguments)
    options.epochs = options.epochs or (TEACHER_RECIPE.epochs if options.teach else _EPOCHS)
    return options


if __name__ == "__main__":
    raise SystemExit(main())
