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
    from schemas.source import Source

Inputs = Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, URLs or a sources file.")]


def extract(
    inputs: Inputs,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Tell for each claim what led to it, and why near misses were dropped."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --explain: a JSON object a line, not text.")] = False,
) -> None:
    """Print the claims found in the inputs, a JSON object a line.

    Example: `hansa extract samples/uclg-congress-2022.txt | head -3`

    With --explain, print for reading: the words that stand for city and network, what was read of them with
    which probabilities, the dates and persons weighed, and the fate of every near miss.

    Example: `hansa extract samples/uclg-congress-2022.txt --explain`
    """
    from flows.extract import extract_documents

    if explain:
        _explain(inputs, as_json=as_json)
        return

    def find(document: "Document", source: "Source | None") -> "Iterable[BaseModel]":
        [(_, extraction)] = extract_documents([document], source)
        write_findings(extraction.findings)
        return extraction.claims

    _print_found(inputs, find)


def _explain(inputs: list[str], *, as_json: bool) -> None:
    from extractors.member_lists import is_explained
    from flows.commands.explanations import print_explanation
    from flows.extract import get_extractor

    def tell(document: "Document", source: "Source | None") -> "Iterable[BaseModel]":
        if source is not None and is_explained(source):
            write_note(
                f"{document.name}: the columns of source {source.name!r} say what its rows mean; nothing is read"
            )
            return ()
        explanation = get_extractor().explain(document)
        if not as_json:
            print_explanation(explanation)
            return ()
        if explanation.unread is not None:
            write_note(f"{document.name}: not read: {explanation.unread}")
        return explanation.proposals

    _print_found(inputs, tell)


def mentions(inputs: Inputs) -> None:
    """Print the cities, networks and people that the inputs mention, a JSON object a line.

    Example: `hansa mentions samples/uclg-congress-2022.txt | head -3`
    """
    from flows.extract import get_extractor

    _print_found(inputs, lambda document, _: get_extractor().find_mentions(document))


def _print_found(inputs: list[str], find: "Callable[[Document, Source | None], Iterable[BaseModel]]") -> None:
    """Print what `find` gives for each document as soon as it is found; exit 1 if an input was lost."""
    from schemas.document import Document

    lost = 0
    for result, source in _read_inputs(inputs):
        if isinstance(result, Document):
            for found in find(result, source):
                write_line(found.model_dump_json())
        else:
            write_findings([result])
            lost += result.is_failure
    if lost:
        write_note(f"hansa: {lost} of the inputs failed, as said above; all others were read")
        raise typer.Exit(1)


def _read_inputs(inputs: list[str]) -> "Iterator[tuple[Document | Finding, Source | None]]":
    from flows.fetching import fetching
    from flows.ingest import open_items, read_items
    from flows.inputs import find_items

    settings = read_settings()
    found = find_items(inputs)
    yield from ((finding, None) for finding in found.findings)
    missed: list[Finding] = []
    with fetching(settings) as fetch:
        for item in open_items(found.items, fetch, max_pages=settings.max_pages, findings=missed):
            reading = read_items([item])
            yield from ((document, item.source) for document in reading.documents)
            yield from ((finding, item.source) for finding in reading.findings)
    yield from ((finding, None) for finding in missed)
