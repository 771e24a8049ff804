"""The city that a cell of a member list names, linked to GeoNames."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.city_links import MAIN_NAME_WEIGHT, POPULATION_FLOOR
from extractors.countries import find_regions, parse_country_field
from extractors.gazetteer import Gazetteer, Place
from schemas.claim import ClaimCity

_PREFIX = re.compile(
    r"(?i)^(?:the\s+)?(?:(?:city|town|municipality|metropolitan city|capital city|borough|commune|county) of|"
    r"city and county of|ville de|stadt|landeshauptstadt|ayuntamiento de|comune di|gemeente|gemeinde|"
    r"câmara municipal d[eoa]|município de|prefeitura d[eo]|mairie de)\s+"
)
_SUFFIX = re.compile(
    r"(?i)\s+(?:city council|municipality|municipal council|city|metropolitan area|métropole|metropole|kommune|kommun|"
    r"stad|council|\*+)$"
)
_BESIDE = re.compile(r"\s*[(,/–]\s*")
# That a row states a membership is certain; what is left open is which place its name means. Of the 1,344 cities of the
# gold and training documents these shares are linked right by name and country: single 1.00, clear .99, tie .58; by
# name alone 1.00, .98, .68. A name that GeoNames lacks is kept as it is, so that nothing can be linked wrong.
_CONFIDENCE = {"single": 0.98, "clear": 0.97, "unlisted": 0.95, "tie": 0.6}
_CLEAR_LEAD = 0.8
"""Sixfold the population, or the main name over an alternative one: from here on more than nine in ten are right."""


@dataclass(frozen=True)
class ListedCity:
    """The city of a row, as a claim names it, and how sure it is."""

    city: ClaimCity
    place: Place | None
    country_code: str | None
    confidence: float


def find_listed_city(gazetteer: Gazetteer, written: str, country_code: str | None) -> ListedCity:
    """The place that `written` names: `Nantes`, `City of Nantes`, `Nantes (France)`, `Portland, Oregon`.

    With a country only places in it count; of several namesakes there one may still be no clearer than the next.
    `place` is None where GeoNames has none of 500 people or more.
    """
    for name, area in _read_names(written):
        code = country_code or (parse_country_field(area) if area else None)
        regions = {(region.country_code, region.admin1_code) for region in find_regions(area)} if area else set()
        ranked = _rank(gazetteer, name, code)
        in_region = [(place, score) for place, score in ranked if (place.country_code, place.admin1_code) in regions]
        if ranked := in_region or ranked:
            return _describe(ranked[0][0], written, _CONFIDENCE[_judge(ranked)])
    code = country_code or next((parse_country_field(area) for _, area in _read_names(written) if area), None)
    city = ClaimCity(name=_strip(_BESIDE.split(written)[0]), country=code, geonameid=None, mention=written)
    return ListedCity(city, None, code, _CONFIDENCE["unlisted"])


def _read_names(written: str) -> Iterator[tuple[str, str | None]]:
    """Names to look up, likeliest first, each with the area written beside it."""
    parts = [part.strip(" )") for part in _BESIDE.split(written) if part.strip(" )")]
    area = parts[-1] if len(parts) > 1 else None
    for name in dict.fromkeys((written.strip(), *(parts[:1]))):
        stripped = _PREFIX.sub("", name)
        # "Mexico City" loses no suffix as long as a place is called so.
        yield from ((variant, area) for variant in dict.fromkeys((name, stripped, _strip(name))))


def _strip(name: str) -> str:
    return _SUFFIX.sub("", _PREFIX.sub("", name.strip())).strip()


def _rank(gazetteer: Gazetteer, name: str, country_code: str | None) -> list[tuple[Place, float]]:
    """The places of that name, in that country where one is given, with their scores, the best first."""
    found = [
        (place, math.log10(max(place.population, POPULATION_FLOOR)) + MAIN_NAME_WEIGHT * is_main)
        for place, is_main in gazetteer.lookup(name)
        if country_code is None or place.country_code == country_code
    ]
    return sorted(found, key=lambda pair: -pair[1])


def _judge(ranked: list[tuple[Place, float]]) -> str:
    if len(ranked) == 1:
        return "single"
    return "clear" if ranked[0][1] - ranked[1][1] >= _CLEAR_LEAD else "tie"


def _describe(place: Place, written: str, confidence: float) -> ListedCity:
    city = ClaimCity(name=place.name, country=place.country_code, geonameid=place.known_id, mention=written)
    return ListedCity(city, place, place.country_code, confidence)
