"""More layers for an encoder that has learnt already: each changes next to nothing at first.

A layer that is put in is a copy of the one after it whose two outputs are zero and whose norms give back what they
take away: what comes in leaves almost as it came. The encoder goes on from nearly what it was, and the new layers have
the features of their neighbours to begin with.

After L. Gong et al., "Efficient training of BERT by progressively stacking" (2019), and, for the outputs that are zero,
T. Chen, I. Goodfellow and J. Shlens, "Net2Net: accelerating learning via knowledge transfer" (2016).
"""

import copy
import itertools

import torch
from torch import nn


def deepen(encoder: nn.Module, layers: int) -> None:
    """Put layers in between, spread evenly, until the encoder has so many; one that has more stays as it is."""
    own = encoder.encoder.layer
    more, gaps = layers - len(own), len(own) - 1
    if more <= 0:
        return
    grown = [own[0]]
    for gap, (before, following) in enumerate(itertools.pairwise(own)):
        # The surplus goes to the later gaps, whose layers learn most.
        room = (gap + 1) * more // gaps - gap * more // gaps
        grown += [*(_pass_on(before, following) for _ in range(room)), following]
    encoder.encoder.layer = nn.ModuleList(grown)
    encoder.config.num_hidden_layers = layers


def _pass_on(before: nn.Module, following: nn.Module) -> nn.Module:
    """A copy of `following` that gives what `before` gave."""
    layer = copy.deepcopy(following)
    given = before.output.LayerNorm
    with torch.no_grad():
        # A norm of what is normalised already takes mean and spread away, which hardly vary from piece to piece.
        spread = (given.weight.square().mean() + given.bias.var(correction=0)).sqrt()
        for part in (layer.attention.output, layer.output):
            part.dense.weight.zero_()
            part.dense.bias.zero_()
            part.LayerNorm.weight.fill_(spread)
            part.LayerNorm.bias.fill_(given.bias.mean())
    return layer
