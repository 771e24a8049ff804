"""Generated PDF reports whose words and rows are known, one for each layout that real reports have."""

import io
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

_VOCABULARY = (
    "the network city member council mayor board report joined climate action plan year region meeting partner "
    "assembly policy energy water transport culture and of to in for with its was has been will from at new support "
    "between cooperation development secretariat programme presidency sustainable municipal international"
).split()
_PLACES = [
    (city, country, str(1985 + number))
    for number, (city, country) in enumerate(
        pair.split(":")
        for pair in (
            "Aarhus:Denmark Bergen:Norway Bologna:Italy Bordeaux:France Brno:Czechia Cork:Ireland Dortmund:Germany "
            "Espoo:Finland Gdansk:Poland Ghent:Belgium Graz:Austria Kaunas:Lithuania Leipzig:Germany Lille:France "
            "Ljubljana:Slovenia Lodz:Poland Malmo:Sweden Nantes:France Oulu:Finland Porto:Portugal Riga:Latvia "
            "Split:Croatia Tampere:Finland Tartu:Estonia Turin:Italy Utrecht:Netherlands Valencia:Spain Varna:Bulgaria"
        ).split()
    )
]
_FONT, _BOLD, _SIZE, _LEADING = "Times-Roman", "Times-Bold", 10, 13
_LEFT, _TOP, _WIDTH = 60, 770, 475


@dataclass(frozen=True)
class ReportPage:
    """A report with what it says."""

    name: str
    data: bytes
    words: list[str]
    """In reading order."""
    rows: list[tuple[str, ...]]
    """Of its tables, the row of headings among them."""
    pages: int


@dataclass
class _Sheet:
    """A canvas that notes what is drawn on it."""

    canvas: Canvas
    words: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    pages: int = 1

    def draw(self, x: float, y: float, text: str, font: str = _FONT, size: float = _SIZE) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def heading(self, y: float, text: str) -> float:
        self.draw(_LEFT, y, text, "Helvetica-Bold", 14)
        self.words += text.split()
        return y - 30

    def paragraph(self, x: float, y: float, width: float, words: Sequence[str], *, hyphenate: bool = False) -> float:
        """Draw words, wrapped at `width`; with hyphenation long words are parted at line ends."""
        self.words += words
        for line in _wrap(words, width, hyphenate=hyphenate):
            self.draw(x, y, line)
            y -= _LEADING
        return y - 8

    def table(self, y: float, rows: Sequence[tuple[str, ...]], *, ruled: bool, repeats_header: bool = False) -> float:
        """Draw a table whose first row is its headings; `repeats_header`: the rows above went on from a page before."""
        kept = rows[1:] if repeats_header else rows
        self.rows += kept
        self.words += [word for row in kept for cell in row for word in cell.split()]
        top = y + 12
        for number, row in enumerate(rows):
            for x, cell in zip((_LEFT + 4, 230, 400), row, strict=True):
                self.draw(x, y, cell, _FONT if number else _BOLD)
            y -= 16
        if ruled:
            for line in range(len(rows) + 1):
                self.canvas.line(_LEFT, top - 16 * line, _LEFT + _WIDTH, top - 16 * line)
            for x in (_LEFT, 226, 396, _LEFT + _WIDTH):
                self.canvas.line(x, top, x, top - 16 * len(rows))
        return y - 14

    def break_page(self) -> float:
        self.canvas.showPage()
        self.pages += 1
        return _TOP


def make_report_pages() -> list[ReportPage]:
    """All layouts, the same at every call."""
    return [_make(name, paint) for name, paint in _LAYOUTS.items()]


def make_long_report(pages: int = 60) -> ReportPage:
    """A report as long as annual reports are: chapters in one column or two, and a ruled table every tenth page."""

    def paint(sheet: _Sheet, chance: random.Random) -> None:
        for page in range(1, pages + 1):
            sheet.draw(_LEFT, 815, "Annual report of the network 2021", "Helvetica", 8)
            sheet.draw(290, 25, f"Page {page} of {pages}", "Helvetica", 8)
            y = sheet.heading(_TOP, f"Chapter {page}")
            if page % 10 == 0:
                y = sheet.table(y, [("City", "Country", "Member since"), *_PLACES[:14]], ruled=True)
            for x in (_LEFT, _LEFT + 250) if page % 2 else (_LEFT,):
                place = y
                for _ in range(3):
                    place = sheet.paragraph(x, place, 225 if page % 2 else _WIDTH, _write(chance, 70))
            if page < pages:
                sheet.break_page()

    return _make("long report", paint)


def _make(name: str, paint: Callable[[_Sheet, random.Random], None]) -> ReportPage:
    stream = io.BytesIO()
    sheet = _Sheet(Canvas(stream, pagesize=A4, invariant=1))
    paint(sheet, random.Random(name))  # noqa: S311 — the same words at every run
    sheet.canvas.save()
    return ReportPage(name, stream.getvalue(), sheet.words, sheet.rows, sheet.pages)


def _write(chance: random.Random, count: int) -> list[str]:
    """Words in sentences of eight to sixteen."""
    words: list[str] = []
    while len(words) < count:
        sentence = chance.choices(_VOCABULARY, k=chance.randint(8, 16))
        words += [sentence[0].capitalize(), *sentence[1:-1], f"{sentence[-1]}."]
    return words


def _wrap(words: Sequence[str], width: float, *, hyphenate: bool) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if stringWidth(longer, _FONT, _SIZE) <= width:
            line = longer
            continue
        part = word[:5] + "-"
        if hyphenate and len(word) > 9 and stringWidth(f"{line} {part}", _FONT, _SIZE) <= width:
            yield f"{line} {part}"
            line = word[5:]
        else:
            yield line
            line = word
    yield line


def _single_column(sheet: _Sheet, chance: random.Random) -> None:
    y = sheet.heading(_TOP, "Report on the work of the network")
    for _ in range(4):
        y = sheet.paragraph(_LEFT, y, _WIDTH, _write(chance, 80))


def _two_columns(sheet: _Sheet, chance: random.Random) -> None:
    y = sheet.heading(_TOP, "Report in two columns")
    for x in (_LEFT, _LEFT + 250):
        place = y
        for _ in range(3):
            place = sheet.paragraph(x, place, 225, _write(chance, 80))


def _hyphenation(sheet: _Sheet, chance: random.Random) -> None:
    y = sheet.heading(_TOP, "Report with parted words")
    for x in (_LEFT, _LEFT + 250):
        place = y
        for _ in range(3):
            place = sheet.paragraph(x, place, 225, _write(chance, 70), hyphenate=True)


def _three_column_list(sheet: _Sheet, chance: random.Random) -> None:
    _list_members(sheet, chance, width=165, length=16)


def _four_column_list(sheet: _Sheet, chance: random.Random) -> None:
    _list_members(sheet, chance, width=120, length=13)


def _list_members(sheet: _Sheet, chance: random.Random, *, width: int, length: int) -> None:
    y = sheet.heading(_TOP, "Our members by country")
    y = sheet.paragraph(_LEFT, y, _WIDTH, _write(chance, 50))
    countries: dict[str, list[str]] = {}
    for city, country, _ in sorted(_PLACES, key=lambda place: place[1]):
        countries.setdefault(country, []).append(city)
    entries = [(name, font) for country, cities in countries.items() for name, font in
               [(country, "Helvetica-Bold"), *((city, "Helvetica") for city in cities)]]  # fmt: skip
    for column, start in enumerate(range(0, len(entries), length)):
        for position, (name, font) in enumerate(entries[start : start + length]):
            sheet.draw(_LEFT + width * column, y - 13 * position, name, font, 9)
            sheet.words += name.split()


def _ruled_table(sheet: _Sheet, chance: random.Random) -> None:
    y = sheet.paragraph(_LEFT, sheet.heading(_TOP, "Members"), _WIDTH, _write(chance, 60))
    y = sheet.table(y, [("City", "Country", "Member since"), *_PLACES[:14]], ruled=True)
    sheet.paragraph(_LEFT, y, _WIDTH, _write(chance, 60))


def _open_table(sheet: _Sheet, chance: random.Random) -> None:
    y = sheet.paragraph(_LEFT, sheet.heading(_TOP, "Members"), _WIDTH, _write(chance, 60))
    y = sheet.table(y, [("City", "Country", "Member since"), *_PLACES[14:]], ruled=False)
    sheet.paragraph(_LEFT, y, _WIDTH, _write(chance, 60))


def _table_over_pages(sheet: _Sheet, chance: random.Random) -> None:
    header = ("City", "Country", "Member since")
    y = sheet.paragraph(_LEFT, sheet.heading(_TOP, "Members"), _WIDTH, _write(chance, 60))
    sheet.table(y, [header, *_PLACES[:16]], ruled=False)
    sheet.table(sheet.break_page(), [header, *_PLACES[16:]], ruled=False, repeats_header=True)


def _running_heads(sheet: _Sheet, chance: random.Random) -> None:
    for page in range(3):
        sheet.draw(_LEFT, 815, "Annual report of the network 2021", "Helvetica", 8)
        sheet.draw(290, 25, f"Page {page + 1} of 3", "Helvetica", 8)
        y = sheet.heading(_TOP, f"Chapter {'One Two Three'.split()[page]}")
        for _ in range(3):
            y = sheet.paragraph(_LEFT, y, _WIDTH, _write(chance, 70))
        if page < 2:
            sheet.break_page()


def _mixed(sheet: _Sheet, chance: random.Random) -> None:
    y = sheet.heading(_TOP, "The network at a glance")
    y = sheet.paragraph(_LEFT, y, _WIDTH, _write(chance, 60))
    ends = []
    for x in (_LEFT, _LEFT + 250):
        ends.append(sheet.paragraph(x, y, 225, _write(chance, 80), hyphenate=True))
    y = sheet.heading(min(ends) - 10, "The board")
    y = sheet.table(y, [("City", "Country", "Seat since"), *_PLACES[5:12]], ruled=True)
    sheet.paragraph(_LEFT, y, _WIDTH, _write(chance, 50))


_LAYOUTS: dict[str, Callable[[_Sheet, random.Random], None]] = {
    "single column": _single_column,
    "two columns": _two_columns,
    "hyphenation": _hyphenation,
    "three-column list": _three_column_list,
    "four-column list": _four_column_list,
    "table with rules": _ruled_table,
    "table without rules": _open_table,
    "table over a page break": _table_over_pages,
    "running heads": _running_heads,
    "mixed": _mixed,
}
