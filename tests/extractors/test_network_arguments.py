import pytest

from extractors.network_arguments import find_argued_names

LIFE = " The mayor spoke of membership and of the board."


def names(text: str, *context: str, known: tuple[str, ...] = ()) -> list[str]:
    shapes = find_argued_names(text, context, [text.index(name) for name in known])
    return sorted({text[shape.start : shape.end] for shape in shapes})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lyon was among the founders of European Textile Towns." + LIFE, ["European Textile Towns"]),
        ("Lyon's seat on the board of Forest Edge Communities is vacant." + LIFE, ["Forest Edge Communities"]),
        ("European Tramway Towns was founded in 1994 in Basel." + LIFE, ["European Tramway Towns"]),
        ("Members of the Mekong Mayors' Table met." + LIFE, ["Mekong Mayors' Table"]),
        ("Zagreb joined the Smart Grids Circle. The Smart Grids Circle's board met." + LIFE, ["Smart Grids Circle"]),
        ("The President of Amber Bay Towns spoke." + LIFE, ["Amber Bay Towns"]),
        ("The network Cities After Dusk grew." + LIFE, ["Cities After Dusk"]),
        ("Asti is a member of the Città dell'Alba." + LIFE, ["Città dell'Alba"]),
        ("Members of Villes de Brume elected a president." + LIFE, ["Villes de Brume"]),
        ("Córdoba left the Red de Faros. The presidency of the Red de Faros is free." + LIFE, ["Red de Faros"]),
        ("Four towns left Nordic Light Towns Secretariat staff unpaid." + LIFE, ["Nordic Light Towns"]),
    ],
)
def test_name_in_a_networks_company_is_found(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_every_mention_of_a_found_name_is_given() -> None:
    text = "Lyon joined European Textile Towns." + LIFE + " European Textile Towns is glad."
    assert [shape.start for shape in find_argued_names(text)] == [12, text.rindex("European")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Members of Slow Rivers sang.",  # a text without the life of a network
        "The mayor opened European Textile Towns, a show." + LIFE,
        "Zagreb joined the Smart Grids Circle." + LIFE,  # once is not enough for a name without cities
        "Lyon is a member of the Executive Committee." + LIFE,
        "Lyon joined the European Union. Members of the European Union agreed." + LIFE,
        "Lyon signed up to the Paris Agreement, and members of the Paris Agreement cheered." + LIFE,
        "Members of the Planning Cities commission met." + LIFE,
        "The president of the Czech Republic founded the City of Lyon." + LIFE,
        "LYON JOINED EUROPEAN TEXTILE TOWNS" + LIFE,
        "Members of the Twelfth Mayors Conference met." + LIFE,
        "Lyon joined the Textile Cities Challenge." + LIFE,
    ],
)
def test_other_names_are_none(text: str) -> None:
    assert names(text) == []


def test_name_of_the_page_needs_less() -> None:
    text = "Zero Sprawl members met; founders of Zero Sprawl cheered." + LIFE
    assert names(text) == []
    assert names(text, "Launch of Zero Sprawl") == []
    assert names(text, "Zero Sprawl Secretariat") == ["Zero Sprawl"]


def test_lines_of_a_list_of_networks_are_networks() -> None:
    text = "Eurocities – since 1991\nNordic Sledging Towns – since 2001\nEnergy Cities – left\n" + LIFE
    assert names(text) == []
    assert names(text, known=("Eurocities", "Energy Cities")) == ["Energy Cities", "Nordic Sledging Towns"]
