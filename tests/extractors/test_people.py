import pytest

from extractors.reading import DocumentReader


def holders(read: DocumentReader, text: str) -> set[tuple[str, str]]:
    return {(h.name, h.city.place.name) for h in read(text).holders}


@pytest.mark.parametrize(
    ("text", "name", "city"),
    [
        ("Mayor of Freetown Yvonne Aki-Sawyerr chairs the group.", "Yvonne Aki-Sawyerr", "Freetown"),
        ("Johanna Rolland, the mayor of Nantes, was elected.", "Johanna Rolland", "Nantes"),
        ("They chose Kate Gallego (Phoenix, AZ) as chair.", "Kate Gallego", "Phoenix"),
        ("Leipzig's mayor Burkhard Jung came.", "Burkhard Jung", "Leipzig"),
        ("The mayor of Dijon, François Rebsamen, left.", "François Rebsamen", "Dijon"),
        ("Riga (LV) | Member | Olga Veidiņa, Deputy Mayor\nCork (IE) | Chair | Ann Doherty", "Olga Veidiņa", "Riga"),
        ("MADISON – Mayor Satya Rhodes-Conway will be the next chair.", "Satya Rhodes-Conway", "Madison"),
        ("Four co-chair UCLG. Berry Vrbanovic, Mayor of Kitchener, is treasurer.", "Berry Vrbanovic", "Kitchener"),
        ("Billy McKinney\nMayor of Zion, Illinois\nChair", "Billy McKinney", "Zion"),
        ("The mayor of Quito, Dr. Mauricio Rodas, came.", "Mauricio Rodas", "Quito"),
        ("Tirana's mayor, Hon. Erion Veliaj, chairs it.", "Erion Veliaj", "Tirana"),
        ("Ousmane Sonko, Maire de Ziguinchor, came.", "Ousmane Sonko", "Ziguinchor"),
        ("Germán Chamorro, Alcalde de Pasto, came.", "Germán Chamorro", "Pasto"),
        ("Mayor G.T. Bynum of Tulsa chairs it.", "G.T. Bynum", "Tulsa"),
        ("They met beside Hobart Lord Mayor Anna Reynolds.", "Anna Reynolds", "Hobart"),
        ('Juan Carlos "JC" Bermudez Mayor Doral District Director', 'Juan Carlos "JC" Bermudez', "Doral"),
    ],
)
def test_office_holder_is_tied_to_the_city(read: DocumentReader, text: str, name: str, city: str) -> None:
    assert (name, city) in holders(read, text)


@pytest.mark.parametrize(
    "text",
    [
        "The World Congress in Durban was a success.",
        "On Monday Eurocities met in Lyon.",
        "Paris, France, is a member.",
        "Vienna welcomed them at Vienna's Hofburg Palace.",
        "- Turin – Green Deal",
        "Vice-chair Medellín Colombia\nMember Montevideo Uruguay\n",
    ],
)
def test_names_of_things_are_no_holders(read: DocumentReader, text: str) -> None:
    assert holders(read, text) == set()


def test_city_on_the_line_below_a_mayor_is_no_part_of_the_name(read: DocumentReader) -> None:
    text = "Mayor Curtis Wheelock\nLincoln, Nebraska\n\nMayor Dolores Quintana\nSalina, Kansas\n"
    assert [c.place.name for c in read(text).cities] == ["Lincoln", "Salina"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "President — Mayor Eugene Murray, Village of Salem; Vice President — Mayor Richard Bucci, City of Leeds.",
            {("Eugene Murray", "Salem"), ("Richard Bucci", "Leeds")},
        ),
        ("Loretta Spencer Huntsville AL", {("Loretta Spencer", "Huntsville")}),
        (
            "Mayor of Rize Rahmi Metin, Mayor of Beykoz Murat Aydın, Turkey",
            {("Rahmi Metin", "Rize"), ("Murat Aydın", "Beykoz")},
        ),
        (
            "City of Dallas Councilmember Lena Hart; City of Plano Councilwoman Kay Prinz; City of Reno Mayor Al Bell",
            {("Lena Hart", "Dallas"), ("Kay Prinz", "Plano"), ("Al Bell", "Reno")},
        ),
        (
            "They are Mayor David Holt of Tulsa, Mayor Nan Whaley of Dayton and Mayor John Giles of Mesa.",
            {("David Holt", "Tulsa"), ("Nan Whaley", "Dayton"), ("John Giles", "Mesa")},
        ),
        (
            "New are Cairns Regional Council Mayor Bob Manning, Townsville City Council Mayor Jenny Hill and "
            "Lockhart River Aboriginal Shire Council Mayor Wayne Butcher.",
            {("Bob Manning", "Cairns"), ("Jenny Hill", "Townsville"), ("Wayne Butcher", "Lockhart River")},
        ),
    ],
)
def test_names_side_by_side_go_to_their_own_city(
    read: DocumentReader, text: str, expected: set[tuple[str, str]]
) -> None:
    assert holders(read, text) == expected


def test_suffix_is_no_surname(read: DocumentReader) -> None:
    text = "Nick Forbes CBE, mayor of Leeds, came first. Mary Ray CBE spoke next, and later Forbes thanked them all."
    reading = read(text)
    assert [h.surname for h in reading.holders] == ["forbes"]
    assert [text[r.start : r.end] for r in reading.references if r.form == "holder"] == ["Forbes"]
