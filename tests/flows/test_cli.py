"""The command line: help, results on stdout, the rest on stderr, exit codes, and no traceback for bad input."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from extractors import english
from flows.cli import app

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
SAMPLE = SAMPLES / "uclg-congress-2022.txt"
COMMANDS = [
    ["run"], ["extract"], ["mentions"], ["show"], ["explain"], ["changes"], ["sql"], ["export"], ["evaluate"],
    ["serve"], ["doctor"], ["sources", "check"], ["sources", "preview"],
    *(["review", name] for name in (
        "list", "show", "accept", "reject", "correct", "same-as", "not-same-as", "network", "undo", "judgements",
        "export", "import",
    )),
]  # fmt: skip


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that one sample was read into, with its published registry beside it."""
    from flows.run import run_registry
    from flows.settings import Settings

    db = tmp_path_factory.mktemp("registry") / "warehouse.duckdb"
    run_registry(Settings(db=db), [str(SAMPLE), str(SAMPLES / "digest.atom")])
    return db


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_has_an_example_that_names_the_command(hansa, command: list[str]) -> None:
    code, out, _ = hansa(*command, "--help")
    assert code == 0
    assert re.search(r"Example:(.|\n)*hansa\s+" + r"\s+".join(command), out), out


def test_every_command_of_the_interface_is_there() -> None:
    names = set(get_command(app).commands)
    assert names == {command[0] for command in COMMANDS}


def test_extract_prints_claims_as_json_lines_and_nothing_else(hansa) -> None:
    code, out, _ = hansa("extract", SAMPLE)
    claims = [json.loads(line) for line in out.splitlines()]
    text = SAMPLE.read_text()
    assert code == 0
    assert claims
    for claim in claims:
        assert claim["document"] == str(SAMPLE)
        assert text[claim["evidence"]["start"] : claim["evidence"]["end"]] == claim["evidence"]["text"]


def test_extract_names_json_lines_documents_by_their_id(hansa, tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"doc-{n}", "text": SAMPLE.read_text()}) for n in range(2)]
    (tmp_path / "docs.jsonl").write_text("\n".join(lines))
    code, out, _ = hansa("extract", tmp_path / "docs.jsonl")
    assert code == 0
    assert {json.loads(line)["document"] for line in out.splitlines()} >= {"doc-0"}


def test_mentions_tell_kind_span_and_link(hansa) -> None:
    code, out, _ = hansa("mentions", SAMPLE)
    mentions = [json.loads(line) for line in out.splitlines()]
    text = SAMPLE.read_text()
    assert code == 0
    assert {"city", "network"} <= {mention["kind"] for mention in mentions}
    assert all(text[m["start"] : m["end"]] == m["text"] for m in mentions)


def test_sql_answers_in_each_format(hansa, registry: Path) -> None:
    query = "SELECT 1 AS number, 'a,b' AS text, NULL AS nothing"
    assert (
        hansa("sql", query, "--db", registry, "--format", "json")[1]
        == json.dumps([{"number": 1, "text": "a,b", "nothing": None}], indent=1) + "\n"
    )
    assert json.loads(hansa("sql", query, "--db", registry, "--format", "jsonl")[1]) == {
        "number": 1, "text": "a,b", "nothing": None,
    }  # fmt: skip
    rows = list(csv.reader(io.StringIO(hansa("sql", query, "--db", registry, "--format", "csv")[1])))
    assert rows == [["number", "text", "nothing"], ["1", "a,b", ""]]
    assert hansa("sql", query, "--db", registry)[1].split() == ["number", "text", "nothing", "1", "a,b"]


def test_sql_shows_brackets_as_they_are(hansa, registry: Path) -> None:
    assert "[bold]x[/bold]" in hansa("sql", "SELECT '[bold]x[/bold]' AS t", "--db", registry)[1]


@pytest.mark.parametrize("statement", ["DELETE FROM claim", "CREATE TABLE x (y INT)", "DROP TABLE membership"])
def test_sql_cannot_write(hansa, registry: Path, statement: str) -> None:
    code, out, err = hansa("sql", statement, "--db", registry)
    assert code == 2
    assert out == ""
    assert "read-only" in err


def test_sql_that_is_none_is_told(hansa, registry: Path) -> None:
    code, _, err = hansa("sql", "SELEC 1", "--db", registry)
    assert code == 2
    assert "the query failed" in err


def test_sql_reads_statements_where_none_is_given(hansa, registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT 41 + 1\nAS n;\nSELEC;\nSELECT 'last' AS n"))
    code, out, err = hansa("sql", "--db", registry, "--format", "csv")
    assert code == 0
    assert out.split() == ["n", "42", "n", "last"]
    assert "syntax error" in err


def test_show_tells_a_city_and_a_network(hansa, registry: Path) -> None:
    code, out, _ = hansa("show", "Freetown", "--db", registry)
    assert code == 0
    assert "C40" in out
    code, out, _ = hansa("show", "C40", "--db", registry, "--json")
    assert code == 0
    assert json.loads(out)[0]["kind"] == "network"


def test_show_of_an_unknown_name_says_so(hansa, registry: Path) -> None:
    code, out, err = hansa("show", "Freetowne", "--db", registry)
    assert (code, out) == (1, "")
    assert "did you mean" in err


def test_explain_shows_the_evidence(hansa, registry: Path) -> None:
    code, out, _ = hansa("explain", "Freetown", "c40", "--db", registry)
    assert code == 0
    assert "Freetown has been a member of C40 since 2019" in re.sub(r"\s+", " ", out)
    told = json.loads(hansa("explain", "Freetown", "c40", "--db", registry, "--json")[1])
    assert told["claims"]


def test_changes_since_a_day(hansa, registry: Path) -> None:
    code, out, _ = hansa("changes", "--db", registry, "--json")
    assert code == 0
    assert json.loads(out)
    assert json.loads(hansa("changes", "--since", "2999", "--db", registry, "--json")[1]) == []
    code, _, err = hansa("changes", "--since", "yesterday", "--db", registry)
    assert code == 2
    assert "expected YYYY" in err


def test_export_writes_the_public_tables(hansa, registry: Path, tmp_path: Path) -> None:
    code, out, _ = hansa("export", tmp_path / "out", "--db", registry)
    assert code == 0
    assert all(Path(line).exists() for line in out.splitlines())
    assert (tmp_path / "out" / "datapackage.json").exists()


@pytest.mark.parametrize(
    "arguments", [["show", "x"], ["explain", "x", "y"], ["changes"], ["sql", "SELECT 1"], ["export", "x"]]
)
def test_reading_before_the_first_run_says_what_to_do(hansa, tmp_path: Path, arguments: list[str]) -> None:
    code, out, err = hansa(*arguments, "--db", tmp_path / "none.duckdb")
    assert (code, out) == (2, "")
    assert "hansa run" in err


def test_doctor_finds_a_broken_warehouse(hansa, tmp_path: Path) -> None:
    assert hansa("doctor", "--db", tmp_path / "w.duckdb")[0] == 0
    (tmp_path / "w.duckdb").write_text("no database")
    code, out, err = hansa("doctor", "--db", tmp_path / "w.duckdb")
    assert code == 2
    assert "BROKEN" in out
    assert "warehouse: restore it" in err


def test_doctor_verifies_the_weights_of_the_english_pipeline(
    hansa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out, _ = hansa("doctor", "--db", tmp_path / "w.duckdb")
    assert re.search(r"English pipeline\s+well", out)
    folder = tmp_path / "pipeline"
    folder.mkdir()
    (folder / "model").write_bytes(b"weights")
    english.write_digests(folder)
    (folder / "model").write_bytes(b"weightz")
    monkeypatch.setattr(english, "PIPELINE", folder)
    code, out, err = hansa("doctor", "--db", tmp_path / "w.duckdb")
    assert code == 2
    assert re.search(r"English pipeline\s+BROKEN.*model was changed", out, re.DOTALL)
    assert "English pipeline: reinstall Hansa" in err


def test_evaluate_scores_gold(hansa, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Nothing of note happened in the town hall on Monday.")
    record = {"id": "one", "title": "T", "kind": "news", "publisher": "P", "published": "2021", "claims": []}
    (tmp_path / "one.json").write_text(json.dumps(record))
    code, out, _ = hansa("evaluate", tmp_path, "--json")
    assert code == 0
    assert json.loads(out)["documents"] == 1
    assert hansa("evaluate", tmp_path / "nosuch")[0] == 2


def test_sources_check_tells_faults(hansa, tmp_path: Path) -> None:
    assert hansa("sources", "check", "--sources", ROOT / "sources.toml")[0] == 0
    (tmp_path / "sources.toml").write_text('[[source]]\nname = "x"\n')
    code, out, err = hansa("sources", "check", "--sources", tmp_path / "sources.toml")
    assert (code, out) == (2, "")
    assert "key 'kind': is missing" in err


def test_sources_preview_shows_claims_and_stores_nothing(
    hansa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANSA_DB", str(tmp_path / "data" / "w.duckdb"))
    (tmp_path / "a.txt").write_text(SAMPLE.read_text())
    (tmp_path / "sources.toml").write_text(
        '[[source]]\nname = "x"\nkind = "page"\npaths = ["a.txt"]\npublisher = "P"\nauthority = "news"\n'
        "[source.expect.claims]\nmin = 9999\n"
    )
    code, out, err = hansa("sources", "preview", "x", "--sources", tmp_path / "sources.toml")
    assert code == 0
    assert "United Cities and Local Governments" in out
    assert "fewer than expect.claims.min, 9999" in err
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("reader", ["head -c 10", "true"])
def test_reader_that_closes_the_pipe_is_no_error(reader: str) -> None:
    command = f"{sys.executable} -m flows.cli extract {SAMPLE} {SAMPLES / 'digest.atom'} | {reader}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=120, cwd=ROOT, check=False)
    assert done.returncode == 0
    assert done.stderr == ""


def test_wrong_usage_exits_2(hansa) -> None:
    assert hansa("extract")[0] == 2
    assert hansa("nosuch")[0] == 2
    assert hansa("sql", "SELECT 1", "--format", "yaml")[0] == 2


def test_wrong_setting_exits_2(hansa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANSA_BATCH_SIZE", "0")
    code, _, err = hansa("extract", SAMPLE)
    assert code == 2
    assert "HANSA_BATCH_SIZE" in err
