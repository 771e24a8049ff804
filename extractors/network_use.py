"""Finds names of city networks that only their use gives away.

`MetropolisNet, a network of cities`; `the municipal network Asocapitales`; `a member of the Nordic
Cycle Network`; `the LVRLAC secretariat`. Patterns are tried only around words that call for them.
"""

import re
from collections.abc import Iterator

from extractors import network_vocabulary as words
from extractors.countries import find_country, find_demonym
from extractors.network_shapes import Shape
from extractors.place_names import ordinary_sense

_NAME = r"(?P<name>(?:[A-Z][\w+-]*[\w+]\ (?:(?:de|do|da|dos|del|des|du|der)\ )?){0,4}[A-Z][\w+-]*[\w+])"
_KIND_OF_CITIES = rf"""
    (?: (?:[\w’'-]+\s+){{0,4}}?
        (?:city|cities['’]?|mayors['’]?|municipal|intermunicipal|towns['’]?|local\s+government)\s+
        {words.NETWORK_NOUN}
      | (?:[\w’'-]+\s+){{0,6}}? {words.NETWORK_NOUN} \s+
        (?:of|for|that|which|linking|uniting|between|among|bringing|grouping|representing)\s+
        (?:[\w’'–-]+,?\s+){{0,6}}? {words.CITIES_NOUN} )
"""
_APPOSITION = re.compile(
    rf"""{_NAME} (?:\s*\([^()\n]{{1,40}}\))? [”"]? (?:,\s+|\s+[–—-]\s+|\s+(?:is|was)\s+|\s+\()
    (?:an?|the|our|their|one\s+of\s+the)\s+ {_KIND_OF_CITIES}
    (?!\w | ['’]s\b | \s+(?:vice[ -])?(?:{"|".join(sorted(words.OFFICE_HOLDERS))})\b)""",
    re.VERBOSE,
)
_COINED = re.compile(
    rf"""(?<![\w.,’'-]\ )(?<![\w’'-])(?P<name>[A-Z][\w+-]*[\w+]) (?:\s*\([^()\n]{{1,40}}\))? \s+(?:is|was)\s+ an? \s+
    (?:[\w’'-]+\s+){{0,4}}? {words.NETWORK_NOUN} \s+ (?:of|for|that|which|linking|uniting|between|among|grouping)\s+
    (?:[\w’'–-]+,?\s+){{0,6}}? {words.CITIES_NOUN}""",
    re.VERBOSE,
)
"""One word that opens a sentence and is said to be a network: whatever the word is, nothing else is called so."""
_INTRODUCED = re.compile(
    rf"""\b(?:[Aa]n?|[Tt]he|[Oo]ur)\s+ {_KIND_OF_CITIES} (?:\s+(?:called|named|known\s+as))? ,?\s+ [“"]? {_NAME}""",
    re.VERBOSE,
)
_KIND = re.compile(rf"\b{words.NETWORK_NOUN}\b")

_HEADS = "|".join(head.capitalize() for head in sorted(words.STRONG_HEADS | {"forum", "initiative", "council"}))
_TAIL = r"(?:\s+(?:of|for)\s+(?:the\s+)?[A-Z][\w-]+(?:\s+[A-Z][\w-]+)*)?"
_OFFICE = re.compile(
    rf"""(?:
      \b(?:members?|member\s+cit(?:y|ies)|membership|presidency|president|chair|chairs|secretariat|part|board|signator(?:y|ies))
      \s+ (?:of|in) \s+
    | \b(?:[Jj]oin(?:ed|s|ing)?|belongs?\s+to|left|quit|hosts|hosted|chair(?:s|ed)?|heads|leads) \s+
    ) (?:the\s+)?
    (?P<name> (?:[A-Z][\w’&-]*\s+ (?:(?:of|for|and|&|the)\s+){{0,2}}){{1,6}} (?:{_HEADS}) {_TAIL}
            | (?:Club|Network|League|Alliance|Union|Association) \s+ of \s+ [A-Z]\w+ (?:\s+[A-Z]\w+)*) \b""",
    re.VERBOSE,
)
_HEAD = re.compile(rf"\b(?:{_HEADS})\b")

_ORGAN = (
    r"(?:[Ss]ecretariat|[Mm]ember\s+(?:[Cc]ities|[Tt]owns)|[Ee]xecutive\s+(?:[Bb]oard|[Cc]ommittee)|"
    r"[Gg]eneral\s+[Aa]ssembly|AGM)"
)
_ACRONYM_WITH_ORGAN = re.compile(
    rf"(?<![\w@./-])(?P<name>[A-Z][A-Z0-9]{{2,7}})(?:\ {_ORGAN}|\ [–—-]\ MEMBER\s+(?:CITIES|TOWNS))\b"
)
_ROMAN = re.compile(r"[XVI]+")
"""Counts what follows: "the network's VIII General Assembly"."""
_CITIES = re.compile(rf"\b(?:{words.CITIES_NOUN}|city|mayor|town|municipal\w*)\b", re.IGNORECASE)
_MIN_DOMAIN_WORDS = 6
_BLANK_LINE = "\n\n"
"""Parts what is said of a name from what is said of another: a heading from a text."""
_REACH = 150


def find_used_names(text: str) -> Iterator[Shape]:
    """Names that the words around them make networks; they may overlap one another and other names."""
    yield from _find_around(text, _KIND, (_APPOSITION, _INTRODUCED), 0.55)
    yield from _find_coined(text)
    yield from _find_around(text, _HEAD, (_OFFICE,), 0.5)
    yield from _find_acronyms(text)


def _find_around(
    text: str, anchor: re.Pattern[str], patterns: tuple[re.Pattern[str], ...], score: float
) -> Iterator[Shape]:
    """Names that a pattern finds near an anchor, in a neighbourhood that speaks of cities."""
    reached = 0
    for match in anchor.finditer(text):
        start, end = max(0, match.start() - _REACH), match.end() + _REACH
        if match.start() < reached or _CITIES.search(text, start, end) is None:
            continue
        reached = end - _REACH // 2
        for pattern in patterns:
            for found in pattern.finditer(text, start, end):
                shape = _check(text, *found.span("name"), score)
                if shape is not None and _BLANK_LINE not in found.group():
                    yield shape


def _find_coined(text: str) -> Iterator[Shape]:
    """`Salinea is an association of salt towns`, and every other mention of Salinea."""
    matches = _COINED.finditer(text) if _KIND.search(text) else ()
    for name in dict.fromkeys(match["name"] for match in matches if _BLANK_LINE not in match.group()):
        if name.casefold() in _NO_COINED or ordinary_sense(name) or find_country(name) or find_demonym(name):
            continue
        for use in re.finditer(rf"(?<![\w@./-]){re.escape(name)}(?![\w@])", text):
            yield Shape(*use.span(), 0.5)


_NO_COINED = frozenset("it this that there here he she they we who what which one each ours the its".split())


def _find_acronyms(text: str) -> Iterator[Shape]:
    """`LVRLAC secretariat`, `TPO – MEMBER CITIES`, in a text that is about a network throughout."""
    acronyms = dict.fromkeys(match["name"] for match in _ACRONYM_WITH_ORGAN.finditer(text))
    if not acronyms or words.count_domain_words(text) < _MIN_DOMAIN_WORDS:
        return
    for acronym in acronyms:
        if _ROMAN.fullmatch(acronym) or acronym.lower() in words.OTHER_BODIES:
            continue
        for use in re.finditer(rf"(?<![\w@./-]){acronym}(?![\w@])", text):
            yield Shape(*use.span(), 0.45)


def _check(text: str, start: int, end: int, score: float) -> Shape | None:
    """The name without an article, unless it is a plain word, a well-known other body or of another trade."""
    article = re.match(r"(?:The|Our|An?)\s+", text[start:end])
    start += article.end() if article else 0
    name = text[start:end]
    parts = {part.lower() for part in re.findall(r"[\w’'-]+", name)}
    if "\n" in name or _is_plain_word(name) or words.NOT_THESE.search(name) or parts & words.OTHER_BODIES:
        return None
    if parts <= words.GENERIC_WORDS | words.HEADS | words.PLURAL_CITY_WORDS | words.SINGULAR_CITY_WORDS:
        return None
    if parts & (words.NOT_A_NETWORK | words.TITLES):
        return None
    return Shape(start, end, score)


def _is_plain_word(name: str) -> bool:
    """Whether a name is one word such as may stand for anything: `Niger`, `REPORT`."""
    return name.isalpha() and (name.istitle() or len(name) < 3 or (name.isupper() and len(name) > 6))
