"""The named questions: files in `sql/questions/`, each with a title, its parameters and an example at its head."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import takewhile

import duckdb

from schemas.dates import first_day
from schemas.errors import ConfigurationError
from warehouse.names import Match, find_city, find_network
from warehouse.sql_files import SqlFile, read_sql_files

_PARAMETER = re.compile(r"-- \$(?P<name>\w+)(?P<optional> \(optional\))?: (?P<meaning>.+)")
_EXAMPLE = re.compile(r"-- Example: (.+)")
_FINDERS = {"city": find_city, "network": find_network}
"""Parameters of these names are looked up as people write them, and reach the SQL as ids."""
_DAYS = frozenset({"day", "since"})
"""Parameters of these names are dates, as exact as people give them; their first day reaches the SQL."""


@dataclass(frozen=True)
class Parameter:
    """A value that a question asks for."""

    name: str
    meaning: str
    is_optional: bool
    """Null reaches the SQL where it is not given."""


@dataclass(frozen=True)
class NamedQuestion:
    """A question with a name: what it asks, what it needs to know, and how it is asked."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    example: str
    """A command line that asks it."""
    query: str


def list_questions() -> tuple[NamedQuestion, ...]:
    """All named questions, in the order of their names."""
    return tuple(_read_question(file) for file in read_sql_files("questions"))


def find_question(name: str) -> NamedQuestion:
    """The question that is called `name`.

    Raises:
        ConfigurationError: none is; says which one may be meant and which there are.
    """
    known = {question.name: question for question in list_questions()}
    if name not in known:
        similar = get_close_matches(name, known, n=1)
        hint = f"did you mean {similar[0]!r}? " if similar else ""
        raise ConfigurationError(f"no question is named {name!r}; {hint}there are: {', '.join(known)}")
    return known[name]


def bind_values(
    con: duckdb.DuckDBPyConnection, question: NamedQuestion, values: Mapping[str, str]
) -> dict[str, str | None]:
    """The parameters of `question` with the values that a person gave; cities and networks become ids, dates days.

    Raises:
        ConfigurationError: a value is missing, has no place in the question, or names nothing that the
            registry holds, or is no date.
    """
    known = {parameter.name for parameter in question.parameters}
    surplus = [name for name in values if name not in known]
    missing = [p.name for p in question.parameters if not p.is_optional and not values.get(p.name)]
    if surplus or missing:
        found = f"found {', '.join(surplus)}" if surplus else f"{', '.join(missing)} missing"
        wanted = ", ".join(f"{p.name}{' (optional)' if p.is_optional else ''}" for p in question.parameters)
        raise ConfigurationError(f"{question.name}: {found}, expected {wanted or 'none'}. Example: {question.example}")
    return {name: _resolve(con, name, values.get(name) or None) for name in sorted(known)}


def _resolve(con: duckdb.DuckDBPyConnection, parameter: str, value: str | None) -> str | None:
    if value is not None and parameter in _DAYS:
        try:
            return first_day(value).isoformat()
        except ValueError as error:
            raise ConfigurationError(f"{parameter}: {error}") from error
    if value is not None and parameter == "years" and not value.isdecimal():
        raise ConfigurationError(f"years: found {value!r}, expected a whole number")
    if value is None or parameter not in _FINDERS:
        return value
    match: Match = _FINDERS[parameter](con, value)
    if match.id is None:
        hint = f"; did you mean {', '.join(map(repr, match.suggestions))}?" if match.suggestions else ""
        raise ConfigurationError(f"the registry holds no {parameter} called {value!r}{hint}")
    return match.id


def _read_question(file: SqlFile) -> NamedQuestion:
    head = list(takewhile(lambda line: line.startswith("--"), file.text.splitlines()))
    parameters = [match for line in head if (match := _PARAMETER.fullmatch(line))]
    examples = [match[1] for line in head if (match := _EXAMPLE.fullmatch(line))]
    return NamedQuestion(
        name=file.name,
        title=head[0].removeprefix("-- "),
        parameters=tuple(Parameter(match["name"], match["meaning"], bool(match["optional"])) for match in parameters),
        example=examples[0],
        query=file.text,
    )
