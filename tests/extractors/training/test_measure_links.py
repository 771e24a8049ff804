from extractors.catalogue import Catalogue
from extractors.gazetteer import Gazetteer
from extractors.reading import DocumentReader
from extractors.score import GoldDocument
from extractors.training.measure_links import find_links
from schemas.document import Document, hash_bytes

VALENCIA_ES, VALENCIA_VE = 2509954, 3625549


def gold(text: str, geonameid: int) -> GoldDocument:
    document = Document(document_id=hash_bytes(text.encode()), name="a", text=text)
    return GoldDocument(document, "news", ({"city": {"name": "Valencia", "country": "ES", "geonameid": geonameid}},))


def test_link_is_told_beside_what_gold_has(gazetteer: Gazetteer, catalogue: Catalogue) -> None:
    reader = DocumentReader(gazetteer, catalogue)
    text = "Madrid, Barcelona and Valencia joined Eurocities."
    assert find_links(gold(text, VALENCIA_ES), reader, gazetteer) == [("a", "Valencia", VALENCIA_ES, VALENCIA_ES)]
    assert find_links(gold(text, VALENCIA_VE), reader, gazetteer) == [("a", "Valencia", VALENCIA_VE, VALENCIA_ES)]


def test_name_that_gold_does_not_speak_of_is_not_counted(gazetteer: Gazetteer, catalogue: Catalogue) -> None:
    reader = DocumentReader(gazetteer, catalogue)
    assert find_links(gold("Rosario joined Mercociudades.", VALENCIA_ES), reader, gazetteer) == []
