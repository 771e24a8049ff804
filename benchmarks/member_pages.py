"""Twenty HTML layouts of one member list, each wrapped in what sites wrap their pages in."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

MEMBERS = [
    tuple(pair.split(":"))
    for pair in (
        "Graz:Austria Linz:Austria Ghent:Belgium Brno:Czechia Ostrava:Czechia Aarhus:Denmark Espoo:Finland "
        "Oulu:Finland Nantes:France Lille:France Leipzig:Germany Cork:Ireland Bologna:Italy Kaunas:Lithuania "
        "Utrecht:Netherlands Bergen:Norway Porto:Portugal Valencia:Spain"
    ).split()
]
_COUNTRIES = [(country, [city for city, _ in group]) for country, group in groupby(MEMBERS, key=lambda pair: pair[1])]
_NOISE = ("Imprint and privacy", "Accept all cookies", "Jobs at the secretariat", "Follow our channel")
_SHELL = (
    "<!doctype html><html lang=en><head><title>Members – Example Network</title></head><body>"
    "<div class='cookie-banner'><p>We use cookies.</p><button>Accept all cookies</button></div>"
    "<nav><ul><li><a href=/>Home</a></li><li><a href=/about>About</a></li><li><a href=/jobs>Jobs at the secretariat</a>"
    "</li></ul></nav>{open}<h1>Our members</h1><p>The network connects the cities listed below, all of which have "
    "signed its charter and pay a yearly fee to its secretariat.</p>{members}{close}"
    "<aside class=sidebar><h3>Latest news</h3><ul><li><a href=/1>Follow our channel</a></li></ul></aside>"
    "<footer><ul><li><a href=/imprint>Imprint and privacy</a></li></ul></footer></body></html>"
)


@dataclass(frozen=True)
class MemberPage:
    """A page with the members; `country_beside`: each row names the country as well."""

    name: str
    data: bytes
    country_beside: bool
    noise: tuple[str, ...] = _NOISE


def _each(template: str) -> str:
    return "".join(template.format(city=city, country=country) for city, country in MEMBERS)


def _grouped(over: str, item: str, *, before: str = "", after: str = "") -> str:
    return "".join(
        over.format(country=country) + before + "".join(item.format(city=city) for city in cities) + after
        for country, cities in _COUNTRIES
    )


def _two_tables() -> str:
    half = len(MEMBERS) // 2
    return "".join(
        "<table>" + "".join(f"<tr><td>{city}</td><td>{country}</td></tr>" for city, country in part) + "</table>"
        for part in (MEMBERS[:half], MEMBERS[half:])
    )


_ROW = "<tr><td>{city}</td><td>{country}</td></tr>"
_HEADS = "<tr><th>City</th><th>Country</th></tr>"
_LAYOUTS: dict[str, tuple[Callable[[], str], bool]] = {
    "bullets": (lambda: f"<ul>{_each('<li>{city}, {country}</li>')}</ul>", True),
    "numbers": (lambda: f"<ol>{_each('<li>{city} ({country})</li>')}</ol>", True),
    "linked bullets": (lambda: f"<ul>{_each('<li><a href=/{city}>{city}</a></li>')}</ul>", False),
    "bullets under headings": (
        lambda: _grouped("<h3>{country}</h3>", "<li>{city}</li>", before="<ul>", after="</ul>"),
        False,
    ),
    "nested bullets": (
        lambda: "<ul>" + _grouped("<li>{country}", "<li>{city}</li>", before="<ul>", after="</ul></li>") + "</ul>",
        False,
    ),
    "definitions": (lambda: "<dl>" + _grouped("<dt>{country}</dt>", "<dd>{city}</dd>") + "</dl>", False),
    "table": (lambda: f"<table><thead>{_HEADS}</thead><tbody>{_each(_ROW)}</tbody></table>", True),
    "table without headings": (lambda: f"<table>{_each(_ROW)}</table>", True),
    "table with caption": (lambda: f"<table><caption>Members in 2021</caption>{_HEADS}{_each(_ROW)}</table>", True),
    "table with group rows": (
        lambda: (
            "<table><tr><th>City</th><th>Status</th></tr>"
            + _grouped("<tr><th colspan=2>{country}</th></tr>", "<tr><td>{city}</td><td>member</td></tr>")
            + "</table>"
        ),
        False,
    ),
    "table of linked names": (
        lambda: f"<table>{_HEADS}{_each('<tr><td><a href=/{city}>{city}</a></td><td>{country}</td></tr>')}</table>",
        True,
    ),
    "two tables": (_two_tables, True),
    "cards": (
        lambda: "<div class=grid>" + _each("<div class=card><h4>{city}</h4><p>{country}</p></div>") + "</div>",
        False,
    ),
    "linked cards": (
        lambda: (
            "<ul class=cards>"
            + _each("<li><a href=/{city}><img src=x.png alt=''><span>{city}</span> <span>{country}</span></a></li>")
            + "</ul>"
        ),
        True,
    ),
    "line breaks": (lambda: "<p>" + _each("{city}, {country}<br>") + "</p>", True),
    "paragraphs": (lambda: _each("<p>{city}, {country}</p>"), True),
    "grid of divisions": (lambda: "<div class=row>" + _each("<div class=col-4>{city}</div>") + "</div>", False),
    "accordion": (
        lambda: _grouped(
            "<button>{country}</button>", "<li>{city}</li>", before="<div class=panel hidden><ul>", after="</ul></div>"
        ),
        False,
    ),
    "folded details": (
        lambda: _grouped(
            "<details><summary>{country}</summary>", "<li>{city}</li>", before="<ul>", after="</ul></details>"
        ),
        False,
    ),
    "columns of bullets": (
        lambda: (
            "<div class=cols>"
            + "".join(
                "<ul>" + "".join(f"<li>{city}, {country}</li>" for city, country in MEMBERS[start::3]) + "</ul>"
                for start in range(3)
            )
            + "</div>"
        ),
        True,
    ),
}


def make_member_pages() -> list[MemberPage]:
    """All twenty; every other one marks its content with `<main>`, the rest with a `<div>`."""
    pages = []
    for number, (name, (write, country_beside)) in enumerate(_LAYOUTS.items()):
        tag = "main" if number % 2 else "div"
        opening = "<main>" if tag == "main" else "<div class=content>"
        text = _SHELL.format(open=opening, members=write(), close=f"</{tag}>")
        pages.append(MemberPage(name, text.encode(), country_beside))
    return pages
