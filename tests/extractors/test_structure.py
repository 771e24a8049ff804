import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.structure import govern, segment_text, split_cells, split_sentences
from schemas.vocabulary import BlockKind

BULLETS = """OUR MEMBERS

Denmark
- Aarhus
- Odense

Sweden
- Malmö

Founded in 1990, the network has three members in two countries, all of them in Scandinavia.
"""


def kinds_and_texts(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, text[block.start : block.end]) for block in segment_text(text)]


def test_country_over_bullets_is_a_heading() -> None:
    assert kinds_and_texts(BULLETS)[:4] == [
        ("heading", "OUR MEMBERS"),
        ("heading", "Denmark"),
        ("list_item", "Aarhus"),
        ("list_item", "Odense"),
    ]


def test_items_are_governed_by_their_own_country() -> None:
    blocks = segment_text(BULLETS)
    over = govern(BULLETS, blocks)
    headings = {
        BULLETS[b.start : b.end]: [BULLETS[blocks[h].start : blocks[h].end] for h in over[i].headings]
        for i, b in enumerate(blocks)
    }
    assert headings["Odense"] == ["OUR MEMBERS", "Denmark"]
    assert headings["Malmö"] == ["OUR MEMBERS", "Sweden"]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = "The association, founded in Gdańsk by thirty-two old and\nnew cities, has its seat there.\n\nA second one."
    assert [kind for kind, _ in kinds_and_texts(text)] == ["paragraph", "paragraph"]


def test_lines_that_what_follows_would_have_fitted_into_are_items() -> None:
    text = (
        "President City Government of Wellington, New Zealand\n"
        "honorary president Osaka City, Japan\n"
        "First Vice President Metropolitan Municipality of Ankara, Republic of Türkiye\n"
        "Second Vice President Cebu City Government, Philippines\n"
        "Executive Committee Malang City, Indonesia\n"
        "Jeju City, South Korea\n"
    )
    assert kinds_and_texts(text) == [("list_item", line) for line in text.splitlines()]


def test_lines_that_are_full_stay_one_paragraph() -> None:
    text = (
        "Members of the Hanseatic Committee on Harbours, the President\nOf the Union Ana Cruz and the Mayors of Turku, "
        "Malmö, Rostock,\nKiel and Aarhus met in Gdańsk for Two Long Days of Debate on\nWhat the Baltic Ports can "
        "Do for one another.\n"
    )
    assert [kind for kind, _ in kinds_and_texts(text)] == ["paragraph"]


def test_bullet_on_a_line_of_its_own_belongs_to_the_next() -> None:
    text = "New members:\n\n-\nPorto – Music\n-\nTurku – Film\n"
    assert kinds_and_texts(text)[1:] == [("list_item", "Porto – Music"), ("list_item", "Turku – Film")]


CARDS = """Members of the committee

HON. ANA CRUZ

Mayor, Cebu City

Philippines

JAN KOS

Mayor, Sylhet City Corporation

Bangladesh / Chairperson
"""


def test_name_and_country_on_a_card_are_no_headings() -> None:
    blocks = segment_text(CARDS)
    assert [block.kind.value for block in blocks] == ["heading", *["list_item"] * 6]
    assert all(over.headings == (0,) for over in govern(CARDS, blocks)[1:])


def test_offices_over_the_names_of_cards_are_headings() -> None:
    text = "Board\n\nPresident\n\nAna Cruz\n\nMayor of Porto\n\nTreasurer\n\nJan Kos\n\nMayor of Gdynia\n"
    assert [c for k, c in kinds_and_texts(text) if k == "heading"] == ["Board", "President", "Treasurer"]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("City | Country | Since", ["City", "Country", "Since"]),
        ("Nantes     France     2004", ["Nantes", "France", "2004"]),
        ("Rourkela ............ 1st", ["Rourkela", "1st"]),
        ("Oslo | | 1991", ["Oslo", "", "1991"]),
        ("No cells here.", ["No cells here."]),
    ],
)
def test_cells_are_told_by_bars_leaders_and_runs_of_spaces(line: str, cells: list[str]) -> None:
    assert [line[a:b] for a, b in split_cells(line)] == cells


def test_row_that_names_columns_is_the_header() -> None:
    text = "City         Country      Member since\nNantes       France       1991\nLeipzig      Germany      1997\n"
    blocks = segment_text(text)
    assert [block.kind for block in blocks] == [BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW, BlockKind.TABLE_ROW]


def test_header_row_may_explain_its_names_in_brackets() -> None:
    text = "Office | City (in order of seniority) | Represented by\nPresident | Porto | Ana Lopes\n"
    assert segment_text(text)[0].kind is BlockKind.TABLE_HEADER


@pytest.mark.parametrize(
    "text",
    ["City | Country | Inhabitants (2020)\nBonn | Germany | 300\n", "City\tSince\n\nBonn\t1991\n\nKiel\t1997\n"],
)
def test_header_stands_over_rows_with_years_in_brackets_and_over_blank_lines(text: str) -> None:
    header, *rows = segment_text(text)
    assert header.kind is BlockKind.TABLE_HEADER
    assert {(row.kind, row.table) for row in rows} == {(BlockKind.TABLE_ROW, header.table)}


def test_lines_that_begin_with_a_label_are_items_of_a_list_however_long() -> None:
    text = (
        "EXECUTIVE COMMITTEE\n"
        "President – Ana Lopes, Mayor of Porto and of all who live on its river\n"
        "Vice-President – Jan Kos, Lord Mayor of the City of Brno\n"
        "Member: Ulla Berg, Alderman, Municipality of Aarhus\n"
    )
    blocks = segment_text(text)
    assert [block.kind for block in blocks] == [BlockKind.HEADING, *[BlockKind.LIST_ITEM] * 3]
    assert text[blocks[2].start : blocks[2].end].endswith("City of Brno")


def test_lead_in_announces_the_list_after_it() -> None:
    text = "The following cities sit on the board of the network for three years:\n- Riga\n- Cork\n"
    blocks = segment_text(text)
    assert govern(text, blocks)[1].lead_in == 0


def test_sentences_do_not_end_at_abbreviations_and_initials() -> None:
    text = "Mayor J. R. Smith of St. Paul spoke. Dr. Weber of Bonn listened! Who came?"
    spans = split_sentences(text, 0, len(text))
    assert [text[a:b] for a, b in spans] == [
        "Mayor J. R. Smith of St. Paul spoke.",
        "Dr. Weber of Bonn listened!",
        "Who came?",
    ]


@given(st.text(alphabet=st.sampled_from("aB .|-•\n\t:1#*"), max_size=120))
def test_blocks_lie_in_order_and_hold_text(text: str) -> None:
    reached = 0
    for block in segment_text(text):
        assert reached <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip()
        assert all(block.start <= a <= b <= block.end for a, b in block.cells)
        reached = block.end


@given(st.text(max_size=200))
def test_sentences_are_trimmed_and_in_order(text: str) -> None:
    reached = 0
    for start, end in split_sentences(text, 0, len(text)):
        assert reached <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        reached = end


def test_statements_between_semicolons_are_apart_and_enumerations_whole() -> None:
    text = (
        "The town of Lemgo has joined the alliance of its region; "
        "Ramsau holds the presidency of one of its many boards. "
        "Present were Oslo (Norway); Turku (Finland); Kiel (Germany)."
    )
    spans = split_sentences(text, 0, len(text))
    assert [text[a:b][:12] for a, b in spans] == ["The town of ", "Ramsau holds", "Present were"]


def test_office_holders_without_bullets_are_items_of_what_announces_them() -> None:
    text = (
        "It has looked at the candidacies that came in for the seats and found these valid:\n"
        "Ana Lopes, Mayor of Porto Metropolitan Municipality (Portugal)\n"
        "Wen Li, Deputy Mayor of Foo (China)\n\n"
        "Jan Berg, Mayor of Bar (Norway)\n\nOthers are invited."
    )
    assert [kind for kind, _ in kinds_and_texts(text)] == ["paragraph", *["list_item"] * 3, "paragraph"]


def test_prose_about_office_holders_stays_prose() -> None:
    text = (
        "Those present were led by Ana Lopes and by the host, as ever:\nJan Berg, Mayor of Bar, who had come by train."
    )
    assert {kind for kind, _ in kinds_and_texts(text)} == {"paragraph"}


def test_many_short_lines_apart_are_a_list_under_the_first() -> None:
    text = "Our members\n\nOslo\n\nBergen\n\nTurku\n\nAarhus\n\nAll pay the same fee, whatever their size."
    assert kinds_and_texts(text)[:3] == [("heading", "Our members"), ("list_item", "Oslo"), ("list_item", "Bergen")]


def test_line_between_two_lists_heads_the_second() -> None:
    text = "Past Presidents\n  • Jo Lee, Councilmember, Joplin\n2018 Board\n  • Al Roe, Mayor, Branson\n  • Bo Day"
    assert [kind for kind, _ in kinds_and_texts(text)] == ["heading", "list_item", "heading", "list_item", "list_item"]


def test_second_line_of_an_item_is_no_heading() -> None:
    text = "- Jo Lee of the City of Winston-Salem and of the whole of the county, from\n  North Carolina\n- Bo Day"
    assert [kind for kind, _ in kinds_and_texts(text)] == ["list_item", "list_item"]


def test_office_alone_over_names_in_a_run_of_lines_is_a_heading() -> None:
    text = "Board\n\nChairperson\nAda Kern, Mayor of Oslo\nVice-Chairs\n"
    text += "Luc Perret, City Councillor, Lausanne, Switzerland\nEva Conti, Mayor of Como\nMembers\nBregenz\nBiel\n"
    blocks = segment_text(text)
    over = govern(text, blocks)
    heads = {
        text[b.start : b.end]: [text[blocks[h].start : blocks[h].end] for h in over[i].headings]
        for i, b in enumerate(blocks)
    }
    assert heads["Ada Kern, Mayor of Oslo"] == ["Board", "Chairperson"]
    assert heads["Luc Perret, City Councillor, Lausanne, Switzerland"] == ["Board", "Vice-Chairs"]
    assert heads["Eva Conti, Mayor of Como"] == ["Board", "Vice-Chairs"]
    assert heads["Biel"] == ["Board", "Members"]


def test_office_alone_below_a_name_is_no_heading() -> None:
    text = "Ada Kern\nMayor of Oslo\nPresident\n\nLuc Perret\nMayor of Lyon\nVice-President\n"
    assert ("heading", "President") not in kinds_and_texts(text)


def test_line_without_marks_over_entries_that_have_some_is_a_heading() -> None:
    text = "Council\nAda Kern (Chair) – Durban\nLuc Perret – Nelson Mandela Bay\nEva Conti – Buffalo City\n"
    assert kinds_and_texts(text)[0] == ("heading", "Council")


def test_title_over_a_single_sentence_is_a_heading() -> None:
    text = "Covenant of Mayors\nSigned in 2009.\n\nEnergy Cities\nMember until 2018.\n"
    assert [kind for kind, _ in kinds_and_texts(text)] == ["heading", "paragraph"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Oslo and Bergen joined\nthe network in 2009.\n",
        "Dear colleagues,\nWelcome to Oslo.\n",
        "Lyon\nTurin – since 2001\nOslo\n",
        "Oslo joined in 2001.\nBergen left in 2009.\n",
    ],
)
def test_other_first_lines_are_no_headings(text: str) -> None:
    assert "heading" not in [kind for kind, _ in kinds_and_texts(text)]


def test_lines_apart_are_items_under_the_lines_without_marks() -> None:
    text = (
        "Cities of Film\n\nBradford, U.K.\n\nSydney, Australia\n\nCities of Music\n\nBogota, Colombia\n\n"
        "Ghent, Belgium\n\nSeville, Spain\n"
    )
    assert kinds_and_texts(text) == [
        ("heading", "Cities of Film"),
        ("list_item", "Bradford, U.K."),
        ("list_item", "Sydney, Australia"),
        ("heading", "Cities of Music"),
        ("list_item", "Bogota, Colombia"),
        ("list_item", "Ghent, Belgium"),
        ("list_item", "Seville, Spain"),
    ]


def test_first_of_many_lines_apart_is_an_item_under_a_heading_in_capitals() -> None:
    text = "MEMBERS OF THE CAUCUS\n\n" + "\n\n".join(("Leeds", "York", "Derby", "Hull", "Bath"))
    assert [kind for kind, _ in kinds_and_texts(text)] == ["heading", *["list_item"] * 5]


def test_lines_that_begin_with_an_office_are_items_wherever_they_stand() -> None:
    text = (
        "The Large Towns Council is for towns of 200,000 people and more. Its chairs are elected for a year:\n\n"
        "Chair:             Brandon Todd, councilmember, Springfield\n\n"
        "Vice-Chair:    Amy Fowler, councilmember, Salt Lake City\n"
    )
    assert [kind for kind, _ in kinds_and_texts(text)] == ["paragraph", "list_item", "list_item"]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Eurocities has these members:\n\n1. Bonn\n2. Porto\n3. Lyon\n", ["Bonn", "Porto", "Lyon"]),
        ("The members are:\n\na) Bonn\n\nb) Porto\n", ["Bonn", "Porto"]),
        ("99. Nantes\n100. Porto\n101. Turku\n", ["Nantes", "Porto", "Turku"]),
        ("A. Bonn\nB. Porto\nC. Lyon\n", ["Bonn", "Porto", "Lyon"]),
        ("Our members\n1 Aachen\n2 Bonn\n3 Cork\n", ["Aachen", "Bonn", "Cork"]),
        ("\uf0b7 Bonn\n∙ Porto\n⁃\xa0Lyon\n•\xa0Turku\n", ["Bonn", "Porto", "Lyon", "Turku"]),
        (
            "D. Miller, Mayor of Toronto\nC. Kos, Mayor of Brno\n",
            ["D. Miller, Mayor of Toronto", "C. Kos, Mayor of Brno"],
        ),
    ],
)
def test_items_lose_bullets_numbers_and_letters_and_keep_initials(text: str, items: list[str]) -> None:
    assert [content for kind, content in kinds_and_texts(text) if kind == "list_item"] == items


def test_numbered_title_over_a_numbered_list_is_a_heading() -> None:
    text = "2. Members\n\n1. Bonn\n2. Porto\n\n3. Board\n\nIt meets twice a year in the town of its chair.\n"
    assert kinds_and_texts(text)[0] == ("heading", "Members")


@pytest.mark.parametrize(
    "notes", ["1 Since 2009.\n2 Until 2012.\n", "7 Directors\n8 Officers\n", "1 May in Bonn\n2 May in Porto\n"]
)
def test_numbers_that_count_no_items_are_kept_from_being_bullets(notes: str) -> None:
    assert "list_item" not in [kind for kind, _ in kinds_and_texts(f"Bonn and Porto are members.\n\n{notes}")]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Oslo joined in 2005.[3] Bonn left in 2010.[4][5] Lyon stayed.[a] [b] Kiel came.", 4),
        ("Cllr. Ana Lopes and Ald. Jan Kos met Capt. Berg, Lt. Roe and Col. Day. Bonn came.", 2),
    ],
)
def test_sentences_end_after_references_to_notes_and_not_at_titles(text: str, sentences: int) -> None:
    assert len(split_sentences(text, 0, len(text))) == sentences


def test_lines_that_begin_with_years_are_not_joined() -> None:
    lines = [
        "1995-2000: Hans Christiansen, Lord Mayor of Frankfurt (Germany)",
        "2000-2006: Maria Kirchner, Deputy Mayor of Innsbruck (Austria)",
        "2006-2012: Joachim Lorenz, Deputy Mayor of Munich (Germany)",
    ]
    text = "\n".join(["Presidents of the alliance", "", *lines])
    assert [words for _, words in kinds_and_texts(text)[1:]] == lines


def test_body_over_its_officers_is_a_heading() -> None:
    text = (
        "Cultural Cities Commission\nChair: Marta Rudzka, Gdynia\nCo-chair: Jeanette Lund, Kalmar\n\n"
        "Sustainable Cities Commission\nChair: Kari Moe, Turku\n"
    )
    assert [words for kind, words in kinds_and_texts(text) if kind == "heading"] == [
        "Cultural Cities Commission",
        "Sustainable Cities Commission",
    ]


def test_person_over_an_office_is_no_heading() -> None:
    assert "heading" not in dict(kinds_and_texts("They met.\n\nAna Lopes\nChair: Energy Cities\n"))
