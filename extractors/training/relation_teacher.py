"""The teacher of the relation model: the same heads on an encoder five times as heavy, which learns from labels alone.

The encoder is all-mpnet-base-v2 (110 M parameters, Apache License 2.0). It reads better than the small one that
ships, and is too slow and too large to ship; what it makes of many windows is what the small one learns (see
distil_relations). The lower half of its layers stays as it is, and what is learnt about the markers comes in above
it, so that no gradient goes through it: it learns as much, in half of the time.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from extractors.training.base_encoder import open_encoder
from extractors.training.examples import batch_examples
from extractors.training.relation_network import Recipe, RelationNetwork, read_targets, tokenizer_of
from extractors.training.soft_windows import SoftExample
from extractors.training.torch_settings import prepare_torch

FROZEN_LAYERS = 6
_BATCH = 3000
"""Pieces that are read at once where nothing is learnt."""
TEACHER_RECIPE = Recipe(epochs=3, learning_rate=6e-5, pieces=640, averaging=0.998, first_layer=0.31)
_NAMES = {"<s>": "[CLS]", "</s>": "[SEP]", "<pad>": "[PAD]", "<mask>": "[MASK]"}
"""Of the encoder's special pieces, and what BERT, whose words it shares, calls them."""


class TeacherNetwork(RelationNetwork):
    """Takes and gives what RelationNetwork does."""

    def __init__(self, folder: Path, tokenizer: Tokenizer, dropout: float = 0.1) -> None:
        super().__init__(folder, tokenizer, dropout)
        layers = self.encoder.encoder
        for part in (*layers.layer[:FROZEN_LAYERS], layers.relative_attention_bias):
            for parameter in part.parameters():
                parameter.requires_grad = False

    def train(self, mode: bool = True) -> "TeacherNetwork":
        """As torch's; what does not learn drops nothing out either."""
        super().train(mode)
        self.encoder.embeddings.eval()
        for layer in self.encoder.encoder.layer[:FROZEN_LAYERS]:
            layer.eval()
        return self

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """As RelationNetwork's. The encoder's own forward pass would refuse such a mask in bfloat16."""
        layers = self.encoder.encoder
        shut = (1.0 - mask[:, None, None, :].float()) * torch.finfo(torch.bfloat16).min
        with torch.no_grad():
            states = self.encoder.embeddings(inputs_embeds=self.encoder.embeddings.word_embeddings(ids))
            bias = layers.compute_position_bias(states)
            for layer in layers.layer[:FROZEN_LAYERS]:
                states = layer(states, shut, bias)[0]
        states = states + self.mark(ids)
        for layer in layers.layer[FROZEN_LAYERS:]:
            states = layer(states, shut, bias)[0]
        return self.classify(states)


def build_teacher_tokenizer(folder: Path) -> Tokenizer:
    """The encoder's tokenizer, its special pieces called as BERT's; the words are the same, with other numbers."""
    definition = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary = definition["model"]["vocab"]
    for own, usual in _NAMES.items():
        if usual in vocabulary:
            vocabulary[f"[unused {usual}]"] = vocabulary.pop(usual)
        vocabulary[usual] = vocabulary.pop(own)
    for token in definition["added_tokens"]:
        token["content"] = _NAMES.get(token["content"], token["content"])
    for end in ("sep", "cls"):
        definition["post_processor"][end][0] = _NAMES[definition["post_processor"][end][0]]
    return tokenizer_of(definition)


def load_teacher(folder: Path | None = None, seed: int = 0) -> tuple[TeacherNetwork, Tokenizer]:
    """A teacher with fresh heads on the encoder in `folder`, or on that of the installed packages.

    Raises:
        ConfigurationError: as `open_encoder`.
    """
    prepare_torch(seed)
    with open_encoder(folder) as source:
        tokenizer = build_teacher_tokenizer(source)
        return TeacherNetwork(source, tokenizer), tokenizer


def translate_pieces(student: Tokenizer, teacher: Tokenizer) -> list[int]:
    """For each piece of the student's vocabulary the teacher's number; that of the unknown piece for what it lacks."""
    known = teacher.get_vocab()
    unknown = known["[UNK]"]
    numbers = [unknown] * (max(student.get_vocab().values()) + 1)
    for piece, number in student.get_vocab().items():
        numbers[number] = known.get(piece, unknown)
    return numbers


@torch.no_grad()
def soften(shown: Sequence[SoftExample], teacher: TeacherNetwork, numbers: Sequence[int]) -> None:
    """Have the teacher read the windows; `numbers` as `translate_pieces` gives them."""
    teacher.eval()
    for batch in batch_examples(shown, _BATCH, None):
        roles, statuses = read_targets(teacher, [replace(e, ids=[numbers[piece] for piece in e.ids]) for e in batch])
        lengths = [len(example.targets) for example in batch]
        for example, *logits in zip(batch, roles.split(lengths), statuses.split(lengths), strict=True):
            example.role_logits, example.status_logits = (tensor.numpy() for tensor in logits)
