import pytest

from extractors.encodings import decode_text, find_declared_charset, is_binary


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("Málaga – “Łódź”", "utf-8", None),
        ("Málaga – “Łódź”", "utf-8", "iso-8859-1"),  # declared wrongly
        ("Málaga", "latin-1", "iso-8859-1"),
        ("Málaga – “the city”", "cp1252", "iso-8859-1"),  # what Latin-1 means on the web
        ("Málaga – “the city”", "cp1252", None),
        ("Málaga, as in an UTF-8 template", "latin-1", "utf-8"),
        ("Łódź", "iso-8859-2", "iso-8859-2"),
        ("Łódź", "utf-16", None),
        ("広島", "shift_jis", "shift_jis"),
        ("広島", "iso-2022-jp", "iso-2022-jp"),
        ("Málaga", "cp1252", "no-such-charset"),
        ("Málaga", "cp1252", "base64"),
    ],
)
def test_text_is_decoded_as_it_was_written(text: str, encoding: str, declared: str | None) -> None:
    assert decode_text(text.encode(encoding), declared) == text


def test_bytes_without_meaning_become_replacement_characters() -> None:
    assert decode_text(b"Bonn \x81") == "Bonn \ufffd"


def test_line_ends_are_those_of_python() -> None:
    assert decode_text(b"a\r\nb\rc\n") == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("data", "media_type", "charset"),
    [
        (b'<meta charset="ISO-8859-1">', None, "iso-8859-1"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', None, "windows-1250"),
        (b'<?xml version="1.0" encoding="utf-8"?>', None, "utf-8"),
        (b'<meta charset="utf-8">', "text/html; charset=ISO-8859-2", "iso-8859-2"),
        (b"<p>charset=klingon</p>", "text/html", None),
    ],
)
def test_header_declares_before_page(data: bytes, media_type: str | None, charset: str | None) -> None:
    assert find_declared_charset(data, media_type) == charset


def test_binary_data_is_no_text() -> None:
    assert is_binary("\x00\x01\x02 abc" * 10)
    assert not is_binary("Bonn\tBerlin\n" * 10)
