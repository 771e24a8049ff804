"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Db = Annotated[
    Path | None,
    typer.Option("--db", metavar="PATH", help="The warehouse (default data/warehouse.duckdb, or HANSA_DB)."),
]
Publish = Annotated[
    Path | None,
    typer.Option(
        "--publish", metavar="PATH", help="The published registry (default registry.duckdb beside the warehouse)."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
