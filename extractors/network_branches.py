"""Tells a nation's own network from the larger one whose name it bears."""

import re

from extractors.countries import find_country
from extractors.network_aliases import AliasHit
from extractors.network_shapes import Shape
from extractors.network_vocabulary import (
    CONNECTORS,
    FOREIGN_HEADS,
    GENERIC_WORDS,
    HEADS,
    NATIONS,
    PLURAL_CITY_WORDS,
    SINGULAR_CITY_WORDS,
)

_NATIONAL = re.compile(
    r"(?!European)(?:[A-Z]\w+(?:ian|ean|ish|ese|an|ch|sh|gian|wiss|reek|zech)|National|Nordic|Dutch|UK|US|U\.S\.|[A-Z]{2,5})\s+(?:\w+\s+(?:of\s+)?)?"
)


def names_another(text: str, hit: AliasHit, shape: Shape) -> bool:
    """Whether the longer name around a network's name is that of another network.

    `Scottish Nuclear Free Local Authorities` is a nation's own network; `River Cities Alliance` has a word of its own,
    where `Cities Alliance` has none. `Resources Committee of the National League of Cities` is an organ of the League.
    A name in another language goes on behind: `Red Andina de Ciudades Intermedias`.
    """
    if hit.start == shape.start and _GOES_ON.match(text, hit.end, shape.end):
        return text[hit.start : hit.end].split(maxsplit=1)[0].casefold() in FOREIGN_HEADS
    if hit.is_acronym or hit.end > shape.end or hit.start <= shape.start:
        return False
    if tells_organ_of(text, hit, shape):
        return False
    if _NATIONAL.fullmatch(text[shape.start : hit.start]) is not None:
        return True
    own = {word.casefold() for word in _WORD.findall(text[shape.start : hit.start])}
    named = {word.casefold().rstrip("'’") for word in _WORD.findall(text[hit.start : hit.end])}
    return named <= _WITHOUT_OWN_WORD and not own <= _WITHOUT_OWN_WORD


def tells_organ_of(text: str, hit: AliasHit, shape: Shape) -> bool:
    """Whether the longer name is that of something of the network's: `Mission of Energy Cities`."""
    return _ORGAN_OF.search(text, shape.start, hit.start) is not None


_ORGAN_OF = re.compile(
    r"\b(?:Committee|Commission|Board|Section|Group|Force|Bureau|Secretariat|Caucus|Assembly|Congress|Mission|Charter|"
    r"Project|Program(?:me)?|Campaign|Declaration|Council|Directors|Trustees|Governors|Delegates|Officers)\s+of\s+(?:the\s+)?$"
)
_GOES_ON = re.compile(r" [A-ZÀ-Þ][a-zà-ÿ]")
_WORD = re.compile(r"[\w’'-]+")
_WITHOUT_OWN_WORD = HEADS | PLURAL_CITY_WORDS | SINGULAR_CITY_WORDS | GENERIC_WORDS | CONNECTORS
_LONG_NAME = 4
_WIDE = re.compile(r"\b(?:Global|World|International|European|National|UNESCO|WHO)\b")


def find_nation(text: str, hit: AliasHit) -> int | None:
    """Where a nation's adjective begins that makes a long name another's: `Scottish Nuclear Free Local Authorities`."""
    if (
        not hit.is_sure
        or hit.is_acronym
        or _WIDE.search(text, hit.start, hit.end)
        or text.count(" ", hit.start, hit.end) < _LONG_NAME - 1
    ):
        return None
    before = re.search(r"\b[A-Z][a-z]+\s$", text[max(0, hit.start - 20) : hit.start])
    if before is None or before.group().strip() not in NATIONS:
        return None
    return hit.start - len(before.group())


_NEXT_WORDS = re.compile(r" ([A-Z][\w.]*)(?: ([A-Z][\w.]*))?")


def find_branch_end(text: str, hit: AliasHit) -> int | None:
    """Where a nation's name ends that makes a network's name that of its national branch: `Cittaslow France`.

    None where no nation's name follows, or that of the network's own nation: `National League of Cities USA`.
    """
    match = _NEXT_WORDS.match(text, hit.end) if hit.is_sure else None
    if match is None:
        return None
    first = match[1].rstrip(".")
    named = [(first, match.start(1) + len(first))]
    if match[2]:
        named.insert(0, (f"{match[1]} {match[2]}", match.end(2)))
    for name, end in named:
        code = find_country(name.title() if name.isupper() else name)
        if code is not None:
            return None if hit.aliases[0].network.scope == f"national {code}" else end
    return None
