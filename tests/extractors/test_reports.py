"""Reports are drawn by reportlab in each test, so that their text and places are known."""

import io
from collections.abc import Callable, Sequence

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.reports import read_report
from schemas.document import Document
from schemas.errors import UnreadableDocument
from schemas.vocabulary import BlockKind

LONG = "This line goes over the whole width of the page, from its left edge to its right one, and on."


def _draw(paint: Callable[[Canvas], None], **options: object) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1, **options)
    paint(canvas)
    canvas.save()
    return stream.getvalue()


def _lines(
    canvas: Canvas, x: float, y: float, lines: Sequence[str], font: str = "Times-Roman", *, size: float = 11
) -> None:
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(x, y, line)
        y -= 1.2 * size


def _rows(canvas: Canvas, y: float, rows: Sequence[Sequence[str]], *, bold_header: bool = True) -> None:
    for position, row in enumerate(rows):
        canvas.setFont("Times-Bold" if bold_header and position == 0 else "Times-Roman", 10)
        for x, cell in zip((60, 220, 380), row, strict=True):
            canvas.drawString(x, y, cell)
        y -= 15


def _read(paint: Callable[[Canvas], None]) -> Document:
    return read_report(_draw(paint), name="report.pdf")


def _blocks(document: Document) -> list[tuple[str, str]]:
    return [(str(block.kind), document.text[block.start : block.end]) for block in document.blocks]


def test_columns_are_read_one_after_the_other() -> None:
    def paint(canvas: Canvas) -> None:
        _lines(canvas, 50, 790, ["A report on networks of cities in all of Europe"], "Helvetica-Bold", size=18)
        left = ["The network grew fast after the turn of the cen-", "tury, and many towns joined it. Bonn was one of",
                "them, and it holds a seat on the board, next to"]  # fmt: skip
        right = [
            "Kiel and Oslo.",
            "Its seat moved to Brussels, where it has been",
            "ever since, in a house that it rents.",
        ]
        _lines(canvas, 50, 750, left)
        _lines(canvas, 310, 745, right)
        _lines(canvas, 50, 640, ["Outlook"], "Times-Bold", size=13)
        _lines(canvas, 50, 620, [LONG])

    assert _blocks(_read(paint)) == [
        ("heading", "A report on networks of cities in all of Europe"),
        ("paragraph", "The network grew fast after the turn of the century, and many towns joined it. Bonn was one of "
         "them, and it holds a seat on the board, next to Kiel and Oslo."),
        ("paragraph", "Its seat moved to Brussels, where it has been ever since, in a house that it rents."),
        ("heading", "Outlook"),
        ("paragraph", LONG),
    ]  # fmt: skip


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    def paint(canvas: Canvas) -> None:
        _lines(
            canvas,
            50,
            750,
            ["The members met in Ghent in May and agreed on a", "short plan of ten chapters and a preface that"],
        )
        _lines(canvas, 310, 750, ["was written by the president of the network, in", "the summer before the meeting."])

    ((_, text),) = _blocks(_read(paint))
    assert text.endswith(
        "a preface that was written by the president of the network, in the summer before the meeting."
    )


def test_members_in_three_columns_stand_under_their_country() -> None:
    columns = [
        [("Austria", ["Graz", "Linz", "Vienna"]), ("Belgium", ["Antwerp", "Ghent"])],
        [("Finland", ["Espoo", "Oulu", "Tampere", "Turku"]), ("France", ["Lyon"])],
        [("Germany", ["Berlin"]), ("Italy", ["Bologna", "Milan", "Turin"]), ("Spain", ["Madrid"])],
    ]

    def paint(canvas: Canvas) -> None:
        _lines(canvas, 50, 790, ["Our members"], "Helvetica-Bold", size=16)
        _lines(canvas, 50, 760, [LONG])
        for number, column in enumerate(columns):
            y = 720.0
            for country, cities in column:
                _lines(canvas, 50 + 170 * number, y, [country], "Helvetica-Bold", size=10)
                _lines(canvas, 50 + 170 * number, y - 14, cities, "Helvetica", size=10)
                y -= 14 + 12 * len(cities) + 8

    expected = [("heading", "Our members"), ("paragraph", LONG)]
    for column in columns:
        for country, cities in column:
            expected += [("heading", country), *(("list_item", city) for city in cities)]
    assert _blocks(_read(paint)) == expected


@pytest.mark.parametrize(
    ("end", "is_one"), [("and an assembly in", True), ("and a host city", True), ("and of an assembly", False)]
)
def test_a_paragraph_that_cannot_end_so_goes_on_with_a_name_in_the_next_column(end: str, is_one: bool) -> None:
    def paint(canvas: Canvas) -> None:
        _lines(
            canvas, 50, 750, ["The members met in Ghent in May, and agreed on a", f"plan of ten long chapters {end}"]
        )
        _lines(canvas, 310, 750, ["Oslo to be held in the year after, if the town", "can make room for all of them."])

    assert len(_blocks(_read(paint))) == (1 if is_one else 2)


@pytest.mark.parametrize("mark", ["»", "(a)", "100."])
def test_items_begin_with_marks_of_many_kinds(mark: str) -> None:
    def paint(canvas: Canvas) -> None:
        _lines(canvas, 50, 780, [LONG])
        _lines(canvas, 60, 740, [f"{mark} Bonn", f"{mark} Kiel"])

    assert _blocks(_read(paint))[1:] == [("list_item", "Bonn"), ("list_item", "Kiel")]


def test_a_numbered_heading_is_no_item_but_a_numbered_list_is_one() -> None:
    def paint(canvas: Canvas) -> None:
        _lines(canvas, 50, 780, ["2. Member cities"], "Times-Bold")
        _lines(canvas, 50, 755, [LONG])
        _lines(canvas, 50, 720, ["1. Bonn", "2. Kiel"], "Times-Bold")
        _lines(canvas, 50, 680, [LONG])

    assert _blocks(_read(paint)) == [
        ("heading", "Member cities"),
        ("paragraph", LONG),
        ("list_item", "Bonn"),
        ("list_item", "Kiel"),
        ("paragraph", LONG),
    ]


def test_a_numbered_heading_over_a_table_is_no_item() -> None:
    def paint(canvas: Canvas) -> None:
        _lines(canvas, 50, 780, [LONG])
        _lines(canvas, 50, 740, ["3. Boards"], "Times-Bold")
        canvas.grid([50, 150, 250], [640, 680, 720])
        for x, y, cell in ((55, 700, "Bonn"), (155, 700, "1998"), (55, 660, "Kiel"), (155, 660, "2001")):
            _lines(canvas, x, y, [cell])

    assert _blocks(_read(paint))[1] == ("heading", "Boards")


def test_dotted_leaders_part_cells_but_lead_to_pages_in_a_table_of_contents() -> None:
    dots = "." * 60

    def paint(canvas: Canvas) -> None:
        _lines(canvas, 50, 780, ["Contents"], "Helvetica-Bold", size=16)
        _lines(canvas, 50, 755, [f"Who we are {dots} 12"])
        _lines(canvas, 50, 720, ["Austria"], "Helvetica-Bold", size=16)
        _lines(canvas, 50, 700, [f"Vienna {dots} 2009", f"Graz {dots} 2011"])
        _lines(canvas, 50, 660, ["Spain"], "Helvetica-Bold", size=16)
        _lines(canvas, 50, 640, [f"Madrid {dots} 1998"])

    document = _read(paint)
    rows = [
        (block.table, *(document.text[start:end] for start, end in block.cells))
        for block in document.blocks
        if block.cells
    ]
    assert rows == [(1, "Vienna", "2009"), (1, "Graz", "2011"), (2, "Madrid", "1998")]
    assert ("paragraph", f"Who we are {dots} 12") in _blocks(document)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Bonn", "Kiel"], "Bonn, Kiel"),
        (["• Bonn", "• Kiel"], "Bonn, Kiel"),
        (["Members:", "- Bonn"], "Members: - Bonn"),
        (["It leads.", "Kiel joins."], "It leads. Kiel joins."),
        (["City of", "Kiel"], "City of Kiel"),
        (["Member of", "the board"], "Member of the board"),
        (["San Cristobal de La", "Laguna"], "San Cristobal de La Laguna"),
    ],
)
def test_parts_of_a_ruled_cell_are_parted(lines: list[str], text: str) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.grid([50, 150, 250], [640, 680, 720])
        _lines(canvas, 55, 705, ["Spain"])
        _lines(canvas, 155, 705, ["One", "Two"], "Times-Bold")
        _lines(canvas, 55, 665, ["Italy"])
        _lines(canvas, 155, 665, lines)

    assert _blocks(_read(paint))[-1] == ("table_row", f"Italy | {text}")


@pytest.mark.parametrize("font", ["Times-Bold", "Times-Roman"])
def test_lines_of_a_header_are_one(font: str) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.grid([50, 150, 250], [600, 640, 680, 720])
        for x, cell in ((55, ["Host", "City"]), (155, ["Year"])):
            _lines(canvas, x, 705, cell, font)
        for y, row in ((665, ("Bonn", "2001")), (625, ("Kiel", "2002"))):
            for x, name in zip((55, 155), row, strict=True):
                _lines(canvas, x, y, [name])

    assert _blocks(_read(paint))[0] == ("table_header", "Host City | Year")


@pytest.mark.parametrize(
    ("text", "below"), [("Spain", "Spain | Merida"), ("A cell that tells of both of the towns", " | Merida")]
)
def test_a_short_cell_that_reaches_over_rows_stands_in_each(text: str, below: str) -> None:
    def paint(canvas: Canvas) -> None:
        for y in (720, 640):
            canvas.line(50, y, 450, y)
        canvas.line(250, 680, 450, 680)
        for x in (50, 250, 450):
            canvas.line(x, 640, x, 720)
        for x, y, cell in ((55, 700, text), (255, 700, "Leon"), (255, 660, "Merida")):
            _lines(canvas, x, y, [cell])

    assert [cells for _, cells in _blocks(_read(paint))] == [f"{text} | Leon", below]


@pytest.mark.parametrize("is_boxed", [True, False])
def test_cards_side_by_side_are_no_table(is_boxed: bool) -> None:
    people = [
        ["Ana Lopes", "President", "Mayor of Porto"],
        ["Jan Kos", "Vice-President", "Mayor of Gdynia"],
        ["Luc Petit", "Board member", "Mayor of Nantes"],
        ["Rosa Neri", "Treasurer", "Mayor of Bologna"],
    ]

    def paint(canvas: Canvas) -> None:
        if is_boxed:
            canvas.grid([50, 200, 350], [600, 660, 720])
        for (x, y), card in zip([(55, 700), (205, 700), (55, 640), (205, 640)], people, strict=True):
            _lines(canvas, x, y, card[:1], "Times-Bold")
            _lines(canvas, x, y - 13, card[1:])

    found = _blocks(_read(paint))
    assert {kind for kind, _ in found} <= {"heading", "list_item", "paragraph"}
    assert [text for _, text in found] == [line for place in (0, 2, 1, 3) for line in people[place]]


def test_line_below_cards_that_runs_across_columns_does_not_join_them() -> None:
    cards = [["Ana Lopes", "Jan Kos", "Luc Petit"], ["PRESIDENT", "MEMBER", "MEMBER"], ["Mayor", "Governor", "Mayor"]]

    def paint(canvas: Canvas) -> None:
        for column in range(3):
            for y, row in zip((700, 687, 674), cards, strict=True):
                _lines(canvas, 55 + 160 * column, y, [row[column]])
        # A large figure begins the line that runs across.
        _lines(canvas, 55, 600, ["96"])
        _lines(canvas, 90, 600, ["honorary presidents there were, says Rosa Neri. Pictures by the cities, for free."])

    assert [text for _, text in _blocks(_read(paint))][:9] == [row[column] for column in range(3) for row in cards]


def test_heading_that_cannot_end_so_goes_on_in_the_next_line() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont("Times-Bold", 20)
        canvas.drawString(60, 740, "East Asia Local and")
        canvas.drawString(60, 716, "Regional Government Congress")
        canvas.drawString(60, 670, "Handbook")
        _lines(
            canvas,
            60,
            640,
            ["The congress was set up by towns and provinces of six countries, which meet", "each year."],
        )

    headings = [text for kind, text in _blocks(_read(paint)) if kind == "heading"]
    assert headings == ["East Asia Local and Regional Government Congress", "Handbook"]


def test_boxes_of_running_text_about_offices_are_no_cards() -> None:
    text = ["The network tells its many", "members about the mayors."]

    def paint(canvas: Canvas) -> None:
        canvas.grid([50, 180, 310], [600, 660, 720])
        for x, y in ((55, 700), (185, 700), (55, 640), (185, 640)):
            _lines(canvas, x, y, text, size=10)

    assert _blocks(_read(paint)) == [("table_row", " | ".join([" ".join(text)] * 2))] * 2


def test_a_table_of_offices_is_no_row_of_cards() -> None:
    rows = [
        ["Office", "Held by", "Until"],
        ["President", "Ana Lopes, Mayor of Porto", "2001"],
        ["Treasurer", "Jan Kos, Mayor of Gdynia", "2002"],
        ["Secretary", "Eva Berg, Mayor of Bonn", "2003"],
    ]

    assert _blocks(_read(lambda canvas: _rows(canvas, 700, rows)))[1:] == [
        ("table_row", " | ".join(row)) for row in rows[1:]
    ]


def test_dates_in_the_first_column_make_a_table() -> None:
    rows = [["12–14 May", "Assembly in Bonn"], ["3 June", "Board in Kiel"], ["20 Sept.", "Forum in Oslo"]]

    def paint(canvas: Canvas) -> None:
        for place, row in enumerate(rows):
            for x, cell in zip((60, 220), row, strict=True):
                _lines(canvas, x, 700 - 15 * place, [cell])

    assert _blocks(_read(paint)) == [("table_row", " | ".join(row)) for row in rows]


@pytest.mark.parametrize("has_header", [True, False])
def test_a_table_without_rules_goes_on_over_a_page_break(has_header: bool) -> None:
    rows = [
        ("City", "Country", "Since"),
        ("Lyon", "France", "1986"),
        ("Oslo", "Norway", "1991"),
        ("Riga", "Latvia", "2001"),
    ]
    rest = [("Rome", "Italy", "2002"), ("Sofia", "Bulgaria", "2004")]

    def paint(canvas: Canvas) -> None:
        for page in range(2):
            _lines(canvas, 50, 815, ["Annual report 2019"], "Helvetica", size=8)
            _lines(canvas, 290, 20, [str(page + 1)], "Helvetica", size=8)
            if page == 0:
                _lines(canvas, 50, 740, [LONG])
                _rows(canvas, 700, rows)
            else:
                _rows(canvas, 740, rows[:1] + rest if has_header else rest, bold_header=has_header)
            canvas.showPage()

    document = _read(paint)
    found = [block for block in document.blocks if block.table is not None]
    cells = [tuple(document.text[start:end] for start, end in block.cells) for block in found]
    assert cells == [*rows, *rest]
    assert {block.table for block in found} == {1}
    assert [block.kind for block in found].count(BlockKind.TABLE_HEADER) == 1
    assert [block.page for block in found] == [1, 1, 1, 1, 2, 2]
    assert "Annual report" not in document.text


def test_cells_of_a_ruled_table_may_be_empty_and_run_over_lines() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.grid([50, 150, 250, 350], [600, 640, 680, 720])
        for y, row in (
            (705, ("City", "Office", "Since")),
            (665, ("Bonn", "", "1998")),
            (625, ("Kiel", "Board", "2001")),
        ):
            _lines(canvas, 55, y, [row[0]], "Times-Bold" if y == 705 else "Times-Roman")
            _lines(
                canvas,
                155,
                y,
                [row[1]] if y != 625 else ["Member of", "the board"],
                "Times-Bold" if y == 705 else "Times-Roman",
            )
            _lines(canvas, 255, y, [row[2]], "Times-Bold" if y == 705 else "Times-Roman")
        _lines(canvas, 50, 560, [LONG])

    document = _read(paint)
    rows = [tuple(document.text[start:end] for start, end in block.cells) for block in document.blocks if block.cells]
    assert rows == [("City", "Office", "Since"), ("Bonn", "", "1998"), ("Kiel", "Member of the board", "2001")]
    assert document.blocks[0].kind is BlockKind.TABLE_HEADER


def test_hyphens_are_undone_but_those_of_compounds() -> None:
    def paint(canvas: Canvas) -> None:
        _lines(canvas, 50, 750, [
            "The members’ co-operation is long-term by design, says the mayor Yvonne Aki-",
            "Sawyerr of Freetown, and it is a co-op-",
            "eration of equals, which makes it a long-",
            "term task of the net-",
            "work, which all of them share with one another in good years and in bad ones.",
        ])  # fmt: skip

    assert _read(paint).text == (
        "The members’ co-operation is long-term by design, says the mayor Yvonne Aki-Sawyerr of Freetown, and it is a "
        "co-operation of equals, which makes it a long-term task of the network, which all of them share with one "
        "another in good years and in bad ones."
    )


def test_captions_notes_and_bullets_are_kept_apart() -> None:
    def paint(canvas: Canvas) -> None:
        _lines(canvas, 50, 780, [LONG, "It ends here and goes no further than this second line of it."])
        _lines(canvas, 50, 740, ["Figure 3: Members by year"], "Times-Italic", size=9)
        _lines(canvas, 60, 700, ["- Bonn, which joined the network when it was", "- Kiel"])
        _lines(canvas, 50, 60, ["1 As of May 2021, by the network’s own count."], size=8)
        _lines(canvas, 50, 660, [LONG])

    assert [kind for kind, _ in _blocks(_read(paint))] == [
        "paragraph", "caption", "list_item", "list_item", "paragraph", "footnote",
    ]  # fmt: skip


def test_headings_rank_by_size_and_weight() -> None:
    def paint(canvas: Canvas) -> None:
        _lines(canvas, 50, 780, ["Report"], "Helvetica-Bold", size=20)
        _lines(canvas, 50, 740, ["Members"], "Helvetica-Bold", size=14)
        _lines(canvas, 50, 715, ["In Germany"], "Times-Bold", size=11)
        _lines(canvas, 50, 695, [LONG, LONG])

    document = _read(paint)
    assert [(block.level, block.page) for block in document.blocks] == [(1, 1), (2, 1), (3, 1), (None, 1)]
    assert document.title == "Report"


def _paint_text(canvas: Canvas) -> None:
    _lines(canvas, 50, 780, [LONG])


def _paint_scan(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "grey")), 50, 300, 400, 400)


def test_the_file_s_own_date_counts_only_if_it_is_one() -> None:
    assert _read(_paint_text).published is None  # reportlab's invariant date, 2000-01-01


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (_draw(_paint_text)[:700], "truncated"),
        (_draw(_paint_text, encrypt="secret"), "encrypted"),
        (_draw(_paint_scan), "scan"),
        (_draw(lambda canvas: canvas.showPage()), "empty pages"),
        (b"%PDF-1.4\n" + b"garbage " * 99 + b"%%EOF", "broken"),
        (b"<html><body>Please log in</body></html>", "expected a PDF"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocument, match=message):
        read_report(data, name="report.pdf")
