"""Plain text, Markdown and JSON Lines to documents.

Plain texts carry no blocks: the extractor segments them. Markdown's blocks lie over the text as it
was written, so that an editor finds the offsets.
"""

import json
import logging
from collections.abc import Mapping
from typing import Any

from extractors.block_writer import replace_surrogates
from extractors.encodings import decode_text, find_declared_charset, is_binary
from extractors.imprint import cut_to_day, read_imprint
from extractors.languages import find_language
from extractors.markdown_blocks import find_markdown_blocks, find_markdown_title, read_front_matter
from schemas.document import Document, hash_bytes
from schemas.errors import UnreadableDocument
from schemas.finding import Finding
from schemas.vocabulary import Authority, DocumentKind, FindingKind

logger = logging.getLogger(__name__)

_MAX_TITLE = 120
_FIELDS = frozenset(
    {"id", "text", "title", "publisher", "published", "url", "kind", "authority", "network", "language"}
)


def read_plain_text(data: bytes, *, name: str, media_type: str | None = None, url: str | None = None) -> Document:
    """Read a plain text; `text` is the file's text as Python opens it, with `\\n` line ends.

    Title, publisher and date are those that the text states of itself (see `imprint`); its first line
    is the title where it stands alone and is no sentence.

    Raises:
        UnreadableDocument: the bytes are white space only or no text.
    """
    text = _decode(data, media_type)
    imprint = read_imprint(text)
    return Document(
        document_id=hash_bytes(data),
        name=name,
        text=text,
        title=imprint.title or _find_title_line(text),
        publisher=imprint.publisher,
        published=imprint.published,
        url=url,
        language=find_language(text),
    )


def read_markdown(data: bytes, *, name: str, media_type: str | None = None, url: str | None = None) -> Document:
    """Read a Markdown text, with blocks over the text as it was written.

    A front matter's `title`, `publisher`, `date` and `url` are taken, else what the text states.

    Raises:
        UnreadableDocument: the bytes are white space only or no text.
    """
    text = _decode(data, media_type)
    blocks = find_markdown_blocks(text)
    front = read_front_matter(text)
    imprint = read_imprint(text)
    return Document(
        document_id=hash_bytes(data),
        name=name,
        text=text,
        blocks=blocks,
        title=front.get("title") or find_markdown_title(text, blocks),
        publisher=front.get("publisher") or imprint.publisher,
        published=cut_to_day(front.get("published") or front.get("date") or "") or imprint.published,
        url=url or front.get("url"),
        language=find_language(text, front.get("lang") or front.get("language")),
    )


def read_json_lines(data: bytes, *, name: str) -> list[Document | Finding]:
    """Read JSON Lines, one document a line; a broken line costs a finding with its number, not the others.

    A document's id is the hash of its line's bytes without white space around them; its name is the
    field `id`, or `NAME:LINE` where that is missing.
    """
    results: list[Document | Finding] = []
    data = data.removeprefix(b"\xef\xbb\xbf")
    for number, line in enumerate(map(bytes.strip, data.split(b"\n")), start=1):
        if not line:
            continue
        try:
            results.append(_read_record(line, where=f"{name}:{number}"))
        except UnreadableDocument as error:
            results.append(Finding(kind=FindingKind.BROKEN_RECORD, subject=f"{name}:{number}", message=str(error)))
    if not results:
        message = f"{name}: found no line, expected one JSON object a line"
        results.append(Finding(kind=FindingKind.UNREADABLE, subject=name, message=message))
    return results


def _decode(data: bytes, media_type: str | None) -> str:
    text = decode_text(data, find_declared_charset(b"", media_type))
    if not text.strip():
        raise UnreadableDocument("found white space only, expected text")
    if is_binary(text):
        raise UnreadableDocument("found binary data, expected text; give the file its own suffix or media type")
    return text


def _find_title_line(text: str) -> str | None:
    lines = text.lstrip().split("\n", maxsplit=2)
    first = lines[0].strip()
    stands_alone = len(lines) > 1 and not lines[1].strip(" \t=-")
    is_title = stands_alone and len(first) <= _MAX_TITLE and not first.endswith((".", ":", ",", ";"))
    return first if is_title and any(character.isalpha() for character in first) else None


def _read_record(line: bytes, *, where: str) -> Document:
    record = _parse_record(line, where)
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise UnreadableDocument(f"{where}: found no text, expected a field 'text' with the document's text")
    unknown = sorted(record.keys() - _FIELDS)
    if unknown:
        logger.info("%s: fields %s are not read", where, ", ".join(unknown))
    identifier = record.get("id")
    text = replace_surrogates(text)
    return Document(
        document_id=hash_bytes(line),
        name=where if identifier in (None, "") else replace_surrogates(str(identifier)),
        text=text,
        title=_read_string(record, "title", where),
        publisher=_read_string(record, "publisher", where),
        published=_read_published(record, where),
        url=_read_string(record, "url", where),
        kind=DocumentKind(_read_member(record, "kind", [*DocumentKind], where) or DocumentKind.OTHER),
        authority=Authority(_read_member(record, "authority", [*Authority], where) or Authority.OTHER),
        network=_read_string(record, "network", where),
        language=find_language(text, _read_string(record, "language", where)),
    )


def _parse_record(line: bytes, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(f"{where}: found a line that is no JSON ({error}), expected one object") from error
    if not isinstance(record, dict):
        raise UnreadableDocument(f"{where}: found a JSON {type(record).__name__}, expected an object")
    return record


def _read_string(record: Mapping[str, Any], field: str, where: str) -> str | None:
    value = record.get(field)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        logger.warning("%s: found %s %r, expected a string; ignored", where, field, value)
        return None
    return replace_surrogates(value)


def _read_published(record: Mapping[str, Any], where: str) -> str | None:
    value = record.get("published")
    if value in (None, ""):
        return None
    published = cut_to_day(str(value))
    if published is None:
        logger.warning("%s: found published %r, expected an ISO date, month or year; ignored", where, value)
    return published


def _read_member(record: Mapping[str, Any], field: str, known: list[Any], where: str) -> str | None:
    value = _read_string(record, field, where)
    if value is not None and value not in known:
        logger.warning("%s: found %s %r, expected one of %s; ignored", where, field, value, ", ".join(known))
        return None
    return value
