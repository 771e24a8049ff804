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

_STORED = "_quantized"
_PREFIX = "network."
_WORDS = f"{_PREFIX}encoder.embeddings.word_embeddings.weight"
_MATRIX = f".weight{_STORED}"
_FIRST_OF_LAYER = f".attention.self.query{_MATRIX}"


def restore_state(network: RelationNetwork, tokenizer: Tokenizer, folder: Path) -> None:
    """Take over the weights of model.onnx and tokenizer.json in `folder`, as exact as eight bits keep them.

    The network gets as many layers as the model has.

    Raises:
        ConfigurationError: the model has other tables than this network learns.
    """
    path = folder / "model.onnx"
    tables = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(path)).graph.initializer}
    deepen(network.encoder, sum(name.endswith(_FIRST_OF_LAYER) for name in tables))
    state = {}
    for name, table in tables.items():
        own = name.removeprefix(_PREFIX)
        if not name.startswith(_PREFIX) or ".embeddings." in name:
            continue
        if own.endswith(_MATRIX):
            state[own.removesuffix(_STORED)] = torch.from_numpy(_widen(tables, name.removesuffix(_STORED)).T.copy())
        elif own.endswith((".bias", ".weight")):
            state[own] = torch.from_numpy(table.copy())
    learnt = {name for name, parameter in network.named_parameters() if parameter.requires_grad}
    lacking = learnt - state.keys() - {"markers"}
    if lacking:
        raise ConfigurationError(f"{path}: found no {sorted(lacking)[:3]}; export it anew")
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
