"""The text of HTML elements: on one line, by its breaks, or as a card in one line."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from extractors.block_writer import tidy
from extractors.page_furniture import heads_comments

NO_TEXT = frozenset(
    [
        *("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "video", "audio"),
        *("map", "button", "select", "input", "textarea", "option", "datalist", "head", "title", "meta", "link"),
        *("base", "img", "picture", "source", "dialog", "nav", "footer", "aside"),
    ]
)
"""Elements whose content is not read."""
BLOCKS = frozenset(
    [
        *("address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li"),
        *("main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
        *("caption", "menu"),
    ]
)
"""Elements that are set apart from the text around them."""
_REFERENCE = re.compile(r"\[?\(?(?:\d{1,3}|[a-z*†‡])\)?\]?")
# Stand for the breaks of the layout while text is gathered; a source's own line breaks are white space.
# Both are white space to `str.split`, hence to `tidy`.
_BREAK = "\x1e"
_PART = "\x1f"
_WRAPPED = re.compile(rf"{_BREAK}(?=\s*[a-zß-öø-ÿ])")


def read_inline(element: HtmlElement) -> str:
    """The text of `element` on one line, without marks of footnotes and what is not shown."""
    return tidy(gather(element))


def read_heading(element: HtmlElement) -> str:
    """The text of a heading on one line; that of its buttons where it has no other, as the heads of accordions have."""
    return read_inline(element) or tidy(" ".join(_gather_inside(button) for button in element.iter("button")))


def read_cell(cell: HtmlElement) -> str:
    """The text of a table's cell on one line, its block parts and broken lines joined by commas.

    A line that begins with a small letter goes on with the one before.
    """
    return _join_parts(_WRAPPED.sub(" ", gather(cell)))


def split_paragraphs(gathered: str) -> list[list[str]]:
    """The paragraphs of a gathered text, which two breaks part, as lines, which one parts; none is empty."""
    paragraphs = re.split(rf"{_BREAK}\s*{_BREAK}[\s{_BREAK}]*", gathered.replace(_PART, " "))
    split = ([tidy(line) for line in paragraph.split(_BREAK)] for paragraph in paragraphs)
    worded = ([line for line in lines if re.search(r"\w", line)] for lines in split)
    return [lines for lines in worded if lines]


def read_card(item: HtmlElement) -> str:
    """A list item's own text without nested lists, its block parts (a card's lines) joined by commas."""
    return _join_parts("".join(_gather_own(item)))


def _join_parts(gathered: str) -> str:
    """A gathered text on one line, a comma wherever a break or a block's border parts two words."""
    text = ""
    for line in map(tidy, re.split(f"[{_PART}{_BREAK}]", gathered)):
        joint = ", " if text and line and text[-1].isalnum() and line[0].isalnum() else " "
        text = f"{text}{joint}{line}".strip() if line else text
    return text


def has_blocks(element: HtmlElement) -> bool:
    """Whether a block element stands anywhere in `element`."""
    return next(element.iterdescendants(*BLOCKS), None) is not None


def is_one_part(element: HtmlElement) -> bool:
    """Whether neither blocks nor breaks part the text of `element`: it has one paragraph at most."""
    return sum(bool(tidy(part)) for part in re.split(f"[{_PART}{_BREAK}]", gather(element))) <= 1


def measure_links(element: HtmlElement, text: str) -> float:
    """The share of `text`, an element's text, that stands in links; 0 for an empty text."""
    if element.tag == "a":
        return 1.0
    linked = sum(len(tidy(link.text_content())) for link in element.iter("a") if link.get("href"))
    return min(1.0, linked / len(text)) if text else 0.0


def gather(element: HtmlElement) -> str:
    """The text of `element` with marks where blocks and breaks part it; `tidy` makes them white space.

    Elements that hold no text of the page's own, the raised marks of footnotes, and links to readers' comments, are
    left out.
    """
    if not isinstance(element.tag, str) or element.tag in NO_TEXT or _is_reference(element):
        return ""
    if element.tag == "a" and heads_comments(element.text_content()):
        return ""
    if element.tag == "br":
        return _BREAK
    text = _gather_inside(element)
    return f"{_PART}{text}{_PART}" if element.tag in BLOCKS else text


def _gather_inside(element: HtmlElement) -> str:
    pieces = [element.text or ""]
    for child in element:
        pieces.append(gather(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _gather_own(element: HtmlElement) -> Iterator[str]:
    """The text of a list item without that of lists in it, however deep they lie."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("ul", "ol"):
            if next(child.iterdescendants("ul", "ol"), None) is not None:
                yield _PART
                yield from _gather_own(child)
                yield _PART
            else:
                yield gather(child)
        yield child.tail or ""


def _is_reference(element: HtmlElement) -> bool:
    """Whether an element is the raised mark of a footnote, which would join the word before it."""
    return element.tag == "sup" and _REFERENCE.fullmatch(element.text_content().strip()) is not None
