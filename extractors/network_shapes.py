"""Finds names of city networks by their shape: a kind of body, and a word for cities beside it.

`League of Historical Cities`, `Nordic Safe Cities Network`, `Cities for Fair and Ethical Trade`,
`Association of Polish Communes of the Euroregion Baltic`. Names in other languages: see
`network_foreign`. Single names that only their use tells to be networks: see `network_use`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extractors import network_vocabulary as words
from extractors.network_chains import Token, grow_chain
from extractors.network_definitions import is_acronym_of

_SEED = re.compile(
    r"\b(?:Cities|Towns|Mayors|Municipalities|Communes|Boroughs|Villages|Metropolises|Capitals|Localities|Megacities|"
    r"Local\s+(?:(?:and|&)\s+Regional\s+)?(?:Governments?|Authorit(?:ies|y)|Councils|Administrations|Leaders)|Public\s+Administrations|Urban|Metropolitan|"
    r"City|Town|Municipal|Mayoral|Inter-?[Cc]ity|Communities|Councils|"
    r"CITIES|TOWNS|MAYORS|MUNICIPALITIES|COMMUNES|CITY|MUNICIPAL|LOCAL\s+(?:GOVERNMENTS?|AUTHORITIES))\b"
)
MAX_WORDS = 14
_LONGEST_BEGINNING = 20
_WORD_BEGUN = re.compile(r"(?<!\w)[A-Z]\w*-$")
"""What stands before a hyphen."""
_NUMBER = re.compile(r"[\d.]+")


@dataclass(frozen=True, slots=True)
class Shape:
    """A name that reads as a network's; half-open offsets."""

    start: int
    end: int
    score: float


def find_shapes(text: str) -> Iterator[Shape]:
    """Names with a word for cities in them, in the order of the text, not overlapping."""
    reached = 0
    for seed in _SEED.finditer(text):
        if seed.start() < reached:
            continue
        # The whole word: "Velo-Cities Alliance".
        begun = _WORD_BEGUN.search(text, max(0, seed.start() - _LONGEST_BEGINNING), seed.start())
        chain = grow_chain(text, begun.start() if begun else seed.start(), seed.end())
        shape = _judge(text, chain)
        if shape is not None and shape.start >= reached:
            yield shape
            reached = shape.end


def _judge(text: str, chain: list[Token]) -> Shape | None:
    chain = _cut_outer_phrase(_trim(chain))
    if len(chain) < 2 or len(chain) > MAX_WORDS:
        return None
    bases = [token.base for token in chain]
    if _is_of_another_trade(bases) or _is_award(bases):
        return None
    if words.NOT_THESE.search(text, chain[0].start, chain[-1].end):
        return None
    before, first = text[max(0, chain[0].start - 20) : chain[0].start], f"{chain[0].text} "
    if words.EVENT_BEFORE.search(before) or words.EVENT_BEFORE.search(before + first):
        return None
    score = _score_name(bases, chain)
    if score is None and _is_cities_for(chain):
        score = 0.6
    if score is None and _is_called_network(text, chain):
        score = 0.6
    if score is None and _is_given_acronym(text, chain):
        score = 0.6
    if score is None:
        return None
    return Shape(chain[0].start, chain[-1].base_end, score)


def _is_of_another_trade(bases: list[str]) -> bool:
    """`Union of Bank Employees`; not so `League of University Towns`, where the word only tells the towns apart.

    Nor is it `Mayors for Night Schools`: what cities are for may be anything.
    """
    bases = bases[: next((i for i, base in enumerate(bases) if base in {"for", "against"}), len(bases))]
    own = [one for one, two in pairwise([*bases, ""]) if two not in words.PLURAL_CITY_WORDS]
    return any(base in words.NOT_A_NETWORK for base in own) or ("trade" in bases and "union" in bases)


def _is_award(bases: list[str]) -> bool:
    """`Mayors' Climate Protection Award of the Conference`."""
    return any(one in _AWARDS and two == "of" for one, two in pairwise(bases))


def _trim(chain: list[Token]) -> list[Token]:
    """Drop words in front and behind that are no part of a name, and what follows a complete one."""
    while chain and (
        chain[0].lower in words.CONNECTORS or chain[0].base in words.TITLES or _NUMBER.fullmatch(chain[0].text)
    ):
        chain = chain[1:]
    head = next((i for i, token in enumerate(chain) if token.base in words.HEADS and i > 0), None)
    city = next((i for i, token in enumerate(chain) if _names_cities(chain, i)), None)
    if city is not None:
        done = max(city, head) if head is not None else city
        for i in range(done + 1, len(chain)):
            if chain[i].base in words.TAIL_STOPS or chain[i].base in words.TITLES:
                chain = chain[:i]
                break
    while chain and chain[-1].lower in words.CONNECTORS:
        chain = chain[:-1]
    return chain


def _cut_outer_phrase(chain: list[Token]) -> list[Token]:
    """`Candidate for the Creative Cities Network` is about the network after `the`; so is `Assembly of the …`."""
    for i in range(1, len(chain) - 2):
        if chain[i].lower in {"the", "a"} and chain[i - 1].lower in words.PREPOSITIONS:
            rest = chain[i + 1 :]
            if _score_name([token.base for token in rest], rest) is not None:
                return rest
    return chain


_CALLED_AFTER = re.compile(rf"[”\"]?\s+(?:{words.NETWORK_NOUN}|programme|declaration)\b")
_CALLED_BEFORE = re.compile(
    rf"(?:\b(?:{words.NETWORK_NOUN}|members?\s+of|part\s+of|[Jj]oin(?:ed|s|ing)?|belongs?\s+to|[Pp]resident\s+of|[Cc]hair\s+of)\s+"
    rf"(?:the\s+)?[“\"]?)$"
)


def _is_called_network(text: str, chain: list[Token]) -> bool:
    """`the Nordic Safe Cities network`, `the network Swedish Cycling Cities`: what the words around say."""
    if chain[-1].base not in words.PLURAL_CITY_WORDS or len(chain) < 2 or chain[-1].is_possessive:
        return False
    own = [token.base for token in chain[:-1] if token.base not in words.CONNECTORS | words.GENERIC_WORDS]
    if not own or set(own) <= {"member", "sister", "twin", "partner", "capital", "port", "host", "lead", "executive"}:
        return False
    before = text[max(0, chain[0].start - 40) : chain[0].start]
    return len(chain) >= 3 and (
        _CALLED_AFTER.match(text, chain[-1].end) is not None or _CALLED_BEFORE.search(before) is not None
    )


def _is_given_acronym(text: str, chain: list[Token]) -> bool:
    """`Ontario's Big City Mayors (OBCM)`: a name of cities that is worth an acronym is a body's."""
    if len(chain) < 3 or chain[-1].base in _NO_BODIES or not _names_members_or_body(chain):
        return False
    found = _ACRONYM_AFTER.match(text, chain[-1].end)
    return found is not None and is_acronym_of(found[1], " ".join(token.text for token in chain))


def _names_members_or_body(chain: list[Token]) -> bool:
    """Whether it has a word for cities in plural or for a kind of body; `Urban Heat Island` has neither."""
    return any(
        token.base in words.HEADS
        or _last_part(token.base) in words.PLURAL_CITY_WORDS
        or _pair(chain, i) in words.CITY_PAIRS
        for i, token in enumerate(chain)
    )


_NO_BODIES = words.list_words(
    """area council university corporation municipality government region
    challenge cohort competition contest award awards prize festival fund strategy plan"""
)
"""Last words of the names of what is one city's own, is competed for or is a paper, however it is abbreviated."""
_AWARDS = words.list_words("award awards prize prizes")
_ACRONYM_AFTER = re.compile(r"[”\"]?\s*\(([A-Z][\w-]{1,9})\)")


def _names_cities(chain: list[Token], i: int) -> bool:
    base = chain[i].base
    if _last_part(base) in words.PLURAL_CITY_WORDS or base in words.SINGULAR_CITY_WORDS:
        return True
    return _pair(chain, i) in words.CITY_PAIRS


def _last_part(base: str) -> str:
    """What stands after the last hyphen: `velo-cities`."""
    return base.rpartition("-")[2]


def _pair(chain: list[Token], i: int) -> str:
    """A word and the next; of "Local and Regional Governments" the first and the last."""
    following = [token.base for token in chain[i + 1 : i + 4]]
    if following[:2] in (["and", "regional"], ["&", "regional"]):
        following = following[2:]
    return f"{chain[i].base} {following[0]}" if following else ""


def _score_name(bases: list[str], chain: list[Token]) -> float | None:
    """How much a chain with a head and a word for cities looks like a network's name; None if it does not."""
    strong = [i for i, base in enumerate(bases) if base in words.STRONG_HEADS]
    weak = [i for i, base in enumerate(bases) if base in words.WEAK_HEADS]
    plural = [
        i
        for i, base in enumerate(bases)
        if (_last_part(base) in words.PLURAL_CITY_WORDS and base not in {"councils", "communities", "councillors"})
        or _pair(chain, i) in words.CITY_PAIRS
    ]
    singular = [i for i, base in enumerate(bases) if base in words.SINGULAR_CITY_WORDS]
    if bases[-1] == "summit" or (bases[-1] == "conference" and not {"of", "mayors"} & set(bases)):
        return None
    if strong and plural:
        return 0.85
    if weak and plural:
        return None if _is_event(bases) or _says_nothing(bases) else 0.7
    if strong and any(base.replace("-", "") == "intercity" for base in bases):
        return 0.7
    if strong and singular and _is_adjacent(singular, strong):
        return None if bases[0] in {"city", "town", "municipal"} and len(bases) == 2 else 0.55
    return None


def _says_nothing(bases: list[str]) -> bool:
    """`Mayors Conference`: any network may have one."""
    return set(bases) <= words.HEADS | words.PLURAL_CITY_WORDS | words.GENERIC_WORDS | words.CONNECTORS


def _is_event(bases: list[str]) -> bool:
    """`European Conference on Sustainable Cities`: a meeting or an organ about cities, not of cities."""
    for at, (one, two) in enumerate(pairwise(bases)):
        if one in words.WEAK_HEADS and two == "on":
            return not any(base in words.PLURAL_CITY_WORDS for base in bases[:at])
    return False


def _is_adjacent(singular: list[int], strong: list[int]) -> bool:
    return any(head - city in (1, 2) for city in singular for head in strong)


def _is_cities_for(chain: list[Token]) -> bool:
    """`Mayors for Peace`, `Cities against Drugs`: cities, what they are for, and capitals throughout."""
    for i in range(len(chain) - 2):
        if chain[i].base in {"cities", "mayors", "towns", "municipalities", "communities"} and chain[i + 1].lower in {
            "for",
            "against",
        }:
            return chain[-1].is_capitalised and chain[-1].base not in words.PLURAL_CITY_WORDS
    return False
