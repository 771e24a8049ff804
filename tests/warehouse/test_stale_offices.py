"""An office that nobody has confirmed within the network's usual term is stale, not current."""

from datetime import date, timedelta

import pytest

from warehouse.checks import check_registry
from warehouse.questions import explain

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("on", "role", "status"),
    [
        pytest.param("2023", "chair", "current", id="confirmed within four years"),
        pytest.param("2021-12-31", "chair", "stale", id="not confirmed since"),
        pytest.param("2022-03-01", "board_member", "current", id="to the day"),
        pytest.param("2022-02-28", "board_member", "stale", id="a day later"),
        pytest.param("2001", "member", "current", id="a membership is no office"),
        pytest.param("2001", "secretariat_host", "current", id="nor is a seat"),
    ],
)
def test_an_office_is_stale_where_its_usual_term_is_over(teller, on, role, status):
    teller.tell(role=role, on=on)
    teller.refresh()
    assert teller.believed("status") == [(status,)]


def test_a_stale_office_held_for_its_usual_term_and_is_not_current(teller):
    teller.tell(role="chair", on="2020-05-01")
    assert teller.refresh().changes == {"stale": 2}
    assert teller.believed("valid_from", "valid_to") == [(date(2020, 5, 1), date(2024, 5, 1))]
    assert teller.ask("FROM membership_current") == []
    assert teller.ask("SELECT role FROM membership_as_of('2024-05-01') ORDER BY role") == [("chair",), ("member",)]
    assert teller.ask("FROM membership_as_of('2024-05-02')") == []
    assert "nobody has confirmed it" in explain(teller.con, "Nantes", "eurocities").memberships[0]["reason"]
    assert check_registry(teller.con) == []


def test_an_office_goes_stale_on_its_day_and_is_confirmed_again(teller):
    teller.tell(role="chair", on="2022-03-10")
    assert teller.refresh().changes == {"joined": 1, "role_gained": 1}
    assert teller.refresh(after=8 * DAY).changes == {}
    assert teller.refresh(after=2 * DAY).changes == {"stale": 2}
    teller.tell(role="chair", on="2026-03-05")
    assert teller.refresh(after=DAY).changes == {"confirmed": 2}
    assert teller.ask("SELECT DISTINCT cause FROM change") == [("world",)]


def test_a_stated_term_is_believed_to_its_end(teller):
    teller.tell(role="chair", on="2020", since="2020", until="2027")
    teller.refresh()
    assert teller.believed("status") == [("current",)]


@pytest.mark.parametrize(("terms", "status"), [(2, "current"), (3, "stale")])
def test_the_usual_term_of_a_network_is_the_median_of_three_stated_ones(teller, terms, status):
    for number in range(terms):
        teller.tell(
            role="vice_chair", on="2016", status="ended", since=f"{2008 + 2 * number}", until=f"{2010 + 2 * number}"
        )
    teller.tell("Oslo", role="chair", on="2023-06")
    teller.refresh()
    assert teller.believed("status", role="chair") == [(status,)]
