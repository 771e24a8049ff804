"""Grids of cards that no list marks."""

import pytest
from lxml import html

from extractors.html_cards import find_cards

LINES = (("Aarhus", "Denmark"), ("Leeds", "England"), ("Porto", "Portugal"))
JOINED = ["Aarhus, Denmark", "Leeds, England", "Porto, Portugal"]


def _find(markup: str) -> list[str]:
    return list(find_cards(html.fromstring(f"<div>{markup}</div>")).values())


def _repeat(card: str) -> str:
    return "".join(card.format(*lines) for lines in LINES)


@pytest.mark.parametrize(
    "card",
    [
        "<div class=card><h3>{}</h3><p>{}</p></div>",
        "<div class=views-row><div><a href=/>{}</a></div><div>{}</div><div><img src=x></div></div>",
        "<article><header><h3>{}</h3></header><p>{}</p></article>",
        "<a class=card href=/><img src=x><span>{}</span><span>{}</span></a>",
        "<a href=/><span>{}</span><span>{}</span></a>",
        "<span class=card><b>{}</b><br>{}</span>",
        "<div><p><strong>{}</strong><br>{}</p></div>",
        "<figure><img src=x><figcaption>{}<br>{}</figcaption></figure>",
    ],
)
def test_siblings_of_one_make_are_cards(card: str) -> None:
    assert _find(_repeat(card)) == JOINED


@pytest.mark.parametrize(
    "markup",
    [
        _repeat("<div class=card>{}, {}</div>").replace("card", "other", 1),
        _repeat("<div>{}, {}</div><p>It is a member.</p>"),
        _repeat("<div><h3>{}</h3><p>It lies in {}.</p><a href=/>More</a></div>"),
        _repeat("<div><ul><li>{}</li><li>{}</li></ul></div>"),
        _repeat("<div><button>{}</button><p>{}</p></div>"),
        _repeat("<div><p aria-expanded=false>{}</p><p>{}</p></div>"),
        _repeat("<div><h3>{}</h3><h3>{}</h3></div>"),
        _repeat("<div><h3>{1}</h3><p>{0}</p></div>"),
        _repeat("<div>{}<br>{}<br>Kiel</div>"),
        _repeat("<div><p><b>{1}</b><br>{0}<br>Kiel</p></div>"),
        _repeat("<a class=x href=/>{}</a>, <a class=x href=/>in {}</a>"),
        _repeat("<a href=/>{}</a>"),
        _repeat("<span>{}</span><span>{}</span>"),
        _repeat("<span class=x>{}</span><span class=x> in {}</span>"),
        _repeat("<figure><figcaption>The mayor of {} speaks to the people of {}</figcaption></figure>"),
        _repeat("<figure><figcaption>Photo: {} of {}</figcaption></figure>"),
        _repeat("<div><p>{}</p><p>{}" + " and the towns around it" * 8 + "</p></div>"),
        _repeat("<div><p><a href=/>{}</a></p><p><a href=/>{}</a></p><p><a href=/>Kiel</a></p></div>"),
        "<div>Aarhus</div>" * 3,
        "<a class=x href=/>A</a><a class=x href=/>B</a><a class=x href=/>C</a>",
        "<div>Aarhus</div><div>Leeds</div>",
        "",
    ],
)
def test_other_siblings_are_none(markup: str) -> None:
    assert _find(markup) == []


def test_headings_and_empty_elements_do_not_part_cards() -> None:
    headed = (
        "<h3>A</h3><div class=c>Aarhus</div><hr><h3>L</h3><div class=c>Leeds</div><div></div><div class=c>Lyon</div>"
    )
    assert _find(headed) == ["Aarhus", "Leeds", "Lyon"]


def test_sentences_of_years_are_cards() -> None:
    years = "".join(f"<div><b>{year}</b><p>Leeds joins.</p></div>" for year in (1986, 1992, 2004))
    assert _find(years) == [f"{year}, Leeds joins." for year in (1986, 1992, 2004)]
