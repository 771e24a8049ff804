"""What a run is to read: files, folders, web addresses and sources, one item for each thing that has bytes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import unquote, urlsplit

from extractors.catalogue import load_catalogue
from extractors.feeds import FeedEntry
from flows.sources import check_networks, find_source, read_sources
from schemas.errors import ConfigurationError
from schemas.finding import Finding
from schemas.source import Source, SourceKind
from schemas.vocabulary import FindingKind

READABLE_SUFFIXES = frozenset(
    {
        ".html",
        ".htm",
        ".xhtml",
        ".pdf",
        ".txt",
        ".text",
        ".md",
        ".markdown",
        ".jsonl",
        ".ndjson",
        ".csv",
        ".tsv",
        ".xlsx",
        ".xlsm",
        ".xml",
        ".atom",
        ".rss",
    }
)
"""A folder is searched for these; a file that is named itself is read whatever it is called."""
MIRROR = "mirror"
"""Beside a sitemap or feed file: its pages by host and path, as `wget --mirror` lays them out."""
_WEB_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to read, whose bytes lie in a file, on the web, or in a feed entry that was read already."""

    name: str
    """What a user calls it: a path or an address."""
    path: Path | None = None
    url: str | None = None
    entry: FeedEntry | None = None
    """What a feed says of it, where it has content of its own."""
    media_type: str | None = None
    published: str | None = None
    """The date that a feed gives it."""
    modified: str | None = None
    """The date on which it last changed, as its sitemap says."""
    fetched_at: datetime | None = None
    """When its bytes came from the web; None for files, and before it is fetched."""
    source: Source | None = None

    @property
    def has_bytes(self) -> bool:
        """Whether it can be read without the network."""
        return self.path is not None or self.entry is not None


@dataclass(slots=True)
class Inputs:
    """What the inputs of a run come to."""

    items: list[Item] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def find_items(inputs: Sequence[str], *, only: Sequence[str] = ()) -> Inputs:
    """The items that `inputs` name: files, folders (searched throughout), web addresses, sources files (`*.toml`).

    `only` names sources: the others of a sources file are left out. An input that does not exist is a finding.

    Raises:
        ConfigurationError: a sources file cannot be read, names a network that the catalogue lacks, or lacks a source
            of `only`.
    """
    found = Inputs()
    for name in inputs:
        if _WEB_ADDRESS.match(name):
            found.items.append(Item(name=name, url=name))
        elif name.endswith(".toml"):
            sources = read_sources(Path(name))
            check_networks(Path(name), sources, load_catalogue())
            wanted = [find_source(sources, one) for one in only] or sources
            for source in wanted:
                _add(found, find_source_items(source, Path(name).parent))
        else:
            _add(found, _find_files(Path(name)))
    found.items = list(_without_repeats(found.items))
    return found


def find_source_items(source: Source, base: Path) -> Inputs:
    """The addresses and files of one source; its paths are relative to `base`."""
    found = Inputs(items=[Item(name=url, url=url, source=source) for url in source.urls])
    for path in source.paths:
        files = _find_files(base / path)
        kept = [item for item in files.items if source.kind is not SourceKind.FOLDER or matches(source, item.name)]
        found.items += [replace(item, source=source) for item in kept]
        found.findings += [finding.model_copy(update={"source": source.name}) for finding in files.findings]
    return found


def matches(source: Source | None, name: str) -> bool:
    """Whether the patterns of a source let a page or file be read."""
    if source is None:
        return True
    included = not source.include or any(fnmatchcase(name, pattern) for pattern in source.include)
    return included and not any(fnmatchcase(name, pattern) for pattern in source.exclude)


def find_mirrored(listing: Path, url: str) -> Path | None:
    """The file that mirrors `url` beside the sitemap or feed file `listing`; None where there is none.

    Only files within the mirror are found, whatever `url` says.
    """
    parts = urlsplit(url)
    root = (listing.parent / MIRROR).resolve()
    place = (root / (parts.hostname or "") / unquote(parts.path).lstrip("/")).resolve()
    if not place.is_relative_to(root):
        return None
    candidates = (place, place / "index.html", place.with_name(f"{place.name}.html"))
    return next((path for path in candidates if path.is_file()), None)


def _find_files(path: Path) -> Inputs:
    """The files of a file or folder; hidden ones and mirrors are left out."""
    if path.is_file():
        return Inputs(items=[Item(name=str(path), path=path)])
    if not path.is_dir():
        message = f"{path}: no such file or folder; check the name, or the folder that hansa was started in"
        return Inputs(findings=[Finding(kind=FindingKind.UNREADABLE, subject=str(path), message=message)])
    inside = (file for file in sorted(path.rglob("*")) if file.suffix.lower() in READABLE_SUFFIXES and file.is_file())
    items = [Item(name=str(file), path=file) for file in inside if not _is_left_out(file.relative_to(path))]
    if not items:
        known = ", ".join(sorted(READABLE_SUFFIXES))
        message = f"{path}: the folder holds nothing that can be read; expected files that end in {known}"
        return Inputs(findings=[Finding(kind=FindingKind.UNREADABLE, subject=str(path), message=message)])
    return Inputs(items=items)


def _is_left_out(relative: Path) -> bool:
    return any(part.startswith(".") or part == MIRROR for part in relative.parts)


def _add(found: Inputs, more: Inputs) -> None:
    found.items += more.items
    found.findings += more.findings


def _without_repeats(items: Iterable[Item]) -> Iterator[Item]:
    """Each file and address once; one that a source names keeps what the source says of it."""
    by_place: dict[str, Item] = {}
    for item in items:
        place = item.url or str(item.path)
        if place not in by_place or (by_place[place].source is None and item.source is not None):
            by_place[place] = item
    yield from by_place.values()


def check_inputs_given(inputs: Sequence[str]) -> None:
    """Check that there is something to read.

    Raises:
        ConfigurationError: `inputs` is empty.
    """
    if not inputs:
        raise ConfigurationError("no input was given; name files, folders, addresses or a sources file")
