"""The bytes that were fetched, kept under their hash, so that everything after them can be rebuilt."""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from pydantic import BaseModel, ConfigDict, Field

from schemas.document import hash_bytes

_MOST_IN_MEMORY = 4_000_000
"""Of one body in bytes. Reports of 200 MB from eight hosts at once would take more than the whole run may."""
_PIECE = 1_000_000


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

    @property
    def content_type(self) -> str | None:
        """The media type with its charset, as a header has them: pages that declare none themselves are read by it."""
        if self.media_type is None or self.charset is None:
            return self.media_type
        return f"{self.media_type}; charset={self.charset}"


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes of the web that lie in the raw store."""

    path: Path
    record: FetchRecord
    is_new: bool
    """False where they came with an earlier fetch: nothing had changed since, or nothing was to be fetched."""


class Incoming:
    """A body as it comes: few bytes in memory, more in a file without a name, which no killed run leaves behind."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._file = self._open()
        self._digest = hashlib.sha256()
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def sha256(self) -> str:
        """Of all that came: the id of the document with these bytes, as `hash_bytes` gives it."""
        return self._digest.hexdigest()

    def write(self, chunk: bytes) -> None:
        """Add what came next."""
        self._file.write(chunk)
        self._digest.update(chunk)
        self.size += len(chunk)

    def clear(self) -> None:
        """Forget what came: it was the body of a redirect."""
        self._file.close()
        self._file = self._open()
        self._digest = hashlib.sha256()
        self.size = 0

    def read(self) -> bytes:
        """All that came."""
        self._file.seek(0)
        return self._file.read()

    def copy_to(self, file: BinaryIO) -> None:
        """Write all that came into another file, piece by piece."""
        self._file.seek(0)
        shutil.copyfileobj(self._file, file, _PIECE)

    def _open(self) -> "tempfile.SpooledTemporaryFile[bytes]":
        return tempfile.SpooledTemporaryFile(max_size=_MOST_IN_MEMORY, mode="w+b", dir=str(self._folder))


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

    def receive(self) -> Incoming:
        """Somewhere to put a body while it comes, to be closed."""
        return Incoming(self._folder)

    def store(self, body: Incoming, record: FetchRecord) -> Path:
        """Keep a body with its record; returns where the bytes lie."""
        path = self.path_of(record.sha256)
        if not path.exists():
            with _written_whole(path) as file:
                body.copy_to(file)
        self._write_record(path.with_name(f"{path.name}.json"), record)
        self.keep_record(record)
        return path

    def keep_record(self, record: FetchRecord) -> None:
        """Note that an address gave bytes that lie in the store already."""
        self._write_record(self._record_path(record.url), record)

    def _write_record(self, path: Path, record: FetchRecord) -> None:
        with _written_whole(path) as file:
            file.write(json.dumps(record.model_dump(), ensure_ascii=False, indent=1).encode())

    def _record_path(self, url: str) -> Path:
        name = hash_bytes(drop_fragment(url).encode())
        return self._folder / "urls" / name[:2] / f"{name}.json"


def drop_fragment(url: str) -> str:
    """The address that is asked for: what follows `#` is a place on its page."""
    return url.partition("#")[0]


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
