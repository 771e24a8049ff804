"""Names of cities that stand for the area around one: a province in brackets, a region, a country of an enumeration."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.city_mention import CityMention
from extractors.countries import find_country

AREA_WORDS = ("county", "governorate", "oblast", "prefecture", "province", "region", "voivodeship")
"""Kinds of areas that are often called after a city in them, in lower case and singular."""
_IN_BRACKETS = re.compile(r"(?: (?:City|Town|Village))?\s?\(")
_BRACKETS_END = re.compile(r"(?:, ?[^()\n]{2,40})?\)")
_PLURALS = tuple(f"{word[:-1]}ies" if word.endswith("y") else f"{word}s" for word in AREA_WORDS)
_AREA_AFTER = re.compile(rf" (?:{'|'.join((*AREA_WORDS, *(word.upper() for word in AREA_WORDS)))})\b")
_AREAS_AFTER = re.compile(rf" (?:{'|'.join(_PLURALS)})\b")
_ENUMERATES = re.compile(r", |,? and ")
_PREFEITURA = "BR"
"""Where a prefecture is the city hall."""
_CAPITALISED = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*"
_NAME = rf"{_CAPITALISED}(?: (?:de |la |of )?{_CAPITALISED}){{0,3}}"
_ANNOUNCED = re.compile(
    rf"\b(?:{'|'.join(word for word in _PLURALS if word != 'regions')})"
    rf"(?:,? (?:of|in) (?:the )?{_NAME}(?=:))?(?::| of| are|,? namely|,? such as) (?:the )?"
    rf"(?P<names>{_NAME}(?:(?:,? and |, ){_NAME})*)"
)
"""What texts call regions of a network are as often groups of its members, whose cities they name."""


def drop_areas(text: str, mentions: Sequence[CityMention]) -> list[CityMention]:
    """The mentions, in the order of the text, but for those that name an area.

    "Pampaneira (Granada)", "Kofu City (Yamanashi)", "the Trencin region", "the Kurgan, Tyumen and Perm regions",
    "16 counties: Collin, Dallas", "Luxembourg and Switzerland", "Russia, the United States and others".
    """
    return _drop_regions(text, _drop_provinces(text, _drop_countries(text, _drop_announced(text, mentions))))


def _drop_provinces(text: str, mentions: Sequence[CityMention]) -> list[CityMention]:
    """All but those in brackets after a town of their region, which name its province."""
    kept = list(mentions[:1])
    for town, mention in pairwise(mentions):
        is_enclosed = _IN_BRACKETS.fullmatch(text, town.end, mention.start) and _BRACKETS_END.match(text, mention.end)
        is_other = mention.place.geonameid != town.place.geonameid
        if not (is_enclosed and is_other and mention.place.area == town.place.area):
            kept.append(mention)
    return kept


def _drop_regions(text: str, mentions: Sequence[CityMention]) -> list[CityMention]:
    """All but those that a word for an area follows, and in front of its plural those enumerated with them."""
    kept: list[CityMention] = []
    following: CityMention | None = None
    is_plural = False
    for mention in reversed(mentions):
        goes_on = following is not None and _ENUMERATES.fullmatch(text, mention.end, following.start) is not None
        is_plural = _AREAS_AFTER.match(text, mention.end) is not None or (is_plural and goes_on)
        is_area = _AREA_AFTER.match(text, mention.end) is not None and mention.place.country_code != _PREFEITURA
        if not (is_plural or is_area):
            kept.append(mention)
        following = mention
    return kept[::-1]


_NEXT_NAME = re.compile(rf"(?:, |,? and )(?:the )?({_NAME})")
_NAME_BEFORE = re.compile(rf"({_NAME})(?:, |,? and )(?:the )?$")
_NAME_REACH = 60
"""Characters that a name and what joins it take."""


def _drop_countries(text: str, mentions: Sequence[CityMention]) -> list[CityMention]:
    """All but those that are also a country's name and stand in an enumeration with another country, and no city."""
    starts, ends = {mention.start for mention in mentions}, {mention.end for mention in mentions}
    kept = []
    for mention in mentions:
        country = find_country(text[mention.start : mention.end])
        after = _NEXT_NAME.match(text, mention.end)
        before = _NAME_BEFORE.search(text, max(0, mention.start - _NAME_REACH), mention.start)
        is_with_city = (after and after.start(1) in starts) or (before and before.end(1) in ends)
        others = (find_country(name[1]) for name in (after, before) if name is not None)
        if country is None or is_with_city or not any(other not in {None, country} for other in others):
            kept.append(mention)
    return kept


def _drop_announced(text: str, mentions: Sequence[CityMention]) -> list[CityMention]:
    """All but those of an enumeration that says of itself that it is one of counties or provinces."""
    announced = [match.span("names") for match in _ANNOUNCED.finditer(text)]
    return [mention for mention in mentions if not any(start <= mention.start < end for start, end in announced)]
