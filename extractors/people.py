"""Office holders: people whom a text ties to a city ("Mayor of Freetown Yvonne Aki-Sawyerr")."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.city_context import STATE_AFTER, says_city_before
from extractors.city_mention import CityMention
from extractors.office_words import COUNCIL_MEMBER
from extractors.person_shapes import NAME, cuts, is_person_name, meets, spell_name, surname_of, trim_name
from extractors.place_names import fold_name, ordinary_sense
from schemas.document import Block

_OFFICE = (
    r"(?:(?:lord|deputy|vice|first|acting|governing|executive|former|current|outgoing|then|ex|new|"
    r"newly[- ]elected|second)[- ])*"
    r"(?:mayor(?:ess)?|provost|burgomaster|alcalde(?:sa)?|maire|b[uü]rgermeister(?:in)?|"
    r"oberb[uü]rgermeister(?:in)?|sindac[oa]|prefeit[oa]|"
    rf"{COUNCIL_MEMBER}|cllr|cr|council president|council leader|leader|president|governor|"
    r"city manager|"
    r"chief executive|head of [\w ]{3,30}|director of [\w ]{3,30}|chair(?:man|woman)?)"
)
_OF_CITY = (
    r"(?:,? (?:of|for|from|in|de|di|du)(?: the)?"
    r"(?: (?:city|town|municipality|port|capital|metropolis|borough|commune|metropolitan area)(?: of)?)? )"
)
_HALL = (
    r"(?: (?i:city|town|village|borough|district|county|regional|rural|shire|municipal|metropolitan|aboriginal|council|"
    r"municipality|corporation|assembly)){0,4}"
)
"""What may stand between a city and an office of it: "Cairns Regional Council Mayor …"."""

_LEFT = (
    re.compile(
        rf"(?P<name>{NAME})(?:,| \(| –| -|\s{{2,}}|:| as| is)? ?(?:who (?:is|was) )?(?:the |"
        rf"a )?(?i:{_OFFICE}){_OF_CITY}$"
    ),
    re.compile(
        rf"(?i:{_OFFICE}) (?P<name>{NAME})(?: \(|,? (?:of|from)(?: the city of)? |"
        r", (?:(?:[Cc]ity|[Tt]own|[Vv]illage|[Bb]orough|[Tt]ownship|[Mm]unicipality) of )?)$"
    ),
    re.compile(
        rf"(?P<name>{NAME})(?: \(|,? (?:of|from|for) |,? (?:whose|her|his) (?:city|town),? )"
        rf"(?:the )?(?:[Cc]ity of )?$"
    ),
    re.compile(rf"(?P<name>{NAME})(?:, |\s{{2,}}| \| | [-–—] |: )$"),
)
_LEFT_OF_STATE = re.compile(rf"(?P<name>{NAME}) $")
_TITLES = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Eng|Ing|Hon|Cllr|Sir|Dame|H\.\s?E)\.? )*"
_RIGHT_OF_OFFICE = re.compile(rf"(?:,| \(|:| –| -)?[ \n]{_TITLES}(?P<name>{NAME})")
_OFFICE_BEFORE = re.compile(rf"(?i:{_OFFICE}){_OF_CITY}$")
_RIGHT = (
    re.compile(rf"(?:'s|’s|s['’])?{_HALL},? (?:own )?(?i:{_OFFICE}),? (?:is )?{_TITLES}(?P<name>{NAME})"),
    re.compile(rf"(?:'s|’s|s['’]) {_TITLES}(?P<name>{NAME})"),
    re.compile(
        rf"(?:,? \([A-Z]{{2,3}}\))?(?: \(|,? in the (?:person|shape) of |,? (?:represented by|under|with) |: )"
        rf"(?:(?i:{_OFFICE}),? )?{_TITLES}(?P<name>{NAME})"
    ),
)
_OF_NEXT = re.compile(r",? (?:of|from) ")
_RIGHT_OF_ITEM = re.compile(
    rf"(?:,? \(?[A-Z]{{2,3}}\)?|,? \([A-Z][a-z ]+\))?(?: \(|: | [-–—] |, |\s{{2,}}| \| )(?:(?i:{_OFFICE})"
    rf",? )?{_TITLES}(?P<name>{NAME})"
)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person whom the text ties to a city."""

    name: str
    start: int
    """Half-open offsets of the name in the text."""
    end: int
    city: CityMention
    rank: int
    """How sure the tie is: 0 states an office of the city, 1 stands beside it, 2 shares a list item."""

    @property
    def surname(self) -> str:
        """The surname, folded."""
        return fold_name(surname_of(self.name))


def find_holders(text: str, blocks: Sequence[Block], cities: Sequence[CityMention]) -> list[Holder]:
    """The people tied to a city by the words around its mentions, at most one for each mention, in text order."""
    holders = []
    block_at = 0
    starts = [city.start for city in cities]
    for city in cities:
        while block_at + 1 < len(blocks) and blocks[block_at].end <= city.start:
            block_at += 1
        block = blocks[block_at]
        above = blocks[block_at - 1] if block_at else None
        near = cities[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        spans = [(c.start, c.end) for c in near if c is not city]
        holder = _find_holder(text, block, city, spans)
        if holder is None and above is not None:
            holder = _find_above(text, above, block, city)
        if holder is not None:
            holders.append(holder)
    holders += _find_mayors_alone(text, blocks, cities, holders)
    return sorted(holders, key=lambda holder: holder.start)


_MAYOR_ALONE = re.compile(
    rf"\b(?:[Mm]ayor|Lord Mayor|[Tt]he mayor,|(?:[Oo]ur|[Ii]ts) mayor,) (?P<name>{NAME})"
    r"(?![\w'’-]| (?:of|from)\b| ?\(| [A-Z])"
)


def _find_mayors_alone(
    text: str, blocks: Sequence[Block], cities: Sequence[CityMention], known: Sequence[Holder]
) -> list[Holder]:
    """ "Mayor Mike Vandersteen" without a city: of the city named last before, such as the dateline's."""
    surnames = {holder.surname for holder in known}
    named = {(city.start, city.end) for city in cities}
    ends = [city.end for city in cities]
    found = []
    # Within a block, since the next line of a list begins with a capital as well, often a city's.
    for match in (match for block in blocks for match in _MAYOR_ALONE.finditer(text, block.start, block.end)):
        span = trim_name(text, match.start("name"), match.end("name"))
        before = bisect_right(ends, match.start())
        if span is None or span in named or not before or any(meets((h.start, h.end), span) for h in known):
            continue
        holder = Holder(spell_name(text[slice(*span)]), *span, city=cities[before - 1], rank=1)
        if holder.surname not in surnames:
            surnames.add(holder.surname)
            found.append(holder)
    return found


def _find_holder(text: str, block: Block, city: CityMention, others: list[tuple[int, int]]) -> Holder | None:
    left_from = max(block.start, city.start - 110)
    left = text[left_from : city.start].replace("\n", " ")
    right_to = min(block.end, city.end + 90)
    right = text[city.end : right_to].replace("\n", " ")
    listed = bool(block.cells) or block.end - block.start < 140
    attempts: list[tuple[re.Match[str] | None, int, int]] = [(_LEFT[0].search(left), left_from, 0)]
    if _OFFICE_BEFORE.search(left):
        attempts.append((_RIGHT_OF_OFFICE.match(right), city.end, 0))
    attempts += [(_RIGHT[0].match(right), city.end, 0), (_LEFT[1].search(left), left_from, 0)]
    attempts += [(_LEFT[2].search(left), left_from, 1), (_RIGHT[1].match(right), city.end, 1)]
    attempts += [(_RIGHT[2].match(right), city.end, 1)]
    if STATE_AFTER.match(right):
        attempts.append((_LEFT_OF_STATE.search(left), left_from, 2))
    if listed:
        attempts += [(_LEFT[3].search(left), left_from, 2), (_RIGHT_OF_ITEM.match(right), city.end, 2)]
    for match, offset, rank in attempts:
        if match is None:
            continue
        if match.re is _RIGHT[0] and match.group().startswith(",") and _OF_NEXT.match(right, match.end()):
            continue  # "Oklahoma City, Mayor Nan Whaley of Dayton" names the mayor of the next
        span = trim_name(text, offset + match.start("name"), offset + match.end("name"))
        if span and any(start == span[0] and says_city_before(text, start) for start, _ in others):
            continue  # "Mayor of Rize Rahmi Metin, Mayor of Beykoz Murat Aydın"
        if span and not any(cuts(other, span) for other in others) and not meets((city.start, city.end), span):
            return Holder(spell_name(text[slice(*span)]), *span, city=city, rank=rank)
    return _find_in_entry(text, block, city) if listed and not others else None


def _find_above(text: str, above: Block, block: Block, city: CityMention) -> Holder | None:
    """The name that stands alone on the line over "Mayor of Zion, Illinois"."""
    name = re.fullmatch(NAME, text[above.start : above.end].strip(" ,"))
    office = re.match(
        rf"(?i:{_OFFICE})|(?i:(?:vice[- ])?(?:president|chair)|director|treasurer)", text[block.start : block.end]
    )
    span = trim_name(text, above.start, above.end) if name and office and city.end - block.start < 60 else None
    return Holder(spell_name(text[slice(*span)]), *span, city=city, rank=0) if span else None


def _find_in_entry(text: str, block: Block, city: CityMention) -> Holder | None:
    """The one person named anywhere in a row or list item that names one city."""
    for start, end in block.cells or ((block.start, block.end),):
        for match in re.finditer(NAME, text[start:end]):
            span = trim_name(text, start + match.start(), start + match.end())
            if span is None or meets((city.start, city.end), span):
                continue
            # A cell that begins with two capitalised words beside the city's is a name; elsewhere the given name tells.
            opens_cell = bool(block.cells) and span[0] == start and not meets((city.start, city.end), (start, end))
            if is_person_name(text[slice(*span)]) or (opens_cell and not _has_ordinary_word(text[slice(*span)])):
                return Holder(spell_name(text[slice(*span)]), *span, city=city, rank=2)
    return None


def _has_ordinary_word(name: str) -> bool:
    return any(ordinary_sense(word) not in (None, "person") for word in name.split())
