"""What an HTML page says of itself: title, publisher, date, address, language, genre."""

import copy
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement
from trafilatura.metadata import extract_metadata

from extractors.block_writer import tidy
from extractors.date_words import MONTH_NAME
from extractors.imprint import cut_to_day, read_date, read_imprint
from schemas.vocabulary import DocumentKind

logger = logging.getLogger(__name__)

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "dc.date.issued", "dcterms.issued",
    "dc.date", "dcterms.date", "dcterms.created", "citation_publication_date", "publishdate", "pubdate",
    "parsely-pub-date", "sailthru.date", "date",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "revised")
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
_NEWS_TYPES = frozenset({"newsarticle", "reportagenewsarticle", "analysisnewsarticle"})
_PRESS_RELEASE = re.compile(r"press[\s_-]?releases?|media[\s_-]release", re.IGNORECASE)
_MAX_DEPTH = 6
_EVENT = re.compile(r"(?:^|[\s_-])(?:events?|dtstart|dtend|bday)(?:$|[\s_-])")
"""In the class of what dates an event, or as in the boxes of wikis a founding: "bday dtstart published updated"."""
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = r"\s*(?:[-–—]|\bto\b)\s*"
_DAYS = re.compile(
    rf"\b{_DAY}(?:\s+{MONTH_NAME}\.?)?(?:,?\s+\d{{4}})?{_TO}{_DAY}\s+{MONTH_NAME}\b"
    rf"|\b{MONTH_NAME}\.?\s+{_DAY}{_TO}(?:{MONTH_NAME}\.?\s+)?{_DAY}\b",
    re.IGNORECASE,
)
"""From a day to another: "18–21 June 2024", "April 28 – May 2, 2023"."""
# Of an element that says when something takes place, and where; longer ones may state the day of publication as well.
_MAX_DAYS = 100


@dataclass(frozen=True)
class PageMetadata:
    """The metadata of a page; None where it states none."""

    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    language: str | None
    kind: DocumentKind | None


def read_metadata(tree: HtmlElement, text: str, url: str | None) -> PageMetadata:
    """Read the metadata of the page `tree`, whose main text is `text`; `url` is where it was fetched.

    The date is as exact as the page gives it: that of publication in its markup, else the visible
    imprint, else what htmldate finds in markup and address, else that of the last change.
    """
    metas = _read_metas(tree)
    linked_data = list(_read_linked_data(tree))
    dated = _drop_other_dates(copy.deepcopy(tree))
    time = _find_time(dated)  # before trafilatura, which prunes the tree that it is given
    # Not "extensive", which takes any date in the text, such as a founding year or the footer's copyright, for the
    # date of publication.
    date_params = {"extensive_search": False, "original_date": True}
    found = extract_metadata(dated, url, date_params, extensive=False)
    imprint = read_imprint(text)
    return PageMetadata(
        title=_tidy(found.title),
        publisher=_find_publisher(metas, linked_data) or imprint.publisher or _tidy(_reject_host(found.sitename)),
        published=(
            _find_date(metas, linked_data, _PUBLISHED, "datePublished")
            or time
            or imprint.published
            or cut_to_day(found.date or "")
            or _find_date(metas, linked_data, _MODIFIED, "dateModified")
        ),
        url=url or _find_address(tree, metas),
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or found.language,
        kind=_find_kind(found.title, url or "", tree, linked_data),
    )


def _tidy(value: str | None) -> str | None:
    return (tidy(value) or None) if value else None


def _reject_host(sitename: str | None) -> str | None:
    """None for a site name that is only its host: an address is no publisher."""
    return sitename if sitename and not re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", sitename) else None


def _read_metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = meta.get("content")
        if name and content and content.strip():
            metas.setdefault(name.strip().lower(), content.strip())
    return metas


def _read_linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's JSON-LD scripts, those in lists and graphs too."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            content = json.loads(script.text or "")
        except (ValueError, RecursionError) as error:
            logger.debug("JSON-LD of a page ignored: %s", error)
            continue
        yield from _find_objects(content, depth=0)


def _find_objects(content: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(content, list):
        for item in content:
            yield from _find_objects(item, depth + 1)
    elif isinstance(content, dict):
        yield content
        yield from _find_objects(content.get("@graph"), depth + 1)


def _find_publisher(metas: dict[str, str], linked_data: list[dict[str, Any]]) -> str | None:
    for item in linked_data:
        publisher = item.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip():
            return tidy(name)
    for name in _PUBLISHERS:
        if name in metas:
            return _tidy(metas[name])
    return None


def _find_date(
    metas: dict[str, str], linked_data: list[dict[str, Any]], names: tuple[str, ...], key: str
) -> str | None:
    values: list[str] = [item[key] for item in linked_data if isinstance(item.get(key), str)]
    values += [metas[name] for name in names if name in metas]
    for value in values:
        date = cut_to_day(value) or read_date(value)
        if date is not None:
            return date
    return None


def _drop_other_dates(tree: HtmlElement) -> HtmlElement:
    """`tree` without the elements that date something else than the page: an event, or what it refers to."""
    others = [element for element in tree.iter("*") if _dates_other(element)]
    for element in others:
        element.drop_tree()
    return tree


def _dates_other(element: HtmlElement) -> bool:
    names = element.get("class", "").lower()
    is_other = (
        element.tag == "cite" or "accessdate" in names or _EVENT.search(names) is not None or _states_days(element)
    )
    # What holds the article is about the page, whatever its class says, and so is the title.
    return is_other and not element.xpath(
        "boolean(self::html | self::body | self::main | self::article | ancestor-or-self::h1 | ancestor::head"
        " | .//h1 | .//main | .//article)"
    )


def _states_days(element: HtmlElement) -> bool:
    """Whether an element is short and its own text tells from which day to which something lasts."""
    own = "".join([element.text or "", *(child.tail or "" for child in element)])
    return len(own) <= _MAX_DAYS and _DAYS.search(own) is not None and len(element.text_content()) <= _MAX_DAYS


def _find_time(tree: HtmlElement) -> str | None:
    """The date of the first <time> element that is marked as the page's own."""
    for element in tree.iter("time"):
        names = f"{element.get('itemprop', '')} {element.get('class', '')}".lower()
        within_story = next(element.iterancestors("p", "li", "td", "nav", "aside", "footer"), None) is not None
        if "publish" in names or element.get("pubdate") is not None or not within_story:
            date = cut_to_day(element.get("datetime") or "") or read_date(element.text_content())
            if date is not None:
                return date
    return None


def _find_address(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    links = [link.get("href", "") for link in tree.iter("link") if link.get("rel", "").lower() == "canonical"]
    for address in [*links, metas.get("og:url", "")]:
        try:
            base = next((element.get("href", "") for element in tree.iter("base")), "")
            absolute = str(urljoin(base, address.strip()))
            if urlsplit(absolute).scheme in ("http", "https") and urlsplit(absolute).netloc:
                return absolute
        except ValueError:  # a broken address, such as an open bracket in the host
            continue
    return None


def _find_kind(
    title: str | None, url: str, tree: HtmlElement, linked_data: list[dict[str, Any]]
) -> DocumentKind | None:
    types = {str(item.get("@type", "")).lower() for item in linked_data}
    labels = [title or "", url, *(label.text_content() for label in tree.iter("h1"))]
    labels += [
        label.text_content()
        for label in tree.xpath("//*[contains(@class, 'category') or contains(@class, 'kicker')]")[:5]
    ]
    if any(_PRESS_RELEASE.search(label) for label in labels):
        return DocumentKind.PRESS_RELEASE
    return DocumentKind.NEWS if types & _NEWS_TYPES else None
