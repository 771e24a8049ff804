"""Recognises a catalogued network under a name that differs from its aliases in form only."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from extractors.catalogue import Catalogue
from extractors.network_aliases import fold_name
from extractors.network_vocabulary import list_words

_EMPTY_WORDS = list_words("the of for and on a an in de des du la le les del y e di")
_SAME_WORDS = {
    **{"organisation": "organization", "cities": "city", "communities": "community", "authorities": "authority"},
    **{"historical": "historic"},
}
_OUTER_WORDS = list_words("region area who")
"""What a name may have or lack: "Union of the Municipalities of Marmara Region", "WHO Healthy Cities"."""
MIN_SIMILARITY = 0.5
MAX_RUNNERS_UP = 3


class NameKeys:
    """The catalogue's names as sets of stems, whatever their order: `Network of European Healthy Cities`."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._ids: dict[frozenset[str], set[str]] = defaultdict(set)
        self._by_stem: dict[str, set[tuple[frozenset[str], str]]] = defaultdict(set)
        for network in catalogue:
            for name in network.names:
                if name in network.ambiguous_aliases:
                    continue  # "Mayors Conference" is not the "Conference of Mayors" that may be one of several
                key = make_key(name)
                if len(key) >= 2:
                    self._ids[key].add(network.network_id)
                    for stem in key:
                        self._by_stem[stem].add((key, network.network_id))

    def look_up(self, name: str) -> tuple[str | None, tuple[tuple[str, float], ...]]:
        """The network of the same stems if there is exactly one, and the networks with similar names."""
        key = make_key(name)
        same = self._ids.get(key) or self._ids.get(key - _OUTER_WORDS, set())
        best: dict[str, float] = {}
        for stem in key:
            for other, network_id in self._by_stem.get(stem, ()):
                similarity = len(key & other) / len(key | other)
                if similarity >= MIN_SIMILARITY and similarity > best.get(network_id, 0):
                    best[network_id] = similarity
        found = next(iter(same)) if len(same) == 1 else None
        ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
        similar = [(i, round(share, 2)) for i, share in ranked if i != found]
        return found, tuple(similar[:MAX_RUNNERS_UP])


@lru_cache(maxsize=20_000)
def make_key(name: str) -> frozenset[str]:
    """The stems of a name's words, without those that say nothing."""
    return frozenset(_stem(word) for word in re.findall(r"[^\W_]+", fold_name(name)) if word not in _EMPTY_WORDS)


def _stem(word: str) -> str:
    if word in _SAME_WORDS:
        return _SAME_WORDS[word]
    return word[:-1] if word.endswith("s") and len(word) > 4 and not word.endswith("ss") else word


_KIND_BEHIND = re.compile(
    r" (?:Agreement|Campaign|Declaration|Charter|Initiative|Pledge|Programme|Program|Movement|Coalition|Summit|"
    r"Congress|Conference|Directory|Secretariat)$",
    re.IGNORECASE,
)


def find_variants(names: Iterable[str]) -> dict[str, str]:
    """Of names that a text gives to networks without a catalogue entry, those that vary an earlier or shorter one.

    "Union of the Municipalities of Marmara Region" is the "Marmara Municipalities Union", and what signs the "Harbour
    Towns Agreement" are the "Harbour Towns". Gives by name the one that stands for it; names without variants are left
    out.
    """
    found: dict[str, str] = {}
    by_key: dict[frozenset[str], str] = {}
    ordered = list(dict.fromkeys(names))
    by_fold = {fold_name(name): name for name in ordered}
    for name in ordered:
        shorter = by_fold.get(fold_name(_KIND_BEHIND.sub("", name)), name)
        first = by_key.setdefault(make_key(shorter) - _OUTER_WORDS, shorter)
        if first != name:
            found[name] = first
    return found
