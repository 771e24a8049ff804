"""Opening, migrating, and being locked out."""

import subprocess
import sys

import duckdb
import pytest

from schemas.errors import ConfigurationError, WarehouseBusy
from warehouse.database import open_registry, open_warehouse, transaction
from warehouse.migrations import VIEWS, migrate
from warehouse.sql_files import read_sql_files

HOLDER = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def test_folder_and_file_are_made(tmp_path):
    path = tmp_path / "new" / "warehouse.duckdb"
    with open_warehouse(path) as con:
        con.execute("SELECT count(*) FROM membership_current")
    assert path.is_file()


def test_opening_again_keeps_what_was_stored(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with open_warehouse(path) as con:
        con.execute("INSERT INTO applied_judgement VALUES ('j')")
    with open_warehouse(path) as con:
        assert con.execute("FROM applied_judgement").fetchall() == [("j",)]


def test_a_warehouse_that_another_process_holds_is_busy(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with open_warehouse(path):
        pass
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        try:
            with pytest.raises(WarehouseBusy) as caught, open_warehouse(path):
                pass
        finally:
            holder.communicate()
    assert str(path) in str(caught.value)
    assert f"PID {holder.pid}" in str(caught.value)
    assert "registry.duckdb" in str(caught.value)


@pytest.mark.parametrize("content", [b"no database", b"x" * 20_000])
def test_a_file_that_is_no_database_is_named(tmp_path, content):
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"warehouse\.duckdb"), open_warehouse(path):
        pass


def test_a_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "data").write_text("")
    with pytest.raises(ConfigurationError, match="cannot be opened"), open_warehouse(tmp_path / "data" / "w.duckdb"):
        pass


def test_a_registry_that_was_not_published_says_what_makes_it(tmp_path):
    with pytest.raises(ConfigurationError, match="hansa run"), open_registry(tmp_path / "registry.duckdb"):
        pass


def test_migrating_again_does_nothing(con):
    assert migrate(con) == []


def test_every_migration_is_recorded(con):
    names = [name for (name,) in con.execute("SELECT name FROM migration ORDER BY name").fetchall()]
    assert names == [*sorted(file.name for file in read_sql_files("migrations")), VIEWS]


def test_changed_views_are_replaced(con):
    con.execute("UPDATE migration SET sha256 = 'of an older version' WHERE name = 'views'")
    con.execute("CREATE OR REPLACE VIEW same_as AS SELECT 1 AS old")
    assert migrate(con) == [VIEWS]
    assert "old" not in [column[0] for column in con.execute("FROM same_as").description]


@pytest.mark.parametrize("change", ["INSERT INTO migration VALUES ('9999_new', 'x', now())",
                                    "UPDATE migration SET sha256 = 'x' WHERE name = '0001_records'"])  # fmt: skip
def test_a_database_of_another_version_is_refused(con, change):
    con.execute(change)
    with pytest.raises(ConfigurationError, match="another version"):
        migrate(con)


def test_a_migration_that_fails_leaves_nothing_behind(monkeypatch):
    files = (
        *read_sql_files("migrations"),
        type(read_sql_files("migrations")[0])("0999_bad", "CREATE TABLE a(b INT); X"),
    )
    monkeypatch.setattr("warehouse.migrations.read_sql_files", lambda folder: files if folder == "migrations" else ())
    with duckdb.connect() as con:
        with pytest.raises(duckdb.Error):
            migrate(con)
        tables = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        assert "run" in tables
        assert "a" not in tables
        assert con.execute("SELECT count(*) FROM migration WHERE name = '0999_bad'").fetchone() == (0,)


def test_a_transaction_is_undone_where_anything_is_raised(con):
    def store_and_stop() -> None:
        with transaction(con):
            con.execute("INSERT INTO applied_judgement VALUES ('j')")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        store_and_stop()
    assert con.execute("FROM applied_judgement").fetchall() == []


def test_no_table_has_an_index(con):
    assert con.execute("SELECT count(*) FROM duckdb_indexes()").fetchone() == (0,)
    assert con.execute("FROM duckdb_constraints() WHERE constraint_type IN ('PRIMARY KEY', 'UNIQUE')").fetchall() == []


def test_every_table_column_view_and_table_macro_has_a_comment(con):
    silent = con.execute(
        """
        SELECT table_name FROM duckdb_tables() WHERE comment IS NULL
        UNION ALL
        SELECT table_name || '.' || column_name FROM duckdb_columns() AS c
        WHERE comment IS NULL AND NOT internal AND table_name IN (SELECT table_name FROM duckdb_tables())
        UNION ALL
        SELECT view_name FROM duckdb_views() WHERE comment IS NULL AND NOT internal
        UNION ALL
        SELECT function_name FROM duckdb_functions()
        WHERE comment IS NULL AND NOT internal AND function_type = 'table_macro'
        """
    ).fetchall()
    assert silent == []
