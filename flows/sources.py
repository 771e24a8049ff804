"""The sources file: read, checked, and told what is wrong with it by file, table and key."""

import tomllib
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cronsim import CronSim, CronSimError
from pydantic import ValidationError

from flows.raw_store import drop_fragment
from schemas.errors import ConfigurationError
from schemas.source import Columns, Source, SourceKind

_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def read_sources(path: Path) -> list[Source]:
    """The sources of the file `path`, in its order.

    Raises:
        ConfigurationError: no such file, no TOML, or a table that is no source; names each fault at once.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"{path}: no such sources file; name inputs, or write one as README.md shows"
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read as TOML: {error}") from error
    tables = content.get("source", [])
    faults = [f"{path}: unknown table '{key}', expected only [[source]]" for key in content if key != "source"]
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigurationError(f"{path}: found one table [source], expected a list of tables [[source]]")
    sources: list[Source] = []
    for position, table in enumerate(tables, start=1):
        try:
            sources.append(Source.model_validate(table))
        except ValidationError as error:
            faults += [f"{path}: {_name_table(position, table)}, {fault}" for fault in _describe_faults(error)]
    faults += [f"{path}: two sources are named {name!r}" for name in _find_repeated(sources)]
    faults += [f"{path}: {fault}" for fault in _find_shared(sources, path.parent)]
    faults += [
        f"{path}: [[source]] {source.name!r}, key 'schedule': {fault}" for source, fault in _bad_schedules(sources)
    ]
    faults += [
        f"{path}: [[source]] {source.name!r}, table 'columns': {fault}" for source, fault in _bad_columns(sources)
    ]
    if faults:
        raise ConfigurationError("\n".join(faults))
    return sources


def find_source(sources: Sequence[Source], name: str) -> Source:
    """The source that is called `name`.

    Raises:
        ConfigurationError: none is; lists those that there are.
    """
    for source in sources:
        if source.name == name:
            return source
    known = ", ".join(source.name for source in sources) or "none"
    raise ConfigurationError(f"no source is named {name!r}; there are: {known}")


def check_networks(path: Path, sources: Sequence[Source], known: Container[str]) -> None:
    """Check that each source's network stands in the catalogue, whose ids are `known`.

    Raises:
        ConfigurationError: names each source and key whose network does not.
    """
    faults = [
        f"{path}: [[source]] {source.name!r}, key 'network': found {source.network!r}, expected a catalogue id; "
        "correct it, or add the network to networks.csv"
        for source in sources
        if source.network is not None and source.network not in known
    ]
    if faults:
        raise ConfigurationError("\n".join(faults))


def check_schedule(expression: str) -> None:
    """Check a cron expression.

    Raises:
        ConfigurationError: it is none, or no moment fits it; says which field.
    """
    try:
        next(CronSim(expression, _ANY_DAY))
    except (CronSimError, StopIteration) as error:
        raise ConfigurationError(
            f"found {expression!r}, expected a cron expression such as '0 6 * * 1': {error}"
        ) from error


def _name_table(position: int, table: Mapping[str, Any]) -> str:
    name = table.get("name")
    return f"[[source]] {position}" + (f" {name!r}" if name is not None else "")


def _describe_faults(error: ValidationError) -> list[str]:
    """One text per fault, as `key 'authority': found 'paper', …`."""
    texts = []
    for fault in error.errors():
        key = ".".join(map(str, fault["loc"]))
        if not key:
            texts.append(fault["msg"].removeprefix("Value error, "))
        elif fault["type"] == "missing":
            texts.append(f"key '{key}': is missing")
        elif fault["type"] == "extra_forbidden":
            texts.append(f"key '{key}': is unknown; see INTERFACE.md for the keys of a source")
        else:
            texts.append(f"key '{key}': found {fault['input']!r}: {fault['msg'].removeprefix('Value error, ')}")
    return texts


def _find_repeated(sources: Sequence[Source]) -> list[str]:
    return [name for name, times in Counter(source.name for source in sources).items() if times > 1]


def _find_shared(sources: Sequence[Source], base: Path) -> Iterator[str]:
    """Addresses and paths that two sources name: the bytes of a place are read for the first of them only.

    Folders may be shared: the patterns of each source say which of their files are its own.
    """
    owners: dict[str, str] = {}
    for source in sources:
        urls = [("urls", url, drop_fragment(url)) for url in source.urls]
        files = () if source.kind is SourceKind.FOLDER else source.paths
        paths = [("paths", path, str((base / path).resolve())) for path in files]
        for key, told, place in urls + paths:
            owner = owners.setdefault(place, source.name)
            if owner != source.name:
                yield (
                    f"[[source]] {source.name!r}, key '{key}': found {told!r}, which {owner!r} names as well, expected "
                    "it in one source: it is read once; join the two sources, or leave it out of one"
                )


def _bad_schedules(sources: Sequence[Source]) -> list[tuple[Source, str]]:
    faults = []
    for source in sources:
        if source.schedule is not None:
            try:
                check_schedule(source.schedule)
            except ConfigurationError as error:
                faults.append((source, str(error)))
    return faults


def _bad_columns(sources: Sequence[Source]) -> list[tuple[Source, str]]:
    """Sources that explain the columns of a list without what a claim cannot do without."""
    faults = []
    for source in sources:
        if source.columns == Columns():
            continue
        if source.kind is not SourceKind.LIST:
            faults.append((source, f'found on a source of kind "{source.kind}", expected kind = "list"'))
        if source.columns.city is None:
            faults.append((source, "lacks the key 'city', the heading of the column of cities"))
        if source.network is None and source.columns.network is None:
            faults.append((source, "lacks the key 'network', since the source names no network either"))
    return faults
