"""Finds names that a text uses as it uses networks' names: `the founders of Slow Coasts`, `Zero Sprawl's board`.

Where a name's shape does not tell what it is, its company may (see `network_company`). It is gathered over all mentions
of a name, and how much is needed depends on the name: little for `European Textile Towns`, more for `Smart Ports
Circle`, most for `Southern Tides`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors import network_vocabulary as words
from extractors.city_context import is_caps_line
from extractors.countries import find_country, find_demonym
from extractors.network_company import find_company
from extractors.network_shapes import Shape
from extractors.place_names import fold_name, ordinary_sense

LEAST_DOMAIN_WORDS = 2
"""Different words of the life of networks that the text must have."""
SCORE = 0.45
_MAX_WORDS = 8
_LEAST_LISTED = 2

_WORD = r"[^\W\d_a-zß-öø-ÿ][\w’'+-]*"
_JOINT = (
    r"(?:of the|of|for the|for|against|and|&|on the|on|de la|de|des|du|del|do|da|dos|das|der|di|la|le|et|y|e|after)"
)
_ARTICLE = r"(?:(?:d|l|dell|nell|all|sull|un)['’])"
_RUN = re.compile(rf"(?<![\w’'-]){_WORD}(?:[ \u00a0](?:{_JOINT} )?(?:{_ARTICLE}?{_WORD}|\d{{2,3}}\b))*")
"""Words in capitals, with the small words that names have inside: "Città dell'Olio"."""
_PIECE = re.compile(r"\S+")
_BULLET = re.compile(r"[ \t]*(?:(?:[-•*–·]|\(?\w{1,3}[.)]|\d{4}\s*[|:–-])[ \t]*)?(?:[Tt]he )?")
_ENDS_ENTRY = re.compile(r"[ \t]*(?:\([^()\n]{2,24}\)[ \t]*)?(?:$|\n|\t| {3,}|[|:;]|[–—-] )")
_ORGAN_OF_CONTEXT = re.compile(r" (?:secretariat|network|news|newsletter|website|office|blog|members)$")
"""What of a network may be a page's title or publisher."""

_ORGANS = words.list_words(
    "secretariat board bureau presidency congress assembly statutes members meeting agm website newsletter office"
)
"""Last words of a run that name something of the network's; the name ends before them."""
_ORGAN_WORDS = words.list_words("executive steering general advisory standing working committee board bureau annual")
_ORGAN_NAME = re.compile(
    r"^(?:City|Town|Municipality|Province|County) of"
    r"|\b(?:Commission|Committee|Task\s*Force|Working|Section|Awards?|Prize|Challenge|Fund|Delegation)\b"
)
_OTHER_HEADS = words.list_words(
    "accord table exchange hanse hansa chain family ring route routes path fellowship collective commonwealth"
)
_COMMON_HEADS = words.list_words(
    """agreement declaration assembly council congress parliament institute society project center centre observatory
    program programme community platform"""
)
"""Heads of which every country has some that are no networks'."""
_CITIES = (
    (words.PLURAL_CITY_WORDS - {"councillors"})
    | words.FOREIGN_CITY_WORDS
    | words.list_words("ports harbours harbors communities districts downtowns")
)
_OPENERS = words.BREAKS | words.list_words(
    "the a an our its their this that these those all both each every new former dear for of and on welcome"
)
_WITHOUT_OWN_WORD = (
    _ORGAN_WORDS
    | words.GENERIC_WORDS
    | words.HEADS
    | words.FOREIGN_HEADS
    | words.CONNECTORS
    | words.SINGULAR_CITY_WORDS
    | words.ORDINALS
    | _CITIES
    | _OTHER_HEADS
)


@dataclass(slots=True)
class _Name:
    """What a text says around all mentions of a name."""

    spans: list[tuple[int, int]] = field(default_factory=list)
    company: Counter[str] = field(default_factory=Counter)
    """How often each kind; beside those of `Company` also `context` and `listed`."""


def find_argued_names(text: str, context: Sequence[str] = (), known: Sequence[int] = ()) -> Iterator[Shape]:
    """Mentions of names that are used as networks' names are; they may overlap other names.

    Args:
        text: the text.
        context: title and publisher; a name that is the whole of one is what the text is about.
        known: where names of networks begin in the text that are found already. Two at the beginnings of lines make a
            list of networks, in which a line that begins with a name of cities is one more.
    """
    if words.count_domain_words(text) < LEAST_DOMAIN_WORDS:
        return
    around = {_ORGAN_OF_CONTEXT.sub("", fold_name(line)) for line in context if line}
    has_list = sum(_begins_line(text, start) for start in known) >= _LEAST_LISTED
    for key, name in _gather(text).items():
        if has_list and any(_begins_line(text, start) and _ENDS_ENTRY.match(text, end) for start, end in name.spans):
            name.company["listed"] += 1
        if key in around and _is_shaped(key):
            name.company["context"] += 1
        written = text[slice(*name.spans[0])]
        if name.company and _may_be_name(written) and _is_enough(written, name.company):
            yield from (Shape(start, end, SCORE) for start, end in name.spans)


def _begins_line(text: str, start: int) -> bool:
    return _BULLET.fullmatch(text, text.rfind("\n", 0, start) + 1, start) is not None


def _gather(text: str) -> dict[str, _Name]:
    """All runs of capitals by their folded names, with what stands around them."""
    names: dict[str, _Name] = defaultdict(_Name)
    for match in _RUN.finditer(text):
        if is_caps_line(text, match.start()):
            continue
        pieces = [(match.start() + p.start(), match.start() + p.end()) for p in _PIECE.finditer(match.group())]
        lower = [text[a:b].casefold().replace("’", "'") for a, b in pieces]
        first, last, has_organ = _cut(lower)
        if not 2 <= last - first <= _MAX_WORDS:
            continue
        start, end = pieces[first][0], pieces[last - 1][1] - 2 * lower[last - 1].endswith("'s")
        name = names[fold_name(text[start:end])]
        name.spans.append((start, end))
        name.company.update(find_company(text, start, end))
        name.company["own"] += has_organ
    return {key: _Name(name.spans, +name.company) for key, name in names.items()}


def _cut(lower: Sequence[str]) -> tuple[int, int, bool]:
    """Where a name begins and ends in a run of words, and whether the word of an organ was cut off behind."""
    # "President of Zero Sprawl", "Members of …": the name begins after the preposition.
    titles = words.TITLES | _ORGANS - {"congress"}
    first = next(
        (i + 1 for i, (one, two) in enumerate(pairwise(lower), 1) if one in titles and two in {"of", "for"}), 0
    )
    while first < len(lower) and (lower[first] in _OPENERS or lower[first] in words.TITLES):
        first += 1
    last = next((i for i in range(first, len(lower)) if _ends_before(lower, i, first)), len(lower))
    last = next((i + 1 for i in range(first, last) if _is_possessive(lower[i])), last)
    has_organ = False
    while last > first + 2 and lower[last - 1] in _ORGANS:
        last, has_organ = last - 1, True
    while last > first and lower[last - 1] in words.CONNECTORS:
        last -= 1
    return first, last, has_organ


def _ends_before(lower: Sequence[str], i: int, first: int) -> bool:
    return i > first and lower[i] in words.BREAKS - {"in", "after"}


def _is_possessive(word: str) -> bool:
    """`Coasts'` ends a name; `Mayors'` may go on: `Mayors' Table`."""
    return word.endswith("'s") or (word.endswith("s'") and word[:-1] not in _CITIES)


def _is_shaped(key: str) -> bool:
    """Whether a page's title or publisher that is one name may be a network's: `Polder Cities`, not `Mayors Review`."""
    parts = _split(key)
    return not {*parts[:1], *parts[-1:]}.isdisjoint(_CITIES | words.HEADS | _OTHER_HEADS) or _CITIES.isdisjoint(parts)


def _split(name: str) -> list[str]:
    """Its words without possessive endings, in lower case."""
    return [part.casefold().replace("’", "'").removesuffix("'s").rstrip("'") for part in re.findall(r"[\w’'-]+", name)]


def _may_be_name(name: str) -> bool:
    """Whether a name has a word of its own and is no country, organ, person's title, school or other known body."""
    if _ORGAN_NAME.search(name) or words.NOT_THESE.search(name) or find_country(name) or ordinary_sense(name):
        return False
    parts = _split(name)
    # Which towns they are may be told by anything: `European Tramway Towns`.
    telling = {one for one, two in pairwise([*parts, ""]) if two not in _CITIES}
    if telling & ((words.NOT_A_NETWORK - _OTHER_HEADS) | words.TITLES) or words.OTHER_BODIES.intersection(parts):
        return False
    return any(part not in _WITHOUT_OWN_WORD and not find_demonym(part.capitalize()) for part in parts)


def _is_enough(name: str, company: Counter[str]) -> bool:
    """Whether the company makes the name a network's."""
    parts = _split(name)
    if _CITIES.intersection(parts):
        return True
    is_told = company["member"] + company["named"] > 0
    heads = {
        one
        for at, (one, two) in enumerate(pairwise([*parts, ""]))
        if one in words.HEADS | words.FOREIGN_HEADS | _OTHER_HEADS and (at == 0 or not two or two in words.CONNECTORS)
    }
    if heads - _COMMON_HEADS:
        return is_told and sum(company.values()) >= 2
    if heads:
        return is_told and len(company) >= 2
    return is_told and company["context"] > 0
