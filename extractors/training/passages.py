"""Passages written to teach the relation model single statements: masked text with the roles of every city in it.

A file holds records apart by a blank line. A record's lines begin with what they are: `P` a sentence, `I` a list
item, `R` a table row, `H` a heading that is read itself; as context `T` the title, `G` the governing heading, `L` the
lead-in, `<` what stands before, `>` what stands after. Its last line has the labels:

    P [A] will hand over the helm of the [NET] to [B] in [FUTURE].
    = A:chair; B:chair/planned

`[A]` is a city by name, `[A:holder]` a person who stands for it, `[A:nominal]` words like "the city". The other
markers are those of `extractors.relation_masks`.
"""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractors.relation_masks import CITY, HOLDER, NOMINAL
from extractors.relation_windows import ASIDE, HEAD, LEAD, MAIN, NEXT, PREVIOUS, TITLE, Layout
from extractors.training.relation_data import PASSAGE_NETWORK, PairRecord, RelationData, WindowRecord
from schemas.errors import ConfigurationError
from schemas.vocabulary import Role, Status

_UNITS = {"P": Layout.PROSE.value, "I": Layout.ITEM.value, "R": Layout.ROW.value, "H": Layout.HEADING.value}
_CONTEXT = {"T": TITLE, "G": HEAD, "L": LEAD, "<": PREVIOUS, ">": NEXT}
_TARGET = re.compile(r"\[([A-Z])(?::(holder|nominal))?\]")
_KINDS = {"": CITY, "holder": HOLDER, "nominal": NOMINAL}
_ABOUT_ANOTHER = 0.25
"""Share of passages that are shown as if their document were about another network."""

Labels = dict[str, dict[Role, Status]]


def read_passages(paths: Sequence[Path]) -> RelationData:
    """All passages of the files, each a document and window of its own.

    Raises:
        ConfigurationError: a record has a line of no known kind, a label that is none, or a city without labels.
    """
    data = RelationData([], [], {})
    for path in paths:
        for number, record in enumerate(_split_records(path.read_text(encoding="utf-8")), start=1):
            name = f"{path.stem}-{number}"
            try:
                _add(data, name, record)
            except (KeyError, ValueError) as error:
                raise ConfigurationError(
                    f"{path}: record {number}: {error}; expected lines as extractors/training/passages.py says"
                ) from error
    return data


def _split_records(text: str) -> Iterator[list[str]]:
    for record in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in record.splitlines() if line.strip()]
        if lines:
            yield lines


def _add(data: RelationData, name: str, record: Sequence[str]) -> None:
    *lines, last = record
    if not last.startswith("="):
        raise ValueError(f"its last line is {last!r}, not its labels")
    labels = _read_labels(last[1:])
    rng = random.Random(name)  # noqa: S311 (which passages look like asides)
    parts = [ASIDE if rng.random() < _ABOUT_ANOTHER else MAIN]
    first = len(data.pairs)
    for line in lines:
        kind, _, text = line.partition(" ")
        if kind not in _UNITS:
            parts += [_CONTEXT[kind], text]
            continue
        for target in _TARGET.finditer(text):
            _add_pair(data, name, target[1], labels)
        parts += [_UNITS[kind], _TARGET.sub(lambda target: _KINDS[target[2] or ""], text)]
    data.windows.append(WindowRecord(name, " ".join(parts), tuple(range(first, len(data.pairs)))))
    data.claims[name] = [held for roles in labels.values() for held in roles.items()]


def _add_pair(data: RelationData, name: str, city: str, labels: Labels) -> None:
    """A pair of the record; the second mention of a city may or may not state what the first one does."""
    again = any(pair.document == name and pair.city_id == city for pair in data.pairs[-20:])
    roles = labels[city]
    data.pairs.append(
        PairRecord(
            document=name,
            city_id=city,
            network_id=PASSAGE_NETWORK,
            near="passage",
            target=(0, 0),
            roles={} if again else roles,
            unsure=frozenset(roles) if again else frozenset(),
            claims=frozenset(),
        )
    )


def _read_labels(line: str) -> Labels:
    labels: Labels = {}
    for part in filter(None, (part.strip() for part in line.split(";"))):
        city, _, roles = part.partition(":")
        held = (role.strip().partition("/") for role in roles.split("+") if role.strip())
        labels[city] = {Role(role): Status(status or "current") for role, _, status in held}
    return labels
