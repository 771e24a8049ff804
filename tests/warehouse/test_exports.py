"""Exports: three formats of the same rows, and a descriptor that fits them."""

import csv
import hashlib
import json

import duckdb
import pytest

from warehouse.exports import PUBLIC_TABLES, export_tables


@pytest.fixture
def told(teller):
    teller.tell(on="2020", holder="=HYPERLINK(1)", body="+1", text="-1 @home, Nantes “quoted”")
    teller.tell(role="chair", on="2021", holder="@ada", body="\tTab")
    teller.refresh()
    return teller


def read_csv(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_each_public_table_comes_in_three_formats(told, tmp_path):
    files = export_tables(told.con, tmp_path / "new")
    expected = {f"{table}.{form}" for table in PUBLIC_TABLES for form in ("parquet", "csv", "jsonl")}
    assert {file.name for file in files} == expected | {"datapackage.json"}
    assert all(file.is_file() for file in files)


@pytest.mark.parametrize("table", PUBLIC_TABLES)
def test_the_formats_hold_the_same_rows(told, tmp_path, table):
    export_tables(told.con, tmp_path)
    count = told.con.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    assert len(read_csv(tmp_path / f"{table}.csv")) == count
    assert len((tmp_path / f"{table}.jsonl").read_text().splitlines()) == count
    parquet = duckdb.sql(f"SELECT * FROM '{tmp_path / table}.parquet' ORDER BY ALL").fetchall()
    assert parquet == told.con.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()


def test_cells_that_a_spreadsheet_would_run_are_escaped_in_csv_only(told, tmp_path):
    export_tables(told.con, tmp_path)
    rows = sorted(read_csv(tmp_path / "claim.csv"), key=lambda row: row["role"])
    assert [(row["holder"], row["body"]) for row in rows] == [("'@ada", "'\tTab"), ("'=HYPERLINK(1)", "'+1")]
    assert rows[1]["evidence_text"] == "'-1 @home, Nantes “quoted”"
    plain = [json.loads(line) for line in (tmp_path / "claim.jsonl").read_text().splitlines()]
    assert {row["holder"] for row in plain} == {"=HYPERLINK(1)", "@ada"}
    assert {row["city"]["name"] for row in plain} == {"Nantes"}


def test_negative_numbers_are_no_formulas(told, tmp_path):
    told.con.execute("UPDATE city SET longitude = -1.5")
    export_tables(told.con, tmp_path)
    assert {row["longitude"] for row in read_csv(tmp_path / "city.csv")} == {"-1.5"}


def test_the_descriptor_fits_the_files(told, tmp_path):
    files = export_tables(told.con, tmp_path)
    package = json.loads(files[-1].read_text())
    assert package["licenses"]
    assert len(package["resources"]) == len(files) - 1
    for resource in package["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)
        assert all(field["type"] and field["description"] for field in resource["schema"]["fields"])
        if resource["format"] == "csv":
            header = data.decode().splitlines()[0].split(",")
            assert [field["name"] for field in resource["schema"]["fields"]] == header


def test_the_same_registry_gives_the_same_files(told, tmp_path):
    first = {path.name: path.read_bytes() for path in export_tables(told.con, tmp_path)}
    assert {path.name: path.read_bytes() for path in export_tables(told.con, tmp_path)} == first
