"""What the finder of networks tells of one mention."""

from dataclasses import dataclass
from typing import Literal

Form = Literal["name", "acronym", "defined", "new"]


@dataclass(frozen=True, slots=True)
class NetworkMention:
    """Words that name a network; `start` and `end` are half-open offsets of the name alone, without its body."""

    start: int
    end: int
    network_id: str
    """Of the catalogue, or `new:` and the slug of the full name."""
    name: str
    """The network's usual name; for a new one its fullest name in the text."""
    score: float
    """From 0 to 1: how sure it is that the words mean this network."""
    form: Form
    body: str | None
    """Section, committee, programme, event or award whose words touch the name, as the text has them."""
    runners_up: tuple[tuple[str, float], ...]
    """Other networks that the words may mean, with their scores, best first."""
