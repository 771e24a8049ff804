"""Judges whether a name that may mean something else means a network in this text."""

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors import network_vocabulary as words
from extractors.catalogue import Network
from extractors.city_context import is_caps_line
from extractors.countries import find_regions
from extractors.country_context import find_country_words, find_region_words
from extractors.network_aliases import AliasHit

_NEAR = 60
_AROUND = 160
_CITY_WORD = re.compile(
    r"\b(?:cit(?:y|ies)|towns?|mayors?|municipal\w*|communes|network|alliance|association|covenant|league|forum|union|"
    r"villes|städte\w*|ciudades|città|cidades|gemeinde\w*|community|communities|capitals?)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(r"\b[A-Z]{3,}\b")
_INDEFINITE = re.compile(r"\b(?:an?|this|every|each|another|whole|in\s+the)\s+$", re.IGNORECASE)


def weigh_ambiguous(text: str, hit: AliasHit, network_id: str, sure_ids: set[str], context: str = "") -> float | None:
    """How likely `hit` means that network, from 0 to 1; None where too little speaks for it.

    What counts, from strong to weak: another, unmistakable name of the same network in the text; the
    owner of the network (UNESCO, WHO …) in the text; words of membership and office near the name; the
    company of other networks. Of a national network nothing counts in a text that does not speak of its
    country, nor of a state's ("Association of Towns") where that state is not named. `context` is the
    title or the publisher: an acronym that stands there needs less.
    """
    if network_id in sure_ids:
        return 0.92
    if _names_owner(text, hit, network_id):
        return 0.85
    network = next(alias.network for alias in hit.aliases if alias.network.network_id == network_id)
    if not _speaks_of_nation((text, context), network, text[hit.start : hit.end]):
        return None
    near = text[max(0, hit.start - _NEAR) : hit.start] + " " + text[hit.end : hit.end + _NEAR]
    if hit.is_acronym:
        return _weigh_acronym(text, hit, near, sure_ids, context)
    around = text[max(0, hit.start - _AROUND) : hit.start] + " " + text[hit.end : hit.end + _AROUND]
    surface = text[hit.start : hit.end]
    if " " in surface and _CITY_WORD.search(surface):
        return 0.75 if words.NETWORK_CUES.search(around) else None
    if _INDEFINITE.search(text[max(0, hit.start - 12) : hit.start]):
        return None
    return _weigh_plain_name(text, surface, (near, around), sure_ids)


def _weigh_plain_name(text: str, surface: str, context: tuple[str, str], sure_ids: set[str]) -> float | None:
    """`Metropolis`, `Culture Next`: capitals and words of membership must come together."""
    near, around = context
    if words.STRONG_CUES.search(near) is not None or (" " in surface and words.NETWORK_CUES.search(near)):
        return 0.7
    if words.NETWORK_CUES.search(around) is None:
        return None
    if words.count_domain_words(text) >= _MUCH_DOMAIN:
        return 0.55
    return 0.6 if len(sure_ids) >= 2 else None


def _weigh_acronym(text: str, hit: AliasHit, near: str, sure_ids: set[str], context: str) -> float | None:
    """Acronyms mean many things: an organ or a cue must touch it, and the whole text must be about networks."""
    if hit.end - hit.start <= 2 or text[hit.start : hit.end].islower():
        return None
    if is_caps_line(text, hit.start):
        return None  # "CHANGE AT THE TOP": capitals tell nothing there
    domain = words.count_domain_words(text)
    organ = _ORGAN_AFTER.match(text, hit.end) or _ORGAN_BEFORE.search(text[max(0, hit.start - 50) : hit.start])
    in_context = re.search(rf"\b{re.escape(text[hit.start : hit.end])}\b", context) is not None
    if organ and (domain >= _SOME_DOMAIN or in_context):
        return 0.7
    if in_context and domain >= _LITTLE_DOMAIN and hit.end - hit.start > _SHORT_ACRONYM:
        return 0.6
    if hit.end - hit.start <= _SHORT_ACRONYM:
        return None
    if words.STRONG_CUES.search(near) and domain >= _SOME_DOMAIN:
        return 0.6
    if domain >= _MUCH_DOMAIN or (len(sure_ids) >= 2 and words.NETWORK_CUES.search(near)):
        return 0.55
    return None


_LITTLE_DOMAIN, _SOME_DOMAIN, _MUCH_DOMAIN = 2, 4, 8
"""Different words of the life of networks."""
_SHORT_ACRONYM = 3
"""Characters; one of three means too many things to be told by what stands near it."""
_ORGAN_AFTER = re.compile(
    r"(?:['’]s?)?[\s–—:/-]+(?:\w+\s+){0,2}?(?:executive|board|committee|commissions?|secretariat|general|congress|assembly|member|"
    r"presiden\w*|awards?|annual|agm|network|cities|conference|members|meeting)\b",
    re.IGNORECASE,
)


_ORGAN_BEFORE = re.compile(
    r"\b(?:members?|membership|meeting|board|bureau|presiden\w+|chairs?|secretariat|assembly|congress|conference|committee|"
    r"commission|branch|section|joined|joins?|left|part|belongs?|officer|founder|founders|behalf)\s+(?:of\s+|to\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)


def _names_owner(text: str, hit: AliasHit, network_id: str) -> bool:
    """Whether the text names, in capitals, the body whose network it is and that the full name begins with."""
    surface = text[hit.start : hit.end]
    for alias in hit.aliases:
        if alias.network.network_id == network_id:
            for owner in _OWNER.findall(alias.network.name):
                if owner not in surface and re.search(rf"\b(?:{owner}|{owner.capitalize()})\b", text):
                    return True
    return False


def _speaks_of_nation(texts: Sequence[str], network: Network, surface: str) -> bool:
    """Whether the texts name the country of a national network, or a state of it; of a state's network, that state."""
    if not network.scope.startswith(_NATIONAL):
        return True
    named = frozenset().union(*map(_find_areas, texts))
    states = {region.area for region in find_region_words(network.name)}
    states -= {region.area for region in find_region_words(surface)}
    return not named.isdisjoint(states or {network.scope.removeprefix(_NATIONAL)})


_NATIONAL = "national "
_STATE = re.compile(r"(?<=, )(?:[A-Z]{2}\b|[A-Z][a-z]{1,4}\.)")
"""A state as it stands behind a city: "Norman, OK", "Savannah, Ga."."""


@lru_cache(maxsize=16)
def _find_areas(text: str) -> frozenset[str]:
    """The countries that a text speaks of, and the states, as keys (`US`, `US:GA`); a state speaks of its country."""
    short = (region for match in _STATE.finditer(text) for region in find_regions(match.group()))
    regions = [*find_region_words(text), *short]
    codes = (region.country_code for region in regions)
    return frozenset([*find_country_words(text), *codes, *(region.area for region in regions)])
