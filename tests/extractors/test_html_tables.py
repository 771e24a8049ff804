import pytest
from lxml import html

from extractors.html_tables import find_rows, is_data_table


def _rows(markup: str) -> list[tuple[str, tuple[str, ...]]]:
    table = html.fromstring(f"<table>{markup}</table>")
    return [(str(row.kind), row.cells) for row in find_rows(table)]


def test_spans_are_filled_in() -> None:
    rows = _rows(
        "<tr><th>Country</th><th>City</th><th>Since</th></tr>"
        "<tr><td rowspan=2>Germany</td><td>Bonn</td><td>1998</td></tr><tr><td colspan=2>Kiel</td></tr>"
    )
    assert rows == [
        ("table_header", ("Country", "City", "Since")),
        ("table_row", ("Germany", "Bonn", "1998")),
        ("table_row", ("Germany", "Kiel", "")),
    ]


def test_a_cell_across_the_table_heads_the_rows_after_it() -> None:
    rows = _rows(
        "<thead><tr><th>City</th><th>Since</th></tr></thead>"
        "<tr><th colspan=2>Germany</th></tr><tr><td>Bonn</td><td>1998</td></tr>"
    )
    assert [kind for kind, _ in rows] == ["table_header", "heading", "table_row"]


def test_row_across_the_table_without_a_word_is_no_row() -> None:
    rows = _rows("<tr><td>Bonn</td><td>1998</td></tr><tr><td colspan=2><img src=line.gif></td></tr>")
    assert rows == [("table_row", ("Bonn", "1998"))]


def test_header_rows_are_merged_column_by_column() -> None:
    rows = _rows(
        "<thead><tr><th>City</th><th colspan=2>Member</th></tr><tr><th></th><th>since</th><th>until</th></tr></thead>"
        "<tbody><tr><td>Bonn</td><td>1998</td><td>2001</td></tr></tbody>"
    )
    assert rows[0] == ("table_header", ("City", "Member since", "until"))


def test_bold_cells_make_a_header_and_row_headers_do_not() -> None:
    rows = _rows("<tr><td><b>City</b></td><td><b>Since</b></td></tr><tr><th scope=row>Bonn</th><td>1998</td></tr>")
    assert [kind for kind, _ in rows] == ["table_header", "table_row"]


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("<td>City</td><td>Country</td><td>Member<br>since (2020)</td>", "table_header"),
        ("<td></td><td><b>Ana</b></td><td><b>Jan</b></td>", "table_header"),
        ("<td>Porto</td><td>Portugal</td><td>member</td>", "table_row"),
        ("<td>City of Porto</td><td>Portugal</td><td>member</td>", "table_row"),
    ],
)
def test_words_of_the_first_row_make_it_a_header_and_so_does_bold_beside_an_empty_corner(first: str, kind: str) -> None:
    rows = _rows(f"<tr>{first}</tr><tr><td>City of Bonn</td><td>Germany</td><td>member</td></tr>")
    assert [kind for kind, _ in rows] == [kind, "table_row"]


def test_names_in_the_first_column_do_not_make_a_header_of_the_first_row() -> None:
    rows = _rows("<tr><td>City</td><td>Bonn</td></tr><tr><td>Country</td><td>Germany</td></tr>")
    assert [kind for kind, _ in rows] == ["table_row", "table_row"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Leon<br>Bilbao<br>Vitoria", "Leon, Bilbao, Vitoria"),
        ("<ul><li>Porto</li><li>Braga</li></ul>", "Porto, Braga"),
        ("<p>Leon (Spain)</p><p>Braga</p>", "Leon (Spain) Braga"),
        ("Stoke<br>on Trent", "Stoke on Trent"),
    ],
)
def test_lines_of_a_cell_are_parted_by_commas_but_in_headers(cell: str, text: str) -> None:
    rows = _rows(f"<tr><th>Member<br>Cities</th><th>Since</th></tr><tr><td>{cell}</td><td>1998</td></tr>")
    assert rows == [("table_header", ("Member Cities", "Since")), ("table_row", (text, "1998"))]


def test_hostile_spans_are_capped() -> None:
    rows = _rows("<tr><td colspan=99999 rowspan=99999>a</td><td>b</td></tr><tr><td colspan=-1>c</td></tr>")
    assert all(len(cells) < 100 for _, cells in rows)


@pytest.mark.parametrize(
    ("markup", "is_data"),
    [
        ("<tr><th>City</th><th>Since</th></tr><tr><td>Bonn</td><td>1998</td></tr>", True),
        ("<tr><td>Bonn</td><td>Kiel</td></tr><tr><td>Oslo</td><td>Bergen</td></tr>", True),
        ("<tr><td><h1>Page</h1></td><td>Menu</td></tr>", False),
        ("<tr><td>Only</td></tr><tr><td>one column</td></tr>", False),
    ],
)
def test_tables_that_lay_out_a_page_are_told_from_data(markup: str, is_data: bool) -> None:
    assert is_data_table(html.fromstring(f"<table>{markup}</table>")) is is_data
