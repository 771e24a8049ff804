"""Grids of logos and pictures: what stands for a member without words is read by its alternative text."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import SubElement
from lxml.html import HtmlElement

from extractors.html_text import NO_TEXT

_MIN_PICTURES = 3
_MAX_ALT = 60
_LOGO = re.compile(
    r"(?i)^(?:(?:the )?(?:logo|flag|coat of arms|crest|seal|emblem)(?: of| ?[:–-])?(?: the)? )|\W*\blogo\W*$"
)
"""What an alternative text says of the picture and not of the member: "Logo of Turku", "Turku logo"."""
_NO_NAME = re.compile(
    r"(?i)^(?:image|photo|picture|img|icon|banner|dsc|screenshot|thumbnail)|\.(?:jpe?g|png|svg|gif|webp)$|[.!?]$"
)


def name_pictures(tree: HtmlElement) -> None:
    """Write the alternative text of pictures into a page where they stand in a row for members.

    A picture does so where it is all that its element holds, and that element is one of three or more alike side by
    side, each of which has words or a picture with such a text. Those that describe what is to be seen, with a verb's
    sentence or more than 60 characters, and names of files are left.
    """
    for wrapper, name in list(_find_named(tree)):
        label = SubElement(wrapper, "span")
        label.text = name


def _find_named(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    rows: dict[HtmlElement, bool] = {}
    mixed: dict[HtmlElement, bool] = {}
    for picture in tree.iter("img"):
        name = _read_name(picture)
        wrapper = _find_wrapper(picture, mixed) if name else None
        if name is None or wrapper is None:
            continue
        row = wrapper.getparent()
        if row not in rows:
            rows[row] = _is_row(row, wrapper)
        if rows[row]:
            yield wrapper, name


def _read_name(picture: HtmlElement) -> str | None:
    alt = " ".join((picture.get("alt") or "").split())
    name = _LOGO.sub("", alt).strip()
    is_name = 1 < len(name) <= _MAX_ALT and name[0].isupper() and not _NO_NAME.search(alt)
    return name if is_name else None


def _find_wrapper(picture: HtmlElement, mixed: dict[HtmlElement, bool]) -> HtmlElement | None:
    """The largest element that holds the picture and no words or other pictures; None for a picture in a text.

    `mixed` keeps which elements hold more, since the pictures of a row ask about the same.
    """
    wrapper = None
    for element in picture.iterancestors():
        if element not in mixed:
            mixed[element] = _has_words(element) or len(list(islice(element.iter("img"), 2))) > 1
        if mixed[element]:
            break
        wrapper = element
    return wrapper


def _is_row(row: HtmlElement, wrapper: HtmlElement) -> bool:
    alike = [child for child in row if child.tag == wrapper.tag]
    told = (_has_words(child) or any(_read_name(picture) for picture in child.iter("img")) for child in alike)
    return len(alike) >= _MIN_PICTURES and all(told)


def _has_words(element: HtmlElement) -> bool:
    """Whether an element has text of its own that is read."""
    return any(
        ((part.text or "").strip() and part.tag not in NO_TEXT) or (part is not element and (part.tail or "").strip())
        for part in element.iter("*")
    )
