import pytest

from extractors.articles import parse_page
from extractors.html_logos import name_pictures
from extractors.html_text import read_inline


def read(markup: str) -> str:
    tree = parse_page(f"<body>{markup}</body>")
    name_pictures(tree)
    return read_inline(tree.find("body"))


def picture(alt: str) -> str:
    return f"<li><a href='/m'><img src='a.png' alt='{alt}'></a></li>"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (f"<ul>{picture('Logo of Turku')}{picture('Bonn logo')}{picture('Kiel')}</ul>", "Turku Bonn Kiel"),
        (f"<ul>{picture('City of Turku')}<li>Bonn</li><li>Kiel</li></ul>", "City of Turku Bonn Kiel"),
        # Too few, one that tells nothing, what is to be seen, names of files, a picture in a text.
        (f"<ul>{picture('Turku')}{picture('Bonn')}</ul>", ""),
        (f"<ul>{picture('Turku')}{picture('Bonn')}{picture('')}</ul>", ""),
        (f"<ul>{picture('The mayors met.')}{picture('They left.')}{picture('They slept.')}</ul>", ""),
        (f"<ul>{picture('Img_1.jpg')}{picture('Dsc0002')}{picture('Photo 3')}</ul>", ""),
        ("<p><img alt='Turku'> is a city.</p><p><img alt='Bonn'> too.</p><p>Kiel</p>", "is a city. too. Kiel"),
    ],
)
def test_pictures_side_by_side_are_read_by_their_alternative_text(markup: str, text: str) -> None:
    assert read(markup) == text
