"""Countries, their people's names and their first-level regions, as texts write them.

The lists are reference/countries.csv (codes after ISO 3166-1 with XK for Kosovo; names in six further
languages from Unicode CLDR) and reference/regions.csv (codes as GeoNames' admin1).
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extractors.place_names import fold_name

_REFERENCE = Path(__file__).parent / "reference"
_CONTINENTS = {
    "africa": "AF", "antarctica": "AN", "asia": "AS", "europe": "EU", "north america": "NA", "oceania": "OC",
    "south america": "SA",
}  # fmt: skip


class Country(NamedTuple):
    """A country or territory with an ISO 3166-1 code of its own."""

    code: str
    iso3: str
    name: str
    continent: str
    """GeoNames' code: AF, AN, AS, EU, NA, OC, SA."""
    capital_geonameid: int | None


class Region(NamedTuple):
    """A first-level division: a state, a province, a nation of the United Kingdom."""

    country_code: str
    admin1_code: str
    name: str

    @property
    def area(self) -> str:
        """The region as a key beside the codes of countries: `US:OH`."""
        return f"{self.country_code}:{self.admin1_code}"


def find_country(name: str) -> str | None:
    """The ISO code of the country with that English name or variant: `Ivory Coast` → CI, `Scotland` → GB."""
    return _english_names().get(_fold_country(name))


def find_demonym(word: str) -> str | None:
    """The ISO code that an adjective or a people's name points to: `Norwegian` → NO, `Catalan` → ES."""
    return _demonyms().get(fold_name(word)) if word[:1].isupper() else None


def names_part_of_country(word: str) -> bool:
    """Whether a name or demonym that points to a country is that of a part of it: `Scottish`, `Scotland`, `Catalan`."""
    folded = fold_name(word)
    if folded in _demonyms(regional=True):
        return True
    code = find_country(word)
    own = code is not None and folded == fold_name(country(code).name)
    return not own and any(region.country_code == code for region in find_regions(word))


def parse_country_field(text: str) -> str | None:
    """The ISO code of the country that a field of a list holds: a code of two or three letters or a name.

    Codes count in upper case only. Names may be German, French, Spanish, Portuguese, Italian or Dutch.
    """
    stripped = text.strip().strip("()[]").strip()
    if stripped in _codes():
        return _codes()[stripped]
    folded = _fold_country(stripped)
    return _english_names().get(folded) or _foreign_names().get(folded)


def country(code: str) -> Country:
    """The country with that ISO 3166-1 alpha-2 code.

    Raises:
        KeyError: no country has it.
    """
    return _countries()[code]


def all_countries() -> Mapping[str, Country]:
    """Every country and territory by its ISO 3166-1 alpha-2 code."""
    return _countries()


def capital_geonameid(code: str) -> int | None:
    """The GeoNames id of a country's capital; None for an unknown country or one without a capital."""
    found = _countries().get(code)
    return found.capital_geonameid if found else None


def find_regions(name: str) -> list[Region]:
    """The regions with that name or abbreviation: `Oregon` and `Ore.` → one, `WA` → Washington, Western Australia.

    Abbreviations count as they are written only, since `OR`, `IN` and `ME` are words in lower case.
    """
    return list(_abbreviations().get(name) or _region_names().get(fold_name(name), []))


def find_full_regions(name: str) -> list[Region]:
    """The regions with that name in full; an abbreviation says too little alone."""
    return list(_region_names().get(fold_name(name), []))


def find_continent(name: str) -> str | None:
    """GeoNames' code of the continent with that English name."""
    return _CONTINENTS.get(fold_name(name))


def country_names() -> list[str]:
    """Every English country name and variant, as `find_country` knows them: for scanners and word lists."""
    return [name for row in _read_rows("countries.csv") for name in _english_of(row)]


def region_names() -> list[str]:
    """Every name of a region, without the abbreviations."""
    return [name for row in _read_rows("regions.csv") for name in [row["name"], *_split(row["variants"])]]


def demonyms() -> list[str]:
    """Every demonym, folded, as `find_demonym` knows them."""
    return list(_demonyms())


def _fold_country(name: str) -> str:
    return fold_name(name).removeprefix("the ").replace(" & ", " and ")


def _split(field: str) -> list[str]:
    return [part for part in field.split("|") if part]


def _english_of(row: dict[str, str]) -> list[str]:
    return [row["name"], *_split(row["variants"])]


def _read_rows(name: str) -> Iterator[dict[str, str]]:
    with (_REFERENCE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def _countries() -> dict[str, Country]:
    return {
        row["code"]: Country(
            row["code"], row["iso3"], row["name"], row["continent"], int(row["capital_geonameid"] or 0) or None
        )
        for row in _read_rows("countries.csv")
    }


@cache
def _codes() -> dict[str, str]:
    codes = {country.iso3: country.code for country in _countries().values()}
    return {**codes, **{code: code for code in _countries()}, "UK": "GB"}


@cache
def _english_names() -> dict[str, str]:
    return {_fold_country(name): row["code"] for row in _read_rows("countries.csv") for name in _english_of(row)}


@cache
def _foreign_names() -> dict[str, str]:
    return {
        _fold_country(name): row["code"] for row in _read_rows("countries.csv") for name in _split(row["foreign_names"])
    }


@cache
def _demonyms(*, regional: bool = False) -> dict[str, str]:
    """Codes by folded demonym: of all, or of those alone that are a region's."""
    columns = ("regional_demonyms",) if regional else ("demonyms", "regional_demonyms")
    rows = _read_rows("countries.csv")
    return {fold_name(word): row["code"] for row in rows for column in columns for word in _split(row[column])}


@cache
def _region_names() -> dict[str, list[Region]]:
    return _regions_by(lambda row: [fold_name(name) for name in [row["name"], *_split(row["variants"])]])


@cache
def _abbreviations() -> dict[str, list[Region]]:
    return _regions_by(lambda row: _split(row["abbreviations"]))


def _regions_by(keys_of: Callable[[dict[str, str]], list[str]]) -> dict[str, list[Region]]:
    regions: dict[str, list[Region]] = {}
    for row in _read_rows("regions.csv"):
        for key in dict.fromkeys(keys_of(row)):
            regions.setdefault(key, []).append(Region(row["country_code"], row["admin1_code"], row["name"]))
    return regions
