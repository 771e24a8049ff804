"""The text layer of a PDF as pdfium reads it: ten times as fast as pdfplumber, and a second opinion on its text.

Words come in the form of pdfplumber's, so that either's can be read on. What pdfium does not tell of a page
(rules, cells, turned text) is left to pdfplumber: see `pdf_pages` for which page is whose.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

_PARTED = 2
"""What pdfium gives for a hyphen at the end of a line, after which the word goes on."""
_UNMAPPED = frozenset({0, 0xFFFD, 0xFFFE, 0xFFFF})
_MAX_GAP = 0.15
"""In ems; as for pdfplumber, a wider gap parts two words."""
_SHIFTED = 0.1
_SAME_BOX = 1.0


@dataclass(frozen=True)
class _Font:
    """How a piece of text is set."""

    name: str
    size: float
    descent: float
    is_upright: bool


@dataclass(slots=True)
class _Letter:
    index: int
    text: str
    x0: float
    x1: float
    bottom: float
    font: _Font


@dataclass
class LayerPage:
    """What pdfium reads of a page."""

    words: list[dict[str, Any]] = field(default_factory=list)
    """With the keys of pdfplumber's words that are used, in the order of the file."""
    is_straight: bool = True
    """Whether it is neither turned nor cropped, so that pdfplumber counts from the same corner."""
    is_plain: bool = True
    """Whether these words are all that there is to read: upright, mapped to Unicode, and nothing drawn but pictures."""

    @property
    def fonts(self) -> frozenset[str]:
        """The names of the fonts that it is set in."""
        return frozenset(word["fontname"] for word in self.words)


class TextLayer:
    """The pages of one PDF; to be closed."""

    def __init__(self, data: bytes) -> None:
        """Open a PDF.

        Raises:
            pypdfium2.PdfiumError: pdfium cannot.
        """
        self._pdf = pdfium.PdfDocument(data)

    def close(self) -> None:
        """Free what pdfium holds of it."""
        self._pdf.close()

    def read_page(self, number: int) -> LayerPage | None:
        """The page `number`, the first being 1; None where pdfium cannot read it."""
        try:
            page = self._pdf[number - 1]
        except (pdfium.PdfiumError, IndexError):
            return None
        try:
            text = page.get_textpage()
        except pdfium.PdfiumError:
            page.close()
            return None
        try:
            return _PageReader(page, text).read()
        finally:
            text.close()
            page.close()


class _PageReader:
    """Reads one page, letter by letter: four calls for each are most of the time that a page takes."""

    def __init__(self, page: Any, text: Any) -> None:
        self._text = text
        self._height = float(page.get_height())
        self._fonts: dict[int, _Font] = {}
        self._box = raw.FS_RECTF()
        self._is_straight = _is_set_straight(page)
        self._is_plain = _draws_only_text(page)

    def read(self) -> LayerPage:
        words = [self._write(run) for run in self._find_runs()]
        is_plain = self._is_straight and self._is_plain and all(word["upright"] for word in words)
        return LayerPage([word for word in words if word["upright"]], self._is_straight, is_plain)

    def _find_runs(self) -> Iterator[list[_Letter]]:
        """Letters that make a word: set alike, on one line, without a gap."""
        run: list[_Letter] = []
        for index in range(raw.FPDFText_CountChars(self._text)):
            code = raw.FPDFText_GetUnicode(self._text, index)
            if code in _UNMAPPED:
                self._is_plain = False
            letter = None if code in _UNMAPPED else self._read_letter(index, code)
            if run and (letter is None or _is_apart(run[-1], letter)):
                yield run
                run = []
            if letter is not None:
                run.append(letter)
        if run:
            yield run

    def _read_letter(self, index: int, code: int) -> _Letter | None:
        """A letter with its place; None for white space."""
        sign = "-" if code == _PARTED else chr(code)
        if sign.isspace() or not sign.isprintable():
            return None
        font = self._read_font(index)
        if font is None:
            return None
        box = self._box
        raw.FPDFText_GetLooseCharBox(self._text, index, box)
        return _Letter(index, sign, box.left, box.right, box.bottom, font)

    def _read_font(self, index: int) -> _Font | None:
        handle = raw.FPDFText_GetTextObject(self._text, index)
        key = ctypes.cast(handle, ctypes.c_void_p).value
        if key is None:
            return None
        if key not in self._fonts:
            font = raw.FPDFTextObj_GetFont(handle)
            name, descent, matrix = ctypes.create_string_buffer(256), ctypes.c_float(), raw.FS_MATRIX()
            raw.FPDFFont_GetBaseFontName(font, name, len(name))
            raw.FPDFText_GetMatrix(self._text, index, matrix)
            size = raw.FPDFText_GetFontSize(self._text, index) * matrix.d
            raw.FPDFFont_GetDescent(font, size, descent)
            is_upright = matrix.a > 0 and matrix.d > 0 and abs(matrix.b) + abs(matrix.c) < 0.001
            self._fonts[key] = _Font(name.value.decode("utf-8", errors="replace"), size, descent.value, is_upright)
        return self._fonts[key]

    def _write(self, run: list[_Letter]) -> dict[str, Any]:
        font = run[0].font
        x, baseline = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._text, run[0].index, x, baseline)
        bottom = self._height - baseline.value - font.descent
        return {
            "text": "".join(letter.text for letter in run),
            "x0": run[0].x0,
            "x1": run[-1].x1,
            "top": bottom - font.size,
            "bottom": bottom,
            "size": font.size,
            "fontname": font.name,
            "upright": font.is_upright,
        }


def _is_apart(last: _Letter, letter: _Letter) -> bool:
    size = last.font.size
    is_set_alike = last.font is letter.font or (
        last.font.name == letter.font.name and abs(last.font.size - letter.font.size) < 0.01
    )
    is_on_line = abs(last.bottom - letter.bottom) < _SHIFTED * size
    return not (is_set_alike and is_on_line and -size < letter.x0 - last.x1 <= _MAX_GAP * size)


def _is_set_straight(page: Any) -> bool:
    """Whether the page begins in the corner that both libraries count from."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    is_whole = all(abs(one - two) < _SAME_BOX for one, two in zip(media, crop, strict=True))
    return page.get_rotation() == 0 and is_whole and abs(media[0]) < _SAME_BOX and abs(media[1]) < _SAME_BOX


def _draws_only_text(page: Any) -> bool:
    """Whether nothing but text and pictures is on the page: no rule that may be a table's, no form within it."""
    kinds = {
        raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, index)) for index in range(raw.FPDFPage_CountObjects(page))
    }
    return kinds <= {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE}
