"""Features of the dates that may belong to a claim, for the trained choosers of `since` and `until`.

A feature is a short string. Those of an option say where its date stands, which words are around it and how
far off the city and the words of the role are; those of the claim (its words, its layout) are told apart by
the option's place, since the same words speak for a date in the evidence and against the day of publication.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extractors.candidates import Candidate
from extractors.cue_reader import find_role_cues
from extractors.date_options import DateOption
from extractors.reading import Reading
from extractors.relation_masks import Span
from schemas.vocabulary import Role, Status

_WORD = re.compile(r"\b[a-z][a-z'’-]+\b|[A-Z][a-z]+(?= (?:in|on|since|until|from|of)\b)")
_TOKEN = re.compile(r"\w+|[^\w\s]|\n")
_FAMILIES = {
    Role.CHAIR: "office", Role.CO_CHAIR: "office", Role.VICE_CHAIR: "office",
    Role.BOARD_MEMBER: "office", Role.COMMITTEE_CHAIR: "office",
    Role.FOUNDING_MEMBER: "founding", Role.SIGNATORY: "signing", Role.AWARD_WINNER: "award",
    Role.EVENT_HOST: "event", Role.SECRETARIAT_HOST: "seat",
}  # fmt: skip
_STEPS = (0, 3, 8, 15, 25, 40, 60, 90, 130, 200, 300)


def claim_traits(role: Role, status: Status) -> tuple[str, ...]:
    """What a claim is, from general to special, as the choosers weigh features by it."""
    family = _FAMILIES.get(role, "member")
    return "", family, f"{family} {status.value}", role.value


@dataclass(frozen=True, slots=True)
class ClaimContext:
    """What the features of all options of one claim share."""

    reading: Reading
    pair: Candidate
    start: int
    """Half-open offsets of the evidence."""
    end: int
    cues: list[Span]
    """Words in the evidence that may state the role; offsets in the text."""
    others: list[Span]
    """Other cities in the evidence."""
    own: list[int]
    """Where the dates of the evidence start."""
    words: frozenset[str]
    """Words of the evidence in lower case, and those near the city marked so."""
    layout: str


def describe_claim(reading: Reading, pair: Candidate, role: Role) -> ClaimContext:
    """The context of a claim that `pair` states in `role`."""
    passage = reading.passages[pair.passage]
    text = reading.document.text[passage.start : passage.end]
    cues = [(a + passage.start, b + passage.start) for a, b in find_role_cues(text, role)]
    others = [
        (c.start, c.end)
        for c in reading.cities_in(passage.start, passage.end)
        if c.place.geonameid != pair.city.place.geonameid
    ]
    own = [e.start for e in reading.dates_in(passage.start, passage.end)]
    near = reading.document.text[max(passage.start, pair.city.start - 60) : min(passage.end, pair.city.end + 60)]
    words = {f"w:{word}" for word in _words(text)} | {f"n:{word}" for word in _words(near)}
    over = reading.governing[passage.block]
    above = [*([over.lead_in] if over.lead_in is not None else []), *over.headings[-1:]]
    for index in above:
        block = reading.blocks[index]
        words |= {f"o:{word}" for word in _words(reading.document.text[block.start : block.end].lower())}
    return ClaimContext(
        reading, pair, passage.start, passage.end, cues, others, own, frozenset(words),
        reading.blocks[passage.block].kind.value,
    )  # fmt: skip


def _words(text: str) -> set[str]:
    return {match.group().lower() for match in _WORD.finditer(text)}


def features_of_none(context: ClaimContext) -> list[str]:
    """Features of the option that nothing tells the date."""
    return ["none", f"none own={min(len(context.own), 2)}", f"none {context.layout} own={min(len(context.own), 2)}"]


def features_of(option: DateOption, context: ClaimContext) -> list[str]:
    """Features of one date."""
    place = option.place
    own = min(len(context.own), 2)
    found = [place, f"{place} own={own}", f"{place} {context.layout}", f"{place} near={context.pair.city.form}"]
    found += [f"~{place} {word}" for word in context.words]
    found += [f"{place} {which}" for which in _describe_value(option, context)]
    if option.expression is None:
        return found
    text = context.reading.document.title or "" if place == "title" else context.reading.document.text
    group = "own" if place == "own" else "around"
    for which in _describe_words(option, text):
        found.append(f"~{group} {which[1:]}" if which.startswith("~") else f"{group} {which}")
    if place == "own":
        found += _relate(option, context)
    elif place != "title":
        found += _look_around(option, context)
    return found


def _describe_value(option: DateOption, context: ClaimContext) -> Iterator[str]:
    """How exact the date is, and how it lies to the day of publication."""
    value, published = option.value, context.reading.document.published
    yield f"exact={len(value)}"
    if published is None:
        return
    shared = min(len(value), len(published))
    if value[:shared] == published[:shared]:
        yield f"same as published exact={len(value)} {len(published)}"
    elif value > published:
        yield "after published"
        yield f"after published years={min(3, int(value[:4]) - int(published[:4]))}"
    else:
        yield "before published"
        years = int(published[:4]) - int(value[:4])
        yield f"before published years={years if years < 3 else '3-9' if years < 10 else '10+'}"


def _describe_words(option: DateOption, text: str) -> Iterator[str]:
    """The words around the date."""
    expression = option.expression
    assert expression is not None
    kind = f"{expression.kind}{'.end' if option.is_end else ''}"
    yield kind
    before = [t.lower() for t in _TOKEN.findall(text[max(0, expression.start - 50) : expression.start])]
    after = [t.lower() for t in _TOKEN.findall(text[expression.end : expression.end + 40])]
    first = _TOKEN.match(text, expression.start)
    lead = first.group().lower() if first else ""
    yield f"{kind} lead={lead if not lead[:1].isdigit() else '0'}"
    yield f"before={' '.join(before[-1:])}"
    yield f"before={' '.join(before[-2:])}"
    yield f"{kind} before={' '.join(before[-1:])}"
    yield f"after={' '.join(after[:1])}"
    yield f"after={' '.join(after[:2])}"
    for word in set(before[-7:]):
        yield f"~around<{word}"
    for word in set(after[:5]):
        yield f"~around>{word}"


def _relate(option: DateOption, context: ClaimContext) -> Iterator[str]:
    """How a date in the evidence lies to the city and to the words that state the role."""
    expression, pair = option.expression, context.pair
    assert expression is not None
    here, city = (expression.start, expression.end), (pair.city.start, pair.city.end)
    text = context.reading.document.text
    kind = f"{expression.kind}{'.end' if option.is_end else ''}"
    yield from (f"{name} {kind}" for name in _lie(text, here, city, "city"))
    yield from _lie(text, here, city, "city")
    if context.cues:
        nearest = min(context.cues, key=lambda cue: _gap(cue, here))
        yield from _lie(text, here, nearest, "cue")
    between = sorted((here, city))
    apart = sum(between[0][1] <= other[0] < between[1][0] for other in context.others)
    dates = sum(between[0][1] <= start < between[1][0] for start in context.own)
    yield f"cities between={min(apart, 3)}"
    yield f"dates between={min(dates, 3)}"
    nearer = [other for other in context.others if _gap(other, here) < _gap(city, here)]
    yield f"another city nearer={bool(nearer)}"
    ahead = [other for other in context.others if _gap(other, here) < _gap(city, here) and other[0] < here[0]]
    yield f"another city nearer ahead={bool(ahead)}"
    rank = sorted(context.own, key=lambda start: _gap((start, start + 4), city)).index(expression.start)
    yield f"rank={min(rank, 3)} of {min(len(context.own), 3)}"
    at = context.own.index(expression.start)
    order = "only" if len(context.own) == 1 else "first" if at == 0 else "last" if at == len(context.own) - 1 else "mid"
    yield f"order={order}"
    words = text[between[0][1] : between[1][0]] if between[1][0] - between[0][1] < 160 else ""
    for word in {t.lower() for t in _WORD.findall(words)}:
        yield f"~{'city first' if city < here else 'date first'} between:{word}"


def _lie(text: str, here: Span, anchor: Span, name: str) -> Iterator[str]:
    """Side and distance of a date to an anchor, and what breaks the text between them."""
    side = "after" if here[0] >= anchor[0] else "before"
    gap = _gap(anchor, here)
    yield f"{name} {side} {_bucket(gap)}"
    yield f"{name} {_bucket(gap)}"
    first, second = sorted((here, anchor))
    between = text[first[1] : second[0]]
    for mark in ";|\n(:–":
        if mark in between:
            yield f"{name} {side} over{mark}"
    yield f"{name} {side} commas={min(3, between.count(','))}"
    if gap < 12:
        yield f"{name} {side} gap={' '.join(_TOKEN.findall(between.lower()))}"


def _gap(one: Span, other: Span) -> int:
    return max(0, other[0] - one[1], one[0] - other[1])


def _bucket(gap: int) -> int:
    return next((low for low, high in pairwise((*_STEPS, 10**9)) if low <= gap < high), _STEPS[-1])


def _look_around(option: DateOption, context: ClaimContext) -> Iterator[str]:
    """What else the passage of a date outside the evidence tells: of the city, the network, the role."""
    reading, expression = context.reading, option.expression
    assert expression is not None
    at = reading.passage_at(expression.start)
    passage = reading.passages[at]
    place = option.place
    yield f"{place} away={min(option.away, 6)}"
    names_city = any(
        r.place.geonameid == context.pair.city.place.geonameid and passage.start <= r.start < passage.end
        for r in reading.references
    )
    names_network = any(
        m.network_id == context.pair.network_id for m in reading.networks_in(passage.start, passage.end)
    )
    yield f"around city={names_city}"
    yield f"around network={names_network}"
    yield f"{place} city={names_city} network={names_network}"
    dates = [e.start for e in reading.dates_in(passage.start, passage.end)]
    order = dates.index(expression.start) if expression.start in dates else 0
    yield f"around dates={min(3, len(dates))} last={order == len(dates) - 1}"
    yield f"opening={expression.start < 400}"
    for word in _words(reading.document.text[passage.start : passage.end]):
        yield f"~around w:{word}"
