"""Encoders of windows, computed in blocks that stay in the processor's cache.

spaCy's encoder writes every step of a layer (windows, products, maxima, normalization) as an array of the whole batch,
which spends half of its time on memory. One pass over blocks of rows gives the same numbers, but for rounding.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from thinc.api import Model

from extractors.pipeline_layers import walk_layers

Rows = NDArray[np.float32]

BLOCK = 256
"""Rows at a time: their windows and products take half a megabyte."""


@dataclass(frozen=True)
class Layer:
    """A residual layer of windows: `weights` maps a window to the pieces of the maxout, one after the other."""

    weights: Rows
    bias: Rows
    gain: Rows
    shift: Rows

    @property
    def width(self) -> int:
        """Columns of its input and of its output."""
        return len(self.gain)


def read_layer(residual: Model[Any, Any]) -> Layer | None:
    """The weights of a layer as MaxoutWindowEncoder builds it; None if it is another."""
    nodes = {node.name: node for node in residual.walk()}
    if not {"expand_window", "maxout", "layernorm"} <= nodes.keys():
        return None
    maxout, norm = nodes["maxout"], nodes["layernorm"]
    weights: Any = maxout.get_param("W")
    width, pieces, inputs = weights.shape
    bias, gain, shift = (cast(Rows, node.get_param(name)) for node, name in ((maxout, "b"), (norm, "G"), (norm, "b")))
    return Layer(
        weights=np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, pieces * width)),
        bias=np.ascontiguousarray(bias.T.reshape(-1)),
        gain=gain,
        shift=shift,
    )


def apply_layer(layer: Layer, rows: Rows) -> Rows:
    """The layer's output for `rows`, beyond whose ends are zeros."""
    width, count = layer.width, len(rows)
    reach = len(layer.weights) // width // 2
    padded = np.zeros((count + 2 * reach, width), np.float32)
    padded[reach : reach + count] = rows
    windows = np.empty((BLOCK, len(layer.weights)), np.float32)
    products = np.empty((BLOCK, len(layer.bias)), np.float32)
    output = np.empty_like(rows)
    for start in range(0, count, BLOCK):
        size = min(BLOCK, count - start)
        for offset in range(2 * reach + 1):
            windows[:size, offset * width : (offset + 1) * width] = padded[start + offset : start + offset + size]
        product = products[:size]
        np.dot(windows[:size], layer.weights, out=product)
        product += layer.bias
        best = output[start : start + size]
        np.maximum(product[:, :width], product[:, width : 2 * width], out=best)
        for piece in range(2 * width, product.shape[1], width):
            np.maximum(best, product[:, piece : piece + width], out=best)
        normalize(best, layer)
        best += rows[start : start + size]
    return output


def normalize(rows: Rows, layer: Layer) -> None:
    """Layer normalization, in place."""
    rows -= rows.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", rows, rows) / layer.width + np.float32(1e-8)
    rows *= (1 / np.sqrt(spread))[:, None]
    rows *= layer.gain
    rows += layer.shift


def encode_fused(model: Model[Any, Any], rows: Rows, is_train: bool) -> tuple[Rows, Callable[..., Any]]:
    """Apply all layers, one after the other. Cannot be trained."""
    if is_train:
        raise NotImplementedError("encode_fused serves prediction only; train the layers that it was made from")
    for layer in model.attrs["fused_layers"]:
        rows = apply_layer(layer, rows)
    return rows, lambda gradient: gradient


def fuse_windows(nlp: Language) -> None:
    """Make the encoders of a loaded pipeline work in blocks, in place.

    The pipeline can no longer be trained or saved.
    """
    for model, node in walk_layers(nlp):
        layers = [read_layer(layer) if layer.name.startswith("residual") else None for layer in node.layers]
        if layers and None not in layers and node.name.startswith("residual"):
            fused: Model[Any, Any] = Model("encode_fused", encode_fused, attrs={"fused_layers": layers})
            model.replace_node(node, fused)
