"""Dates in running text: since when and until when, as exact as the words and the day of publication allow."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from extractors.date_words import COUNT, STILL, Piece, find_pieces, to_number
from extractors.moments import Moment
from schemas.dates import PartialDate, check_partial_date

Kind: TypeAlias = Literal["point", "range", "open_start", "open_end", "term"]


@dataclass(frozen=True)
class DateExpression:
    """Words that say when."""

    start: int
    """Half-open offsets of the words, with `since`, `from`, `until` or `by` but without `in` or `on`."""
    end: int
    since: PartialDate | None
    until: PartialDate | None
    kind: Kind
    """point: since and until are the same; range: both are told; open_start: until alone; open_end: since alone;
    term: until alone, so many years after the date that its sentence tells, or else after publication (`elected for two
    years`)."""


_CONNECTOR = re.compile(
    r"(?!\s*\n\s*[-–—‑]\s)\s*(?:[-–—‑]|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bup to\b)\s*"
    r"(?:the\s|early\s|late\s|(?:the\s)?(?:end|beginning|start|middle)\sof\s)?",
    re.I,
)
"""Between the ends of a period; a dash that begins a line is the next item's."""
_AND = re.compile(r"\s+and\s+", re.I)
_LEAD = re.compile(
    r"\b(?P<lead>since|ever since|from|as of|as from|with effect from|effective|starting|beginning|after|between"
    r"|until|till|through|up to|by|before)\s+"
    r"(?:(?:the|in|on|at|early|late|mid|spring|summer|autumn|fall|winter|end|beginning|start|middle|of|last|year)[\s-]+)*$",
    re.I,
)
_OPEN_START = {"until", "till", "through", "up to", "by", "before"}
_ONWARDS = re.compile(
    r"\s*(?:onwards?\b|on\b(?=[\s,.;]+(?:it|the|she|he|they|$))"
    # "2019 – now it has thirty members" and "in 2019 to present a plan" go on otherwise.
    r"|[-–—‑]\s?(?:present|ongoing|(?:to )?date)\b|to the present\b"
    rf"|(?:[-–—‑]\s?|\b(?:up to|to|until|till|through)\s){STILL}(?=\s*(?:[)\].,;:|\n]|$)))"
    r"|\s?[–—-](?=\s*(?:[)\]|\n,;]|$))|[–—-](?=[ \t]+[^\W\d_])",
    re.I,
)
"""Words, and the dash of a period that has not ended: `2020–`, `(2020–)`, `2020– Florence`."""
_TO_TODAY = re.compile(r"(?:\s?[-–—‑]\s?|\s(?:to|and|up to|through)\s)today", re.I)
"""What was so `until today` may well have ended today."""
_TERM = re.compile(
    rf"\b(?:for|of)\s(?:an?\s(?:\w+\s)?(?:term|period|mandate)\sof\s|the\s(?:next|coming)\s|another\s)?(?P<count>{COUNT})"
    rf"\s(?:more\s)?years?\b|\b(?P<length>{COUNT})-year(?:s['’])?\s(?:term|mandate|presidency|chairmanship|period)\b",
    re.I,
)
_TAKES_OFFICE = re.compile(
    r"\b(?:(?:re-?)?elect(?:ed|s|ion)?|appoint(?:ed|s)?|chose|chosen|named|voted|term|mandate|will|next|coming|made|"
    r"takes?\s(?:over|office)|took\s(?:over|office)|newcomers?|new)\b",
    re.I,
)
_TERM_REACH = 60
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n\s*\n")
_YEAR_OF_DAY = re.compile(r",?\s+(?:of\s+|in\s+)?", re.I)
_NEXT_ROW = re.compile(r"\d{4}\s*\|")
_BEGAN_BEFORE = re.compile(
    r"\b(?:founded|established|created|formed|launched|set up|incorporated|inaugurated|born)\b[^.;]{0,25}$", re.I
)
"""Before the year of a network or person, which dates nothing else: "Eurocities, founded in 1986, met on 3 April"."""
_SAME_DAY = re.compile(r",?\s*(?:on\s+)?(?:the\s+)?", re.I)
# The verb nearest before a date tells whether it lies ahead; where there is none, the one after it.
_FUTURE = r"will|shall|would|going to|(?:is|are)(?:\s\w+ly)? to(?: be \w+)?|to be \w+"
_PRESENT = (
    r"set for|upcoming|coming|plans?|expects?|expected|scheduled|due|tomorrow|invites?|invited|candidate|for a vote"
    r"|meets?|elects|falls|opens|hosts|lapses|expires|ends|runs out|starts|begins|convenes?|holds"
    r"|takes (?:over|office|place)|gathers?|welcomes|hands over|steps down|leaves|joins|travels|follows"
    r"|kicks off|gets under way|closes"
)
_PAST = r"was|were|had|did|has|have|been|held|took|left|became|ran|sat|met|led|began|chose|won|gave|came|went|got|fell"
_IRREGULAR = frozenset("been chosen held led left met run won".split())
"""Of what _PAST matches: participles as well, as in `will be held`."""
_PARTICIPLE = r"(?!hundred|indeed|need|exceed|proceed|speed|expected|scheduled|invited)\w{2,}ed"
_VERB = re.compile(
    rf"\b(?:(?P<future>{_FUTURE})|(?P<present>{_PRESENT})|(?P<past>{_PAST})|(?P<participle>{_PARTICIPLE}))\b"
)
_CALENDAR = re.compile(
    r"\b(?:upcoming|forthcoming|coming|calendar|diary|what['’]s on|next events|save the date)\b", re.I
)


def find_dates(text: str, published: str | None) -> list[DateExpression]:
    """The dates that a text names, in order, without overlaps.

    A day or month without a year is the last one at or before publication, the next one where the sentence
    looks ahead. What cannot be told is left out: decades, and references to an unknown day of publication.

    Args:
        text: any text; offsets refer to it.
        published: a partial date, or None where it is not known.

    Raises:
        ValueError: `published` is no partial date.
    """
    day = _to_moment(published)
    found: list[DateExpression] = []
    for piece in _join_pieces(text, find_pieces(text, day)):
        if found and piece.start < found[-1].end:
            continue  # "two years later to today" holds the day that it goes on to
        dated = _date_piece(text, piece, day, found)
        if dated is not None:
            found.append(_express(text, dated, found[-1].end if found else 0))
    terms = [term for term in _find_terms(text, day, found) if not any(_overlap(term, other) for other in found)]
    return sorted([*found, *terms], key=lambda expression: expression.start) if terms else found


def _find_terms(text: str, published: Moment, found: Sequence[DateExpression]) -> Iterator[DateExpression]:
    """Terms of office, in sentences that tell of an election or of what is to come."""
    if published.year is None:
        return
    for match in _TERM.finditer(text):
        opening = max(text.rfind(". ", 0, match.start()), text.rfind("\n\n", 0, match.start())) + 1
        if _TAKES_OFFICE.search(text, opening, match.end() + _TERM_REACH):
            begun = [
                int(e.since[:4]) for e in found if e.since and opening <= e.start < match.start() and _is_begun(text, e)
            ]
            years = to_number(match["count"] or match["length"])
            yield DateExpression(*match.span(), None, f"{(begun or [published.year])[-1] + years}", "term")


def _is_begun(text: str, told: DateExpression) -> bool:
    """Whether a term may begin at a date, which is not that of a founding."""
    return told.kind in {"point", "open_end"} and not _is_of_beginnings(text, told)


def _is_of_beginnings(text: str, told: DateExpression) -> bool:
    return _BEGAN_BEFORE.search(text, max(0, told.start - 60), told.start) is not None


def _overlap(one: DateExpression, other: DateExpression) -> bool:
    return one.start < other.end and other.start < one.end


def _join_pieces(text: str, pieces: list[Piece]) -> Iterator[Piece]:
    """Pieces, with the two ends of a period made one: `28 September` – `1 October 2023`."""
    rest = iter(pieces)
    held = next(rest, None)
    for piece in rest:
        assert held is not None
        if _tells_year(text, held, piece):
            held = replace(held, end=piece.end, first=held.first._replace(year=piece.first.year), shift=piece.shift)
        elif _bounds_period(text, held, piece):
            goes_on = _TO_TODAY.fullmatch(text, held.end, piece.end) is not None
            held = replace(held, end=piece.end, is_open=True) if goes_on else _join(held, piece)
        else:
            yield held
            held = piece
    if held is not None:
        yield held


def _tells_year(text: str, one: Piece, other: Piece) -> bool:
    """Whether the second piece is the year of the first: `in June of last year`, `on 3 May the same year`."""
    if one.first.year is not None or one.shift is not None or one.last or other.last or other.first.month:
        return False
    lines = text.count("\n", one.end, other.start)
    if lines > 1 or (lines and _NEXT_ROW.match(text, other.start)):
        return False
    return _YEAR_OF_DAY.fullmatch(text, one.end, other.start) is not None


def _bounds_period(text: str, one: Piece, other: Piece) -> bool:
    if one.last or other.last or one.shift is not None or other.shift is not None or other.start - one.end > 24:
        return False
    between = text[one.end : other.start]
    if _CONNECTOR.fullmatch(between) is None:
        lead = _find_lead(text, one.start, 0)
        if lead is None or lead["lead"].lower() != "between" or _AND.fullmatch(between) is None:
            return False
    joined = _join(one, other)
    assert joined.last is not None
    return (
        joined.first.year is None
        or joined.last.year is None
        or (_fill(joined.first, 1, 1) <= _fill(joined.last, 12, 31))
    )


def _join(one: Piece, other: Piece) -> Piece:
    first = one.first
    if first.year is None and other.first.year is not None:
        crosses = first.month is not None and other.first.month is not None and first.month > other.first.month
        first = first._replace(year=other.first.year - crosses)
    return Piece(one.start, other.end, first, other.first)


def _fill(moment: Moment, month: int, day: int) -> Moment:
    return Moment(moment.year, moment.month or month, moment.day or day)


def _date_piece(text: str, piece: Piece, published: Moment, found: list[DateExpression]) -> Piece | None:
    """The piece with its years filled in from its context; None where nothing tells them."""
    if piece.shift is not None:
        before = found[-1].since or found[-1].until if found else None
        return replace(piece, first=piece.first._replace(year=int(before[:4]) + piece.shift)) if before else None
    if piece.first.year is not None:
        return replace(piece, first=piece.ahead) if piece.ahead and _looks_ahead(text, piece) else piece
    year = _infer_year(text, piece, published, found)
    if year is None:
        return None
    first, last = piece.first._replace(year=year), piece.last
    if last is not None and last.year is None:
        last = last._replace(year=year + ((last.month or 0) < (first.month or 0)))
    return replace(piece, first=first, last=last)


def _infer_year(text: str, piece: Piece, published: Moment, found: list[DateExpression]) -> int | None:
    told = found[-1] if found and not _tells_another_year(text, found[-1], piece, published) else None
    if told is not None and told.kind == "point" and told.since:
        between = text[told.end : piece.start]
        if len(between) < 200 and not _SENTENCE_END.search(between):
            return int(told.since[:4])
    if published.year is None or published.month is None:
        # In a text of a known year, the year named last is the better guess: reports look back.
        near = told.since if told is not None and piece.start - told.end < 300 else None
        return int(near[:4]) if near and published.year else published.year
    is_exact = published.day is not None and piece.first.day is not None
    today = (published.month, published.day if is_exact else 0)
    begins, ends = (_day_of_year(moment, is_exact=is_exact) for moment in (piece.first, piece.last or piece.first))
    if _looks_ahead(text, piece):
        return published.year + (max(begins, ends) < today)  # a period lies ahead until it is over
    return published.year - (begins > today)


def _tells_another_year(text: str, told: DateExpression, piece: Piece, published: Moment) -> bool:
    """Whether the date before a day without a year is a beginning's or an aim's, while publication tells the year."""
    if published.month is None or told.since is None or _SAME_DAY.fullmatch(text, told.end, piece.start):
        return False
    return _is_of_beginnings(text, told) or int(told.since[:4]) > (published.year or 0) + 1


def _day_of_year(moment: Moment, *, is_exact: bool) -> tuple[int, int]:
    return moment.month or 0, (moment.day or 0) if is_exact else 0


def _looks_ahead(text: str, piece: Piece) -> bool:
    """Whether the sentence speaks of what is to come at the piece's date."""
    before = _SENTENCE_END.split(text[max(0, piece.start - 200) : piece.start])[-1]
    verbs = list(_VERB.finditer(before))
    lead = _find_lead(text, piece.start, 0)
    if lead is not None and lead["lead"].lower() in {"until", "till", "by"}:
        return not any(verb["past"] or verb["participle"] for verb in verbs)
    if not verbs:
        after = _SENTENCE_END.split(text[piece.end : piece.end + 120])[0]
        verbs = list(_VERB.finditer(after))[:1]
    if not verbs:
        return _CALENDAR.search(text, max(0, piece.start - 400), piece.start) is not None
    return _is_future(verbs)


def _is_future(verbs: list[re.Match[str]]) -> bool:
    """The tense of the last of the verbs; a participle after a future is part of it: `will be installed`."""
    tense = "past"
    for verb in verbs:
        assert verb.lastgroup is not None  # every alternative is a named group
        if verb.lastgroup != "participle" and verb.group() not in _IRREGULAR:
            tense = verb.lastgroup
        elif tense != "future":
            tense = "past"
    return tense != "past"


def _find_lead(text: str, start: int, reached: int) -> re.Match[str] | None:
    return _LEAD.search(text, max(reached, start - 40), start)


def _express(text: str, piece: Piece, reached: int) -> DateExpression:
    """The piece as an expression, with what its lead (`since`, `until`) says of the other end."""
    lead = _find_lead(text, piece.start, reached)
    word = lead["lead"].lower() if lead else None
    start = lead.start() if lead else piece.start
    since = _to_text(piece.first)
    if piece.last is not None:
        until = _to_text(_date_end(piece.first, piece.last))
        if _is_ordered(since, until):
            return DateExpression(start, piece.end, since, until, "range")
        # "31 May - 30" is no period.
        return DateExpression(start, piece.end, since, since, "point")
    if word in _OPEN_START:
        return DateExpression(start, piece.end, None, since, "open_start")
    onwards = _ONWARDS.match(text, piece.end)
    if piece.is_open or onwards or word not in {None, "between"}:
        return DateExpression(start, onwards.end() if onwards else piece.end, since, None, "open_end")
    return DateExpression(start, piece.end, since, since, "point")


def _date_end(first: Moment, last: Moment) -> Moment:
    """The end of a period; where nothing tells its year the first one after its beginning: `2019 until May`."""
    if last.year is not None or first.year is None:
        return last
    begins, ends = (first.month or 0, first.day or 0), (last.month or 12, last.day or 31)
    return last._replace(year=first.year + (ends < begins))


def _to_moment(published: str | None) -> Moment:
    return Moment(*map(int, check_partial_date(published).split("-"))) if published else Moment()


def _is_ordered(since: PartialDate, until: PartialDate) -> bool:
    """Whether a period may begin and end so, as exactly as both dates are told."""
    exact = min(len(since), len(until))
    return since[:exact] <= until[:exact]


def _to_text(moment: Moment) -> PartialDate:
    """The date; without its day where the month has none such in that year, as 29 February in most."""
    if moment.year and moment.month and moment.day and moment.day > monthrange(moment.year, moment.month)[1]:
        moment = moment._replace(day=None)
    parts = [f"{moment.year:04}", *(f"{part:02}" for part in moment[1:] if part is not None)]
    return "-".join(parts)
