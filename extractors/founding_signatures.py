"""Who signs at the founding of an association is a founding member of it; who signs a pact is its signatory.

The relation model mostly hears "signed". Where a passage that tells of signing stands near the founding, and neither
the network nor what is signed is a pact, signing is founding.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.relation_windows import PairContext
from extractors.role_reading import RoleReading
from schemas.vocabulary import Role

_SIGNS = re.compile(r"\b(?:co-?)?(?:sign(?:ed|ing|s)?|signatures?)\b", re.IGNORECASE)
_FOUNDS = re.compile(
    r"\b(?:found(?:ed|ing|ers?|ation)|establish\w*|creat(?:ed|ing|ion)|set up|constitut\w+|statutes?|bylaws|"
    r"of (?:its|their) own|came into being|was born)\b",
    re.IGNORECASE,
)
_PACT = re.compile(
    r"covenant|\bpacts?\b|compact|charter|declaration|pledge|commitment|accord|campaign|manifesto|convention|protocol|"
    r"principles|treaty|statement|coalition|signator|initiative|petition|letter|appeal|\bcall\b",
    re.IGNORECASE,
)
_FOUNDING_ACT = re.compile(
    r"\b(?:founding|constituti(?:ve|onal|ng)|establishing) (?:charter|declaration|pact|treaty|act|agreement)\b",
    re.IGNORECASE,
)
_BEFORE = 350


def read_as_founding(pair: PairContext, readings: list[RoleReading]) -> list[RoleReading]:
    """The readings of a pair, a signature under the founding of an association read as that of a founder.

    Readings in doubt change nothing: with or without them the same roles are stated.
    """
    stated = {reading.role for reading in readings if reading.doubt is None}
    if Role.SIGNATORY not in stated or Role.FOUNDING_MEMBER in stated or not _is_founding(pair):
        return readings
    return [_as_founder(reading) for reading in readings if reading.role is not Role.FOUNDING_MEMBER]


def _as_founder(reading: RoleReading) -> RoleReading:
    if reading.role is not Role.SIGNATORY or reading.doubt is not None:
        return reading
    return replace(reading, role=Role.FOUNDING_MEMBER, rule="signature at the founding", threshold=None, statuses=())


def _is_founding(pair: PairContext) -> bool:
    start, end = pair.focus
    signs = _SIGNS.search(pair.text, start, end) is not None
    if not signs or _FOUNDS.search(pair.text, max(0, start - _BEFORE), end) is None:
        return False
    said = _FOUNDING_ACT.sub("", pair.text[start:end])
    return _PACT.search(said) is None and not any(map(_PACT.search, _names_of(pair)))


def _names_of(pair: PairContext) -> Sequence[str]:
    return [pair.network_id, *pair.title_networks, *(pair.text[start:end] for start, end in pair.network)]
