"""The SQL files of this package."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class SqlFile:
    """One file of SQL statements: its name without suffix (`0001_records`), and its text."""

    name: str
    text: str

    @property
    def title(self) -> str:
        """The comment at the head of the file, as one line; empty where it has none."""
        head = re.match(r"(?:--.*\n)*", self.text)
        return " ".join(line.removeprefix("--").strip() for line in head.group().splitlines()) if head else ""


@cache
def read_sql_files(folder: str) -> tuple[SqlFile, ...]:
    """All `*.sql` files of `warehouse/sql/<folder>`, in the order of their names."""
    entries = sorted(files("warehouse").joinpath("sql", folder).iterdir(), key=lambda entry: entry.name)
    return tuple(
        SqlFile(entry.name.removesuffix(".sql"), entry.read_text(encoding="utf-8"))
        for entry in entries
        if entry.name.endswith(".sql")
    )


def read_sql_file(folder: str, name: str) -> SqlFile:
    """The file `warehouse/sql/<folder>/<name>.sql`; KeyError where there is none."""
    return {file.name: file for file in read_sql_files(folder)}[name]


def quote_name(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """`text` as an SQL string, for the few statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"
