"""Whether the words around a place name leave it a city's: not a person's, a club's, a treaty's or a word's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.city_areas import AREA_WORDS
from extractors.countries import find_country, find_demonym, find_full_regions, find_regions
from extractors.office_words import COUNCIL_MEMBERS, FOREIGN_MAYORS
from extractors.place_names import FoldedWord, fold_name, ordinary_sense
from schemas.document import Block
from schemas.vocabulary import BlockKind

_NOT_A_CITY_AFTER = frozenset(
    """accord accords agreement treaty convention declaration protocol charter university college club fc united rovers
    wanderers athletic airport harbour harbor island islands peninsula river lake sea bay gulf state airlines times
    post tribune herald gazette chronicle stock exchange street road avenue square hotel palace museum process
    principles rules summit club's school institute bank games olympics marathon derby pledge pact consensus group
    hall valley""".split()
) | frozenset(AREA_WORDS)
"""Right after a name, capitalised: what the whole names is no city (or the network finder's business)."""
_BEGINS_ANEW = frozenset("the a an in on for from with to of and".split())
"""Capitalised right after a name they begin something else, as in rows that lost their columns."""
_ON_THE_NEXT_LINE = frozenset("street road avenue square airport university college".split())
_STILL_A_CITY_AFTER = frozenset(
    """city council metropolitan municipality town mayor mayors deputy vice lord district municipal metropole capital
    borough s government administration corporation village township shire cllr councillors councilors commune
    agglomeration aboriginal""".split()
) | frozenset(COUNCIL_MEMBERS)
_OFFICE_AFTER = re.compile(
    r" (?:(?:Executive|Governing|Acting|Interim|First|Second|Third|Former) (?:Deputy |Vice[- ])?Mayor"
    r"|Chief Resilience Officer|(?P<state>Governor))\b"
)
"""Offices of several words, and one that cities and states have: "Tokyo Governor Yuriko Koike"."""
HEADLINE_VERBS = frozenset("joins becomes hosts signs wins takes named elected announces welcomes".split())
"""Capitalised in titles, right after a city: "Nairobi Joins the C40"."""
_HEADLINE_VERBS_BEFORE = frozenset("welcomes joins joined".split())
"""Capitalised in titles, right before a city: "Eurocities Welcomes Oslo"."""
_HYPHENATED_AFTER = frozenset(
    """based led area wide hosted headquartered centred centered backed bound run city born
    am an der en la le les lez lès sous sur on upon under de del di do da the next by""".split()
)
"""In lower case after a name and a hyphen: "Oslo-based", "Frankfurt-am-Main"; "Agro-ecological" names no Agra."""
_NAME_GOES_ON = re.compile(r"(?:-[a-z]{2,5}){1,2}-[A-ZÀ-ÖØ-Þ]")
"""Of a longer name, which the gazetteer lacks: "Saint-Pierre" of "Saint-Pierre-de-Clages"."""
_TITLES_BEFORE = frozenset(
    """mayor mayors president city greater metropolitan town municipality alderman councillor downtown central capital
    host port old borough commune ville stadt comune ayuntamiento grand
    cities towns municipalities capitals members partner partners""".split()
)
OFFICE_ENDINGS = ("chair", "president", "treasurer", "secretary", "member", "emeritus", "host", "winner")
"""Ends of words that stand before a city in lists of offices, some glued to a name: "Kate GallegoChair Phoenix, AZ"."""
_COUNCILLOR = "|".join(("Council [Mm]ember", *(word.capitalize() for word in COUNCIL_MEMBERS)))
_NAMED_OFFICER = re.compile(
    rf"[A-ZÀ-Þ][\w.'’-]+ [A-ZÀ-Þ][\w'’-]+(?:,? (?:Jr|Sr)\.?)? (?:Vice |Deputy )?"
    rf"(?:Mayor|{_COUNCILLOR}) $"
)
"""Before a city, in rows that lost their columns: "Joy Cooper Mayor Hallandale Beach Past President"."""
_OFFICER_LENGTH = 60
_OFFICES_AFTER = frozenset(
    "past immediate president vice first second third chair director treasurer secretary member board at".split()
)
"""First words of what else such an officer is: "Past President", "Board Member", "At-large"."""
_REGIONAL_COUNCIL = re.compile(r" Regional Council (?:Deputy )?(?:Mayor|Cr|Councillor)\b")
"""A municipality's, where a mayor heads it: "Cairns Regional Council Mayor Bob Manning"."""
_PLACE_PREPOSITIONS = frozenset("in of from at near to by via for between around de and".split())
_WHERE = frozenset("in at near around".split())
"""Before the surname of a person whom the text names they tell a place: "in Lincoln", not "from Lincoln"."""
PERSON_TITLES = frozenset(
    "mr mrs ms dr prof professor sir dame lord lady mayor president councillor alderman senator minister".split()
)
_SURNAME_AFTER = re.compile(rf"(?:\b(?:M(?:r|rs|s)|Dr|Prof|Cllr)\.? |\b(?:{_COUNCILLOR}|Madam|Senator|Minister) )$")
"""Before a single name, with nothing between: that of a person."""
_MAYOR_BEFORE = re.compile(r"\bMayor $")
_SAYS_MORE = re.compile(r"['’]s\b| [a-z]|[.!?]")
_CITY_STATES = frozenset(
    [
        "sao tome",
        "zanzibar",
        "singapore",
        "monaco",
        "luxembourg",
        "macau",
        "macao",
        "gibraltar",
        "djibouti",
        "hong kong",
    ]
)
_SAYS_CITY_BEFORE = re.compile(
    r"(?:city|town|municipality|mayors?|borough|port|council|commune|district|citizens|people|streets) of $"
)
_SAYS_CITY_AFTER = re.compile(r"(?:'s|’s|s['’])? (?:mayor|city (?:council|hall)|municipality|town hall)\b")
_MAYOR_IN_BRACKETS = re.compile(r" \([^()\n]{3,60}, (?i:(?:deputy |vice[- ])?mayor)\)")
"""After a city: "Bar (Dušan Raičević, mayor)"."""
_SAYS_PLACE_BEFORE = re.compile(r"\b(?:in|from|at|near|outside) $")
_COUNTY_BOROUGH = re.compile(r" County Borough\b")
_TITLE_BEFORE = re.compile(
    r"\b(?:European|World|National|International|Global|Creative|Ibero-American|UNESCO) "
    r"(?:City|Cities|Town|Towns|Capital|Capitals) of (?:the )?$"
)
"""Before an everyday word that a title is of: "European City of Wine"."""
_STREET_AFTER = re.compile(
    r" (?:street|avenue|boulevard|square)(?=[.,;)\n]|$)"
    r"|,? \d{1,4}[a-z]?, (?:\d+(?:st|nd|rd|th) [Ff]loor|(?:[A-Z]{1,2}-)?\d{4,5} [A-Z])"
)
"""After a street's name: "out of Avinyó street.", "Avinyó 15, 4th floor", "Corrientes 348, 2000 Rosario"."""
_STREET_BEFORE = re.compile(
    r"(?:^|[^\w])(?:rue|quai|avenue|boulevard|chemin|calle|carrer|c/|paseo|plaza|glorieta|via|viale|piazza|corso|rua|"
    r"avenida|stra(?:ß|ss)e|ulica|ul\.)(?: (?:de|del|della|di|da|do|des|du|la|las|los|le|les|l'|d'))*[ '’]$",
    re.IGNORECASE,
)
_NAME_BEGINNINGS = frozenset(
    """bad north south east west southeast southwest northeast northwest northern southern eastern western new old
    upper lower great saint san santa santo port el la las los""".split()
)
"""Alone before another capitalised word they are but the beginning of a name that the gazetteer lacks."""
_SITE_WORDS = frozenset(
    """home welcome contact search menu news events media press about imprint login share map help legal english
    culture""".split()
)
_AREA_BEFORE = re.compile(
    rf"\b(?:(?i:{'|'.join(AREA_WORDS)}|department|canton)|Emirate|Diocese|Archdiocese|Kingdom|Duchy) of (?:the )?$"
    r"|(?:^|[,(|–\n-]\s?|\b(?:in|of|from|and) )(?:Co\.|County) $"
)
"""What the whole names is no city: "the Province of Barcelona", "Cashel, Co. Tipperary"."""
_OF_AREA = re.compile(r"\sof\s(?:the\s)?[A-Z]")
_CODE_BEFORE = re.compile(r"(?<![\w-])[A-Z]{2,4}-$")
_ONE_NAME = re.compile(r"[^\W\d_]+(?:[ \n-][^\W\d_]+)*")
_INITIAL_AFTER = re.compile(r" [A-Z]\. [A-Z]")
STATE_AFTER = re.compile(r" ([A-Z]{2})(?![\w.])")
"""After a city, as in rows that lost their columns: "Loretta Spencer Huntsville AL"."""
_POSTCODE_BEFORE = re.compile(r"(?<!\d)\d{4,5} $")
_INITIAL_BEFORE = re.compile(r"(?<!\w)[A-Z]\. ?$")
_NICKNAME = r"[“\"][\w. ]{1,15}[”\"]"
_NICKNAME_AFTER = re.compile(rf" {_NICKNAME} [A-Z]")
_CAPITAL_WORD = re.compile(r"(?<!\w)[A-Z](?=\w)")
_RUNS_ON = re.compile(r" (?!and\b|or\b|in\b)[a-z]{2}|: +\w")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_AFTER = re.compile(r" (?:19|20)\d\d")
NO_NAMES_BESIDE_A_CITY = frozenset(
    """january february march april may june july august september october november december spring summer autumn winter
    europe asia africa america oceania monday tuesday wednesday thursday friday saturday sunday""".split()
)
_PARTS_OF_STATES = frozenset({"north central", "south central"})
_TOWN_HALLS = frozenset({"hotel de ville", "town hall"})
_OTHER_WORDS = frozenset(
    """two three four five six seven eight nine ten eleven twelve
    headquarters name area phone logo leader economy jury postal corporation zone ward nord sud
    chair council board president member treasurer secretary director vice committee gen winner date one cooks
    commissioner provost minister officer none
    arab african asian european american latin nordic central culture republic hall hilton palazzo academy cohort energy
    congress north south east west sea forest ile arial madam duma heritage host xinhua
    alabama alaska arizona arkansas california colorado connecticut florida hawaii idaho illinois iowa kansas kentucky
    louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma
    oregon pennsylvania tennessee texas utah vermont virginia wisconsin wyoming
    espana nederland danmark marruecos andalucia lombardia corsica spanish presidente""".split()
)
NEVER_A_PLACE = NO_NAMES_BESIDE_A_CITY | _PARTS_OF_STATES | _TOWN_HALLS | _OTHER_WORDS
"""Unless the words "city of" say so, whatever place bears the name."""
_FULL_NAME = re.compile(
    r"(?:(?P<title>Mayor|Mr|Mrs|Ms|Dr|Prof|Professor|President|Cllr|Sir|Dame|Minister|Judge|Senator|"
    rf"Secretary[- ]General|{_COUNCILLOR}|mayor|mayoress|{'|'.join((*COUNCIL_MEMBERS, *FOREIGN_MAYORS))})\.? )?"
    r"(?P<first>[A-Z][a-zà-ÿ’'-]+) "
    rf"(?:[A-Z]\. |{_NICKNAME} |(?:de|da|van|von|der|den|bin|al|el|di|la|le) ){{0,2}}(?P<last>[A-Z][\w’'-]+)"
)


_OFFICE_BEHIND = re.compile(
    r",? (?:the )?(?:(?:[Vv]ice|[Dd]eputy|[Ll]ord)[ -])?(?:[Mm]ayor|[Pp]resident|[Cc]ouncillor|[Gg]overnor)\b"
)
"""Right after a person's name."""
_APPOSED_OFFICE = re.compile(
    r", (?:an? |the )?(?:(?:former|then|current|present|new|outgoing) )?(?:(?:vice|deputy)[- ]?)?"
    r"(?:mayor|president|councill?or|chair(?:man|woman|person)?|governor) (?:of|for|at)\b"
)
"""Right after a person's name that no title marks: "Cary Weston, a former chairman of …"."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place name where it stands in a block."""

    text: str
    """The document's text."""
    block: Block
    words: Sequence[FoldedWord]
    """Of the block, with the document's offsets."""
    at: int
    """Index of the name's first word."""
    length: int
    """In words."""

    @property
    def start(self) -> int:
        """Offset of the name."""
        return self.words[self.at].start

    @property
    def end(self) -> int:
        """Offset after the name."""
        return self.words[self.at + self.length - 1].end

    @property
    def surface(self) -> str:
        """The name as written."""
        return self.text[self.start : self.end]

    @property
    def folded(self) -> str:
        """The name as the gazetteer compares it."""
        return " ".join(word.text for word in self.words[self.at : self.at + self.length])

    @property
    def before(self) -> FoldedWord | None:
        """The word before the name; none at the block's start."""
        return self.words[self.at - 1] if self.at else None

    @property
    def after(self) -> FoldedWord | None:
        """The word after the name; none at the block's end."""
        end = self.at + self.length
        return self.words[end] if end < len(self.words) else None

    @property
    def stands_in_capitals(self) -> bool:
        """Whether its whole line is in capitals, so that capitals tell nothing."""
        return is_caps_line(self.text, self.start)


def is_caps_line(text: str, offset: int) -> bool:
    """Whether the line around `offset` is in capitals (nine letters in ten, of more than eight)."""
    stop = text.find("\n", offset)
    return _is_in_capitals(text[text.rfind("\n", 0, offset) + 1 : stop if stop >= 0 else len(text)])


@lru_cache(maxsize=1024)
def _is_in_capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def find_surnames(text: str) -> frozenset[str]:
    """Folded surnames of people whom a text names in full: a title or a given name, and another name."""
    surnames = set()
    for match in _FULL_NAME.finditer(text):
        if match["first"].casefold() in _TITLES_BEFORE:
            continue  # "President City Osaka"
        is_named = match["title"] or ordinary_sense(match["first"]) == "person"
        if is_named or _APPOSED_OFFICE.match(text, match.end()):
            surnames.add(fold_name(match["last"]))
    return frozenset(surnames)


def find_given_names(text: str) -> frozenset[str]:
    """Folded given names of people whom a text names in full with an office: "Mayor Eri Cahyadi"."""
    matches = (m for m in _FULL_NAME.finditer(text) if m["title"] or _OFFICE_BEHIND.match(text, m.end()))
    return frozenset(fold_name(match["first"]) for match in matches if match["first"].casefold() not in _TITLES_BEFORE)


def may_be_city(name: Occurrence, persons: frozenset[str]) -> bool:
    """Whether a name may be a city's by the words right beside it.

    Args:
        name: the name where it stands.
        persons: folded surnames of people whom the text names.
    """
    text, start, end = name.text, name.start, name.end
    if _is_surname(name):
        return False
    glued = start > name.block.start and text[start - 1] in "@#.-" and not _follows_code(name)
    if glued or text[end : end + 1] == "&" or _STREET_BEFORE.search(text[max(name.block.start, start - 28) : start]):
        return False
    if _STREET_AFTER.match(text, end, name.block.end):
        return False
    if ordinary_sense(name.surface) == "word" and _TITLE_BEFORE.search(text, max(name.block.start, start - 40), start):
        return False
    if (
        _abbreviates(name)
        or _is_of_area(name)
        or (name.folded == "canton" and _OF_AREA.match(text, end))
        or _AREA_BEFORE.search(text[max(name.block.start, start - 24) : start])
    ):
        return False
    return _agrees_with_after(name) and _agrees_with_before(name, persons)


def _is_surname(name: Occurrence) -> bool:
    """Whether a title makes a person of it: "Councillor MacKay", "Mayor Heron is …"; not "Mayor Oslo" in a table."""
    before = name.text[max(name.block.start, name.start - 16) : name.start]
    after = name.after
    if after is not None and after.text in ("mayor", "city") and name.text[name.end : after.start] == " ":
        return False
    if _SURNAME_AFTER.search(before):
        return not _follows_officer(name)
    return _MAYOR_BEFORE.search(before) is not None and _SAYS_MORE.match(name.text, name.end) is not None


def _is_of_officer(name: Occurrence, after: FoldedWord) -> bool:
    """Whether a mayor's council or an officer's further office follows."""
    if _REGIONAL_COUNCIL.match(name.text, name.end):
        return True
    return after.text in _OFFICES_AFTER and _follows_officer(name)


def _is_of_office(name: Occurrence) -> bool:
    """Whether an office follows that a city has, where the name is no state's: "New York Governor" has none."""
    office = _OFFICE_AFTER.match(name.text, name.end)
    return office is not None and not (office["state"] and find_full_regions(name.surface))


def _follows_officer(name: Occurrence) -> bool:
    """Whether a person's full name and office stand right before it."""
    return (
        _NAMED_OFFICER.search(name.text[max(name.block.start, name.start - _OFFICER_LENGTH) : name.start]) is not None
    )


def _follows_code(name: Occurrence) -> bool:
    """Whether capitals and a hyphen stand before it, as of a class or a country: "FR-Paris", "GOV-Tel Aviv"."""
    return _CODE_BEFORE.search(name.text[max(name.block.start, name.start - 7) : name.start]) is not None


def _is_of_area(name: Occurrence) -> bool:
    """Whether it and the words beside it name a country or region: "Sri Lanka", "Nova Scotia", "Rio Grande do Sul"."""
    end = name.at + name.length
    for first in range(max(0, name.at - 1), name.at + 1):
        for last in range(end - 1, min(end + 3, len(name.words))):
            if (first, last) == (name.at, end - 1):
                continue
            surface = name.text[name.words[first].start : name.words[last].end]
            if surface[0].isupper() and _ONE_NAME.fullmatch(surface) and _names_area(" ".join(surface.split())):
                return True
    return False


def _names_area(phrase: str) -> bool:
    return find_country(phrase) is not None or bool(find_full_regions(phrase))


def _abbreviates(name: Occurrence) -> bool:
    """Whether it is given as short for the words before: `Tourism, Arts, Parks, Entertainment & Sports (TAPES)`."""
    text, start, end = name.text, name.start, name.end
    if text[start - 1 : start] != "(" or text[end : end + 1] != ")" or not name.surface.isupper():
        return False
    initials = iter(_CAPITAL_WORD.findall(text, max(name.block.start, start - 120), start))
    return all(letter in initials for letter in name.surface)


def _agrees_with_after(name: Occurrence) -> bool:
    after = name.after
    if after is None:
        return True
    gap = name.text[name.end : after.start]
    capital = name.text[after.start].isupper()
    if gap == "-" and not capital:
        return after.text in _HYPHENATED_AFTER and not _NAME_GOES_ON.match(name.text, name.end)
    if gap == "-" and ordinary_sense(name.surface) == "person":
        return False  # "Jean-Paul"
    if _INITIAL_AFTER.match(name.text, name.end):
        return False  # "Paul R. Soglin"
    if ordinary_sense(name.surface) == "person" and _NICKNAME_AFTER.match(name.text, name.end):
        return False
    wrapped = gap == "\n" and name.block.kind is BlockKind.PARAGRAPH  # "in Western / Australia"
    if (gap == " " or wrapped) and capital and name.folded in _NAME_BEGINNINGS:
        return False
    if not gap.isspace() or "  " in gap or not capital or name.stands_in_capitals:
        return True
    if gap != " ":  # a line's end: what follows may be another matter, but a street is a street
        return after.text not in _ON_THE_NEXT_LINE
    if after.text in _BEGINS_ANEW:
        return True
    if after.text in _NOT_A_CITY_AFTER:
        return _COUNTY_BOROUGH.match(name.text, name.end) is not None
    # "Oslo City Council" and "mayor of Oslo Raymond Johansen" have a city; "Milan Baros" and "Lisbon Agenda" have none.
    before = name.before
    # "2004 Genoa Another city is possible" is a row that lost its columns.
    told_before = before is not None and (before.text in _PLACE_PREPOSITIONS or _YEAR.fullmatch(before.text))
    told_after = after.text in _STILL_A_CITY_AFTER or after.text in HEADLINE_VERBS or _is_of_office(name)
    if told_before or told_after or _is_of_officer(name, after):
        return True
    word = name.text[after.start : after.end]
    if word.isupper():
        # "David O'Loughlin" is a person, "1362 Copenhagen K" a postal district.
        return len(word) > 1 or _POSTCODE_BEFORE.search(name.text[max(0, name.start - 8) : name.start]) is not None
    return find_country(word) is not None or find_demonym(word) is not None


def _agrees_with_before(name: Occurrence, persons: frozenset[str]) -> bool:
    before = name.before
    state = STATE_AFTER.match(name.text, name.end)
    if name.stands_in_capitals or (state is not None and find_regions(state[1])):
        return True  # "Loretta Spencer Huntsville AL", as in tables that lost their columns
    if before is None:
        # "Mitchell to lead the mayors" over an article on Jon Mitchell; alone on its line it is a row of a list.
        return name.folded not in persons or not _RUNS_ON.match(name.text, name.end)
    if _follows_officer(name):
        return True
    gap = name.text[before.end : name.start]
    word = name.text[before.start : before.end]
    after = name.after
    titled = before.text in PERSON_TITLES and gap == " " and word[0].isupper()
    if titled and after is not None and name.text[name.end : after.start] == " " and name.text[after.start].isupper():
        # "President Donald J. Trump" has no city, "NLC President Avondale Mayor Lopez" has.
        return after.text in _STILL_A_CITY_AFTER or find_country(after.text) is not None
    if gap in (" ", "\n") and word[0].isupper() and not begins_sentence(name.text, before.start, name.block.start):
        return name.folded not in persons and _may_stand_before(before.text)
    if gap == ". " and len(word) == 1 and word.isupper():
        return False  # an initial: "F. Lisbon"
    return name.folded not in persons or before.text in _WHERE or says_city_before(name.text, name.start)


def _may_stand_before(word: str) -> bool:
    """Whether a capitalised word may stand right before a city: "Mayor Oslo" may, "Anne Hidalgo" not."""
    if word in _TITLES_BEFORE | _HEADLINE_VERBS_BEFORE | NO_NAMES_BESIDE_A_CITY or word.endswith(OFFICE_ENDINGS):
        return True
    return find_demonym(word.title()) is not None or find_country(word) is not None


def begins_sentence(text: str, offset: int, block_start: int) -> bool:
    """Whether a sentence, or a part of one behind a comma or dash, may begin at `offset`; a block begins one."""
    if offset <= block_start:
        return True
    if _INITIAL_BEFORE.search(text, max(0, offset - 4), offset):
        return False  # "M. Ergün Turan"
    lead = text[max(0, offset - 3) : offset].rstrip("\"'“‘«( ")
    return not lead or lead[-1] in ".!?:;•·–—-|\n)\t,"


def says_city_before(text: str, offset: int) -> bool:
    """Whether the words before make a city of a name: "Mayor of Rize Rahmi Metin" is a city and its mayor."""
    return _SAYS_CITY_BEFORE.search(text[max(0, offset - 20) : offset].lower()) is not None


def names_country(surface: str) -> bool:
    """Whether a name is a country's and not a city-state's."""
    return find_country(surface) is not None and fold_name(surface) not in _CITY_STATES


def is_doubtful(name: Occurrence, beside: str | None) -> bool:
    """Whether a name is an everyday word or a country too ("Reading", "Most"), and nothing says that a city is meant.

    Args:
        name: the name where it stands.
        beside: the country that stands beside it, if any.
    """
    sense = ordinary_sense(name.surface)
    # A surname alone is told from a city by what stands before it, which may_be_city has seen.
    if beside or name.folded in _CITY_STATES or sense == "person":
        return False
    is_country = names_country(name.surface)
    ordinary = sense is not None or name.folded in NEVER_A_PLACE
    if not ordinary and not is_country and find_demonym(name.surface) is None:
        return False
    return not _is_vouched_for(name, is_country=is_country)


def _is_vouched_for(name: Occurrence, *, is_country: bool) -> bool:
    before = name.text[max(name.block.start, name.start - 24) : name.start].casefold()
    after = name.text[name.end : name.end + 24].casefold()
    if name.folded in _SITE_WORDS:
        return False
    if _SAYS_CITY_BEFORE.search(before):
        return True
    if name.folded in NEVER_A_PLACE:
        return False
    if _SAYS_CITY_AFTER.match(after) or _MAYOR_IN_BRACKETS.match(name.text, name.end, name.block.end):
        return True
    if is_country or ordinary_sense(name.surface) == "people":  # "in German" is a language
        return False
    if _SAYS_PLACE_BEFORE.search(before) and name.length == 1:
        return not _YEAR_AFTER.match(after)
    # A row's cell or an item that consists of the name.
    block = name.block
    cell = next(((a, b) for a, b in block.cells if a <= name.start < b), (block.start, block.end))
    alone = name.text[slice(*cell)].strip(" *†‡()¹²³") == name.surface
    return alone and block.kind not in {BlockKind.HEADING, BlockKind.TABLE_HEADER}
