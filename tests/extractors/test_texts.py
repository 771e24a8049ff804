import json

import pytest

from extractors.texts import read_json_lines, read_markdown, read_plain_text
from schemas.document import Document, hash_bytes
from schemas.errors import UnreadableDocument
from schemas.finding import Finding
from schemas.vocabulary import Authority, BlockKind, DocumentKind, FindingKind


def _line(**fields: object) -> bytes:
    return json.dumps({"id": "d1", "text": "Bonn is a member.", **fields}).encode()


def _read_one(line: bytes) -> Document:
    (document,) = read_json_lines(line, name="x.jsonl")
    assert isinstance(document, Document)
    return document


def test_plain_text_states_its_title_publisher_and_date() -> None:
    data = b"Bonn joins\n\nPublished by Town Crier, 3 May 2011\n\nBonn is a member.\r\n"
    document = read_plain_text(data, name="a.txt")
    assert (document.title, document.publisher, document.published) == ("Bonn joins", "Town Crier", "2011-05-03")
    assert document.blocks == ()
    assert document.text.endswith("member.\n")
    assert document.document_id == hash_bytes(data)


def test_first_line_of_running_text_is_no_title() -> None:
    assert read_plain_text(b"Bonn is a member of the network.\n\nSo is Kiel.", name="a").title is None


@pytest.mark.parametrize("data", [b" \n\t ", b"\x00\x01\x02\x03" * 50])
def test_white_space_and_binary_data_are_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        read_plain_text(data, name="a.txt")


def test_markdown_keeps_the_text_and_reads_its_front_matter() -> None:
    text = "---\ntitle: Members\ndate: 2021-05-03T10:00:00\npublisher: Town Crier\n---\n# Head\n\n- Bonn\n"
    document = read_markdown(text.encode(), name="a.md")
    assert document.text == text
    assert (document.title, document.publisher, document.published) == ("Members", "Town Crier", "2021-05-03")
    assert [block.kind for block in document.blocks] == [BlockKind.HEADING, BlockKind.LIST_ITEM]


def test_all_fields_of_a_record_are_read() -> None:
    line = _line(
        title="T", publisher="P", published="2021-05-04T10:00:00Z", url="https://e.example/", kind="news",
        authority="network", network="c40",
    )  # fmt: skip
    document = _read_one(b"  " + line + b" \r\n")
    assert document.document_id == hash_bytes(line)
    assert (document.name, document.title, document.publisher, document.url) == ("d1", "T", "P", "https://e.example/")
    assert (document.published, document.network) == ("2021-05-04", "c40")
    assert (document.kind, document.authority) == (DocumentKind.NEWS, Authority.NETWORK)
    assert document.blocks == ()


def test_broken_lines_cost_a_finding_each_and_no_other_document() -> None:
    broken = [b'{"id": "x", ', b"[1]", b'{"id": "x"}', b'{"id": "x", "text": " "}', b"\xff\xfe", b"[" * 100_000]
    data = b"\n".join([_line(id="first"), *broken, b"", _line(id="last")])
    results = read_json_lines(data, name="x.jsonl")
    assert [result.name for result in results if isinstance(result, Document)] == ["first", "last"]
    findings = [result for result in results if isinstance(result, Finding)]
    assert [finding.subject for finding in findings] == [f"x.jsonl:{number}" for number in range(2, 8)]
    assert {finding.kind for finding in findings} == {FindingKind.BROKEN_RECORD}


@pytest.mark.parametrize("published", ["yesterday", "2021-02-30", 2021.5, ["2021"]])
def test_a_bad_date_is_ignored_and_the_document_kept(published: object) -> None:
    assert _read_one(_line(published=published)).published is None


def test_unknown_kinds_and_fields_are_ignored() -> None:
    document = _read_one(_line(kind="poem", authority="king", colour="red", title=5))
    assert (document.kind, document.authority, document.title) == (DocumentKind.OTHER, Authority.OTHER, None)


def test_a_record_without_id_is_named_by_its_line() -> None:
    assert _read_one(b'\xef\xbb\xbf{"text": "Bonn is a member."}').name == "x.jsonl:1"


def test_lone_surrogates_are_replaced() -> None:
    document = _read_one(b'{"id": "\\ud800", "text": "Bonn \\udc00 is a member."}')
    assert document.text == "Bonn \ufffd is a member."
    assert document.name == "\ufffd"


def test_a_file_without_lines_is_a_finding() -> None:
    (finding,) = read_json_lines(b"\n \n", name="x.jsonl")
    assert isinstance(finding, Finding)
    assert finding.kind is FindingKind.UNREADABLE
