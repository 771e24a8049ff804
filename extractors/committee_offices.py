"""Offices of a committee, forum, section or district, told from those of the network itself.

"Chair of the Culture Forum", "Officers of District 12 are …", a list under "Working Group on Water": who presides there
leads a part of the network. Executive, steering and other ruling committees are the network itself.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from extractors.relation_masks import Span, distance
from extractors.relation_windows import Layout, PairContext
from extractors.role_reading import RoleReading
from schemas.vocabulary import Role

_OFFICES = frozenset({Role.CHAIR, Role.CO_CHAIR, Role.VICE_CHAIR})
_RANK = r"(?:(?:co|vice|deputy|first|second|third|1st|2nd|3rd|past)[- ]?)*"
_OFFICE = (
    rf"{_RANK}(?:chair(?:s|man|men|woman|person|persons|manship|ing|ed)?|(?:vice)?presidents?|presides? over|"
    r"(?:vice)?presidency|heads?|(?:sub-?)?coordinat(?:ors?|es?)|leads?|leaders?)"
)
_PART = (
    r"(?:sub-?committees?|committees?(?! (?:of|to) the Regions)|commissions?|forums?|"
    r"working (?:groups?|part(?:y|ies))|task ?forces?|sections?|"
    r"chapters?|divisions?|districts?(?: (?:\d+|[A-Z]|no\.? ?\d+)(?!\w))?|departments?|caucus|clusters?|"
    r"thematic (?:units?|networks?|areas?))"
)
_RULING = re.compile(
    r"\b(?:executive|steering|manag\w+|governing|general|permanent|administrative|directors?|national|central|world|global|"
    r"bureau|board|co-?ordinat\w+|elect\w+|nominat\w+|presidium|organi[sz]ing|standing)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\b(?:department|division|district|chapter|section)\b", re.IGNORECASE)
"""A committee of these is a part, whatever it is called: "Department Executive Committee"."""
_TOPIC = re.compile(r"\s(?:on|for)\s")
_ARTICLE = re.compile(r"^(?:the|its|our|this|their|a) ", re.IGNORECASE)
_OF_PART = re.compile(
    rf"\b(?P<office>{_OFFICE}|officers)(?: of| for| on)?(?: the| its| our| this| their)? "
    rf"(?P<part>(?:[\w&’'/.-]+,? ){{0,7}}?{_PART})\b",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    rf"\b(?P<part>(?:[\w&’'/-]+ ){{0,5}}{_PART})(?:['’]s)? (?P<office>{_OFFICE})\b", re.IGNORECASE
)
_NO_PART = re.compile(
    r"\b(?:mayors?|councillor|city council|elected|and was|is|was|said|who|members? of|will|presides|chairs)\b",
    re.IGNORECASE,
)
"""Words that do not stand in the name of a part: the phrase runs on to another matter."""
_RUNS_ON = re.compile(
    r"^(?:['’]s?)?(?:\s*,|\s(?:in|at|by|to|with)\b)"
    r"|\b(?:(?<!on )(?<!for )the|its|their|our|an?|has|have|[a-z]+ed|hosts?|opens?|works)\b|[.;:]\s"
)
"""After the network's or the city's name, where a part's name does not go on: "Eurocities, opened the Forum"."""
_ANY_OFFICE = re.compile(rf"\b{_OFFICE}\b", re.IGNORECASE)
_NEAR_OFFICE = 5
"""Characters by which another office may stand nearer to the city."""
_NAME_OF_PART = re.compile(
    rf"(?:[A-Z][\w&’'/-]*,? (?:(?:of|on|for|and|&|the) ){{0,2}})*(?P<kind>(?i:{_PART}))(?P<topic> (?:on|for|of) [^:]*)?"
)
_NEVER_A_NETWORK = re.compile(r"(?:sub-?)?committee|commission|working|task", re.IGNORECASE)
"""Kinds of parts; a caucus, forum or chapter may be a network of its own."""
_OF_NETWORK = re.compile(r"^ of (?:the )?[A-Z].*")
"""After a part's kind: whose it is, and no topic."""
_COUNCIL_CHAIRS = re.compile(
    r"(?:[A-Z][\w’'-]+ ){2,4}(?<!City )(?<!Town )(?<!County )(?<!Municipal )(?<!General )(?<!Executive )"
    r"(?:Council (?i:chairs|officers)|(?i:chairs))\b"
)
"""Over a list: "Large Cities Council chairs, term of one year:"."""
_BESIDE_PART = re.compile(
    r"\b(?:the|of|for|and|on|in|our|its|officers?|chairs?|co|vice|presidents?|leadership|term|one|two|years?|members?|"
    r"composition|list|are|elected|new|current|now|as|follows|is|led|by|headed|chaired)\b|[\W\d_]",
    re.IGNORECASE,
)
_BESIDE_LENGTH = 12
"""Letters that a heading may have beside the part's name and words of office."""

_HEADING_LENGTH = 160


class _Found(NamedTuple):
    span: Span
    distance: int
    """Characters between it and the city."""
    is_for_all: bool
    """Whether it heads all offices of the sentence: "Officers of District 12 are …"."""


def give_to_committees(pair: PairContext, readings: list[RoleReading]) -> list[RoleReading]:
    """The readings of a pair, with an office of the network given to the committee whose office it is.

    Others are as they were, the most probable first; where the reader itself reads the committee's office, all are.
    """
    offices = [reading for reading in readings if reading.role in _OFFICES and reading.doubt is None]
    stated = {reading.role for reading in readings if reading.doubt is None}
    if not offices or Role.COMMITTEE_CHAIR in stated or not is_office_of_part(pair):
        return readings
    given = replace(offices[0], role=Role.COMMITTEE_CHAIR, rule="office of a committee", threshold=None, statuses=())
    kept = [r for r in readings if r not in offices and r.role is not Role.COMMITTEE_CHAIR]
    return sorted([given, *kept], key=lambda reading: -reading.probability)


def is_office_of_part(pair: PairContext) -> bool:
    """Whether the office that is told of the city is one of a part of the network."""
    if _tells_part(pair) or _is_paper_of_part(pair):
        return True
    is_entry = pair.layout is not Layout.PROSE
    return is_entry and _ANY_OFFICE.search(pair.text, *pair.focus) is not None and _is_headed_by_part(pair)


def _is_paper_of_part(pair: PairContext) -> bool:
    """Whether the title is a part's and the passage does not name the network: "Committee on Culture: officers"."""
    name = _NAME_OF_PART.search(pair.title or "")
    if name is None or not _NEVER_A_NETWORK.match(name["kind"]) or _NO_PART.search(name.string):
        return False
    if any(_overlaps(span, pair.focus) for span in pair.network):
        return False
    words = _OF_NETWORK.sub("", name["topic"] or "")
    return _is_part(name.string[name.start() : name.end("kind")], words)


def _overlaps(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _tells_part(pair: PairContext) -> bool:
    """Whether of the offices in the passage itself a part's stands nearest to the city, or heads them all."""
    found = list(_find_parts(pair, pair.focus))
    for_all = next((part for part in found if part.is_for_all), None)
    if for_all is not None and for_all.span[1] <= pair.target[0]:
        return True
    clause = _clause_of(pair)
    found = [part for part in found if clause[0] <= part.span[0] < clause[1]]
    if not found:
        return False
    nearest = min(found, key=lambda part: part.distance)
    offices = [
        distance(match.span(), pair.target)
        for match in _ANY_OFFICE.finditer(pair.text, *clause)
        if not nearest.span[0] <= match.start() < nearest.span[1]
    ]
    return not offices or min(offices) + _NEAR_OFFICE >= nearest.distance


def _clause_of(pair: PairContext) -> Span:
    start = pair.text.rfind(";", pair.focus[0], pair.target[0]) + 1 or pair.focus[0]
    end = pair.text.find(";", pair.target[1], pair.focus[1])
    return start, end if end >= 0 else pair.focus[1]


def _find_parts(pair: PairContext, where: Span) -> Iterator[_Found]:
    for pattern in (_OF_PART, _PART_BEFORE):
        for match in _find_phrases(pair, pattern, where):
            name, span = match["part"], match.span("part")
            after = pair.text[span[1] : span[1] + 5]
            if _NO_PART.search(name) or not _is_part(name, after) or _is_in_network(pair, span[1]):
                continue
            if pattern is _PART_BEFORE and _WITHIN.search(name) and "vice" in match["office"].lower():
                continue  # "District 1 vice president" is the network's, for that district
            for_all = match["office"].lower() == "officers"
            yield _Found(match.span(), distance(match.span(), pair.target), for_all)


def _find_phrases(pair: PairContext, pattern: re.Pattern[str], where: Span) -> Iterator[re.Match[str]]:
    """Matches of an office and a part's name; one that runs on past another name is tried again behind that name."""
    at = where[0]
    while match := pattern.search(pair.text, at, where[1]):
        left = _end_of_name_left(pair, match)
        if left is None:
            yield match
        at = match.end() if left is None else left


def _end_of_name_left(pair: PairContext, phrase: re.Match[str]) -> int | None:
    """Where the name of a network or the city ends that a phrase runs on from to another matter; None in most."""
    end = phrase.end("part")
    for span in (*pair.network, *pair.other_networks, pair.target):
        if phrase.start() <= span[0] and span[1] <= end and _RUNS_ON.search(phrase.string[span[1] : end]):
            return span[1]
    return None


def _is_part(name: str, after: str) -> bool:
    """Whether a phrase names a part: with a name of its own, and not the body that rules the network."""
    has_topic = _TOPIC.match(after) is not None
    words = _ARTICLE.sub("", name)
    is_named = " " in words and any(c.isupper() for c in words)
    if not (is_named or has_topic or (_WITHIN.match(name) and any(c.isdigit() for c in name))):
        return False
    ruling = _RULING.search(name)
    if ruling is None or _WITHIN.search(name):
        return True
    # A standing committee may rule; one on a topic, or one of several, does not.
    return ruling.group().lower() == "standing" and (has_topic or name.lower().endswith("s"))


def _is_in_network(pair: PairContext, end: int) -> bool:
    """Whether the phrase that ends there is, or ends, a network's own name: "Forum of Adriatic and Ionian Cities"."""
    return any(a < end <= b for spans in (pair.network, pair.other_networks) for a, b in spans)


def _is_headed_by_part(pair: PairContext) -> bool:
    """Whether a part's name, with words of office at most, stands right over the entry."""
    over = [*([pair.lead_in] if pair.lead_in else []), *reversed(pair.headings)]
    for span in over[:2]:
        if span[1] - span[0] > _HEADING_LENGTH:
            continue
        heading = pair.text[slice(*span)].strip()
        if any(_find_parts(pair, span)) or (heading.endswith(":") and _COUNCIL_CHAIRS.search(heading)):
            return True
        if _RULING.search(heading) and not (_WITHIN.search(heading) or "standing" in heading.lower()):
            return False
        name = _NAME_OF_PART.search(heading)
        if name is not None and name["kind"].lower().startswith("section"):
            return False  # over a list of its own a section is mostly a network
        if name is not None and _is_all(name) and not _is_in_network(pair, span[0] + name.end("kind")):
            return True
    return False


def _is_all(name: re.Match[str]) -> bool:
    """Whether a heading has a part's name and words of office, and says nothing else."""
    rest = _BESIDE_PART.sub("", name.string[: name.start()] + name.string[name.end() :])
    return len(rest) <= _BESIDE_LENGTH and _is_part(name.string[name.start() : name.end("kind")], name["topic"] or "")
