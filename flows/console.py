"""Where a command's output goes: results to stdout, everything else to stderr."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from schemas.finding import Finding

PIPE_WIDTH = 200
"""Columns of a table that no terminal shows."""


def make_console(*, stderr: bool = False) -> Console:
    """A console on stdout or stderr; made afresh, since tests and pipes exchange the streams."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else PIPE_WIDTH
    return Console(file=stream, width=width, highlight=False, soft_wrap=not stream.isatty())


def write_line(text: str) -> None:
    """Write a line of a result."""
    sys.stdout.write(f"{text}\n")


def write_note(text: str) -> None:
    """Tell the user something that is no result."""
    sys.stderr.write(f"{text}\n")


def write_findings(findings: Iterable[Finding]) -> None:
    """Name each finding on stderr."""
    for finding in findings:
        write_note(f"{finding.kind.value}: {finding.message}")


def write_json(value: Any, *, indent: int | None = None) -> None:
    """Write a value as JSON; dates as ISO 8601."""
    write_line(dump_json(value, indent=indent))


def dump_json(value: Any, *, indent: int | None = None) -> str:
    """JSON of plain values, dates and moments in ISO 8601."""
    return json.dumps(value, ensure_ascii=False, indent=indent, default=_encode)


def write_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None) -> None:
    """Write rows as a table for reading."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*map(show_cell, row))
    make_console().print(table)


def show_cell(value: Any) -> str:
    """A value as a cell of a table for reading: nothing for null, rich's marks disarmed."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        text = value.isoformat(sep=" ", timespec="seconds")
    elif isinstance(value, float):
        text = f"{value:g}"
    elif isinstance(value, dict | list):
        text = dump_json(value)
    else:
        text = str(value)
    return text.replace("[", r"\[")


def _encode(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
