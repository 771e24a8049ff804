"""What names of persons look like: runs of capitalised words, cut where a word stands that no person is called."""

import re

from extractors.countries import find_continent, find_country, find_demonym, find_regions
from extractors.office_words import FOREIGN_MAYORS
from extractors.place_names import ordinary_sense
from extractors.relation_masks import Span

_PARTICLE = r"(?:de|da|do|dos|das|del|della|di|van|von|der|den|el|al|bin|ibn|ben|le|la|y|e|ter|ten|zu|af|av)"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽŞİ]"
_WORD = rf"(?:(?:{_CAPITAL}\.)+|{_CAPITAL}[\w'’]*(?:-\n?{_CAPITAL}?[\w'’]+)*|(?:al|el|d|l)[-'’]{_CAPITAL}[\w'’-]+)"
_NICKNAME = r"(?:[“\"'‘][A-Z][\w. ]{0,14}[”\"'’] )?"
_NEXT = rf"(?:[ \n]{_NICKNAME}(?:{_PARTICLE}[ \n]){{0,2}}{_WORD})"
_GENERATION = r"(?:,?[ ](?:(?:Jr|Sr)(?:\.|\b)|III?\b))?"
NAME = rf"(?<!\w){_WORD}{_NEXT}{{1,4}}{_GENERATION}"
"""A regular expression for two to five capitalised words, with what stands between them in names."""
_PARTICLES = re.compile(_PARTICLE)
_RUN = re.compile(rf"(?<![\w'’-]){_WORD}{_NEXT}{{1,14}}{_GENERATION}")
_HYPHENATED = re.compile(r"-\n(?=[a-zß-ÿā-ž])")
_LONGEST = 6
"""Words of a name with its initials; more are a heading or a row of names without anything between them."""
_NO_NAME = frozenset(
    """the a an our its their this new that these those we he she it they who what about unlike within today whatever
    because since then there here now later next last during among through against despite although though however yet
    not only even other others all some many most each every such
    under in at on of for from with by after before when while as but and or both also

    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday

    mr mrs ms dr sir dame hon dear lord professor mayor mayors president presidents vice deputy first second third
    former past immediate outgoing senior chief administrative chair chairs chairman chairwoman chairperson co-chair
    co-chairs co-president co-presidents vice-president vice-presidents vice-chair head secretary treasurer director
    minister governor commissioner councillor councilor councilmember councilman councilwoman alderman cllr cr reeve
    officer administrator coordinator rapporteur lead leader speaker expert member members associate observer full
    founding pro tem emeritus

    city town village shire aboriginal council board committee subcommittee executive network association general
    assembly congress forum world international european global municipality municipal metropolitan local national
    regional urban university union league alliance coalition climate summit conference annual office department
    agency authority commission commissioners group section unit team foundation society club college institute
    institution company corporation ltd gmbh status role country agenda award awards prize project programme program
    cities towns municipalities capitals communities governments government authorities activity activities centre
    center school services development

    region regions area areas province provinces county counties district governorate prefecture oblast canton
    republic islands america asia africa oceania pacific caribbean
    street avenue boulevard road rue calle via ville square grand métropole metropole agglomération agglomeration

    change safety resources affairs reform education health mobility transport transportation energy housing tourism
    culture economy finance planning resilience sustainability innovation inclusion equality efficiency management
    strategic plan strategy charter declaration deal growth party palace hotel inn museum airport stadium arena theatre
    cathedral festival lab pact fund cbe obe mbe prof
    welfare issues knowledge environment heritage presidente câmara conselho""".split()
) | frozenset(FOREIGN_MAYORS)
"""Words that stand beside names, or look like a name with another, and that nobody is called."""


_SUFFIXES = frozenset("jr sr ii iii iv cbe obe mbe mep phd".split())
_MONTHS_TOO = frozenset({"May", "April", "June", "August", "March"})
_KIND_BEHIND = re.compile(r"[ \n](?:region|area|county|district|division|province|section|chapter|committee|network)\b")
"""What a name before it is no person's: `Mountain Plains region`."""
_DAY_OR_YEAR = re.compile(r"[ \n,]*\d")


def find_names(text: str) -> list[Span]:
    """Half-open offsets of what looks like the full name of a person, in order and not overlapping.

    Of several capitalised words in a row ("Hazel Crest Village President Vernard L. Alsberry, Jr.") those between words
    that nobody is called are looked at one by one.
    """
    found = []
    for run in _RUN.finditer(text):
        for words in _part(text, *run.span()):
            if len(words) <= _LONGEST and (span := _judge(text, words)):
                found.append(span)
    return found


def trim_name(text: str, start: int, end: int) -> Span | None:
    """Cut words that belong to no name off both ends; None where less than two words are left or a place is."""
    parts = _part(text, start, end)
    return _judge(text, parts[0]) if parts else None


def surname_of(name: str) -> str:
    """The last word of a name that is no suffix: Alsberry of "Vernard Alsberry, Jr.", Forbes of "Nick Forbes CBE"."""
    words = name.split()
    while len(words) > 1 and words[-1].strip(".,").casefold() in _SUFFIXES:
        words.pop()
    return words[-1].rstrip(",")


def spell_name(name: str) -> str:
    """A name as it stands in a text, in one line and with words whole that a line's end hyphenates."""
    return " ".join(_HYPHENATED.sub("", name).replace("-\n", "-").split())


def is_name_alone(text: str) -> bool:
    """Whether a line is a person's full name and nothing else."""
    return re.fullmatch(NAME, text) is not None and trim_name(text, 0, len(text)) == (0, len(text))


def is_person_name(name: str) -> bool:
    """Whether a capitalised phrase is a person's name: it begins with a given name."""
    return ordinary_sense(name.split(maxsplit=1)[0]) == "person"


def meets(one: Span, other: Span) -> bool:
    """Whether two stretches of a text overlap."""
    return one[0] < other[1] and other[0] < one[1]


def cuts(place: Span, name: Span) -> bool:
    """Whether the name of a place or network is more than a part of a person's, as "Khan" is of "Sadiq Khan"."""
    return meets(place, name) and (place == name or not (name[0] <= place[0] and place[1] <= name[1]))


def _part(text: str, start: int, end: int) -> list[list[Span]]:
    """The words between those that belong to no name, part by part."""
    parts: list[list[Span]] = [[]]
    for match in re.finditer(r"(?:\S|(?<=-)\n)+", text[start:end]):
        if _is_no_name(match.group()) and not _is_surname(text, parts[-1], start + match.start(), start + match.end()):
            parts.append([])
        else:
            parts[-1].append((start + match.start(), start + match.end()))
    return [words for words in parts if words]


def _is_surname(text: str, before: list[Span], start: int, end: int) -> bool:
    """Whether a month is a surname: after a given name, and no date ("Theresa May", not "Anna Berg May 2020")."""
    follows_given = len(before) == 1 and is_person_name(text[slice(*before[0])])
    return follows_given and text[start:end] in _MONTHS_TOO and _DAY_OR_YEAR.match(text, end) is None


def _judge(text: str, words: list[Span]) -> Span | None:
    while words and _PARTICLES.fullmatch(text[slice(*words[0])]):
        words = words[1:]  # "de Pasto" is left of "Alcalde de Pasto"
    if not words:
        return None
    start, end = words[0][0], words[-1][1]
    name = text[start:end]
    # Over a line's end only a given name begins a name: the end of one line of a list and the next are none.
    broken = "\n" in name.replace("-\n", "") and not is_person_name(name)
    if (
        len(words) < 2
        or broken
        or _KIND_BEHIND.match(text, end)
        or _is_of_country(text[slice(*words[-1])])
        or find_country(name)
        or find_regions(name)
        or find_continent(name)
    ):
        return None
    return start, end


_QUOTED = re.compile(r"[“\"'‘][A-Z][\w.]*[”\"'’]")
"""A nickname within a name: `Juan Carlos "JC" Bermudez`."""


def _is_of_country(word: str) -> bool:
    """Whether a last word is a country's name and no surname: "Rosario Argentina" is a city and its country."""
    bare = word.strip(".,")
    return find_country(bare) is not None and ordinary_sense(bare) != "person"


def _is_no_name(word: str) -> bool:
    bare = word.strip(".,'’\"“”‘").casefold()
    return _QUOTED.fullmatch(word) is None and (
        bare.removesuffix("'s").removesuffix("’s") in _NO_NAME
        or (word.isascii() and find_demonym(word) is not None)  # "Germán" is no German
        or (word.isupper() and len(bare) < 3 and "." not in word)
        or any(c.isdigit() for c in bare)  # "C40 Adaptation"
    )
