"""Walks a page's DOM and yields its blocks in document order: headings, paragraphs, items, rows.

What a page is wrapped in (menus, cookie notices, related links) is left out here by tag, role and
class; which of the rest is main content is decided in `main_content`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml.html import HtmlElement

from extractors.block_writer import tidy
from extractors.countries import find_country
from extractors.html_cards import MAX_CARD, MIN_BROKEN_LINES, find_cards
from extractors.html_tables import find_rows, is_data_table
from extractors.html_text import (
    BLOCKS,
    HEADINGS,
    NO_TEXT,
    gather,
    has_blocks,
    is_one_part,
    measure_links,
    read_bold,
    read_card,
    read_heading,
    read_inline,
    split_paragraphs,
)
from extractors.page_furniture import cut_credit, names_comments, names_wrapping
from extractors.structure import HEAD_ALONE, ends_sentence
from schemas.vocabulary import BlockKind


@dataclass(frozen=True)
class PageBlock:
    """A block of a page, before it is written into a document's text."""

    kind: BlockKind
    text: str
    element: HtmlElement
    level: int | None = None
    cells: tuple[str, ...] = ()
    table: int | None = None
    linked: float = 0.0
    """Share of the text's characters that are links."""
    grid: HtmlElement | None = None
    """Of a card, the element that holds it and its like."""


_WHOLES = frozenset({"html", "body", "main", "article"})
_WRAPPING = frozenset({"nav", "footer", "aside"})
_WRAPPING_ROLES = frozenset(
    [
        *("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu"),
        *("menubar", "toolbar", "tooltip"),
    ]
)
_FOOTNOTE_NAMES = re.compile(r"(?:^|[\s_-])(?:footnotes?|endnotes?|doc-footnote|doc-endnotes?)(?:$|[\s_-])")
_PANEL_NAMES = re.compile(
    r"(?:^|[\s_-])(?:accordion|collaps\w*|tabs?-?(?:pane|panel|content)|toggle|panel)(?:$|[\s_-])"
)
# Of the characters of the main text. A page had its article in a block "read-more", another a tenth of it in one.
_MAIN_SHARE = 1 / 3
_MIN_LINE = 20
_MAX_BOLD_HEADING = 80
_MAX_BROKEN_LINE = 160
_SENTENCE_ENDS = (".", ",", ";", "!", "?")


class PageReader:
    """Reads the blocks under one element; keeps the level of the last heading and the tables' count.

    `main_text` is what is known of the page's main content: an element that holds much of it is read, whatever
    its class says.
    """

    def __init__(self, main_text: str = "") -> None:
        self._level = 0
        self._tables = 0
        lines = (squeeze(line) for line in main_text.split("\n"))
        self._main_lines = [line for line in lines if len(line) >= _MIN_LINE]

    def read_blocks(self, element: HtmlElement) -> Iterator[PageBlock]:
        """Yield the blocks of `element` and all below it, in document order."""
        if not isinstance(element.tag, str) or element.tag in NO_TEXT or self._is_wrapping(element):
            return
        reader = {
            "ul": self._read_list,
            "ol": self._read_list,
            "menu": self._read_list,
            "dl": self._read_definitions,
            "table": self._read_table,
            "details": self._read_details,
            "summary": self._read_summary,
        }.get(element.tag)
        if reader is not None:
            yield from reader(element)
        elif element.tag in HEADINGS:
            yield from self._read_heading(element, HEADINGS[element.tag])
        elif has_blocks(element) or (element.tag in ("div", "section") and find_cards(element)):
            yield from self._read_container(element)
        else:
            yield from self._read_leaf(element)

    def _read_heading(self, element: HtmlElement, level: int) -> Iterator[PageBlock]:
        text = read_heading(element)
        if text:
            self._level = level
            yield PageBlock(BlockKind.HEADING, text, element, level=level, linked=measure_links(element, text))

    def _read_details(self, element: HtmlElement) -> Iterator[PageBlock]:
        level = self._level
        yield from self._read_container(element) if has_blocks(element) else self._read_leaf(element)
        # What comes after is not below the headings in it.
        self._level = level

    def _read_summary(self, element: HtmlElement) -> Iterator[PageBlock]:
        yield from self._read_heading(element, min(self._level + 1, 6))

    def _read_container(self, element: HtmlElement) -> Iterator[PageBlock]:
        """Read block children; the inline text between two of them is a paragraph of its own, a card is an item."""
        run: list[str] = [element.text or ""]
        cards = find_cards(element)
        for child in element:
            if not isinstance(child.tag, str) or self._is_wrapping(child):
                run.append(" ")
            elif child in cards:
                yield from self._read_run(run, element)
                run = []
                yield _make_item(child, cards[child], level=1, grid=element)
            elif child.tag in BLOCKS or has_blocks(child):
                yield from self._read_run(run, element)
                run = []
                yield from self.read_blocks(child)
            else:
                run.append(gather(child))
            run.append(child.tail or "")
        yield from self._read_run(run, element)

    def _read_run(self, run: list[str], element: HtmlElement) -> Iterator[PageBlock]:
        for lines in split_paragraphs("".join(run)):
            yield from self._read_lines(lines, element, linked=0.0)

    def _read_leaf(self, element: HtmlElement) -> Iterator[PageBlock]:
        for lines in split_paragraphs(gather(element)):
            yield from self._read_lines(lines, element, linked=measure_links(element, " ".join(lines)))

    def _read_lines(self, lines: list[str], element: HtmlElement, linked: float) -> Iterator[PageBlock]:
        """Read lines that `<br>` parts: entries of a list, or one text of some kind."""
        is_caption = element.tag == "figcaption" or next(element.iterancestors("figcaption"), None) is not None
        text = cut_credit(" ".join(lines), is_caption=is_caption)
        if not text:
            return
        are_entries = all(map(_is_entry, lines))
        if _is_footnote(element):
            yield PageBlock(BlockKind.FOOTNOTE, text, element, linked=linked)
        elif is_caption:
            yield PageBlock(BlockKind.CAPTION, text, element, linked=linked)
        elif len(lines) >= MIN_BROKEN_LINES and (heads := _find_bold_heads(element, lines)):
            for line in lines:
                kind, level = (BlockKind.HEADING, self._level_below()) if line in heads else (BlockKind.LIST_ITEM, 1)
                yield PageBlock(kind, line, element, level=level, linked=linked)
        elif len(lines) >= MIN_BROKEN_LINES and are_entries:
            for line in lines:
                yield PageBlock(BlockKind.LIST_ITEM, line, element, level=1, linked=linked)
        elif _is_bold_heading(element, text):
            yield PageBlock(BlockKind.HEADING, text, element, level=self._level_below(), linked=linked)
        else:
            # Two entries are no list yet, but two names without a mark between them would be read as one.
            text = cut_credit(", ".join(lines), is_caption=False) if are_entries else text
            yield PageBlock(BlockKind.PARAGRAPH, text, element, linked=linked)

    def _is_wrapping(self, element: HtmlElement) -> bool:
        """Whether an element is around the content; only tag and role are believed of what holds much of it."""
        if _is_marked_wrapping(element):
            return True
        return (_is_top(element) or _is_named_wrapping(element)) and not self._holds_main_text(element)

    def _holds_main_text(self, element: HtmlElement) -> bool:
        whole = sum(map(len, self._main_lines))
        text = squeeze(element.text_content())
        if not whole or len(text) < _MAIN_SHARE * whole:
            return False
        return sum(len(line) for line in self._main_lines if line in text) >= _MAIN_SHARE * whole

    def _level_below(self) -> int:
        """The level of a heading that no heading element marks."""
        return min(max(self._level, 1) + 1, 6)

    def _read_list(self, element: HtmlElement, depth: int = 1) -> Iterator[PageBlock]:
        for child in element:
            if not isinstance(child.tag, str) or self._is_wrapping(child):
                continue
            if child.tag in ("ul", "ol"):  # wrong but common: a list directly in a list
                yield from self._read_list(child, depth + 1)
            elif child.tag == "li":
                yield from self._read_item(child, depth)
            else:
                yield from self.read_blocks(child)

    def _read_item(self, item: HtmlElement, depth: int) -> Iterator[PageBlock]:
        nested = [child for child in item.iterdescendants("ul", "ol") if _nearest_item(child) is item]
        if any(True for _ in item.iterdescendants("table")):
            yield from self._read_container(item)
            return
        text = read_card(item)
        # Where an end tag is missing, the rest of the page may lie in an item of its menu.
        is_long = len(text) > MAX_CARD and has_blocks(item) and not is_one_part(item)
        if is_long and (not nested or self._holds_main_text(item)):
            yield from self._read_container(item)
            return
        if text:
            yield _make_item(item, text, level=depth)
        for child in nested:
            if not self._is_wrapping(child):
                yield from self._read_list(child, depth + 1)

    def _read_definitions(self, element: HtmlElement) -> Iterator[PageBlock]:
        """A term over several definitions heads a list; a term with one is said in one line with it."""
        for term, definitions in _pair_definitions(element):
            if term is not None and len(definitions) == 1 and not has_blocks(definitions[0]):
                text = f"{read_inline(term).rstrip(' :')}: {read_card(definitions[0])}"
                yield PageBlock(BlockKind.LIST_ITEM, text, definitions[0], level=1)
                continue
            if term is not None:
                level = self._level_below()
                text = read_inline(term)
                if text:
                    yield PageBlock(BlockKind.HEADING, text, term, level=level)
            for definition in definitions:
                if has_blocks(definition):
                    yield from self._read_container(definition)
                elif text := read_card(definition):
                    linked = measure_links(definition, text)
                    yield PageBlock(BlockKind.LIST_ITEM, text, definition, level=1, linked=linked)

    def _read_table(self, element: HtmlElement) -> Iterator[PageBlock]:
        if not is_data_table(element):
            for cell in element.iter("td", "th", "caption"):
                if _nearest_table(cell) is element:
                    yield from self._read_container(cell) if has_blocks(cell) else self._read_leaf(cell)
            return
        self._tables += 1
        table = self._tables
        for caption in element.iterchildren("caption"):
            if text := read_inline(caption):
                yield PageBlock(BlockKind.CAPTION, text, caption)
        for row in find_rows(element):
            if row.kind is BlockKind.HEADING:
                level = self._level_below()
                yield PageBlock(BlockKind.HEADING, row.cells[0], row.element, level=level, table=table)
                continue
            text = " ".join(row.cells)
            linked = measure_links(row.element, text)
            yield PageBlock(row.kind, text, row.element, cells=row.cells, table=table, linked=linked)


def _make_item(element: HtmlElement, text: str, level: int, grid: HtmlElement | None = None) -> PageBlock:
    """An item of a list or a card of a grid, or a footnote where notes stand in a list."""
    linked = measure_links(element, text)
    if _is_footnote(element):
        return PageBlock(BlockKind.FOOTNOTE, text, element, linked=linked)
    return PageBlock(BlockKind.LIST_ITEM, text, element, level=level, linked=linked, grid=grid)


def squeeze(text: str) -> str:
    """The letters and figures of a text in lower case: what is left of it however it is laid out."""
    return "".join(character for character in text.lower() if character.isalnum())


def _is_marked_wrapping(element: HtmlElement) -> bool:
    """Whether an element's tag or role says that it is around the content."""
    if element.tag in _WHOLES:
        return False
    if element.tag in _WRAPPING or element.get("role", "").lower() in _WRAPPING_ROLES:
        return True
    if _is_hidden(element):
        # Accordions and tabs hide what they hold until they are opened; icons and notices hold no list.
        return not _is_panel(element) and next(element.iter("li", "table"), None) is None
    return False


def _is_panel(element: HtmlElement) -> bool:
    """Whether an element is named as one that a click opens, and not as what is around the content as well."""
    names = f"{element.get('class', '')} {element.get('role', '')}".lower()
    if element.tag not in BLOCKS or names_wrapping(names):
        return False
    return _PANEL_NAMES.search(f"{names} {element.get('id', '').lower()}") is not None


def _is_top(element: HtmlElement) -> bool:
    """Whether an element is the page's header, not a section's or a card's: the first, or one with a menu.

    Where an end tag is missing the content lies in it.
    """
    if element.tag != "header" or next(element.iterancestors("main", "article", "section"), None) is not None:
        return False
    if next(element.iter("nav"), None) is not None:
        return True
    is_first = next(element.getroottree().iter("header"), None) is element
    return is_first and not element.xpath("boolean(preceding::h1)")


def _is_named_wrapping(element: HtmlElement) -> bool:
    """Whether an element's class or id says that it is around the content."""
    if element.tag in _WHOLES or element.tag == "header" or _is_hidden(element):
        return False
    # That of a heading is often made of its words.
    own_id = "" if element.tag in HEADINGS else element.get("id", "")
    names = f"{element.get('class', '')} {own_id}".lower()
    if not names_wrapping(names):
        return False
    # Each comment may well be an article.
    wholes = ("main", "h1") if names_comments(names) else ("main", "article", "h1")
    return not any(_holds_all(element, tag) for tag in wholes)


def _holds_all(element: HtmlElement, tag: str) -> bool:
    """Whether all elements of a tag that the page has, one or more, are in this one."""
    inside = sum(1 for _ in element.iter(tag))
    return inside > 0 and inside == sum(1 for _ in element.getroottree().iter(tag))


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or element.get("aria-hidden", "").lower() == "true"


def _is_footnote(element: HtmlElement) -> bool:
    for node in (element, *list(element.iterancestors())[:3]):
        names = f"{node.get('class', '')} {node.get('id', '')} {node.get('role', '')}".lower()
        if node.tag not in ("body", "html", "main", "article") and _FOOTNOTE_NAMES.search(names):
            return True
    return False


def _find_bold_heads(element: HtmlElement, lines: Sequence[str]) -> frozenset[str]:
    """The lines in bold type that name the country or the office of the lines after them.

    Empty unless all others are entries.
    """
    heads = frozenset(line for line in read_bold(element) if _names_group(line.rstrip(": ")))
    are_heads = [line in heads for line in lines]
    govern = are_heads[0] and not are_heads[-1] and not any(one and two for one, two in pairwise(are_heads))
    return heads if govern and all(line in heads or _is_entry(line) for line in lines) else frozenset()


def _names_group(line: str) -> bool:
    return find_country(line) is not None or HEAD_ALONE.fullmatch(line) is not None


def _is_entry(line: str) -> bool:
    """Whether a line that ends in a break looks like an entry of a list, not like verse or an address."""
    is_whole = not ends_sentence(line) and not line.endswith((";", ":", ","))
    return len(line) <= _MAX_BROKEN_LINE and is_whole and (line[0].isupper() or line[0] in "'’‘")


def _is_bold_heading(element: HtmlElement, text: str) -> bool:
    if (
        element.tag not in ("p", "div")
        or len(text) > _MAX_BOLD_HEADING
        or ": " in text
        or text.endswith(_SENTENCE_ENDS)
    ):
        return False
    bold = sum(len(tidy(part.text_content())) for part in element.iter("b", "strong"))
    return bold >= len(text)


def _nearest_item(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("li"), None)


def _nearest_table(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("table"), None)


def _pair_definitions(element: HtmlElement) -> Iterator[tuple[HtmlElement | None, list[HtmlElement]]]:
    term: HtmlElement | None = None
    definitions: list[HtmlElement] = []
    for child in element.iter("dt", "dd"):
        if next(child.iterancestors("dl"), None) is not element:  # of a list within a definition, read in its turn
            continue
        if child.tag == "dt":
            if term is not None or definitions:
                yield term, definitions
            term, definitions = child, []
        else:
            definitions.append(child)
    if term is not None or definitions:
        yield term, definitions
