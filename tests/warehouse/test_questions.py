"""Questions: names are found as people write them, and answers give their reasons."""

from datetime import datetime, timedelta

import pytest

from schemas.judgement import Judgement, JudgementKind
from warehouse.judgements import store_judgement
from warehouse.questions import explain, list_changes, show_city, show_network
from warehouse.reference import store_cities, store_networks

DAY = timedelta(days=1)


@pytest.fixture
def told(teller):
    store_networks(teller.con, [{"network_id": "eurocities", "name": "Eurocities", "acronym": "EC"}])
    store_cities(teller.con, [
        {"geonameid": 1, "name": "Córdoba", "country_code": "ES", "population": 300_000},
        {"geonameid": 2, "name": "Córdoba", "country_code": "AR", "population": 1_400_000},
        {"geonameid": 2990969, "name": "Nantes", "country_code": "FR", "population": 300_000},
    ])  # fmt: skip
    teller.tell("Nantes", on="2020-01-01", since="2010", by="network", publisher="Eurocities")
    teller.tell("Nantes", "chair", on="2023", holder="Johanna Rolland")
    teller.tell("Nantes", "board_member", on="2019", status="ended", body="Council")
    teller.tell("Córdoba", on="2020", geonameid=1)
    teller.tell("Córdoba", "observer", on="2020", geonameid=1)
    teller.tell("Córdoba", on="2020", geonameid=2, mention="Cordoba Capital")
    teller.refresh()
    return teller


@pytest.mark.parametrize("name", ["Nantes", "nantes", " NANTES ", "Nantes, FR", "gn:2990969", "Nantès"])
def test_a_city_is_found_as_people_write_it(told, name):
    profile = show_city(told.con, name)
    assert (profile.id, profile.name, profile.is_found) == ("gn:2990969", "Nantes, FR", True)
    assert profile.facts["memberships"] == 1


@pytest.mark.parametrize("name", ["Eurocities", "EC", "euro-cities"[:4] + "cities", "EUROCITIES"])
def test_a_network_is_found_by_name_acronym_and_id(told, name):
    profile = show_network(told.con, name)
    assert profile.id == "eurocities"
    assert profile.facts["members"] == 3
    assert profile.facts["chaired_by"] == ["Nantes"]


@pytest.mark.parametrize(
    ("name", "city_id", "others"),
    [("Cordoba", "gn:1", ("Córdoba, AR",)), ("cordoba, ar", "gn:2", ()), ("Cordoba Capital", "gn:2", ())],
)
def test_of_two_cities_the_one_with_more_memberships_is_meant(told, name, city_id, others):
    profile = show_city(told.con, name)
    assert (profile.id, profile.others) == (city_id, others)


def test_a_name_that_nothing_has_gets_suggestions(told):
    profile = show_city(told.con, "Nante")
    assert (profile.is_found, profile.suggestions, profile.memberships) == (False, ("Nantes, FR",), [])
    assert show_network(told.con, "Eurocitys").suggestions == ("Eurocities",)
    assert show_city(told.con, "Xyzzy").suggestions == ()
    assert show_city(told.con, "").is_found is False


def test_a_profile_lists_what_holds_first(told):
    rows = show_city(told.con, "Nantes").memberships
    assert [(row["role"], row["status"]) for row in rows] == [
        ("chair", "current"), ("member", "current"), ("board_member", "ended"),
    ]  # fmt: skip
    assert {row["network"] for row in rows} == {"Eurocities"}
    assert show_network(told.con, "EC").memberships[0]["city"] == "Nantes"


def test_an_explanation_has_every_claim_newest_first_and_a_reason(told):
    explanation = explain(told.con, "nantes", "ec")
    assert [(claim["published"], claim["role"], claim["belief"]) for claim in explanation.claims] == [
        ("2023", "chair", "holds"), ("2020-01-01", "member", "holds"), ("2019", "board_member", "ends"),
    ]  # fmt: skip
    assert explanation.claims[0]["evidence"]["text"].startswith("Nantes chair")
    reasons = [row["reason"] for row in explanation.memberships]
    assert reasons[0].startswith(
        "Nantes, FR is the chair of Eurocities: “Nantes chair.txt” (Publisher 2, 2023) says so."
    )
    assert "is a member of Eurocities since 2010" in reasons[1]
    assert "confidence 0.95" in reasons[1]
    assert "Nantes, FR was a board member (Council) of Eurocities" in reasons[2]


def test_an_explanation_tells_what_became_of_claims_that_are_not_followed(told):
    told.tell("Nantes", on="2022", status="denied")
    (claim_id,) = told.ask("SELECT claim_id FROM claim WHERE role = 'chair'")[0]
    store_judgement(told.con, Judgement(kind=JudgementKind.REJECT, subject_id=claim_id, reason="so", author="Ada",
                                        judged_at=datetime(2026, 3, 2)))  # fmt: skip
    document_id = told.ask("SELECT document_id FROM claim WHERE role = 'board_member'")[0][0]
    told.now += DAY
    told.read(document_id, [], version="2")
    told.refresh()
    explanation = explain(told.con, "Nantes", "Eurocities")
    assert {claim["role"]: claim["belief"] for claim in explanation.claims if claim["status"] != "denied"} == {
        "chair": "rejected", "member": "holds", "board_member": "replaced",
    }  # fmt: skip
    assert [claim["belief"] for claim in explanation.claims if claim["status"] == "denied"] == ["denies"]
    assert [conflict["kind"] for conflict in explanation.conflicts] == ["denied"]


def test_a_succession_names_the_city_that_took_over(told):
    told.tell("Milan", "chair", on="2025", since="2024-11")
    told.refresh()
    reasons = [row["reason"] for row in explain(told.con, "Nantes", "Eurocities").memberships]
    told_so = "Nantes, FR was the chair of Eurocities until 2024-11: it is over since Milan took the chair"
    assert any(reason.startswith(told_so) for reason in reasons)


def test_what_is_inferred_says_so(told):
    told.tell("Milan", "vice_chair", on="2023")
    told.refresh()
    reasons = [row["reason"] for row in explain(told.con, "Milan", "Eurocities").memberships]
    assert "no text says so, but it holds an office there" in reasons[1]


def test_an_explanation_of_nothing_says_what_was_not_found(told):
    explanation = explain(told.con, "Nante", "Eurocities")
    assert (explanation.city_id, explanation.network_id) == (None, "eurocities")
    assert (explanation.city_suggestions, explanation.claims) == (("Nantes, FR",), [])


def test_changes_are_listed_since_a_date(told):
    assert len(list_changes(told.con)) == len(told.ask("FROM change")) > 0
    told.tell("Oslo", on="2022", country="NO")
    told.refresh(after=DAY)
    for since in ("2026-03-02", datetime(2026, 3, 2), (told.now - DAY / 2).date()):
        (change,) = list_changes(told.con, since)
        assert (change["kind"], change["city"], change["network"], change["cause"]) == (
            "joined",
            "Oslo",
            "Eurocities",
            "world",
        )
        assert change["evidence"].startswith("Oslo member")
    assert list_changes(told.con, "2027") == []


def test_views_for_dashboards_count(told):
    columns = "city, memberships, observerships, networks_with_office, grade_index"
    assert told.ask(f"SELECT {columns} FROM city_profile ORDER BY ALL") == [
        ("Córdoba", 1, 0, 0, 2), ("Córdoba", 1, 1, 0, 2), ("Nantes", 1, 0, 1, 3),
    ]  # fmt: skip
    assert told.ask("SELECT country_code, members FROM country_coverage WHERE members > 0 ORDER BY ALL") == [
        ("AR", 1), ("ES", 1), ("FR", 1),
    ]  # fmt: skip
    assert told.ask("SELECT count(*) FROM country_coverage WHERE is_oecd AND members = 0") == [(36,)]
    growth = told.ask("SELECT year, members, joined FROM network_growth ORDER BY year")
    assert growth[0] == (2010, 1, 1)
    assert growth[-1] == (2026, 3, 0)
    assert len(growth) == 17
