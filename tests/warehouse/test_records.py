"""Runs, findings and reference rows."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from schemas.errors import ConfigurationError
from schemas.finding import Finding
from schemas.judgement import Judgement, JudgementKind
from schemas.vocabulary import FindingKind
from warehouse.findings import store_findings
from warehouse.judgements import store_judgement
from warehouse.reference import store_cities, store_networks
from warehouse.runs import finish_run, start_run

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_run_has_its_inputs_versions_times_and_counts(con):
    run_id = start_run(con, inputs=["a", "b"], versions={"hansa": "0.1"}, started_at=NOON)
    finish_run(con, run_id, counts={"claims": 3}, finished_at=NOON + timedelta(hours=1))
    assert con.execute("SELECT * FROM run").fetchall() == [
        (run_id, datetime(2026, 3, 1, 12), datetime(2026, 3, 1, 13), ["a", "b"], {"hansa": "0.1"}, {"claims": 3})
    ]


def test_a_run_without_inputs_or_counts_is_a_run(con):
    run_id = start_run(con, inputs=[], versions={}, started_at=NOON)
    assert start_run(con, inputs=[], versions={}, started_at=NOON) == run_id
    finish_run(con, run_id, counts={}, finished_at=NOON)
    assert con.execute("SELECT inputs, versions, counts FROM run").fetchall() == [([], {}, {})]


def test_moments_are_stored_in_utc(con):
    cet = timezone(timedelta(hours=1))
    start_run(con, inputs=[], versions={}, started_at=datetime(2026, 3, 1, 13, tzinfo=cet))
    assert con.execute("SELECT started_at FROM run").fetchall() == [(datetime(2026, 3, 1, 12),)]


def test_a_finding_is_stored_once(con):
    finding = Finding(kind=FindingKind.UNREADABLE, subject="a.pdf", message="a.pdf: a scan")
    assert store_findings(con, "r1", [finding, finding], found_at=NOON) == 1
    assert store_findings(con, "r2", [finding], found_at=NOON + timedelta(days=1)) == 0
    assert con.execute("SELECT kind, subject, run_id FROM finding").fetchall() == [("unreadable", "a.pdf", "r1")]


def test_cities_are_stored_and_replaced(con):
    row = {"geonameid": 2990969, "name": "Nantes", "country_code": "FR", "latitude": 47.2, "longitude": -1.6}
    assert store_cities(con, [{**row, "population": 1}, {**row, "population": 1}]) == 2
    store_cities(con, [{**row, "population": 323204}])
    assert con.execute("FROM city").fetchall() == [("gn:2990969", 2990969, "Nantes", "FR", 47.2, -1.6, 323204, True)]


def test_a_reference_row_replaces_what_claims_told(teller):
    teller.tell(on="2020", network="new:lost-towns")
    teller.refresh()
    store_networks(teller.con, [{"network_id": "new:lost-towns", "name": "Lost Towns", "founded": 1999, "acronym": ""}])
    teller.refresh()
    assert teller.ask("SELECT name, acronym, founded, is_reference FROM network") == [
        ("Lost Towns", None, "1999", True)
    ]


@pytest.mark.parametrize("row", [{"name": "Nameless"}, {"network_id": "x", "name": ""}])
def test_a_network_without_id_or_name_is_refused(con, row):
    with pytest.raises(ConfigurationError, match="expected both"):
        store_networks(con, [row])
    assert con.execute("FROM network").fetchall() == []


def judge(kind: JudgementKind, subject_id: str, object_id: str | None = None) -> Judgement:
    return Judgement(
        kind=kind, subject_id=subject_id, object_id=object_id, reason="so", author="Ada", judged_at=NOON
    )  # fmt: skip


def test_a_judgement_on_nothing_is_refused(con):
    with pytest.raises(ConfigurationError, match="found no claim, network or city 'x'"):
        store_judgement(con, judge(JudgementKind.REJECT, "x"))


def test_two_things_cannot_be_judged_to_be_each_other(con):
    store_networks(con, [{"network_id": name, "name": name} for name in "abc"])
    for one, other in ("ab", "bc"):
        store_judgement(con, judge(JudgementKind.SAME_NETWORK, one, other))
    assert con.execute("SELECT subject_id, object_id FROM same_as ORDER BY ALL").fetchall() == [("a", "c"), ("b", "c")]
    with pytest.raises(ConfigurationError, match="withdraw"):
        store_judgement(con, judge(JudgementKind.SAME_NETWORK, "c", "a"))


@pytest.mark.parametrize(("kind", "object_id"), [("reject", "x"), ("same_city", None), ("same_city", "s")])
def test_a_judgement_that_makes_no_sense_is_no_judgement(kind, object_id):
    with pytest.raises(ValueError, match=kind):
        judge(JudgementKind(kind), "s", object_id)
