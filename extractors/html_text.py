"""The text of HTML elements: on one line, by its breaks, or as a card in one line."""

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from extractors.block_writer import tidy
from extractors.date_words import MONTH_NAME, STILL
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
HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""Level of each heading element."""
_INLINE = frozenset({"a", "span", "strong", "b", "em", "i", "small", "label", "time"})
# Fonts that draw a picture for a word, which no reader sees.
_ICON_FONTS = re.compile(r"(?:^|\s)material-(?:icons|symbols)(?:-\w+)?(?:$|\s)")
_BADGED = frozenset({"span", "em", "strong", "small", "b", "i", "mark"})
# Frameworks of style sheets draw these in a box of its own beside a name.
_BADGE = re.compile(r"(?:^|[\s_-])(?:badge|label|pill|chip|tag)s?(?:$|[\s_-])")
_COLUMNED = frozenset({"li", "div", "p", "a", "td"})
_COLUMN = frozenset({"span", "strong", "em", "time", "b"})
_PART_OF_NAME = re.compile(
    r"(?:^|[\s_-])(?:given|family|first|last|fore|sur|middle|additional|honorific|prefix|suffix|title)"
)
_DAY_OR_MONTH = re.compile(rf"\s*(?:\d{{1,2}}|{MONTH_NAME}\.?)\s*", re.IGNORECASE)
_STILL_LAST = re.compile(rf"\b{STILL}\s*$", re.IGNORECASE)
_UNSHOWN = re.compile(r"display\s*:\s*none")
# Longer texts that a style hides are opened by a click, as the end of a list is by "Show all".
_MAX_UNSHOWN = 60
_REFERENCE = re.compile(r"\[?\(?(?:\d{1,3}|[a-z*†‡])\)?\]?")
# Stand for the breaks of the layout while text is gathered; a source's own line breaks are white space.
# Both are white space to `str.split`, hence to `tidy`.
_BREAK = "\x1e"
_PART = "\x1f"
_LAST_WORD = re.compile(r"[^\W_]{2}$")
_FIRST_WORD = re.compile(r"[^\W_]{2}")
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
    return _join_parts(_gather_inside(item, _gather_own))


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


def split_parts(element: HtmlElement) -> list[list[str]]:
    """The parts of `element` that the borders of blocks part, as lines, which breaks part; none is empty."""
    parts = ([tidy(line) for line in part.split(_BREAK)] for part in gather(element).split(_PART))
    filled = ([line for line in lines if line] for lines in parts)
    return [lines for lines in filled if lines]


def is_one_part(element: HtmlElement) -> bool:
    """Whether neither blocks nor breaks part the text of `element`: it has one paragraph at most."""
    return sum(map(len, split_parts(element))) <= 1


def read_bold(element: HtmlElement) -> frozenset[str]:
    """The texts in bold type in `element`, each on one line; empty without any."""
    return frozenset(read_inline(part) for part in element.iter("b", "strong"))


def measure_links(element: HtmlElement, text: str) -> float:
    """The share of `text`, an element's text, that stands in links; 0 for an empty text."""
    if element.tag == "a":
        return 1.0
    linked = sum(len(tidy(link.text_content())) for link in element.iter("a") if link.get("href"))
    return min(1.0, linked / len(text)) if text else 0.0


def gather(element: HtmlElement) -> str:
    """The text of `element` with marks where blocks and breaks part it; `tidy` makes them white space.

    Elements that hold no text of the page's own, what the page does not show, the raised marks of footnotes, a wiki's
    links to edit a section, and links to readers' comments are left out.
    """
    if not isinstance(element.tag, str) or element.tag in NO_TEXT or _is_reference(element):
        return ""
    if "mw-editsection" in element.get("class", "") or _is_unshown(element):
        return ""
    if element.tag == "a" and heads_comments(element.text_content()):
        return ""
    if element.tag == "br":
        return _BREAK
    if _ICON_FONTS.search(element.get("class", "")):
        return " "
    text = _gather_inside(element)
    if element.tag in _BADGED and _BADGE.search(element.get("class", "").lower()):
        # One that the text goes on from is the label of a value: "Member since".
        return f"{_PART}{text}" if _goes_on(text) else f"{_PART}{text}{_PART}"
    return f"{_PART}{text}{_PART}" if element.tag in BLOCKS else text


def _gather_inside(element: HtmlElement, gather_child: Callable[[HtmlElement], str] = gather) -> str:
    pieces = [element.text or ""]
    touching = ""  # the inline element before, if nothing stands between it and the next
    are_columns = _holds_columns(element)
    column = ""  # the one before, if any
    for child in element:
        text = gather_child(child)
        is_inline = child.tag in _INLINE
        if is_inline:
            pieces.append(_find_joint(touching, text))
            if are_columns and column and not touching and not _goes_on(column, text):
                pieces.append(_PART)
            column = text if text.strip() else column
        pieces += text, child.tail or ""
        touching = (text or touching) if is_inline and not child.tail else ""
    return "".join(pieces)


def _gather_own(child: HtmlElement) -> str:
    """The text of a list item's child without that of lists in it, however deep they lie."""
    if not isinstance(child.tag, str) or child.tag in ("ul", "ol"):
        return ""
    if next(child.iterdescendants("ul", "ol"), None) is None:
        return gather(child)
    return f"{_PART}{_gather_inside(child, _gather_own)}{_PART}"


def _find_joint(before: str, after: str) -> str:
    """What parts two texts that touch in the source, if style sheets set them apart; nothing within a word.

    "Aarhus" and "Denmark" are parts, "Member since" and "1995" go on. A single letter is rather the initial of the
    word that it touches.
    """
    if _LAST_WORD.search(before) is None or _FIRST_WORD.match(after) is None:
        return ""
    last, first = before[-1], after[0]
    if last.islower() and first.isupper():
        return _PART
    return " " if (last.isalpha() and first.isdigit()) or (last.isdigit() and first.isalpha()) else ""


def _holds_columns(element: HtmlElement) -> bool:
    """Whether all that an element holds are parts with classes of their own, which style sheets set side by side.

    The parts of a person's name are none.
    """
    if element.tag not in _COLUMNED or len(element) < 2 or (element.text or "").strip():
        return False
    parts = list(element.iterchildren("*"))
    if any(part.tag not in _COLUMN for part in parts) or any((child.tail or "").strip() for child in element):
        return False
    classes = [part.get("class", "").lower() for part in parts]
    if len(set(classes)) < len(classes) or any(map(_PART_OF_NAME.search, classes)):
        return False
    return all(name or part.tag != "span" for part, name in zip(parts, classes, strict=True))


def _goes_on(before: str, after: str = "") -> bool:
    """Whether a text goes on over a border, as in "City of" "Ghent", with a small letter, or in "12" "May" "2021"."""
    if _DAY_OR_MONTH.fullmatch(before):
        return True
    words = before.split()
    ends_small = bool(words) and words[-1][0].islower() and _STILL_LAST.search(before) is None
    return ends_small or after.lstrip()[:1].islower()


def _is_unshown(element: HtmlElement) -> bool:
    """Whether an inline element's own style hides it, as the keys are by which a table is sorted."""
    if element.tag in BLOCKS or _UNSHOWN.search(element.get("style", "").lower()) is None:
        return False
    return len(element.text_content()) <= _MAX_UNSHOWN


def _is_reference(element: HtmlElement) -> bool:
    """Whether an element is the raised mark of a footnote, which would join the word before it."""
    return element.tag == "sup" and _REFERENCE.fullmatch(element.text_content().strip()) is not None
