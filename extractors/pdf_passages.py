"""Lines of a PDF in reading order to passages: the lines that make one paragraph, item or heading."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from extractors.pdf_layout import Line
from extractors.pdf_lines import BULLETS, Segment
from extractors.pdf_tables import GridTable, join_lines

MAX_ENTRY_WORDS = 3
"""Entries of lists without bullets, such as cities, have three words or fewer."""
MIN_ENTRIES = 3
"""So many entries one below another make a list without bullets."""
_BULLET = re.compile(rf"^(?:[{BULLETS}*]|[-–—](?=\s)|o(?=\s+[A-Z])|\(?\d{{1,3}}[.)](?=\s)|\(?[a-z]\)(?=\s))\s*(?=\S)")
_NUMBER = re.compile(r"\(?\d{1,3}[.)]\s")
_BROKEN_WORD = re.compile(r"[^\W\d_][-\u00ad]$")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_SENTENCE_END = (".", "!", "?", ":", ";", ".”", '."', ".)")
_JOINING = "an?|the|of|in|at|on|by|for|to|and|or|with|from|as|is|are|was|were|its|their"
_UNENDED = re.compile(rf"\b(?:{_JOINING}|city|cities|mayor)$|,$")
"""The end of a line that no paragraph ends with."""
_JOINS = re.compile(rf"\b(?:{_JOINING})$")
"""The end of a line that neither a heading ends with: "East Asia Local and"."""
_LEADER = re.compile(r"(?:[.·_] ?){5,}|…{2,}")
"""Dots or a rule from a word to what stands at the line's end; four dots also end a sentence that is cut short."""
_MIN_BEGINNINGS = 0.8
# Double spacing is 2.3 to 2.5 times the size.
_MAX_LEADING = 2.6


@dataclass
class Passage:
    """Lines that belong together; `compounds` are the document's words that keep their hyphen.

    `is_marked`: it begins with a bullet or number, as items do, and numbered headings.
    """

    lines: list[Line] = field(default_factory=list)
    is_item: bool = False
    is_marked: bool = False
    compounds: frozenset[str] = frozenset()

    @property
    def first(self) -> Line:
        """The line that it begins with."""
        return self.lines[0]

    @property
    def text(self) -> str:
        """Its text on one line, without a bullet or number, hyphenation undone."""
        text = join_lines([line.segment.text for line in self.lines], self.compounds)
        return _BULLET.sub("", text) if self.is_marked else text

    @property
    def is_numbered(self) -> bool:
        """Whether it begins with a number that counts it."""
        return self.is_marked and _NUMBER.match(self.first.segment.text) is not None

    @property
    def has_leader(self) -> bool:
        """Whether dots or a rule lead from one part of it to the next."""
        return any(_has_leader(line) for line in self.lines)

    @property
    def style(self) -> tuple[float, bool, bool]:
        """Size rounded to half points, boldness, capitals only: what ranks headings."""
        longest = max(self.lines, key=lambda line: len(line.segment.text)).segment
        is_bold = all(line.segment.is_bold for line in self.lines)
        return round(longest.size * 2) / 2, is_bold, _is_capitals(self.text)


def find_passages(items: Sequence[Line | GridTable], pages: Sequence[int]) -> list[tuple[Passage | GridTable, int]]:
    """Group lines to passages, each with its page; tables come as they are, in their place."""
    leading = _measure_leading(items)
    listing = _find_listing_columns(items)
    compounds = _find_compounds(items)
    passages: list[tuple[Passage | GridTable, int]] = []
    for item, page in zip(items, pages, strict=True):
        if isinstance(item, GridTable):
            passages.append((item, page))
            continue
        last = passages[-1][0] if passages else None
        is_entry = (item.page, item.column) in listing and not item.segment.text[:1].islower()
        if isinstance(last, Passage) and not is_entry and _goes_on(last, item, leading):
            last.lines.append(item)
        else:
            is_item = _BULLET.match(item.segment.text) is not None
            passages.append((Passage([item], is_item=is_item, is_marked=is_item, compounds=compounds), page))
    return passages


def _find_listing_columns(items: Sequence[Line | GridTable]) -> set[tuple[int, int]]:
    """The columns, by page and number, in which each line is an entry: members listed by country."""
    columns: dict[tuple[int, int], list[Segment]] = {}
    for item in items:
        if isinstance(item, Line) and not item.segment.is_bold:
            columns.setdefault((item.page, item.column), []).append(item.segment)
    return {
        key
        for key, segments in columns.items()
        if len(segments) >= MIN_ENTRIES
        and median(segment.words for segment in segments) <= MAX_ENTRY_WORDS
        and sum(_begins_entry(segment.text) for segment in segments) >= _MIN_BEGINNINGS * len(segments)
    }


def _begins_entry(text: str) -> bool:
    return (text[:1].isupper() or text[:1].isdigit()) and not text.endswith((".", ",", ";", "-"))


def _find_compounds(items: Sequence[Line | GridTable]) -> frozenset[str]:
    """The words with a hyphen that stand within lines, in lower case."""
    return frozenset(
        word.lower() for item in items if isinstance(item, Line) for word in _COMPOUND.findall(item.segment.text)
    )


def _measure_leading(items: Sequence[Line | GridTable]) -> float:
    """The usual distance of lines within a paragraph, as a multiple of their size.

    Measured after full lines, which a paragraph goes on after; 1.2 where there are none. The smallest
    distance that is no accident, since short reports have more gaps between paragraphs than in them.
    """
    ratios = [
        (below.segment.bottom - above.segment.bottom) / above.segment.size
        for above, below in pairwise(items)
        if isinstance(above, Line) and isinstance(below, Line) and _is_wrapped(above, below)
    ]
    counts = Counter(round(ratio, 1) for ratio in ratios)
    usual = [ratio for ratio, count in counts.items() if ratio >= 1 and count >= max(2, len(ratios) // 20)]
    return min(usual, default=1.2)


def _is_wrapped(above: Line, below: Line) -> bool:
    if above.column != below.column or above.page != below.page or not _is_set_alike(above, below):
        return False
    distance = below.segment.bottom - above.segment.bottom
    is_full = above.segment.x1 > above.right - 0.1 * (above.right - above.left)
    return is_full and 0 < distance < _MAX_LEADING * above.segment.size


def _goes_on(passage: Passage, line: Line, leading: float) -> bool:
    """Whether `line` goes on with the passage before it rather than beginning a block."""
    last = passage.lines[-1]
    above, below = last.segment, line.segment
    if _BULLET.match(below.text) or not _is_set_alike(last, line) or _has_leader(last) or _has_leader(line):
        return False
    if _BROKEN_WORD.search(above.text) and below.text[:1].isalpha():
        return True
    if last.column != line.column or last.page != line.page:
        is_cut = len(passage.lines) > 1 and not passage.is_item and _UNENDED.search(above.text) is not None
        is_lower = not above.text.endswith(_SENTENCE_END) and below.text[:1].islower() and not above.is_bold
        return is_cut or is_lower
    is_far = below.bottom - above.bottom > 1.3 * leading * above.size
    if passage.is_item:
        return not is_far and (below.x0 > passage.first.segment.x0 + 2 or below.text[:1].islower())
    is_indented = below.x0 > above.x0 + 0.8 * above.size and len(passage.lines) > 1
    is_ended = _ends_early(last, line) and not _JOINS.search(above.text)
    return not (is_far or is_indented or is_ended)


def _has_leader(line: Line) -> bool:
    return _LEADER.search(line.segment.text) is not None


def _is_set_alike(last: Line, line: Line) -> bool:
    above, below = last.segment, line.segment
    return abs(above.size - below.size) <= 0.08 * above.size and above.is_bold == below.is_bold


def _ends_early(last: Line, line: Line) -> bool:
    """Whether the next line's first word would have had room, so that the line was ended on purpose."""
    above, below = last.segment, line.segment
    first_word = below.text.split(" ", maxsplit=1)[0]
    width = (below.x1 - below.x0) * len(first_word) / max(1, len(below.text))
    has_room = last.right - above.x1 > width + above.size
    # Centred and narrow text has room on both sides; only a new beginning after an end is sure.
    return has_room and (above.text.endswith(_SENTENCE_END) or not below.text[:1].islower())


def _is_capitals(text: str) -> bool:
    return text.isupper() and sum(character.isalpha() for character in text) > 3
