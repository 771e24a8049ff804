"""Judgements as CSV: written for versioning, read again anywhere."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from schemas.errors import ConfigurationError
from schemas.judgement import Judgement
from warehouse.judgements import identify_judgement

COLUMNS = ("judgement_id", "kind", "subject_id", "object_id", "details", "said", "reason", "author", "judged_at")
_OPTIONAL = frozenset({"judgement_id", "object_id", "details", "said"})
"""Columns that a table which a person writes may lack."""
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""A cell that begins so would be run as a formula, or is one that was kept from it by an apostrophe."""


def write_judgements(judgements: Iterable[Judgement]) -> str:
    """Judgements as CSV with a header: a line each, always the same for the same judgements.

    `details` and `said` are JSON; moments are in UTC. A cell that a spreadsheet would take for a formula is
    preceded by an apostrophe, which `read_judgements` takes off again.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    # Older Pythons leave a cell with a bare carriage return unquoted, and read it as the end of the line.
    quoting_writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for judgement in judgements:
        fields = judgement.model_dump(mode="json")
        maps = {name: _dump_map(fields[name]) for name in ("details", "said")}
        row = fields | maps | {"judgement_id": identify_judgement(judgement)}
        cells = [_guard(str(row[name] or "")) for name in COLUMNS]
        (quoting_writer if "\r" in "".join(cells) else writer).writerow(cells)
    return text.getvalue()


def read_judgements(path: Path) -> list[Judgement]:
    """The judgements of a CSV file that `write_judgements` wrote, or that a person did.

    `judgement_id` and `said` may be left empty, and so may what a kind does not need; empty lines are skipped.

    Raises:
        ConfigurationError: the file cannot be read, lacks a column, or a line is no judgement, or one whose
            id was made of other words; names the line.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read ({error}); expected a CSV file in UTF-8") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in _OPTIONAL and name not in (reader.fieldnames or [])]
    if missing:
        found = ", ".join(reader.fieldnames or []) or "nothing"
        raise ConfigurationError(f"{path}: found the columns {found}, expected also {', '.join(missing)}")
    return [_read_row(f"{path}, line {reader.line_num}", row) for row in reader if any(row.values())]


def _read_row(where: str, row: Mapping[str, str | None]) -> Judgement:
    cells = {name: _unguard(row.get(name) or "") for name in COLUMNS}
    try:
        judgement = Judgement(
            kind=cells["kind"],  # type: ignore[arg-type]  # pydantic reads it
            subject_id=cells["subject_id"],
            object_id=cells["object_id"] or None,
            details=json.loads(cells["details"] or "{}"),
            said=json.loads(cells["said"] or "{}"),
            reason=cells["reason"],
            author=cells["author"],
            judged_at=datetime.fromisoformat(cells["judged_at"]),
        )
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, one['loc']))} {one['msg']}".strip() for one in error.errors())
        raise ConfigurationError(f"{where}: is no judgement: {faults}") from error
    except ValueError as error:
        raise ConfigurationError(f"{where}: is no judgement: {error}") from error
    if cells["judgement_id"] not in {"", identify_judgement(judgement)}:
        raise ConfigurationError(
            f"{where}: its words were changed since it got its id {cells['judgement_id'][:12]}…; to record it as "
            "another judgement, leave judgement_id empty"
        )
    return judgement


def _dump_map(fields: Mapping[str, str]) -> str:
    return json.dumps(fields, ensure_ascii=False, sort_keys=True) if fields else ""


def _guard(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguard(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
