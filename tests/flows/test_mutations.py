"""Mutated and truncated samples: text or a finding each, and never at another input's cost.

A few in the suite; `HANSA_MUTATIONS=1000 python -m pytest tests/flows/test_mutations.py` for all.
"""

import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.child_readers import ChildLimits, get_child_readers
from flows.ingest import read_items
from flows.inputs import Item

SAMPLES = [
    path
    for path in sorted((Path(__file__).parents[2] / "samples").iterdir())
    if path.suffix in {".pdf", ".html", ".atom", ".xml"} and path.name != "sitemap.xml"
]
COUNT = int(os.environ.get("HANSA_MUTATIONS", "40"))
BATCH = 20
LIMITS = ChildLimits()
GOOD = "Nantes is a member of Eurocities, the network of large European cities.\n"


def cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def cut_out(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(400) :]


def repeat(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start : start + 300] * chance.randrange(2, 40) + data[start:]


def flip_bytes(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 60)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def change_numbers(data: bytes, chance: random.Random) -> bytes:
    """Other lengths, offsets, references and sizes: what parsers trust."""
    return re.sub(
        rb"\d+", lambda match: str(chance.randrange(10**9)).encode() if chance.random() < 0.02 else match[0], data
    )


def put_junk(data: bytes, chance: random.Random) -> bytes:
    junk = chance.choice(
        [b"<", b">>", b"endobj", b"<table><tr>" * 50, b"<div>" * 3000, b"\xff\x00\x80", b"<!--", b"%PDF-"]
    )
    start = chance.randrange(len(data))
    return data[:start] + junk + data[start:]


MUTATIONS: list[Callable[[bytes, random.Random], bytes]] = [
    cut_off, cut_out, repeat, flip_bytes, change_numbers, put_junk,
]  # fmt: skip


def mutate(number: int) -> tuple[str, bytes]:
    """The file with that number, the same at every run."""
    chance = random.Random(number)
    sample = SAMPLES[number % len(SAMPLES)]
    data = sample.read_bytes()
    for _ in range(chance.randrange(1, 4)):
        data = chance.choice(MUTATIONS)(data, chance) or b" "
    if sample.suffix == ".pdf" and chance.random() < 0.7:
        data += b"\n%%EOF\n"  # else most are refused at the door, as truncated
    return f"{number:04d}{sample.suffix}", data


def find_peak() -> int:
    """The most memory in bytes that a process that reads files has held; 0 where the system does not tell."""
    running = [reader._process for reader in get_child_readers()._processes if reader._process is not None]
    states = [Path(f"/proc/{process.pid}/status") for process in running]
    told = [re.search(r"VmHWM:\s+(\d+) kB", state.read_text()) for state in states if state.exists()]
    return max((1024 * int(match[1]) for match in told if match), default=0)


@pytest.mark.parametrize("start", range(0, COUNT, BATCH))
def test_mutated_inputs_give_text_or_findings_and_cost_no_other_input(tmp_path: Path, start: int) -> None:
    names = []
    for name, data in map(mutate, range(start, min(start + BATCH, COUNT))):
        (tmp_path / name).write_bytes(data)
        names.append(name)
    middle = len(names) // 2
    names.insert(middle, "good.txt")
    (tmp_path / "good.txt").write_text(GOOD)
    reading = read_items([Item(name=name, path=tmp_path / name) for name in names])
    assert [document.text for document in reading.documents if document.name == "good.txt"] == [GOOD]
    for document in reading.documents:
        document.text.encode()  # what cannot be encoded could not be stored
    told = {document.name for document in reading.documents} | {finding.subject for finding in reading.findings}
    assert find_peak() < LIMITS.memory_bytes
    # Entries of a feed go by their own addresses.
    assert [name for name in names if name not in told and not name.endswith(".atom")] == []
