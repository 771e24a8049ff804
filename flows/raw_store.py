"""The bytes that were fetched, kept under their hash, so that everything after them can be rebuilt."""

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pydantic import BaseModel, ConfigDict, Field

from schemas.document import hash_bytes


class FetchRecord(BaseModel):
    """How bytes came: where from, when, and with which headers."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    url: str = Field(description="the address that was asked for")
    final_url: str = Field(description="the address that answered, after redirects")
    sha256: str
    media_type: str | None = None
    charset: str | None = None
    headers: dict[str, str] = Field(default={}, description="of the response, names in lower case")
    fetched_at: str = Field(description="UTC, ISO 8601")


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes of the web that lie in the raw store."""

    path: Path
    record: FetchRecord
    is_new: bool
    """False where they came with an earlier fetch: nothing had changed since, or nothing was to be fetched."""


class RawStore:
    """A folder of bytes by hash (`raw/ab/<sha256>`), each with the record of its last fetch beside it (`.json`).

    `raw/urls/` holds the latest record of each address, by the hash of the address. Files are written
    beside and renamed: a reader meets a whole file or none.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "raw"

    def path_of(self, sha256: str) -> Path:
        """Where the bytes with this hash lie, or would."""
        return self._folder / sha256[:2] / sha256

    def find_record(self, url: str) -> FetchRecord | None:
        """The latest fetch of `url` whose bytes are still there; None if there was none."""
        try:
            record = FetchRecord.model_validate_json(self._record_path(url).read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        return record if self.path_of(record.sha256).exists() else None

    def find_fetched(self, url: str) -> Fetched | None:
        """What the latest fetch of `url` brought; None if there was none."""
        record = self.find_record(url)
        return None if record is None else Fetched(self.path_of(record.sha256), record, is_new=False)

    def store(self, data: bytes, record: FetchRecord) -> Path:
        """Keep `data` with its record; returns where the bytes lie."""
        path = self.path_of(record.sha256)
        if not path.exists():
            with _written_whole(path) as file:
                file.write(data)
        content = json.dumps(record.model_dump(), ensure_ascii=False, indent=1).encode()
        for target in (path.with_name(f"{path.name}.json"), self._record_path(record.url)):
            with _written_whole(target) as file:
                file.write(content)
        return path

    def _record_path(self, url: str) -> Path:
        name = hash_bytes(url.encode())
        return self._folder / "urls" / name[:2] / f"{name}.json"


@contextlib.contextmanager
def _written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file that appears under `path` when all of it is written, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".unfinished-")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
