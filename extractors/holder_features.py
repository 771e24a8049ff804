"""Features of the persons who may hold an office for a city, for the trained chooser of holders.

A feature is a short string; see extractors.date_features for the manner. A person is described by the mention
that lies best to the claim: in the evidence, or else the nearest, with what ties the person to a city.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.candidates import Candidate
from extractors.cue_reader import find_role_cues
from extractors.office_words import COUNCIL_MEMBER
from extractors.people import Holder
from extractors.person_shapes import is_name_alone
from extractors.persons import Person, PersonMention
from extractors.place_names import fold_name
from extractors.reading import Reading
from extractors.relation_masks import Span
from extractors.structure import LISTED
from schemas.document import Block
from schemas.vocabulary import BlockKind, Role, Status

_TOKEN = re.compile(r"\w+|[^\w\s]|\n")
_WORD = re.compile(r"\b[a-z][a-z'’-]+\b")
_OFFICE_WORD = re.compile(rf"\b(?:lord )?(?:mayor|provost|vice-mayor|{COUNCIL_MEMBER})\w*\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|himself|herself|I|my)\b", re.IGNORECASE)
_STEPS = (0, 3, 8, 15, 25, 40, 60, 90, 130, 200, 300)
_MOST_CARD_LINES = 5
_FAMILIES = {
    Role.CHAIR: "head", Role.CO_CHAIR: "head", Role.VICE_CHAIR: "vice",
    Role.BOARD_MEMBER: "board", Role.COMMITTEE_CHAIR: "board",
}  # fmt: skip


def is_office(role: Role) -> bool:
    """Whether persons are elected or appointed to a role."""
    return role in _FAMILIES


def holder_traits(role: Role, status: Status) -> tuple[str, ...]:
    """What a claim is, from general to special, as the chooser weighs features by it."""
    family = _FAMILIES.get(role, "other")
    return "", "other" if family == "other" else "office", family, f"{family} {status.value}"


@dataclass(frozen=True, slots=True)
class OfficeContext:
    """What the features of all persons share for one claim."""

    reading: Reading
    pair: Candidate
    start: int
    """Half-open offsets of the evidence, or of the whole card that it is a line of."""
    end: int
    cues: list[Span]
    others: list[Span]
    """Other cities in the evidence."""
    tied: list[Holder]
    """Who is tied to the city anywhere in the text."""
    known: int
    """How many persons with a known given name the document names."""
    within: list[Span]
    """Mentions of persons in the evidence."""
    layout: str
    pronoun: str
    """The first personal pronoun of the evidence; empty where it has none."""

    @property
    def is_listed(self) -> bool:
        """Whether the evidence is an item of a list or a row of a table."""
        return self.layout in LISTED


def describe_office(reading: Reading, pair: Candidate, role: Role) -> OfficeContext:
    """The context of a claim that `pair` states in `role`."""
    passage = reading.passages[pair.passage]
    start, end = _find_card(reading, pair)
    text = reading.document.text[start:end]
    pronoun = _PRONOUN.search(text)
    return OfficeContext(
        reading,
        pair,
        start,
        end,
        [(a + start, b + start) for a, b in find_role_cues(text, role)],
        [(c.start, c.end) for c in reading.cities_in(start, end) if c.place.geonameid != pair.city.place.geonameid],
        [h for h in reading.holders if h.city.place.geonameid == pair.city.place.geonameid],
        sum(person.is_given for person in reading.persons),
        sorted((m.start, m.end) for p in reading.persons for m in p.mentions if start <= m.start < end),
        reading.blocks[passage.block].kind.value,
        pronoun.group().lower() if pronoun else "",
    )


def _find_card(reading: Reading, pair: Candidate) -> Span:
    """The evidence of a pair, or the card whose line it is: "City of Aberdeen, MD" over "Mayor Michael Bennett".

    A card is a few short lines of a list, apart from others by an empty line or begun by a person's name, that name no
    other city.
    """
    passage, blocks, text = reading.passages[pair.passage], reading.blocks, reading.document.text
    first = last = passage.block
    # No further than tells that it is no card: a list may have thousands of lines.
    while first and last - first < _MOST_CARD_LINES and _goes_on(text, blocks[first - 1], blocks[first]):
        first -= 1
    while last + 1 < len(blocks) and last - first < _MOST_CARD_LINES and _goes_on(text, *blocks[last : last + 2]):
        last += 1
    start, end, place = blocks[first].start, blocks[last].end, pair.city.place.geonameid
    is_card = 0 < last - first < _MOST_CARD_LINES and not any(
        city.place.geonameid != place for city in reading.cities_in(start, end)
    )
    return (start, end) if is_card else (passage.start, passage.end)


def _goes_on(text: str, above: Block, below: Block) -> bool:
    """Whether two blocks are lines of one card: items of a list with nothing between them but a line's end.

    A person's name alone begins another.
    """
    if not above.kind is below.kind is BlockKind.LIST_ITEM or text[above.end : below.start] != "\n":
        return False
    return not is_name_alone(text[below.start : below.end])


def features_of_nobody(context: OfficeContext) -> list[str]:
    """Features of the option that nobody is named as the holder."""
    within = min(len(context.within), 2)
    found = ["none", f"none within={within}", f"none {context.layout} within={within}"]
    return [*found, f"none pronoun={context.pronoun}", f"none city={context.pair.city.form}"]


def features_of_person(person: Person, context: OfficeContext) -> list[str]:
    """Features of one person."""
    mention, place, away = _best_mention(person, context)
    text = context.reading.document.text
    is_shouted = person.name.isupper()
    found = [
        place,
        f"capitals={is_shouted} {place == 'own'}",
        f"{place} known={min(3, context.known)}",
        f"given={person.is_given}",
        f"{place} given={person.is_given}",
        f"{place} within={min(len(context.within), 2)}",
    ]
    found += [f"{place} {context.layout}", f"{place} full={mention.is_full}", f"{place} city={context.pair.city.form}"]
    found += [f"{place} pronoun={context.pronoun} within={min(len(context.within), 2)}"]
    found += [f"{which} {place}" for which in _tell_ties(person, context)]
    found += _describe_words(mention, text, "in" if place == "own" else "out")
    if place == "own":
        found += _relate(mention, context)
    else:
        found += _look_around(mention, place, away, context)
    return found


def _best_mention(person: Person, context: OfficeContext) -> tuple[PersonMention, str, int]:
    city = (context.pair.city.start, context.pair.city.end)
    within = [m for m in person.mentions if context.start <= m.start < context.end]
    if within:
        return min(within, key=lambda m: _gap((m.start, m.end), city)), "own", 0
    before = [m for m in person.mentions if m.start < context.start]
    after = [m for m in person.mentions if m.start >= context.end]
    reading, at = context.reading, context.pair.passage
    ahead = at - reading.passage_at(before[-1].start) if before else 99
    behind = reading.passage_at(after[0].start) - at if after else 99
    mention, away, side = (before[-1], ahead, "before") if ahead <= behind else (after[0], behind, "after")
    return mention, f"{side}{away if away < 3 else '3-5' if away < 6 else '6+'}", away


def _tell_ties(person: Person, context: OfficeContext) -> Iterator[str]:
    """Whether the text ties the person to this city, another or none."""
    here = [h.rank for h in context.tied if h in person.ties]
    rival = any(h not in person.ties for h in context.tied)
    ties = person.ties
    tie = f"tied {min(here)}" if here else f"tied elsewhere {min(h.rank for h in ties)}" if ties else "tied nowhere"
    yield tie
    yield f"{tie} rival={rival}"
    if context.pair.city.holder is not None:
        same = fold_name(context.pair.city.holder).split()[-1] == fold_name(person.name).split()[-1]
        yield f"stands for the city={same} {context.pair.city.form}"


def _describe_words(mention: PersonMention, text: str, group: str) -> Iterator[str]:
    before = [t.lower() for t in _TOKEN.findall(text[max(0, mention.start - 40) : mention.start])]
    after = [t.lower() for t in _TOKEN.findall(text[mention.end : mention.end + 40])]
    yield f"{group} before={' '.join(before[-1:])}"
    yield f"{group} after={' '.join(after[:1])}"
    yield f"~{group} before={' '.join(before[-2:])}"
    yield f"~{group} after={' '.join(after[:2])}"
    for word in {*before[-5:]}:
        yield f"~{group}<{word}"
    for word in {*after[:5]}:
        yield f"~{group}>{word}"


def _relate(mention: PersonMention, context: OfficeContext) -> Iterator[str]:
    """How a person in the evidence lies to the city and to the words that state the role."""
    text = context.reading.document.text
    here, city = (mention.start, mention.end), (context.pair.city.start, context.pair.city.end)
    yield from _lie(text, here, city, "city")
    if context.cues:
        cue = min(context.cues, key=lambda cue: _gap(cue, here))
        yield from _lie(text, here, cue, "cue")
        yield f"nearest to cue={min(context.within, key=lambda m: _gap(m, cue)) == here}"
    first, second = sorted((here, city))
    yield f"cities between={min(2, sum(first[1] <= o[0] < second[0] for o in context.others))}"
    yield f"persons between={min(2, sum(first[1] <= m[0] < second[0] for m in context.within))}"
    yield f"another city nearer={any(_gap(o, here) < _gap(city, here) for o in context.others)}"
    ranked = sorted(context.within, key=lambda m: _gap(m, city))
    yield f"rank={min(2, ranked.index(here)) if here in ranked else 2} of {min(3, len(ranked))}"
    words = text[first[1] : second[0]][:160]
    yield f"office between={bool(_OFFICE_WORD.search(words))}"
    for word in set(_WORD.findall(words)):
        yield f"~{'city first' if city < here else 'person first'} between:{word}"


def _lie(text: str, here: Span, anchor: Span, name: str) -> Iterator[str]:
    side = "after" if here[0] >= anchor[0] else "before"
    gap = _gap(anchor, here)
    bucket = max(step for step in _STEPS if step <= gap)
    yield f"{name} {side} {bucket}"
    first, second = sorted((here, anchor))
    between = text[first[1] : second[0]]
    yield f"{name} {side} commas={min(3, between.count(','))}"
    for mark in ";|\n(:–":
        if mark in between:
            yield f"{name} {side} over{mark}"
    if gap < 25:
        yield f"{name} {side} gap={' '.join(_TOKEN.findall(between.lower()))}"


def _look_around(mention: PersonMention, place: str, away: int, context: OfficeContext) -> Iterator[str]:
    reading = context.reading
    at = reading.passage_at(mention.start)
    passage = reading.passages[at]
    geonameid = context.pair.city.place.geonameid
    names_city = any(
        r.place.geonameid == geonameid and passage.start <= r.start < passage.end for r in reading.references
    )
    network = any(m.network_id == context.pair.network_id for m in reading.networks_in(passage.start, passage.end))
    over = reading.governing[reading.passages[context.pair.passage].block]
    yield f"{place} city={names_city}"
    yield f"around network={network}"
    yield f"heading={passage.block in over.headings} lead_in={passage.block == over.lead_in}"
    yield f"same block={passage.block == reading.passages[context.pair.passage].block} {place[:5]}"
    persons = [m.start for p in reading.persons for m in p.mentions if passage.start <= m.start < passage.end]
    yield f"around persons={min(3, len(persons))}"
    between = sum(
        1 for p in reading.persons for m in p.mentions
        if min(mention.end, context.end) <= m.start < max(mention.start, context.start)
    )  # fmt: skip
    yield f"{place[:5]} persons between={min(3, between)}"
    for word in set(_WORD.findall(reading.document.text[passage.start : passage.end])):
        yield f"~around {word}"


def _gap(one: Span, other: Span) -> int:
    return max(0, other[0] - one[1], one[0] - other[1])
