"""The network of a text that names none that is known or looks like one: `World Lagoon Cities`, `Mekong Towns Circle`.

A last resort: asked only where nothing else was found in a text that speaks of a network's life throughout (members,
board, secretariat …). Of the names that join own words with a word for cities or for a circle of them the one is
taken that the text opens with or comes back to; it is one network, since two of them would be a guess too many.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors import network_vocabulary as words
from extractors.network_names import tidy_name
from extractors.network_shapes import Shape

LEAST_DOMAIN_WORDS = 5
"""Different words of the life of networks that the text must have."""
OPENING = 300
"""Characters in which a text says what it is about."""
SCORE = 0.45

_CITIES = r"(?:Cities|Towns|Ports|Villages|Mayors|Municipalities|Communes|Capitals|Harbours|Boroughs|Medinas|Councils)"
_CIRCLE = (
    r"(?:Circle|Exchange|Compact|Pact|Chain|Ring|Club|League|Coalition|Alliance|Network|Association|Union|Federation|"
    r"Conference|Charter|Fellowship)"
)
_REALM = r"(?:UK|USA|US|NSW|Europe|Africa|Asia|Pacific|International|Worldwide|Canada|Ireland|Scotland|Wales|Australia)"
_WORD = r"[A-Z][\w’'-]*\w"
_OWN = rf"(?:{_WORD} (?:(?:and|&) )?){{1,4}}"
_PLACE = rf"(?:the )?{_WORD}(?: (?:and |& |of )?(?:the )?{_WORD}){{0,4}}"
_NAMES = tuple(
    re.compile(rf"\b(?P<name>{pattern})\b")
    for pattern in (
        rf"{_OWN}{_CITIES}(?: {_REALM})",
        rf"{_OWN}{_CITIES}['’]?(?: {_CIRCLE})?(?: (?:of|for|on|in) {_PLACE})?",
        rf"{_CIRCLE} of {_PLACE}",
        rf"{_CITIES} (?:of|for|against|with|on) {_PLACE}",
        rf"{_OWN}{_CIRCLE}",
    )
)
_WITH_PLACE_BEHIND = re.compile(rf"{_OWN}{_CITIES}(?: {_WORD}){{1,2}}")
_COUNTRIES = frozenset({"uk", "us", "usa"})
_COMMON = words.ORDINALS | words.list_words(
    """member members host sister twin partner founding founder other old new executive lead major deputy lord our
    all many some these those which twelve several european world international global national local annual general
    the board dear fellow honorary full associate former"""
)
_BEFORE_NAMES = (_COMMON | words.BREAKS) - {"world", "european", "international"}


def find_collective(text: str, context: str = "") -> Iterator[Shape]:
    """Every mention of the network that the text is about, in order; none where no name is clearly its name.

    Args:
        text: a text in which no network was found.
        context: its title or publisher; a name that stands there needs no second mention.
    """
    if words.count_domain_words(text) < LEAST_DOMAIN_WORDS:
        return
    found: dict[str, list[tuple[int, int]]] = {}
    for pattern in _NAMES:
        for match in pattern.finditer(text):
            start, end = _trim(text, *match.span("name"))
            if _may_be_name(text[start:end]):
                found.setdefault(tidy_name(text[start:end]), []).append((start, end))
    spans = {name: sorted(set(places)) for name, places in found.items()}
    likely = {
        name: places
        for name, places in spans.items()
        if len(places) > 1 or places[0][0] < OPENING or name.casefold() in context.casefold()
    }
    if not likely:
        return
    best = min(likely, key=lambda name: (-len(likely[name]), likely[name][0][0], -len(name)))
    yield from (Shape(start, end, SCORE) for start, end in likely[best])


def is_collective(line: str) -> bool:
    """Whether a line is nothing but a name of that kind, as a publisher's may be: `Healthy Cities Sahel` as well."""
    parts = line.casefold().split()
    if not _may_be_name(line) or words.MEDIA_WORDS.intersection(parts) or parts[-1] == "world":
        return False
    return any(pattern.fullmatch(line) for pattern in (*_NAMES, _WITH_PLACE_BEHIND))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without common words in front: "The World Lagoon Cities"."""
    while True:
        word = re.match(r"[\w’'-]+ ", text[start:end])
        if word is None or word.group().strip().casefold() not in _BEFORE_NAMES:
            return start, end
        start += word.end()


def _may_be_name(name: str) -> bool:
    """Whether a name has two words, one of them its own, and is no other known body's."""
    parts = [part.casefold() for part in re.findall(r"[\w’'-]+", name)]
    own = set(parts) - _COMMON - words.CONNECTORS - words.HEADS - words.PLURAL_CITY_WORDS
    if len(parts) < 2 or not own or words.NOT_THESE.search(name):
        return False
    if parts[-1] in _COUNTRIES:
        parts.pop()
    if set(parts) & (words.TITLES | words.OTHER_BODIES):
        return False
    # Which towns they are may be told by anything: `European Tramway Towns`.
    return not any(
        one in words.NOT_A_NETWORK and two not in words.PLURAL_CITY_WORDS for one, two in pairwise([*parts, ""])
    )
