"""A city name is looked for in its evidence, placed by its layout, and covered by a span or not."""

import pytest

from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.structure import segment_text
from extractors.training.measure_cities import Named, covers, describe_place, find_name, find_named

VIENNA = {"name": "Wien", "geonameid": 2761369}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def test_an_exonym_of_the_gazetteer_is_found(gazetteer: Gazetteer) -> None:
    text = "Who joined? In May Vienna joined."
    span = find_name(text, "In May Vienna joined.", VIENNA, gazetteer)
    assert span is not None
    assert text[slice(*span)] == "Vienna"


def test_evidence_that_names_another_city_gives_none(gazetteer: Gazetteer) -> None:
    assert find_name("The city joined after Graz.", "The city joined after Graz.", VIENNA, gazetteer) is None


def test_the_same_city_in_the_same_evidence_counts_once(gazetteer: Gazetteer) -> None:
    text = "Vienna joined."
    claim = {"city": VIENNA, "evidence": text}
    [named] = find_named(text, [claim, claim], segment_text(text), gazetteer)
    assert named is not None
    assert (named.start, named.end) == (0, 6)


def test_capitals_and_list_rows_are_told_apart() -> None:
    text = "The members of the network are these:\n\n- Graz\n- LINZ\n"
    blocks = segment_text(text)
    assert describe_place(text, blocks, text.index("Graz"), text.index("Graz") + 4) == "list or table row"
    assert describe_place(text, blocks, text.index("LINZ"), text.index("LINZ") + 4) == "in capitals"


def test_a_span_must_hold_the_whole_name() -> None:
    named = Named(5, 13, "prose")
    assert covers([(0, 20)], named)
    assert not covers([(5, 8), (8, 13)], named)
