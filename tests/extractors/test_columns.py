from extractors.columns import find_column_heading, find_row_heading
from extractors.structure import segment_text


def _heading_of(text: str, word: str, header: int | None = None) -> str | None:
    blocks = segment_text(text)
    offset = text.index(word)
    index = next(n for n, block in enumerate(blocks) if block.start <= offset < block.end)
    span = find_column_heading(text, blocks, index, offset, header)
    return None if span is None else text[slice(*span)]


def test_cell_is_headed_by_the_cell_of_the_header_row_above_it() -> None:
    text = "City         Country      Member since\nNantes       France       1991\nLeipzig      Germany      1997\n"
    assert _heading_of(text, "1997", header=0) == "Member since"


def test_side_by_side_lists_keep_their_own_heading() -> None:
    text = (
        "MEMBERS                 OBSERVERS\n"
        "Izmir (Turkey)          Zarqa (Jordan)\n"
        "Sfax (Tunisia)          Lyon (France)\n"
    )
    assert _heading_of(text, "Lyon") == "OBSERVERS"
    assert _heading_of(text, "Sfax") == "MEMBERS"


def test_column_under_nothing_in_capitals_has_no_heading() -> None:
    assert (
        _heading_of("Izmir (Turkey)          Zarqa (Jordan)\nSfax (Tunisia)          Lyon (France)\n", "Lyon") is None
    )


def test_row_in_line_with_the_second_cell_above_goes_on_under_the_first() -> None:
    text = (
        "President         Ana Lopes      Porto\n"
        "Vice-Presidents   Jan Kos        Brno\n"
        "                  Ulla Berg      Aarhus\n"
        "                  Ida Holm       Malmö\n"
    )
    blocks = segment_text(text)
    spans = [find_row_heading(text, blocks, index) for index in range(4)]
    assert [span and text[slice(*span)] for span in spans] == [None, None, "Vice-Presidents", "Vice-Presidents"]


def test_row_that_begins_at_the_margin_goes_on_under_none() -> None:
    text = "Jan Kos        Brno\nUlla Berg      Aarhus\n"
    assert find_row_heading(text, segment_text(text), 1) is None


def test_row_with_an_empty_first_cell_goes_on_under_the_last_that_was_filled() -> None:
    text = "President | Porto (Portugal)\nVice-Presidents | Brno (Czechia)\n | Aarhus (Denmark)\n | Malmö (Sweden)\n"
    blocks = segment_text(text)
    assert blocks[2].cells[0] == (blocks[2].start, blocks[2].start)
    spans = [find_row_heading(text, blocks, index) for index in (2, 3)]
    assert [span and text[slice(*span)] for span in spans] == ["Vice-Presidents", "Vice-Presidents"]


def test_bars_around_every_row_part_off_no_empty_cells() -> None:
    text = "| Vice-Presidents | Brno |\n| Treasurer | Malmö |\n"
    assert [len(block.cells) for block in segment_text(text)] == [2, 2]
