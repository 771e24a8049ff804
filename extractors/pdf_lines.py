"""Words of a PDF page to line segments: the pieces of lines that no wide gap interrupts."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, TypeVar

# Gaps wider than this, in ems, part columns or cells; gutters of 12 points at a size of 10 are 1.2 em.
# Justified lines in narrow columns are stretched to more at times: see `_is_evenly_spaced`.
_MAX_WORD_GAP = 0.95
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\u00a0": " "}
)
_UNMAPPED = re.compile(r"\(cid:\d+\)")
BULLETS = "•●○▪■◦‣∙·►▸➢»✓\uf0b7\uf0a7\uf0d8\ufffd"
"""Signs that begin list items; U+FFFD stands for a sign whose font maps it to nothing, mostly a bullet.

Those of the private use area are square, round and arrow of symbol fonts.
"""
_MAX_BULLET_GAP = 4.0
# A justified line is stretched evenly; the gaps between the cells of a row are not.
_EVEN = 0.05
_MIN_EVEN_GAPS = 3
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|extrabold", re.IGNORECASE)


@dataclass(frozen=True)
class Box:
    """A rectangle on a page in points; `top` grows downwards."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The vertical middle."""
        return (self.top + self.bottom) / 2

    def is_beside(self, other: "Box") -> bool:
        """Whether the two overlap by more than half of the lower one's height."""
        overlap = min(self.bottom, other.bottom) - max(self.top, other.top)
        return overlap > 0.5 * min(self.height, other.height)


BoxT = TypeVar("BoxT", bound=Box)


@dataclass(frozen=True)
class Segment(Box):
    """A piece of a line in one column: its text and how it is set."""

    text: str
    size: float
    is_bold: bool
    words: int


def find_segments(words: Iterable[dict[str, Any]]) -> list[Segment]:
    """Join pdfplumber's words (with `fontname` and `size`) to segments, top to bottom, left to right.

    Raised marks of footnotes within a line are dropped; ligatures are resolved.
    """
    segments: list[Segment] = []
    for row in cluster_rows([_Word.read(word) for word in words]):
        words_in_row = _drop_marks(sorted(row, key=lambda word: word.x0))
        is_stretched = _is_evenly_spaced(words_in_row)
        run: list[_Word] = []
        for word in words_in_row:
            if run and not is_stretched and _is_apart(run, word):
                segments.append(_join(run))
                run = []
            run.append(word)
        if run:
            segments.append(_join(run))
    return segments


def cluster_rows(boxes: Sequence[BoxT]) -> list[list[BoxT]]:
    """Group boxes that stand on one line; rows from top to bottom."""
    rows: list[list[BoxT]] = []
    for box in sorted(boxes, key=lambda box: (box.middle, box.x0)):
        # The last rows only: a line may touch a taller neighbour of the row before.
        row = next((row for row in reversed(rows[-2:]) if _is_on_line(box, row)), None)
        if row is None:
            rows.append([box])
        else:
            row.append(box)
    return rows


def measure_body_size(segments: Sequence[Segment]) -> float:
    """The size in points that most of the text is set in; 10 for no text."""
    sizes = [segment.size for segment in segments for _ in range(max(1, len(segment.text) // 10))]
    return median(sizes) if sizes else 10.0


@dataclass(frozen=True)
class _Word(Box):
    text: str
    size: float
    is_bold: bool

    @classmethod
    def read(cls, word: dict[str, Any]) -> "_Word":
        text = unicodedata.normalize("NFC", _UNMAPPED.sub("\ufffd", word["text"]).translate(_LIGATURES))
        return cls(
            x0=float(word["x0"]),
            top=float(word["top"]),
            x1=float(word["x1"]),
            bottom=float(word["bottom"]),
            text=text,
            size=float(word["size"]),
            is_bold=_BOLD.search(str(word["fontname"])) is not None,
        )


def _is_apart(run: Sequence[_Word], word: _Word) -> bool:
    """Whether `word` begins a new segment; a bullet stands before its item at any distance."""
    gap = (word.x0 - run[-1].x1) / min(word.size, run[-1].size)
    is_bullet = len(run) == 1 and run[0].text in BULLETS
    return gap > (_MAX_BULLET_GAP if is_bullet else _MAX_WORD_GAP)


def _is_evenly_spaced(row: Sequence[_Word]) -> bool:
    gaps = [right.x0 - left.x1 for left, right in pairwise(row)]
    return len(gaps) >= _MIN_EVEN_GAPS and max(gaps) - min(gaps) < _EVEN * row[0].size


def _is_on_line(box: BoxT, row: list[BoxT]) -> bool:
    # Where columns do not share baselines each line overlaps the next column's, and rows would run down the page.
    if any(_is_above_or_below(box, other) for other in row):
        return False
    return any(box.is_beside(other) for other in row[-3:]) or box.is_beside(row[0])


def _is_above_or_below(box: Box, other: Box) -> bool:
    shared = min(box.x1, other.x1) - max(box.x0, other.x0)
    is_over = shared > 0.5 * min(box.x1 - box.x0, other.x1 - other.x0)
    return is_over and abs(box.middle - other.middle) > 0.5 * min(box.height, other.height)


def _drop_marks(row: list[_Word]) -> list[_Word]:
    """Drop small raised figures that follow a word, such as the mark in `Berlin¹`."""
    kept: list[_Word] = []
    for word in row:
        last = kept[-1] if kept else None
        is_mark = (
            last is not None
            and word.size < 0.9 * last.size
            and word.bottom < last.bottom - 0.1 * last.size
            and word.x0 - last.x1 < 0.3 * last.size
            and re.fullmatch(r"[\d,*†‡]{1,4}", word.text) is not None
        )
        if not is_mark:
            kept.append(word)
    return kept


def _join(run: Sequence[_Word]) -> Segment:
    text = ""
    for position, word in enumerate(run):
        # pdfplumber parts words where the font changes; no gap means no space.
        is_apart = position > 0 and word.x0 - run[position - 1].x1 > 0.12 * min(word.size, run[position - 1].size)
        text += f" {word.text}" if is_apart else word.text
    letters = sum(len(word.text) for word in run)
    return Segment(
        x0=min(word.x0 for word in run),
        top=min(word.top for word in run),
        x1=max(word.x1 for word in run),
        bottom=max(word.bottom for word in run),
        text=text,
        size=max(run, key=lambda word: len(word.text)).size,
        is_bold=sum(len(word.text) for word in run if word.is_bold) > 0.9 * letters,
        words=len(text.split()),
    )
