"""How place names are compared: folded to plain lower-case words, and which of them are ordinary words too."""

import csv
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

# Superscript figures end a word: they are marks of footnotes (Kaunas¹).
_WORD = re.compile(r"[^\W_²³¹\u2070-\u209f](?:[^\W_²³¹\u2070-\u209f]|[\u0300-\u036f])*")
_SPECIAL_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ħ": "h", "ŋ": "n"}
)
# The short form stands for all: GeoNames, networks and newspapers write the same town all three ways.
_SHORT_WORDS = {"saint": "st", "sankt": "st", "sint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
_ORDINARY_WORDS_PATH = Path(__file__).parent / "reference" / "ordinary_words.csv"


class FoldedWord(NamedTuple):
    """A word of a text: folded, with its half-open offsets in the text."""

    text: str
    start: int
    end: int


def fold_name(text: str) -> str:
    """The form in which names are compared: `Saint-Étienne` and `St. Etienne` → `st etienne`.

    Letters lose case and diacritics, words are parted by single spaces, punctuation parts words and is
    dropped. Folding twice is folding once. Text without a letter or digit gives an empty string.
    """
    return " ".join(filter(None, map(_fold_word, _WORD.findall(text))))


def split_words(text: str) -> list[FoldedWord]:
    """The folded words of a text with their offsets; joined by spaces they are `fold_name(text)`."""
    words = ((_fold_word(match.group()), match.start(), match.end()) for match in _WORD.finditer(text))
    return [FoldedWord(*word) for word in words if word[0]]


@lru_cache(maxsize=1 << 16)
def _fold_word(word: str) -> str:
    folded = word.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
        folded = "".join(c for c in decomposed.translate(_SPECIAL_LETTERS) if c.isalnum())
    return _SHORT_WORDS.get(folded, folded)


_SPELLINGS = (
    (re.compile(r"^(?:al|el|as|ash|an|ar|at|ad) (?=\w{4})"), ""),
    (re.compile(r"dj"), "j"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"ee"), "i"),
    (re.compile(r"[ck]h|q|c(?![eih])"), "k"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"w"), "v"),
    (re.compile(r"y"), "i"),
    (re.compile(r"(\w)\1"), r"\1"),
    (re.compile(r"h\b"), ""),
)
"""In this order: letters that transcriptions from other scripts choose differently."""


def fold_spelling(name: str) -> str:
    """A form that transcriptions of one name share: `Jabaliah`, `Jabalya` and `Jabālyā` → `jabalia`.

    Coarser than `fold_name`; names that differ may share it, so that more must speak for their being the same.
    """
    folded = fold_name(name)
    for pattern, letters in _SPELLINGS:
        folded = pattern.sub(letters, folded)
    return folded


def is_ordinary_word(name: str) -> bool:
    """Whether a place's name means something else as often: `Reading`, `Most`, `Florence`, `Lebanon`.

    Such a name is a city only where its context says so.
    """
    return ordinary_sense(name) is not None


def ordinary_sense(name: str) -> str | None:
    """What else a place's name means: word, person, people, region, country, calendar, code; None: nothing.

    The list is reference/ordinary_words.csv. Diacritics make a difference here: `Plungė` is no word of
    English though `plunge` is. A name of two letters in upper case is a code.
    """
    if len(name) == 2 and name.isupper():
        return "code"
    return _ordinary_senses().get(fold_name(name) if name.isascii() else _fold_case(name))


def _fold_case(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


@cache
def _ordinary_senses() -> dict[str, str]:
    with _ORDINARY_WORDS_PATH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {key: row["sense"] for row in rows for key in (fold_name(row["word"]), _fold_case(row["word"]))}
