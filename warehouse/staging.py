"""Bulk loading: rows go through a temporary file of JSON Lines, which DuckDB reads in parallel.

Measured on 2 cores, DuckDB 2.0: 100,000 claims take 4 s of processor time so, most of it to dump and hash
them; `executemany` takes 1.4 ms a row, 140 s. Faster doors need pyarrow or pandas, which users lack.
"""
# ruff: noqa: S608 - names in SQL come from this package or are quoted; values are parameters.

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.sql_files import quote_name, quote_text

_SMALLEST_LIMIT = 1 << 24  # DuckDB's own default for one JSON object; its buffers are sized by it


@contextmanager
def stage(con: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str], lines: Iterable[str]) -> Iterator[int]:
    """A temporary table `name` with `columns` (name → SQL type) that holds the JSON objects `lines`.

    Yields the number of rows; the table is gone afterwards. A key that `columns` lacks is ignored, one
    that a line lacks is null.
    """
    table = f"temp.{quote_name(name)}"
    with tempfile.TemporaryDirectory(prefix="hansa-") as folder:
        path = Path(folder) / "rows.jsonl"
        count, longest = _write_lines(path, lines)
        types = ", ".join(f"{quote_name(column)}: {quote_text(kind)}" for column, kind in columns.items())
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {quote_name(name)} AS SELECT * FROM read_json("
            f"{quote_text(str(path))}, format = 'newline_delimited', columns = {{{types}}}, "
            f"maximum_object_size = {max(_SMALLEST_LIMIT, 2 * longest)})"
        )
    try:
        yield count
    finally:
        con.execute(f"DROP TABLE IF EXISTS {table}")


def _write_lines(path: Path, lines: Iterable[str]) -> tuple[int, int]:
    count = longest = 0
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(line)
            file.write("\n")
            count += 1
            longest = max(longest, len(line.encode()))
    return count, longest
