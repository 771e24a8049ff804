"""DATA.md says what the schema says now."""

import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.database import open_registry
from warehouse.publish import publish_registry

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> str:
    """The data dictionary, written anew elsewhere."""
    tool = tmp_path_factory.mktemp("root") / "tools" / "write_dictionary.py"
    tool.parent.mkdir()
    tool.write_text((ROOT / "tools" / "write_dictionary.py").read_text(encoding="utf-8"), encoding="utf-8")
    subprocess.run([sys.executable, str(tool)], check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    return (tool.parent.parent / "DATA.md").read_text(encoding="utf-8")


def test_the_data_dictionary_is_current(written):
    assert (ROOT / "DATA.md").read_text(encoding="utf-8") == written, "DATA.md is out of date; run make dictionary"


def test_no_column_is_without_a_meaning(written):
    rows = [line for line in written.splitlines() if line.startswith("| `")]
    assert len(rows) > 150
    assert [row for row in rows if row.endswith("|  |")] == []


def test_comments_on_columns_of_views_reach_the_published_file(teller, tmp_path):
    publish_registry(teller.con, tmp_path / "registry.duckdb")
    with open_registry(tmp_path / "registry.duckdb") as con:
        query = "SELECT comment FROM duckdb_columns() WHERE table_name = 'city_profile' AND column_name = 'grade_index'"
        assert con.execute(query).fetchall() == [("Sum of its grades over all networks.",)]
