"""The layout of plain text: headings, paragraphs, list items and table rows, and what governs what.

Texts reach us as plain text in every manner of layout: wrapped lines, bullets, dot leaders, columns
held apart by spaces or bars. `segment_text` cuts them into the blocks of `schemas.document`;
`govern` tells for each block which headings stand over it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from extractors.countries import find_country
from extractors.date_words import MONTH_NAME
from extractors.person_shapes import is_name_alone
from schemas.document import Block
from schemas.vocabulary import BlockKind

BULLET = re.compile(
    r"[ \t]*(?:[-–—•·*▪◦‣★☆►▸▶>+●○■□✓✔➢»∙⁃\uf0a7\uf0b7]{1,3}|\(?(?:\d{1,3}|[a-h]|[ivx]{1,4})[.)]|\(?[A-H]\))"
    r"(?:[ \t\xa0\n]+|(?<=[•·▪★●■∙\uf0a7\uf0b7])(?=\S))"
)
_LONE_BULLET = re.compile(r"[ \t]*[-–•·*▪●■○∙⁃\uf0a7\uf0b7][ \t\xa0]*\n")
_COUNT = re.compile(
    r"[ \t]*\(?(?:(?P<number>\d{1,3})|(?P<letter>[a-h]|[A-H](?!\.))|(?P<roman>[ivx]{1,4}))[.)][ \t\xa0]+"
)
_LETTER = re.compile(r"(?P<letter>[A-H])\.[ \t\xa0]+")
"""Counts an item, or is the initial of a name."""
_BARE_NUMBER = re.compile(rf"(?P<number>\d{{1,3}})[ \xa0](?=[A-ZÀ-ÖØ-ÞĀ-Ž])(?!(?i:{MONTH_NAME})\b)")
"""Counts an item, or is the mark of a footnote."""
_ROMAN = [
    tens + ones for tens in ("", "x", "xx") for ones in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
]
_MARKDOWN_HEADING = re.compile(r"[ \t]*(#{1,6}|\*\*(?=.+\*\*\s*$)|=+ )[ \t]*")
_FOOTNOTE = re.compile(r"[ \t]*(?:[¹²³⁴⁵⁶⁷⁸⁹]+|\*{1,3}(?=[ \w])|†|‡|\[\d{1,2}\]|\d(?= [A-Z]))[ \t]*")
_CELL_BREAK = re.compile(r"[ \t]*\|[ \t]*|\t+|[ ]{2,}|[ ]?(?:\.[ ]?){4,}[ ]*|[ ]?…{2,}[ ]?|[ ]?_{4,}[ ]?")
_SHORTENED = re.compile(r"(?:\b[A-Z]\.){2,}$|\b(?:Jr|Sr|Inc|Ltd|Dept)\.$")
_RULE = re.compile(r"[\s|:+=_~*·.\-–—]*")
_CLOSING = r"[\"'”’»)\]]*(?:\[\w{1,3}\](?: (?=\[\w{1,3}\]))?)*"
"""What may stand between the end of a sentence and white space: closing marks and references to notes."""
_SENTENCE_END = re.compile(rf"[.!?…]{_CLOSING}$")
_YEARS = r"(?:19|20)\d\d(?:\s?[–—/-]\s?(?:(?:19|20)?\d\d|present|today|now)?)?(?::| [–—-]) ?"
_LABELLED = re.compile(rf"(?:{_YEARS}|[A-Z](?:[\w/&'’()-]| (?! )){{2,38}}?(?::| [–—-]) ?)(?=[A-ZÀ-ÖØ-ÞĀ-Ž])")
"""A line that begins with what the rest is: "Vice-President – Ana Lopes, Mayor of Porto"."""
_OFFICES = (
    "Mayor|Councillor|Councilor|Alderman|President|Governor|Chair|Director|Head|Secretary|Treasurer|Commissioner|Prefect|"
    "Leader"
)
_ENTRY = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-Ž][^,;:!?()]{2,50}, (?:[A-Za-z-]+ ){0,3}?"
    rf"(?:{_OFFICES}|Councilmember|Manager)\b"
)
"""A line of a list of office holders that has no bullets: "Ana Lopes, Deputy Mayor of Porto (Portugal)"."""
_ENTRY_WORDS = 22
LEAST_BARE_ITEMS = 4
"""So many short lines, each apart from the next, are a list rather than headings over nothing."""
_FULL_LINE = 64
_UNFILLED_SHARE = 0.5
"""Of the breaks in a run of lines: from here on they are breaks that an author made, not a program that wraps."""
_WHOLE_SHARE = 0.7
"""Of the lines of a run: so many begin with a capital and end no sentence, if they are items."""
_OFFICE = rf"(?:{_OFFICES}|Mayoress|Burgomaster|Chair(?:man|woman|person))"
_OFFICE_WORD = re.compile(rf"{_OFFICE}\b")
_OFFICE_LINE = re.compile(rf"(?:[A-Z][\w-]* ){{0,2}}{_OFFICE}(?:, | of (?:the )?)[A-ZÀ-ÖØ-ÞĀ-Ž][^.!?:]{{1,80}}$")
"""A line of a card that says who somebody is: "Deputy Mayor, Cebu City"."""
HEAD_ALONE = re.compile(
    r"(?:(?:First|Second|Third|Honorary|Deputy|Executive|Founding|Full|Associated?|New|Current|Past|Former|Regional|Senior|"
    r"Immediate|Other|Board) )*"
    r"(?:Co-?|Vice[- ]?)?(?:President|Chair(?:person|man|woman)?|Chairmen|Treasurer|Secretary(?:[- ]General)?|Member"
    r"|[Mm]ember (?:[Cc]ities|[Tt]owns)|Observer|Signatories|Partner|Candidate|Applicant|Founder|Secretariat)s?",
    re.IGNORECASE,
)
"""A line that is nothing but an office or a standing."""
_OFFICE_LABEL = re.compile(rf"(?i:{HEAD_ALONE.pattern})\s*(?::|[–—-])\s+(?=[A-ZÀ-ÖØ-ÞĀ-Ž])")
"""What an entry begins with that tells its office first: "Vice-Chair:  Ana Lopes, Porto"."""
_ENTRY_MARK = re.compile(r" [–—-] |[,;:|(\t]|  ")
"""What parts a name from what is told of it, in an entry of a list."""
_MARKED_SHARE = 0.6
"""Of the lines of a run: if so many have such marks, one without heads those after it."""
_LEAST_ENTRIES = 3
_ACRONYM = re.compile(r"[A-Z0-9]{2,8}")
"""Capitals that say nothing of a heading's rank."""
_SHORT_HEAD = 8
"""Words of a heading without a blank line below."""
_LEAD_IN_WORDS = 40
"""A longer paragraph right after an item tells of that (a biography under a card), and announces no list."""
WRAP_WIDTH = 48
"""Lines at least this long may be wrapped: shorter ones end where their author ended them."""
HEADING_WORDS = 14
"""Longer lines are sentences, whatever their typography."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    """The line without surrounding white space; `start` and `end` are its offsets."""
    indent: int
    blank_before: bool
    blank_after: bool
    bullet: int = 0
    """Length of the bullet, number or letter that the line begins with; 0 where it has none."""
    place: tuple[str, int] | None = None
    """What kind of count its number or letter is of, and how far that is; None for another bullet, or none."""


class _Marks(NamedTuple):
    """Indices of lines that are not what they look like: items without a bullet, headings within a run of lines."""

    items: frozenset[int]
    heads: frozenset[int]


LISTED = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})
"""Kinds of blocks that are entries of a list or table."""


@dataclass(frozen=True, slots=True)
class Governing:
    """What stands over a block: indices into the sequence of blocks, outermost first."""

    headings: tuple[int, ...]
    lead_in: int | None
    """The paragraph that announces the list or table the block belongs to ("Its members are:")."""
    header: int | None
    """The row that names the columns of the block's table."""


def segment_text(text: str) -> tuple[Block, ...]:
    """Cut plain text into blocks, in order, without overlap; empty text gives none.

    A block's span excludes bullets, heading marks and surrounding white space. A paragraph spans its
    wrapped lines; a table row carries the offsets of its cells.
    """
    lines = _split_lines(text)
    marks = _mark_lines(lines)
    blocks: list[Block] = []
    at = 0
    table = 0
    while at < len(lines):
        run = _table_run(lines, at)
        if run > at:
            table += 1
            blocks.extend(_read_rows(lines[at:run], table))
            at = run
            continue
        at = _read_line(lines, at, blocks, marks)
    return tuple(blocks)


def _split_lines(text: str) -> list[_Line]:
    raw: list[tuple[int, str]] = []
    offset = 0
    for piece in text.splitlines(keepends=True):
        if raw and _LONE_BULLET.fullmatch(raw[-1][1]) and not _RULE.fullmatch(piece):
            raw[-1] = (raw[-1][0], raw[-1][1] + piece)  # its item stands on the next line
        else:
            raw.append((offset, piece))
        offset += len(piece)
    lines: list[_Line] = []
    blank = True
    for number, (start, piece) in enumerate(raw):
        stripped = piece.strip()
        if not stripped or _RULE.fullmatch(stripped):
            blank = True
            continue
        lead = len(piece) - len(piece.lstrip())
        after = number + 1 >= len(raw) or not raw[number + 1][1].strip() or bool(_RULE.fullmatch(raw[number + 1][1]))
        bullet = BULLET.match(stripped)
        length = bullet.end() if bullet else 0
        place = _read_place(_COUNT.match(stripped))
        lines.append(_Line(start + lead, start + lead + len(stripped), stripped, lead, blank, after, length, place))
        blank = False
    return _count_items(lines)


def _read_place(match: re.Match[str] | None) -> tuple[str, int] | None:
    """The kind of count and the place in it that a number or letter states; None if it is of no count."""
    if match is None:
        return None
    kind, mark = match.lastgroup or "", match.group(match.lastgroup or 0)
    if kind == "number":
        return kind, int(mark)
    if kind == "letter":
        return "capital" if mark.isupper() else "small", ord(mark)
    return (kind, _ROMAN.index(mark)) if mark in _ROMAN else None


def _count_items(lines: list[_Line]) -> list[_Line]:
    """The lines with the bullets that only their neighbours tell.

    "A. Bonn" is an item where "B. Porto" is the next such line; else it may begin with an initial. "1 Bonn" and the
    lines that count on from it are items where "2 Porto" stands right below; else it may be a footnote.
    """
    found = [(at, match) for at, line in enumerate(lines) if (match := _LETTER.match(line.text))]
    counted = {at: match for pair in pairwise(found) if _is_next(pair[0][1], pair[1][1]) for at, match in pair}
    for at, (line, below) in enumerate(pairwise(lines)):
        one, two = _match_bare_number(line.text), _match_bare_number(below.text)
        if one and two and _is_next(one, two) and (at in counted or one["number"] == "1"):
            counted.update({at: one, at + 1: two})
    return [
        replace(line, bullet=counted[at].end(), place=_read_place(counted[at])) if at in counted else line
        for at, line in enumerate(lines)
    ]


def _match_bare_number(text: str) -> re.Match[str] | None:
    """The number that begins a line, short as an item is and no sentence."""
    return None if len(text.split()) > _SHORT_HEAD or ends_sentence(text) else _BARE_NUMBER.match(text)


def _is_next(match: re.Match[str], following: re.Match[str]) -> bool:
    one, two = _read_place(match), _read_place(following)
    return one is not None and two is not None and (one[0], one[1] + 1) == two


def split_cells(line: str) -> list[tuple[int, int]]:
    """Offsets of the cells of a line: parts held apart by bars, tabs, dot leaders or runs of spaces.

    A line without such marks is one cell. Cells between bars may be empty.
    """
    cells: list[tuple[int, int]] = []
    reached = 0
    for gap in _CELL_BREAK.finditer(line):
        if gap.start() > reached or (reached and "|" in gap.group()):
            cells.append((reached, gap.start()))
        reached = gap.end()
    if reached < len(line):
        cells.append((reached, len(line)))
    return cells


def _is_row(line: _Line) -> bool:
    body = line.text[line.bullet :]
    cells = split_cells(body)
    if len(cells) < 2:
        return False
    if "|" in body or "\t" in body or re.search(r"(?:\. ?){4,}", body):
        return True
    # Two spaces after a full stop are typing habit, not a column.
    gaps = re.findall(r"(?<=\S)[ ]{2,}(?=\S)", body)
    wide = [gap for gap in gaps if len(gap) >= 3]
    return bool(wide) or (bool(gaps) and not re.search(r"[.!?:;,][ ]{2}", body))


def _table_run(lines: list[_Line], at: int) -> int:
    """Index after the run of table rows that begins at `at`; `at` itself where there is none."""
    end = at
    while end < len(lines) and (_goes_on(lines, end) if end > at else _is_row(lines[end])):
        end += 1
    # One line with a gap is a page head or a two-part heading, unless bars or leaders make it a row.
    if end - at == 1 and not re.search(r"\||\t|(?:\. ?){4,}", lines[at].text):
        return at
    return end


def _goes_on(lines: list[_Line], at: int) -> bool:
    """Whether a line is a further row of the table that the line before is of; a bar in front makes one of any."""
    line = lines[at]
    return (line.text.startswith("|") or _is_row(line)) and (not line.blank_before or _near(lines, at))


def _near(lines: list[_Line], at: int) -> bool:
    """Whether a row after a blank line still belongs to the table: it has as many cells as the one before.

    Two are enough only between tabs, which nobody writes but in a table.
    """
    here, above = lines[at].text, lines[at - 1].text
    least = 2 if "\t" in here and "\t" in above else 3
    return len(split_cells(here)) == len(split_cells(above)) >= least


def _read_rows(rows: list[_Line], table: int) -> list[Block]:
    blocks = []
    # Where other rows begin without a bar, one in front parts off an empty cell.
    is_framed = all(line.text.startswith("|") for line in rows)
    for number, line in enumerate(rows):
        lead = line.bullet if line.place is None else 0
        cells = tuple((line.start + lead + a, line.start + lead + b) for a, b in split_cells(line.text[lead:]))
        if line.text.startswith("|") and not is_framed:
            cells = ((line.start, line.start), *cells)
        is_first_of_many = number == 0 and len(rows) > 1
        is_header = is_first_of_many and names_columns([line.text[a:b] for a, b in split_cells(line.text)])
        kind = BlockKind.TABLE_HEADER if is_header else BlockKind.TABLE_ROW
        start = min((a for a, _ in cells), default=line.start)
        end = max((b for _, b in cells), default=line.end)
        if end > start:
            blocks.append(Block(kind=kind, start=start, end=end, table=table, cells=cells))
    return blocks


COLUMN_WORDS = frozenset(
    """city cities town towns municipality country countries member members since joined status year role office name
    network mayor place date host title function position position: population region term seat state theme no no.
    nr # associated associate observers partners founded representative organisation organization category from to
    until province department admitted entry accession signed remarks notes section body represented""".split()
)


ASIDE = re.compile(r"\s*\([^()]*\)")
"""In the name of a column: "City (in order of seniority)"."""


def count_column_names(cells: Sequence[str]) -> int:
    """How many cells are names of columns: of four words at most, a known one among them, brackets aside."""
    words = (re.findall(r"[^\W\d_]+|#", ASIDE.sub("", cell).casefold()) for cell in cells)
    return sum(len(cell) <= 4 and not COLUMN_WORDS.isdisjoint(cell) for cell in words)


def names_columns(cells: Sequence[str]) -> bool:
    """Whether a row names the columns of a table: at least half of its cells do, and none has a year but in brackets.

    False without cells.
    """
    has_year = any(re.search(r"\d{4}", ASIDE.sub("", cell)) for cell in cells)
    return 0 < len(cells) <= 2 * count_column_names(cells) and not has_year


def _read_line(lines: list[_Line], at: int, blocks: list[Block], marks: _Marks) -> int:
    """Append the block that begins with line `at`; return the index of the first line after it."""
    line = lines[at]
    mark = _MARKDOWN_HEADING.match(line.text)
    if mark and mark.group(1).strip() and len(line.text.split()) <= HEADING_WORDS + 4 and mark.end() < len(line.text):
        level = len(mark.group(1)) if mark.group(1).startswith("#") else 2
        end = line.end - (len(line.text) - len(line.text.rstrip("*= ")))
        if end > line.start + mark.end():
            blocks.append(Block(kind=BlockKind.HEADING, start=line.start + mark.end(), end=end, level=level))
            return at + 1
    if 0 < line.bullet < len(line.text):
        last = _end_of_wrap(lines, at, marks, hanging=True)
        start, end = line.start + line.bullet, lines[last].end
        level = 1 + line.indent // 3
        is_numbered = line.place is not None and not _is_counted_on(lines, at)
        if is_numbered and last == at and _looks_like_heading(lines, at, line.text[line.bullet :]):
            blocks.append(Block(kind=BlockKind.HEADING, start=start, end=end, level=3))
        else:
            blocks.append(Block(kind=BlockKind.LIST_ITEM, start=start, end=end, level=level))
        return last + 1
    note = _FOOTNOTE.match(line.text)
    if note and note.group().strip() and at > 0 and note.end() < len(line.text):
        last = _end_of_wrap(lines, at, marks, hanging=False)
        blocks.append(Block(kind=BlockKind.FOOTNOTE, start=line.start + note.end(), end=lines[last].end))
        return last + 1
    if at in marks.heads or (_looks_like_heading(lines, at, line.text) and at not in marks.items):
        blocks.append(Block(kind=BlockKind.HEADING, start=line.start, end=line.end, level=_heading_level(line)))
        return at + 1
    last = _end_of_wrap(lines, at, marks, hanging=False)
    alone = last == at and len(line.text) < WRAP_WIDTH and not ends_sentence(line.text)
    neighbour = (not line.blank_before and at > 0) or (not line.blank_after and at + 1 < len(lines))
    labelled = _LABELLED.match(line.text) is not None and _has_labelled_neighbour(lines, at, last)
    listed = (alone and neighbour and not line.text.endswith(":")) or labelled or (last == at and at in marks.items)
    kind = BlockKind.LIST_ITEM if listed else BlockKind.PARAGRAPH
    blocks.append(
        Block(kind=kind, start=line.start, end=lines[last].end, level=1 if kind is BlockKind.LIST_ITEM else None)
    )
    return last + 1


def _is_counted_on(lines: list[_Line], at: int) -> bool:
    """Whether the line above or below is of the same count: an item of a list beside another, not a section's title.

    The list below a numbered title counts anew, hence from no higher number.
    """
    kind, number = lines[at].place or ("", 0)
    above = lines[at - 1].place if at else None
    below = lines[at + 1].place if at + 1 < len(lines) else None
    goes_on = above is not None and above[0] == kind and above[1] < number
    return goes_on or (below is not None and below[0] == kind and below[1] > number)


def _is_entry(text: str) -> bool:
    """Whether a line is a person with an office and no more than that."""
    is_open = ends_sentence(text) or text.endswith((",", ":", ";", " and", " of"))
    return not is_open and len(text.split()) <= _ENTRY_WORDS and _ENTRY.match(text) is not None


def _has_entry_beside(lines: list[_Line], at: int) -> bool:
    """Whether the line above announces a list or is an entry, or the line below is one; blank lines or not."""
    above = at > 0 and (
        lines[at - 1].text.endswith(":")
        or _is_entry(lines[at - 1].text)
        or HEAD_ALONE.fullmatch(lines[at - 1].text) is not None
    )
    return above or (at + 1 < len(lines) and _is_entry(lines[at + 1].text))


def _mark_lines(lines: list[_Line]) -> _Marks:
    heads = frozenset(_find_heads(lines))
    return _Marks(_find_bare_items(lines) - heads, heads)


def _find_heads(lines: list[_Line]) -> Iterator[int]:
    """Indices of headings that no blank line parts from what they head.

    An office or standing that opens a run of lines (where a name opens it, the offices stand below the names), and the
    others in it; the name of a body over its officers ("Chair: …"); a line without any marks over entries that all have
    some; a title over a single sentence.
    """
    for first, end in _find_runs(lines):
        if HEAD_ALONE.fullmatch(lines[first].text):
            yield from (at for at in range(first, end - 1) if HEAD_ALONE.fullmatch(lines[at].text))
        elif _heads_entries(lines[first], lines[first + 1 : end]):
            yield first
    for first, end in _find_lines_apart(lines):
        marked = [_ENTRY_MARK.search(line.text) is not None for line in lines[first:end]]
        if sum(marked) >= _MARKED_SHARE * len(marked):
            yield from (first + n for n, (own, below) in enumerate(pairwise(marked)) if below and not own)


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does, and not with an abbreviation: "Bradford, U.K."."""
    return _SENTENCE_END.search(text) is not None and _SHORTENED.search(text) is None


def _heads_entries(line: _Line, below: Sequence[_Line]) -> bool:
    """Whether a line that opens a run is the heading of the lines below it."""
    texts = [entry.text for entry in below]
    if texts and _names_body(line) and all(map(_begins_with_office, texts)):
        return True
    return _may_head(line.text) and (_are_entries(below) or (len(texts) == 1 and _is_sentence(texts[0])))


def _names_body(line: _Line) -> bool:
    """Whether a line may be the name of a committee or a board: short, and neither an item nor a person's name."""
    is_entry = bool(line.bullet) or _begins_with_office(line.text) or is_name_alone(line.text)
    return _may_head(line.text) and not is_entry


def _may_head(text: str) -> bool:
    short = len(text.split()) <= _SHORT_HEAD and len(text) < WRAP_WIDTH
    return short and text[0].isupper() and _ENTRY_MARK.search(text) is None and not ends_sentence(text)


def _are_entries(lines: Sequence[_Line]) -> bool:
    return len(lines) >= _LEAST_ENTRIES and all(
        _ENTRY_MARK.search(line.text) and not ends_sentence(line.text) and not line.bullet for line in lines
    )


def _is_sentence(text: str) -> bool:
    return text[0].isupper() and " " in text and _SENTENCE_END.search(text) is not None


def _find_bare_items(lines: list[_Line]) -> frozenset[int]:
    """Indices of lines that are items without a bullet: entries beside others, and many short lines in a row."""
    found = {at for at, line in enumerate(lines) if _is_entry(line.text) and _has_entry_beside(lines, at)}
    labelled = [at for at, line in enumerate(lines) if _begins_with_office(line.text)]
    found.update(at for one, two in pairwise(labelled) if two == one + 1 for at in (one, two))
    for first, end in _find_lines_apart(lines):
        above = lines[first - 1].text if first else ""
        announced = above.endswith(":") or (above.isupper() and _may_head(above))
        # The first of them is the list's heading, unless a line announces it.
        found.update(range(first if announced else first + 1, end))
    for first, end in _find_runs(lines):
        run = lines[first:end]
        if len(run) >= LEAST_BARE_ITEMS and _is_unfilled(run) and not any(line.bullet for line in run):
            found.update(at for at in range(first, end) if not lines[at].text.isupper())
    cards, offices = _find_cards(lines)
    return frozenset(at for at in (found | cards) - offices if not lines[at].text.endswith(":"))


def _find_lines_apart(lines: list[_Line]) -> Iterator[tuple[int, int]]:
    """Half-open ranges of many short lines, each apart from the next: a list, with its headings."""
    first = 0
    while first < len(lines):
        end = first
        while end < len(lines) and _is_short_alone(lines, end):
            end += 1
        if end - first > LEAST_BARE_ITEMS:
            yield first, end
        first = max(end, first + 1)


def _begins_with_office(text: str) -> bool:
    """Whether a line is an entry that tells its office first."""
    return len(text.split()) <= _ENTRY_WORDS and not ends_sentence(text) and _OFFICE_LABEL.match(text) is not None


def _find_cards(lines: list[_Line]) -> tuple[set[int], set[int]]:
    """Indices of the lines of cards, which would be headings by their looks, and of the offices that stand over cards.

    A card has a person's name, who that is ("Mayor, Cebu City") and, below, a country or a second office. Where
    offices stand over the names instead, they are headings indeed.
    """
    cards = [at for at, line in enumerate(lines) if _is_office_line(line.text)]
    over = cards and cards[0] > 1 and _tells_office(lines[cards[0] - 2].text)
    found, offices = set(), set()
    for at in cards:
        found.add(at)
        if over and at > 1 and _tells_office(lines[at - 2].text):
            offices.add(at - 2)
        if at and not ends_sentence(lines[at - 1].text):
            found.add(at - 1)
        below = lines[at + 1].text if at + 1 < len(lines) else ""
        if below and (find_country(below) is not None or (not over and _tells_office(below))):
            found.add(at + 1)
    return found, offices - found


def _tells_office(text: str) -> bool:
    short = len(text.split()) <= HEADING_WORDS and not ends_sentence(text)
    return short and _OFFICE_WORD.search(text) is not None


def _find_runs(lines: list[_Line]) -> list[tuple[int, int]]:
    """Half-open ranges of lines without a blank line between them."""
    starts = [at for at, line in enumerate(lines) if line.blank_before or at == 0]
    return list(pairwise([*starts, len(lines)]))


def _is_unfilled(run: Sequence[_Line]) -> bool:
    """Whether the lines of a run end where their author ended them: what follows would have fitted in."""
    width = max(len(line.text) for line in run)
    fitting = sum(len(a.text) + 1 + len(b.text.split()[0]) <= width for a, b in pairwise(run))
    whole = sum(not line.text[0].islower() and not ends_sentence(line.text) for line in run)
    return fitting >= _UNFILLED_SHARE * (len(run) - 1) and whole >= _WHOLE_SHARE * len(run)


def _is_office_line(text: str) -> bool:
    return len(text.split()) <= HEADING_WORDS and _OFFICE_LINE.match(text) is not None


def _is_short_alone(lines: list[_Line], at: int) -> bool:
    """Whether blank lines stand around a short line that ends no sentence and is not in capitals."""
    line = lines[at]
    plain = line.blank_before and line.blank_after and len(line.text) < WRAP_WIDTH and not line.text.isupper()
    return plain and not ends_sentence(line.text) and not line.text.endswith((":", ",")) and not _is_row(line)


def _has_labelled_neighbour(lines: list[_Line], first: int, last: int) -> bool:
    """Whether the line right above or below a block begins with a label as well."""
    above = first > 0 and not lines[first].blank_before and _LABELLED.match(lines[first - 1].text)
    below = last + 1 < len(lines) and not lines[last].blank_after and _LABELLED.match(lines[last + 1].text)
    return bool(above or below)


def _end_of_wrap(lines: list[_Line], at: int, marks: _Marks, *, hanging: bool) -> int:
    """Index of the last line that continues the wrapped block which begins at line `at`."""
    last = at
    while last + 1 < len(lines):
        here, following = lines[last], lines[last + 1]
        if following.blank_before or following.bullet or _MARKDOWN_HEADING.match(following.text):
            break
        if last + 1 in marks.items or last + 1 in marks.heads:
            break
        if _is_row(following) and _table_run(lines, last + 1) > last + 1:
            break
        if _LABELLED.match(following.text) and _LABELLED.match(lines[at].text):
            break
        if _heads_items(lines, last + 1):
            break
        if _is_entry(following.text) and (_is_entry(here.text) or here.text.endswith(":")):
            break
        indented = hanging and following.indent > lines[at].indent
        lower = following.text[:1].islower()
        wrapped = len(here.text) >= WRAP_WIDTH
        hyphen = here.text.endswith("-")
        if not (indented or wrapped or hyphen or (lower and len(here.text) > 20)):
            break
        last += 1
    return last


def _looks_like_heading(lines: list[_Line], at: int, text: str) -> bool:
    line = lines[at]
    words = text.split()
    if not words or len(words) > HEADING_WORDS or len(text) > 110 or text[-1] in ",;" or text[0].islower():
        return False
    if ends_sentence(text) and not text.isupper():
        return False
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 2:
        return False
    if text.endswith(":"):
        return len(words) <= 6 and at + 1 < len(lines)
    if text.isupper() and len(letters) > 3 and not line.text.startswith('"'):
        return True
    if _heads_items(lines, at):
        return True
    if not line.blank_before or at + 1 >= len(lines):
        return False
    return line.blank_after or _stands_over(lines[at + 1], line, len(words))


def _stands_over(following: _Line, line: _Line, words: int) -> bool:
    """Whether a short line right above `following` is its heading: other shape, or a full line of text."""
    listed = bool(following.bullet) or _is_row(following) or following.indent > line.indent + 1
    return words <= 8 and len(line.text) < WRAP_WIDTH and (listed or len(following.text) >= WRAP_WIDTH)


def _heads_items(lines: list[_Line], at: int) -> bool:
    """Whether a line between the items of two lists, without blank lines, is the heading of the second.

    The end of an item that goes on in a second line stands there as well: further in, or after a full line.
    """
    if not 0 < at < len(lines) - 1 or lines[at].blank_before or lines[at].blank_after:
        return False
    before, line, following = lines[at - 1], lines[at], lines[at + 1]
    if line.bullet or not following.bullet or not before.bullet:
        return False
    if not line.text[0].isalnum() or line.text[0].islower() or len(line.text.split()) > 8 or before.text.endswith(","):
        return False
    further_out = line.indent < following.indent and line.indent < before.indent
    return further_out or (line.indent == following.indent and len(before.text) < _FULL_LINE)


def _heading_level(line: _Line) -> int:
    if line.text.isupper() and not _ACRONYM.fullmatch(line.text):
        return 1
    return 3 if line.text.endswith(":") or not line.blank_after else 2


def govern(text: str, blocks: Sequence[Block]) -> list[Governing]:
    """For each block, the headings over it, its lead-in and its table's header row.

    A heading rules until one of its own or a higher level. Two headings in a row without text between
    them (a title and its kicker) both rule.
    """
    stack: list[tuple[int, int]] = []
    lead_in: int | None = None
    header: int | None = None
    result: list[Governing] = []
    for index, block in enumerate(blocks):
        content = text[block.start : block.end]
        if block.kind is BlockKind.HEADING:
            level = block.level or 2
            rests_on_heading = level < 3 and index > 0 and blocks[index - 1].kind is BlockKind.HEADING
            while stack and (stack[-1][1] > level or (stack[-1][1] == level and not rests_on_heading)):
                stack.pop()
            result.append(Governing(tuple(i for i, _ in stack), None, None))
            stack.append((index, level))
            lead_in = None
            continue
        header = _current_header(blocks, index, header)
        listed = block.kind in {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER}
        result.append(Governing(tuple(i for i, _ in stack), lead_in if listed else None, header if listed else None))
        if block.kind is BlockKind.PARAGRAPH:
            follows = index + 1 < len(blocks) and blocks[index + 1].kind in {
                BlockKind.LIST_ITEM,
                BlockKind.TABLE_ROW,
                BlockKind.TABLE_HEADER,
            }
            announces = content.rstrip().endswith((":", "–", "-"))
            told = index > 0 and blocks[index - 1].kind is BlockKind.LIST_ITEM and len(content.split()) > _LEAD_IN_WORDS
            lead_in = index if announces or (follows and not told) else None
    return result


def _current_header(blocks: Sequence[Block], index: int, header: int | None) -> int | None:
    block = blocks[index]
    if block.kind is BlockKind.TABLE_HEADER:
        return index
    if header is not None and block.kind is BlockKind.TABLE_ROW and block.table == blocks[header].table:
        return header
    return None


CLAUSE_LENGTH = 45
"""Shorter parts between semicolons are members of an enumeration."""
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|joined|left|holds?|held|hosts?|hosted|chairs?|chaired|became|becomes|"
    r"belongs?|signed|won|takes?|took|serves?|sits?|met|meets|leads?|led|presides?|presided|remains?|goes|went)\b"
)
_CLAUSE_BREAK = re.compile(r";\s+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:St|Ste|Sta|Sto|Mt|Ft|Dr|Mr|Mrs|Ms|Prof|Hon|Rev|Gov|Gen|Sen|Rep|Cllr|Ald|Lt|Col|Capt|Jr|Sr|No|Nos|Nr|vs|etc|approx|ca|cf|incl|e\.g|i\.e|al|Inc|"
    r"Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|p|pp|vol|Art|U\.S|U\.K|U\.N|a\.m|p\.m|D\.C|E|tel|Tel|dept|Dept|est)|\b[A-Z])\.$"
)
_BOUNDARY = re.compile(rf"(?<=[.!?…]){_CLOSING}\s+(?=[\"'“‘«(\[]*[A-Z0-9À-ÖØ-ÞĀ-Ž])|\s+\+\+\+\s+|\s+[•★·]\s+|\s+//\s+")
_ABBREVIATION_REACH = 16
"""Characters; no abbreviation is longer. A paragraph without a border would be read anew for each of its points."""


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of `text[start:end]`, without surrounding white space.

    Never splits after an abbreviation, an initial or an ordinal ("the 3. Congress" is rare in English
    and is split). Never empty spans; a stretch of white space gives none.
    """
    borders = [start]
    for match in _BOUNDARY.finditer(text, start, end):
        reached = match.start()
        while reached > borders[-1] and text[reached - 1] in "\"'”’»)]":
            reached -= 1
        before = text[max(borders[-1], reached - _ABBREVIATION_REACH) : reached]
        if before.endswith(".") and _ABBREVIATION.search(before):
            continue
        borders.append(match.end())
    borders.append(end)
    spans = (_trim(text, a, b) for sentence in pairwise(borders) for a, b in _split_clauses(text, *sentence))
    return [span for span in spans if span[0] < span[1]]


def _split_clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence cut at semicolons that part whole statements; enumerations are left whole."""
    borders = [start]
    is_statement, read = False, start
    for match in _CLAUSE_BREAK.finditer(text, start, end):
        at = match.end()
        is_statement = is_statement or _VERB.search(text[read:at]) is not None
        read = at
        if is_statement and at - borders[-1] >= CLAUSE_LENGTH and end - at >= CLAUSE_LENGTH:
            following = text.find(";", at, end)
            clause = text[at : following if following >= 0 else end]
            if len(clause) >= CLAUSE_LENGTH and _VERB.search(clause):
                borders.append(at)
                is_statement = False
    return list(pairwise([*borders, end]))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    return first, max(first, start + len(piece.rstrip()))
