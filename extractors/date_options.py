"""The dates that may belong to a claim: those of its document, seen from the claim's evidence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from extractors.candidates import Candidate
from extractors.date_expressions import DateExpression
from extractors.reading import Reading
from extractors.relation_masks import Span
from extractors.structure import LISTED
from schemas.dates import PartialDate

Place: TypeAlias = Literal[
    "own",
    "before",
    "earlier",
    "after",
    "later",
    "lead_in",
    "header",
    "heading",
    "above",
    "title",
    "opening",
    "published",
]
"""Where a date stands: in the evidence itself; in the sentence before it, or earlier; after it likewise; in
the lead-in or the header of its list or table; in the nearest heading over it, or one further up; in the title
of the document or its first lines; or nowhere, being the day of publication."""
OPENING = 400
"""Characters in which a news item tells when."""
_REACH = 15
"""Passages before and after the evidence in which a date may still be the claim's."""
_PAPER = re.compile(
    r"\b(?:report|yearbook|bulletin|newsletter|budget|accounts|plan|programme|program|strategy|agenda|gazette)s?"
    r"(?: (?:for|of))?(?: the)?(?: years?)?[ ,:(–-]*$",
    re.IGNORECASE,
)
_PAPER_AFTER = re.compile(
    r"\)?,? (?:[\w’'-]+ )?(?:reports?|budgets?|plans?|programm?es?|programming|strategy|agenda|funding|financial)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"(?:\s*\([^()]{1,40}\))?,?\s*\(?(?:in\s+|since\s+|from\s+)?")
"""Between a network of an enumeration and its own date."""
_AHEAD = re.compile(r",\s*(?:(?:of|in|to)\s+)?(?:the\s+)?")
_PARTED = re.compile(r"(?:,|\band),?\s*(?:in\s+)?$")
"""Around a date that is put in before a network: "and, since 1996, of Eurocities"."""
_PARTED_REACH = 12
_MOST = 16
"""Ends of dates outside the evidence that are weighed; the nearest."""


@dataclass(frozen=True, slots=True)
class DateOption:
    """A date that may be `since` or `until` of a claim."""

    value: PartialDate
    expression: DateExpression | None
    """The words that tell it; null for the day of publication. Of a title its offsets are the title's."""
    place: Place
    away: int
    """Passages between it and the evidence; 0 in the evidence, over it, and where there are no words."""
    is_end: bool
    """`value` is the expression's `until`, not its `since`."""


def find_date_options(reading: Reading, pair: Candidate) -> list[DateOption]:
    """Every date that may be `since` or `until` of a claim that `pair` states, both ends of a period apart.

    In a table of cities by networks only those of the pair's cell. Empty where neither the text nor the title names
    a date and the day of publication is not known.
    """
    passage = reading.passages[pair.passage]
    own = (passage.start, passage.end) if pair.cell is None else pair.cell.span
    options = [option for told in _find_own(reading, pair, own) for option in _ends(told, "own", 0)]
    if pair.cell is not None:
        return options
    options += _find_above(reading, pair)
    options += sorted(_find_around(reading, pair), key=lambda option: option.away)[:_MOST]
    for expression in reading.title_dates:
        if not is_of_paper(reading.document.title or "", expression):
            options += _ends(expression, "title", 0)
    if reading.document.published is not None:
        options.append(DateOption(reading.document.published, None, "published", 0, False))
    return options


def _find_own(reading: Reading, pair: Candidate, own: Span) -> Sequence[DateExpression]:
    """The dates of the evidence; where networks of an enumeration have their own, those of the pair's alone.

    "Oslo joined ICLEI in 1996, Eurocities in 2001 and C40 in 2008", "is in the UBC and, since 1996, in Eurocities".
    """
    text = reading.document.text
    ahead = {
        told: mention.network_id
        for mention in reading.networks_in(*own)
        for told in reading.dates_in(*own)
        if told.end <= mention.start
        and _AHEAD.fullmatch(text, told.end, mention.start)
        and _PARTED.search(text, max(own[0], told.start - _PARTED_REACH), told.start)
    }
    dates = tuple(told for told in reading.dates_in(*own) if ahead.get(told, pair.network_id) == pair.network_id)
    behind = [
        (mention.network_id, told)
        for mention in reading.networks_in(*own)
        for told in dates
        if told.start >= mention.end and _BEHIND.fullmatch(text, mention.end, told.start)
    ]
    mine = [told for network_id, told in behind if network_id == pair.network_id]
    return mine if mine and len({network_id for network_id, _ in behind}) > 1 else dates


def is_of_paper(text: str, expression: DateExpression) -> bool:
    """Whether a date only tells of which years a report, a plan or a budget is."""
    if _PAPER.search(text, max(0, expression.start - 40), expression.start):
        return True
    return _PAPER_AFTER.match(text, expression.end) is not None


def _ends(expression: DateExpression, place: Place, away: int) -> Iterator[DateOption]:
    if expression.since is not None:
        yield DateOption(expression.since, expression, place, away, False)
    if expression.until is not None and expression.kind != "point":
        yield DateOption(expression.until, expression, place, away, True)


def _find_above(reading: Reading, pair: Candidate) -> Iterator[DateOption]:
    """Dates of what stands over the evidence: headings, lead-in and header."""
    over = reading.governing[reading.passages[pair.passage].block]
    places: dict[int, Place] = dict.fromkeys(over.headings[:-1], "above")
    places |= dict.fromkeys(over.headings[-1:], "heading")
    if over.header is not None:
        places[over.header] = "header"
    if over.lead_in is not None:
        places[over.lead_in] = "lead_in"
    for index, place in sorted(places.items()):
        block = reading.blocks[index]
        for expression in reading.dates_in(block.start, block.end):
            if not is_of_paper(reading.document.text, expression):
                yield from _ends(expression, place, 0)


def _is_of_another(reading: Reading, pair: Candidate, block: int) -> bool:
    """Whether a block stands under a heading that names other networks, or other cities, only.

    A city's page goes network by network, a network's city by city.
    """
    headings = reading.governing[block].headings
    if not headings or headings[-1] in reading.governing[reading.passages[pair.passage].block].headings:
        return False
    heading = reading.blocks[headings[-1]]
    named = {mention.network_id for mention in reading.networks_in(heading.start, heading.end)}
    cities = {city.place.geonameid for city in reading.cities_in(heading.start, heading.end)}
    if pair.city.form != "home" and cities and pair.city.place.geonameid not in cities:
        return headings[-1] != reading.passages[pair.passage].block
    return bool(named) and pair.network_id not in named


def _is_of_others(reading: Reading, pair: Candidate, at: int, expression: DateExpression) -> bool:
    """Whether the date of another passage is that of what it names: another city, or in a list another network.

    Of prose that is sure only of a beginning: "Ryan remains president, a position he has held since 2011".
    """
    here, there = reading.passages[pair.passage], reading.passages[at]
    cities = {r.place.geonameid for r in reading.references_in(there.start, there.end)}
    is_others = pair.city.form != "home" and bool(cities) and pair.city.place.geonameid not in cities
    if expression.kind == "open_end" and is_others:
        return True
    kinds = reading.blocks[here.block].kind, reading.blocks[there.block].kind
    is_sibling = kinds[0] is kinds[1] and reading.governing[here.block] == reading.governing[there.block]
    # What stands over a list may date it, whatever else it names.
    if kinds[0] not in LISTED or not (is_sibling or at > pair.passage):
        return False
    networks = {mention.network_id for mention in reading.networks_in(there.start, there.end)}
    return is_others or (bool(networks) and pair.network_id not in networks)


def _find_around(reading: Reading, pair: Candidate) -> Iterator[DateOption]:
    """Dates of the passages around the evidence, and of the first lines of the document."""
    here = reading.passages[pair.passage]
    over = reading.governing[here.block]
    above = {*over.headings, over.header, over.lead_in}
    first = reading.passages[max(0, pair.passage - _REACH)].start
    last = reading.passages[min(len(reading.passages) - 1, pair.passage + _REACH)].end
    opening = reading.dates_in(0, min(OPENING, first))
    for expression in (*opening, *reading.dates_in(first, here.start), *reading.dates_in(here.end, last)):
        at = reading.passage_at(expression.start)
        block = reading.passages[at].block
        if block in above or _is_of_another(reading, pair, block) or _is_of_others(reading, pair, at, expression):
            continue
        away = abs(at - pair.passage)
        if expression.start < OPENING and away > _REACH // 2:
            yield from _ends(expression, "opening", _REACH // 2)
        elif at < pair.passage:
            yield from _ends(expression, "before" if block == here.block or away == 1 else "earlier", away)
        else:
            yield from _ends(expression, "after" if block == here.block or away == 1 else "later", away)
