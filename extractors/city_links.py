"""Which of the places that bear a name is meant.

That is settled by the country that stands beside the name, the countries that its section and its document speak of,
how near a place lies to the other places that the document names, and how large and renowned it is.

The weights are rounded from a softmax over the places of each name, fitted on the training documents;
`python -m extractors.training.measure_links FOLDER` tells how many ambiguous names are linked right.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from extractors.city_mention import CityMention
from extractors.columns import find_column_heading
from extractors.countries import Region
from extractors.country_context import (
    find_area_of_heading,
    find_country_in_row,
    find_country_words,
    find_region_words,
    find_states_in_row,
)
from extractors.gazetteer import Gazetteer, Place
from extractors.structure import Governing
from schemas.document import Block

_Scored = list[tuple[Place, float]]
_Point = tuple[float, float, float]
EARTH_KM = 6371.0
MAX_RUNNERS_UP = 3
BESIDE_WEIGHT = 6.0
"""A country or state beside the name outweighs any difference in population: log10 spans about 5."""
SECTION_WEIGHT = 3.0
DOCUMENT_WEIGHT = 1.5
"""Times the country's share of the document: a text about one country is about its towns."""
REGION_WEIGHT = 1.5
"""Times the share of the place's region among the regions that the text names."""
OWN_REGION_WEIGHT = 1.5
"""Of the region that a network of the document has in its name."""
FAVOURED_WEIGHT = 1.0
MAIN_NAME_WEIGHT = 1.0
"""A city's alternative names are often another's only name."""
SPELLING_WEIGHT = 0.5
ACCENT_WEIGHT = 1.0
"""A text that writes "San Ramón" means no place that is spelt San Ramon."""
RENOWN_WEIGHT = 1.2
"""Times log10 of the number of other names: Spain's Valencia is smaller than Venezuela's, and meant more often."""
NEAR_WEIGHT = 2.0
"""Times exp(-d / NEAR_KM), d to the nearest place that the document names without doubt."""
NEAR_KM = 800.0
ANCHOR_LEAD = 1.2
"""A link that leads the next by so much is without doubt."""
POPULATION_FLOOR = 300
AGREEMENT_MARGIN = 1.2
"""A bare name takes the place of a better supported mention only if it might mean it by itself."""
AGREEMENT_LEAD = 2.5
CITY_TOO = 50_000
"""A region's name that a city of so many people in its country bears (New York) is the city's."""
MOST_TIMES = 3
"""A country or region counts so many times at most, however often the text names it."""
REGION_PRIOR = 0.5
SHARE_PRIOR = 2.0
"""Counts as so many mentions of no country, so that a single one does not make a whole document."""


@dataclass(frozen=True, slots=True)
class CityName:
    """A name that is a city's, before it is told which city's."""

    start: int
    """Half-open offsets in the text."""
    end: int
    folded: str
    choices: tuple[tuple[Place, bool], ...]
    """The places of that name, and whether it is the usual one of each."""
    block: int
    beside: str | None
    """Country code, or `US:OH` for a state, that stands beside the name."""
    beside_end: int
    is_doubtful: bool
    """Whether it is an everyday word too, and nothing beside it says that a city is meant."""


@dataclass(frozen=True, slots=True)
class CountryHints:
    """What a document says of countries."""

    named: dict[str, str]
    """By folded city name: the country of the place that the name means by itself."""
    section: dict[int, str]
    """By block: the country of the heading over it, or the state, as `US:OH`."""
    favoured: Mapping[str, float]
    """By country or region: how much the document's networks speak for it, from 0 to 1."""
    regions: Mapping[str, float]
    """By region (`US:MN`): its share among those that the text names and that no city shares its name with."""
    counts: Counter[str]
    """How often the document speaks of each country, by its cities' names and otherwise."""
    total: float
    """Of the counts, and of SHARE_PRIOR."""

    def share_without(self, folded: str, code: str) -> float:
        """A country's share of what the document speaks of, leaving out the name that is asked about."""
        own = self.named.get(folded)
        return (self.counts[code] - (own == code)) / (self.total - (own is not None))


class CityLinker:
    """Links the names of a document's cities to places of one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def link(
        self,
        text: str,
        blocks: Sequence[Block],
        governing: Sequence[Governing],
        found: Sequence[CityName],
        favoured: Mapping[str, float],
    ) -> list[CityMention]:
        """A mention for each name, in order, with the place that it most likely means and its runners-up.

        `favoured` as `CityFinder.find` takes it.
        """
        hints = self._gather_hints(text, blocks, governing, found, favoured)
        scored = [_score(text, blocks, governing, name, hints) for name in found]
        return _agree([_link(name, choices) for name, choices in zip(found, _weigh_nearness(scored), strict=True)])

    def names_city(self, region: Region) -> bool:
        """Whether a region's name is that of a city in its country as well, as New York's is."""
        bearers = (place for place, _ in self._gazetteer.lookup(region.name))
        return any(p.country_code == region.country_code and p.population >= CITY_TOO for p in bearers)

    def _gather_hints(
        self,
        text: str,
        blocks: Sequence[Block],
        governing: Sequence[Governing],
        found: Sequence[CityName],
        favoured: Mapping[str, float],
    ) -> CountryHints:
        named: dict[str, str] = {}
        for name in found:
            best, margin = _guess_alone(name)
            if margin >= 1 or name.folded not in named:
                named[name.folded] = name.beside[:2] if name.beside else best
        # A list's heading stands over each of its items: read once.
        read_heading = cache(lambda heading: find_area_of_heading(text[blocks[heading].start : blocks[heading].end]))
        section: dict[int, str] = {}
        for index, over in enumerate(governing):
            for heading in reversed([*over.headings, *([over.lead_in] if over.lead_in is not None else [])]):
                area = read_heading(heading)
                if area:
                    section[index] = area
                    break
        regions = [region for region in find_region_words(text) if not self.names_city(region)]
        words = Counter([*find_country_words(text), *(region.country_code for region in regions)])
        counts = Counter({code: min(n, MOST_TIMES) for code, n in words.items()})
        counts.update(named.values())
        times = {area: min(n, MOST_TIMES) for area, n in Counter(region.area for region in regions).items()}
        total = sum(times.values()) + REGION_PRIOR
        shares = {area: n / total for area, n in times.items()}
        return CountryHints(named, section, favoured, shares, counts, counts.total() + SHARE_PRIOR)


def _score(
    text: str, blocks: Sequence[Block], governing: Sequence[Governing], name: CityName, hints: CountryHints
) -> _Scored:
    """The places that bear the name, with all that speaks for each but its neighbours."""
    column, row = None, None
    if blocks[name.block].cells:
        header = governing[name.block].header
        heading = find_column_heading(text, blocks, name.block, name.start, header)
        column = find_area_of_heading(text[slice(*heading)]) if heading else None
        states = find_states_in_row(text, blocks, name.block, name.start, header)
        country = find_country_in_row(text, blocks[name.block], name.start)
        row = _find_fitting(name, [*states, *(state[:2] for state in states), *([country] if country else [])])
    over = column or hints.section.get(name.block)
    section = _find_fitting(name, [over, over[:2]]) if over else None
    beside = name.beside or row
    surface = text[name.start : name.end]
    scored = []
    for place, is_main in name.choices:
        code = place.country_code
        score = score_alone(place, is_main=is_main)
        score += SPELLING_WEIGHT * (place.name == surface)
        score -= ACCENT_WEIGHT * (not surface.isascii() and place.name.isascii())
        score += BESIDE_WEIGHT * (beside is not None and fits(place, beside))
        score += SECTION_WEIGHT * (section is not None and fits(place, section))
        score += REGION_WEIGHT * hints.regions.get(place.area, 0.0)
        score += OWN_REGION_WEIGHT * hints.favoured.get(place.area, 0.0)
        score += FAVOURED_WEIGHT * hints.favoured.get(code, 0.0)
        score += DOCUMENT_WEIGHT * hints.share_without(name.folded, code)
        scored.append((place, score))
    return scored


def score_alone(place: Place, *, is_main: bool) -> float:
    """How much a name by itself means that place."""
    known = math.log10(place.population + POPULATION_FLOOR) + RENOWN_WEIGHT * math.log10(1 + place.renown)
    return known + MAIN_NAME_WEIGHT * is_main


def _weigh_nearness(scored: Sequence[_Scored]) -> list[_Scored]:
    """The scores with what the places that the document names without doubt add: neighbours are named together."""
    anchors = {best.geonameid: best for best, lead in map(_lead, scored) if lead >= ANCHOR_LEAD}
    where = {anchor: _on_map(place) for anchor, place in anchors.items()}
    return [_add_nearness(choices, where) for choices in scored]


def _lead(choices: _Scored) -> tuple[Place, float]:
    """The best place and how far it leads the next."""
    (best, score), *rest = sorted(choices, key=lambda pair: -pair[1])[:2]
    return best, score - rest[0][1] if rest else math.inf


def _add_nearness(choices: _Scored, where: Mapping[int, _Point]) -> _Scored:
    if len(choices) < 2 or _lead(choices)[1] > NEAR_WEIGHT:
        return choices
    own = {place.geonameid for place, _ in choices}
    others = np.array([point for anchor, point in where.items() if anchor not in own])
    if not len(others):
        return choices
    places = np.array([_on_map(place) for place, _ in choices])
    # Chords through the globe: near enough to distances where it matters, and free of date lines.
    km = np.linalg.norm(places[:, None] - others[None], axis=-1).min(axis=1)
    near = NEAR_WEIGHT * np.exp(-km / NEAR_KM)
    return [(place, score + float(bonus)) for (place, score), bonus in zip(choices, near, strict=True)]


def _on_map(place: Place) -> _Point:
    """Where a place lies on the globe, in km from its middle."""
    lat, lon = math.radians(place.latitude), math.radians(place.longitude)
    return (
        EARTH_KM * math.cos(lat) * math.cos(lon),
        EARTH_KM * math.cos(lat) * math.sin(lon),
        EARTH_KM * math.sin(lat),
    )


def _link(name: CityName, choices: _Scored) -> CityMention:
    ranked = sorted(choices, key=lambda pair: (-pair[1], pair[0].geonameid))
    best, score = ranked[0]
    runners_up = tuple((place, round(other, 3)) for place, other in ranked[1 : 1 + MAX_RUNNERS_UP])
    return CityMention(name.start, name.end, best, round(score, 3), runners_up)


def _guess_alone(name: CityName) -> tuple[str, float]:
    """Country of the place that a name means without context, and by how much it leads the next country's."""
    ranked: dict[str, float] = {}
    for place, is_main in name.choices:
        score = score_alone(place, is_main=is_main)
        ranked[place.country_code] = max(ranked.get(place.country_code, 0.0), score)
    best, *rest = sorted(ranked.items(), key=lambda item: (-item[1], item[0]))
    return best[0], best[1] - rest[0][1] if rest else math.inf


def _find_fitting(name: CityName, areas: Sequence[str]) -> str | None:
    """The first of the areas in which a place of that name lies."""
    return next((area for area in areas if any(fits(place, area) for place, _ in name.choices)), None)


def fits(place: Place, beside: str) -> bool:
    """Whether a place lies in a country (`US`) or in a state (`US:OH`)."""
    country, _, state = beside.partition(":")
    return place.country_code == country and (not state or place.admin1_code == state)


def _agree(mentions: list[CityMention]) -> list[CityMention]:
    """Give a bare "Córdoba" the place of a better supported mention of the name, if it might mean that by itself."""
    best: dict[int, CityMention] = {}
    for mention in mentions:
        known = best.get(mention.place.geonameid)
        if known is None or mention.score > known.score:
            best[mention.place.geonameid] = mention
    return [_follow(mention, best) for mention in mentions]


def _follow(mention: CityMention, best: Mapping[int, CityMention]) -> CityMention:
    rivals = [
        (best[place.geonameid], place)
        for place, score in mention.runners_up
        if place.geonameid in best and score >= mention.score - AGREEMENT_MARGIN
    ]
    if not rivals:
        return mention
    strongest, place = max(rivals, key=lambda rival: rival[0].score)
    if strongest.score <= mention.score + AGREEMENT_LEAD:
        return mention
    others = tuple(runner for runner in mention.runners_up if runner[0].geonameid != place.geonameid)
    return replace(mention, place=place, score=strongest.score, runners_up=((mention.place, mention.score), *others))
