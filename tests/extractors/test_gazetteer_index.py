import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extractors import gazetteer_index
from extractors.gazetteer import Gazetteer
from extractors.gazetteer_index import cache_folder, compile_index, open_index
from schemas.errors import ConfigurationError

PlaceFields = dict[str, Any]


def place(geonameid: int, name: str, population: int, country: str = "XX", *others: str, **fields: Any) -> PlaceFields:
    return {
        "geonameid": geonameid,
        "name": name,
        "population": population,
        "countrycode": country,
        "admin1code": "01",
        "latitude": float(geonameid),
        "longitude": 0.0,
        "alternatenames": list(others),
        **fields,
    }


PLACES = [
    place(7, "Großburg", 900_000, "DE", "Bigborough", "gu luo si", "GBG", "Гросбург", "Bigborough-on-Sea"),
    place(3, "Xi’burg", 50_000, "CN"),
    place(9, "Bigborough", 4_000, "US"),
    place(11, "N’Dorf", 2_000, "TD", "Ndorf"),
    place(12, "Ndorf", 1_000, "TD", latitude=11.001),
    place(13, "Nkoro", 700, "TD"),
]


@pytest.fixture
def small() -> Gazetteer:
    return Gazetteer(compile_index(PLACES, [("Old Burg", 7), ("Nowhere", 99)]))


@pytest.fixture
def few_places(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Compiling takes the few places above; the list counts how often it happens."""
    compiled: list[int] = []

    def read_few() -> list[PlaceFields]:
        compiled.append(1)
        return PLACES

    monkeypatch.setattr(gazetteer_index, "_read_places", read_few)
    return compiled


def ids_of(gazetteer: Gazetteer, name: str) -> list[int]:
    return [found.geonameid for found, _ in gazetteer.lookup(name)]


def test_change_of_the_index_needs_a_new_format() -> None:
    # Indexes of one format outlive the code that wrote them: where this fails, raise FORMAT, then pin both again.
    arrays = compile_index(PLACES)
    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(name.encode() + str(arrays[name].dtype).encode() + arrays[name].tobytes())
    assert (gazetteer_index.FORMAT, digest.hexdigest()[:12]) == (3, "967c6c87191e")


@pytest.mark.parametrize("name", ["Grossburg", "großburg", "Old Burg", "BIGBOROUGH ON SEA"])
def test_names_of_all_spellings_lead_to_the_place(small: Gazetteer, name: str) -> None:
    assert ids_of(small, name) == [7]


@pytest.mark.parametrize("name", ["gu luo si", "GBG", "Гросбург", "Nowhere", ""])
def test_codes_other_scripts_and_unknown_ids_are_left_out(small: Gazetteer, name: str) -> None:
    assert small.lookup(name) == []


def test_places_come_the_most_populous_first_with_their_main_name_marked(small: Gazetteer) -> None:
    assert [(found.geonameid, is_main) for found, is_main in small.lookup("Bigborough")] == [(7, False), (9, True)]


@pytest.mark.parametrize("name", ["Xi’burg", "Xi'burg", "Xiburg"])
def test_apostrophe_may_be_left_out(small: Gazetteer, name: str) -> None:
    assert ids_of(small, name) == [3]


@pytest.mark.parametrize("name", ["Nkoro", "N'Koro"])
def test_nasal_prefix_may_be_set_apart(small: Gazetteer, name: str) -> None:
    assert ids_of(small, name) == [13]


def test_town_listed_twice_is_found_once(small: Gazetteer) -> None:
    assert ids_of(small, "Ndorf") == [11, 12]  # differing main names: both stay
    twice = [place(1, "Twin", 900), place(2, "Twin", 800, latitude=1.01), place(3, "Twin", 700, latitude=9.0)]
    gazetteer = Gazetteer(compile_index(twice))
    assert ids_of(gazetteer, "Twin") == [1, 3]
    assert gazetteer.place(2).population == 800


def test_place_keeps_all_its_fields(small: Gazetteer) -> None:
    assert small.place(7) == (7, "Großburg", "DE", "01", 7.0, 0.0, 900_000, 5)


@pytest.mark.parametrize("geonameid", [0, 8, 10**9])
def test_unknown_id_is_a_key_error(small: Gazetteer, geonameid: int) -> None:
    with pytest.raises(KeyError):
        small.place(geonameid)


def test_longest_name_wins(small: Gazetteer) -> None:
    words = ["in", "bigborough", "on", "sea"]
    assert [small.match_length(words, start) for start in range(4)] == [0, 3, 0, 0]
    assert small.match_length(words[:3], 1) == 1


def test_index_is_compiled_once(tmp_path: Path, few_places: list[int]) -> None:
    first, second = open_index(tmp_path), open_index(tmp_path)
    assert len(few_places) == 1
    assert all(np.array_equal(first[name], second[name]) for name in first)
    assert [path.name[0] for path in tmp_path.iterdir()] != ["."]


def test_damaged_index_is_compiled_again(tmp_path: Path, few_places: list[int]) -> None:
    open_index(tmp_path)
    (index,) = tmp_path.iterdir()
    (index / "name_hash.npy").write_bytes(b"torn")
    (index / "admin1.npy").unlink()
    assert len(Gazetteer(open_index(tmp_path))) == len(PLACES)
    assert len(few_places) == 2
    assert list(tmp_path.iterdir()) == [index]


def test_index_finished_by_another_process_meanwhile_does_no_harm(
    tmp_path: Path, few_places: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_few = gazetteer_index._read_places

    def read_while_another_compiles() -> Any:
        monkeypatch.setattr(gazetteer_index, "_read_places", read_few)
        open_index(tmp_path)
        return read_few()

    monkeypatch.setattr(gazetteer_index, "_read_places", read_while_another_compiles)
    assert len(Gazetteer(open_index(tmp_path))) == len(PLACES)
    assert len(list(tmp_path.iterdir())) == 1


def test_cache_that_cannot_be_written_says_what_to_do(tmp_path: Path, few_places: list[int]) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ConfigurationError, match="HANSA_CACHE"):
        open_index(tmp_path / "file")


def test_environment_chooses_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HANSA_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("HANSA_CACHE")
    assert cache_folder().name == "hansa"
