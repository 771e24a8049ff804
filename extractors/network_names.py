"""Writes the names of networks that the catalogue lacks, and makes their ids."""

import re
import unicodedata

from extractors.network_aliases import fold_name
from extractors.network_vocabulary import list_words
from schemas.claim import NEW_NETWORK_PREFIX

_SMALL_WORDS = list_words("of the and for on against in a an to de des du la le y e del di für der die und")


def tidy_name(written: str) -> str:
    """A name as a catalogue would write it: one space between words, no capitals throughout."""
    words = written.split()
    if written.isupper():
        words = [
            word.lower() if word.lower() in _SMALL_WORDS and i else word.capitalize() for i, word in enumerate(words)
        ]
    return " ".join(words)


def make_new_id(name: str) -> str:
    """`new:` and the slug of a name: `new:league-of-small-towns`. Letters of other scripts stay."""
    plain = unicodedata.normalize("NFKD", fold_name(name))
    return NEW_NETWORK_PREFIX + "-".join(re.findall(r"[^\W_]+", plain))
