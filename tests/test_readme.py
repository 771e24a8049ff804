"""What README.md says is so: its commands exist, their options too, and its example is what the command prints."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from flows.cli import app, run_command
from flows.sources import read_sources

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
LINES = [line.removeprefix("$ ") for block in BLOCKS for line in block.splitlines() if line.startswith("$ ")]
COMMANDS = [shlex.split(line, comments=True) for line in LINES]


def words_of(name: str) -> list[list[str]]:
    stripped = [[word for word in words if not re.fullmatch(r"[A-Z_]+=.*", word)] for words in COMMANDS]
    return [words[1:] for words in stripped if words[0] == name]


@pytest.mark.parametrize("words", words_of("hansa"), ids=" ".join)
def test_command_exists_and_takes_its_arguments(words: list[str]) -> None:
    command: Any = get_command(app)
    names, rest = ["hansa"], list(words)
    while hasattr(command, "commands"):
        assert rest[0] in command.commands, f"{' '.join(names)} has no command {rest[0]}"
        command = command.commands[rest[0]]
        names.append(rest.pop(0))
    command.make_context(" ".join(names), rest)  # fails on an unknown option or a missing argument


@pytest.mark.parametrize("words", words_of("make"), ids=" ".join)
def test_make_target_exists(words: list[str]) -> None:
    makefile = (ROOT / "Makefile").read_text()
    assert re.search(rf"^{words[0]}:.*## ", makefile, re.MULTILINE)


def test_example_is_what_the_command_prints(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Run `make readme` where this fails. Confidence may move with the platform's arithmetic; all else stands."""
    monkeypatch.chdir(ROOT)
    example = README.split("<!-- example:begin -->")[1].split("<!-- example:end -->")[0]
    command, *printed = [line for line in example.splitlines() if line and not line.startswith("```")]
    assert run_command(shlex.split(command)[2:]) == 0
    lines = capfd.readouterr().out.splitlines()
    shown = [line for line in printed if line.startswith("{")]
    assert [strip(line) for line in lines[: len(shown)]] == [strip(line) for line in shown]
    assert printed[-1] == f"… and {len(lines) - len(shown)} more"


def strip(line: str) -> dict[str, object]:
    return {key: value for key, value in json.loads(line).items() if key not in {"confidence", "found_by"}}


def test_example_source_is_well_formed(tmp_path: Path) -> None:
    [block] = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "sources.toml").write_text(block)
    [source] = read_sources(tmp_path / "sources.toml")
    assert source.name == "eurocities-members"


@pytest.mark.model
def test_python_examples_run_and_print_what_is_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    [first, second] = re.findall(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", README, re.DOTALL)
    exec(first[0], {})
    assert capsys.readouterr().out == first[1]
    exec(second[0], {})
    assert all(re.fullmatch(r"\S+ \['gn:\d+'.*\]", line) for line in capsys.readouterr().out.splitlines())


def test_queries_run_on_a_registry(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from flows.run import run_registry
    from flows.settings import Settings

    db = tmp_path / "w.duckdb"
    run_registry(Settings(db=db), [str(ROOT / "samples" / "digest.atom")])
    for words in words_of("hansa"):
        if words[0] == "sql" and len(words) > 1:
            assert run_command([*words, "--db", str(db)]) == 0, capfd.readouterr().err
