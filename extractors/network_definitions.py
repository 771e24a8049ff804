"""Short forms that a text defines for the networks that it names: acronyms, and words such as `the Alliance`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SHORT = r"[A-Z0-9][\w.&+/-]{1,13}"
_AFTER_NAME = re.compile(
    rf"[”\"’']?\s*(?:"
    rf"\(\s*(?:the\s+)?(?:known\s+as\s+|or\s+|in\s+short:?\s+|abbreviated\s+|hereafter:?\s+|hereinafter:?\s+)?"
    rf"(?:the\s+)?[“\"‘']?(?P<paren>{_SHORT})[”\"’']?\s*[,;)–-]"
    rf"|,?\s+(?:or|known\s+as|abbreviated(?:\s+as)?|called)\s+(?:the\s+)?[“\"‘']?(?P<known>{_SHORT})[”\"’']?(?=[\s,.;)])"
    rf"|,\s+(?P<short>{_SHORT})\s+for\s+short"
    rf"|,\s+(?P<bare>[A-Z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*),"
    rf")"
)
_BEFORE_NAME = re.compile(
    rf"(?P<short>{_SHORT})[”\"’']?\s*(?:\(\s*(?:the\s+)?|,\s+(?:or\s+)?the\s+|\s[–—-]\s+(?:the\s+)?|:\s+(?:the\s+)?|"
    rf"\s+(?:stands\s+for|is\s+short\s+for|is\s+the\s+short\s+form\s+of|means)\s+(?:the\s+)?)[“\"‘']?$"
)
_WORD_AND_SLASH = re.compile(r"[a-z]{3}/|/\w?[a-z]{3}")
"""Of two names, not of an acronym: "Canberra/ACT: Compact of Mayors"."""
_CAPITALISED_WORD = re.compile(r"[A-Z][a-z]{3,}")


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form, where the text gives it (half-open offsets)."""

    short: str
    start: int
    end: int


def find_definitions(text: str, start: int, end: int) -> Iterator[Definition]:
    """Short forms that stand right after or right before the name at [start, end)."""
    name = text[start:end]
    after = _AFTER_NAME.match(text, end)
    if after is not None and after.lastgroup is not None:
        definition = Definition(after[after.lastgroup], *after.span(after.lastgroup))
        if _stands_for(definition.short, name):
            yield definition
    window = max(0, start - 60)
    before = _BEFORE_NAME.search(text[window:start])
    if before is not None and not _WORD_AND_SLASH.search(before["short"]) and is_acronym_of(before["short"], name):
        yield Definition(before["short"], window + before.start("short"), window + before.end("short"))


def _stands_for(short: str, name: str) -> bool:
    if _CAPITALISED_WORD.fullmatch(short):
        return re.search(rf"\b{short}\b", name, re.IGNORECASE) is not None  # (the “Alliance”)
    return is_acronym_of(short, name)


def is_acronym_of(short: str, name: str) -> bool:
    """Whether capitals of `short` begin words of `name`; long ones may come from another language's name."""
    capitals = [char for char in short if char.isupper()]
    if len(capitals) < 2:
        return False
    initials = {word[0].upper() for word in re.findall(r"[^\W\d_]+", name)} | {char for char in name if char.isupper()}
    fitting = sum(char in initials for char in capitals)
    needed = len(capitals) if len(capitals) == 2 else len(capitals) / 2
    return fitting >= needed


def find_uses(text: str, short: str, after: int) -> Iterator[tuple[int, int]]:
    """Where the text uses a short form: an acronym anywhere, a common word from `after` on and with `the`."""
    if _CAPITALISED_WORD.fullmatch(short):
        for match in re.compile(rf"\b[Tt]he\s+({short})\b(?!\s+(?:of|for|against)\b)").finditer(text, after):
            yield match.span(1)
        return
    for match in re.finditer(rf"(?<![\w@./-]){re.escape(short)}(?![\w@]|[./-]\w)", text):
        yield match.span()
