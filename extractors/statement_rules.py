"""Plain statements read by rule: "Oslo joined Eurocities", "neither Lyon nor Turin is a member of it".

A few sentence patterns between a city and a network that leave no doubt; over the same masked windows
as the relation model reads. They speak where the model hesitates.
"""

import re
from collections.abc import Sequence

from extractors.relation_masks import CITY, HOLDER, NETWORK, PLACE
from extractors.relation_windows import NEXT, Layout, PairContext, build_window
from extractors.role_reading import RoleReader, RoleReading
from schemas.vocabulary import Role, Status

CONFIDENCE = 0.8
"""Of a reading by rule. `tools/compare_readers.py FOLDER` prints how often the rules are right."""

_CITY = rf"(?<!University of )(?<!Bank of )(?:{re.escape(CITY)}|{re.escape(HOLDER)})"
_ANY = rf"(?:{_CITY}|{re.escape(PLACE)})"
_AND = r"(?:\s*,\s*|\s+and\s+|\s+or\s+|\s+nor\s+|\s*,\s*and\s+|\s*&\s*)"
_CITIES = rf"(?:{_ANY}{_AND})*{_CITY}(?:{_AND}{_ANY})*"
_ASIDE = r"(?:\s*,[^,.;\[\]]{3,70},|\s*\([^()]{1,40}\))?"
_NET = rf"(?:the |this |our )?(?:[a-z-]+ ){{0,3}}{re.escape(NETWORK)}(?! [A-Z])"
_LATELY = r"(?:\w+ly |also |since |now |already |just |both )*"
_KIND = r"(?:full |active |proud |new |long-standing )?"
_NO_BODY = r"(?!(?: \w+){0,4} (?:committee|commission|forum|section|working group|task force|chapter|council|board))"
_BODY = r"(?:committee|commission|forum|section|working group|task force|chapter)"
_NET_OF_BODY = rf"(?:the |this |our )?(?:[a-z-]+ ){{0,3}}{re.escape(NETWORK)}(?: \w+){{0,4}} {_BODY}"
_NO_PACT = r"(?! (?:covenant|pact|charter|compact|declaration|pledge|commitments?|accord))"
"""One joins a pact by signing it: the model tells which of the two is meant."""

_RULES: tuple[tuple[Role, Status, str], ...] = (
    (
        Role.MEMBER,
        Status.DENIED,
        rf"[Nn]either {_CITIES}{_ASIDE} (?:is|are|was|has|have) {_LATELY}(?:part of|(?:a )?members? of|joined)"
        rf" {_NET}",
    ),
    (
        Role.MEMBER,
        Status.DENIED,
        rf"{_CITIES}{_ASIDE} (?:is|are) (?:not|no longer) {_LATELY}(?:part of|(?:a |yet a )?{_KIND}members? of)"
        rf" {_NET}",
    ),
    (Role.MEMBER, Status.DENIED, rf"{_CITIES}{_ASIDE} (?:has|have) (?:not|never) {_LATELY}joined {_NET}"),
    (
        Role.MEMBER,
        Status.CURRENT,
        rf"(?<!either ){_CITIES}{_ASIDE} (?:(?:is|are) {_LATELY}(?:an? )?{_KIND}members? of|belongs? to|"
        rf"holds? membership in|"
        rf"(?:(?:has|have) {_LATELY})?joined|(?:has |have )?became (?:an? )?{_KIND}members? of) {_NET}{_NO_PACT}",
    ),
    (
        Role.MEMBER,
        Status.ENDED,
        rf"{_CITIES}{_ASIDE} (?:(?:has|have) {_LATELY})?(?:left|quit|withdrew from|withdrawn from) {_NET}",
    ),
    (
        Role.MEMBER,
        Status.PLANNED,
        rf"{_CITIES}{_ASIDE} (?:will {_LATELY}join|(?:has|have) applied to join|(?:is|are) to join|"
        rf"plans? to join) {_NET}",
    ),
    (
        Role.CHAIR,
        Status.ENDED,
        rf"{_ANY}{_ASIDE} (?:took|takes|has taken) over the (?:presidency|chair) of {_NET} from {_CITIES}",
    ),
    (
        Role.CHAIR,
        Status.CURRENT,
        rf"{_CITIES}{_ASIDE} (?:{_LATELY}(?:chairs|presides over)|(?:currently )?holds the (?:presidency|chair) of|"
        rf"took over the (?:presidency|chair) of) {_NET}{_NO_BODY}",
    ),
    (
        Role.COMMITTEE_CHAIR,
        Status.CURRENT,
        rf"{_CITIES}{_ASIDE} (?:{_LATELY}(?:chairs|leads|heads|presides over)|"
        rf"(?:currently )?holds the (?:presidency|chair) of)"
        rf" {_NET_OF_BODY}",
    ),
    (
        Role.BOARD_MEMBER,
        Status.CURRENT,
        rf"{_CITIES}{_ASIDE} {_LATELY}(?:holds?|has|have|occupies|takes?) (?:an?|one|the|its|their) (?:\w+ )?seats? "
        rf"(?:on|in) (?:the )?(?:\w+ ){{0,4}}{re.escape(NETWORK)}(?: \w+){{0,3}} (?i:board|council|bureau|committee)",
    ),
    (
        Role.BOARD_MEMBER,
        Status.CURRENT,
        rf"seats? (?:on|in|with) [^.;]{{0,40}}{re.escape(NETWORK)}[^.;]{{0,60}} held by (?:the mayors? of )?(?:the )?"
        rf"(?:[Cc]ity of )?{_CITIES}",
    ),
)
_PATTERNS = tuple((role, status, re.compile(pattern)) for role, status, pattern in _RULES)


class StatementReader:
    """A role reader that lets plain statements speak first and asks another reader for the rest."""

    def __init__(self, model: RoleReader) -> None:
        self._model = model
        self.version = f"{model.version}+statements/1"

    def read(self, pairs: Sequence[PairContext]) -> list[list[RoleReading]]:
        """For each pair what the model reads, and what its sentence plainly states in place of it."""
        return [_join(readings, pair) for readings, pair in zip(self._model.read(pairs), pairs, strict=True)]


def _join(readings: list[RoleReading], pair: PairContext) -> list[RoleReading]:
    plain = read_statement(build_window(pair)) if pair.layout is Layout.PROSE else None
    if plain is None:
        return readings
    for reading in readings:
        if (reading.role, reading.status) == (plain.role, plain.status) and reading.probability >= plain.probability:
            return readings  # the model is surer still
    return [plain, *(reading for reading in readings if reading.role is not plain.role)]


def read_statement(window: str) -> RoleReading | None:
    """The role that a window's sentence plainly states of its city; None where no rule applies."""
    layout = max(window.find(layout.value) for layout in Layout)
    end = window.find(NEXT, layout)
    focus = window[layout : end if end >= 0 else len(window)]
    for role, status, pattern in _PATTERNS:
        if pattern.search(focus):
            return RoleReading(role, status, CONFIDENCE)
    return None
