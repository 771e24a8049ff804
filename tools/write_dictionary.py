"""Write DATA.md, the data dictionary, from the comments of the schema and the heads of the named questions."""

from pathlib import Path

import duckdb

from warehouse.database import open_warehouse
from warehouse.named_questions import NamedQuestion, list_questions

TARGET = Path(__file__).parent.parent / "DATA.md"
PUBLIC = (
    "city", "network", "document", "claim", "membership", "membership_current", "change", "conflict", "finding",
    "judgement", "run", "city_profile", "network_profile", "country_coverage", "network_growth",
)  # fmt: skip
"""The tables and views of the public interface, which come first and in its order."""
HIDDEN = frozenset({"migration"})
_COLUMNS = """
SELECT own.column_name, own.data_type, coalesce(own.comment, inherited.comment)
FROM duckdb_columns() AS own
-- A view's column without a comment means what the table's of that name means; claims and memberships, which
-- views are made of, come first.
LEFT JOIN LATERAL (
    SELECT comment FROM duckdb_columns() AS other
    WHERE other.column_name = own.column_name AND other.comment IS NOT NULL
    ORDER BY list_position(['membership', 'city', 'network', 'claim'], other.table_name) NULLS LAST, other.table_name
    LIMIT 1
) AS inherited ON true
WHERE own.table_name = ?
ORDER BY own.column_index
"""
HEAD = """# Data dictionary

What the published registry holds: `data/registry.duckdb`, for DuckDB 1.0 and later. Written by `make dictionary`
from the comments in the file itself (`SELECT * FROM duckdb_columns()`), which dashboard tools show as well.

Dates of the domain (`since`, `until`, `published`) are text, as exact as their source: `2021`, `2021-05`,
`2021-05-04`. Moments of the system (`…_at`) are in UTC.
"""


def write_dictionary(con: duckdb.DuckDBPyConnection) -> str:
    """The data dictionary of the database `con` as Markdown: tables and views, macros, named questions."""
    described = dict(
        con.execute(
            """
            SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal AND NOT temporary
            UNION ALL
            SELECT view_name, comment FROM duckdb_views() WHERE NOT internal
            """
        ).fetchall()
    )
    others = sorted(set(described) - set(PUBLIC) - HIDDEN)
    parts = [HEAD, "## Tables and views\n"]
    parts += [_write_table(con, name, described[name]) for name in PUBLIC]
    parts += ["## How the registry was derived\n", "For the curious; these may change between versions.\n"]
    parts += [_write_table(con, name, described[name]) for name in others]
    parts += ["## Macros\n", _write_macros(con)]
    parts += ["## Named questions\n", "Asked by `hansa sql --named NAME`, with `--set PARAMETER=VALUE`.\n"]
    parts += [_write_question(question) for question in list_questions()]
    return "\n".join(parts)


def _write_table(con: duckdb.DuckDBPyConnection, name: str, comment: str) -> str:
    rows = con.execute(_COLUMNS, [name]).fetchall()
    lines = [f"| `{column}` | {_write_type(kind)} | {_escape(told or '')} |" for column, kind, told in rows]
    return "\n".join([f"### `{name}`\n", f"{comment}\n", "| column | type | |", "| --- | --- | --- |", *lines, ""])


def _write_macros(con: duckdb.DuckDBPyConnection) -> str:
    rows = con.execute(
        """
        SELECT function_name, parameters, comment FROM duckdb_functions()
        WHERE NOT internal AND function_type = 'table_macro' ORDER BY function_name
        """
    ).fetchall()
    return "\n".join([f"- `{name}({', '.join(parameters)})`: {comment}" for name, parameters, comment in rows]) + "\n"


def _write_question(question: NamedQuestion) -> str:
    needs = [
        f"- `{parameter.name}`{' (optional)' if parameter.is_optional else ''}: {parameter.meaning}"
        for parameter in question.parameters
    ]
    return "\n".join([f"### {question.name}\n", question.title, *(["", *needs] if needs else []), "",
                      "```console", f"$ {question.example}", "```", ""])  # fmt: skip


def _write_type(kind: str) -> str:
    """A SQL type, with commas and bars that a table's cell can hold."""
    return f"`{_escape(kind)}`"


def _escape(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    with open_warehouse(None) as warehouse:
        TARGET.write_text(write_dictionary(warehouse), encoding="utf-8")
