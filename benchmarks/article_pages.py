"""Articles of known text in sixteen layouts of sites, each wrapped in what sites wrap their articles in."""

import random
from collections.abc import Callable
from dataclasses import dataclass

_SUBJECTS = "the network,the council,the mayor of Nantes,the board,the city of Kiel,the secretariat,the assembly".split(
    ","
)
_VERBS = "met,agreed on,asked for,signed,published,presented,put off,adopted".split(",")
_OBJECTS = (
    "a plan for clean air,the budget of the coming year,a letter to the ministers,the report on its members,"
    "a fund for small towns,the charter of the network,new rules for its meetings,a study of the housing market"
).split(",")
_ENDS = "in May,after a long debate,with a large majority,in the town hall,for the second time,before the summer".split(
    ","
)
_AROUND = (
    "Accept all cookies and go on to the page that you came for",
    "Sign up for our newsletter and hear of the next meeting first",
    "Vienna opens its new station to the public next week",
    "Read what others thought of the story and say what you think",
    "All rights reserved by the publisher of these pages",
)
_MENU = "".join(
    f"<li><a href=/{name}>{name.title()}</a></li>" for name in ("home", "news", "cities", "events", "contact")
)
_RELATED = "".join(
    f"<li><a href=/{number}>{title}</a></li>"
    for number, title in enumerate(
        ("Graz builds a bridge nobody asked for", _AROUND[2], "Linz wins a prize for its trams")
    )
)


@dataclass(frozen=True)
class ArticlePage:
    """A page with the text of its article; the title over it is no part of the text."""

    name: str
    data: bytes
    title: str
    text: str


@dataclass(frozen=True)
class _Article:
    title: str
    paragraphs: list[str]
    items: list[str]
    quote: str
    rows: list[tuple[str, str]]

    @property
    def prose(self) -> str:
        return "".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)

    @property
    def half(self) -> int:
        return len(self.paragraphs) // 2

    def part(self, start: int, end: int | None) -> str:
        return "".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs[start:end])


Layout = Callable[[_Article], tuple[str, list[str]]]
"""The markup of an article, and its texts in their order."""


def make_article_pages() -> list[ArticlePage]:
    """All layouts, the same at every call."""
    return [_make(name, layout) for name, layout in _LAYOUTS.items()]


def _make(name: str, layout: Layout) -> ArticlePage:
    article = _write(random.Random(name))  # noqa: S311 — the same words at every run
    markup, texts = layout(article)
    page = (
        f"<!doctype html><html lang=en><head><title>{article.title} | Example News</title></head><body>"
        f"<div class=cookie-notice><p>{_AROUND[0]}.</p></div><nav><ul>{_MENU}</ul></nav>{markup}"
        f"<footer><p>{_AROUND[4]}.</p></footer></body></html>"
    )
    return ArticlePage(name, page.encode(), article.title, "\n".join(texts))


def _write(chance: random.Random) -> _Article:
    def sentence() -> str:
        parts = (_SUBJECTS, _VERBS, _OBJECTS, _ENDS, ["and"], _SUBJECTS, _VERBS, _OBJECTS)
        text = " ".join(chance.choice(part) for part in parts)
        return f"{text[0].upper()}{text[1:]}."

    paragraphs = [" ".join(sentence() for _ in range(chance.randint(2, 5))) for _ in range(8)]
    cities = chance.sample(["Aarhus", "Bergen", "Brno", "Cork", "Espoo", "Ghent", "Lille", "Porto", "Riga", "Tartu"], 6)
    return _Article(
        title=f"{chance.choice(_SUBJECTS).capitalize()} {chance.choice(_VERBS)} {chance.choice(_OBJECTS)}",
        paragraphs=paragraphs,
        items=[f"{city}, which joined in {1990 + number}" for number, city in enumerate(cities)],
        quote=sentence(),
        rows=[(city, str(2000 + number)) for number, city in enumerate(cities)],
    )


def _head(article: _Article) -> str:
    return f"<h1>{article.title}</h1>"


def _plain(article: _Article) -> tuple[str, list[str]]:
    return f"<article>{_head(article)}{article.prose}</article>", article.paragraphs


def _division(article: _Article) -> tuple[str, list[str]]:
    return f"<div class=content>{_head(article)}<div class=entry>{article.prose}</div></div>", article.paragraphs


def _unmarked(article: _Article) -> tuple[str, list[str]]:
    return f"<div><div>{_head(article)}{article.prose}</div></div>", article.paragraphs


def _breaks(article: _Article) -> tuple[str, list[str]]:
    return f"<div id=text>{_head(article)}{'<br><br>'.join(article.paragraphs)}</div>", article.paragraphs


def _sidebar(article: _Article) -> tuple[str, list[str]]:
    aside = f"<div class=sidebar><h3>Latest news</h3><ul>{_RELATED}</ul></div>"
    return f"<div class=row>{aside}<div class=col>{_head(article)}{article.prose}</div></div>", article.paragraphs


def _related(article: _Article) -> tuple[str, list[str]]:
    after = f"<h3>Related stories</h3><ul>{_RELATED}</ul>"
    return f"<article>{_head(article)}{article.prose}{after}</article>", article.paragraphs


def _unnamed_links(article: _Article) -> tuple[str, list[str]]:
    return f"<article>{_head(article)}{article.prose}<ul>{_RELATED}</ul></article>", article.paragraphs


def _newsletter(article: _Article) -> tuple[str, list[str]]:
    box = f"<div class=newsletter-signup><p>{_AROUND[1]}.</p><form><input><button>Send</button></form></div>"
    parts = article.part(0, article.half) + box + article.part(article.half, None)
    return f"<main>{_head(article)}{parts}</main>", article.paragraphs


def _comments(article: _Article) -> tuple[str, list[str]]:
    after = f"<section id=comments><h3>Comments</h3><p>{_AROUND[3]}.</p></section>"
    return f"<article>{_head(article)}{article.prose}{after}</article>", article.paragraphs


def _list(article: _Article) -> tuple[str, list[str]]:
    items = "".join(f"<li>{item}</li>" for item in article.items)
    parts = f"{article.part(0, article.half)}<ul>{items}</ul>{article.part(article.half, None)}"
    texts = [*article.paragraphs[: article.half], *article.items, *article.paragraphs[article.half :]]
    return f"<article>{_head(article)}{parts}</article>", texts


def _linked_list(article: _Article) -> tuple[str, list[str]]:
    names = [city for city, _ in article.rows]
    items = "".join(f"<li><a href=/{name}>{name}</a></li>" for name in names)
    return f"<article>{_head(article)}{article.prose}<h2>Members</h2><ul>{items}</ul></article>", [
        *article.paragraphs,
        "Members",
        *names,
    ]


def _table(article: _Article) -> tuple[str, list[str]]:
    rows = "".join(f"<tr><td>{city}</td><td>{year}</td></tr>" for city, year in article.rows)
    parts = f"{article.part(0, article.half)}<table><tr><th>City</th><th>Since</th></tr>{rows}</table>"
    texts = [*article.paragraphs[: article.half], "City Since", *(f"{city} {year}" for city, year in article.rows)]
    return (
        f"<article>{_head(article)}{parts}{article.part(article.half, None)}</article>",
        [*texts, *article.paragraphs[article.half :]],
    )


def _quote(article: _Article) -> tuple[str, list[str]]:
    parts = f"{article.part(0, 3)}<blockquote><p>{article.quote}</p></blockquote>{article.part(3, None)}"
    return f"<article>{_head(article)}{parts}</article>", [
        *article.paragraphs[:3],
        article.quote,
        *article.paragraphs[3:],
    ]


def _headings(article: _Article) -> tuple[str, list[str]]:
    parts = f"{article.part(0, 4)}<h2>What comes next</h2>{article.part(4, None)}"
    return f"<article>{_head(article)}{parts}</article>", [
        *article.paragraphs[:4],
        "What comes next",
        *article.paragraphs[4:],
    ]


def _layout_table(article: _Article) -> tuple[str, list[str]]:
    cells = f"<td><ul>{_MENU}</ul></td><td>{_head(article)}{article.prose}</td>"
    return f"<table width=100%><tr>{cells}</tr></table>", article.paragraphs


def _misnamed(article: _Article) -> tuple[str, list[str]]:
    parts = f"{article.part(0, 2)}<div class=read-more>{article.part(2, None)}</div>"
    return f"<div id=story>{_head(article)}{parts}</div>", article.paragraphs


_LAYOUTS: dict[str, Layout] = {
    "article": _plain,
    "division": _division,
    "nothing marked": _unmarked,
    "line breaks": _breaks,
    "sidebar before it": _sidebar,
    "related stories": _related,
    "links without heading": _unnamed_links,
    "newsletter within": _newsletter,
    "comments": _comments,
    "list within": _list,
    "linked names after it": _linked_list,
    "table within": _table,
    "quotation": _quote,
    "headings": _headings,
    "laid out by a table": _layout_table,
    "named read-more": _misnamed,
}
