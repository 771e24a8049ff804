"""A large recognizer that is only used in training: it reads names where the corpora are silent.

The encoder is all-mpnet-base-v2 (110 M parameters, Apache License 2.0), whose vocabulary knows no capitals: the way a
word is written is told to a middle layer, and with it the source whose habits to follow.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from extractors.training.base_encoder import open_encoder
from extractors.training.name_stretches import TAGS, Shares, Stretch, batch_stretches, cut_texts, decode
from extractors.training.name_texts import NameText
from extractors.training.torch_settings import prepare_torch

SOURCES = ("none", "GUM", "Re-DocRED", "CrossNER", "wikigold", "re3d", "UNER-EWT", "BTC", "FewRel")
CASES = 7
FROZEN_LAYERS = 3
PADDING = 1


class NameTeacher(nn.Module):
    """Pieces, cases and source in; logits of tags for every piece out."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.cases = nn.Embedding(CASES, width)
        self.sources = nn.Embedding(len(SOURCES), width)
        for table in (self.cases, self.sources):
            nn.init.normal_(table.weight, std=0.02)
        # Dropout within the encoder would cost a sixth of the time, for one or two passes over the texts.
        for module in self.encoder.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(width, len(TAGS))
        # The lowest layers and the embeddings stay as they are, which saves a fifth of the time.
        layers = self.encoder.encoder.layer[:FROZEN_LAYERS]
        for part in (self.encoder.embeddings, self.encoder.encoder.relative_attention_bias, *layers):
            part.requires_grad_(False)

    def forward(self, pieces: Tensor, cases: Tensor, sources: Tensor) -> Tensor:
        """(texts, pieces) twice and (texts,) to (texts, pieces, tags)."""
        mask = (pieces == PADDING)[:, None, None, :].float() * -1e4
        with torch.no_grad():
            states = self.encoder.embeddings(input_ids=pieces)
            bias = self.encoder.encoder.compute_position_bias(states)
            for layer in self.encoder.encoder.layer[:FROZEN_LAYERS]:
                states = layer(states, mask, bias)[0]
        states = states + self.cases(cases) + self.sources(sources)[:, None]
        for layer in self.encoder.encoder.layer[FROZEN_LAYERS:]:
            states = layer(states, mask, bias)[0]
        logits: Tensor = self.head(self.dropout(states))
        return logits


def load_teacher(folder: Path | None = None, seed: int = 0) -> tuple[NameTeacher, Tokenizer]:
    """A teacher with a fresh head on the encoder in `folder`, or on that of the installed packages."""
    prepare_torch(seed)
    with open_encoder(folder) as source:
        tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return NameTeacher(source), tokenizer


def pad(batch: Sequence[Stretch], *, rng: random.Random | None, source: str | None) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces, cases and sources of a batch; `source` replaces their own.

    With a generator some texts are read as if in capitals, and some without a source.
    """
    longest = max(len(stretch.pieces) for stretch in batch)
    pieces = torch.full((len(batch), longest), PADDING)
    cases = torch.zeros((len(batch), longest), dtype=torch.long)
    sources = torch.zeros(len(batch), dtype=torch.long)
    for row, stretch in enumerate(batch):
        pieces[row, : len(stretch.pieces)] = torch.tensor(stretch.pieces)
        shown = torch.tensor(stretch.cases)
        if rng and rng.random() < 0.04:
            shown[(shown == 1) | (shown == 2) | (shown == 4)] = 3
        cases[row, : len(stretch.pieces)] = shown
        if not (rng and rng.random() < 0.1):
            sources[row] = SOURCES.index(source or stretch.text.source)
    return pieces, cases, sources


def read_logits(
    teacher: NameTeacher, batch: Sequence[Stretch], *, rng: random.Random | None = None, source: str | None = None
) -> Tensor:
    """Logits of the first piece of every word of the batch, (words, tags)."""
    pieces, cases, sources = pad(batch, rng=rng, source=source)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = teacher(pieces, cases, sources)
    rows = [row for row, stretch in enumerate(batch) for _ in stretch.first]
    columns = [column for stretch in batch for column in stretch.first]
    return logits[rows, columns].float()


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train the teacher."""

    epochs: int = 1
    learning_rate: float = 7e-5
    head_rate: float = 1e-3
    pieces: int = 1024
    warm_up: float = 0.1
    seed: int = 0


def train_teacher(teacher: NameTeacher, stretches: Sequence[Stretch], recipe: Recipe) -> Iterator[str]:
    """Train in place; yields a line of progress every few dozen steps."""
    rng = random.Random(recipe.seed)  # noqa: S311 - order of batches
    torch.manual_seed(recipe.seed)
    body = [p for name, p in teacher.named_parameters() if p.requires_grad and name.startswith("encoder.")]
    fresh = [p for name, p in teacher.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": body, "lr": recipe.learning_rate}, {"params": fresh, "lr": recipe.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    batches = [
        [stretch for _, stretch in batch]
        for _ in range(recipe.epochs)
        for batch in batch_stretches(stretches, recipe.pieces, rng)
    ]
    warm_up = max(1, round(recipe.warm_up * len(batches)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm_up, (len(batches) - step) / (len(batches) - warm_up))
    )
    teacher.train()
    running = 0.0
    for step, batch in enumerate(batches, start=1):
        logits = read_logits(teacher, batch, rng=rng)
        allowed = torch.tensor([row for stretch in batch for row in stretch.allowed])
        each = logits.logsumexp(-1) - logits.masked_fill(~allowed, -1e4).logsumexp(-1)
        loss = each.sum() / (~allowed.all(-1)).sum().clamp(min=1)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*body, *fresh], 1.0)
        optimizer.step()
        schedule.step()
        running = loss.item() if step == 1 else 0.95 * running + 0.05 * loss.item()
        if step % 25 == 0:
            yield f"step {step}/{len(batches)} loss {running:.4f}"


@torch.no_grad()
def predict_shares(teacher: NameTeacher, stretches: Sequence[Stretch], source: str | None = None) -> list[Shares]:
    """For each stretch the probability of every tag for every word; `source` replaces their own."""
    teacher.eval()
    shares: dict[int, Shares] = {}
    for batch in batch_stretches(stretches, 4096, None):
        rows = read_logits(teacher, [stretch for _, stretch in batch], source=source).softmax(-1)
        parts = rows.split([len(stretch.first) for _, stretch in batch])
        for (number, _), part in zip(batch, parts, strict=True):
            shares[number] = part.numpy()
    return [shares[number] for number in range(len(stretches))]


def score_teacher(teacher: NameTeacher, texts: Iterable[NameText], tokenizer: Tokenizer) -> str:
    """F1 over all, by label and by source, as `scores.count_names` counts."""
    stretches = cut_texts(texts, tokenizer)
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    found: dict[int, set[tuple[int, int, str]]] = defaultdict(set)
    owners = {id(stretch.text): stretch.text for stretch in stretches}
    for stretch, shares in zip(stretches, predict_shares(teacher, stretches), strict=True):
        for start, end, label, _ in decode(shares):
            found[id(stretch.text)].add((stretch.words[start][0], stretch.words[end - 1][1], label))
    for key, text in owners.items():
        gold = {entity for entity in text.entities if entity[2] in text.labels}
        kept = {
            span
            for span in found[key]
            if span[2] in text.labels and not any(span[0] < end and start < span[1] for start, end in text.unknown)
        }
        for span in [*gold, *kept]:
            for group in ("all", span[2], text.source, f"{text.source} {span[2]}"):
                total[group] += 1
                hits[group] += span in gold and span in kept
    return ", ".join(f"{group} {hits[group] / total[group]:.3f}" for group in sorted(total))
