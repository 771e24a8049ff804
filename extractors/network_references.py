"""Resolves names that are short for one that stands elsewhere in the text: `the League`, `Cities Network`."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from extractors.network_mention import NetworkMention
from extractors.network_similarity import make_key
from extractors.network_vocabulary import list_words

NamesOf = Callable[[NetworkMention], tuple[str, ...]]

_HEAD_USE = re.compile(
    r"\b(?:the|The)\s+(Network|Alliance|Association|League|Union|Forum|Coalition|Covenant|Compact|Federation|"
    r"Initiative|Partnership|Platform|Organi[sz]ation|Pact|Campaign|Club|Charter|Congress|Consortium|Movement|Conference)\b"
    r"(?!\s+(?:of|for|against|on)\b|\s+[A-Z][a-z])"
)
_EVENT_WORDS = list_words("conference congress summit assembly meeting")
_WIDE_WORDS = list_words("world international european global annual general asian african")


def refer_back(
    mentions: list[NetworkMention], names_of: NamesOf, known: Sequence[NetworkMention] = ()
) -> Iterator[NetworkMention]:
    """The mentions, new names that are part of another network's name read as that network's.

    `known` are networks that are named elsewhere, as a title's are in its text.
    A new name of a congress or conference that differs from another network's name in that word alone
    (`World Conference of Historical Cities`) is that network's event, and is left out.
    """
    if all(mention.form != "new" for mention in mentions):
        yield from mentions
        return
    longer = _LongerNames([*mentions, *known], names_of)
    for mention in mentions:
        if mention.form != "new":
            yield mention
            continue
        key = make_key(mention.name)
        whole = longer.find(mention, key, is_proper=True) if len(key) >= 2 else None
        if whole is not None:
            yield replace(
                mention, network_id=whole.network_id, name=whole.name, score=0.7, form="defined", runners_up=()
            )
        elif not key & _EVENT_WORDS or longer.find(mention, key - _EVENT_WORDS - _WIDE_WORDS, is_proper=False) is None:
            yield mention


class _LongerNames:
    """The names of a text's networks by their stems, so that each is compared with few others."""

    def __init__(self, mentions: list[NetworkMention], names_of: NamesOf) -> None:
        self._by_stem: dict[str, list[tuple[NetworkMention, frozenset[str]]]] = defaultdict(list)
        for mention in {mention.network_id: mention for mention in mentions}.values():
            for key in {make_key(name) for name in names_of(mention)}:
                for stem in key:
                    self._by_stem[stem].append((mention, key))

    def find(self, mention: NetworkMention, key: frozenset[str], *, is_proper: bool) -> NetworkMention | None:
        """A mention of another network one of whose names has all stems of `key`, and more if `is_proper`."""
        candidates = min((self._by_stem.get(stem, []) for stem in key), key=len, default=[])
        for other, longer in candidates:
            if other.network_id != mention.network_id and (key < longer if is_proper else key <= longer):
                return other
        return None


def find_heads(text: str, mentions: list[NetworkMention], names_of: NamesOf) -> Iterator[NetworkMention]:
    """`the League`, `the Covenant`: the last network named before whose name has that word."""

    @cache
    def bearers(head: str) -> list[NetworkMention]:
        word = re.compile(rf"\b{_american(head)}\b")
        return [m for m in mentions if any(word.search(_american(name)) for name in names_of(m))]

    for match in _HEAD_USE.finditer(text):
        before = [mention for mention in bearers(match[1]) if mention.start < match.start()]
        if before:
            last = before[-1]
            others = tuple(dict.fromkeys((m.network_id, 0.4) for m in before if m.network_id != last.network_id))
            start, end = match.span(1)
            yield replace(last, start=start, end=end, score=0.8, form="defined", runners_up=others)


def _american(name: str) -> str:
    return name.replace("rganisation", "rganization")
