"""`hansa sources`: check the sources file, and look at what one source would yield."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from flows.console import write_findings, write_line, write_note, write_table
from flows.settings import read_settings

app = typer.Typer(
    help="Check the sources file, and preview a source. Example: `hansa sources check`",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
SourcesFile = Annotated[
    Path | None,
    typer.Option("--sources", metavar="FILE", help="The sources file (default sources.toml, or HANSA_SOURCES)."),
]
_MOST_CLAIMS = 20


@app.command()
def check(sources: SourcesFile = None) -> None:
    """Check the sources file; fetches nothing.

    Example: `hansa sources check`
    """
    from extractors.catalogue import load_catalogue
    from flows.sources import check_networks, read_sources

    path = read_settings(sources=sources).sources
    found = read_sources(path)
    check_networks(path, found, load_catalogue())
    kinds = ", ".join(
        f"{count} {kind}" for kind, count in sorted(Counter(source.kind.value for source in found).items())
    )
    write_line(f"{path}: {len(found)} sources ({kinds}), all well formed")


@app.command()
def preview(
    name: Annotated[str, typer.Argument(help="The source's name in the sources file.")],
    sources: SourcesFile = None,
) -> None:
    """Read one source and show what it would yield, without storing anything in the warehouse.

    Example: `hansa sources preview eurocities-members`
    """
    from extractors.catalogue import load_catalogue
    from flows.extract import extract_documents
    from flows.fetching import fetching
    from flows.ingest import open_items, read_items
    from flows.inputs import find_source_items
    from flows.sources import check_networks, find_source, read_sources
    from schemas.finding import Finding

    settings = read_settings(sources=sources)
    described = read_sources(settings.sources)
    check_networks(settings.sources, described, load_catalogue())
    source = find_source(described, name)
    found = find_source_items(source, settings.sources.parent)
    findings: list[Finding] = list(found.findings)
    with fetching(settings) as fetch:
        reading = read_items(open_items(found.items, fetch, max_pages=settings.max_pages, findings=findings))
    findings += reading.findings
    extractions = extract_documents(reading.documents, source)
    rows = [(document.name, document.published, len(extraction.claims)) for document, extraction in extractions]
    claims = [claim for _, extraction in extractions for claim in extraction.claims]
    write_table(("document", "published", "claims"), rows, title=f"{name}: {len(rows)} documents, {len(claims)} claims")
    findings += [finding for _, extraction in extractions for finding in extraction.findings]
    shown = [(c.city.name, c.city.country, c.role, c.status, c.network.name, c.since) for c in claims[:_MOST_CLAIMS]]
    write_table(("city", "country", "role", "status", "network", "since"), shown, title="\nThe first claims")
    write_findings(findings)
    _compare(name, len(claims), source.expect.claims.min, source.expect.claims.max)
    if any(finding.is_failure for finding in findings):
        raise typer.Exit(1)


def _compare(name: str, found: int, least: int | None, most: int | None) -> None:
    if least is not None and found < least:
        write_note(f"{name}: {found} claims are fewer than expect.claims.min, {least}: a run would publish nothing")
    elif most is not None and found > most:
        write_note(f"{name}: {found} claims are more than expect.claims.max, {most}: a run would file a finding")
