"""Since when and until when a claim holds: the date expressions that belong to its city and role."""

import re
from collections.abc import Iterator

from extractors.candidates import Candidate
from extractors.cue_reader import find_role_cues
from extractors.date_expressions import DateExpression, find_dates
from extractors.reading import Reading
from extractors.relation_masks import Span
from schemas.vocabulary import BlockKind, Role, Status

_OFFICES = frozenset({Role.CHAIR, Role.CO_CHAIR, Role.VICE_CHAIR, Role.BOARD_MEMBER, Role.COMMITTEE_CHAIR})
_MOMENTS = frozenset({Role.AWARD_WINNER, Role.FOUNDING_MEMBER, Role.SIGNATORY})
_REACH = 200
"""Characters between a date and the city or cue that it belongs to; past it, they are of different clauses."""
_OPENING = 500
"""Characters in which a news item tells when."""
_BEFORE_REACH = 2
"""Sentences before the evidence that may tell its date ("The assembly met on 5 May. Chosen were …")."""
_NEWS = re.compile(
    r"\b(?:(?:re-?)?elected|chosen|voted in|appointed|named|admitted|accepted|welcom\w+|new(?:ly|comers?)?|"
    r"joined|joins?|takes? over|took over|"
    r"hands? over|handed|succeed\w*|replac\w+|steps? down|from now on|hosts?|hosted|signed|signs|wins?|won|"
    r"awarded|passes|becomes?|became)\b",
    re.IGNORECASE,
)
_WHOLE_TERM = re.compile(r"\b(?:for|in|during|throughout) (?:the (?:year|term|period) )?$", re.IGNORECASE)


def find_claim_dates(reading: Reading, pair: Candidate, role: Role, status: Status) -> tuple[str | None, str | None]:
    """`since` and `until` of a claim, as exact as the text tells; (None, None) where it does not.

    Looked for in the evidence, near the city and the words that state the role; for happenings also in
    the sentences just before, the lead-in and the headings.
    """
    nearest = _find_expression(reading, pair, role, status)
    if nearest is None:
        return None, None
    since, until = nearest.since, nearest.until
    if status is Status.ENDED and role not in _MOMENTS and role is not Role.EVENT_HOST and nearest.kind == "point":
        return _read_end(reading, pair, nearest)
    if nearest.kind != "point":
        return (since, None) if role in _MOMENTS else (since, until)
    if role is Role.EVENT_HOST:
        return since, since
    return since, None


_BEGAN = re.compile(
    r"\b(?:took (?:over|it|office|the)|became|elected|chosen|joined|entered|since|from|first|admitted|began|"
    r"started|founded|came)"
    r"\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:left|leave|quit|until|handed|gave|stepp?|resign|former|ended|withdr|expel|suspend|lapse|out|gone|"
    r"over to|passed|dropp)"
    r"[^.;]{0,40}$",
    re.IGNORECASE,
)


def _read_end(reading: Reading, pair: Candidate, nearest: DateExpression) -> tuple[str | None, str | None]:
    """`since` and `until` of a role that is over, told by single dates: "member 2015, left 2017"."""
    passage = reading.passages[pair.passage]
    words = reading.document.text[passage.start : passage.end]
    points = [e for e in find_dates(words, reading.document.published) if e.kind == "point" and e.since]
    listed = reading.blocks[passage.block].kind in {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}
    if listed and len(points) == 2:
        first, last = sorted(str(e.since) for e in points)
        return first, last
    before = words[: nearest.start] if nearest in points else ""
    if _BEGAN.search(before) and not _OVER.search(before):
        return nearest.since, None
    return None, nearest.since


def _find_expression(reading: Reading, pair: Candidate, role: Role, status: Status) -> DateExpression | None:
    passage = reading.passages[pair.passage]
    own = _nearest(reading, (passage.start, passage.end), pair, role)
    if own is not None:
        return own
    listed = reading.blocks[passage.block].kind in {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}
    told = _NEWS.search(reading.document.text, passage.start, passage.end) is not None
    if not (listed or told or role is Role.EVENT_HOST or role in _MOMENTS) or status is Status.DENIED:
        return None
    around = next(_told_around(reading, pair), None)
    if around is not None or status is Status.PLANNED:
        return around
    if told:
        return _date_of_news(reading) or _date_of_publication(reading)
    return _date_of_news(reading) if _is_told_above(reading, pair) else None


def _date_of_publication(reading: Reading) -> DateExpression | None:
    """What a text tells as news without a date happened when it was published, as far as anyone knows."""
    published = reading.document.published
    return None if published is None else DateExpression(0, 0, published, published, "point")


def _is_told_above(reading: Reading, pair: Candidate) -> bool:
    over = reading.governing[reading.passages[pair.passage].block]
    above = [*([over.lead_in] if over.lead_in is not None else []), *over.headings]
    return any(_NEWS.search(reading.document.text, reading.blocks[b].start, reading.blocks[b].end) for b in above)


def _date_of_news(reading: Reading) -> DateExpression | None:
    """The date that a short news item opens with: what it tells as new happened then."""
    published = reading.document.published
    if published is None:
        return None
    opening = find_dates(reading.document.text[:_OPENING], published)
    recent = [e for e in opening if e.kind == "point" and e.since and _is_recent(e.since, published)]
    return recent[0] if recent else None


def _is_recent(day: str, published: str) -> bool:
    """Whether `day` lies within some two months before publication, or is as vague as it."""
    if len(day) < 7 or len(published) < 7:
        return day[:4] == published[:4]
    months = (int(published[:4]) - int(day[:4])) * 12 + int(published[5:7]) - int(day[5:7])
    return 0 <= months <= 2


def _told_around(reading: Reading, pair: Candidate) -> Iterator[DateExpression]:
    """Dates of the sentences just before the evidence and of what stands over it, nearest first."""
    text, published = reading.document.text, reading.document.published
    passage = reading.passages[pair.passage]
    over = reading.governing[passage.block]
    spans: list[Span] = []
    for index in range(pair.passage - 1, max(-1, pair.passage - 1 - _BEFORE_REACH), -1):
        earlier = reading.passages[index]
        if earlier.block == passage.block and reading.blocks[passage.block].kind is BlockKind.PARAGRAPH:
            spans.append((earlier.start, earlier.end))
    above = [*([over.lead_in] if over.lead_in is not None else []), *reversed(over.headings)]
    spans += [(reading.blocks[index].start, reading.blocks[index].end) for index in above]
    for start, end in spans:
        yield from reversed(find_dates(text[start:end], published))


def _nearest(reading: Reading, span: Span, pair: Candidate, role: Role) -> DateExpression | None:
    start, end = span
    words = reading.document.text[start:end]
    city = (pair.city.start - start, pair.city.end - start)
    cues = find_role_cues(words, role)
    ranked = []
    for expression in find_dates(words, reading.document.published):
        here = (expression.start, expression.end)
        distance = min([_distance(words, city, here), *(_distance(words, cue, here) + 20 for cue in cues)])
        if distance <= _REACH:
            ranked.append((distance, expression.start, expression))
    return min(ranked)[2] if ranked else None


def _distance(words: str, one: Span, other: Span) -> int:
    """Characters between two spans; clauses and cells between them count as many more."""
    first, second = sorted((one, other))
    gap = words[first[1] : second[0]]
    ahead = 0 if other >= one else 15  # what follows a city belongs to it more often than what precedes
    return len(gap) + ahead + 60 * (gap.count(";") + gap.count("|") + gap.count("\t")) + 25 * gap.count(",")
