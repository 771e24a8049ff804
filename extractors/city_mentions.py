"""City names in a text, linked to GeoNames.

A name is found by the gazetteer and kept unless its surroundings say that it names something else (a
person, a treaty, a club, a region). Which of the places of that name is meant `city_links` tells.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from extractors.city_areas import drop_areas
from extractors.city_context import (
    HEADLINE_VERBS,
    NEVER_A_PLACE,
    Occurrence,
    find_given_names,
    find_surnames,
    is_caps_line,
    is_doubtful,
    may_be_city,
    names_country,
    says_city_before,
)
from extractors.city_links import CityLinker, CityName, fits, score_alone
from extractors.city_mention import CityMention
from extractors.countries import find_country, find_demonym, find_regions
from extractors.country_context import (
    find_area_beside,
    find_country_in_row,
    is_of_states,
)
from extractors.gazetteer import Gazetteer, Place
from extractors.office_words import COUNCIL_MEMBER, FOREIGN_MAYORS
from extractors.place_names import FoldedWord, fold_name, split_words
from extractors.relation_masks import Span
from extractors.structure import LISTED, Governing
from schemas.document import Block

MAX_NAME_WORDS = 8
MUCH_LARGER = 4
LEAST_IN_CAPITALS = 4
"""Letters of a city's name in capitals: shorter ones are initials, whatever stands beside them."""
_CITY_HALLS = frozenset({"council", "hall", "corporation", "government", "manager"})
_NAME_PARTICLES = frozenset("de da do dos das del della di van von der den el al bin ibn ben le la st".split())
_ENUMERATION = re.compile(
    r"[*†‡¹²³)\]]*\s*(?:[,;/·•|–+]|\b(?:and|or|nor|with)\b|&|\s){1,3}\s*(?:the city of )?", re.IGNORECASE
)
"""What stands between two names of one enumeration."""
_PARTS_SENTENCES = frozenset({" ", " – "})
"""Between a name and an everyday word: one phrase, or a dateline and the first word after it ("ORVIETO – Over 60")."""


_SAINTS = {
    "s": ("sao", "san", "santo", "santa"),
    "sta": ("santa",),
    "sto": ("santo",),
    "ste": ("sainte",),
    "st": ("saint", "sankt"),
}
"""What is written short before a name, as it is spelt out in several languages."""
_GOES_ON = re.compile(r"(?:,? (?:and|or)|,) (?P<next>[A-ZÀ-ÖØ-ÞĀ-Ž][\w.'’-]*(?: [A-ZÀ-ÖØ-ÞĀ-Ž][\w.'’-]*){0,3})")
"""An enumeration up to its next name."""
_PARTED = re.compile(r", | ?\(| [–-] ")
"""Between a name and its country."""
_OFFICE_BEGINS = re.compile(r" (?:Lord|Deputy|Vice|Acting|Executive)$")
_OFFICE_GOES_ON = re.compile(r" (?:Mayor|Provost)\b")
_HYPHENATED = re.compile(r"-[ \n]+")
_APART = re.compile(
    r"[,;(|/\t\n\d]| {2}|\b(?:of|in|from|for|at|by|to|with|and|or|nor|neither|either|both|but|the|mayor|bad"
    rf"|{COUNCIL_MEMBER}|presidente|(?:ober)?b[uü]rgermeister(?:in)?|{'|'.join(FOREIGN_MAYORS)})\b"
    r"|(?:chair|president|treasurer|secretary|member|emeritus|governor|officer)\b"
    rf"| (?:{'|'.join(HEADLINE_VERBS)}) ",
    re.IGNORECASE,
)
"""What never stands within a person's name, wherever the recognizer thought that one ends."""


class CityFinder:
    """Finds and links the city names of a document's text."""

    def __init__(self, gazetteer: Gazetteer, find_people: Callable[[str], Sequence[Span]] | None = None) -> None:
        """`find_people` gives the spans of people's names in a text; without it surnames are told by titles alone."""
        self._gazetteer = gazetteer
        self._linker = CityLinker(gazetteer)
        self._find_people = find_people

    def find(
        self,
        text: str,
        blocks: Sequence[Block],
        governing: Sequence[Governing],
        *,
        taken: Sequence[Span] = (),
        favoured: Mapping[str, float] | None = None,
    ) -> list[CityMention]:
        """The city mentions, in the order of the text, not overlapping.

        Args:
            text: the document's text.
            blocks: its blocks.
            governing: what stands over each block, as `structure.govern` gives it.
            taken: spans that name something else (networks); no city is read inside them.
            favoured: by ISO code, or with a region `US:MN`, from 0 to 1, how much the document's networks speak for it.
        """
        surnames = find_surnames(text)
        found = self._find_in_blocks(text, blocks, taken, surnames)
        people = self._name_people(text, blocks, found)
        if people:
            found = self._find_in_blocks(text, blocks, taken, surnames | _surnames_of(text, people))
            found = [
                name
                for name in found
                if name.beside or says_city_before(text, name.start) or not any(_is_part(text, name, p) for p in people)
            ]
        found = [name for name in found if not _fills_state_cell(text, blocks, governing, name)]
        linked = self._linker.link(text, blocks, governing, _drop_given_names(text, found), favoured or {})
        return drop_areas(text, _drop_titles(text, blocks, linked))

    def _name_people(self, text: str, blocks: Sequence[Block], found: Sequence[CityName]) -> list[Span]:
        """Names of people in the blocks where a place name stands beside another capitalised word."""
        if self._find_people is None:
            return []
        suspect = sorted({name.block for name in found if _has_capital_beside(text, name)})
        starts = [blocks[index].start for index in suspect]
        named = [self._find_people(text[blocks[index].start : blocks[index].end]) for index in suspect]
        people = [(at + a, at + b) for at, spans in zip(starts, named, strict=True) for a, b in spans]
        return [span for span in people if not _ends_in_office(text, span)]

    def _find_in_blocks(
        self, text: str, blocks: Sequence[Block], taken: Sequence[Span], persons: frozenset[str]
    ) -> list[CityName]:
        return [
            name for index in range(len(blocks)) for name in self._find_in_block(text, blocks, index, taken, persons)
        ]

    def _find_in_block(
        self, text: str, blocks: Sequence[Block], index: int, taken: Sequence[Span], persons: frozenset[str]
    ) -> list[CityName]:
        block = blocks[index]
        local = split_words(text[block.start : block.end])
        words = _join_hyphenated(
            text, [FoldedWord(word.text, word.start + block.start, word.end + block.start) for word in local]
        )
        words = [self._spell_out(text, words, n) for n in range(len(words))]
        found: list[CityName] = []
        at = 0
        while at < len(words):
            length = self._match(text, block, words, at)
            if not length:
                at += 1
                continue
            words[at + length - 1] = _close_bracket(text, words[at : at + length])
            name = Occurrence(text, block, words, at, length)
            inside = any(a < name.end and name.start < b for a, b in taken)
            if inside or not may_be_city(name, persons):
                at += 1 if inside else length
                continue
            choices = tuple(self._gazetteer.lookup_folded(name.folded))
            areas, beside_end = find_area_beside(text, block, name.end)
            beside = next((area for area in areas if any(fits(place, area) for place, _ in choices)), None)
            if beside is None or self._is_next_city(text, block, (name.end, beside_end), beside, choices):
                beside, beside_end = None, name.end  # "Athens, Singapore" are two cities
            doubtful = is_doubtful(name, beside)
            found.append(CityName(name.start, name.end, name.folded, choices, index, beside, beside_end, doubtful))
            while at < len(words) and words[at].start < max(name.end, beside_end):
                at += 1  # the country or state beside a name is no name of its own
        return _keep_vouched(text, found)

    def _is_next_city(
        self, text: str, block: Block, between: Span, beside: str, choices: Sequence[tuple[Place, bool]]
    ) -> bool:
        """Whether a state's name is that of the next city of an enumeration: "Geneva, New York and Nairobi".

        Args:
            text: the document's text.
            block: where the names stand.
            between: from the end of the city's name to that of the state's.
            beside: the state, as `US:NY`.
            choices: the places of the city's name.
        """
        start, end = between
        goes_on = _GOES_ON.match(text, end, block.end)
        if text[start : start + 2] != ", " or goes_on is None:
            return False
        regions = find_regions(text[start + 2 : end])
        alone, _ = max(choices, key=lambda choice: score_alone(choice[0], is_main=choice[1]))
        if fits(alone, beside) or not any(r.area == beside and self._linker.names_city(r) for r in regions):
            return False
        if find_country(goes_on["next"].rstrip(".")) == beside[:2]:
            return False  # "Rome, New York, USA"
        # "Vancouver, Washington, and Portland, Oregon" are cities with their states.
        following = text[goes_on.end() : find_area_beside(text, block, goes_on.end()).end].strip(" ,")
        states = (region for region in find_regions(following) if region.country_code == beside[:2])
        return not any(region.area == beside or not self._linker.names_city(region) for region in states)

    def _spell_out(self, text: str, words: Sequence[FoldedWord], at: int) -> FoldedWord:
        """The word, or what it abbreviates before a name: "S. Tomé" is São Tomé, "Sta. Fe" Santa Fe."""
        word = words[at]
        if word.text not in _SAINTS or at + 1 == len(words) or text[word.end : words[at + 1].start] not in (". ", "."):
            return word
        known = (s for s in _SAINTS[word.text] if self._gazetteer.lookup_folded(f"{s} {words[at + 1].text}"))
        return FoldedWord(next(known, word.text), word.start, word.end)

    def _match(self, text: str, block: Block, words: Sequence[FoldedWord], at: int) -> int:
        """How many words from `at` make a place name whose words are capitalised, side by side; 0 for none."""
        if not _may_begin_name(text, words[at].start):
            return 0
        keys = [word.text for word in words[at : at + MAX_NAME_WORDS]]
        if keys[:2] == ["city", "of"] and self._gazetteer.match_length(keys[2:]):
            return 0  # some Houston is called "City of Houston" as well, which is another than the one in Texas
        length = self._gazetteer.match_length(keys)
        while length > 1 and not (
            _stands_together(text, words[at : at + length]) and self._gazetteer.lookup_folded(" ".join(keys[:length]))
        ):
            length -= 1
        if length > 1 and keys[length - 1] == "city":
            is_hall = not _CITY_HALLS.isdisjoint(keys[length : length + 1])
            if self._is_nickname(keys[:length]) or (is_hall and self._is_lesser(keys[:length])):
                length -= 1  # "the Phoenix City Council" is that of Phoenix, and not of Warsaw
        if length == 1 and not self._is_name(text, block, words[at]):
            return 0
        return length

    def _is_name(self, text: str, block: Block, word: FoldedWord) -> bool:
        """Whether a single word is a place's name, and no initials of something else."""
        choices = self._gazetteer.lookup_folded(word.text)
        if _is_cut_short(text, word) and not any(is_main for _, is_main in choices):
            return False
        if not choices or not _is_initials(text, word):
            return bool(choices)
        if len(word.text) < LEAST_IN_CAPITALS:
            return False
        areas = find_area_beside(text, block, word.end).areas if _PARTED.match(text, word.end) else ()
        country = find_country_in_row(text, block, word.start) if _fills_cell(text, block, word) else None
        beside = [*areas, *([country] if country else [])]
        return says_city_before(text, word.start) or any(fits(place, area) for place, _ in choices for area in beside)

    def _is_nickname(self, keys: Sequence[str]) -> bool:
        """Whether a name with "City" is nobody's main one, while the name without it is a place's."""
        whole = self._gazetteer.lookup_folded(" ".join(keys))
        return not any(is_main for _, is_main in whole) and bool(self._gazetteer.lookup_folded(" ".join(keys[:-1])))

    def _is_lesser(self, keys: Sequence[str]) -> bool:
        """Whether the name without "City" means a far larger place: "Gloucester City Council" is England's."""
        whole, bare = (self._gazetteer.lookup_folded(" ".join(part)) for part in (keys, keys[:-1]))
        people = [max((place.population for place, _ in choices), default=0) for choices in (whole, bare)]
        return people[1] > MUCH_LARGER * people[0]


_CAPITAL_BEFORE = re.compile(r"(?:[A-Z]\.|\b[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]+)[ \n]\Z")
_CAPITAL_AFTER = re.compile(r"[ \n](?:[A-ZÀ-ÖØ-ÞĀ-Ž]\w|[a-z]{2,3} [A-ZÀ-ÖØ-ÞĀ-Ž])")


_CITY_AND_COUNTRY = re.compile(r"[^\n–—|]{2,60}?(?:, |\()(?P<country>[^\n,()–—|]{3,40})\)? [–—-] ")
"""The beginning of an entry: "Lilongwe, Malawi – Peer learning"."""


def _drop_titles(text: str, blocks: Sequence[Block], mentions: Sequence[CityMention]) -> list[CityMention]:
    """All but what stands behind an entry's city and its country, as the title of a project does, and lies elsewhere.

    What a country follows in its turn stays: "Oslo, Norway – Turin, Italy".
    """
    kept: list[CityMention] = []
    starts = [block.start for block in blocks]
    for mention in mentions:
        block = blocks[max(0, bisect_right(starts, mention.start) - 1)]
        entry = _CITY_AND_COUNTRY.match(text, block.start, block.end) if block.kind in LISTED else None
        country = find_country(entry["country"]) if entry is not None else None
        is_behind = entry is not None and country is not None and mention.start >= entry.end()
        if (
            not is_behind
            or mention.place.country_code == country
            or text[mention.end : mention.end + 2] in {", ", " ("}
        ):
            kept.append(mention)
    return kept


def _has_capital_beside(text: str, name: CityName) -> bool:
    """Whether a name stands beside another capitalised word, as in a person's name; "de", "van" may stand between."""
    before = _CAPITAL_BEFORE.search(text[max(0, name.start - 30) : name.start])
    return before is not None or _CAPITAL_AFTER.match(text, name.end) is not None


def _ends_in_office(text: str, name: Span) -> bool:
    """Whether what was taken for a person's name ends in the first word of an office: "Hobart Lord" before "Mayor"."""
    start, end = name
    return _OFFICE_GOES_ON.match(text, end) is not None and _OFFICE_BEGINS.search(text[start:end]) is not None


def _surnames_of(text: str, names: Sequence[Span]) -> frozenset[str]:
    """Folded last words of people's names."""
    whole = (text[start:end] for start, end in names if _APART.search(text, start, end) is None)
    return frozenset(fold_name(name.split()[-1]) for name in whole)


def _is_part(text: str, name: CityName, whole: Span) -> bool:
    """Whether a name is a word of a person's name; "Ana Lopes of Porto" is a person and a city."""
    if not (whole[0] <= name.start and name.end <= whole[1]) or whole == (name.start, name.end):
        return False
    return _APART.search(text, whole[0], whole[1]) is None


def _join_hyphenated(text: str, words: Sequence[FoldedWord]) -> list[FoldedWord]:
    """The words, those that a line's end has hyphenated as one: "Frank- furt"."""
    joined: list[FoldedWord] = []
    for word in words:
        last = joined[-1] if joined else None
        if last and _HYPHENATED.fullmatch(text, last.end, word.start) and text[word.start].islower():
            joined[-1] = FoldedWord(last.text + word.text, last.start, word.end)
        else:
            joined.append(word)
    return joined


def _may_begin_name(text: str, offset: int) -> bool:
    """Whether a name may begin at `offset`: a capital, or as in eThekwini and 's-Hertogenbosch; not Cho in N’Cho."""
    if _WITHIN_WORD.search(text, max(0, offset - 9), offset):
        return False
    camel = text[offset + 1 : offset + 2].isupper()
    apostrophe = text[offset] == "s" and offset > 0 and text[offset - 1] in "'’‘"
    return text[offset].isupper() or camel or apostrophe


_WITHIN_WORD = re.compile(r"(?<![^\W\d_])(?!(?i:l|d|qu|(?:d|n|s)?[ae]?ll|dall|sull|s)['’])[^\W\d_]{1,8}['’]\Z")
"""What an apostrophe joins to a name's first letter, unless it is an article or a preposition: "L’Aquila", "d’Alba"."""


def _is_initials(text: str, word: FoldedWord) -> bool:
    """Whether a word is too short for a name, or stands for one: DC, LA, UBC, unless the whole line is in capitals."""
    short = len(word.text) <= 4 and text[word.start : word.end].isupper()
    return len(word.text) < 3 or (short and not is_caps_line(text, word.start))


_TOWN = 20_000
"""People in a place that texts are likelier to mean than a namesake's given name."""


def _drop_given_names(text: str, found: Sequence[CityName]) -> list[CityName]:
    """All but those of people whom the text names in full, which are no town's usual names: "Eri" and Erie, "Berry"."""
    lesser = {
        name.folded
        for name in found
        if not any(is_main and place.population >= _TOWN for place, is_main in name.choices)
    }
    people = lesser & find_given_names(text) if lesser else frozenset()
    return [name for name in found if name.folded not in people or name.beside or says_city_before(text, name.start)]


def _close_bracket(text: str, words: Sequence[FoldedWord]) -> FoldedWord:
    """The last word of a name, with the bracket that belongs to it: "Frankfurt (Oder)"."""
    last = words[-1]
    is_open = len(words) > 1 and text[words[-2].end : last.start] == " ("
    return FoldedWord(last.text, last.start, last.end + 1) if is_open and text[last.end] == ")" else last


def _is_cut_short(text: str, word: FoldedWord) -> bool:
    """Whether a point ends an abbreviation and not the sentence: "Int. Climate Forum"."""
    return len(word.text) < LEAST_IN_CAPITALS and text[word.end : word.end + 2] == ". "


def _fills_cell(text: str, block: Block, name: FoldedWord | CityName) -> bool:
    """Whether a name is all that a table's cell holds."""
    cell = next(((a, b) for a, b in block.cells if a <= name.start < b), None)
    return cell is not None and text[slice(*cell)].strip() == text[name.start : name.end]


def _fills_state_cell(text: str, blocks: Sequence[Block], governing: Sequence[Governing], name: CityName) -> bool:
    """Whether a name is a state's, in a column of those: Ontario in "London | Ontario"."""
    header = governing[name.block].header
    return _fills_cell(text, blocks[name.block], name) and is_of_states(text, blocks, name.block, name.start, header)


def _stands_together(text: str, words: Sequence[FoldedWord]) -> bool:
    """Whether nothing but a space, a hyphen or a line's end parts the words, and each is written as part of a name.

    The last may stand in brackets: "Frankfurt (Oder)".
    """
    for before, after in pairwise(words):
        gap = re.sub(r"\n[ ]*", " ", text[before.end : after.start])
        if gap == " (" and after is words[-1] and text[after.end : after.end + 1] == ")":
            gap = " "
        stop = ". " in gap and len(before.text) > 3
        if len(gap) > 3 or "  " in gap or stop or any(c in gap for c in ",;:()|/\t•·"):
            return False
        first = text[after.start]
        joins = first.isupper() or first.isdigit() or gap in "-'’"
        if not joins and after.text not in _NAME_PARTICLES and len(after.text) > 3:
            return False
    return True


def _names_nation(text: str, name: CityName, gap_start: int, gap_end: int) -> bool:
    """Whether a name among cities is a people's, or a country's in a column of its own."""
    surface = text[name.start : name.end]
    column = "|" in text[gap_start:gap_end] or "  " in text[gap_start:gap_end]
    return find_demonym(surface) is not None or names_country(surface) or (column and find_country(surface) is not None)


def _keep_vouched(text: str, found: list[CityName]) -> list[CityName]:
    """Drop doubtful names unless they stand in one enumeration with a city: "Reading, Leeds and York"."""
    sure = [not name.is_doubtful for name in found]
    steps = [*zip(range(1, len(found)), range(len(found)), strict=False)]
    for position, neighbour in [*steps, *((b, a) for a, b in reversed(steps))]:
        if sure[neighbour] and not sure[position]:
            first, second = sorted((found[position], found[neighbour]), key=lambda name: name.start)
            gap = text[first.beside_end : second.start]
            joined = _ENUMERATION.fullmatch(gap) is not None and gap not in _PARTS_SENTENCES
            doubted = found[position]
            sure[position] = (
                joined
                and doubted.folded not in NEVER_A_PLACE
                and not _names_nation(text, doubted, first.beside_end, second.start)
            )
    return [name for name, kept in zip(found, sure, strict=True) if kept]
