"""How well and how fast the readers read, each figure beside a baseline of the same run.

Run it as `make bench-readers`. Pages are generated, so that their text is known word by word:
PDF reports in the layouts of `report_pages`, member lists in the twenty HTML layouts of `member_pages`.
Text is scored by the words in reading order (F1 of the longest common subsequence), tables by their
whole rows.

Limits: 0.97 for the text of reports, 0.95 for their tables, 0.95 of the members of the HTML lists. 1 where
one is missed.
"""

import io
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pdfplumber
import trafilatura
from member_pages import MEMBERS, MemberPage, make_member_pages
from rapidfuzz.distance import LCSseq
from report_pages import ReportPage, make_long_report, make_report_pages
from rich.console import Console
from rich.table import Table

from extractors.readers import read_document_bytes
from flows.child_readers import ChildReaders, ReadRequest
from schemas.document import Document

LEAST_TEXT_F1 = 0.97
LEAST_ROW_F1 = 0.95
LEAST_MEMBERS = 0.95
POOL = 2
POOL_ROUNDS = 5


def main() -> int:
    """Measure and print; 1 where a limit is missed."""
    console = Console(width=120)
    reports, pages = make_report_pages(), make_member_pages()
    missed = score_reports(console, reports)
    missed += score_pages(console, pages)
    measure_speeds(console, reports, pages)
    for what in missed:
        console.print(f"missed: {what}")
    return int(bool(missed))


def score_reports(console: Console, reports: Sequence[ReportPage]) -> list[str]:
    """Print the figures of each layout of reports; returns the limits that are missed."""
    table = make_table("Reports (PDF)", "layout", "text F1", "plain pdfplumber", "rows F1", "plain pdfplumber")
    scores: list[tuple[float, float]] = []
    rows: list[tuple[float, float]] = []
    for report in reports:
        document = read_one(report.data, f"{report.name}.pdf")
        text = score_words(report.words, find_words(document)), score_words(report.words, read_plain_words(report.data))
        scores.append(text)
        cells = [f"{text[0]:.3f}", f"{text[1]:.3f}", "", ""]
        if report.rows:
            found = score_rows(report.rows, find_rows(document)), score_rows(report.rows, read_plain_rows(report.data))
            rows.append(found)
            cells[2:] = [f"{found[0]:.3f}", f"{found[1]:.3f}"]
        table.add_row(report.name, *cells)
    means = [average(column) for column in (*zip(*scores, strict=True), *zip(*rows, strict=True))]
    table.add_row("mean", *(f"{mean:.3f}" for mean in means), style="bold")
    console.print(table)
    return [
        f"{what} {value:.3f}, expected {least} or more"
        for what, value, least in (("text F1", means[0], LEAST_TEXT_F1), ("rows F1", means[2], LEAST_ROW_F1))
        if value < least
    ]


def score_pages(console: Console, pages: Sequence[MemberPage]) -> list[str]:
    """Print the share of members that each HTML layout yields; returns the limit that is missed, if it is."""
    table = make_table("Member lists (HTML)", "layout", "members found", "trafilatura", "menus let in", "trafilatura")
    found: list[tuple[float, float]] = []
    for page in pages:
        ours = find_lines(read_one(page.data, f"{page.name}.html"))
        theirs = (trafilatura.extract(page.data.decode(), favor_recall=True, include_tables=True) or "").split("\n")
        pair = measure_members(page, ours), measure_members(page, theirs)
        found.append(pair)
        noise = (sum(any(word in line for line in lines) for word in page.noise) for lines in (ours, theirs))
        table.add_row(page.name, *(f"{share:.2f}" for share in pair), *map(str, noise))
    means = [average(column) for column in zip(*found, strict=True)]
    table.add_row("mean", *(f"{mean:.3f}" for mean in means), "", "", style="bold")
    console.print(table)
    return [f"members {means[0]:.3f}, expected {LEAST_MEMBERS} or more"] if means[0] < LEAST_MEMBERS else []


def measure_speeds(console: Console, reports: Sequence[ReportPage], pages: Sequence[MemberPage]) -> None:
    """Print documents and pages a second, here and in a pool of processes, beside the library alone."""
    table = make_table("Speed", "what", "a second", "baseline", "a second", "ratio")
    long = make_long_report()
    for what, measured in (("short reports", reports), (f"a report of {long.pages} pages", [long])):
        here, plain, pooled = measure_reports(measured)
        add_speed(table, f"PDF pages of {what}, single process", here, "pdfplumber: page.extract_text()", plain)
        add_speed(table, f"PDF pages of {what}, {POOL} processes", pooled, "single process", here)
    ours = len(pages) / time_it(lambda: [read_one(page.data, "a.html") for page in pages])
    theirs = len(pages) / time_it(lambda: [trafilatura.extract(page.data.decode()) for page in pages])
    pooled = POOL_ROUNDS * len(pages) / time_pool([page.data for page in pages] * POOL_ROUNDS, ".html")
    add_speed(table, "HTML documents, single process", ours, "trafilatura.extract()", theirs)
    add_speed(table, f"HTML documents, {POOL} processes", pooled, "single process", ours)
    console.print(table)


def measure_reports(reports: Sequence[ReportPage]) -> tuple[float, float, float]:
    """Pages a second: read here, by pdfplumber's plain text, and in a pool that gets each report once a process."""
    count = sum(report.pages for report in reports)
    here = count / time_it(lambda: [read_one(report.data, "a.pdf") for report in reports])
    plain = count / time_it(lambda: [read_plain_words(report.data) for report in reports])
    pooled = POOL * count / time_pool([report.data for report in reports] * POOL, ".pdf")
    return here, plain, pooled


def time_pool(files: Sequence[bytes], suffix: str) -> float:
    """Seconds that the pool takes for all files, its start not counted."""
    with tempfile.TemporaryDirectory() as folder, ChildReaders(POOL) as readers:
        paths = [Path(folder) / f"{number}{suffix}" for number in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        requests = [ReadRequest(name=path.name, path=path, is_report=suffix == ".pdf") for path in paths]
        for started in [readers.submit(request) for request in requests[:POOL]]:
            started.result()
        return time_it(lambda: [future.result() for future in [readers.submit(request) for request in requests]])


def read_one(data: bytes, name: str) -> Document:
    """The document in `data`; an error where it cannot be read."""
    [document] = [result for result in read_document_bytes(data, name=name) if isinstance(result, Document)]
    return document


def find_words(document: Document) -> list[str]:
    """The words of the blocks, in their order; marks of the layout are no words."""
    return [
        word for block in document.blocks for word in words_of(document, block.cells or ((block.start, block.end),))
    ]


def words_of(document: Document, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The words of some spans."""
    return [word for start, end in spans for word in document.text[start:end].split()]


def find_rows(document: Document) -> list[tuple[str, ...]]:
    """The rows of all tables."""
    return [tuple(document.text[a:b] for a, b in block.cells) for block in document.blocks if block.cells]


def find_lines(document: Document) -> list[str]:
    """The texts of the blocks."""
    return [document.text[block.start : block.end] for block in document.blocks]


def read_plain_words(data: bytes) -> list[str]:
    """What `page.extract_text()` gives."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [word for page in pdf.pages for word in (page.extract_text() or "").split()]


def read_plain_rows(data: bytes) -> list[tuple[str, ...]]:
    """What `page.extract_tables()` gives."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [
            tuple(" ".join((cell or "").split()) for cell in row)
            for page in pdf.pages
            for table in page.extract_tables()
            for row in table
        ]


def score_words(expected: Sequence[str], found: Sequence[str]) -> float:
    """F1 of the words that stand in the expected order."""
    return 2 * LCSseq.similarity(expected, found) / (len(expected) + len(found))


def score_rows(expected: Sequence[tuple[str, ...]], found: Sequence[tuple[str, ...]]) -> float:
    """F1 of whole rows."""
    same = (Counter(expected) & Counter(found)).total()
    return 2 * same / (len(expected) + len(found))


def measure_members(page: MemberPage, lines: Sequence[str]) -> float:
    """The share of members that stand in a line, with their country where the layout says it in the same row."""
    return sum(
        any(city in line and (not page.country_beside or country in line) and len(line) < 80 for line in lines)
        for city, country in MEMBERS
    ) / len(MEMBERS)


def time_it(work: Callable[[], Any]) -> float:
    """Seconds that `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def average(values: Sequence[float]) -> float:
    """The mean."""
    return sum(values) / len(values)


def make_table(title: str, *columns: str) -> Table:
    """An empty table, figures to the right."""
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, justify="left" if column in {"layout", "what", "baseline"} else "right")
    return table


def add_speed(table: Table, what: str, rate: float, baseline: str, baseline_rate: float) -> None:
    """Add a row of rates, and how many times as fast the first is."""
    table.add_row(what, f"{rate:.1f}", baseline, f"{baseline_rate:.1f}", f"{rate / baseline_rate:.2f}")


if __name__ == "__main__":
    sys.exit(main())
