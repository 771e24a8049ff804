"""Windows as the teacher reads them: varied and mixed anew for each epoch, with its logits in place of labels.

Kept in one file an epoch, so that one process may read ahead while another learns.
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from extractors.training.examples import Example
from extractors.training.mix_windows import Mixer
from extractors.training.vary_windows import Pieces, Surroundings, vary_window

MIXED = 0.5
"""Share of the documents' windows that are put together anew."""
_WAIT = 3.0
"""Seconds between looks for a file that is not there yet."""


@dataclass(slots=True)
class SoftExample(Example):
    """A window with what the teacher makes of it."""

    is_labelled: bool = False
    """Whether the labels hold: not for mixed windows, nor for those of texts without claims."""
    role_logits: NDArray[np.float32] | None = None
    """(targets, 15)."""
    status_logits: NDArray[np.float32] | None = None
    """(targets, 15, 4)."""


def show_windows(
    labelled: Sequence[Example], plain: Sequence[Example], tokenizer: Tokenizer, seed: int, *, mixed: float = MIXED
) -> list[SoftExample]:
    """The windows of an epoch in the student's pieces, not yet read; `plain` ones come from texts without labels."""
    rng = random.Random(seed)  # noqa: S311 (of what is shown)
    pieces = Pieces.of(tokenizer)
    everything = [*labelled, *plain]
    surroundings, mixer = Surroundings(everything, pieces), Mixer(everything, pieces)
    shown = []
    for number, example in enumerate(everything):
        holds, changed = number < len(labelled), example
        if example.stands_alone:
            changed = surroundings.lend(example, rng)
        elif rng.random() < mixed:
            changed, holds = mixer.mix(example, rng), False
        varied = vary_window(changed, pieces, rng)
        shown.append(
            SoftExample(
                ids=varied.ids,
                targets=varied.targets,
                pairs=varied.pairs,
                roles=varied.roles,
                weights=varied.weights,
                statuses=varied.statuses,
                is_labelled=holds,
            )
        )
    return shown


def write_soft(shown: Sequence[SoftExample], path: Path) -> None:
    """Keep read windows; the file appears when it is whole."""
    scratch = path.with_suffix(".part.npz")
    np.savez_compressed(
        scratch,
        lengths=np.array([(len(e.ids), len(e.targets), e.is_labelled) for e in shown], dtype=np.int32),
        ids=np.concatenate([e.ids for e in shown]).astype(np.int32),
        targets=np.concatenate([e.targets for e in shown]).astype(np.int32),
        roles=_join(shown, "roles"),
        weights=_join(shown, "weights"),
        statuses=_join(shown, "statuses"),
        role_logits=_join(shown, "role_logits"),
        status_logits=_join(shown, "status_logits"),
    )
    scratch.rename(path)


def _join(shown: Sequence[SoftExample], field: str) -> NDArray[np.float16]:
    """Of all windows, one after the other; sixteen bits are exact enough for what is learnt."""
    joined: NDArray[np.float16] = np.concatenate([getattr(example, field) for example in shown]).astype(np.float16)
    return joined


def read_soft(path: Path) -> list[SoftExample]:
    """What `write_soft` kept; waits for a file that another process is about to write."""
    while not path.exists():
        time.sleep(_WAIT)
    with np.load(path) as stored:
        fields = {name: stored[name] for name in stored.files}
    return list(_split(fields))


def _split(fields: dict[str, NDArray[np.float32]]) -> Iterator[SoftExample]:
    piece, target = 0, 0
    for pieces, targets, is_labelled in fields["lengths"].tolist():
        mine = slice(target, target + targets)
        yield SoftExample(
            ids=fields["ids"][piece : piece + pieces].tolist(),
            targets=fields["targets"][mine].tolist(),
            pairs=[],
            roles=fields["roles"][mine].astype(np.float32),
            weights=fields["weights"][mine].astype(np.float32),
            statuses=fields["statuses"][mine].astype(np.int64),
            is_labelled=bool(is_labelled),
            role_logits=fields["role_logits"][mine].astype(np.float32),
            status_logits=fields["status_logits"][mine].astype(np.float32),
        )
        piece += pieces
        target += targets
