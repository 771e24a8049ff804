"""Documents: texts with their blocks and where they come from."""

import hashlib
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.dates import PartialDate
from schemas.vocabulary import Authority, BlockKind, DocumentKind


class Block(BaseModel):
    """A stretch of a document's text that its layout sets apart."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: BlockKind
    start: int = Field(ge=0, description="offset of its first character in Document.text")
    end: int = Field(description="offset after its last character; the block is not empty")
    level: int | None = Field(default=None, description="of a heading: 1 is the highest; of a list item: depth from 1")
    page: int | None = Field(default=None, description="page of a PDF, the first being 1")
    table: int | None = Field(default=None, description="rows with the same number belong to one table")
    cells: tuple[tuple[int, int], ...] = Field(
        default=(), description="of a table row: half-open offsets of its cells in Document.text, empty cells included"
    )


class Document(BaseModel):
    """A text that was read, with its blocks in the order of the text.

    `text` is what claims' evidence refers to, character by character. Blocks do not overlap; between
    two blocks stands only white space or marks of the layout (bullets, rules, cell separators).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    document_id: str = Field(description="sha256 of the bytes that were read, in hexadecimal; see hash_bytes")
    name: str = Field(description="what a user calls it: the id of a JSON line, a path or a URL")
    text: str
    blocks: tuple[Block, ...] = Field(default=(), description="empty: the extractor segments the plain text itself")
    title: str | None = None
    publisher: str | None = None
    authority: Authority = Authority.OTHER
    published: PartialDate | None = None
    url: str | None = None
    kind: DocumentKind = DocumentKind.OTHER
    language: str = Field(default="en", description="ISO 639-1 code")
    network: str | None = Field(default=None, description="catalogue id of the network whose site or list this is")
    source: str | None = Field(default=None, description="name of the source, where one was configured")

    @model_validator(mode="after")
    def blocks_lie_in_order(self) -> Self:
        """Blocks are not empty, lie within the text and do not overlap."""
        reached = 0
        for block in self.blocks:
            if not reached <= block.start < block.end <= len(self.text):
                raise ValueError(
                    f"{self.name}: block {block.kind} at [{block.start}, {block.end}) of a text of "
                    f"{len(self.text)} characters begins before {reached} or is empty or too long"
                )
            reached = block.end
        return self


def hash_bytes(data: bytes) -> str:
    """The id of the document whose bytes are `data`: sha256 in hexadecimal, 64 characters."""
    return hashlib.sha256(data).hexdigest()
