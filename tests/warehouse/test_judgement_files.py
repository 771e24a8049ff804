"""Judgements as CSV: what is written is read again, and what is no judgement is refused with its line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import ConfigurationError
from schemas.judgement import Judgement, JudgementKind
from warehouse.judgement_files import COLUMNS, read_judgements, write_judgements

HEAD = ",".join(COLUMNS)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


def make(**fields: object) -> Judgement:
    return Judgement(**{"kind": JudgementKind.REJECT, "subject_id": "s", "reason": "so", "author": "Ada",
                        "judged_at": NOON} | fields)  # type: ignore[arg-type]  # fmt: skip


@given(words, words, st.sampled_from(["", "2021", "2021-05"]), words)
def test_what_is_written_is_read_again(tmp_path_factory, reason, author, since, holder):
    judgements = [
        make(reason=reason, author=author, said={"role": "chair"}),
        make(kind=JudgementKind.CORRECT, details={"since": since, "holder": holder}),
    ]
    path = tmp_path_factory.getbasetemp() / "judgements.csv"
    path.write_bytes(write_judgements(judgements).encode())
    assert read_judgements(path) == judgements


@pytest.mark.parametrize("reason", ["=HYPERLINK(1)", "-1", "'=x", "'quoted'", "@home"])
def test_a_spreadsheet_runs_no_reason_as_a_formula(tmp_path: Path, reason: str) -> None:
    text = write_judgements([make(reason=reason)])
    (tmp_path / "j.csv").write_text(text)
    assert ",so," not in text
    assert not any(cell.startswith(("=", "-", "@")) for cell in text.splitlines()[1].split(","))
    assert read_judgements(tmp_path / "j.csv")[0].reason == reason


def test_a_person_may_write_the_least_of_a_table(tmp_path: Path) -> None:
    (tmp_path / "j.csv").write_text(
        "kind,subject_id,object_id,reason,author,judged_at\n"
        "same_city,gn:1,gn:2,so,Ada,2026-03-02T12:00\n\nreject,s,,so,Ada,2026-03-02T13:00+01:00\n"
    )
    assert read_judgements(tmp_path / "j.csv") == [
        make(kind=JudgementKind.SAME_CITY, subject_id="gn:1", object_id="gn:2"), make()
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("kind,reason\n", "found the columns kind, reason, expected also subject_id, author, judged_at"),
        ("", "found the columns nothing"),
        (f"{HEAD}\n,guess,s,,,,so,Ada,2026-03-02\n", "line 2: is no judgement: kind"),
        (f"{HEAD}\n,reject,s,,,,so,Ada,yesterday\n", "line 2: is no judgement: Invalid isoformat"),
        (f"{HEAD}\n,correct,s,,{{role,,so,Ada,2026-03-02\n", "line 2: is no judgement"),
        (f"{HEAD}\n0123456789abcdef,reject,s,,,,so,Ada,2026-03-02\n", "its words were changed"),
    ],
)
def test_what_is_no_judgement_is_told_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "j.csv").write_text(text)
    with pytest.raises(ConfigurationError, match=fault):
        read_judgements(tmp_path / "j.csv")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_judgements(tmp_path / "none.csv")
