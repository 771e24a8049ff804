"""A city name is looked for in its evidence, placed by its layout, and covered by a span or not."""

from collections import Counter

import pytest

from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.structure import segment_text
from extractors.training.measure_cities import (
    Named,
    covers,
    describe_place,
    find_name,
    find_named,
    format_counts,
    set_in_capitals,
)
from schemas.document import Block
from schemas.vocabulary import BlockKind

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


def test_places_follow_the_layout() -> None:
    text = "MEMBERS IN VIENNA\n\nThe members of the network in Bonn are these, as OSLO tells:\n\n- Graz\n- LINZ\n"
    blocks = segment_text(text)
    places = {
        name: describe_place(text, blocks, text.index(name)) for name in ("VIENNA", "Bonn", "OSLO", "Graz", "LINZ")
    }
    assert places == {
        "VIENNA": "heading in capitals",
        "Bonn": "prose",
        "OSLO": "prose",
        "Graz": "list item",
        "LINZ": "list item",
    }


def test_headings_in_capitals_rows_of_tables_and_stretches_outside_blocks() -> None:
    text = "Members in Graz\nGraz | 2010\nGraz"
    blocks = [
        Block(kind=BlockKind.HEADING, start=0, end=15, level=1),
        Block(kind=BlockKind.TABLE_ROW, start=16, end=27),
    ]
    assert describe_place(text, blocks, 11) == "other heading"
    assert describe_place(text, blocks, 16) == "table row"
    assert describe_place(text, blocks, 28) == "prose"


def test_capitals_keep_every_offset() -> None:
    assert set_in_capitals("Gießen, Łódź and ﬁnally İzmir") == "GIEßEN, ŁÓDŹ AND ﬁNALLY İZMIR"


def test_shares_are_of_the_names_of_a_place_and_empty_where_there_is_none() -> None:
    counts = Counter({("named", "all"): 4, ("recognizer", "all"): 3, ("either", "all"): 4, ("not named", "all"): 2})
    table = format_counts(counts)
    assert "| all | 4 | 0.750 | 0.000 | 1.000 |" in table
    assert "| heading in capitals | 0 |  |  |  |" in table
    assert table.endswith("(pronouns, offices): 2")


def test_a_span_must_hold_the_whole_name() -> None:
    named = Named(5, 13, "prose")
    assert covers([(0, 20)], named)
    assert not covers([(5, 8), (8, 13)], named)
