"""Grids of cards: elements side by side, each of one member, person or year, that a page does not mark as a list."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml.html import HtmlElement

from extractors.countries import find_continent, find_country
from extractors.html_text import BLOCKS, HEADINGS, gather, read_bold, read_card, split_parts
from extractors.page_furniture import cut_credit
from extractors.structure import ends_sentence

MAX_CARD = 160
"""Characters of a card, or of an item of a list; what is longer is a text of its own."""
MIN_BROKEN_LINES = 3
"""Lines that breaks part, from which on they may be a list."""
_BLOCK_CARDS = frozenset({"div", "article", "section", "figure"})
_MIN_CARDS = 3
# Of a picture's caption; what is longer tells what is to be seen.
_MAX_NAME = 40
_WORD = re.compile(r"[^\W\d_]{2}")
_YEAR_FIRST = re.compile(r"(?:1[89]|20)\d\d\b")


def find_cards(element: HtmlElement) -> dict[HtmlElement, str]:
    """The children of `element` that are cards, each with its text on one line, its parts joined by commas.

    Cards are three or more of one tag and class with nothing but headings between them, short and all different.
    Sentences make none, unless each tells of a year; nor do groups under the names of countries, rows of cards, lists
    and forms. Empty without any.
    """
    cards: dict[HtmlElement, str] = {}
    for run in _find_runs(element):
        most = MAX_CARD if next(run[0].iter("figcaption"), None) is None else _MAX_NAME
        texts = _read_short(run, most)
        if len(texts) == len(run) and _are_cards(run, texts):
            cards.update(zip(run, texts, strict=True))
    return cards


def _read_short(run: Sequence[HtmlElement], most: int) -> list[str]:
    """The texts of cards up to the first that has more characters than `most`: all that a page holds may be in it."""
    texts: list[str] = []
    for card in run:
        text = read_card(card)
        if len(text) > most:
            break
        texts.append(text)
    return texts


def _find_runs(element: HtmlElement) -> Iterator[list[HtmlElement]]:
    """Yield the children with text that follow each other with one tag and class; headings do not part them."""
    children = [child for child in element if isinstance(child.tag, str) and child.tag not in HEADINGS]
    if len(children) < _MIN_CARDS:
        return
    shown = [child for child in children if _has_text(child)]
    are_apart = _stand_apart(element, shown)
    for (tag, _), group in groupby(shown, key=lambda child: (child.tag, child.get("class"))):
        run = list(group)
        if len(run) >= _MIN_CARDS and (tag in _BLOCK_CARDS or (are_apart and _may_be_inline(run[0]))):
            yield run


def _has_text(element: HtmlElement) -> bool:
    return any(text.strip() for text in element.itertext())


def _may_be_inline(element: HtmlElement) -> bool:
    """Whether a link or a span may be a card.

    Editors part words by spans without a class wherever the font changes, and bare links are of menus as often.
    """
    is_styled = bool(element.get("class"))
    return (element.tag == "a" and (is_styled or len(element) > 0)) or (element.tag == "span" and is_styled)


def _stand_apart(element: HtmlElement, children: Sequence[HtmlElement]) -> bool:
    """Whether no running text goes on around or through the inline children of an element."""
    loose = [element.text, *(child.tail for child in element)]
    inline = (gather(child).strip() for child in children if child.tag not in BLOCKS)
    return not any(text and text.strip() for text in loose) and not any(text[:1].islower() for text in inline)


def _are_cards(run: Sequence[HtmlElement], texts: Sequence[str]) -> bool:
    if len(set(texts)) < len(texts) or not all(map(_is_name, texts)):
        return False
    parts = [split_parts(card) for card in run]
    if any(map(_tells_sentence, texts, parts)) or any(map(_holds_more, run)):
        return False
    broken = any(_is_broken_list(lines, read_bold(card)) for card, own in zip(run, parts, strict=True) for lines in own)
    return not broken and 2 * sum(map(_is_country_group, run, parts)) <= len(run)


def _is_name(text: str) -> bool:
    """Whether a text may name something, as no letter of an index, no label and no credit of a picture does."""
    is_whole = not text.endswith(":") and cut_credit(text, is_caption=True) == text
    return is_whole and _WORD.search(text) is not None


def _tells_sentence(text: str, parts: Sequence[Sequence[str]]) -> bool:
    """Whether a card is a teaser or a paragraph, and not what happened in a year."""
    return _YEAR_FIRST.match(text) is None and any(ends_sentence(line) for lines in parts for line in lines)


def _holds_more(element: HtmlElement) -> bool:
    """Whether an element holds what no card does: a list, a form, what opens, several headings, other cards."""
    if next(element.iter("ul", "ol", "dl", "table", "form", "button", "h1"), None) is not None:
        return True
    is_opened = element.find(".//*[@aria-expanded]") is not None
    return is_opened or sum(1 for _ in element.iter(*HEADINGS)) > 1 or _is_row(element)


def _is_row(element: HtmlElement) -> bool:
    """Whether an element is a row of a grid: all in it are cards, each with a link or a picture of its own."""
    inner = element
    while len(children := [child for child in inner if isinstance(child.tag, str) and _has_text(child)]) == 1:
        inner = children[0]
    makes = {(child.tag, child.get("class")) for child in children}
    marked = all(next(child.iter("a", "img"), None) is not None for child in children)
    return len(children) >= _MIN_CARDS and len(makes) == 1 and marked


def _is_broken_list(lines: Sequence[str], bold: frozenset[str]) -> bool:
    """Whether the lines of a part are a list of their own, and not those of a card, over which its name is bold."""
    return len(lines) >= MIN_BROKEN_LINES and lines[0] not in bold


def _is_country_group(element: HtmlElement, parts: Sequence[Sequence[str]]) -> bool:
    """Whether an element is a group of members under its country, or its continent, which is no card of one."""
    first = parts[0][0]
    is_marked = next(element.iter(*HEADINGS), None) is not None or first in read_bold(element)
    name = first.rstrip(": ")
    return is_marked and (find_country(name) is not None or find_continent(name) is not None)
