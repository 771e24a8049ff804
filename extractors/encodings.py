"""Bytes to text, as browsers do it: what is declared counts, but the bytes have the last word."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LABEL = r"""["']?\s*([A-Za-z0-9_.:-]+)"""
_HEADER_CHARSET = re.compile(r"charset\s*=\s*" + _LABEL, re.IGNORECASE)
_META_CHARSET = re.compile(
    (r"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*" + _LABEL).encode("ascii"), re.IGNORECASE
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# Who declares Latin-1 or ASCII writes Windows-1252: the WHATWG encoding standard maps the labels so.
_WESTERN = frozenset({"iso8859-1", "ascii", "cp1252"})
# Browsers read a declaration within the first 1,024 bytes; real pages put it later, after scripts.
_DECLARATION_WITHIN = 4096
_MAX_CONTROLS = 0.01


def decode_text(data: bytes, declared: str | None = None) -> str:
    """Decode `data`: a byte order mark, else valid UTF-8, else the declared charset, else Windows-1252.

    Never raises: bytes that have no meaning become U+FFFD. Line ends become `\\n`, as when a text file
    is opened in Python.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _unify_line_ends(data[len(mark) :].decode(encoding, errors="replace"))
    try:
        # Valid UTF-8 that is not ASCII is hardly ever anything else, whatever the page declares.
        # Multi-byte charsets of seven bits (ISO-2022-JP) look like ASCII, so they must be declared.
        is_seven_bit_escape = b"\x1b" in data and _is_known(declared)
        text = data.decode(declared if is_seven_bit_escape and declared else "utf-8")
    except UnicodeDecodeError:
        text = _decode_other(data, declared)
    return _unify_line_ends(text)


def find_declared_charset(data: bytes, media_type: str | None) -> str | None:
    """The charset that a page's HTTP header (`media_type`) or else its first bytes declare, if any."""
    in_header = _HEADER_CHARSET.search(media_type or "")
    if in_header:
        return in_header.group(1).lower()
    in_page = _META_CHARSET.search(data[:_DECLARATION_WITHIN])
    return in_page.group(1).decode("ascii").lower() if in_page else None


def is_binary(text: str) -> bool:
    """Whether a decoded text is no text: more than one character in a hundred is a control character."""
    sample = text[:100_000]
    return len(_CONTROLS.findall(sample)) > _MAX_CONTROLS * len(sample)


def _decode_other(data: bytes, declared: str | None) -> str:
    if not _is_known(declared) or codecs.lookup(declared or "").name in _WESTERN:
        return data.decode("cp1252", errors="replace")
    text = data.decode(declared or "utf-8", errors="replace")
    # Declared UTF-8, but most of what is not ASCII is no UTF-8: a Latin-1 page in an UTF-8 template.
    others = sum(1 for character in text if character > "\x7f")
    if text.count("\ufffd") * 2 > others:
        return data.decode("cp1252", errors="replace")
    return text


def _is_known(charset: str | None) -> bool:
    try:
        b"a".decode(charset or "")  # not b"", for which Python looks no codec up
    except UnicodeError:
        return True
    except (LookupError, ValueError):  # codecs such as base64, which decode to bytes, are refused too
        return False
    return True


def _unify_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
