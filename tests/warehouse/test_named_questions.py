"""Named questions: each is documented, and answers what it says of a small registry with known answers."""

import shlex
from itertools import pairwise

import pytest

from schemas.errors import ConfigurationError
from warehouse.named_questions import bind_values, find_question, list_questions
from warehouse.publish import publish_registry
from warehouse.reference import store_cities, store_networks
from warehouse.rows import read_rows

CITIES = (
    ("Nantes", 2990969, "FR"), ("Lyon", 2996944, "FR"), ("Oslo", 3143244, "NO"), ("Milan", 3173435, "IT"),
    ("Lima", 3936456, "PE"),
)  # fmt: skip


@pytest.fixture(scope="module")
def told(make_teller):
    """Two networks of five cities; these tests only read."""
    with make_teller() as teller:
        store_networks(teller.con, [
            {"network_id": "eurocities", "name": "Eurocities", "acronym": "EC"},
            {"network_id": "c40", "name": "C40 Cities"},
            {"network_id": "uclg", "name": "United Cities", "members_claimed": 240, "members_claimed_on": "2019"},
        ])  # fmt: skip
        store_cities(teller.con, [{"geonameid": i, "name": name, "country_code": cc} for name, i, cc in CITIES])
        ids = {name: number for name, number, _ in CITIES}

        def tell(city: str, role: str, network: str, **fields: object) -> None:
            teller.tell(city, role, geonameid=ids[city], network=network, **{"on": "2025-06-01", **fields})

        tell("Nantes", "founding_member", "eurocities", since="1986", publisher="Eurocities")
        tell("Nantes", "chair", "eurocities", since="2023", holder="Johanna Rolland")
        tell("Oslo", "member", "eurocities", since="2004-05")
        tell("Oslo", "board_member", "eurocities", body="Executive Committee")
        tell("Lyon", "committee_chair", "eurocities", body="Culture Forum")
        tell("Lyon", "member", "eurocities", since="2000", on="2010")
        tell("Oslo", "member", "c40", since="2006")
        tell("Lima", "board_member", "c40", since="2015")
        tell("Milan", "member", "c40", status="ended", since="2009", until="2020")
        tell("Milan", "member", "uclg")
        tell("Milan", "observer", "eurocities")
        tell("Milan", "secretariat_host", "uclg")
        tell("Lima", "event_host", "uclg", body="Congress", since="2010")
        teller.refresh()
        yield teller


def ask(con, name: str, **values: str) -> list[dict[str, object]]:
    question = find_question(name)
    return read_rows(con, question.query, bind_values(con, question, values))


def pick(rows: list[dict[str, object]], *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


ANSWERS = {
    "members": (
        {"network": "EC", "day": "2004-12-31"}, ("city", "roles", "since"),
        [("Lyon", ["member"], "2000"), ("Nantes", ["founding_member"], "1986"), ("Oslo", ["member"], "2004-05")],
    ),
    "city_roles": (
        {"city": "milan"}, ("network", "role", "status", "since", "until"),
        [("C40 Cities", "member", "ended", "2009", "2020"), ("Eurocities", "observer", "current", None, None),
         ("United Cities", "member", "current", None, None),
         ("United Cities", "secretariat_host", "current", None, None)],
    ),
    "governing_seats": (
        {"network": "eurocities", "continent": "europe"}, ("city", "country", "role", "body", "holder"),
        [("Nantes", "France", "chair", None, "Johanna Rolland"),
         ("Oslo", "Norway", "board_member", "Executive Committee", None)],
    ),
    "chairs": ({}, ("network", "city", "holder"), [("Eurocities", "Nantes", "Johanna Rolland")]),
    "city_index": (
        {}, ("city", "memberships", "grade_index"),
        [("Oslo", 2, 5), ("Milan", 1, 5), ("Nantes", 1, 4), ("Lima", 1, 3), ("Lyon", 1, 3)],
    ),
    "city_grades": (
        {"city": "Milan"}, ("network", "grade"), [("United Cities", 4), ("Eurocities", 1), ("C40 Cities", 0)],
    ),
    "co_members": (
        {"city": "Oslo"}, ("city", "shared", "networks"),
        [("Lima", 1, ["C40 Cities"]), ("Lyon", 1, ["Eurocities"]), ("Nantes", 1, ["Eurocities"])],
    ),
    "peer_networks": ({"city": "Nantes"}, ("network", "peers", "cities"), [("C40 Cities", 1, ["Oslo"])]),
    "member_counts": (
        {}, ("network", "claimed", "claimed_on", "listed", "share"),
        [("United Cities", 240, "2019", 1, 0.0), ("Eurocities", None, None, 3, None),
         ("C40 Cities", None, None, 2, None)],
    ),
    "unconfirmed": ({}, ("network", "city", "role", "last_confirmed_on"), [("Eurocities", "Lyon", "member", "2010")]),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_a_question_is_answered(told, name):
    values, columns, expected = ANSWERS[name]
    assert pick(ask(told.con, name, **values), *columns) == expected


def test_oecd_coverage_lists_every_oecd_country_and_those_without_members_first(told):
    rows = ask(told.con, "oecd_coverage", network="eurocities")
    assert len(rows) == 38
    assert pick(rows, "country", "members")[-2:] == [("Norway", 1), ("France", 2)]
    assert {row["members"] for row in rows[:-2]} == {0}


def test_growth_counts_one_network_or_all(told):
    one = {row["year"]: row["memberships"] for row in ask(told.con, "growth", network="c40")}
    every = {row["year"]: (row["memberships"], row["networks"]) for row in ask(told.con, "growth")}
    assert [one[year] for year in (2006, 2009, 2015, 2020, 2021)] == [1, 2, 3, 3, 2]
    assert every[1999] == (1, 1)
    assert every[2006] == (4, 2)


def test_changes_are_told_since_a_day(told):
    rows = ask(told.con, "changes", since="2026-03")
    assert ("joined", "Oslo", "C40 Cities", "world") in pick(rows, "kind", "city", "network", "cause")
    assert ask(told.con, "changes", since="2027-01-01") == []


def test_every_question_is_documented_and_tested():
    questions = {question.name: question for question in list_questions()}
    assert set(questions) == {*ANSWERS, "oecd_coverage", "growth", "changes"}
    for question in questions.values():
        assert "?" in question.title
        words = shlex.split(question.example)
        assert words[:4] == ["hansa", "sql", "--named", question.name]
        given = {pair.partition("=")[0] for option, pair in pairwise(words) if option == "--set"}
        needed = {parameter.name for parameter in question.parameters if not parameter.is_optional}
        assert needed <= given <= {parameter.name for parameter in question.parameters}
        assert {parameter.name for parameter in question.parameters} == {
            word.strip("),;").removeprefix("$") for word in question.query.replace("(", " ").split()
            if word.startswith("$") and not word.endswith(":")
        }  # fmt: skip


def test_questions_can_be_asked_of_the_published_file(told, tmp_path):
    from warehouse.database import open_registry

    publish_registry(told.con, tmp_path / "registry.duckdb")
    with open_registry(tmp_path / "registry.duckdb") as con:
        for name, (values, columns, expected) in ANSWERS.items():
            assert pick(ask(con, name, **values), *columns) == expected


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("member", {}, "no question is named 'member'; did you mean 'members'.*chairs"),
        ("members", {}, "members: network missing, expected network, day .optional.. Example: hansa sql"),
        ("members", {"network": ""}, "network missing"),
        ("chairs", {"city": "Oslo"}, "chairs: found city, expected none"),
        ("members", {"network": "Eurocitys"}, "no network called 'Eurocitys'; did you mean 'Eurocities'"),
        ("changes", {"since": "soon"}, "since: found date 'soon', expected YYYY"),
        ("city_roles", {"city": "Atlantis"}, "no city called 'Atlantis'"),
    ],
)
def test_what_is_wrong_with_a_question_is_told(told, name, values, message):
    with pytest.raises(ConfigurationError, match=message):
        ask(told.con, name, **values)
