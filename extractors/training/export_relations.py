"""A trained relation network as files: int8 ONNX, tokenizer, settings."""

import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from extractors.relation_windows import MARKERS
from extractors.training.relation_network import RelationNetwork


class _AtTargets(nn.Module):
    """The network reading one window, with the logits of its targets only, written out in operations that ONNX has.

    The library's own forward pass decides on shapes in Python, which a traced graph would freeze. A window that is
    read by itself has nothing to mask: without a mask attention takes a tenth less time in long ones.
    """

    def __init__(self, network: RelationNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, positions: Tensor) -> tuple[Tensor, Tensor]:
        encoder = self.network.encoder
        embeddings = encoder.embeddings
        states = embeddings.word_embeddings(ids) + embeddings.token_type_embeddings.weight[0]
        states = embeddings.LayerNorm(states + embeddings.position_embeddings.weight[: ids.shape[0]])
        for layer in encoder.encoder.layer:
            states = _apply_layer(layer, states, encoder.config.num_attention_heads)
        own = states[positions]
        joined = torch.cat([own, states[:1].expand_as(own)], dim=-1)
        status = self.network.statuses(joined).unflatten(-1, (15, 4)) + self.network.shared_status(joined).unsqueeze(-2)
        return self.network.roles(joined), status


def _apply_layer(layer: nn.Module, states: Tensor, heads: int) -> Tensor:
    """Hidden states, (pieces, width), after a layer."""
    attention = layer.attention.self
    size = attention.attention_head_size
    # Shapes of constants: what depends on the number of pieces would be worked out anew in every layer.
    query, key, value = (
        part(states).reshape(-1, heads, size).transpose(0, 1)
        for part in (attention.query, attention.key, attention.value)
    )
    scores = query @ key.transpose(-1, -2) / size**0.5
    mixed = (scores.softmax(-1) @ value).transpose(0, 1).reshape(-1, heads * size)
    states = layer.attention.output.LayerNorm(layer.attention.output.dense(mixed) + states)
    inner = nn.functional.gelu(layer.intermediate.dense(states))
    return layer.output.LayerNorm(layer.output.dense(inner) + states)


def export_model(network: RelationNetwork, tokenizer: Tokenizer, folder: Path) -> None:
    """Write model.onnx and tokenizer.json.

    The network keeps its weights but loses the pieces that no Latin text needs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    fold_markers(network)
    pruned, kept = prune_vocabulary(tokenizer)
    words = network.encoder.embeddings.word_embeddings
    network.encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(words.weight[kept].clone())
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        _write_onnx(network, plain)
        quantize_dynamic(plain, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    pruned.save(str(folder / "tokenizer.json"), pretty=False)


def prune_vocabulary(tokenizer: Tokenizer) -> tuple[Tokenizer, list[int]]:
    """A tokenizer without unused pieces and those of other scripts, and the old ids of the pieces that it keeps.

    Words of other scripts become the unknown piece, as rare ones did before; a tenth of the table goes.
    """
    definition = json.loads(tokenizer.to_str())
    vocabulary: dict[str, int] = definition["model"]["vocab"]
    kept = sorted((number, piece) for piece, number in vocabulary.items() if _is_kept(piece))
    renumbered = {piece: new for new, (_, piece) in enumerate(kept)}
    definition["model"]["vocab"] = renumbered
    for token in definition["added_tokens"]:
        token["id"] = renumbered[token["content"]]
    for token in definition["post_processor"]["special_tokens"].values():
        token["ids"] = [renumbered[piece] for piece in token["tokens"]]
    return Tokenizer.from_str(json.dumps(definition)), [number for number, _ in kept]


def _is_kept(piece: str) -> bool:
    # Latin letters; dashes, quotes, currency, arrows, bullets and ticks.
    latin = all(ord(char) < 0x250 or 0x2000 <= ord(char) < 0x2C00 for char in piece.removeprefix("##"))
    return latin and not piece.startswith("[unused")


def fold_markers(network: RelationNetwork) -> None:
    """Add what was learnt of the markers to the table of embeddings, once; the differences become zero."""
    first = network.first_marker
    if first is None:
        raise TypeError("found a network without markers, expected one whose vocabulary was extended")
    with torch.no_grad():
        network.encoder.embeddings.word_embeddings.weight[first : first + len(MARKERS)] += network.markers
        network.markers.zero_()


def _write_onnx(network: RelationNetwork, path: Path) -> None:
    # The export restores each module's own mode, so that all must be in evaluation mode before it.
    module = _AtTargets(network).eval()
    ids = torch.randint(1000, 2000, (12,))
    inputs = (ids, torch.tensor([3, 2, 5]))
    names = ["ids", "positions"]
    torch.onnx.export(
        module,
        inputs,
        str(path),
        input_names=names,
        output_names=["roles", "statuses"],
        dynamic_axes={"ids": {0: "pieces"}, "positions": {0: "targets"}},
        opset_version=17,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    with torch.no_grad():
        roles, statuses = network(ids[None], torch.ones_like(ids)[None])
    wanted = roles[0, inputs[1]], statuses[0, inputs[1]]
    got = session.run(None, {name: tensor.numpy() for name, tensor in zip(names, inputs, strict=True)})
    for tensor, array in zip(wanted, got, strict=True):
        np.testing.assert_allclose(tensor.numpy(), array, atol=1e-3)
