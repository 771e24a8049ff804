"""Whatever the claims: their order and batches do not matter, and the past stays as it was believed."""

import random
from datetime import UTC, date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.judgement import Judgement, JudgementKind
from schemas.vocabulary import Authority, Role, Status
from warehouse.checks import check_registry
from warehouse.documents import store_documents
from warehouse.judgements import import_judgements
from warehouse.lists import store_complete_list
from warehouse.reference import store_networks

DAY = timedelta(days=1)
BELIEVED = "SELECT * EXCLUDE (superseded_at) FROM {} ORDER BY membership_id, recorded_at"
OUTCOME = (
    "SELECT * EXCLUDE (recorded_at) FROM membership WHERE superseded_at IS NULL ORDER BY ALL",
    "FROM membership_claim ORDER BY ALL",
    "FROM city ORDER BY ALL",
    "FROM network ORDER BY ALL",
    "FROM membership_list ORDER BY ALL",
    "FROM applied_reading ORDER BY ALL",
    "FROM applied_group ORDER BY ALL",
    "SELECT conflict_id FROM conflict ORDER BY ALL",
)

dates = st.builds(
    lambda year, month, day, length: f"{year}-{month:02}-{day:02}"[:length],
    st.integers(2010, 2022), st.integers(1, 12), st.integers(1, 28), st.sampled_from([4, 7, 10]),
)  # fmt: skip
stories = st.fixed_dictionaries(
    {
        "city": st.sampled_from(["Nantes", "Oslo"]),
        "network": st.sampled_from([f"network-{number}" for number in range(8)]),
        "role": st.sampled_from(["member", "chair", "board_member", "event_host", "founding_member"]),
        "status": st.sampled_from(["current", "current", "current", "ended", "ended", "planned", "denied"]),
        "on": dates,
        "by": st.sampled_from(["network", "city", "news", "other"]),
        "publisher": st.sampled_from(["A", "B", "C"]),
        "since": st.none() | dates,
        "until": st.none() | dates,
        "body": st.sampled_from([None, None, "Council", "Section"]),
        "holder": st.sampled_from([None, None, "Ada Alba", "Bo Berg"]),
        "version": st.sampled_from(["1", "1", "2"]),
        "confidence": st.sampled_from([0.3, 0.6, 0.95]),
    }
)
many_stories = st.lists(stories, min_size=1, max_size=100)
# One example tells up to a hundred stories of eight networks: as much as a hundred examples of one.
few = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))


def invent(seed: int, count: int) -> list[tuple[int, dict[str, Any]]]:
    """As many stories as Hypothesis cannot draw in good time, the same for each seed: a few of each pair."""
    rng = random.Random(seed)

    def day() -> str:
        return f"{rng.randint(2010, 2022)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"[: rng.choice([4, 7, 10])]

    return [
        (number, {
            "city": rng.choice(["Nantes", "Oslo", "Milan"]),
            "network": f"network-{rng.randint(1, count // 15)}",
            "role": rng.choice(list(Role)).value,
            "status": rng.choices(list(Status), [6, 2, 1, 1])[0].value,
            "on": rng.choice([day(), None]),
            "by": rng.choice(list(Authority)).value,
            "publisher": rng.choice("ABCDE"),
            "since": rng.choice([None, day()]),
            "until": rng.choice([None, None, day()]),
            "body": rng.choice([None, None, "Council", "Section"]),
            "holder": rng.choice([None, None, "Ada Alba", "Bo Berg"]),
            "version": rng.choice("112"),
            "confidence": rng.choice([0.3, 0.6, 0.95]),
        })
        for number in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_thousands_of_stories_have_no_offender_in_any_order(teller, seed):
    told = invent(seed, 3000)
    outcomes = []
    for parts in ([told], [told[2000:], told[:2000]]):
        teller.forget()
        for part in parts:
            teller.tell_all(part)
            teller.refresh()
            assert check_registry(teller.con) == []
        assert teller.refresh(after=DAY).changes == {}
        outcomes.append([teller.ask(query) for query in OUTCOME])
    assert outcomes[0] == outcomes[1]


@few
@given(many_stories, st.randoms(use_true_random=False), st.integers(2, 3))
def test_order_and_batches_of_claims_do_not_matter(teller, told, rng: random.Random, batches: int):
    numbered = list(enumerate(told))
    shuffled = rng.sample(numbered, len(numbered))
    outcomes = []
    for parts in ([numbered], [shuffled[part::batches] for part in range(batches)]):
        teller.forget()
        for part in parts:
            teller.tell_all(part)
            teller.refresh()
        outcomes.append([teller.ask(query) for query in OUTCOME])
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize("seed", [3, 4])
def test_a_refresh_of_what_changed_gives_what_a_full_rebuild_gives(teller, seed):
    """After each of some batches and judgements, and where nothing is new but the day: in part, and then whole."""
    told, rng = invent(seed, 800), random.Random(seed)
    ended = {"network-2": ("2015", "network-3"), "network-5": ("2012", None), "network-9": ("2026-03", "network-4")}
    store_networks(teller.con, [
        {"network_id": name, "name": name, "ended": end, "successor_id": heir} for name, (end, heir) in ended.items()
    ])  # fmt: skip
    for batch in (told[:500], told[500:700], told[700:720], told[720:721], told[721:], []):
        teller.tell_all(batch)
        if batch:
            tell_complete_list(teller, f"network-{rng.randint(1, 9)}", rng.sample(["Nantes", "Oslo", "Milan"], 2))
        import_judgements(teller.con, judge_some(teller, rng))
        teller.refresh(after=rng.choice([1, 30, 500]) * DAY)
        in_part = [teller.ask(query) for query in OUTCOME]
        teller.con.execute("DELETE FROM applied_group")
        assert teller.refresh().changes == {}
        assert [teller.ask(query) for query in OUTCOME] == in_part
        assert check_registry(teller.con) == []


def judge_some(teller, rng: random.Random) -> list[Judgement]:
    """Judgements of claims, cities and networks drawn by chance, and withdrawals of earlier ones."""
    claims, judged = (
        [row_id for (row_id,) in teller.ask(f"SELECT {table}_id FROM {table} ORDER BY 1")]
        for table in ("claim", "judgement")
    )
    given: list[tuple[str, str, str | None, dict[str, str]]] = [
        (kind, rng.choice(claims), None, {} if kind != "correct" else rng.choice([
            {"status": "denied"}, {"role": "chair", "since": ""}, {"network_id": "network-2"},
            {"city_id": "gn:2990969"},
        ]))
        for kind in rng.choices(["accept", "reject", "correct"], [6, 1, 2], k=30)
    ]  # fmt: skip
    one, other = rng.sample(range(10, 50), 2)
    given.append(("same_network", f"network-{max(one, other)}", f"network-{min(one, other)}", {}))
    given.append(("reject", f"network-{rng.randint(10, 50)}", None, {}))
    given += [("withdraw", judgement_id, None, {}) for judgement_id in rng.sample(judged, min(len(judged), 5))]
    return [
        Judgement(
            kind=JudgementKind(kind), subject_id=subject, object_id=target, details=details, reason="so", author="Ada",
            judged_at=teller.now + timedelta(minutes=minute),
        )
        for minute, (kind, subject, target, details) in enumerate(given)
    ]  # fmt: skip


def tell_complete_list(teller, network: str, cities: list[str]) -> None:
    document = teller.document(f"members of {network}, {teller.now}: {cities}", authority=Authority.NETWORK)
    store_documents(teller.con, teller.run_id, [document], fetched_at=teller.now)
    teller.read(document.document_id, [teller.claim(document, city, network=network) for city in cities], version="1")
    store_complete_list(teller.con, teller.run_id, source="members", network_id=network,
                        document_ids=[document.document_id], seen_at=teller.now)  # fmt: skip


def test_only_the_groups_that_new_claims_touch_are_derived_anew(teller):
    teller.tell_all(invent(5, 300))
    teller.tell("Nantes", on="2025")
    teller.refresh()
    teller.con.execute("UPDATE applied_group SET wakes_on = NULL")
    teller.con.execute("UPDATE membership SET holder = 'nobody'")
    teller.tell("Nantes", on="2026")
    teller.refresh(after=DAY)
    assert teller.ask("SELECT DISTINCT city_id, network_id FROM membership WHERE recorded_at > '2026-03-02'") == [
        ("gn:2990969", "eurocities")
    ]


@few
@given(many_stories)
def test_checks_find_no_offender_and_a_second_refresh_no_change(teller, told):
    teller.forget()
    teller.tell_all(enumerate(told))
    teller.refresh()
    assert check_registry(teller.con) == []
    assert teller.refresh(after=DAY).changes == {}
    assert teller.ask("SELECT count(*) FROM membership WHERE superseded_at IS NOT NULL") == [(0,)]


@few
@given(many_stories, st.integers(2, 3))
def test_what_was_believed_at_a_moment_can_be_asked_later(teller, told, batches):
    teller.forget()
    remembered = []
    for batch in range(batches):
        teller.tell_all(list(enumerate(told))[batch::batches])
        teller.refresh(after=DAY)
        moment = teller.now.astimezone(UTC).replace(tzinfo=None)
        remembered.append((moment, teller.ask(BELIEVED.format("(FROM membership WHERE superseded_at IS NULL)"))))
    assert teller.ask(BELIEVED.format("registry_as_of('2020-01-01')")) == []
    for moment, rows in remembered:
        for asked in (moment, moment + timedelta(hours=23)):
            assert teller.ask(BELIEVED.format(f"registry_as_of(TIMESTAMP '{asked}')")) == rows


@few
@given(many_stories, st.dates(date(2009, 1, 1), date(2023, 1, 1)))
def test_what_held_on_a_day_are_the_spells_around_it(teller, told, day):
    teller.forget()
    teller.tell_all(enumerate(told))
    teller.refresh()
    spells = teller.ask(
        "SELECT membership_id, status, valid_from, valid_to FROM membership WHERE superseded_at IS NULL"
    )
    expected = sorted(
        key for key, status, begin, end in spells
        if status != "planned" and begin is not None and begin <= day and (end is None or day <= end)
    )  # fmt: skip
    assert [
        key for (key,) in teller.ask(f"SELECT membership_id FROM membership_as_of('{day}') ORDER BY ALL")
    ] == expected


@pytest.mark.parametrize("moment", ["TIMESTAMPTZ '2026-03-01 13:30:00+01'", "'2026-03-01 12:30:00'"])
def test_a_moment_may_have_a_time_zone_or_be_in_utc(teller, moment):
    teller.tell(on="2020")
    teller.refresh()
    teller.con.execute("SET TimeZone = 'America/New_York'")
    assert teller.ask(f"SELECT count(*) FROM registry_as_of({moment})") == [(1,)]
