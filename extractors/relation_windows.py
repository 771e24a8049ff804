"""The text that the relation model reads: windows of a document with cities marked and names masked.

A window belongs to one candidate network. It writes out, in one line, what the document is about, what
governs the passage (headings, lead-in, column names), then a passage of up to a dozen sentences,
list items or table rows, and its neighbours. Every city mention that is asked about stands there as a
target marker, so that one reading of the passage serves them all. Other names are masked, so that
the model learns what is said rather than of whom, and years by their place before or after publication.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extractors.relation_masks import (
    CITY,
    FUTURE,
    HOLDER,
    HOME,
    NETWORK,
    NOMINAL,
    OTHER_NETWORK,
    PAST,
    PLACE,
    SOME_YEAR,
    THIS_YEAR,
    Mask,
    Span,
    mask_names,
    mask_text,
    order_masks,
)
from schemas.dates import PartialDate


class TargetKind(StrEnum):
    """In which way words stand for a city; the value is the marker that replaces them."""

    NAME = CITY
    HOLDER = HOLDER
    NOMINAL = NOMINAL
    HOME = HOME


class Layout(StrEnum):
    """What kind of unit a city mention stands in; the value is the marker that opens the unit."""

    PROSE = "[PROSE]"
    ITEM = "[ITEM]"
    ROW = "[ROW]"
    HEADING = "[HEADING]"


TITLE, HEAD, LEAD, COLUMN, PREVIOUS, NEXT = "[TITLE]", "[HEAD]", "[LEAD]", "[COL]", "[PREV]", "[NEXT]"
MAIN, ASIDE = "[MAIN]", "[ASIDE]"
"""Whether the candidate is the network that the document is about."""

TARGET_MARKERS = tuple(kind.value for kind in TargetKind)
MARKERS: tuple[str, ...] = (
    *TARGET_MARKERS,
    *(PLACE, NETWORK, OTHER_NETWORK, PAST, THIS_YEAR, FUTURE, SOME_YEAR),
    *(TITLE, HEAD, LEAD, COLUMN, PREVIOUS, NEXT, MAIN, ASIDE),
    *(layout.value for layout in Layout),
)
"""Every marker; the model's tokenizer knows each as one piece."""

TITLE_LENGTH = 90
HEADING_LENGTH = 70
LEAD_LENGTH = 150
BEFORE_LENGTH = 260
AFTER_LENGTH = 160
PASSAGE_LENGTH = 480
UNIT_LENGTH = 420
GAP_LENGTH = 200
"""Characters after masking, cut between words; together they stay under the model's 320 word pieces."""


@dataclass(frozen=True, slots=True)
class PairContext:
    """A pair of city mention and candidate network, where it stands, and which mentions around it name what.

    Spans may lie anywhere in `text`; those outside the shown passages do no harm. Where they overlap,
    targets win over `network`, that over `other_networks`, those over `cities`.
    """

    text: str
    """The document's whole text: the same object for all pairs of a document."""
    focus: Span
    """The sentence, list item, table row or heading that holds the target."""
    target: Span
    """The words that stand for the city; empty, at the focus' start, where the page's home city is meant."""
    kind: TargetKind = TargetKind.NAME
    network_id: str = ""
    network: Sequence[Span] = ()
    """Mentions of the candidate network; nominal ones ("the association") only where resolved."""
    other_networks: Sequence[Span] = ()
    cities: Sequence[Span] = ()
    """Mentions of all cities, the target's own among them."""
    same_city: Sequence[Span] = ()
    """Other mentions of the target's city; shown like those of any city."""
    layout: Layout = Layout.PROSE
    headings: Sequence[Span] = ()
    """Governing headings, outermost first."""
    lead_in: Span | None = None
    """The paragraph that announces the list or table."""
    columns: Sequence[tuple[Span, Span]] = ()
    """Of a table row under a header: (name of the column, cell) for each cell; a name without length is none."""
    cell: Span | None = None
    """In a table of cities by networks: the cell that speaks of the pair; its network heads the only column."""
    previous: Sequence[Span] = ()
    """Up to two sentences, items or rows before the focus, in order."""
    following: Span | None = None
    title: str | None = None
    published: PartialDate | None = None
    is_main: bool = False
    """Whether the candidate is the network that the document is about."""
    title_networks: Sequence[str] = ()
    """Names of the candidate network as the title writes them."""


_SENTENCE_BREAK = re.compile(r"(?<=[.!?])\s+")
_SAYS_OF_LIST = re.compile(
    r"\b(?:below|following|as follows|members?|memberships?|belongs?|signator(?:y|ies)|signed|founde(?:d|rs?)|founding|"
    r"board|committee|bureau|elected|joined|participat\w+|partners?|hosts?|hosted|presiden\w+|chairs?|chaired|observers?)\b",
    re.IGNORECASE,
)
"""What tells of a lead-in what the list under it is."""


@dataclass(frozen=True, slots=True)
class Window:
    """A window's text and whose targets it holds."""

    text: str
    """One line of at most about 1,100 characters."""
    pairs: tuple[int, ...]
    """For each target marker of `text`, in order, the index of its pair."""


def build_windows(pairs: Sequence[PairContext]) -> list[Window]:
    """Windows that together hold every pair exactly once, pairs in any order and of any documents.

    Pairs of one document and network whose units lie near one another share a window.
    """
    windows = []
    for group in _group_pairs(pairs):
        windows.append(_build_window(pairs, group))
    return windows


def build_window(pair: PairContext) -> str:
    """The window of a single pair: the text that the model would read if nothing else were asked."""
    return build_windows([pair])[0].text


_Group = list[list[int]]
"""Indices of pairs by unit, in the order of the text."""


def _group_pairs(pairs: Sequence[PairContext]) -> list[_Group]:
    def place(i: int) -> tuple[int, str, Span, Span, Span]:
        pair = pairs[i]
        return id(pair.text), pair.network_id, _side_column(pair), pair.focus, pair.target

    order = sorted(range(len(pairs)), key=place)
    groups: list[_Group] = []
    last: PairContext | None = None
    length = 0
    for i in order:
        pair = pairs[i]
        size = min(pair.focus[1] - pair.focus[0], UNIT_LENGTH)
        if last is not None and last.text is pair.text and last.network_id == pair.network_id:
            gap = pair.focus[0] - last.focus[1]
            if pair.focus == last.focus and pair.target[0] >= last.target[1] and _fits_unit(pairs, groups[-1][-1], i):
                groups[-1][-1].append(i)
                last = pair
                continue
            if 0 <= gap <= GAP_LENGTH and length + gap + size <= PASSAGE_LENGTH:
                groups[-1].append([i])
                length += gap + size
                last = pair
                continue
        groups.append([[i]])
        length = size
        last = pair
    return groups


def _side_column(pair: PairContext) -> Span:
    """What heads the only column shown: lists side by side are read one after the other; (-1, -1) elsewhere."""
    return pair.columns[0][0] if len(pair.columns) == 1 else (-1, -1)


def _fits_unit(pairs: Sequence[PairContext], unit: Sequence[int], new: int) -> bool:
    """Whether the targets of `unit` and the new one can be shown in one cut of a long unit."""
    return pairs[new].target[1] - pairs[unit[0]].target[0] <= UNIT_LENGTH - 60


def _build_window(pairs: Sequence[PairContext], group: _Group) -> Window:
    first, last = pairs[group[0][0]], pairs[group[-1][-1]]
    masks = _find_masks([pairs[i] for unit in group for i in unit])
    context = [mask._replace(marker=PLACE) if mask.marker in TARGET_MARKERS else mask for mask in masks]
    parts = _write_prefix(first, context)
    reached = first.focus[0]
    for unit in group:
        pair = pairs[unit[0]]
        if pair.focus[0] > reached and _side_column(pair) == (-1, -1):
            parts += _write_gap(pair, (reached, pair.focus[0]), context)
        parts += [pair.layout.value, _write_unit(pair, [pairs[i].target for i in unit], masks)]
        reached = pair.focus[1]
    if last.following is not None:
        parts += [NEXT, _cut_tail(mask_text(last.text, last.following, context, last.published), AFTER_LENGTH)]
    return Window(" ".join(part for part in parts if part), tuple(i for unit in group for i in unit))


def _find_masks(pairs: Sequence[PairContext]) -> list[Mask]:
    pair = pairs[0]
    targets = [([one.target], one.kind.value) for one in pairs]
    near = _shown_stretch(pairs)
    network = {span for one in pairs for span in _select_near(one.network, near)}
    others = ((pair.other_networks, OTHER_NETWORK), (pair.cities, PLACE))
    return order_masks(
        [*targets, (network, NETWORK), *((_select_near(spans, near), marker) for spans, marker in others)]
    )


def _shown_stretch(pairs: Sequence[PairContext]) -> list[Span]:
    """Stretches of the text that a window of these pairs may show."""
    first, last = pairs[0], pairs[-1]
    start = min([first.focus[0], *(span[0] for span in first.previous)])
    end = max(last.focus[1], last.following[1] if last.following else 0)
    shown = [(start, end), *first.headings, *([first.lead_in] if first.lead_in else [])]
    return shown + [name for pair in pairs for name, _ in pair.columns]


def _select_near(spans: Sequence[Span], shown: Iterable[Span]) -> list[Span]:
    """The spans (ordered, but for the last) that overlap one of the stretches; a page may hold thousands."""
    found: set[Span] = set()
    for start, end in shown:
        first = bisect_left(spans, start, hi=max(0, len(spans) - 1), key=lambda span: span[1])
        last = bisect_left(spans, end, lo=first, hi=max(first, len(spans) - 1), key=lambda span: span[0])
        found.update(s for s in (*spans[first:last], *spans[-1:]) if start < s[1] and s[0] < end)
    return sorted(found)


def _write_prefix(pair: PairContext, masks: Sequence[Mask]) -> list[str]:
    """Title, headings, lead-in and what stands before the passage."""
    parts = [MAIN if pair.is_main else ASIDE]
    headings = [mask_text(pair.text, heading, masks, pair.published) for heading in pair.headings[-3:]]
    if pair.title:
        title = _cut_tail(_mask_title(pair), TITLE_LENGTH)
        # Most texts begin with their title; once is enough.
        parts += [] if title in headings else [TITLE, title]
    for heading in headings:
        parts += [HEAD, _cut_tail(heading, HEADING_LENGTH)]
    if pair.lead_in is not None:
        parts += [LEAD, _cut_lead_in(mask_text(pair.text, pair.lead_in, masks, pair.published))]
    previous = [span for span in pair.previous if span != pair.lead_in]
    before = " ".join(mask_text(pair.text, span, masks, pair.published) for span in previous)
    return [*parts, PREVIOUS, _cut_head(before, BEFORE_LENGTH)] if before else parts


def _cut_lead_in(text: str) -> str:
    """The end of a lead-in, or the last of its sentences that says what the list is where the end does not."""
    end = _cut_head(text, LEAD_LENGTH)
    if end == text or text.endswith(":") or _SAYS_OF_LIST.search(end):
        return end
    told = [sentence for sentence in _SENTENCE_BREAK.split(text) if _SAYS_OF_LIST.search(sentence)]
    return _cut_tail(told[-1], LEAD_LENGTH) if told else end


def _mask_title(pair: PairContext) -> str:
    cities = {pair.text[start:end] for start, end in pair.cities}
    others = {pair.text[start:end] for start, end in pair.other_networks}
    own = {*pair.title_networks, *(pair.text[start:end] for start, end in pair.network)}
    return mask_names(pair.title or "", ((own, NETWORK), (others, OTHER_NETWORK), (cities, PLACE)), pair.published)


def _write_gap(pair: PairContext, gap: Span, masks: Sequence[Mask]) -> list[str]:
    """What stands between two units of a passage: sentences without targets, headings, bullets."""
    parts: list[str] = []
    at = gap[0]
    for start, end in pair.headings:
        if start < at or end > gap[1]:
            continue
        parts += [mask_text(pair.text, (at, start), masks, pair.published)]
        parts += [HEAD, _cut_tail(mask_text(pair.text, (start, end), masks, pair.published), HEADING_LENGTH)]
        at = end
    rest = mask_text(pair.text, (at, gap[1]), masks, pair.published)
    return [*parts, rest] if any(c.isalnum() for c in rest) else parts


def _write_unit(pair: PairContext, targets: Sequence[Span], masks: Sequence[Mask]) -> str:
    """The unit, of a table row each cell after the name of its column; a long one is cut around its targets."""
    named = _name_cells(pair, masks)
    inside = [mask for mask in masks if mask.marker not in TARGET_MARKERS or (mask.start, mask.end) in targets]
    if named and all(any(a <= start and end <= b for a, b in named) for start, end in targets):
        # What stands for a city without naming it has no length, and may stand at a header's edge.
        bare = [mask for mask in inside if mask.marker not in TARGET_MARKERS]
        cells = [(_write(pair, name, bare), _write(pair, cell, inside)) for cell, name in sorted(named.items())]
        return " | ".join(f"{name} {COLUMN} {cell}" if name else cell for name, cell in cells)
    start, end = pair.focus
    if end - start > UNIT_LENGTH:
        spare = max(60, UNIT_LENGTH - (targets[-1][1] - targets[0][0])) // 2
        start = (
            _next_word(pair.text, max(start, targets[0][0] - spare), targets[0][0])
            if targets[0][0] - spare > start
            else start
        )
        end = (
            _last_word(pair.text, min(end, targets[-1][1] + spare), targets[-1][1])
            if targets[-1][1] + spare < end
            else end
        )
    return mask_text(pair.text, (start, end), inside, pair.published)


def _name_cells(pair: PairContext, masks: Sequence[Mask]) -> dict[Span, Span]:
    """Cells with the names of their columns; none where the header names a city, so that it is a row itself."""
    cities = [mask for mask in masks if mask.marker in TARGET_MARKERS or mask.marker == PLACE]
    if any(mask.start < end and start < mask.end for (start, end), _ in pair.columns for mask in cities):
        return {}
    return {cell: name for name, cell in pair.columns}


def _write(pair: PairContext, span: Span, masks: Sequence[Mask]) -> str:
    return mask_text(pair.text, span, masks, pair.published)


def _next_word(text: str, at: int, limit: int) -> int:
    """The first offset from `at` on that follows a space, at most `limit`."""
    space = text.find(" ", at, limit)
    return space + 1 if space >= 0 else limit


def _last_word(text: str, at: int, limit: int) -> int:
    """The last offset up to `at` that precedes a space, at least `limit`."""
    space = text.rfind(" ", limit, at)
    return space if space >= 0 else limit


def _cut_tail(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0]


def _cut_head(text: str, length: int) -> str:
    return text if len(text) <= length else text[-length:].split(" ", 1)[-1]
