"""Texts with names as a large recognizer reads them: stretches of words, the tags that are allowed, names out of tags.

A source that does not annotate a label says "no name of another label" rather than "no name".
"""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from extractors.training.name_texts import NameText

LABELS = ("PERSON", "ORG", "LOC", "DATE", "EVENT")
TAGS = ("O", *(f"{place}-{label}" for label in LABELS for place in "BI"))
MOST_WORDS = 180
"""Of a stretch that is read at once."""

MOST_PIECES = 510
WORD = re.compile(r"\w+|[^\w\s]")

Shares = NDArray[np.float32]
"""For each word the probability of every tag, (words, tags)."""


@dataclass(frozen=True)
class Stretch:
    """Neighbouring words of a text: their places, their pieces, and the tags that the annotation allows for each."""

    text: NameText
    words: list[tuple[int, int]]
    pieces: list[int]
    first: list[int]
    """For each word the position of its first piece."""

    cases: list[int]
    """For each piece how its word is written."""

    allowed: list[list[bool]]


def classify_case(word: str) -> int:
    """How a word is written: 1 small, 2 capitalized, 3 capitals, 4 mixed, 5 with a digit, 6 no letters."""
    if any(character.isdigit() for character in word):
        return 5
    if not any(character.isalpha() for character in word):
        return 6
    if word.islower():
        return 1
    if word.isupper() and len(word) > 1:
        return 3
    return 2 if word[0].isupper() and not any(character.isupper() for character in word[1:]) else 4


def cut_words(text: str) -> Iterator[list[tuple[int, int]]]:
    """The words of a text in stretches of at most `MOST_WORDS`, cut at a line break where there is one."""
    words = [match.span() for match in WORD.finditer(text)]
    start = 0
    while start < len(words):
        end = min(len(words), start + MOST_WORDS)
        if end < len(words):
            breaks = [i for i in range(start + 1, end) if "\n" in text[words[i - 1][1] : words[i][0]]]
            end = breaks[-1] if breaks else end
        yield words[start:end]
        start = end


def allow_tags(text: NameText, words: Sequence[tuple[int, int]]) -> list[list[bool]]:
    """For each word the tags that agree with the annotation: one, or all where it is silent.

    Outside of every entity, labels that the source does not annotate are allowed as well.
    """
    outside = [tag == "O" or tag[2:] not in text.labels for tag in TAGS]
    rows = []
    for start, end in words:
        entity = next((e for e in text.entities if start < e[1] and e[0] < end), None)
        if entity is not None:
            wanted = f"{'B' if start <= entity[0] else 'I'}-{entity[2]}"
            rows.append([tag == wanted for tag in TAGS])
        elif any(start < stop and begin < end for begin, stop in text.unknown):
            rows.append([True] * len(TAGS))
        else:
            rows.append(outside)
    return rows


def cut_texts(texts: Iterable[NameText], tokenizer: Tokenizer) -> list[Stretch]:
    """All stretches of the texts."""
    stretches = []
    for text in texts:
        for words in cut_words(text.text):
            written = [text.text[start:end] for start, end in words]
            encoded = tokenizer.encode(written, is_pretokenized=True)
            pieces, numbers = encoded.ids[:MOST_PIECES], encoded.word_ids[:MOST_PIECES]
            first: dict[int, int] = {}
            for position, number in enumerate(numbers):
                if number is not None:
                    first.setdefault(number, position)
            kept = [number for number in range(len(words)) if number in first]
            cases = [0 if number is None else classify_case(written[number]) for number in numbers]
            places = [words[number] for number in kept]
            stretches.append(Stretch(text, places, pieces, [first[n] for n in kept], cases, allow_tags(text, places)))
    return stretches


def batch_stretches(
    stretches: Sequence[Stretch], pieces: int, rng: random.Random | None
) -> Iterator[list[tuple[int, Stretch]]]:
    """Batches of stretches of like length with their numbers, at most `pieces` pieces with the padding."""
    order = list(range(len(stretches)))
    noise = [rng.uniform(0.9, 1.1) if rng else 1.0 for _ in order]
    order.sort(key=lambda i: len(stretches[i].pieces) * noise[i])
    batches: list[list[int]] = [[]]
    for i in order:
        longest = max([len(stretches[i].pieces), *(len(stretches[j].pieces) for j in batches[-1])])
        if batches[-1] and longest * (len(batches[-1]) + 1) > pieces:
            batches.append([])
        batches[-1].append(i)
    if rng:
        rng.shuffle(batches)
    for batch in batches:
        yield [(i, stretches[i]) for i in batch]


def decode(shares: Shares) -> list[tuple[int, int, str, float]]:
    """Entities as half-open ranges of words, with the lowest probability of their words.

    A label is as likely as its two places together; a name ends where another begins or the label changes.
    """
    labels = np.concatenate([shares[:, :1], shares[:, 1::2] + shares[:, 2::2]], axis=1)
    entities: list[tuple[int, int, str, float]] = []
    for index, number in enumerate(labels.argmax(-1)):
        if not number:
            continue
        sure, label = float(labels[index, number]), LABELS[number - 1]
        begins = shares[index, 2 * number - 1] > shares[index, 2 * number]
        if entities and not begins and entities[-1][1:3] == (index, label):
            start, _, _, least = entities[-1]
            entities[-1] = (start, index + 1, label, min(least, sure))
        else:
            entities.append((index, index + 1, label, sure))
    return entities
