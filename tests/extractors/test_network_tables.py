"""Tables of cities by networks, from the page to the claims."""

import pytest

from extractors.network_tables import NetworkTables
from extractors.pipeline import load_extractor
from extractors.readers import read_document_bytes
from extractors.reading import DocumentReader
from schemas.document import Document

BY_COLUMN = """# Cities of the Baltic Sea in networks

The table shows to which networks the cities of our study belong.

| City | Eurocities | ICLEI (year joined) | Union of the Baltic Cities | Population |
| --- | --- | --- | --- | --- |
| Turku | yes | 1993 | since 1991 | 195,000 |
| Tallinn | yes | – | former (1991–2015) | 450,000 |
| Rostock | no |  | full member; seat of the secretariat | 209,000 |
"""
BY_ROW = """# Memberships of the case cities

| Network | Ghent | Malmö | Bilbao |
| --- | --- | --- | --- |
| Eurocities | ✓ | ✓ | x |
| Covenant of Mayors | 2009 |  | signed 2010 |
| Tram company | De Lijn | Skånetrafiken | Euskotren |
"""
ONE_NETWORK = """# Members of Eurocities

| City | Member of Eurocities since | Mayor |
| --- | --- | --- |
| Turku | 1996 | Minna Arve |
| Ghent | 2001 | Daniël Termont |
"""


def _document(markdown: str) -> Document:
    document = read_document_bytes(markdown.encode(), name="table.md")[0]
    assert isinstance(document, Document)
    return document


def _claims(markdown: str) -> set[tuple[str, str, str, str, str | None, str | None]]:
    claims = load_extractor().extract(_document(markdown)).claims
    return {(c.city.mention, c.network.id, c.role, c.status, c.since, c.until) for c in claims}


def test_each_cell_of_a_row_speaks_of_its_own_network() -> None:
    assert _claims(BY_COLUMN) == {
        ("Turku", "eurocities", "member", "current", None, None),
        ("Turku", "iclei", "member", "current", "1993", None),
        ("Turku", "ubc", "member", "current", "1991", None),
        ("Tallinn", "eurocities", "member", "current", None, None),
        ("Tallinn", "ubc", "member", "ended", "1991", "2015"),
        ("Rostock", "eurocities", "member", "denied", None, None),
        ("Rostock", "ubc", "member", "current", None, None),
        ("Rostock", "ubc", "secretariat_host", "current", None, None),
    }


def test_networks_may_head_the_rows() -> None:
    assert _claims(BY_ROW) == {
        ("Ghent", "eurocities", "member", "current", None, None),
        ("Malmö", "eurocities", "member", "current", None, None),
        ("Ghent", "covenant-of-mayors", "signatory", "current", "2009", None),
        ("Bilbao", "covenant-of-mayors", "signatory", "current", "2010", None),
    }


def test_evidence_of_a_cell_is_its_row() -> None:
    claims = load_extractor().extract(_document(BY_COLUMN)).claims
    tallinn = next(c for c in claims if c.city.mention == "Tallinn" and c.network.id == "ubc")
    assert tallinn.evidence.text.startswith("Tallinn | yes")
    assert tallinn.network.mention == "Union of the Baltic Cities"


@pytest.mark.parametrize(
    "table",
    [
        ONE_NETWORK,
        "| Year | C40 summit | Eurocities conference |\n| --- | --- | --- |\n| 2019 | Copenhagen | Prague |\n",
        "| Members of Eurocities | Members of ICLEI |\n| --- | --- |\n| Ghent | Turku |\n| Malmö | Bonn |\n",
    ],
)
def test_other_tables_are_read_as_before(document_reader: DocumentReader, table: str) -> None:
    reading = document_reader.read(_document(table))
    tables = NetworkTables(reading)
    assert reading.references
    assert all(tables.cells_about(city.start) is None for city in reading.references)
