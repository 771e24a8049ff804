"""What stands for a city or a network without naming it: "the association", "the Norwegian capital", "its mayor".

References are resolved to what the text named before, nearest and most salient first; a city's own
page is its home, so that "we" and "our city" mean it.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.city_context import NO_NAMES_BESIDE_A_CITY, OFFICE_ENDINGS, PERSON_TITLES, begins_sentence
from extractors.countries import find_country, find_demonym, find_regions, names_part_of_country
from extractors.gazetteer import Gazetteer, Place
from extractors.network_mentions import NetworkMention
from extractors.office_words import COUNCIL_MEMBERS
from extractors.people import Holder
from extractors.person_shapes import is_person_name, surname_of
from extractors.place_names import fold_name
from extractors.relation_masks import Span
from schemas.document import Document

Form = Literal["name", "holder", "nominal", "home"]


@dataclass(frozen=True, slots=True)
class CityReference:
    """Words that stand for a city, by name or otherwise."""

    start: int
    """Half-open offsets in the text."""
    end: int
    place: Place
    form: Form
    holder: str | None = None
    """The person named in place of the city, or tied to this mention."""


NETWORK_NOUNS = (
    r"network|association|alliance|organi[sz]ation|union|league|coalition|covenant|federation|group(?:ing)?|"
    r"club|forum|initiative|"
    r"movement|body|pact|partnership|council|conference|compact|secretariat|campaign"
)
NETWORK_REFERENCE = re.compile(
    rf"\b(?:(?:the|this|our|its|that|said) (?:(?-i:[a-z-]+) ){{0,2}}(?:{NETWORK_NOUNS})|its (?:board|members?|"
    r"secretariat|presidency|president|vice-presidents?|executive|congress|general assembly|assembly|chair|"
    r"steering committee)|(?-i:[Ii]t|[Ww]e|us|[Oo]ur))"
    rf"\b(?!\s+of\b)",
    re.IGNORECASE,
)
_CITY_NOUNS = (
    r"[Cc]ity(?: [Cc]ouncil| [Gg]overnment)?|[Tt]own(?: [Cc]ouncil)?|[Mm]unicipality|capital|metropolis|port|"
    r"commune|village|"
    r"borough|community|[Cc]ouncil(?! of\b)|administration"
)
_NOMINAL = re.compile(
    rf"\b(?P<det>the|our|her|his|its|this|that|The|Our|Her|His|Its|This) (?:(?P<adj>[A-Z][\w-]+|[a-z-]+)"
    rf" )?(?:(?P<adj2>[A-Z][\w-]+|[a-z-]+) )?"
    rf"(?P<noun>{_CITY_NOUNS}|host(?! (?:of|city|cities))|mayor(?! of\b)|hosts|newcomer)(?P<tail> (?:of|in)"
    rf" (?P<of>[A-Z]\w+))?\b(?!'s? (?:council|of) )"
    r"|\b(?P<we>We|we|Our|our)\b(?! (?:members|network|association))|(?P<country>[A-Z]\w+)['’]s capital\b"
)
_PRONOUN = re.compile(
    r"(?:^|(?<=[,;:–—] )|(?<=[.!?] )|\b(?:[Ww]here|[Ww]hen|[Ss]ince|[Aa]nd|[Bb]ut|[Yy]ear|\d{4},?) )"
    r"(?P<word>[Ii]t|[Ss]?[Hh]e|They|they)\b(?! (?:was|is) (?:founded|created|launched|a network|an association))"
)
_CITY_HALL = re.compile(
    r"\b(?:city|town|municipality|municipal council|metropolitan (?:city|municipality)|ville|stadt|comune|"
    r"ayuntamiento|municipalidad|stad|landeshauptstadt|hansestadt|miasto|gmina|urząd miasta|město|concello|ajuntament|"
    r"prefeitura|c[aâ]mara municipal|kommune?|gemeente|mairie|alcald[ií]a|mayor|city council|city hall|government)\b",
    re.IGNORECASE,
)


def is_city_hall(line: str) -> bool:
    """Whether a publisher's name or a title is a city administration's: "City of Dortmund", "Ville de Lyon"."""
    return _CITY_HALL.search(line) is not None


_HALL = r"city|town|municipal|borough|village|district|shire|metropolitan|regional"
_LETTERHEAD = re.compile(
    r"(?:the )?(?:city|town|municipality|borough|village|district|shire) of [^\W\d_][\w .'’-]{1,40}"
    rf"|[^\W\d_][\w .'’-]{{1,40}} (?:{_HALL}) (?:council|hall|assembly)",
    re.IGNORECASE,
)


def is_letterhead(line: str) -> bool:
    """Whether a line is nothing but the name of a city's administration: "CITY OF BALLARAT", "Gweru City Council"."""
    return _LETTERHEAD.fullmatch(line) is not None


_WORLD_PAGE = re.compile(
    r"\b(?:international|networks?|world|global|memberships?|cooperation|relations|partnerships|associations|abroad|redes|"
    r"r[eé]seaux|netzwerke)\b",
    re.IGNORECASE,
)


def is_world_page(title: str) -> bool:
    """Whether a title is that of a page on what a city does abroad: "Los Angeles and the world"."""
    return _WORLD_PAGE.search(title) is not None


_PRONOUN_REACH = 300
_NOMINAL_REACH = 400
"""Characters from the end of a city's name, at most, to what refers to it."""
_LONGEST_REFERENCE = 200
"""Characters of a name or of what else refers to a city; none has as many."""


def find_nominals(
    text: str,
    start: int,
    end: int,
    named: Sequence[CityReference],
    *,
    home: Place | None,
    gazetteer: Gazetteer,
) -> list[CityReference]:
    """The nominal and first-person references to cities in `text[start:end]`, a sentence.

    Args:
        text: the document's text.
        start: offset of the sentence.
        end: offset after the sentence.
        named: references by name or holder in the whole document, in text order.
        home: the city whose page this is; what "we" and "our city" mean.
        gazetteer: tells capitals.
    """
    found: list[CityReference] = []
    for match in _NOMINAL.finditer(text, start, end):
        if _begin_in(named, match.start(), match.end()):
            continue  # "the city of Lyon" names one
        place = _resolve_nominal(match, named, home, gazetteer)
        if place is not None and all(place.geonameid != known.place.geonameid for known in found):
            found.append(CityReference(match.start(), match.end(), place, "nominal"))
    if not found:
        found += _find_pronoun(text, start, end, named, home)
    return found


_NONE_OF = re.compile(
    r"\W{0,3}(?:(?:Yet|But|And|So far,?|To this day,?) )?(?:[Nn]one|[Nn]either) of "
    r"(?P<words>(?:these|them|the)(?: (?:two|three|four|five|six|seven|eight|nine|ten))?"
    r"(?: (?:cities|towns|municipalities|places))?)"
    r"(?:,[^,.]{2,30},)? (?:is|are|was|has|have|belongs?|takes?|sits?)\b"
)


def find_none_of(
    text: str, start: int, end: int, before: tuple[int, int], named: Sequence[CityReference]
) -> list[CityReference]:
    """What "None of these four is a member" denies of each city that the sentence before names; of two at least.

    Args:
        text: the document's text.
        start: offset of the sentence.
        end: offset after the sentence.
        before: half-open offsets of the sentence before.
        named: references by name or holder in the whole document, in text order.
    """
    match = _NONE_OF.match(text, start, end)
    if match is None or _begin_in(named, start, end):
        return []
    places = {r.place.geonameid: r.place for r in _begin_in(named, *before) if r.form == "name"}
    return [CityReference(*match.span("words"), place, "nominal") for place in places.values() if len(places) > 1]


def _begin_in(references: Sequence[CityReference], start: int, end: int) -> Sequence[CityReference]:
    """Those of the references, in text order, that begin in `text[start:end]`."""
    return references[_count_before(references, start) : _count_before(references, end)]


def _count_before(references: Sequence[CityReference], offset: int) -> int:
    return bisect_left(references, offset, key=lambda reference: reference.start)


def _list_near(references: Sequence[CityReference], offset: int, reach: int) -> list[CityReference]:
    """Those of the references, in text order, that begin before `offset` and end less than `reach` before it."""
    begun = _begin_in(references, offset - reach - _LONGEST_REFERENCE, offset)
    return [reference for reference in begun if offset - reference.end < reach]


def _find_pronoun(
    text: str, start: int, end: int, named: Sequence[CityReference], home: Place | None
) -> list[CityReference]:
    """The first pronoun of a sentence that names no city itself, taken for the city spoken of last."""
    if _begin_in(named, start, end):
        return []
    match = _PRONOUN.search(text[start:end])
    if match is None:
        return []
    near = _list_near(named, start, _PRONOUN_REACH)
    if match["word"].casefold() in {"he", "she"}:
        near = [r for r in near if r.holder is not None] or near
    place = near[-1].place if near else home
    if place is None:
        return []
    first, last = match.span("word")
    return [CityReference(start + first, start + last, place, "nominal", near[-1].holder if near else None)]


def _resolve_nominal(
    match: re.Match[str], named: Sequence[CityReference], home: Place | None, gazetteer: Gazetteer
) -> Place | None:
    if match.group("we") or (match.group("det") or "").casefold() == "our":
        return home
    word, country = _country_of(match)
    noun = match.group("noun") or "capital"
    if home is not None and noun[0].isupper() and not match.group("adj") and country is None:
        return home  # "the City" of resolutions and minutes, whatever else was named before
    before = named[: _count_before(named, match.start())]
    if noun == "capital" and country:
        capital = gazetteer.capital(country)
        if not names_part_of_country(word) or (capital and _is_in_region(capital, word)):
            return capital
        # Which city is the Scottish capital no list tells; London is not.
        before = [r for r in before if capital is None or r.place.geonameid != capital.geonameid]
    if country:
        return next((r.place for r in reversed(before) if r.place.country_code == country), None)
    if match.group("adj") and match.group("adj")[0].isupper():
        return None  # "the Eternal City": not resolved
    near = _list_near(named, match.start(), _NOMINAL_REACH)
    return near[-1].place if near else home


def _country_of(match: re.Match[str]) -> tuple[str, str | None]:
    """The word or words that point to a country ("South African"), and its code; without one, none."""
    words = [match.group(group) for group in ("adj", "adj2", "of", "country")]
    pair = [f"{words[0]} {words[1]}"] if words[0] and words[1] else []
    for word in (*pair, *words):
        if word and word[0].isupper():
            code = find_demonym(word) or find_country(word)
            if code:
                return word, code
    return "", None


def _is_in_region(place: Place, name: str) -> bool:
    return any(region.area == place.area for region in find_regions(name))


_WORD_BEFORE = re.compile(r"(?P<word>[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]*)\.? \Z")
_WORD_AFTER = re.compile(r" (?P<word>[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]*)")
_LONGEST_WORD = 40
_TITLES = PERSON_TITLES.union(
    COUNCIL_MEMBERS, "governor leader director chairman chairwoman chairperson mayoress provost cllr cr".split()
)
"""What stands capitalised before a surname, or as an office after it."""


def _is_other_name(text: str, match: re.Match[str], holder: Holder) -> bool:
    """Whether a holder's surname is but a part of another name: "Paul Green, a lawyer", "the European Green Deal"."""
    own = fold_name(holder.name).split()
    after = _WORD_AFTER.match(text, match.end())
    if after is not None and not _may_stand_beside(after["word"], own):
        return True
    before = _WORD_BEFORE.search(text, max(0, match.start() - _LONGEST_WORD), match.start())
    if before is None or _may_stand_beside(before["word"], own):
        return False
    return is_person_name(before["word"]) or not begins_sentence(text, before.start(), 0)


def _may_stand_beside(word: str, own: Sequence[str]) -> bool:
    """Whether a capitalised word beside a surname is a title, an office, a day, or of the holder's own names."""
    folded = word.casefold()
    if folded in _TITLES or folded in NO_NAMES_BESIDE_A_CITY or folded.endswith(OFFICE_ENDINGS):
        return True
    names = own if len(word) > 1 else [name[0] for name in own]
    return any(part in names for part in fold_name(word).split())


def find_holder_references(text: str, holders: Sequence[Holder]) -> list[CityReference]:
    """Later mentions of people whom the text has tied to a city: "Hidalgo said", "Ms Rolland will chair"."""
    found: list[CityReference] = []
    first: dict[str, Holder] = {}
    for holder in sorted(holders, key=lambda h: (h.rank, h.start)):
        first.setdefault(holder.surname, holder)
    spans: dict[str, list[Span]] = defaultdict(list)
    for holder in holders:
        spans[holder.surname].append((holder.start, holder.end))
    for surname, holder in first.items():
        last_word = surname_of(holder.name)
        for match in re.finditer(rf"(?<![\w-]){re.escape(last_word)}(?![\w-])", text):
            within = any(start <= match.start() < end for start, end in spans[surname])
            between = text[min(match.start(), holder.city.start) : max(match.start(), holder.city.start)]
            beside_city = len(between) < 60 and not any(stop in between for stop in (". ", "\n"))
            is_same = fold_name(match.group()) == surname and not _is_other_name(text, match, holder)
            if not within and not beside_city and is_same:
                found.append(CityReference(match.start(), match.end(), holder.city.place, "holder", holder.name))
    return sorted(found, key=lambda reference: reference.start)


def find_topic(
    document: Document,
    networks: Sequence[NetworkMention],
    in_title: Sequence[NetworkMention],
    publisher: NetworkMention | None = None,
) -> str | None:
    """Id of the network that the document is about: the most mentioned, its title and first lines counting more.

    The network that publishes counts as if it were named once more.
    """
    if document.network:
        return document.network
    weight: Counter[str] = Counter()
    for mention in networks:
        weight[mention.network_id] += 1 + (mention.start < 200)
    for mention in in_title:
        weight[mention.network_id] += 3
    if publisher is not None:
        weight[publisher.network_id] += 1
    if not weight:
        return None
    first = {m.network_id: m.start for m in reversed(networks)}
    return min(weight, key=lambda network: (-weight[network], first.get(network, -1)))


def is_dominant(network_id: str | None, networks: Sequence[NetworkMention]) -> bool:
    """Whether a document speaks of one network at least as often as of all others together."""
    own = sum(mention.network_id == network_id for mention in networks)
    return 2 * own >= len(networks)
