from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.readers import Format, find_format, read_document_bytes, read_path
from schemas.document import Document, hash_bytes
from schemas.finding import Finding
from schemas.vocabulary import FindingKind

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = sorted(
    path
    for path in SAMPLES.rglob("*")
    if path.suffix in {".html", ".pdf", ".atom", ".txt", ".jsonl"} and path.name != "README.md"
)
PROSE = "The network of towns was founded in 1991 and has many members in all of Europe, among them Bonn."


def _find(results: list[Document | Finding]) -> Finding:
    (finding,) = results
    assert isinstance(finding, Finding)
    return finding


@pytest.mark.parametrize(
    ("data", "name", "media_type", "url", "expected"),
    [
        (b"<p>x</p>", "a.txt", "text/html; charset=utf-8", None, Format.HTML),
        (b"# x", "a.md", "text/plain", None, Format.MARKDOWN),
        (b"%PDF-1.7", "page", "application/octet-stream", None, Format.PDF),
        (b"x", "page", None, "https://e.example/a.pdf?v=1", Format.PDF),
        (b"\n<!DOCTYPE html><html>", "page", None, None, Format.HTML),
        (b'{"id": "a", "text": "b"}\n', "page", None, None, Format.JSON_LINES),
        (
            b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">',
            "a.xml",
            "application/xml",
            None,
            Format.FEED,
        ),
        (b'<?xml version="1.0"?><urlset>', "a.xml", "text/xml", None, Format.SITEMAP),
        (b"Bonn is a member.", "page", None, None, Format.TEXT),
        (b"PK\x03\x04", "a.docx", None, None, None),
        (b'{"id": "a"}', "a.json", "application/json", None, None),
    ],
)
def test_format_is_told_by_media_type_then_name_then_bytes(
    data: bytes, name: str, media_type: str | None, url: str | None, expected: Format | None
) -> None:
    assert find_format(data, name=name, media_type=media_type, url=url) is expected


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.html", "empty file"),
        (b" \n", "a.txt", "empty file"),
        (b"%PDF-1.4 truncated", "a.pdf", "truncated"),
        (b"<html><body><nav><a href=/>Home</a></nav></body></html>", "a.html", "main text"),
        (b"PK\x03\x04rest", "a.docx", "ZIP container"),
        (b"\x89PNG\r\n", "a.png", "PNG picture"),
        (b"<?xml version='1.0'?><urlset/>", "a.xml", "sitemap"),
        (b"\x00\x01\x02" * 99, "a.txt", "binary"),
    ],
)
def test_unreadable_input_is_a_finding_that_names_it(data: bytes, name: str, message: str) -> None:
    finding = _find(read_document_bytes(data, name=name))
    assert finding.kind is FindingKind.UNREADABLE
    assert finding.is_failure
    assert finding.message.startswith(f"{name}: found ")
    assert message in finding.message


def test_missing_files_and_folders_are_findings(tmp_path: Path) -> None:
    assert "no such file" in _find(read_path(tmp_path / "none.txt")).message
    assert "folder" in _find(read_path(tmp_path)).message


def test_a_file_is_read_under_its_path(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PROSE)
    (document,) = read_path(path)
    assert isinstance(document, Document)
    assert (document.name, document.document_id) == (str(path), hash_bytes(PROSE.encode()))


def test_a_foreign_document_is_kept_and_found() -> None:
    text = (
        "Die Stadt Leipzig ist seit 1993 Mitglied des Netzwerks. Der Oberbürgermeister wurde im Juni zum Präsidenten "
        "gewählt und wird das Amt für zwei Jahre ausüben, wie die Stadt mitteilte."
    )
    document, finding = read_document_bytes(text.encode(), name="a.txt")
    assert isinstance(document, Document)
    assert isinstance(finding, Finding)
    assert document.language == "de"
    assert (finding.kind, finding.document_id) == (FindingKind.FOREIGN_LANGUAGE, document.document_id)
    assert not finding.is_failure


def test_the_address_of_a_fetched_page_is_kept() -> None:
    (document,) = read_document_bytes(f"<p>{PROSE}</p>".encode(), name="page", url="https://e.example/page")
    assert isinstance(document, Document)
    assert document.url == "https://e.example/page"


def test_each_entry_of_a_feed_is_a_document() -> None:
    documents = read_path(SAMPLES / "digest.atom")
    assert [type(document) for document in documents] == [Document] * 3
    first = documents[0]
    assert isinstance(first, Document)
    assert (first.publisher, first.published) == ("City Networks Digest", "2023-11-10")
    assert first.url == first.name == "https://www.citynetworks.example/news/2023/c40-co-chairs"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_reading_is_pure(path: Path) -> None:
    assert read_path(path) == read_path(path)


@settings(max_examples=60, deadline=None)
@given(
    path=st.sampled_from(FILES),
    edits=st.lists(
        st.tuples(st.integers(0, 1 << 20), st.binary(max_size=6), st.integers(0, 40)), min_size=1, max_size=12
    ),
    end=st.integers(0, 1 << 20),
)
def test_mutated_samples_never_raise(path: Path, edits: list[tuple[int, bytes, int]], end: int) -> None:
    data = path.read_bytes()
    for place, put, cut in edits:
        start = place % (len(data) + 1)
        data = data[:start] + put + data[start + cut :]
    for result in read_document_bytes(data[: len(data) - end % (len(data) + 1) // 4], name=path.name):
        if isinstance(result, Document):
            result.text.encode()  # what cannot be encoded could not be stored


@settings(max_examples=60, deadline=None)
@given(
    data=st.binary(max_size=300),
    suffix=st.sampled_from([".html", ".pdf", ".md", ".jsonl", ".atom", ".csv", ".xlsx", ".txt", ""]),
)
def test_any_bytes_never_raise(data: bytes, suffix: str) -> None:
    assert read_document_bytes(data, name=f"input{suffix}")
