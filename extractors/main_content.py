"""Which blocks of a page are its main content, by what trafilatura finds of its text.

trafilatura drops many of the lists and tables in which members stand, and finds one section of several at times: what
it finds is evidence of where the content is, and of what surely is content.
"""

import copy
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby, islice
from typing import TypeAlias

import trafilatura
from lxml.html import HtmlElement

from extractors.block_writer import ROWS, tidy
from extractors.html_blocks import PageBlock, squeeze
from extractors.page_furniture import heads_comments, heads_related, is_cookie_notice
from schemas.vocabulary import BlockKind

# Nine tenths of what trafilatura found lie in the main container; the rest is a stray line elsewhere.
_CONTAINER_SHARE = 0.9
_MIN_PROOF = 20
# A lead that stands apart from the article; what is shorter may be a line of the site's.
_MIN_LEAD = 100
# Of what trafilatura found, before comments may end the page: it takes comments for the text of short articles.
_MOST = 0.5
_MAX_LINKED = 0.5
_MIN_GROUP = 3
_HEADLINE_WORDS = 6
_MOSTLY_LINKED = 0.9
_SHORT = 60
# Between the links to the pages above this one, between those of a menu, and after what links are announced by.
_TRAIL = re.compile(r"[|/\\<>‹›«»←→:]")
_Make: TypeAlias = tuple[tuple[str, str | None], ...]
"""Tags and classes of an element and of those around it."""


@dataclass(frozen=True)
class MainText:
    """What trafilatura takes for the main text of a page, line by line."""

    ample: str
    """More rather than less: all of `strict`, too."""
    strict: str
    """Less rather than more."""


def select_main_blocks(blocks: Sequence[PageBlock], main_text: MainText) -> list[PageBlock]:
    """The blocks of a page that are its main content, given the main text that trafilatura found.

    Within the part of the page that holds that text all is kept but navigation: groups of links under
    headings such as "Related". Outside it only lists and tables that are not links are, and a lead of some length
    before it. Readers' comments end the page.
    """
    evidence = _weigh_evidence(blocks, main_text)
    kept: list[PageBlock] = []
    seen: set[tuple[str, ...]] = set()
    reached = 0
    for group, place in _group_blocks(blocks):
        if heads_comments(group[0].text) and 0 < _MOST * evidence.whole <= reached:
            break
        is_over, is_begun = 0 < evidence.whole <= reached, bool(kept or reached)
        reached += sum(len(block.text) for block in group if evidence.confirms(block))
        if _is_repeated(group, seen) or _is_of_site(group[0], evidence) or (is_over and _are_headlines(group)):
            continue
        if not kept and _is_menu(group):
            continue
        if evidence.whole and not is_begun and _is_slogan(group[0]) and not evidence.confirms(group[0]):
            continue
        if _is_main_group(group, evidence, place) or (not is_over and _is_lead(group[0], kept, evidence)):
            kept.extend(group)
    return _drop_idle_headings(kept)


@dataclass(frozen=True)
class _Evidence:
    """What the main text says of a page's blocks."""

    confirmed: frozenset[int]
    """Ids of the blocks that it has."""
    whole: int
    """The length of these together."""
    strict: str
    """What surely is main text, squeezed."""
    container: HtmlElement | None
    make: _Make | None
    """Of the container."""

    def confirms(self, block: PageBlock) -> bool:
        return id(block) in self.confirmed

    def holds(self, element: HtmlElement) -> bool:
        """Whether an element is in the container, or in one of the same make.

        Pages are put together of sections, and trafilatura may find only one of them.
        """
        if self.container is None:
            return False
        around = (element, *element.iterancestors())
        return any(node is self.container or (self.make and _tell_make(node) == self.make) for node in around)


def _weigh_evidence(blocks: Sequence[PageBlock], main_text: MainText) -> _Evidence:
    found = squeeze(main_text.ample)
    confirmed = [block for block in blocks if len(key := squeeze(block.text)) >= _MIN_PROOF and key in found]
    container = _find_container(confirmed)
    return _Evidence(
        confirmed=frozenset(map(id, confirmed)),
        whole=sum(len(block.text) for block in confirmed),
        strict=squeeze(main_text.strict),
        container=container,
        make=None if container is None else _tell_make(container),
    )


def find_main_text(tree: HtmlElement) -> MainText:
    """What trafilatura finds on a page, in both of its ways, since either misses most of some pages."""
    ample, strict = (_extract_text(tree, favor_recall=recall) for recall in (True, False))
    known = squeeze(ample)
    further = (line for line in strict.split("\n") if squeeze(line) not in known)
    return MainText("\n".join([ample, *further]), strict)


def _extract_text(tree: HtmlElement, *, favor_recall: bool) -> str:
    found = trafilatura.bare_extraction(
        copy.deepcopy(tree), favor_recall=favor_recall, include_comments=False, include_tables=True
    )
    text = getattr(found, "text", None)
    return text if isinstance(text, str) else ""


def _find_container(confirmed: Sequence[PageBlock]) -> HtmlElement | None:
    """The deepest element that holds nearly all of the confirmed text; None without any."""
    weights: Counter[HtmlElement] = Counter()
    for block in confirmed:
        weights[block.element] += len(block.text)
        for ancestor in block.element.iterancestors():
            weights[ancestor] += len(block.text)
    total = sum(len(block.text) for block in confirmed)
    candidates = [element for element, weight in weights.items() if weight >= _CONTAINER_SHARE * total]
    deepest = max(candidates, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)
    if deepest is None:
        return None
    # Markup that names the content is trusted over the estimate, which may stop at one section of it.
    marked = [element for element in (deepest, *deepest.iterancestors()) if element.tag in ("main", "article")]
    if deepest.tag in ("table", "ul", "ol", "tbody", "p", "li", "dl", "tr", "td"):
        deepest = deepest.getparent() if deepest.getparent() is not None else deepest
    return marked[-1] if marked else deepest


class _Place(Enum):
    """Under which kind of heading a group stands."""

    CONTENT = "content"
    RELATED = "related"
    """One that announces other pages: links stand there, and lists of members may follow."""
    TEASER = "teaser"
    """The title of another page, as a link, under such a heading."""


def _group_blocks(blocks: Sequence[PageBlock]) -> Iterator[tuple[list[PageBlock], _Place]]:
    """Yield runs of items, runs of rows and single other blocks, each with where it stands."""
    place, related_level = _Place.CONTENT, 0
    for whole, run in groupby(blocks, key=_find_whole):
        group = list(run)
        for part in [group] if whole is not None else [[block] for block in group]:
            first = part[0]
            if first.kind is BlockKind.HEADING:
                level = first.level or 1
                if place is not _Place.CONTENT and _is_linked(first):
                    place = _Place.TEASER
                elif place is _Place.CONTENT or level <= related_level:
                    place = _Place.RELATED if heads_related(first.text) else _Place.CONTENT
                    related_level = level
                else:
                    place = _Place.RELATED
            yield part, place


def _find_whole(block: PageBlock) -> HtmlElement | int | None:
    """What a block is a part of: its outermost list, its grid, or its table's number; None for any other block."""
    if block.grid is not None:
        return block.grid
    if block.kind is not BlockKind.LIST_ITEM:
        return block.table
    whole = block.element
    for ancestor in block.element.iterancestors():
        if ancestor.tag not in ("ul", "ol", "li", "dl"):
            break
        whole = ancestor
    return whole


def _is_main_group(group: Sequence[PageBlock], evidence: _Evidence, place: _Place) -> bool:
    length, linked = sum(len(block.text) for block in group), _measure_linked(group)
    first = group[0]
    is_many = first.kind is BlockKind.LIST_ITEM or first.kind in ROWS
    is_related = place is _Place.RELATED
    if place is _Place.TEASER or (is_related and (linked > _MAX_LINKED or first.kind is BlockKind.HEADING)):
        return False
    if is_related and first.grid is not None and _is_linked(first):
        return False
    if evidence.holds(first.element):
        is_names = place is _Place.CONTENT and _enumerates_links(first)
        return is_many or first.kind is BlockKind.HEADING or linked <= _MAX_LINKED or length > _SHORT or is_names
    if first.kind is BlockKind.HEADING:
        return first.level == 1 or not is_related
    if evidence.container is None:
        return linked <= _MAX_LINKED
    return is_many and len(group) >= _MIN_GROUP and linked <= _MAX_LINKED


def _enumerates_links(block: PageBlock) -> bool:
    """Whether a paragraph is of links side by side, such as names of members, and neither a trail nor a label's."""
    is_labelled = heads_related(block.text) or _TRAIL.search(block.text) is not None
    # Of links in other elements menus are made.
    is_paragraph = block.kind is BlockKind.PARAGRAPH and block.element.tag == "p"
    return is_paragraph and sum(1 for _ in block.element.iter("a")) > 1 and not is_labelled


def _is_lead(block: PageBlock, kept: Sequence[PageBlock], evidence: _Evidence) -> bool:
    """Whether a text of some length, wherever it stands, surely is main text or follows the page's title."""
    if len(block.text) < _MIN_LEAD or block.linked > _MAX_LINKED:
        return False
    follows_title = bool(kept) and kept[0].level == 1 and all(other.kind is BlockKind.HEADING for other in kept)
    return squeeze(block.text) in evidence.strict or (follows_title and block.kind is BlockKind.PARAGRAPH)


def _is_repeated(group: Sequence[PageBlock], seen: set[tuple[str, ...]]) -> bool:
    """Whether the same list was there before, as for narrow screens; `seen` are the texts of all groups until now."""
    texts = tuple(block.text for block in group)
    is_repeated = len(group) >= _MIN_GROUP and texts in seen
    seen.add(texts)
    return is_repeated


def _is_menu(group: Sequence[PageBlock]) -> bool:
    """Whether a group that would open the page is a menu that nothing marks as one: no page begins with its members."""
    return group[0].kind is BlockKind.LIST_ITEM and _measure_linked(group) > _MAX_LINKED


def _are_headlines(group: Sequence[PageBlock]) -> bool:
    """Whether a list, or a heading, is of links to other articles, whose titles are longer than names of members."""
    words = sum(len((_find_title(block) or block.text).split()) for block in group)
    may_be = group[0].kind in (BlockKind.LIST_ITEM, BlockKind.HEADING)
    is_linked = _measure_linked(group) > _MOSTLY_LINKED or all(map(_is_linked, group))
    return may_be and words >= _HEADLINE_WORDS * len(group) and is_linked


def _is_of_site(block: PageBlock, evidence: _Evidence) -> bool:
    """Whether a block is what sites say of themselves on every page: of cookies, of their readers' comments."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
        return False
    return heads_comments(block.text) or (is_cookie_notice(block.text) and not evidence.confirms(block))


def _is_slogan(block: PageBlock) -> bool:
    """Whether a block that stands before all content is a few words without a date, such as a site's slogan."""
    is_short = block.kind is BlockKind.PARAGRAPH and len(block.text) < _SHORT
    return is_short and not re.search(r"\b(?:19|20)\d\d\b", block.text)


def _is_linked(block: PageBlock) -> bool:
    """Whether a block is a link, or the content of one, as in cards that can be clicked all over, or titled by one."""
    if _find_title(block) is not None:
        return True
    return block.linked > _MOSTLY_LINKED or next(block.element.iterancestors("a"), None) is not None


def _find_title(block: PageBlock) -> str | None:
    """The link that a card opens with; None for any other block."""
    if block.grid is None:
        return None
    titles = (tidy(link.text_content()) for link in block.element.iter("a"))
    return next((title for title in titles if title and block.text.startswith(title)), None)


def _measure_linked(group: Sequence[PageBlock]) -> float:
    length = sum(len(block.text) for block in group)
    return sum(block.linked * len(block.text) for block in group) / length if length else 0.0


def _tell_make(element: HtmlElement) -> _Make | None:
    """Tags and classes of an element and of two around it; None where they tell too little."""
    if element.tag in ("main", "article") or not element.get("class"):
        return None
    return tuple((node.tag, node.get("class")) for node in (element, *islice(element.iterancestors(), 2)))


def _drop_idle_headings(blocks: Sequence[PageBlock]) -> list[PageBlock]:
    """Drop headings under which nothing was kept, such as those of menus; the page's own title stays."""
    kept: list[PageBlock] = []
    next_level: int | None = None  # level of the heading after this one, if nothing is between
    has_content = False
    for block in reversed(blocks):
        if block.kind is not BlockKind.HEADING:
            has_content, next_level = True, None
            kept.append(block)
            continue
        level = block.level or 1
        governs_next = next_level is not None and level < next_level
        if has_content and (next_level is None or governs_next):
            kept.append(block)
            next_level = level
    return kept[::-1]
