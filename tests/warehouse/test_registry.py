"""What the registry believes of claims; each case states a rule of belief."""

from datetime import date, datetime, timedelta

import pytest

from schemas.judgement import Judgement, JudgementKind
from warehouse.checks import check_registry
from warehouse.judgements import store_judgement
from warehouse.questions import explain
from warehouse.registry import refresh_registry

DAY = timedelta(days=1)


def test_first_evidence_opens_a_spell(teller):
    teller.tell(on="2021-05", since="2019")
    summary = teller.refresh()
    assert summary.joined == summary.memberships == 1
    assert teller.believed("status", "since", "until", "first_claimed_on", "last_confirmed_on", "valid_from") == [
        ("current", "2019", None, "2021-05", "2021-05", date(2019, 1, 1))
    ]


def test_evidence_of_the_end_closes_it(teller):
    teller.tell(on="2019-05-01", since="2015")
    teller.tell(on="2022-02-01", status="ended", until="2021-12")
    teller.refresh()
    assert teller.believed("status", "since", "until", "valid_to") == [("ended", "2015", "2021-12", date(2021, 12, 31))]


def test_an_end_without_a_date_is_over_before_it_is_told(teller):
    teller.tell(on="2019-05-01")
    teller.tell(on="2022-02-01", status="ended")
    teller.refresh()
    assert teller.believed("status", "until", "valid_to") == [("ended", None, date(2022, 1, 31))]


def test_a_past_role_alone_is_an_ended_spell(teller):
    teller.tell(role="chair", on="2023", status="ended", since="2010", until="2014")
    teller.refresh()
    assert teller.believed("status", "since", "until") == [("ended", "2010", "2014")]


def test_a_new_holding_after_the_end_opens_the_next_spell(teller):
    teller.tell(on="2010-01-01")
    teller.tell(on="2015-01-01", status="ended")
    teller.tell(on="2020-01-01", since="2018")
    teller.refresh()
    assert teller.believed("status", "since") == [("ended", None), ("current", "2018")]


def test_a_past_term_does_not_end_a_later_one(teller):
    teller.tell(role="chair", on="2023-01-01")
    teller.tell(role="chair", on="2024-01-01", status="ended", since="2010", until="2014")
    teller.refresh()
    assert teller.believed("status", "since") == [("ended", "2010"), ("current", None)]


@pytest.mark.parametrize(
    ("claims", "since"),
    [
        pytest.param([("2020", "news", "2005"), ("2021", "news", "2006")], "2006", id="newer of the same standing"),
        pytest.param([("2020", "network", "2005"), ("2021", "news", "2006")], "2005", id="higher standing"),
        pytest.param([("2020", "news", "2005-03-04"), ("2021", "news", "2005")], "2005-03-04", id="most exact"),
        pytest.param(
            [("2020", "other", "2005-03-04"), ("2021", "city", "2005")], "2005-03-04", id="exact and agreeing"
        ),
        pytest.param([("2020", "news", None), ("2021", "news", "2021-02")], None, id="begun after it was seen"),
        pytest.param([("2020", "other", None), ("2021", "network", "2021-01-01")], "2021-01-01", id="stronger source"),
    ],
)
def test_since_is_the_most_exact_date_of_the_weightiest_claim(teller, claims, since):
    for on, by, value in claims:
        teller.tell(on=on, by=by, since=value)
    teller.refresh()
    assert teller.believed("since") == [(since,)]


def test_a_lesser_source_after_the_end_opens_a_conflict_and_no_spell(teller):
    teller.tell(on="2019", by="network")
    teller.tell(on="2020-06-01", by="network", status="ended")
    teller.tell(on="2022", by="news")
    assert teller.refresh().conflicts == 1
    assert teller.believed("status") == [("ended",)]
    assert teller.ask("SELECT kind FROM conflict") == [("reopened",)]


def test_an_equal_source_after_the_end_reopens_the_role(teller):
    teller.tell(on="2019", by="news")
    teller.tell(on="2020-06-01", by="news", status="ended")
    teller.tell(on="2022", by="news")
    assert teller.refresh().conflicts == 0
    assert teller.believed("status") == [("ended",), ("current",)]


def test_a_lesser_source_that_tells_of_a_new_beginning_reopens_the_role(teller):
    teller.tell(on="2020-06-01", by="network", status="ended")
    teller.tell(on="2022", by="news", since="2021")
    assert teller.refresh().conflicts == 0
    assert teller.believed("status", "since") == [("ended", None), ("current", "2021")]


def test_a_newer_equal_source_outweighs_what_was_seen_after_the_end(teller):
    teller.tell(on="2010", by="news")
    teller.tell(on="2020-03-01", by="news")
    teller.tell(on="2023", by="news", status="ended", until="2019")
    teller.refresh()
    assert teller.believed("status", "until") == [("ended", "2019")]


def test_a_stronger_source_that_saw_it_later_disputes_the_date_of_the_end(teller):
    teller.tell(on="2020-03-01", by="network")
    teller.tell(on="2023-01-01", by="news", status="ended", until="2019")
    teller.refresh()
    assert teller.believed("status", "until", "valid_to") == [("ended", None, date(2022, 12, 31))]
    assert teller.ask("SELECT kind FROM conflict") == [("until",)]


def test_a_stated_term_closes_on_its_date(teller):
    teller.tell(role="vice_chair", on="2025-06-01", since="2025", until="2026-03")
    teller.refresh()
    assert teller.believed("status", "until") == [("current", "2026-03")]
    summary = teller.refresh(after=40 * DAY)
    assert teller.believed("status", "until") == [("ended", "2026-03")]
    assert summary.changes == {"role_ended": 1, "corrected": 1}  # the implied membership goes with it; nobody left


def test_a_term_held_beyond_its_date_was_renewed(teller):
    teller.tell(role="vice_chair", on="2018-06-01", until="2020")
    teller.tell(role="vice_chair", on="2022-06-01")
    teller.refresh()
    assert teller.believed("status", "until") == [("current", None)]


def test_a_newer_chair_ends_the_older_ones_spell(teller):
    teller.tell("Milan", "chair", on="2018-06-01", since="2016")
    teller.tell("Florence", "chair", on="2021-03-01", since="2020-11")
    teller.tell("Nantes", "chair", on="2023-03-01", since="2022-11")
    teller.refresh()
    assert teller.believed("city_id", "status", "since", "until", "valid_to") == [
        ("gn:2990969", "current", "2022-11", None, None),
        ("gn:3173435", "ended", "2016", "2020-11", date(2020, 10, 31)),
        ("gn:3176959", "ended", "2020-11", "2022-11", date(2022, 10, 31)),
    ]


def test_a_lesser_source_does_not_bring_an_old_chair_back(teller):
    teller.tell("Milan", "chair", on="2020-06-01", by="network")
    teller.tell("Florence", "chair", on="2023-03-01", by="network")
    teller.tell("Milan", "chair", on="2024-01-01", by="other")
    teller.refresh()
    assert teller.believed("city_id", "status") == [("gn:3173435", "ended"), ("gn:3176959", "current")]
    assert teller.ask("SELECT kind FROM conflict") == [("reopened",)]


def test_two_chairs_of_one_day_are_a_conflict(teller):
    teller.tell("Milan", "chair", on="2023-06-01")
    teller.tell("Florence", "chair", on="2023-06-01")
    teller.refresh()
    assert teller.believed("status") == [("current",), ("current",)]
    assert teller.ask("SELECT DISTINCT kind FROM conflict") == [("chair",)]


@pytest.mark.parametrize(
    ("role", "fields"), [("co_chair", {}), ("vice_chair", {}), ("board_member", {"body": "Executive Committee"})]
)
def test_shared_offices_do_not_end_one_another(teller, role, fields):
    teller.tell("Milan", role, on="2023", **fields)
    teller.tell("Florence", role, on="2024", **fields)
    teller.refresh()
    assert teller.believed("status") == [("current",), ("current",)]


def test_a_chair_of_another_network_ends_nothing(teller):
    teller.tell("Milan", "chair", on="2023", network="c40")
    teller.tell("Florence", "chair", on="2024", network="eurocities")
    teller.refresh()
    assert teller.believed("status") == [("current",), ("current",)]


def test_a_city_that_leaves_loses_its_offices(teller):
    teller.tell(role="member", on="2018")
    teller.tell(role="board_member", on="2018")
    teller.tell(role="signatory", on="2018")
    teller.tell(role="member", on="2020", status="ended", until="2019")
    teller.refresh()
    assert teller.believed("role", "status", "until") == [
        ("board_member", "ended", "2019"),
        ("member", "ended", "2019"),
        ("signatory", "current", None),
    ]


def test_a_change_of_mayor_is_no_end_of_the_seat(teller):
    teller.tell(role="vice_chair", on="2022", holder="Ada Alba")
    teller.tell(role="vice_chair", on="2023", holder="Bo Berg")
    teller.tell(role="vice_chair", on="2024", status="ended", holder="Mayor Alba")
    teller.refresh()
    assert teller.believed("status", "holder") == [("current", "Bo Berg")]


def test_bodies_are_held_apart_and_a_nameless_one_belongs_to_the_only_one(teller):
    teller.tell("Oslo", "board_member", on="2020", body="Executive Committee")
    teller.tell("Oslo", "board_member", on="2021")
    teller.tell("Milan", "board_member", on="2020", body="World Council")
    teller.tell("Milan", "board_member", on="2021", body="the world council")
    teller.tell("Milan", "board_member", on="2021", body="Europe Section")
    teller.refresh()
    assert teller.believed("city_id", "body", "claims") == [
        ("gn:3143244", "Executive Committee", 2),
        ("gn:3173435", "the world council", 2),
        ("gn:3173435", "Europe Section", 1),
    ]


def test_events_are_spells_of_their_own_that_stay_and_last_as_long_as_they_lasted(teller):
    teller.tell(role="event_host", on="2019-12", body="Summit 2019", since="2019-11-20", until="2019-11-22")
    teller.tell(role="event_host", on="2024-01", body="Summit 2023", since="2023-06")
    teller.tell(role="event_host", on="2024-02", body="summit 2023", status="ended")
    teller.refresh()
    assert teller.believed("body", "status", "valid_from", "valid_to") == [
        ("Summit 2019", "current", date(2019, 11, 20), date(2019, 11, 22)),
        ("summit 2023", "current", date(2023, 6, 1), date(2023, 6, 30)),
    ]
    assert teller.ask("SELECT body FROM membership_as_of('2019-11-21')") == [("Summit 2019",)]


def test_a_plan_shows_as_planned_and_later_evidence_makes_it_current(teller):
    teller.tell(on="2024-01", status="planned", since="2025")
    assert teller.refresh().changes == {"planned": 1}
    assert teller.believed("status", "since", "valid_from") == [("planned", "2025", None)]
    assert teller.ask("FROM membership_current") == teller.ask("FROM membership_as_of('2025-06-01')") == []
    teller.tell(on="2025-02")
    assert teller.refresh(after=DAY).joined == 1
    assert teller.believed("status", "since", "claims") == [("current", "2025", 2)]


def test_a_plan_of_what_already_holds_changes_nothing(teller):
    teller.tell(on="2023")
    teller.tell(on="2024", status="planned")
    teller.refresh()
    assert teller.believed("status", "claims") == [("current", 1)]


def test_a_plan_after_the_end_is_a_planned_return(teller):
    teller.tell(on="2020", status="ended")
    teller.tell(on="2024", status="planned")
    teller.refresh()
    assert sorted(teller.believed("status")) == [("ended",), ("planned",)]


def test_a_denial_alone_makes_no_membership(teller):
    teller.tell(status="denied", on="2020")
    summary = teller.refresh()
    assert (summary.memberships, summary.conflicts) == (0, 0)


@pytest.mark.parametrize(
    ("affirmed", "denied", "conflicts"),
    [
        pytest.param(("2020", "news"), ("2021", "news"), 1, id="newer denial"),
        pytest.param(("2020", "network"), ("2021", "other"), 1, id="newer denial of a lesser source"),
        pytest.param(("2022", "news"), ("2021", "news"), 0, id="affirmed since"),
    ],
)
def test_a_denial_opens_a_conflict_that_newer_evidence_settles(teller, affirmed, denied, conflicts):
    teller.tell(on="2019", by="other")
    teller.tell(on=affirmed[0], by=affirmed[1])
    teller.tell(on=denied[0], by=denied[1], status="denied")
    assert teller.refresh().conflicts == conflicts
    assert teller.believed("status") == [("current",)]


def test_a_settled_conflict_is_gone(teller):
    teller.tell(on="2020")
    teller.tell(on="2021", status="denied")
    assert teller.refresh().conflicts == 1
    teller.tell(on="2022")
    assert teller.refresh().conflicts == 0


def test_independent_publishers_raise_confidence_and_copies_do_not(teller):
    least = teller.least_confidence()
    teller.tell("Oslo", on="2020", publisher="A", confidence=least)
    teller.tell("Oslo", on="2021", publisher="B", confidence=least)
    teller.tell("Milan", on="2020", publisher="A", confidence=least)
    teller.tell("Milan", on="2021", publisher="A", confidence=least)
    wire = "A wire report says at length that Nantes has been a member of the network for a long time."
    teller.tell("Nantes", on="2020", publisher="A", text=wire, confidence=least)
    teller.tell("Nantes", on="2021", publisher="B", text=wire.upper() + "!", confidence=least)
    teller.refresh()
    both = pytest.approx(1 - (1 - least) ** 2, abs=0.0001)
    assert teller.believed("city_id", "claims", "sources", "confidence") == [
        ("gn:2990969", 2, 1, least),
        ("gn:3143244", 2, 2, both),
        ("gn:3173435", 2, 1, least),
    ]


def test_confidence_never_reaches_certainty(teller):
    for _ in range(5):
        teller.tell(on="2020", confidence=1.0)
    teller.refresh()
    assert teller.believed("confidence", "sources") == [(0.99, 5)]


def test_an_office_implies_a_membership_that_is_marked(teller):
    teller.tell(role="chair", on="2024")
    teller.refresh()
    inferred = "SELECT role, is_inferred, status FROM membership WHERE superseded_at IS NULL ORDER BY role"
    assert teller.ask(inferred) == [("chair", False, "current"), ("member", True, "current")]
    teller.tell(role="member", on="2025", since="2001")
    assert teller.refresh(after=DAY).changes == {"corrected": 1}
    assert teller.ask(inferred) == [("chair", False, "current"), ("member", False, "current")]


def test_a_newer_reading_replaces_the_older_in_belief_and_not_in_history(teller):
    document_id = teller.tell(on="2020", version="1")
    teller.refresh()
    before = teller.now
    document = teller.documents[document_id]
    teller.now += DAY
    teller.read(document_id, [teller.claim(document, "Oslo")], version="2")
    summary = teller.refresh()
    assert summary.changes == {"joined": 1, "retracted": 1}
    assert teller.believed("city_id") == [("gn:3143244",)]
    assert teller.ask("SELECT DISTINCT cause FROM change WHERE kind = 'retracted'") == [("extractor",)]
    assert teller.ask(f"SELECT city_id FROM registry_as_of(TIMESTAMP '{before:%Y-%m-%d %H:%M:%S}')") == [
        ("gn:2990969",)
    ]
    assert teller.ask("SELECT count(*) FROM claim") == [(2,)]


def test_a_newer_reading_that_finds_nothing_retracts(teller):
    document_id = teller.tell(on="2020", version="1")
    teller.refresh()
    teller.now += DAY
    teller.read(document_id, [], version="2")
    assert teller.refresh().changes == {"retracted": 1}
    assert teller.believed("city_id") == []


@pytest.mark.parametrize(
    ("kind", "cause"), [("new document", "world"), ("same address", "source"), ("rejected", "judgement")]
)
def test_a_change_tells_its_cause(teller, kind, cause):
    teller.tell(on="2020", since="2001", url="https://example.org/members")
    teller.refresh()
    teller.now += DAY
    if kind == "rejected":
        (claim_id,) = teller.ask("SELECT claim_id FROM claim")[0]
        store_judgement(teller.con, judge("reject", claim_id))
    else:
        url = "https://example.org/members" if kind == "same address" else "https://example.org/news"
        teller.tell(on="2021", since="2002", url=url)
    teller.refresh()
    assert teller.ask("SELECT cause FROM change ORDER BY changed_at DESC LIMIT 1") == [(cause,)]


@pytest.mark.parametrize(
    ("second", "cause"),
    [
        pytest.param({"on": "2021"}, "world", id="a new edition of a page tells news"),
        pytest.param({"on": "2020"}, "source", id="under the same date it corrects itself"),
        pytest.param({"on": None}, "world", id="without a date it tells news"),
    ],
)
def test_an_address_that_names_another_city_tells_news_or_corrects_itself(teller, second, cause):
    teller.tell("Oslo", on="2020", url="https://example.org/members")
    teller.refresh()
    teller.tell("Nantes", url="https://example.org/members", **second)
    teller.refresh(after=DAY)
    assert teller.ask("SELECT kind, cause FROM change ORDER BY changed_at DESC LIMIT 1") == [("joined", cause)]


def judge(kind: str, subject_id: str, object_id: str | None = None) -> Judgement:
    return Judgement(
        kind=JudgementKind(kind), subject_id=subject_id, object_id=object_id, reason="it is so", author="Ada",
        judged_at=datetime(2026, 3, 2),
    )  # fmt: skip


def test_a_rejected_claim_counts_no_more_until_the_judgement_is_withdrawn(teller):
    teller.tell(on="2020")
    teller.refresh()
    before = teller.believed("status", "claims", "confidence")
    (claim_id,) = teller.ask("SELECT claim_id FROM claim")[0]
    judgement_id = store_judgement(teller.con, judge("reject", claim_id))
    teller.refresh(after=DAY)
    assert teller.believed("status") == []
    store_judgement(teller.con, judge("withdraw", judgement_id))
    teller.refresh(after=DAY)
    assert teller.believed("status", "claims", "confidence") == before
    assert teller.ask("SELECT cause FROM change ORDER BY changed_at") == [("world",), ("judgement",), ("judgement",)]


def test_the_same_network_under_two_ids_is_one_by_judgement(teller):
    teller.tell(on="2020", network="eurocities")
    teller.tell(on="2021", network="new:euro-cities")
    teller.refresh()
    assert teller.believed("network_id") == [("eurocities",), ("new:euro-cities",)]
    store_judgement(teller.con, judge("same_network", "new:euro-cities", "eurocities"))
    teller.refresh(after=DAY)
    assert teller.believed("network_id", "claims") == [("eurocities", 2)]


def test_unknown_cities_and_networks_get_rows_of_their_own(teller):
    teller.tell("Ville Perdue", on="2020", network="new:lost-towns")
    teller.refresh()
    assert teller.ask("SELECT city_id, name, country_code, is_reference FROM city") == [
        ("name:FR:ville perdue", "Ville Perdue", "FR", False)
    ]
    assert teller.ask("SELECT network_id, name FROM network") == [("new:lost-towns", "Lost-Towns")]


def test_a_document_without_a_date_speaks_for_the_day_it_was_fetched(teller):
    teller.tell(on=None)
    teller.refresh()
    assert teller.believed("first_claimed_on") == [("2026-03-01",)]


def test_a_second_refresh_changes_nothing(teller):
    teller.tell(on="2020", since="2010")
    teller.tell(role="chair", on="2021")
    teller.tell("Oslo", on="2021", status="denied")
    first = teller.refresh()
    rows = teller.ask("FROM membership ORDER BY ALL")
    second = teller.refresh(after=DAY)
    assert (second.changes, second.memberships) == ({}, first.memberships)
    assert teller.ask("FROM membership ORDER BY ALL") == rows


def test_history_only_moves_on(teller):
    teller.tell(on="2020")
    teller.refresh()
    teller.tell(on="2021", status="ended")
    refresh_registry(teller.con, teller.run_id, at=teller.now - DAY)
    assert check_registry(teller.con) == []
    assert teller.believed("status") == [("ended",)]


def test_an_empty_warehouse_has_an_empty_registry(teller):
    summary = teller.refresh()
    assert (summary.memberships, summary.changes, summary.conflicts) == (0, {}, 0)


def test_a_claim_that_is_too_uncertain_is_stored_and_shown_but_not_believed(teller):
    least = teller.least_confidence()
    teller.tell(on="2020", confidence=least - 0.01)
    assert teller.refresh().memberships == 0
    assert teller.ask("SELECT count(*) FROM claim") == [(1,)]
    [doubted] = explain(teller.con, "Nantes", "eurocities").claims
    assert (doubted["belief"], doubted["why"]) == ("doubted", f"less sure than {least:.2f}")
    teller.tell(on="2021", confidence=least)
    assert teller.refresh().memberships == 1
    told = [(claim["belief"], claim["why"]) for claim in explain(teller.con, "Nantes", "eurocities").claims]
    assert told == [("holds", None), ("doubted", doubted["why"])]


def test_several_claims_that_are_each_too_uncertain_do_not_add_up(teller):
    for publisher in "ABC":
        teller.tell(on="2020", publisher=publisher, confidence=teller.least_confidence() - 0.01)
    assert teller.refresh().memberships == 0


def test_an_unsure_claim_of_a_city_is_told_of_the_city_that_it_was_judged_to_be(teller):
    teller.tell("Oslo", on="2020")
    teller.tell("Kristiania", on="2019", country="NO", confidence=0.3)
    teller.refresh()
    [(city_id,)] = teller.ask("SELECT city_id FROM claim WHERE city.name = 'Kristiania'")
    store_judgement(teller.con, judge("same_city", city_id, "gn:3143244"))
    teller.refresh(after=DAY)
    assert [claim["belief"] for claim in explain(teller.con, "Oslo", "eurocities").claims] == ["holds", "doubted"]


def test_what_is_believed_no_more_as_the_rules_ask_for_more_is_no_change_of_the_world(teller):
    teller.tell(on="2020", confidence=teller.least_confidence())
    teller.refresh()
    teller.con.execute("CREATE OR REPLACE MACRO least_confidence() AS 1.0")
    teller.refresh(after=DAY)
    assert teller.believed("status") == []
    assert teller.ask("SELECT kind, cause FROM change ORDER BY changed_at") == [
        ("joined", "world"), ("retracted", "extractor"),
    ]  # fmt: skip


def test_a_denial_or_an_end_that_is_too_uncertain_changes_nothing(teller):
    teller.tell(on="2020")
    teller.tell(on="2021", status="denied", confidence=0.3)
    teller.tell(on="2022", status="ended", confidence=0.3)
    assert teller.refresh().conflicts == 0
    assert teller.believed("status", "claims") == [("current", 1)]
