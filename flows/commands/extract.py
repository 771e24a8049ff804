"""`hansa extract` and `hansa mentions`: what inputs say, as JSON Lines, without a warehouse and without Prefect."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from flows.console import write_findings, write_line, write_note
from flows.settings import read_settings

if TYPE_CHECKING:
    from pydantic import BaseModel

    from schemas.document import Document
    from schemas.finding import Finding

Inputs = Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, URLs or a sources file.")]


def extract(inputs: Inputs) -> None:
    """Print the claims found in the inputs, a JSON object a line.

    Example: `hansa extract samples/uclg-congress-2022.txt | head -3`
    """
    from flows.extract import get_extractor

    def find(document: "Document") -> "Iterable[BaseModel]":
        extraction = get_extractor().extract(document)
        write_findings(extraction.findings)
        return extraction.claims

    _print_found(inputs, find)


def mentions(inputs: Inputs) -> None:
    """Print the cities, networks and people that the inputs mention, a JSON object a line.

    Example: `hansa mentions samples/uclg-congress-2022.txt | head -3`
    """
    from flows.extract import get_extractor

    _print_found(inputs, lambda document: get_extractor().find_mentions(document))


def _print_found(inputs: list[str], find: "Callable[[Document], Iterable[BaseModel]]") -> None:
    """Print what `find` gives for each document as soon as it is found; exit 1 if an input was lost."""
    from schemas.document import Document

    lost = 0
    for result in _read_inputs(inputs):
        if isinstance(result, Document):
            for found in find(result):
                write_line(found.model_dump_json())
        else:
            write_findings([result])
            lost += result.is_failure
    if lost:
        write_note(f"hansa: {lost} of the inputs failed, as said above; all others were read")
        raise typer.Exit(1)


def _read_inputs(inputs: list[str]) -> "Iterator[Document | Finding]":
    from flows.ingest import fetching, open_items, read_items
    from flows.inputs import find_items

    settings = read_settings()
    found = find_items(inputs)
    yield from found.findings
    missed: list[Finding] = []
    with fetching(settings) as fetch:
        for item in open_items(found.items, fetch, max_pages=settings.max_pages, findings=missed):
            reading = read_items([item])
            yield from reading.documents
            yield from reading.findings
    yield from missed
