"""Windows with labels, as relation_dump writes them."""

import json
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from schemas.vocabulary import Role, Status

PASSAGE_NETWORK = "passage"
"""Network id of the pairs of written passages."""


@dataclass(frozen=True, slots=True)
class PairRecord:
    """A labelled pair, without its text."""

    document: str
    city_id: str
    network_id: str
    near: str
    target: tuple[int, int]
    roles: dict[Role, Status]
    unsure: frozenset[Role]
    claims: frozenset[int]


@dataclass(frozen=True, slots=True)
class WindowRecord:
    """A window's text and its pairs by their global numbers."""

    document: str
    text: str
    pairs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RelationData:
    """All windows of a set of documents."""

    pairs: list[PairRecord]
    windows: list[WindowRecord]
    claims: dict[str, list[tuple[Role, Status]]]
    """By document, those that no pair reaches among them."""


def read_dump(paths: Sequence[Path]) -> RelationData:
    """Read dumps, one after the other."""
    data = RelationData([], [], {})
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                _add(data, json.loads(line))
    return data


def _add(data: RelationData, record: dict[str, Any]) -> None:
    name, first = record["document"], len(data.pairs)
    data.claims[name] = [(Role(role), Status(status)) for role, status in record["claims"]]
    for pair in record["pairs"]:
        data.pairs.append(
            PairRecord(
                document=name,
                city_id=pair["city"],
                network_id=pair["network"],
                near=pair["near"],
                target=(pair["target"][0], pair["target"][1]),
                roles={Role(role): Status(status) for role, status in pair["roles"].items()},
                unsure=frozenset(map(Role, pair["unsure"])),
                claims=frozenset(pair["claims"]),
            )
        )
    for window in record["windows"]:
        data.windows.append(WindowRecord(name, window["text"], tuple(first + i for i in window["pairs"])))


def join_data(*parts: RelationData) -> RelationData:
    """All parts as one, their pairs numbered on."""
    whole = RelationData([], [], {})
    for part in parts:
        first = len(whole.pairs)
        whole.pairs.extend(part.pairs)
        whole.windows.extend(
            WindowRecord(window.document, window.text, tuple(first + n for n in window.pairs))
            for window in part.windows
        )
        whole.claims.update(part.claims)
    return whole


_HELD_OUT = {"train": 12, "more": 5, "w4": 8, "w5": 10, "w10": 6, "w11": 4}
"""One document in so many, by the beginning of its name."""


def is_held_out(document: str) -> bool:
    """Whether a training document is kept for choosing settings; the same on every machine."""
    share = next((n for beginning, n in _HELD_OUT.items() if document.startswith(f"{beginning}-")), 0)
    return share > 0 and zlib.crc32(document.encode()) % share == 0


def weigh_pairs(pairs: Sequence[PairRecord]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A weight per pair: the n pairs of a document that say the same weigh as much as sqrt(n).

    Long lists would otherwise drown everything else.
    """
    keys = [(pair.document, pair.network_id, tuple(sorted(pair.roles.items()))) for pair in pairs]
    counts = Counter(keys)
    return np.array([counts[key] ** -0.5 for key in keys], dtype=np.float32)
