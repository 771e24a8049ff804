"""`hansa sql` and `hansa export`: the published registry for other programs."""

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.options import Db, Publish
from flows.console import dump_json, write_json, write_line, write_note, write_table
from flows.settings import read_settings
from schemas.errors import ConfigurationError

if TYPE_CHECKING:
    import duckdb


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


def sql(
    query: Annotated[str | None, typer.Argument(help="One or more SQL statements; without it, a prompt.")] = None,
    *,
    named: Annotated[
        str | None, typer.Option("--named", metavar="NAME", help="Ask a named question; --questions lists them.")
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="PARAMETER=VALUE", help="A value that the named question needs; may be repeated."
        ),
    ] = None,
    questions: Annotated[bool, typer.Option("--questions", help="List the named questions.")] = False,
    form: Annotated[Format, typer.Option("--format", help="How rows are printed.")] = Format.TABLE,
    db: Db = None,
    publish: Publish = None,
) -> None:
    """Ask the published registry in SQL, or by a named question; it is opened read-only.

    Example: `hansa sql "SELECT city, network FROM membership_current WHERE role = 'chair'" --format csv`, or
    `hansa sql --named members --set network=c40`
    """
    import duckdb

    from warehouse.database import open_registry

    if (query is not None) + (named is not None) + questions > 1 or (values and named is None):
        raise ConfigurationError("expected one of a query, --named NAME and --questions; --set belongs to --named")
    if questions:
        _print_questions(form)
        return
    with open_registry(read_settings(db=db, publish=publish).publish_path) as con:
        if named is not None:
            _print_named(con, named, values or [], form)
            return
        if query is not None:
            try:
                _print_answer(con, query, form)
            except duckdb.Error as error:
                raise ConfigurationError(f"the query failed: {error}") from error
            return
        for statement in _prompt():
            try:
                _print_answer(con, statement, form)
            except duckdb.Error as error:
                write_note(str(error))


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the files go; made if it is not there.")],
    db: Db = None,
    publish: Publish = None,
) -> None:
    """Export the public tables as Parquet, CSV and JSON Lines, with a Data Package descriptor.

    Example: `hansa export data/export`
    """
    from warehouse.database import open_registry
    from warehouse.exports import export_tables

    if folder.exists() and not folder.is_dir():
        raise ConfigurationError(f"{folder}: is a file, expected a folder to write to")
    with open_registry(read_settings(db=db, publish=publish).publish_path) as con:
        for path in export_tables(con, folder):
            write_line(str(path))


def _print_questions(form: Format) -> None:
    from warehouse.named_questions import list_questions

    columns = ["name", "asks", "parameters", "example"]
    rows = [
        [
            question.name,
            question.title,
            "; ".join(f"{p.name}{' (optional)' if p.is_optional else ''}" for p in question.parameters),
            question.example,
        ]
        for question in list_questions()
    ]
    _print_rows(columns, rows, form)


def _print_named(con: "duckdb.DuckDBPyConnection", name: str, values: Sequence[str], form: Format) -> None:
    import duckdb

    from warehouse.named_questions import bind_values, find_question

    question = find_question(name)
    pairs = [value.partition("=") for value in values]
    if unfit := [key for key, mark, _ in pairs if not mark or not key]:
        raise ConfigurationError(f"--set: found {unfit[0]!r}, expected PARAMETER=VALUE, as in {question.example}")
    bound = bind_values(con, question, {key: value for key, _, value in pairs})
    try:
        _print_answer(con, question.query, form, bound)
    except duckdb.Error as error:
        raise ConfigurationError(f"{name}: {error}; as an example: {question.example}") from error


def _print_answer(
    con: "duckdb.DuckDBPyConnection", query: str, form: Format, parameters: Mapping[str, str | None] | None = None
) -> None:
    answer = con.execute(query, parameters)
    columns = [column[0] for column in answer.description or []]
    _print_rows(columns, answer.fetchall() if columns else [], form)


def _print_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: Format) -> None:
    match form:
        case Format.TABLE:
            write_table(columns, rows)
        case Format.CSV:
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([_flat_cell(value) for value in row] for row in rows)
        case Format.JSON:
            write_json([dict(zip(columns, row, strict=True)) for row in rows], indent=1)
        case Format.JSONL:
            for row in rows:
                write_json(dict(zip(columns, row, strict=True)))


def _flat_cell(value: Any) -> Any:
    return dump_json(value) if isinstance(value, dict | list) else value


def _prompt() -> Iterator[str]:
    """Statements that a person types, each ended by a semicolon; ends at `.exit` or the end of input."""
    is_person = sys.stdin.isatty()
    if is_person:
        import readline  # noqa: F401  # gives input() its history and arrow keys

        write_note("End a statement with a semicolon; .exit leaves. Tables: SHOW TABLES;")
    lines: list[str] = []
    while True:
        try:
            line = input(("hansa> " if not lines else "   ... ") if is_person else "")
        except EOFError:
            break
        if line.strip() in {".exit", ".quit"}:
            return
        lines.append(line)
        if line.rstrip().endswith(";"):
            yield "\n".join(lines)
            lines = []
    if "".join(lines).strip():
        yield "\n".join(lines)
