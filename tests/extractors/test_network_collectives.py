import pytest

from extractors.network_collectives import find_collective, is_collective

LIFE = (
    " The board met in May; the secretariat presented the budget, and the general assembly elected a president. "
    "Members paid their fees."
)


def names(text: str, context: str = "") -> list[str]:
    return [text[shape.start : shape.end] for shape in find_collective(text, context)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("World Lagoon Cities turns twenty this month." + LIFE, ["World Lagoon Cities"]),
        ("When Cool Cities International began, it rained." + LIFE, ["Cool Cities International"]),
        ("European Tramway Towns turns twenty this month." + LIFE, ["European Tramway Towns"]),
        ("The Mekong Towns Circle has a new chair." + LIFE, ["Mekong Towns Circle"]),
        ("Kotka left the League of Spice Ports in 1995." + LIFE, ["League of Spice Ports"]),
        ("Cities for Quiet Streets gave its award to Lyon." + LIFE, ["Cities for Quiet Streets"]),
        (f"It began.{LIFE * 4} Amber Road Towns grew. Amber Road Towns shrank.", ["Amber Road Towns"] * 2),
    ],
)
def test_network_that_a_text_opens_with_or_comes_back_to_is_found(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_name_in_the_title_needs_no_second_mention() -> None:
    text = f"It began.{LIFE * 4} Amber Road Towns grew."
    assert names(text) == []
    assert names(text, "Amber Road Towns at ten") == ["Amber Road Towns"]


@pytest.mark.parametrize(
    "text",
    [
        "World Lagoon Cities is a book about Venice.",
        "Member Cities and Partner Cities were asked." + LIFE,
        "The United Nations and the Council of Europe wrote." + LIFE,
        "Nobody here names a network." + LIFE,
    ],
)
def test_text_without_the_life_or_the_name_of_a_network_has_none(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("European Brewing Towns", True),
        ("Circle of Salt Towns", True),
        ("The Oslo Times", False),
        ("City of Oslo", False),
    ],
)
def test_publisher_is_told_by_its_name(line: str, *, expected: bool) -> None:
    assert is_collective(line) is expected
