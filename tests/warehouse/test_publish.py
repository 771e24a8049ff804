"""The published file: whole or not at all, complete, and open to readers while it is replaced."""

import duckdb
import pytest

from schemas.errors import RegistryCheckFailed
from warehouse.checks import check_registry
from warehouse.database import open_registry
from warehouse.publish import publish_registry
from warehouse.sql_files import read_sql_files

INTERFACE = {
    "city": "city_id geonameid name country_code latitude longitude population",
    "network": "network_id name acronym scope theme founded ended successor_id website",
    "document": "document_id url title publisher authority published fetched_at kind language",
    "claim": "claim_id document_id city_id network_id extracted_at document city network role status since until body "
    "holder evidence confidence found_by",
    "membership": "membership_id city_id network_id role body holder status since until first_claimed_on "
    "last_confirmed_on confidence claims sources best_claim_id recorded_at superseded_at",
    "membership_current": "membership_id city_id network_id role body holder status since until first_claimed_on "
    "last_confirmed_on confidence claims sources best_claim_id recorded_at superseded_at city country_code network",
    "membership_as_of('2021-06-01')": "membership_id city_id network_id role status since until superseded_at",
    "membership_as_of(DATE '2021-06-01')": "membership_id city_id network_id role status since until superseded_at",
    "registry_as_of('2027-01-01')": "membership_id city_id network_id role status since until superseded_at",
    "registry_as_of(TIMESTAMP '2027-01-01')": "membership_id city_id network_id role status since until superseded_at",
    "change": "changed_at run_id kind before after cause claim_id",
    "conflict": "claim_id opposing_claim_id",
    "finding": "kind subject message",
    "judgement": "kind reason judged_at",
    "run": "run_id started_at finished_at inputs counts versions",
    "city_profile": "city_id city country_code memberships grade_index",
    "network_profile": "network_id network members offices",
    "country_coverage": "network_id country_code members",
    "network_growth": "network_id year members",
}
NOT_EMPTY = ("city", "network", "document", "claim", "membership", "membership_current", "change", "run",
             "membership_as_of('2021-06-01')", "registry_as_of('2027-01-01')", "city_profile", "network_profile",
             "country_coverage", "network_growth", "conflict")  # fmt: skip


def tell(teller):
    """Something in each table."""
    teller.tell("Nantes", on="2020", since="2010")
    teller.tell("Nantes", "chair", on="2023")
    teller.tell("Oslo", on="2021", status="denied")
    teller.tell("Oslo", on="2020", country="NO")
    teller.refresh()


@pytest.fixture
def told(teller):
    """A warehouse of this test's own."""
    tell(teller)
    return teller


@pytest.fixture(scope="module")
def shared(make_teller):
    """A warehouse that these tests only read."""
    with make_teller() as teller:
        tell(teller)
        yield teller


@pytest.fixture(scope="module")
def target(shared, tmp_path_factory):
    """The published file of the shared warehouse."""
    path = tmp_path_factory.mktemp("published") / "registry.duckdb"
    publish_registry(shared.con, path)
    return path


@pytest.fixture
def published(target):
    """A reader's connection."""
    with open_registry(target) as con:
        yield con


@pytest.mark.parametrize(("name", "columns"), INTERFACE.items())
def test_the_published_file_has_all_of_the_interface(shared, published, name, columns):
    for con in (shared.con, published):
        found = [column[0] for column in con.execute(f"SELECT * FROM {name}").description]
        assert set(columns.split()) <= set(found)


@pytest.mark.parametrize("name", NOT_EMPTY)
def test_the_published_file_says_what_the_warehouse_says(shared, published, name):
    query = f"SELECT * FROM {name} ORDER BY ALL"
    rows = published.execute(query).fetchall()
    assert rows
    assert rows == shared.con.execute(query).fetchall()


def test_it_can_be_attached_under_any_name(target):
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{target}' AS anything (READ_ONLY)")
        assert con.execute("SELECT count(*) FROM anything.membership_current").fetchone() == (3,)
        con.execute("USE anything")
        assert con.execute("SELECT count(*) FROM membership_as_of('2020-06-01')").fetchone() == (2,)


def test_whole_texts_stay_at_home(shared, published):
    assert shared.ask("SELECT count(*) > 0 FROM document_text") == [(True,)]
    assert published.execute("FROM document_text").fetchall() == []


def test_its_format_is_that_of_duckdb_1(published):
    tags = published.execute("SELECT tags FROM duckdb_databases() WHERE NOT internal").fetchone()[0]
    assert tags["storage_version"].startswith("v1.0.0")


def test_its_tables_keep_their_comments(published):
    silent = "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL"
    assert published.execute(silent).fetchall() == []


def test_it_is_read_only(published):
    with pytest.raises(duckdb.Error, match="read-only"):
        published.execute("DELETE FROM claim")


def test_a_reader_keeps_what_it_opened_while_a_new_file_takes_its_place(told, tmp_path):
    target = tmp_path / "registry.duckdb"
    publish_registry(told.con, target)
    with open_registry(target) as reader:
        told.tell("Milan", on="2022")
        told.refresh()
        publish_registry(told.con, target)
        assert reader.execute("SELECT count(*) FROM claim").fetchone() == (4,)
    with open_registry(target) as reader:
        assert reader.execute("SELECT count(*) FROM claim").fetchone() == (5,)


def test_nothing_is_left_beside_it(told, tmp_path):
    (tmp_path / ".registry.duckdb.part").write_bytes(b"of a run that was killed")
    publish_registry(told.con, tmp_path / "registry.duckdb")
    assert list(tmp_path.iterdir()) == [tmp_path / "registry.duckdb"]


def test_an_offender_stops_publishing(told, tmp_path):
    target = tmp_path / "registry.duckdb"
    publish_registry(told.con, target)
    before = target.read_bytes()
    told.con.execute("DELETE FROM network")
    with pytest.raises(RegistryCheckFailed, match=r"membership_names_known_things.*Every membership names a city"):
        publish_registry(told.con, target)
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [tmp_path / "registry.duckdb"]


def test_a_copy_that_fails_leaves_the_published_file(told, tmp_path, monkeypatch):
    target = tmp_path / "registry.duckdb"
    publish_registry(told.con, target)
    before = target.read_bytes()

    def fail(*_: object) -> None:
        raise RegistryCheckFailed("torn")

    monkeypatch.setattr("warehouse.publish._check_copy", fail)
    with pytest.raises(RegistryCheckFailed, match="torn"):
        publish_registry(told.con, target)
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [tmp_path / "registry.duckdb"]


OFFENCES = {
    "membership_names_known_things": "DELETE FROM city",
    "membership_rests_on_claims": "DELETE FROM membership_claim",
    "membership_has_one_present": "INSERT INTO membership FROM membership LIMIT 1",
    "membership_dates_in_order": "UPDATE membership SET since = '2020', until = '2019'",
    "membership_words_known": "UPDATE membership SET role = 'mascot'",
    "claim_has_document": "DELETE FROM document",
    "ids_are_unique": "INSERT INTO city FROM city LIMIT 1",
    "evidence_equals_its_slice": "UPDATE document_text SET text = 'x' || text",
}


@pytest.mark.parametrize(("check", "offence"), OFFENCES.items())
def test_each_check_finds_its_offenders(told, check, offence):
    assert check_registry(told.con) == []
    told.con.execute(offence)
    assert check in {offender.check for offender in check_registry(told.con)}


def test_every_check_is_tested_and_says_its_rule():
    assert {file.name for file in read_sql_files("checks")} == set(OFFENCES)
    assert all(file.title.endswith(".") for file in read_sql_files("checks"))
