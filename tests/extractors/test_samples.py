"""The samples are read whole: what members stand in them, and what stands around them."""

import hashlib
import importlib.util
from pathlib import Path

import pytest

from extractors.feeds import SitemapEntry, find_mirrored, read_sitemap
from extractors.readers import read_path
from schemas.document import Block, Document
from schemas.vocabulary import BlockKind

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = sorted(path for path in SAMPLES.rglob("*") if path.suffix in {".html", ".pdf", ".atom", ".txt", ".jsonl"})


def _read(name: str) -> Document:
    (document,) = read_path(SAMPLES / name)
    assert isinstance(document, Document)
    return document


def _texts(document: Document, kind: BlockKind) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind is kind]


def _cells(document: Document, block: Block) -> tuple[str, ...]:
    return tuple(document.text[start:end] for start, end in block.cells)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_offsets_are_valid_and_metadata_stated(path: Path) -> None:
    for document in read_path(path):
        assert isinstance(document, Document)
        assert document.publisher
        assert document.published
        assert document.title
        assert document.language == "en"
        for block in document.blocks:
            text = document.text[block.start : block.end]
            assert text.strip()
            assert text == " ".join(text.split()) or block.cells
            assert all(block.start <= start <= end <= block.end for start, end in block.cells)


def test_table_page_gives_every_row_and_nothing_around_it() -> None:
    document = _read("cities-of-literature.html")
    rows = [_cells(document, block) for block in document.blocks if block.kind is BlockKind.TABLE_ROW]
    assert len(rows) == 28
    assert rows[0] == ("Edinburgh", "United Kingdom", "2004")
    assert rows[-1] == ("Utrecht", "Netherlands", "2017")
    assert _texts(document, BlockKind.TABLE_HEADER) == ["City | Country | Member since"]
    assert document.published == "2017-11-15"
    for around in ("Vienna", "Hamburg", "Tweet", "Imprint"):
        assert around not in document.text


def test_list_page_gives_members_under_their_countries() -> None:
    document = _read("c40-members-by-country.html")
    countries: dict[str, list[str]] = {}
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.kind is BlockKind.HEADING and block.level == 3:
            countries[text] = []
        elif block.kind is BlockKind.LIST_ITEM:
            countries[next(reversed(countries))].append(text)
    assert len(countries) == 13
    assert countries["Brazil"] == ["Curitiba", "Fortaleza", "Rio de Janeiro", "Salvador", "São Paulo"]
    assert sum(map(len, countries.values())) == 31
    for around in ("Turin", "Lima", "Oslo", "Zurich"):
        assert around not in document.text


@pytest.mark.parametrize(
    ("name", "stated", "around"),
    [
        ("eurocities-presidency-2023.html", "Burkhard Jung, Mayor of Leipzig,", "Dresden"),
        ("eurocities-presidency-2023.html", "Mathias De Clercq, Mayor of Ghent, becomes", "Porto"),
        ("malmo-iclei-congress.html", "ICLEI’s council met in Malmö", "Copenhagen"),
    ],
)
def test_articles_are_read_without_what_is_around_them(name: str, stated: str, around: str) -> None:
    text = _read(name).text
    assert stated in text
    assert around not in text


def test_two_column_report_joins_its_table_over_the_page_break() -> None:
    document = _read("creative-cities-2014.pdf")
    rows = [block for block in document.blocks if block.kind is BlockKind.TABLE_ROW]
    assert len(rows) == 39
    assert {block.page for block in rows} == {1, 2}
    assert {block.table for block in rows} == {1}
    assert len(_texts(document, BlockKind.TABLE_HEADER)) == 1
    assert _cells(document, rows[-1]) == ("York", "United Kingdom", "Media Arts", "2014")
    assert "Popayán for gastronomy, Aswan and Santa Fe" in document.text
    assert document.text.count("Ten years of creative cities") == 1
    assert "Page 1" not in document.text
    assert "Glasgow, which joined in 2008" in _texts(document, BlockKind.LIST_ITEM)


def test_board_page_gives_one_item_an_office_holder() -> None:
    document = _read("mayors-for-peace-board.pdf")
    assert _texts(document, BlockKind.LIST_ITEM)[:2] == [
        "Kazumi Matsui, Mayor of Hiroshima (President)",
        "Tomihisa Taue, Mayor of Nagasaki (Vice-President)",
    ]
    rows = [_cells(document, block) for block in document.blocks if block.kind is BlockKind.TABLE_ROW]
    assert rows[-1] == ("11th", "Hannover", "Germany", "11–12 November 2019")
    assert document.published == "2020-02"


def test_pages_of_the_sitemap_lie_in_the_mirror() -> None:
    entries = read_sitemap((SAMPLES / "sitemap.xml").read_bytes(), name="sitemap.xml")
    assert len(entries) == 3
    for entry in entries:
        assert isinstance(entry, SitemapEntry)
        path = next(
            SAMPLES / "mirror" / path for path in find_mirrored(entry.url) if (SAMPLES / "mirror" / path).is_file()
        )
        (document,) = read_path(path)
        assert isinstance(document, Document)
        assert document.url == entry.url


def test_reports_are_made_the_same_at_every_run(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_reports", SAMPLES / "make_reports.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, make in (
        ("creative-cities-2014.pdf", module.make_creative_cities),
        ("mayors-for-peace-board.pdf", module.make_peace_board),
    ):
        digests = []
        for copy in ("one", "two"):
            target = tmp_path / f"{copy}-{name}"
            make(target)
            digests.append(hashlib.sha256(target.read_bytes()).hexdigest())
        assert digests[0] == digests[1]
