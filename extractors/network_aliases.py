"""Finds the names of catalogued networks in a text, however they are set.

Names are compared in a folded form: lower case, without accents and apostrophes, dashes and line breaks
as spaces. Whether the letters' case allows the reading is then judged on the text as written, name
by name: `Polis` may be a network, `polis` is none, `WeGO` may stand as `WEGO` but not as `wego`.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from extractors.catalogue import Catalogue, Network

_DASHES_AND_JOINERS = "-‐‑‒–—−/&_·\u00a0\t\r\n\v\f "
_APOSTROPHES = "'’‘ʼ`´"
_LETTERS_WITHOUT_DECOMPOSITION = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "Ø": "o", "Ł": "l", "Đ": "d", "İ": "i"}


class _FoldTable(dict[int, str | int]):
    """Character to character for str.translate, filled in as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(char: str) -> str:
    """One character for one, so that offsets stay: space, apostrophe, dot, `;` (other marks) or a plain letter."""
    if char in _LETTERS_WITHOUT_DECOMPOSITION:
        return _LETTERS_WITHOUT_DECOMPOSITION[char]
    if char in _APOSTROPHES:
        return "'"
    if char in _DASHES_AND_JOINERS or char.isspace():
        return " "
    if char in ".+" or unicodedata.combining(char) or char in "\u00ad\u200b\u200c\u200d\ufeff":
        return char
    if not char.isalnum():
        return ";"
    plain = [part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)]
    lower = (plain[0] if len(plain) == 1 else char).lower()
    return lower if len(lower) == 1 else char


_FOLD = _FoldTable()
# Dropped: apostrophes but that of 's, which stands apart; dots of initials; spaces in a row; marks that combine.
# Each pattern begins with a plain character, which `re` looks for far faster than for a choice of them.
_DROPPED = (re.compile(r"'(?!s\b)"), re.compile(r"\.(?<=\b\w\.)"), re.compile(r" (?= )"))
_DROPPED_MARKS = re.compile(r"[\u0300-\u036f\u00ad\u200b-\u200d\ufeff]")
_BROKEN_WORD = re.compile(r"-(?<=[a-zà-ÿ]-)\n[ \t]*(?=[a-zà-ÿ])")
_LETTERSPACED = re.compile(r"(?<![^\W_])[A-Z] (?:[A-Z] ){2,}[A-Z]\b")


class FoldedText:
    """A text in folded form, with a space at both ends, and the way back to its offsets."""

    def __init__(self, text: str) -> None:
        flat = text.translate(_FOLD)
        pieces, self._at, self._origin = [" "], [0], [-1]
        length, reached = 1, 0
        for start, end in _spans_to_drop(text, flat):
            if start > reached:
                pieces.append(flat[reached:start])
                self._at.append(length)
                self._origin.append(reached)
                length += start - reached
            reached = max(reached, end)
        pieces.append(flat[reached:])
        self._at.append(length)
        self._origin.append(reached)
        pieces.append(" ")
        # A mark that ends a phrase becomes a second space: no name reaches over it, and words still end there.
        self.text = "".join(pieces).translate(_MARKS_TO_SPACES)

    def origin(self, position: int) -> int:
        """The offset in the text as written of the character at `position` of the folded text."""
        segment = bisect_right(self._at, position) - 1
        return self._origin[segment] + position - self._at[segment]


_MARKS_TO_SPACES = str.maketrans({";": " ", "'": " ", ".": " "})


def _spans_to_drop(text: str, flat: str) -> list[tuple[int, int]]:
    patterns = _DROPPED if text.isascii() else (*_DROPPED, _DROPPED_MARKS)
    spans = [match.span() for pattern in patterns for match in pattern.finditer(flat)]
    if "-\n" in text:
        spans += [match.span() for match in _BROKEN_WORD.finditer(text)]
    for match in _LETTERSPACED.finditer(text):
        spans += [(at, at + 1) for at in range(match.start() + 1, match.end(), 2)]
    return sorted(spans)


def has_letterspacing(text: str) -> bool:
    """Whether a heading is set in spaced capitals: `M E D C I T I E S`."""
    return _LETTERSPACED.search(text) is not None


def fold_name(name: str) -> str:
    """A name in folded form, without the spaces at its ends."""
    return FoldedText(name).text.strip()


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of one network."""

    network: Network
    written: str
    is_ambiguous: bool
    is_acronym: bool


@dataclass(frozen=True, slots=True)
class AliasHit:
    """A stretch of text that reads as a name of one or several networks; half-open offsets."""

    start: int
    end: int
    aliases: tuple[Alias, ...]
    network_ids: tuple[str, ...]
    """The networks that bear the name, each once, in the catalogue's order."""
    is_sure: bool
    """Whether the name alone tells which network is meant."""
    is_acronym: bool
    is_loose: bool
    """Whether the text writes small letters where the name has capitals."""

    @classmethod
    def of(cls, start: int, end: int, aliases: tuple[Alias, ...], *, is_loose: bool) -> "AliasHit":
        """A hit on names that are written alike."""
        ids = tuple(dict.fromkeys(alias.network.network_id for alias in aliases))
        is_sure = len(ids) == 1 and not any(alias.is_ambiguous for alias in aliases)
        return cls(start, end, aliases, ids, is_sure, all(alias.is_acronym for alias in aliases), is_loose)


class AliasIndex:
    """All names of a catalogue's networks, ready to be found in texts."""

    def __init__(self, catalogue: Catalogue) -> None:
        grouped: dict[str, list[tuple[Alias, str]]] = defaultdict(list)
        for alias in _list_aliases(catalogue):
            for spelling in _spellings(alias.written):
                folded = FoldedText(spelling)
                grouped[folded.text].append((alias, _letters(spelling, folded, 1, len(folded.text) - 1)))
        self._entries = list(grouped.values())
        # Every pattern has its spaces around it, so words are matched whole; names may share such a space.
        self._automaton = AhoCorasick(
            list(grouped), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def find(self, text: str, folded: FoldedText) -> Iterator[AliasHit]:
        """Hits in the order of their ends; they overlap where one name lies in another."""
        for entry, start, end in self._automaton.find_matches_as_indexes(folded.text, overlapping=True):
            letters = _letters(text, folded, start + 1, end - 1)
            entries = self._entries[entry]
            exact = tuple([alias for alias, written in entries if _case_agrees(written, letters)])
            loose = () if exact else tuple([alias for alias, _ in entries if _may_be_lower(alias)])
            first, last = folded.origin(start + 1), folded.origin(end - 2) + 1
            if (exact or loose) and not _is_address(text, first, last):
                yield AliasHit.of(first, last, exact or loose, is_loose=not exact)


def _list_aliases(catalogue: Catalogue) -> Iterator[Alias]:
    for network in catalogue:
        written_so = set(network.ambiguous_aliases)
        ambiguous = {fold_name(written) for written in written_so}
        for written in network.names:
            is_acronym = all(_is_acronym_word(word) for word in _WORD.findall(written.replace(".", "")))
            is_short = is_acronym and written.isalpha() and len(written) <= 3
            # Folding is most of the work here, and few names need it.
            is_ambiguous = bool(written_so) and (written in written_so or fold_name(written) in ambiguous)
            yield Alias(network, written, is_short or is_ambiguous, is_acronym)


def _spellings(written: str) -> set[str]:
    """The name with `and` and with `&`, without an article in front, and with `Mayor's` for `Mayors` or `Mayors'`."""
    bare = re.sub(r"^The ", "", written)
    spellings = {bare, bare.replace(" & ", " and "), bare.replace(" and ", " & ")}
    if _MAYORS.search(bare):
        spellings |= {_MAYORS.sub("Mayor's", spelling) for spelling in spellings}
    return spellings


_MAYORS = re.compile(r"\bMayors(?:['’]|(?= [A-Z]))")
"""A plural that is often written as a genitive; "Covenant of Mayors" is not."""
_WORD = re.compile(r"[^\W_]+\+?")


def _is_acronym_word(word: str) -> bool:
    capitals = sum(char.isupper() for char in word)
    return capitals >= 2 or (capitals == 1 and any(char.isdigit() for char in word))


def _letters(text: str, folded: FoldedText, start: int, end: int) -> str:
    """The characters of `text` behind folded characters [start, end): as many, one for one."""
    first = folded.origin(start)
    if folded.origin(end - 1) - first == end - 1 - start:
        return text[first : first + end - start]
    return "".join([text[folded.origin(position)] for position in range(start, end)])


def _case_agrees(written: str, found: str) -> bool:
    """Whether capitals stand where the name needs them; both have the same folded form.

    A word that the name writes small may stand in any case. A capitalised word may stand in capitals,
    as in headings; an acronym stands as it is, or in capitals if it is long enough not to be another one.
    """
    if written == found:
        return True
    for name_word in _WORD.finditer(written):
        word, seen = name_word.group(), found[name_word.start() : name_word.end()]
        if seen == word or word.islower():
            continue
        if _is_acronym_word(word):
            if not (seen.isupper() and len(word) >= 4):
                return False
        elif not (seen[0].isupper() or not word[0].isupper()):
            return False
    return True


def _may_be_lower(alias: Alias) -> bool:
    """Long names say what they mean even in small letters (`global network of learning cities`)."""
    if alias.is_ambiguous or alias.is_acronym:
        return False
    words = _WORD.findall(alias.written)
    return len(words) >= 4 or (len(words) == 1 and len(words[0]) >= 8)


_ADDRESS_AFTER = re.compile(r"\.[a-z]|@\w|/[a-z]\w*[./-]")
_PATH_BEFORE = re.compile(r"(?:(?:://|\b[\w-]+\.[a-z]{2,})\S*/|(?<![\w)])/)$")
"""What ends in the slash of a web address or path, and not in one between two names: "C40/UCLG"."""
_LONGEST_PATH = 200


def _is_address(text: str, start: int, end: int) -> bool:
    """Whether the words are part of a web or mail address."""
    before = text[start - 1 : start]
    if before in {"@", "."} or _ADDRESS_AFTER.match(text, end) is not None:
        return True
    return before == "/" and _PATH_BEFORE.search(text[max(0, start - _LONGEST_PATH) : start]) is not None
