"""Domain texts are annotated with what the lists know, and the rest stays open."""

from pathlib import Path

from extractors.training.domain_names import find_unknown, read_domain_names

TEXT = "The mayor of Tampere, Anna Korhonen, said on 3 May that Eurocities welcomed the town.\n"


def test_networks_cities_and_holders_are_entities_and_other_capitals_unknown(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    [names] = read_domain_names([tmp_path])
    found = {(TEXT[start:end], label) for start, end, label in names.entities}
    assert ("Tampere", "LOC") in found
    assert ("Eurocities", "ORG") in found
    assert ("Anna Korhonen", "PERSON") in found
    unknown = {TEXT[start:end] for start, end in names.unknown}
    assert {"The", "3", "May"} <= unknown
    assert not unknown & {"Tampere", "mayor", "welcomed", "Eurocities"}


def test_a_text_in_small_letters_has_nothing_unknown() -> None:
    assert find_unknown("the town joined the network", []) == []
