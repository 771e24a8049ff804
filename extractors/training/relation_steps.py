"""Steps that every training of the relation model takes: where it starts from, and how it is judged in the end."""

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from extractors.training.choose_settings import choose_settings
from extractors.training.examples import encode_windows
from extractors.training.export_relations import export_model
from extractors.training.progress import tell
from extractors.training.relation_data import RelationData, is_held_out
from extractors.training.relation_network import RelationNetwork, keep_state, load_state, predict
from extractors.training.restore_relations import restore_state


def start_from(network: RelationNetwork, tokenizer: Tokenizer, path: Path | None) -> None:
    """Take over a kept state, or the weights in a folder; None: the network stays as it is.

    Raises:
        ConfigurationError: as `load_state` and `restore_state`.
    """
    if path is None:
        return
    if path.is_dir():
        restore_state(network, tokenizer, path)
    else:
        load_state(network, path)


def average_states(network: RelationNetwork, tokenizer: Tokenizer, paths: Sequence[Path]) -> None:
    """Take over the mean of what several runs have learnt, of which one began where another ended.

    After M. Wortsman et al., "Model soups" (2022).

    Raises:
        ConfigurationError: as `start_from`.
    """
    total: dict[str, Tensor] = {}
    for path in paths:
        start_from(network, tokenizer, path)
        for name, value in network.state_dict().items():
            total[name] = total.get(name, torch.zeros_like(value)) + value / len(paths)
    network.load_state_dict(total)


def judge(
    data: RelationData, network: RelationNetwork, tokenizer: Tokenizer, *, version: str, path: Path | None = None
) -> str:
    """Choose settings on the documents that are held out, write them to `path` if given, and tell what they reach."""
    held = frozenset(filter(is_held_out, data.claims))
    logits = predict(network, encode_windows(data, tokenizer, held), len(data.pairs))
    return choose_settings(data, held, logits, path=path, version=version)


def finish(
    data: RelationData, network: RelationNetwork, tokenizer: Tokenizer, *, keep: Path | None, out: Path, version: str
) -> None:
    """Keep the state if asked to, then write settings and model to the folder `out`, and tell what they reach.

    Last of all steps: the network loses pieces of its vocabulary (see `export_model`).
    """
    if keep is not None:
        keep_state(network, keep)
    out.mkdir(parents=True, exist_ok=True)
    tell(judge(data, network, tokenizer, version=version, path=out / "settings.json"))
    export_model(network, tokenizer, out)
