"""Grows the run of capitalised words and connectors around a word: the stretch in which a name lies."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors import network_vocabulary as words

_WORD = re.compile(r"[^\W_](?:[\w’'.&+/-]*[\w+])?|&")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
"""Counts the events of a series, before their name."""
_DATE_AFTER = re.compile(r", \d")
_NEXT_LINE = re.compile(r"\n[ \t]*(\S)")
_REACH = 120
_MIN_WRAPPED_LINE = 45
"""Characters; a line break after a shorter line ends a heading or a list item, not a line of a paragraph."""


@dataclass(slots=True)
class Token:
    """A word of the text with its half-open offsets."""

    start: int
    end: int
    text: str
    lower: str
    base: str
    """Lower case, without a possessive ending."""

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital or a digit."""
        return self.text[0].isupper() or self.text[0].isdigit()

    @property
    def is_possessive(self) -> bool:
        """Whether it ends in 's or in an apostrophe."""
        return self.base != self.lower

    @property
    def base_end(self) -> int:
        """The offset after the word without its possessive ending."""
        return self.end - (len(self.lower) - len(self.base))


def grow_chain(text: str, start: int, end: int) -> list[Token]:
    """The run of capitalised words and connectors around the seed at [start, end)."""
    chain = _grow_right(text, _tokenise(text, start, _line_limit(text, end)))
    if not _may_go_on_left(text, start):
        return chain
    left = _tokenise(text, max(0, start - _REACH, text.rfind("\n\n", 0, start)), start)
    return _grow_left(text, list(left), chain)


def _may_go_on_left(text: str, start: int) -> bool:
    """Whether the word before is one that names have; saves reading the words before most seeds."""
    before = text[text.rfind(" ", 0, max(0, start - 1)) + 1 : start]
    word = before.strip()
    return bool(word) and (word[0].isupper() or word[0].isdigit() or word.lower() in words.CONNECTORS or "\n" in before)


def _tokenise(text: str, start: int, end: int) -> Iterator[Token]:
    """Words of text[start:end] with their offsets in the text."""
    for match in _WORD.finditer(text, start, end):
        lower = match.group().lower().replace("’", "'")
        yield Token(*match.span(), match.group(), lower, lower.removesuffix("'s").rstrip("'"))


def _line_limit(text: str, end: int) -> int:
    """How far to the right a name may reach: to the end of a word, within the paragraph."""
    limit = text.find("\n\n", end, end + _REACH)
    limit = min(len(text), end + _REACH) if limit < 0 else limit
    while limit < len(text) and text[limit].isalnum():
        limit += 1
    return limit


def _grow_right(text: str, tokens: Iterable[Token]) -> list[Token]:
    chain: list[Token] = []
    pending: list[Token] = []
    for token in tokens:
        before = pending[-1] if pending else chain[-1] if chain else None
        if before is not None and not _is_joined(text, before, token, chain):
            break
        if token.base in words.BREAKS:
            break
        if token.lower in {"on", "at", "in"} and _has_city_word(chain) and not _awaits_topic(chain):
            break
        if pending and pending[-1].lower in {"and", "&"} and _is_preposition(token):
            break  # "members of the League of Cities and of Metro Towns": two names
        if token.lower in words.CONNECTORS and chain:
            if token.lower in {"the", "a", "an", "la", "le", "les"} and not (pending and _is_preposition(pending[-1])):
                break
            pending.append(token)
        elif token.is_capitalised:
            if not pending and _leaves_capitals(chain, token):
                break  # "ASSOCIATION OF HARBOUR CITIES Directory"
            chain += [*pending, token]
            pending = []
            if token.is_possessive and token.base not in words.PLURAL_CITY_WORDS:
                break
        else:
            break
    return chain


def _leaves_capitals(chain: list[Token], token: Token) -> bool:
    """Whether a run of words in capitals ends before a word that is not."""
    in_capitals = bool(chain) and all(part.text.isupper() and len(part.text) > 1 for part in chain)
    return in_capitals and not token.text.isupper() and token.base not in words.HEADS


def _has_city_word(chain: list[Token]) -> bool:
    return any(token.base in words.PLURAL_CITY_WORDS or token.base in words.HEADS for token in chain)


def _awaits_topic(chain: list[Token]) -> bool:
    """Whether `on` may go on with the name: `Mayors Council on Climate Change`."""
    return chain[-1].base in words.HEADS


def _grow_left(text: str, tokens: list[Token], chain: list[Token]) -> list[Token]:
    pending: list[Token] = []
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        after = pending[0] if pending else chain[0] if chain else None
        if after is None or not _is_joined(text, token, after, chain) or token.base in words.BREAKS:
            break
        if token.lower in words.CONNECTORS and not (token.text.isupper() and len(token.text) > 3):
            pending.insert(0, token)
            continue
        if not token.is_capitalised or token.base in words.TITLES or _ORDINAL.fullmatch(token.lower):
            break
        if pending and not _may_bridge(tokens[: at + 1], pending, chain):
            break
        chain = [token, *pending, *chain]
        pending = []
    return chain


def _may_bridge(left: list[Token], pending: list[Token], chain: list[Token]) -> bool:
    """Whether the last word of `left` belongs to the name across the connectors: `League of`, `Adriatic and`."""
    token, first = left[-1], pending[0].lower
    if any(part.lower in {"the", "a", "an"} for part in pending) and not _is_preposition(pending[0]):
        return False
    if first in {"and", "&"}:
        has_head = any(part.base in words.HEADS for part in chain)
        is_one_of_two = token.base in words.HEADS or token.base in words.PLURAL_CITY_WORDS
        heads_line = len(left) == 1 and token.text.isupper()  # "PRAIRIE AND FOOTHILLS MUNICIPAL LEAGUE"
        return is_one_of_two or not has_head or heads_line or _follows_article(left)
    return True


def _follows_article(left: list[Token]) -> bool:
    """Whether the capitalised words that end `left` come after `the`: `the Great Lakes`."""
    for token in reversed(left):
        if not token.is_capitalised or token.lower == "the":
            return token.lower == "the"
    return False


def _is_preposition(token: Token) -> bool:
    return token.lower in words.PREPOSITIONS


def _ends_title(text: str, end: int) -> bool:
    """Whether a line's end ends a title: the first line of a paragraph, with capitals throughout."""
    start = text.rfind("\n", 0, end) + 1
    opens = start == 0 or not text[: start - 1].rpartition("\n")[2].strip()
    parts = text[start:end].split()
    return opens and all(w[0].isupper() or w[0].isdigit() or w.lower() in words.CONNECTORS for w in parts)


def _is_joined(text: str, one: Token, other: Token, chain: list[Token]) -> bool:
    """Whether only a space, or a line break within a paragraph, or a comma of a list of cities, lies between."""
    gap = text[one.end : other.start]
    if gap in {"' ", "’ "} and other.text[0].isdigit():
        return False  # "the League of Cities' 2025 prize"
    if gap in {" ", "\u00a0", ""} or (gap in {"' ", "’ "} and one.base in words.PLURAL_CITY_WORDS):
        return True
    if gap == ", ":
        return (one.base in words.PLURAL_CITY_WORDS and other.base in words.PLURAL_CITY_WORDS) or (
            other.base in {"discrimination", "xenophobia"}
        )
    if gap == ". ":
        return one.lower in {"st", "mt", "ft", "sta"}
    if gap.strip() == "" and gap.count("\n") == 1:
        if other.base in words.HEADS or (chain and _is_complete(chain)) or _DATE_AFTER.match(text, other.end):
            return False  # a list with a name a line, a heading over "Khujand, 20 May"
        return not _is_short_line(text, one.end) and not _ends_title(text, one.end)
    return False


def ends_block(text: str, at: int) -> bool:
    """Whether the line break at `at` ends a heading, a list item or a paragraph, and does not wrap a sentence.

    A blank line and the end of the text end one too; a line that goes on in small letters goes on with the sentence.
    """
    after = _NEXT_LINE.match(text, at)
    return after is None or (not after[1].islower() and _is_short_line(text, at))


def _is_short_line(text: str, end: int) -> bool:
    """Whether the line whose words end at `end` is too short to be a full one of a paragraph."""
    return end - text.rfind("\n", 0, end) - 1 < _MIN_WRAPPED_LINE


def _is_complete(chain: list[Token]) -> bool:
    return chain[-1].base in words.HEADS | words.PLURAL_CITY_WORDS and len(chain) >= 2
