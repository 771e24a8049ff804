"""The pages of a PDF: segments of text, ruled tables and rules, as pdfplumber reads them, or pdfium where that is all.

pdfium is ten times as fast, and is taken for a page without anything drawn on it, when each font of the page was
met before on one that both read alike. Where the two read other words, that is told.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from extractors.pdf_lines import Box, Segment, find_segments
from extractors.pdf_tables import GridTable, find_ruled_tables
from extractors.pdf_text_layer import LayerPage, TextLayer

_SAME_PLACE = 1.0
"""In points: how far apart two readers may see the ends of a word."""
_SAME_SIZE = 0.05
_SAME_SHIFT = 0.02
"""In ems. The libraries take a font's descent from different tables; how far they differ is the same throughout."""
_LEAST_SHARED = 0.7
_LEAST_WORDS = 20

Word = dict[str, Any]


@dataclass
class PageContent:
    """What is read from a page: its segments outside tables, its ruled tables, its rules."""

    number: int
    height: float
    words: int
    segments: list[Segment]
    tables: list[GridTable] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    has_images: bool = False
    unmapped: int = 0
    is_doubted: bool = False
    """Whether the two libraries read other words on it."""


class PdfPageReader:
    """Reads the pages of one PDF in their order; `layer` is the same file in pdfium, where it opens there."""

    def __init__(self, layer: TextLayer | None) -> None:
        self._layer = layer
        self._shifts: dict[str, float] = {}
        """By font that both read alike: how much lower in ems pdfplumber sees it."""
        self._distrusted: set[str] = set()
        self.fast_pages = 0
        """How many pages pdfium alone has read."""

    def read(self, page: Any) -> PageContent:
        """The content of a pdfplumber page, which is closed: its letters take some 10 MB on a dense one."""
        seen = self._layer.read_page(page.page_number) if self._layer is not None else None
        if seen is not None and seen.is_plain and seen.fonts and seen.fonts <= self._shifts.keys() - self._distrusted:
            self.fast_pages += 1
            return self._read_layer(page, seen)
        words = _find_words(page)
        content = _read_page(page, words)
        page.close()
        if seen is not None and seen.is_straight:
            content.is_doubted = _are_other_words(words, seen.words)
            self._compare(words, seen)
        return content

    def _read_layer(self, page: Any, seen: LayerPage) -> PageContent:
        words = [word for word in map(self._shift, seen.words) if _is_within(word, page)]
        return PageContent(page.page_number, float(page.height), len(words), find_segments(words))

    def _shift(self, word: Word) -> Word:
        """A word of pdfium's where pdfplumber would see it."""
        shift = self._shifts[word["fontname"]] * word["size"]
        return word | {"top": word["top"] + shift, "bottom": word["bottom"] + shift}

    def _compare(self, words: Sequence[Word], seen: LayerPage) -> None:
        """Learn which fonts pdfium reads as pdfplumber does; one that it once did not is left to pdfplumber."""
        pairs = _pair(words, seen.words)
        if pairs is None:
            self._distrusted |= seen.fonts
            return
        found: defaultdict[str, list[float]] = defaultdict(list)
        for word, other in pairs:
            found[other["fontname"]].append((word["bottom"] - other["bottom"]) / other["size"])
        for font, shifts in found.items():
            known = self._shifts.setdefault(font, median(shifts))
            if max(abs(shift - known) for shift in shifts) > _SAME_SHIFT:
                self._distrusted.add(font)


def _pair(words: Sequence[Word], others: Sequence[Word]) -> list[tuple[Word, Word]] | None:
    """The words that two readers saw, each with its like; None where they saw other words, places or sizes."""
    if len(words) != len(others):
        return None
    pairs = list(zip(_order(words), _order(others), strict=True))
    is_same = all(
        word["text"] == other["text"]
        and abs(word["x0"] - other["x0"]) <= _SAME_PLACE
        and abs(word["x1"] - other["x1"]) <= _SAME_PLACE
        and abs(word["size"] - other["size"]) <= _SAME_SIZE
        for word, other in pairs
    )
    return pairs if is_same else None


def _order(words: Sequence[Word]) -> list[Word]:
    return sorted(words, key=lambda word: (word["text"], round(word["top"] / 4), word["x0"]))


def _are_other_words(words: Sequence[Word], others: Sequence[Word]) -> bool:
    """Whether two readers share too few words; a page of a few is no proof."""
    ours, theirs = (Counter(word["text"] for word in found) for found in (words, others))
    most = max(ours.total(), theirs.total())
    return most >= _LEAST_WORDS and (ours & theirs).total() < _LEAST_SHARED * most


def _find_words(page: Any) -> list[Word]:
    visible = page.dedupe_chars() if _is_printed_twice(page) else page
    words = visible.extract_words(
        x_tolerance_ratio=0.15, keep_blank_chars=False, use_text_flow=False, extra_attrs=["fontname", "size"]
    )
    return [word for word in words if word.get("upright", True) and _is_within(word, page)]


def _read_page(page: Any, words: Sequence[Word]) -> PageContent:
    tables = find_ruled_tables(page, words) if page.rects or page.lines or page.curves else []
    return PageContent(
        number=page.page_number,
        height=float(page.height),
        words=len(words),
        segments=find_segments([word for word in words if not _is_in_table(word, tables)]),
        tables=tables,
        rules=[
            Box(float(rule["x0"]), float(rule["top"]), float(rule["x1"]), float(rule["bottom"]))
            for rule in [*page.lines, *page.rects]
            if rule["bottom"] - rule["top"] < 3 and rule["x1"] - rule["x0"] > 20
        ],
        has_images=bool(page.images),
        unmapped=sum(1 for word in words if "(cid:" in word["text"]),
    )


def _is_printed_twice(page: Any) -> bool:
    """Whether letters lie on one another, as where bold is faked; removing them takes longer than reading."""
    places = {(char["text"], round(char["x0"]), round(char["top"])) for char in page.chars}
    return len(places) < 0.97 * len(page.chars)


def _is_within(word: Word, page: Any) -> bool:
    x0, top, x1, bottom = page.bbox
    return bool(
        x0 <= (word["x0"] + word["x1"]) / 2 <= x1
        and top <= (word["top"] + word["bottom"]) / 2 <= bottom
        and word["size"] > 1  # hidden text is set in nothing
    )


def _is_in_table(word: Word, tables: Sequence[GridTable]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return any(table.x0 <= x <= table.x1 and table.top <= y <= table.bottom for table in tables)
