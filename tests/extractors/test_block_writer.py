from hypothesis import given
from hypothesis import strategies as st

from extractors.block_writer import BlockWriter, replace_surrogates, tidy
from schemas.vocabulary import BlockKind


def test_blocks_are_set_apart_by_kind() -> None:
    writer = BlockWriter()
    writer.add(BlockKind.HEADING, "Members", level=1)
    writer.add(BlockKind.LIST_ITEM, "Bonn", level=1)
    writer.add(BlockKind.LIST_ITEM, "Kiel", level=1)
    writer.add(BlockKind.PARAGRAPH, "That is all.")
    writer.add_row(BlockKind.TABLE_HEADER, ["City", "Since"], table=1)
    writer.add_row(BlockKind.TABLE_ROW, ["Bonn", "1998"], table=1)
    writer.add_row(BlockKind.TABLE_ROW, ["Oslo", "1999"], table=2)
    assert writer.text == "Members\n\n- Bonn\n- Kiel\n\nThat is all.\n\nCity | Since\nBonn | 1998\n\nOslo | 1999"
    assert [writer.text[block.start : block.end] for block in writer.blocks[:3]] == ["Members", "Bonn", "Kiel"]


def test_empty_cells_are_empty_spans_and_empty_rows_are_none() -> None:
    writer = BlockWriter()
    writer.add_row(BlockKind.TABLE_ROW, ["Bonn", "", "1998"], table=1)
    writer.add_row(BlockKind.TABLE_ROW, [" ", ""], table=1)
    (row,) = writer.blocks
    assert [writer.text[start:end] for start, end in row.cells] == ["Bonn", "", "1998"]


def test_invisible_characters_and_surrogates_are_dropped_or_replaced() -> None:
    assert tidy(" gastro\u00adnomy\u200b  \n of\x00 Bonn ") == "gastronomy of Bonn"
    assert replace_surrogates("a\ud800b") == "a\ufffdb"


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=4), max_size=6), st.lists(st.text(), max_size=5))
def test_every_span_is_the_tidied_text_that_was_added(rows: list[list[str]], items: list[str]) -> None:
    writer = BlockWriter()
    for row in rows:
        writer.add_row(BlockKind.TABLE_ROW, row, table=1)
    for item in items:
        writer.add(BlockKind.LIST_ITEM, item)
    expected = [[tidy(cell) for cell in row] for row in rows if any(map(tidy, row))]
    found = [[writer.text[start:end] for start, end in block.cells] for block in writer.blocks if block.cells]
    assert found == expected
    texts = [writer.text[block.start : block.end] for block in writer.blocks if not block.cells]
    assert texts == [tidy(item) for item in items if tidy(item)]
