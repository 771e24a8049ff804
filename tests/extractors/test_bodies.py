import pytest

from extractors.bodies import find_body
from schemas.vocabulary import Role


@pytest.mark.parametrize(
    ("text", "city", "role", "body"),
    [
        (
            "Daejeon hosted the seventh congress of United Cities and Local Governments.",
            "Daejeon",
            Role.EVENT_HOST,
            "seventh congress",
        ),
        (
            "The 8th MUFPP Global Forum met in Rio de Janeiro.",
            "Rio de Janeiro",
            Role.EVENT_HOST,
            "8th MUFPP Global Forum",
        ),
        ("Oslo chairs the Working Group on Mobility.", "Oslo", Role.COMMITTEE_CHAIR, "Working Group on Mobility"),
        ("Turin hosted the Food Forum on 10 and 11 March.", "Turin", Role.EVENT_HOST, "Food Forum"),
        ("Dakar won the Guangzhou Award in 2014.", "Dakar", Role.AWARD_WINNER, "Guangzhou Award"),
        ("Riga has a seat on the Executive Committee.", "Riga", Role.BOARD_MEMBER, "Executive Committee"),
        (
            "Mayors of the Labour Party. Its Executive Committee has Riga.",
            "Riga",
            Role.BOARD_MEMBER,
            "Executive Committee",
        ),
        ("The League's 2019 Annual Conference is in Oslo.", "Oslo", Role.EVENT_HOST, "2019 Annual Conference"),
        ("Oslo won the St. Andrews Award.", "Oslo", Role.AWARD_WINNER, "St. Andrews Award"),
        ("Oslo chairs Eurocities.", "Oslo", Role.CHAIR, None),
        ("Oslo sits on the Mobility Committee.", "Oslo", Role.PARTICIPANT, "Mobility Committee"),
        ("Oslo leads it.", "Oslo", Role.COMMITTEE_CHAIR, None),
        ("Oslo City Council was elected to the board of Eurocities.", "Oslo", Role.BOARD_MEMBER, "board"),
        ("Oslo City Council was elected.", "Oslo", Role.BOARD_MEMBER, None),
    ],
)
def test_body_is_what_the_text_names(text: str, city: str, role: Role, body: str | None) -> None:
    start = text.index(city)
    assert find_body(text, role, (start, start + len(city)), [(0, len(text))]) == body


def test_heading_tells_the_body_that_a_row_leaves_out() -> None:
    text = "STEERING COMMITTEE\n\n- Oslo\n"
    start = text.index("Oslo")
    assert find_body(text, Role.BOARD_MEMBER, (start, start + 4), [(start, start + 4), (0, 18)]) == "STEERING COMMITTEE"


def test_long_list_of_names_has_no_body() -> None:
    text = "Aalborg Aarhus Bergen " * 1000
    assert find_body(text, Role.BOARD_MEMBER, (0, 7), [(0, len(text))]) is None
