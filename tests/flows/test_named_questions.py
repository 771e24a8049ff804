"""`hansa sql --named`: lists, asks and refuses."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from warehouse.database import open_warehouse
from warehouse.named_questions import list_questions
from warehouse.publish import publish_registry
from warehouse.reference import store_networks
from warehouse.registry import refresh_registry

Hansa = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that holds one network, with its published registry."""
    path = tmp_path_factory.mktemp("named") / "warehouse.duckdb"
    with open_warehouse(path) as con:
        store_networks(con, [{"network_id": "c40", "name": "C40 Cities"}])
        refresh_registry(con, "run", at=datetime(2026, 3, 1, tzinfo=UTC))
        publish_registry(con, path.with_name("registry.duckdb"))
    return path


def test_questions_are_listed_with_what_they_need(hansa: Hansa) -> None:
    code, out, _ = hansa("sql", "--questions", "--format", "json")
    assert code == 0
    assert [row["name"] for row in json.loads(out)] == [question.name for question in list_questions()]
    assert {row["name"]: row["parameters"] for row in json.loads(out)}["members"] == "network; day (optional)"


def test_a_named_question_is_answered_in_any_format(hansa: Hansa, db: Path) -> None:
    named = ("sql", "--named", "oecd_coverage", "--set", "network=C40 Cities", "--db", db)
    code, out, _ = hansa(*named, "--format", "json")
    assert (code, len(json.loads(out))) == (0, 38)
    assert hansa(*named, "--format", "csv")[1].splitlines()[:2] == ["country,country_code,members", "Australia,AU,0"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--named", "nothing"), "no question is named 'nothing'; there are: chairs, changes"),
        (("--named", "members"), "network missing"),
        (("--named", "members", "--set", "c40"), "found 'c40', expected PARAMETER=VALUE"),
        (("--named", "members", "--set", "network=c40", "--set", "day=soon"), "found date 'soon'"),
        (("--named", "unconfirmed", "--set", "years=some"), "years: found 'some', expected a whole number"),
        (("SELECT 1", "--named", "members"), "expected one of a query"),
        (("--set", "network=c40"), "--set belongs to --named"),
    ],
)
def test_wrong_usage_is_told_with_an_example(hansa: Hansa, db: Path, arguments: tuple[str, ...], told: str) -> None:
    code, out, err = hansa("sql", *arguments, "--db", db)
    assert (code, out) == (2, "")
    assert told in err
