"""A network that ends, is renamed or merged: its roles are over, nobody left, its members go on in the successor."""

import random
from datetime import date, timedelta

import pytest

from schemas.vocabulary import Authority
from warehouse.checks import check_registry
from warehouse.documents import store_documents
from warehouse.lists import store_complete_list
from warehouse.questions import explain
from warehouse.reference import store_networks

DAY = timedelta(days=1)
NANTES, OSLO, MILAN = "gn:2990969", "gn:3143244", "gn:3173435"
PRESENT = (
    "SELECT city_id, network_id, status, until, valid_from, valid_to, is_inferred FROM membership "
    "WHERE role = 'member' AND superseded_at IS NULL ORDER BY ALL"
)


def end_network(teller, network="old", ended="2020", heir="new"):
    rows = [{"network_id": network, "name": network, "ended": ended, "successor_id": heir}]
    store_networks(teller.con, [*rows, *([{"network_id": heir, "name": heir}] if heir else [])])


def tell_list(teller, cities, on, network):
    document = teller.document(f"{network} {on} {cities}", published=on, authority=Authority.NETWORK, publisher=network)
    store_documents(teller.con, teller.run_id, [document], fetched_at=teller.now)
    claims = [teller.claim(document, city, network=network, **fields) for city, fields in cities.items()]
    teller.read(document.document_id, claims, version="1")
    store_complete_list(teller.con, teller.run_id, source="members", network_id=network,
                        document_ids=[document.document_id], seen_at=teller.now)  # fmt: skip


def test_members_of_a_network_that_was_merged_go_on_in_its_successor(teller):
    teller.tell(network="old", on="2015", since="2001")
    teller.tell("Oslo", network="old", on="2015")
    teller.tell("Oslo", network="old", on="2018", status="ended", until="2017")
    teller.refresh()
    end_network(teller)
    summary = teller.refresh(after=DAY)
    assert teller.ask(PRESENT) == [
        (NANTES, "new", "current", None, date(2021, 1, 1), None, True),
        (NANTES, "old", "ended", "2020", date(2001, 1, 1), date(2020, 12, 31), False),
        (OSLO, "old", "ended", "2017", date(2015, 1, 1), date(2017, 12, 31), False),
    ]
    assert (summary.joined, summary.left) == (0, 0)
    assert summary.changes == {"continued": 1, "network_ended": 1}
    assert check_registry(teller.con) == []
    told = explain(teller.con, "Nantes", "new")
    assert "it was a member of a network that this one took the place of" in told.memberships[0]["reason"]
    assert [claim["belief"] for claim in told.claims] == ["continues"]
    assert "the network ended in 2020" in explain(teller.con, "Nantes", "old").memberships[0]["reason"]


def test_a_network_that_ends_without_a_successor_makes_nobody_leave(teller):
    teller.tell(network="old", on="2015")
    teller.tell(network="old", role="chair", on="2019")
    teller.refresh()
    end_network(teller, heir=None)
    assert teller.refresh(after=DAY).changes == {"network_ended": 2}
    assert teller.believed("role", "status", "until") == [("chair", "ended", "2020"), ("member", "ended", "2020")]
    assert teller.ask("SELECT sum(left_network) FROM network_growth") == [(0,)]


def test_an_end_that_is_still_to_come_ends_nothing_until_its_day(teller):
    end_network(teller, ended="2026-03", heir=None)
    teller.tell(network="old", on="2025")
    teller.refresh()
    assert teller.believed("status") == [("current",)]
    teller.refresh(after=31 * DAY)
    assert teller.believed("status", "until") == [("ended", "2026-03")]


def test_what_is_told_of_it_after_its_end_counts_for_the_successor(teller):
    end_network(teller)
    teller.tell(network="old", on="2019")
    teller.tell(network="old", on="2023")
    teller.tell("Oslo", "chair", network="old", on="2024")
    teller.refresh()
    assert teller.ask(PRESENT) == [
        (NANTES, "new", "current", None, date(2021, 1, 1), None, False),
        (NANTES, "old", "ended", "2020", date(2019, 1, 1), date(2020, 12, 31), False),
        (OSLO, "new", "current", None, date(2024, 1, 1), None, True),
    ]


def test_a_complete_list_of_the_successor_ends_what_went_on(teller):
    teller.tell(network="old", on="2015")
    teller.tell("Oslo", network="old", on="2015")
    end_network(teller)
    tell_list(teller, {"Oslo": {}}, "2022-05-01", "new")
    teller.refresh()
    assert teller.ask(PRESENT) == [
        (NANTES, "new", "ended", "2022-05-01", date(2021, 1, 1), date(2022, 4, 30), True),
        (NANTES, "old", "ended", "2020", date(2015, 1, 1), date(2020, 12, 31), False),
        (OSLO, "new", "current", None, date(2021, 1, 1), None, False),
        (OSLO, "old", "ended", "2020", date(2015, 1, 1), date(2020, 12, 31), False),
    ]
    assert teller.ask("SELECT count(*) FROM membership_list JOIN membership USING (membership_id)") == [(1,)]


def test_successors_of_successors_are_followed(teller):
    store_networks(teller.con, [
        {"network_id": "a", "name": "A", "ended": "2010", "successor_id": "b"},
        {"network_id": "b", "name": "B", "ended": "2015", "successor_id": "c"},
        {"network_id": "c", "name": "C"},
    ])  # fmt: skip
    teller.tell(network="a", on="2008")
    teller.tell("Oslo", network="a", on="2013")
    teller.tell("Milan", network="a", on="2020")
    teller.refresh()
    assert [row[:3] for row in teller.ask(PRESENT)] == [
        (NANTES, "a", "ended"), (NANTES, "c", "current"), (OSLO, "b", "ended"), (OSLO, "c", "current"),
        (MILAN, "c", "current"),
    ]  # fmt: skip


@pytest.mark.parametrize("is_renamed", [True, False])
def test_yearly_lists_across_a_rename_give_joins_and_leaves_exactly(teller, is_renamed):
    """The network changes its name in 2023, by a row of its own in the catalogue or not: the same joins and leaves."""
    rng = random.Random(7)
    members, joins, leaves = set(range(1, 101)), set(), set()
    for year in range(2020, 2026):
        if year == 2023 and is_renamed:
            end_network(teller, ended="2022")
        if year > 2020:
            left, fresh = set(rng.sample(sorted(members), 10)), set(range(1000 * year, 1000 * year + 12))
            members = members - left | fresh
            joins |= {(year, city) for city in fresh}
            leaves |= {(year, city) for city in left}
        network = "new" if is_renamed and year >= 2023 else "old"
        tell_list(teller, {f"City {city}": {"geonameid": city} for city in members}, f"{year}-01-01", network)
        teller.refresh(after=DAY)
    told = teller.ask(
        "SELECT kind, coalesce(after.until, strftime(valid_from, '%Y'))[:4]::INT, change.city_id[4:]::BIGINT "
        "FROM change JOIN membership USING (membership_id) WHERE membership.superseded_at IS NULL"
    )
    assert {(year, city) for kind, year, city in told if kind == "joined" and year > 2020} == joins
    assert {(year, city) for kind, year, city in told if kind == "left"} == leaves
    assert teller.ask("SELECT count(*) FROM membership_current") == [(len(members),)]
    for year in (2021, 2022, 2023, 2025):
        held = len(teller.ask(f"SELECT DISTINCT city_id FROM membership_as_of('{year}-07-01')"))
        assert held == 100 + 2 * (year - 2020)
