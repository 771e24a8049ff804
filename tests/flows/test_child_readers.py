"""Files in processes of their own: the same text, and limits that cost one file a finding."""

import io
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.feeds import FeedEntry, SitemapEntry
from extractors.readers import read_entry, read_path
from flows.child_readers import ChildLimits, ChildReaders, ReadRequest
from flows.ingest import read_items
from flows.inputs import find_items
from schemas.document import Document
from schemas.finding import Finding
from schemas.source import SourceKind
from schemas.vocabulary import FindingKind

MEMORY = 250_000_000
"""Twice what the reader and its libraries take for a small page."""


@pytest.fixture
def readers() -> Iterator[ChildReaders]:
    with ChildReaders(1, ChildLimits(memory_bytes=MEMORY)) as opened:
        yield opened


def write_report(path: Path, text: str) -> Path:
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.drawString(50, 700, text)
    canvas.save()
    path.write_bytes(stream.getvalue())
    return path


def write_page(path: Path, content: bytes) -> Path:
    """A PDF of one page whose content stream is `content`, packed."""
    packed = zlib.compress(content, 1)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    path.write_bytes(body + end % (table, len(body)))
    return path


def read(readers: ChildReaders, path: Path) -> Document | Finding:
    [result] = readers.submit(ReadRequest(name=path.name, path=path, is_report=path.suffix == ".pdf")).result()
    return result


def test_report_is_the_same_as_when_read_here(tmp_path: Path, readers: ChildReaders) -> None:
    path = write_report(tmp_path / "a.pdf", "Nantes has been a member of Eurocities since 1991.")
    [here] = read_path(path)
    assert isinstance(here, Document)
    assert read(readers, path) == here.model_copy(update={"name": "a.pdf"})


def test_broken_report_is_the_finding_that_it_is_here(tmp_path: Path, readers: ChildReaders) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 truncated")
    result = read(readers, path)
    assert isinstance(result, Finding)
    assert "truncated" in result.message


def test_file_that_takes_too_long_costs_a_finding_and_no_other_file(tmp_path: Path) -> None:
    slow = write_page(tmp_path / "slow.pdf", b"BT /F1 9 Tf 50 700 Td (a) Tj ET\n" * 200_000)
    good = write_report(tmp_path / "good.pdf", "Nantes chairs Eurocities.")
    with ChildReaders(1, ChildLimits(report_seconds=1)) as readers:
        result = read(readers, slow)
        assert isinstance(result, Finding)
        assert result.kind is FindingKind.UNREADABLE
        assert "slow.pdf: found a file that takes more than 1 s" in result.message
        readers._processes[0]._limits = ChildLimits()
        assert isinstance(read(readers, good), Document)


def write_html(path: Path, content: str) -> Path:
    path.write_text(f"<html><body><article><h1>Nantes</h1>{content}")
    return path


SENTENCE = "Nantes is a member of Eurocities, the network of large European cities."


def test_page_that_takes_too_long_costs_a_finding_and_no_other_page(tmp_path: Path) -> None:
    slow = write_html(tmp_path / "slow.html", f"<p>{SENTENCE}</p>" * 60_000)
    good = write_html(tmp_path / "good.html", f"<p>{SENTENCE}</p>" * 3)
    with ChildReaders(1, ChildLimits(page_seconds=1)) as readers:
        result = read(readers, slow)
        assert isinstance(result, Finding)
        assert result.kind is FindingKind.UNREADABLE
        assert "slow.html: found a file that takes more than 1 s" in result.message
        assert "expected a page" in result.message
        readers._processes[0]._limits = ChildLimits()
        assert isinstance(read(readers, good), Document)


def test_page_that_takes_too_much_memory_costs_a_finding_and_no_other_page(
    tmp_path: Path, readers: ChildReaders
) -> None:
    large = write_html(tmp_path / "large.html", "<a href=x>Nantes</a> " * 300_000)
    good = write_html(tmp_path / "good.html", f"<p>{SENTENCE}</p>" * 3)
    result = read(readers, large)
    assert isinstance(result, Finding)
    assert result.kind is FindingKind.UNREADABLE
    assert isinstance(read(readers, good), Document)


def test_feed_and_sitemap_give_their_pages(tmp_path: Path, readers: ChildReaders) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text("<rss><channel><item><link>http://a.example/1</link><title>Oslo</title></item></channel></rss>")
    [entry] = readers.submit(ReadRequest(name="feed.xml", path=feed, listing=SourceKind.FEED)).result()
    assert isinstance(entry, FeedEntry)
    assert (entry.url, entry.title) == ("http://a.example/1", "Oslo")
    sitemap = tmp_path / "sitemap.txt"
    sitemap.write_text("http://a.example/2")
    [page] = readers.submit(ReadRequest(name="sitemap.txt", path=sitemap, listing=SourceKind.SITEMAP)).result()
    assert page == SitemapEntry(url="http://a.example/2")


def test_sitemap_that_takes_too_much_memory_is_a_finding(tmp_path: Path, readers: ChildReaders) -> None:
    sitemap = tmp_path / "sitemap.txt"
    sitemap.write_text("http://a.example/\n" * 1_000_000)
    [finding] = readers.submit(ReadRequest(name="sitemap.txt", path=sitemap, listing=SourceKind.SITEMAP)).result()
    assert isinstance(finding, Finding)
    assert finding.message.startswith("sitemap.txt: found a")


def test_entry_of_a_feed_is_read_as_it_is_here(readers: ChildReaders) -> None:
    entry = FeedEntry(url="http://a.example/1", title="Oslo", html=f"<p>{SENTENCE}</p>", published="2021")
    assert readers.submit(ReadRequest(name="feed", entry=entry)).result() == read_entry(entry, name="feed")


def test_file_that_takes_too_much_memory_costs_a_finding_and_no_other_file(
    tmp_path: Path, readers: ChildReaders
) -> None:
    bomb = write_page(tmp_path / "bomb.pdf", bytes(2 * MEMORY))
    assert bomb.stat().st_size < MEMORY / 50
    good = write_report(tmp_path / "good.pdf", "Nantes chairs Eurocities.")
    result = read(readers, bomb)
    assert isinstance(result, Finding)
    assert "memory" in result.message
    assert isinstance(read(readers, good), Document)


def test_file_that_is_gone_is_a_finding(tmp_path: Path, readers: ChildReaders) -> None:
    result = read(readers, tmp_path / "gone.pdf")
    assert isinstance(result, Finding)
    assert "cannot be read (No such file or directory)" in result.message


def test_reports_and_texts_keep_the_order_of_the_items(tmp_path: Path) -> None:
    write_report(tmp_path / "1.pdf", "Nantes chairs Eurocities.")
    (tmp_path / "2.txt").write_text("Oslo chairs Eurocities.")
    write_report(tmp_path / "3.pdf", "Turku chairs Eurocities.")
    (tmp_path / "4.pdf").write_bytes(b"%PDF-1.4 truncated")
    reading = read_items(find_items([str(tmp_path)]).items)
    assert [document.text.split()[0] for document in reading.documents] == ["Nantes", "Oslo", "Turku"]
    assert [Path(finding.subject).name for finding in reading.findings] == ["4.pdf"]


def test_processes_are_started_only_as_they_are_needed(tmp_path: Path) -> None:
    path = write_report(tmp_path / "a.pdf", "Nantes chairs Eurocities.")
    with ChildReaders(3) as readers:
        for _ in range(3):
            assert isinstance(read(readers, path), Document)
        assert sum(process._process is not None for process in readers._processes) <= 1
