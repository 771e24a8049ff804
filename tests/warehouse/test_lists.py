"""Complete lists: absence from one ends a membership, absence from anything else does not."""

import random
from datetime import date, timedelta

import pytest

from schemas.errors import ConfigurationError
from schemas.judgement import Judgement, JudgementKind
from schemas.vocabulary import Authority
from warehouse.checks import check_registry
from warehouse.documents import store_documents
from warehouse.judgements import store_judgement
from warehouse.lists import store_complete_list
from warehouse.questions import explain

DAY = timedelta(days=1)


def tell_list(
    teller, cities, on, *, doubtful=(), by="network", role="member", is_complete=True, network="eurocities", version="1"
):
    """Store a list of cities published `on`, and of claims in doubt as to their place; returns its document's id."""
    teller.told += 1
    document = teller.document(
        f"list {teller.told} of {on}: {', '.join(map(str, [*cities, *doubtful]))}",
        published=on,
        authority=Authority(by),
        publisher="Network",
    )
    teller.documents[document.document_id] = document
    store_documents(teller.con, teller.run_id, [document], fetched_at=teller.now)
    roles = cities if isinstance(cities, dict) else dict.fromkeys(cities, role)
    claims = [teller.claim(document, city, role, network=network) for city, role in roles.items()]
    claims += [teller.claim(document, network=network, **row, confidence=0.6) for row in doubtful]
    teller.read(document.document_id, claims, version=version)
    if is_complete:
        keep(teller, document.document_id, network=network)
    return document.document_id


def keep(teller, *document_ids, network="eurocities", source="members"):
    return store_complete_list(
        teller.con, teller.run_id, source=source, network_id=network, document_ids=document_ids, seen_at=teller.now
    )


NANTES, OSLO, MILAN = "gn:2990969", "gn:3143244", "gn:3173435"


def test_absence_from_a_newer_complete_list_ends_a_membership_at_its_date(teller):
    tell_list(teller, ["Nantes", "Oslo"], "2021-03-01")
    tell_list(teller, ["Oslo"], "2022-03-01")
    assert teller.refresh().left == 1
    assert teller.believed("city_id", "status", "until", "valid_to", "claims", "last_confirmed_on") == [
        (NANTES, "ended", "2022-03-01", date(2022, 2, 28), 1, "2022-03-01"),
        (OSLO, "current", None, None, 2, "2022-03-01"),
    ]
    assert teller.ask("SELECT count(*) FROM membership_as_of('2022-02-28')") == [(2,)]
    assert teller.ask("SELECT city_id FROM membership_as_of('2022-03-01')") == [(OSLO,)]
    assert teller.ask("SELECT cause FROM change WHERE kind = 'left'") == [("world",)]
    assert check_registry(teller.con) == []


def test_absence_from_an_article_or_an_incomplete_list_ends_nothing(teller):
    tell_list(teller, ["Nantes", "Oslo"], "2021-03-01")
    tell_list(teller, ["Oslo"], "2022-03-01", is_complete=False)
    teller.tell("Oslo", on="2023")
    teller.refresh()
    assert teller.believed("city_id", "status") == [(NANTES, "current"), (OSLO, "current")]


def test_an_explanation_names_the_list(teller):
    tell_list(teller, ["Nantes"], "2021-03-01")
    tell_list(teller, ["Oslo"], "2022-03-01")
    teller.refresh()
    told = explain(teller.con, "Nantes", "eurocities")
    assert "until 2022-03-01" in told.memberships[0]["reason"]
    assert "the complete list “members” no longer names it" in told.memberships[0]["reason"]
    assert [claim["belief"] for claim in told.claims] == ["holds"]


def test_a_list_ends_what_any_source_told_before_it_and_nothing_that_was_told_later(teller):
    teller.tell("Nantes", on="2021-12", by="news")
    teller.tell("Milan", on="2022-06", by="network")
    tell_list(teller, ["Oslo"], "2022-03-01")
    teller.refresh()
    assert teller.believed("city_id", "status") == [(NANTES, "ended"), (OSLO, "current"), (MILAN, "current")]


def test_who_is_missing_loses_the_offices_that_end_with_a_membership(teller):
    for role in ("chair", "board_member", "signatory", "partner", "event_host"):
        teller.tell("Nantes", role, on="2021")
    tell_list(teller, ["Oslo"], "2022-03-01")
    teller.refresh()
    assert teller.believed("role", "status", city_id=NANTES) == [
        ("board_member", "ended"), ("chair", "ended"), ("event_host", "current"), ("partner", "current"),
        ("signatory", "current"),
    ]  # fmt: skip


def test_a_list_of_signatories_ends_no_membership(teller):
    teller.tell("Nantes", "member", on="2021")
    teller.tell("Nantes", "signatory", on="2021")
    tell_list(teller, ["Oslo"], "2022-03-01", role="signatory")
    teller.refresh()
    assert teller.believed("role", "status", city_id=NANTES) == [("member", "current"), ("signatory", "ended")]


def test_a_city_that_the_list_names_in_another_role_has_not_left(teller):
    tell_list(teller, ["Nantes", "Oslo"], "2021-03-01")
    tell_list(teller, {"Nantes": "board_member", "Oslo": "member"}, "2022-03-01")
    teller.refresh()
    assert teller.believed("role", "status", city_id=NANTES) == [("board_member", "current"), ("member", "current")]


def test_other_networks_are_left_alone(teller):
    teller.tell("Nantes", on="2021", network="c40")
    tell_list(teller, ["Oslo"], "2022-03-01")
    teller.refresh()
    assert teller.believed("status", network_id="c40") == [("current",)]


def test_who_comes_back_opens_the_next_spell(teller):
    for year, cities in (("2020", ["Nantes", "Oslo"]), ("2021", ["Oslo"]), ("2022", ["Oslo"]), ("2023", ["Nantes"])):
        tell_list(teller, cities, f"{year}-01-01")
    teller.refresh()
    assert teller.believed("status", "valid_from", "valid_to", city_id=NANTES) == [
        ("ended", date(2020, 1, 1), date(2020, 12, 31)), ("current", date(2023, 1, 1), None),
    ]  # fmt: skip


def test_a_newer_list_that_dates_a_membership_from_before_takes_the_end_back(teller):
    tell_list(teller, ["Nantes", "Oslo"], "2020-01-01")
    tell_list(teller, ["Oslo"], "2021-01-01")
    teller.refresh()
    teller.tell("Nantes", on="2022-01-01", by="network", since="2001")
    teller.refresh(after=DAY)
    assert teller.believed("status", "since", city_id=NANTES) == [("current", "2001")]
    assert teller.ask("FROM membership_list") == []


def test_a_lesser_source_after_the_list_is_a_conflict(teller):
    tell_list(teller, ["Nantes", "Oslo"], "2020-01-01")
    tell_list(teller, ["Oslo"], "2021-01-01")
    teller.tell("Nantes", on="2022-01-01", by="news")
    assert teller.refresh().conflicts == 1
    assert teller.believed("status", city_id=NANTES) == [("ended",)]
    assert teller.ask(
        "SELECT kind, c.document_id <> o.document_id FROM conflict JOIN claim c USING (claim_id) "
        "JOIN claim o ON o.claim_id = opposing_claim_id"
    ) == [("reopened", True)]


def test_a_text_that_tells_the_end_dates_it_better_than_the_list(teller):
    tell_list(teller, ["Nantes", "Oslo"], "2020-01-01")
    teller.tell("Nantes", on="2020-07-01", status="ended", until="2020-06-30", by="city")
    tell_list(teller, ["Oslo"], "2021-01-01")
    teller.refresh()
    assert teller.believed("status", "until", "valid_to", city_id=NANTES) == [
        ("ended", "2020-06-30", date(2020, 6, 30))
    ]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"city": "Nantes"}, id="the place itself"),
        pytest.param({"city": "Nantes", "geonameid": 7}, id="another of its name"),
        pytest.param({"city": "Naoned", "geonameid": 7, "mention": "NANTES"}, id="another, so written"),
    ],
)
def test_whom_a_doubtful_row_may_mean_has_not_left_and_is_not_confirmed(teller, row):
    tell_list(teller, ["Nantes", "Oslo", "Milan"], "2021-03-01")
    tell_list(teller, ["Oslo"], "2022-03-01", doubtful=[row])
    assert teller.refresh().left == 1
    assert teller.believed("city_id", "status", "last_confirmed_on") == [
        (NANTES, "current", "2021-03-01"), (OSLO, "current", "2022-03-01"), (MILAN, "ended", "2022-03-01"),
    ]  # fmt: skip


def test_a_list_that_is_read_anew_with_less_doubt_ends_what_it_left_open(teller):
    tell_list(teller, ["Nantes", "Oslo"], "2021-03-01")
    document_id = tell_list(teller, ["Oslo"], "2022-03-01", doubtful=[{"city": "Nantes", "geonameid": 7}])
    teller.refresh()
    document = teller.documents[document_id]
    claims = [teller.claim(document, "Oslo"), teller.claim(document, "Nantes", geonameid=7)]
    teller.read(document_id, claims, version="2")
    teller.refresh(after=DAY)
    assert teller.believed("city_id", "status") == [(NANTES, "ended"), (OSLO, "current"), ("gn:7", "current")]


def test_several_documents_are_one_list(teller):
    tell_list(teller, ["Nantes", "Oslo", "Milan"], "2020-01-01")
    parts = [tell_list(teller, [city], "2021-01-01", is_complete=False) for city in ("Nantes", "Oslo")]
    keep(teller, *parts)
    teller.refresh()
    assert teller.believed("city_id", "status") == [(NANTES, "current"), (OSLO, "current"), (MILAN, "ended")]


def test_a_list_without_a_date_speaks_for_the_days_on_which_it_was_seen(teller):
    unchanged = tell_list(teller, ["Oslo"], None)
    teller.now += 10 * DAY
    teller.tell("Nantes", on="2026-03-08")
    teller.refresh()
    assert teller.believed("status", city_id=NANTES) == [("current",)]
    keep(teller, unchanged)
    teller.refresh()
    assert teller.believed("status", "until", city_id=NANTES) == [("ended", "2026-03-11")]


def test_a_list_seen_again_after_a_shorter_one_takes_back_whom_that_lacked(teller):
    whole = tell_list(teller, ["Nantes", "Oslo"], None)
    teller.now += 10 * DAY
    tell_list(teller, ["Oslo"], None)
    teller.refresh()
    assert teller.believed("status", city_id=NANTES) == [("ended",)]
    teller.now += 10 * DAY
    keep(teller, whole)
    teller.refresh()
    assert teller.believed("status", "valid_to", city_id=NANTES) == [("current", None)]
    teller.now += 10 * DAY
    tell_list(teller, ["Milan", "Oslo"], None)
    teller.refresh()
    assert teller.believed("status", "until", city_id=NANTES) == [("ended", "2026-03-31")]


def test_a_list_of_another_source_that_is_seen_again_takes_nothing_back(teller):
    directory = tell_list(teller, ["Nantes", "Oslo"], None, by="other", is_complete=False)
    keep(teller, directory, source="directory")
    teller.now += 10 * DAY
    tell_list(teller, ["Oslo"], None)
    teller.now += 10 * DAY
    keep(teller, directory, source="directory")
    teller.refresh()
    assert teller.believed("status", city_id=NANTES) == [("ended",)]


@pytest.mark.parametrize("is_read", [True, False])
def test_a_list_that_nothing_was_read_from_ends_nothing(teller, is_read):
    teller.tell("Nantes", on="2021")
    document = teller.document("nothing legible", published="2022-01-01", authority=Authority.NETWORK)
    store_documents(teller.con, teller.run_id, [document], fetched_at=teller.now)
    if is_read:
        teller.read(document.document_id, [], version="1")
    keep(teller, document.document_id)
    teller.refresh()
    assert teller.believed("status") == [("current",)]


def test_a_list_of_which_a_part_was_not_read_ends_nothing(teller):
    teller.tell("Nantes", on="2021")
    part = tell_list(teller, ["Oslo"], "2022-01-01", is_complete=False)
    document = teller.document("the other half", published="2022-01-01", authority=Authority.NETWORK)
    store_documents(teller.con, teller.run_id, [document], fetched_at=teller.now)
    keep(teller, part, document.document_id)
    teller.refresh()
    assert teller.believed("status", city_id=NANTES) == [("current",)]


def test_a_city_that_was_judged_to_be_a_listed_one_has_not_left(teller):
    teller.tell("Christiania", on="2021", geonameid=77)
    tell_list(teller, ["Oslo"], "2022-01-01")
    assert teller.refresh().left == 1
    store_judgement(teller.con, Judgement(kind=JudgementKind.SAME_CITY, subject_id="gn:77", object_id=OSLO,
                                          reason="its old name", author="Ada", judged_at=teller.now))  # fmt: skip
    teller.refresh(after=DAY)
    assert teller.believed("city_id", "status") == [(OSLO, "current")]


def test_a_list_stored_twice_is_stored_once_and_must_have_stored_documents(teller):
    document_id = tell_list(teller, ["Oslo"], "2022-01-01")
    keep(teller, document_id)
    assert teller.ask("SELECT count(*) FROM complete_list") == [(1,)]
    for documents in ([], [document_id, "unknown"]):
        with pytest.raises(ConfigurationError, match="expected stored ones"):
            keep(teller, *documents)


def test_six_yearly_lists_give_joins_and_leaves_exactly(teller):
    """Known joins, leaves and returns of 10,000 members; some cities are renamed midway."""
    rng = random.Random(6)
    members, gone, joins, leaves = set(range(10_000)), set(), [], []
    documents = []
    for year in range(2020, 2026):
        if year > 2020:
            left = set(rng.sample(sorted(members), 300))
            back = set(rng.sample(sorted(gone), min(40, len(gone))))
            fresh = set(range(10_000 + 400 * (year - 2020), 10_400 + 400 * (year - 2020)))
            members = members - left | back | fresh
            gone = gone - back | left
            joins += [(year, city) for city in back | fresh]
            leaves += [(year, city) for city in left]
        document = teller.document(f"{year}", published=f"{year}-01-01", authority=Authority.NETWORK)
        # A renamed city has another name and another id from 2023 on; a person has said that it is the same.
        named = {
            city: 100_000 + city if year >= 2023 and city < 10_000 and city % 97 == 0 else city for city in members
        }
        documents.append((document, [teller.claim(document, f"City {n}", geonameid=n + 1) for n in named.values()]))
    store_documents(teller.con, teller.run_id, [document for document, _ in documents], fetched_at=teller.now)
    for document, claims in documents:
        teller.read(document.document_id, claims, version="1")
        keep(teller, document.document_id)
    teller.refresh()
    teller.con.execute(
        "INSERT INTO judgement (judgement_id, kind, subject_id, object_id, reason, author, judged_at) "
        "SELECT 'j' || geonameid, 'same_city', city_id, 'gn:' || (geonameid - 100000), "
        "'renamed', 'Ada', now() FROM city WHERE geonameid > 100000"
    )
    teller.refresh(after=DAY)
    spells = teller.ask(
        "SELECT CAST(city_id[4:] AS BIGINT) - 1, year(valid_from), year(valid_to) + 1, status, until "
        "FROM membership WHERE superseded_at IS NULL"
    )
    assert sorted((begin, city) for city, begin, *_ in spells if begin > 2020) == sorted(joins)
    assert sorted((end, city) for city, _, end, *_ in spells if end) == sorted(leaves)
    assert {(status, until) for _, _, end, status, until in spells if end} == {
        ("ended", f"{year}-01-01") for year in range(2021, 2026)
    }
    assert len([city for city, _, end, *_ in spells if end is None]) == len(members)
    assert check_registry(teller.con) == []
