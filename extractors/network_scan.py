"""Tells quickly that a text names no city network, so that most unrelated texts are not read further.

One word is enough: one by which networks are recognised by shape, or a catalogued name that has none.
What the scan lets through is still read in full, so it may err on that side.
"""

import re
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick

from extractors.catalogue import Catalogue
from extractors.network_aliases import has_letterspacing
from extractors.network_foreign import has_foreign_parts
from extractors.network_vocabulary import CITIES_NOUN, NETWORK_NOUN, list_words

_SHAPE_WORDS = list_words(
    """Cities Towns Mayors Municipalities Communes Boroughs Villages Metropolises Capitals Localities
    Megacities Authorities Governments Communities Councils Municipal Mayoral Network Alliance League
    Covenant Intercity"""
)
_OF_CITIES = re.compile(
    rf"\b{NETWORK_NOUN}\b[^.]{{1,60}}\b{CITIES_NOUN}\b|\b(?:city|cities|mayors|municipal)\W{{1,2}}{NETWORK_NOUN}\b"
)
_CITIES_PARTS = AhoCorasick(
    list_words("cities mayors towns municipal communes local metropolises capitals villages ports city")
)


class NetworkScan:
    """Passes over a text for words that the names of networks cannot do without."""

    def __init__(self, catalogue: Catalogue) -> None:
        names = {_flatten(name).removeprefix("The ") for network in catalogue for name in network.names}
        seeds = _SHAPE_WORDS | {name for name in names if not _SHAPE_WORDS & set(name.split())}
        self._automaton = AhoCorasick(sorted(seeds | {seed.upper() for seed in seeds if len(seed) > 3}))

    def may_name_network(self, text: str) -> bool:
        """False only where nothing in the text calls for a full reading."""
        return any(self._find_seeds(_flatten(text))) or _is_unusual(text)

    def _find_seeds(self, flat: str) -> Iterator[bool]:
        for _, start, end in self._automaton.find_matches_as_indexes(flat, overlapping=True):
            if not flat[start - 1 : start].isalnum() and not flat[end : end + 1].isalnum():
                yield True


def _is_unusual(text: str) -> bool:
    return has_foreign_parts(text) or _speaks_of_networks(text) or has_letterspacing(text)


def _speaks_of_networks(text: str) -> bool:
    """`an association of seaside towns`: common words for a network, whose name may be any word."""
    return bool(_CITIES_PARTS.find_matches_as_indexes(text)) and _OF_CITIES.search(text) is not None


def _flatten(text: str) -> str:
    """Line breaks and hyphens as spaces, one kind of apostrophe: what str.replace does at no cost."""
    return text.replace("\n", " ").replace("-", " ").replace("–", " ").replace("’", "'")
