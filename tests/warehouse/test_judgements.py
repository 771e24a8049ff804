"""What a person decides: its effect on belief, its place in history, and that it can be taken back."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from schemas.errors import ConfigurationError
from schemas.judgement import Judgement, JudgementKind
from warehouse.checks import check_registry
from warehouse.judgements import identify_judgement, import_judgements, list_judgements, store_judgement
from warehouse.reference import store_networks

DAY = timedelta(days=1)
SAID = "role, status, since, until, holder"
OLD = {"network_id": "old", "name": "old", "ended": "2020", "successor_id": "new"}


def make(kind: str, subject_id: str, object_id: str | None = None, **details: str) -> Judgement:
    """A judgement of a fixed moment, later than all that the tests tell."""
    return Judgement(
        kind=JudgementKind(kind), subject_id=subject_id, object_id=object_id, details=details, reason="it is so",
        author="Ada", judged_at=datetime(2026, 3, 2, tzinfo=UTC),
    )  # fmt: skip


def judge(
    teller: Any, kind: str, subject_id: str, object_id: str | None = None, *, day: int = 2, **details: str
) -> str:
    """Record a judgement on a day of March 2026, refresh a day later, and hold the registry to its checks."""
    given = make(kind, subject_id, object_id, **details)
    judgement_id = store_judgement(
        teller.con, given.model_copy(update={"judged_at": datetime(2026, 3, day, tzinfo=UTC)})
    )
    teller.refresh(after=DAY)
    assert check_registry(teller.con) == []
    return judgement_id


def find(teller: Any, **where: str) -> str:
    """The id of the only claim with these values."""
    conditions = " AND ".join(f"claim.{key} = '{value}'" for key, value in where.items() if key != "on")
    dated = f"document.published = '{where['on']}'" if "on" in where else "true"
    (row,) = teller.ask(
        f"SELECT claim_id FROM claim JOIN document USING (document_id) WHERE {conditions or 'true'} AND {dated}"
    )
    return str(row[0])


def members(teller: Any) -> list[tuple[str, str]]:
    """Networks that Nantes is or was a member of, stated or not, with the status."""
    return teller.ask(
        "SELECT network_id, status FROM membership WHERE superseded_at IS NULL AND city_id = 'gn:2990969' ORDER BY ALL"
    )


def causes(teller: Any) -> list[tuple[str, str]]:
    """Kind and cause of the changes of the last refresh."""
    return teller.ask(
        "SELECT kind, cause FROM change WHERE changed_at = (SELECT max(changed_at) FROM change) ORDER BY ALL"
    )


def conflicts(teller: Any) -> list[str]:
    return [kind for (kind,) in teller.ask("SELECT kind FROM conflict ORDER BY ALL")]


def test_a_rejected_claim_stays_in_history_and_supports_nothing(teller):
    teller.tell(on="2020")
    teller.refresh()
    judge(teller, "reject", find(teller))
    assert teller.believed("status") == []
    assert causes(teller) == [("retracted", "judgement")]
    assert teller.ask("SELECT count(*) FROM claim") == [(1,)]
    assert teller.ask("SELECT status FROM registry_as_of('2026-03-01 12:00:00')") == [("current",)]


def test_an_accepted_claim_settles_the_conflict_with_a_denial(teller):
    teller.tell(on="2020")
    teller.tell(on="2021", status="denied", by="network")
    teller.refresh()
    assert conflicts(teller) == ["denied"]
    judge(teller, "accept", find(teller, status="current"))
    assert (conflicts(teller), teller.believed("status")) == ([], [("current",)])


def test_an_accepted_denial_outweighs_what_it_contradicts(teller):
    teller.tell(on="2020", by="network")
    teller.tell(on="2021", status="denied", by="other")
    teller.tell("Nantes", "chair", on="2025")
    teller.refresh()
    accepted = judge(teller, "accept", find(teller, status="denied"))
    assert conflicts(teller) == []
    assert teller.ask("SELECT role FROM membership_current") == [("chair",)]
    assert causes(teller) == [("retracted", "judgement")]
    judge(teller, "withdraw", accepted, day=4)
    assert teller.believed("role", "status") == [("chair", "current"), ("member", "current")]
    assert {cause for _, cause in causes(teller)} == {"judgement"}
    assert conflicts(teller) == ["denied"]


def test_an_accepted_denial_leaves_earlier_spells_alone(teller):
    teller.tell(on="2012", since="2010")
    teller.tell(on="2016", status="ended", until="2015")
    teller.tell(on="2020", by="city")
    teller.tell(on="2021", status="denied")
    teller.refresh()
    judge(teller, "accept", find(teller, status="denied"))
    assert teller.believed("status", "since", "until") == [("ended", "2010", "2015")]


def test_what_is_told_after_the_judgement_may_contradict_it(teller):
    teller.tell(on="2020")
    teller.tell(on="2021", status="denied")
    teller.refresh()
    judge(teller, "accept", find(teller, status="current"))
    assert conflicts(teller) == []
    teller.tell(on="2026-03-05", status="denied")
    teller.refresh(after=DAY)
    assert conflicts(teller) == ["denied"]


def test_a_lesser_source_that_is_accepted_reopens_what_a_stronger_one_ended(teller):
    teller.tell(on="2019", by="network")
    teller.tell(on="2020", status="ended", by="network")
    teller.tell(on="2021", by="news")
    teller.refresh()
    assert (conflicts(teller), teller.believed("status")) == (["reopened"], [("ended",)])
    judge(teller, "accept", find(teller, on="2021"))
    assert (conflicts(teller), teller.believed("status")) == ([], [("ended",), ("current",)])


def test_an_accepted_end_settles_that_a_lesser_source_still_sees_the_role(teller):
    teller.tell(on="2019", by="network")
    teller.tell(on="2020", status="ended", by="network")
    teller.tell(on="2021", by="news")
    teller.refresh()
    judge(teller, "accept", find(teller, status="ended"))
    assert (conflicts(teller), teller.believed("status")) == ([], [("ended",)])


def test_of_two_that_tell_different_dates_the_accepted_one_is_followed(teller):
    teller.tell(on="2020", since="2010", by="network")
    teller.tell(on="2021", since="2012", by="news")
    teller.refresh()
    assert teller.believed("since") == [("2010",)]
    judge(teller, "accept", find(teller, on="2021"))
    assert teller.believed("since") == [("2012",)]
    assert causes(teller) == [("corrected", "judgement")]


@pytest.mark.parametrize("winner", ["Nantes", "Milan"])
def test_of_two_chairs_at_a_time_the_accepted_one_presides(teller, winner):
    teller.tell("Nantes", "chair", on="2025")
    teller.tell("Milan", "chair", on="2025")
    teller.refresh()
    assert conflicts(teller) == ["chair", "chair"]
    city_id = {"Nantes": "gn:2990969", "Milan": "gn:3173435"}[winner]
    accepted = judge(teller, "accept", find(teller, city_id=city_id))
    assert (conflicts(teller), teller.believed("city_id")) == ([], [(city_id,)])
    assert {cause for _, cause in causes(teller)} == {"judgement"}
    judge(teller, "withdraw", accepted, day=3)
    assert (conflicts(teller), len(teller.believed("city_id"))) == (["chair", "chair"], 2)
    assert {cause for _, cause in causes(teller)} == {"judgement"}


def test_a_later_chair_follows_an_accepted_one(teller):
    teller.tell("Nantes", "chair", on="2021")
    teller.tell("Milan", "chair", on="2023")
    teller.refresh()
    judge(teller, "accept", find(teller, on="2021"))
    assert teller.believed("city_id", "status") == [("gn:2990969", "ended"), ("gn:3173435", "current")]


def test_a_corrected_claim_counts_with_the_corrected_fields(teller):
    teller.tell(role="chair", on="2025", since="2020", holder="Bo Berg")
    teller.refresh()
    claim_id = find(teller)
    undo = judge(teller, "correct", claim_id, role="vice_chair", since="2019-05", holder="")
    assert teller.believed("role", "status", "since", "until", "holder") == [
        ("vice_chair", "current", "2019-05", None, None)
    ]
    assert teller.ask(f"SELECT {SAID} FROM claim") == [("chair", "current", "2020", None, "Bo Berg")]
    assert {cause for _, cause in causes(teller)} == {"judgement"}
    judge(teller, "withdraw", undo, day=3)
    assert teller.believed("role", "status", "since", "until", "holder") == [
        ("chair", "current", "2020", None, "Bo Berg")
    ]


def test_a_corrected_date_is_a_change_by_judgement(teller):
    teller.tell(on="2021", since="2020")
    teller.refresh()
    judge(teller, "correct", find(teller), since="2019")
    assert (teller.believed("since"), causes(teller)) == ([("2019",)], [("corrected", "judgement")])


def test_a_claim_is_corrected_to_another_city_and_network(teller):
    teller.tell("Oslo", on="2019", country="NO", network="c40")
    teller.tell("Nantes", on="2020", network="eurocities")
    teller.refresh()
    judge(teller, "correct", find(teller, on="2020"), city_id="gn:3143244", network_id="c40")
    assert teller.believed("city_id", "network_id", "claims") == [("gn:3143244", "c40", 2)]


def test_a_claim_may_be_corrected_and_accepted(teller):
    teller.tell(on="2020", since="2010", by="network")
    teller.tell(on="2021", since="2012", by="news")
    teller.refresh()
    claim_id = find(teller, on="2021")
    judge(teller, "correct", claim_id, since="2013")
    judge(teller, "accept", claim_id, day=3)
    judge(teller, "correct", claim_id, day=3, holder="Ada Alba")
    assert teller.believed("since", "holder") == [("2013", "Ada Alba")]
    judge(teller, "reject", claim_id, day=4)
    assert teller.believed("since", "claims") == [("2010", 1)]


@pytest.mark.parametrize(("kind", "details"), [("accept", {}), ("correct", {"since": "2019"})])
def test_what_a_person_judged_counts_however_unsure_the_extractor_was(teller, kind, details):
    teller.tell(on="2021", confidence=0.1)
    teller.refresh()
    assert teller.believed("status") == []
    judged = judge(teller, kind, find(teller), **details)
    assert teller.believed("status", "confidence") == [("current", 0.1)]
    assert causes(teller) == [("joined", "judgement")]
    judge(teller, "withdraw", judged, day=3)
    assert teller.believed("status") == []


def test_several_claims_that_are_accepted_on_a_day_are_all_applied(teller):
    for month in ("2025-02", "2025-03"):
        teller.tell(on=month, by="other")
        teller.tell(on=month, by="network", status="denied")
    teller.refresh()
    for month in ("2025-02", "2025-03"):
        store_judgement(teller.con, make("accept", find(teller, status="current", on=month)))
    teller.refresh(after=DAY)
    assert conflicts(teller) == []


@pytest.mark.parametrize("on", ["2015", "2025"])
def test_nobody_goes_on_in_a_successor_of_which_a_person_accepted_that_it_is_no_member(teller, on):
    store_networks(teller.con, [OLD, {"network_id": "new", "name": "new"}])
    teller.tell(network="old", on="2015")
    teller.tell(network="new", on=on, status="denied")
    teller.refresh()
    assert members(teller) == [("new", "current"), ("old", "ended")]
    judge(teller, "accept", find(teller, status="denied"))
    assert members(teller) == [("old", "ended")]
    assert causes(teller) == [("retracted", "judgement")]


def test_a_network_that_was_accepted_ends_and_goes_on_in_its_successor(teller):
    teller.tell(on="2015", network="new:league-of-lost-towns")
    teller.tell("Oslo", on="2015", network="eurocities")
    teller.refresh()
    row = ROW | {"ended": "2020", "successor_id": "eurocities"}
    accepted = judge(teller, "new_network", "new:league-of-lost-towns", "lost-towns", **row)
    told = [("eurocities", "current"), ("lost-towns", "ended")]
    assert members(teller) == told
    assert {cause for _, cause in causes(teller)} == {"judgement"}
    judge(teller, "withdraw", accepted, day=3)
    assert members(teller) == [("new:league-of-lost-towns", "current")]
    assert {cause for _, cause in causes(teller)} == {"judgement"}
    assert teller.ask("SELECT ended, successor_id FROM network WHERE network_id = 'lost-towns'") == [(None, None)]


def test_a_successor_may_be_judged_to_be_another_network(teller):
    store_networks(teller.con, [OLD, *({"network_id": name, "name": name} for name in ("new", "newer"))])
    teller.tell(network="old", on="2015")
    teller.refresh()
    judge(teller, "same_network", "new", "newer")
    assert members(teller) == [("newer", "current"), ("old", "ended")]
    assert {cause for _, cause in causes(teller)} == {"judgement"}


def test_a_judgement_holds_for_what_a_later_version_reads_alike(teller):
    document_id = teller.tell(on="2020", since="2010")
    teller.refresh()
    judge(teller, "reject", find(teller))
    document = teller.documents[document_id]
    teller.read(document_id, [teller.claim(document, since="2010", confidence=0.9)], version="2")
    teller.refresh(after=DAY)
    assert teller.believed("status") == []
    # Read otherwise, it is another claim, on which nobody has decided.
    teller.now += DAY
    teller.read(document_id, [teller.claim(document, since="2011")], version="3")
    teller.refresh(after=DAY)
    assert teller.believed("since") == [("2011",)]


def test_an_unknown_network_that_is_rejected_takes_its_claims_along(teller):
    teller.tell(on="2020", network="new:the-task-force")
    teller.tell("Oslo", on="2020", network="new:the-task-force")
    teller.refresh()
    judge(teller, "reject", "new:the-task-force")
    assert teller.believed("status") == []
    assert {cause for _, cause in causes(teller)} == {"judgement"}


def test_two_cities_that_are_one_count_as_one_until_they_are_told_apart(teller):
    teller.tell("Nantes", on="2020")
    teller.tell("Nantes", on="2021", geonameid=99)
    teller.refresh()
    judge(teller, "same_city", "gn:99", "gn:2990969")
    assert teller.believed("city_id", "claims") == [("gn:2990969", 2)]
    judge(teller, "not_same_city", "gn:2990969", "gn:99", day=3)
    assert teller.believed("city_id", "claims") == [("gn:2990969", 1), ("gn:99", 1)]
    assert {cause for _, cause in causes(teller)} == {"judgement"}
    judge(teller, "same_city", "gn:99", "gn:2990969", day=4)
    assert teller.believed("city_id", "claims") == [("gn:2990969", 2)]


ROW = {"name": "League of Lost Towns", "acronym": "LLT", "scope": "Europe", "theme": "general", "founded": "1999"}


def test_a_new_network_gets_its_row_and_its_waiting_claims(teller):
    teller.tell(on="2020", network="new:league-of-lost-towns")
    teller.tell("Oslo", on="2020", country="NO", network="new:lost-towns")
    teller.refresh()
    accepted = judge(teller, "new_network", "new:league-of-lost-towns", "lost-towns", **ROW)
    judge(teller, "same_network", "new:lost-towns", "lost-towns", day=3)
    assert teller.believed("city_id", "network_id") == [("gn:2990969", "lost-towns"), ("gn:3143244", "lost-towns")]
    columns = ", ".join(ROW)
    assert teller.ask(f"SELECT {columns}, is_reference FROM network WHERE network_id = 'lost-towns'") == [
        (*ROW.values(), False)
    ]
    assert {cause for _, cause in causes(teller)} == {"judgement"}
    # A document that is read later is linked as well.
    teller.tell("Milan", on="2022", network="new:league-of-lost-towns")
    teller.refresh(after=DAY)
    assert ("gn:3173435", "lost-towns") in teller.believed("city_id", "network_id")
    # Once the catalogue knows it, its row is the catalogue's.
    store_networks(teller.con, [{"network_id": "lost-towns", "name": "Lost Towns"}])
    teller.refresh(after=DAY)
    assert teller.ask("SELECT name FROM network WHERE network_id = 'lost-towns'") == [("Lost Towns",)]
    judge(teller, "withdraw", accepted, day=9)
    assert ("gn:2990969", "new:league-of-lost-towns") in teller.believed("city_id", "network_id")


def test_a_network_of_the_catalogue_is_no_new_one(teller):
    store_networks(teller.con, [{"network_id": "eurocities", "name": "Eurocities"}])
    teller.tell(on="2020", network="new:euro-cities")
    teller.refresh()
    with pytest.raises(ConfigurationError, match="in the catalogue already"):
        store_judgement(teller.con, make("new_network", "new:euro-cities", "eurocities", name="Eurocities"))


def test_judgements_that_contradict_others_say_which_to_undo(teller):
    store_networks(teller.con, [{"network_id": name, "name": name} for name in "abc"])
    first = judge(teller, "same_network", "a", "b")
    with pytest.raises(ConfigurationError, match=f"undo judgement {first} first, or reject b"):
        store_judgement(teller.con, make("reject", "a"))
    judge(teller, "not_same_network", "a", "c")
    with pytest.raises(ConfigurationError, match="a and c would be one"):
        store_judgement(teller.con, make("same_network", "b", "c"))
    with pytest.raises(ConfigurationError, match="is a withdrawal itself"):
        judge(teller, "withdraw", judge(teller, "withdraw", first))


def test_who_are_one_through_a_third_are_not_told_apart_alone(teller):
    store_networks(teller.con, [{"network_id": name, "name": name} for name in "abc"])
    first = judge(teller, "same_network", "a", "b")
    judge(teller, "same_network", "c", "b")
    with pytest.raises(ConfigurationError, match="both judged to be b; undo judgement"):
        store_judgement(teller.con, make("not_same_network", "a", "c"))
    judge(teller, "not_same_network", "b", "a", day=4)
    assert teller.ask("SELECT subject_id FROM same_as") == [("c",)]
    assert first


@pytest.mark.parametrize(
    ("kind", "object_id", "details", "fault"),
    [
        ("correct", None, {}, "expected some"),
        ("correct", None, {"role": "king"}, "role: found 'king'"),
        ("correct", None, {"since": "last year"}, "since: found 'last year'"),
        ("correct", None, {"since": "2020", "until": "2019"}, "lies before"),
        ("correct", None, {"colour": "red"}, "colour"),
        ("accept", None, {"role": "chair"}, "expected none"),
        ("new_network", "lost-towns", {"acronym": "LT"}, "name"),
        ("new_network", "new:lost-towns", {"name": "Lost Towns"}, "expected one as in the catalogue"),
        ("not_same_city", None, {}, "expected an id"),
    ],
)
def test_details_that_make_no_sense_are_refused(kind, object_id, details, fault):
    with pytest.raises(ValueError, match=fault):
        make(kind, "new:s", object_id, **details)


def test_only_an_unknown_network_can_become_a_new_one():
    with pytest.raises(ValueError, match="expected an unknown network"):
        make("new_network", "c40", "c-forty", name="C40")


def test_one_moment_has_one_id_in_any_time_zone():
    given = make("reject", "s")
    for moment in (datetime(2026, 3, 2), datetime(2026, 3, 2, 1, tzinfo=timezone(timedelta(hours=1)))):
        again = Judgement(**{**given.model_dump(), "judged_at": moment})
        assert identify_judgement(again) == identify_judgement(given)


def test_imported_judgements_wait_for_what_they_judge(teller, make_teller):
    teller.tell("Oslo", on="2020", since="2010", geonameid=77, country="NO")
    teller.tell(on="2020", network="new:lost-towns")
    teller.refresh()
    judge(teller, "correct", find(teller, city_id="gn:77"), since="2011")
    judge(teller, "same_city", "gn:77", "gn:2990969")
    judge(teller, "new_network", "new:lost-towns", "lost-towns", **ROW)
    kept = list_judgements(teller.con)
    assert [one.said.get("since") for one in kept if one.kind is JudgementKind.CORRECT] == ["2010"]
    with make_teller() as other:
        assert import_judgements(other.con, kept) == 3
        assert import_judgements(other.con, reversed(kept)) == 0
        other.refresh()
        assert check_registry(other.con) == []
        # A later version of the extractor: the claims have other ids there.
        other.tell("Oslo", on="2020", since="2010", geonameid=77, country="NO", version="2")
        other.tell(on="2020", network="new:lost-towns", version="2")
        other.refresh(after=DAY)
        assert check_registry(other.con) == []
        columns = ("city_id", "network_id", "since", "claims")
        assert other.believed(*columns) == teller.believed(*columns)
        assert list_judgements(other.con) == kept


def test_an_import_that_runs_in_a_circle_stores_nothing(teller):
    circle = [make("same_network", one, other) for one, other in ("ab", "bc", "ca")]
    with pytest.raises(ConfigurationError, match="withdraw one"):
        import_judgements(teller.con, circle)
    assert list_judgements(teller.con) == []


def test_the_order_of_judgements_and_claims_does_not_matter(teller):
    def tell() -> None:
        teller.tell_all(enumerate([
            {"city": city, "network": "c40", "role": role, "status": status, "on": on, "by": by, "publisher": by,
             "version": "1"}
            for city, role, status, on, by in [
                ("Nantes", "chair", "current", "2021", "news"), ("Milan", "chair", "current", "2021", "network"),
                ("Oslo", "member", "current", "2020", "news"), ("Oslo", "member", "denied", "2021", "other"),
            ]
        ]))  # fmt: skip

    tell()
    judgements = [
        make("accept", find(teller, city_id="gn:2990969")),
        make("accept", find(teller, status="denied")),
        make("same_city", "gn:3173435", "gn:3143244"),
    ]
    outcomes = []
    for first in (True, False):
        teller.forget()
        if first:
            import_judgements(teller.con, judgements)
            teller.refresh()
        tell()
        teller.refresh()
        if not first:
            import_judgements(teller.con, judgements)
        teller.refresh(after=DAY)
        outcomes.append(teller.believed("city_id", "role", "status", "claims", "best_claim_id", "valid_from"))
        assert check_registry(teller.con) == []
    assert outcomes[0] == outcomes[1]
    assert date(2021, 1, 1) in {row[-1] for row in outcomes[0]}
