"""What the finder of cities tells of one mention."""

from dataclasses import dataclass, field

from extractors.gazetteer import Place


@dataclass(frozen=True, slots=True)
class CityMention:
    """Words that name a city, with what they were linked to."""

    start: int
    """Half-open offsets in the text."""
    end: int
    place: Place
    score: float
    """Of the link: comparable within one mention only."""
    runners_up: tuple[tuple[Place, float], ...] = field(default=())
