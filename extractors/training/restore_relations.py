"""The state of a relation network out of the int8 model that ships, so that training goes on from what git holds."""

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import Tensor

from extractors.relation_windows import MARKERS
from extractors.training.deepen_network import deepen
from extractors.training.relation_network import RelationNetwork
from schemas.errors import ConfigurationError

_LAYER = (
    *("attention.self.query", "attention.self.key", "attention.self.value"),
    *("attention.output.dense", "intermediate.dense", "output.dense"),
)
"""In the order in which `export_relations` applies them; the exporter gives their matrices numbers for names."""
_HEADS = ("statuses", "shared_status", "roles")
_STORED = "_quantized"

_PREFIX = "network."
_WORDS = f"{_PREFIX}encoder.embeddings.word_embeddings.weight"


def restore_state(network: RelationNetwork, tokenizer: Tokenizer, folder: Path) -> None:
    """Take over the weights of model.onnx and tokenizer.json in `folder`, as exact as eight bits keep them.

    The network gets as many layers as the model has.

    Raises:
        ConfigurationError: the model has other matrices than this network.
    """
    path = folder / "model.onnx"
    tables = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(path)).graph.initializer}
    state = {
        name.removeprefix(_PREFIX): torch.from_numpy(table.copy())
        for name, table in tables.items()
        if name.startswith(_PREFIX) and name.endswith((".bias", ".weight")) and ".embeddings." not in name
    }
    stored = [
        name.removesuffix(_STORED) for name in tables if name.startswith("onnx::MatMul_") and name.endswith(_STORED)
    ]
    deepen(network.encoder, len(stored) // len(_LAYER))
    layers = len(network.encoder.encoder.layer)
    linear = [f"encoder.encoder.layer.{depth}.{part}" for depth in range(layers) for part in _LAYER]
    if len(stored) != len(linear):
        raise ConfigurationError(f"{path}: found {len(stored)} matrices, expected {len(linear)}; export it anew")
    linear += _HEADS
    stored += [f"{_PREFIX}{head}.weight" for head in _HEADS]
    for name, kept in zip(linear, stored, strict=True):
        state[f"{name}.weight"] = torch.from_numpy(_widen(tables, kept).T.copy())
    state["markers"] = _restore_markers(network, tokenizer, folder, _widen(tables, _WORDS))
    try:
        network.load_state_dict(state, strict=False)
    except RuntimeError as error:
        raise ConfigurationError(f"{path}: holds another network: {error}") from error


def _widen(tables: dict[str, NDArray[np.float32]], name: str) -> NDArray[np.float32]:
    """A quantised table as floats; columns of matrices have a scale each."""
    table = tables[name + _STORED].astype(np.float32)
    widened: NDArray[np.float32] = (table - tables[f"{name}_zero_point"]) * tables[f"{name}_scale"]
    return widened


def _restore_markers(
    network: RelationNetwork, tokenizer: Tokenizer, folder: Path, words: NDArray[np.float32]
) -> Tensor:
    """What was learnt of the markers: the difference to the embeddings that they start from."""
    shipped = Tokenizer.from_file(str(folder / "tokenizer.json"))
    rows = torch.from_numpy(np.stack([words[shipped.token_to_id(marker)] for marker in MARKERS]))
    numbers = [tokenizer.token_to_id(marker) for marker in MARKERS]
    return rows - network.encoder.embeddings.word_embeddings.weight[numbers].detach()
