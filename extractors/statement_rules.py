"""Plain statements read by rule: "Oslo joined Eurocities", "neither Lyon nor Turin is a member of it".

A few sentence patterns between a city and a network that leave no doubt; over the same masked windows
as the relation model reads. They speak where the model hesitates.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.bystanders import dismiss_bystanders
from extractors.committee_offices import give_to_committees
from extractors.date_words import STILL
from extractors.founding_signatures import read_as_founding
from extractors.network_cells import read_cell
from extractors.relation_masks import CITY, HOLDER, NETWORK, NOMINAL, PLACE
from extractors.relation_windows import NEXT, Layout, PairContext, build_window
from extractors.role_reading import Doubt, RoleReader, RoleReading
from schemas.vocabulary import Role, Status

CONFIDENCE = 0.8
"""Of a reading by rule. `tools/compare_readers.py FOLDER` prints how often the rules are right."""

_CITY = rf"(?<!University of )(?<!Bank of )(?:{re.escape(CITY)}|{re.escape(HOLDER)})"
_ANY = rf"(?:{_CITY}|{re.escape(PLACE)})"
_AND = r"(?:\s*,\s*|\s+and\s+|\s+or\s+|\s+nor\s+|\s*,\s*and\s+|\s*&\s*)"
_CITIES = rf"(?:{_ANY}{_AND})*{_CITY}(?:{_AND}{_ANY})*"
_ASIDE = r"(?:\s*,[^,.;\[\]]{3,70},|\s*\([^()]{1,40}\))?"
_LONG_ASIDE = r"(?:\s*,[^.;\[\]]{3,130}?(?:\[[A-Z]+\][^.;\[\]]{0,80}){0,2},|\s*\([^()]{1,40}\))?"
"""May name other places and networks."""
_NET = rf"(?:the |this |our )?(?:[a-z-]+ ){{0,3}}{re.escape(NETWORK)}(?! [A-Z])"
_LATELY = r"(?:\w+ly |also |since |now |already |just |both )*"
_KIND = r"(?:full |active |proud |new |long-standing )?"
_NO_BODY = r"(?!(?: \w+){0,4} (?:committee|commission|forum|section|working group|task force|chapter|council|board))"
_BODY = r"(?:committee|commission|forum|section|working group|task force|chapter)"
_NET_OF_BODY = rf"(?:the |this |our )?(?:[a-z-]+ ){{0,3}}{re.escape(NETWORK)}(?: \w+){{0,4}} {_BODY}"
_NET_OR_IT = rf"(?: (?:(?:the )?{re.escape(NETWORK)}|it\b|the (?:pact|charter|covenant|declaration|agreement)))?"
_BODIES = (
    r"(?:boards?|bureau|council|committee|commission|executive|presidium|forum|section|chapter|working group|"
    r"task ?force|parliament)"
)
_OF_BODY = re.compile(rf"\b{_BODIES} (?:of|in|at|for) (?:the |this |our )?(?:[a-z-]+ ){{0,2}}{re.escape(NETWORK)}$")
"""At the end of a statement: what one joins, leaves or chairs is a body of the network."""
_GOES_ON = re.compile(
    r"(?:['’]s?)? (?:(?!(?:and|but|in|as|on|at|to|for|with|since|by|from|which|who|when|after|before)\b)[\w-]+ ){0,2}"
    rf"(?:{_BODIES}|members?|mayors|leaders|cities|delegation|summit|conference|congress|assembly|meeting|event|webinar|"
    r"workshop|campaign|programme|program|project|pilot|initiative|cohort|headquarters)\b"
)
"""Right behind the network: what one joins is something of the network's, or those who are in it."""
_UNDONE_AFTER = re.compile(r"[^.]*?\b(?:left|leave|quit|withdr[ae]w\w*|resigned|expelled|suspended)\b")
_SUPPOSED_BEFORE = re.compile(r"\b(?:[Ii]f|[Hh]ad|[Uu]nless|[Uu]ntil(?: \[\w+\])?) (?:the )?[\w ]{0,12}$")
_OTHER_MEMBERS = re.compile(
    rf"\b(?i:former|past|ex|non|founding|associate|affiliate|candidate|future)[ -](?:[a-z]+ )?{re.escape(NETWORK)}"
)
"""Whose list it is: "Former Eurocities members: …"."""
_OTHER_MEMBERS_REACH = 14
"""Characters that this takes before a statement."""
_NO_PACT = r"(?! (?:covenant|pact|charter|compact|declaration|pledge|commitments?|accord))"
"""One joins a pact by signing it: the model tells which of the two is meant."""

_RULES: tuple[tuple[str, Role, Status, str], ...] = (
    (
        "neither is a member",
        Role.MEMBER,
        Status.DENIED,
        rf"[Nn]either {_CITIES}{_ASIDE} (?:is|are|was|has|have) {_LATELY}(?:part of|(?:a )?members? of|joined)"
        rf" {_NET}",
    ),
    (
        "none of them is a member",
        Role.MEMBER,
        Status.DENIED,
        rf"(?:[Nn]one|[Nn]either) of {re.escape(NOMINAL)} (?:belongs? to|(?:is|are|was|has|have) {_LATELY}"
        rf"(?:been )?(?:part of|(?:a )?members?(?: of)?|joined))(?: {_NET}|(?=[\s.,;]))",
    ),
    (
        "is not a member",
        Role.MEMBER,
        Status.DENIED,
        rf"{_CITIES}{_ASIDE} (?:is|are) (?:not|no longer) {_LATELY}(?:part of|(?:a |yet a )?{_KIND}members? of)"
        rf" {_NET}",
    ),
    (
        "has not joined",
        Role.MEMBER,
        Status.DENIED,
        rf"{_CITIES}{_ASIDE} (?:has|have) (?:not|never) {_LATELY}joined {_NET}",
    ),
    (
        "has not signed",
        Role.SIGNATORY,
        Status.DENIED,
        rf"{_CITIES}{_LONG_ASIDE} (?:has|have|did|had) (?:not|never|yet to) {_LATELY}sign(?:ed)?{_NET_OR_IT}"
        r"(?=\s*[.,;])",
    ),
    (
        "did not join",
        Role.MEMBER,
        Status.DENIED,
        rf"{_CITIES}{_LONG_ASIDE} (?:did|does|do) (?:not|never) {_LATELY}(?:join|belong to){_NET_OR_IT}(?=\s*[.,;])",
    ),
    (
        "is outside",
        Role.MEMBER,
        Status.DENIED,
        rf"{_CITIES}{_LONG_ASIDE} (?:remains?|stays?|is|are) outside (?:of )?(?:{_NET}|it)(?=\s*[.,;])",
    ),
    (
        "has left",
        Role.MEMBER,
        Status.ENDED,
        rf"{_CITIES}{_LONG_ASIDE} (?:has|have) (?:since )?(?:left|quit|withdrawn|bowed out)(?: of| from)?(?: it)?"
        r"(?=\s*[.,;])",
    ),
    (
        "is or became a member",
        Role.MEMBER,
        Status.CURRENT,
        rf"(?<!either ){_CITIES}{_ASIDE} (?:(?:is|are) {_LATELY}(?:an? )?{_KIND}members? of|belongs? to|"
        rf"holds? membership in|"
        rf"(?:(?:has|have) {_LATELY})?joined|(?:has |have )?became (?:an? )?{_KIND}members? of) {_NET}{_NO_PACT}",
    ),
    (
        "members are listed",
        Role.MEMBER,
        Status.CURRENT,
        rf"{_NET}(?:['’]s)? (?:current |full )?(?:member )?(?:councils|cities|towns|municipalities|members)"
        rf"(?: are(?: now)?| include[sd]?)?\s*[:–] ?{_CITIES}",
    ),
    (
        "presided in the past",
        Role.CHAIR,
        Status.ENDED,
        rf"{_CITIES} (?:have|has) (?:all )?(?:presided over|chaired|headed|led) {_NET}{_NO_BODY}[^.;]{{0,30}}"
        r"\bin the past\b",
    ),
    (
        "left",
        Role.MEMBER,
        Status.ENDED,
        rf"{_CITIES}{_ASIDE} (?:(?:has|have) {_LATELY})?(?:left|quit|withdrew from|withdrawn from) {_NET}",
    ),
    (
        "will join",
        Role.MEMBER,
        Status.PLANNED,
        rf"{_CITIES}{_ASIDE} (?:will {_LATELY}join|(?:has|have) applied to join|(?:is|are) to join|"
        rf"plans? to join) {_NET}",
    ),
    (
        "chair handed over",
        Role.CHAIR,
        Status.ENDED,
        rf"{_ANY}{_ASIDE} (?:took|takes|has taken) over the (?:presidency|chair) of {_NET} from {_CITIES}",
    ),
    (
        "holds the chair",
        Role.CHAIR,
        Status.CURRENT,
        rf"{_CITIES}{_ASIDE} (?:{_LATELY}(?:chairs|presides over)|(?:currently )?holds the (?:presidency|chair) of|"
        rf"took over the (?:presidency|chair) of) {_NET}{_NO_BODY}",
    ),
    (
        "chairs a body",
        Role.COMMITTEE_CHAIR,
        Status.CURRENT,
        rf"{_CITIES}{_ASIDE} (?:{_LATELY}(?:chairs|leads|heads|presides over)|"
        rf"(?:currently )?holds the (?:presidency|chair) of)"
        rf" {_NET_OF_BODY}",
    ),
    (
        "holds a seat",
        Role.BOARD_MEMBER,
        Status.CURRENT,
        rf"{_CITIES}{_ASIDE} {_LATELY}(?:holds?|has|have|occupies|takes?) (?:an?|one|the|its|their) (?:\w+ )?seats? "
        rf"(?:on|in) (?:the )?(?:\w+ ){{0,4}}{re.escape(NETWORK)}(?: \w+){{0,3}} (?i:board|council|bureau|committee)",
    ),
    (
        "seat is held by",
        Role.BOARD_MEMBER,
        Status.CURRENT,
        rf"seats? (?:on|in|with) [^.;]{{0,40}}{re.escape(NETWORK)}[^.;]{{0,60}} held by (?:the mayors? of )?(?:the )?"
        rf"(?:[Cc]ity of )?{_CITIES}",
    ),
)
_SPEAKS = re.compile(
    r"\b(?:members?|membership|part|join(?:ed)?|belongs?|left|quit|withdr[ae]wn?|bowed|outside|sign(?:ed)?|presidency|"
    r"presides|chairs?|leads|heads|seats?|past)\b|\b(?:councils|cities|towns|municipalities)(?: \w+){0,2}\s*[:–]"
)
"""Without one of these words in the sentence no rule applies: most windows need not be built."""
_PATTERNS = tuple((name, role, status, re.compile(pattern)) for name, role, status, pattern in _RULES)


_BRACKETS = re.compile(r"[(\[][^()\[\]\n]{3,60}[)\]]")
_SEPARATOR = re.compile(r"[,;·•/|]|\s(?:and|&)\s")
_IN_BRACKETS = {
    Role.CHAIR: re.compile(r"presiden|chair", re.IGNORECASE),
    Role.CO_CHAIR: re.compile(r"presiden|chair", re.IGNORECASE),
    Role.VICE_CHAIR: re.compile(r"vice|presiden|chair|deputy", re.IGNORECASE),
    Role.BOARD_MEMBER: re.compile(r"board|bureau|committee|council|treasurer", re.IGNORECASE),
    Role.SECRETARIAT_HOST: re.compile(r"secretariat|office|seat|headquarters", re.IGNORECASE),
    Role.OBSERVER: re.compile(r"observ", re.IGNORECASE),
    Role.FOUNDING_MEMBER: re.compile(r"found", re.IGNORECASE),
    Role.EVENT_HOST: re.compile(r"host", re.IGNORECASE),
}
"""What brackets after a city say of it: "Barcelona (General Secretariat), Málaga, Palma"."""


def narrow_entry(pair: PairContext, readings: Sequence[RoleReading]) -> PairContext | None:
    """The pair with its own entry of an enumeration alone; None where no role read can be another entry's.

    A role is another's where only the brackets after another city tell it.
    """
    start, end = pair.focus
    if pair.text.startswith((" (", "(", " [", "["), pair.target[1]) or not readings:
        return None
    others = [m.span() for m in _BRACKETS.finditer(pair.text, start, end) if not m.start() < pair.target[0] < m.end()]
    for opening, closing in others:
        if closing <= pair.target[0]:
            start = max(start, closing)
        else:
            gaps = [gap.start() for gap in _SEPARATOR.finditer(pair.text, pair.target[1], opening)]
            end = min(end, gaps[-1]) if gaps else end
    own, around = pair.text[start:end], pair.text[slice(*pair.focus)]
    bare = _BRACKETS.sub("", around)
    heads = " ".join(pair.text[a:b] for a, b in (*pair.headings, *([pair.lead_in] if pair.lead_in else [])))
    for reading in readings:
        word = _IN_BRACKETS.get(reading.role)
        told = word is not None and reading.doubt is None and word.search(around)
        if told and word is not None and not word.search(own) and not word.search(bare) and not word.search(heads):
            return replace(pair, focus=(start, end))
    return None


class StatementReader:
    """A role reader that lets plain statements speak first and asks another reader for the rest."""

    def __init__(self, model: RoleReader) -> None:
        self._model = model
        self.version = f"{model.version}+statements/6"

    def read(self, pairs: Sequence[PairContext], *, doubtful_from: float | None = None) -> list[list[RoleReading]]:
        """For each pair what the model reads, and what its sentence plainly states in place of it.

        With `doubtful_from` also what the model doubts, and what a plain statement overrules.
        """
        plain = [_read_pair_cell(pair) for pair in pairs]
        rest = [pair for pair, readings in zip(pairs, plain, strict=True) if readings is None]
        read = iter(self._read_apart(rest, doubtful_from))
        joined = [
            _settle(next(read), pair) if readings is None else readings
            for readings, pair in zip(plain, pairs, strict=True)
        ]
        return (
            joined if doubtful_from is not None else [[r for r in readings if r.doubt is None] for readings in joined]
        )

    def _read_apart(self, pairs: Sequence[PairContext], doubtful_from: float | None) -> list[list[RoleReading]]:
        """What the model reads; of cities to which it gives what stands in another's brackets, without these."""
        read = self._model.read(pairs, doubtful_from=doubtful_from)
        apart = {n: own for n, pair in enumerate(pairs) if (own := narrow_entry(pair, read[n])) is not None}
        for n, readings in zip(apart, self._model.read(list(apart.values()), doubtful_from=doubtful_from), strict=True):
            read[n] = readings
        return read


def _read_pair_cell(pair: PairContext) -> list[RoleReading] | None:
    if pair.cell is None:
        return None
    year = None if pair.published is None else int(pair.published[:4])
    return read_cell(pair.text[slice(*pair.cell)], pair.text[slice(*pair.columns[0][0])], year)


_OPEN = (
    rf"\b(?:19|20)\d\d(?:(?:[–—-]|\s[–—-](?=\s*(?:{STILL}|[)\]])))(?:\s?{STILL})?|\s(?:to|until|till|up to)\s{STILL})"
)
"""Elsewhere a dash between spaces parts a year from what follows."""
_HOLDER_BEFORE = (
    r"(?:\s*[^\W\d_][^,;:|\n\d]{2,40}(?:, (?:[\w-]+ ){0,3}(?:Mayor|Councillor|Alderman|President)(?: of)?|,))?"
)
"""Between a term and the city of its holder: "2021– Frank Cownie, Des Moines"."""
_OPEN_BEFORE = re.compile(rf"{_OPEN}\s*[:|]?{_HOLDER_BEFORE}\s*$", re.IGNORECASE)
_OPEN_AFTER = re.compile(rf"[\s,:|]*(?:\([^()\d]{{2,40}}\)[\s,:|]*)?\(?{_OPEN}(?=\s*(?:[)\]|;,\n]|$))", re.IGNORECASE)


def _settle(read: list[RoleReading], pair: PairContext) -> list[RoleReading]:
    """What the model reads of a pair, after all rules."""
    readings = give_to_committees(pair, _go_on(_join(read, pair), pair))
    return dismiss_bystanders(pair, read_as_founding(pair, _seat_past_chair(readings, pair)))


_PAST_CHAIR = re.compile(r"\bpast (?:president|chair(?:man|woman|person)?)\b", re.IGNORECASE)
_OF_BOARD = re.compile(r"\b(?:board|officers?|directors?|executive|leadership|committee)\b", re.IGNORECASE)


def _seat_past_chair(readings: list[RoleReading], pair: PairContext) -> list[RoleReading]:
    """Whoever a list of the board names as past president has a seat on it."""
    past = next((r for r in readings if r.role is Role.CHAIR and r.status is Status.ENDED and r.doubt is None), None)
    is_seated = any(r.role is Role.BOARD_MEMBER and r.doubt is None for r in readings)
    if past is None or is_seated or pair.layout is Layout.PROSE or not _PAST_CHAIR.search(pair.text, *pair.focus):
        return readings
    over = [*pair.headings, *([pair.lead_in] if pair.lead_in else [])]
    if not any(_OF_BOARD.search(text) for text in (pair.title or "", *(pair.text[a:b] for a, b in over))):
        return readings
    seat = replace(past, role=Role.BOARD_MEMBER, status=Status.CURRENT, rule="past president in a list of the board")
    kept = [reading for reading in readings if reading.role is not Role.BOARD_MEMBER]
    return sorted([*kept, replace(seat, threshold=None, statuses=())], key=lambda reading: -reading.probability)


def _go_on(readings: list[RoleReading], pair: PairContext) -> list[RoleReading]:
    """What is read as over goes on where its period has no end: `2020– Florence`, `Odense (2020–)`."""
    if all(reading.status is not Status.ENDED for reading in readings):
        return readings
    start, end = pair.target
    before = pair.text[pair.focus[0] : start]
    if _OPEN_BEFORE.search(before) is None and _OPEN_AFTER.match(pair.text, end, pair.focus[1]) is None:
        return readings
    return [_keep_on(reading) if reading.status is Status.ENDED else reading for reading in readings]


def _keep_on(reading: RoleReading) -> RoleReading:
    likely = reading.probability if reading.of_role is None else reading.of_role
    return replace(reading, status=Status.CURRENT, probability=likely, rule="period without an end")


def _join(readings: list[RoleReading], pair: PairContext) -> list[RoleReading]:
    may_speak = pair.layout is Layout.PROSE and _SPEAKS.search(pair.text, *pair.focus) is not None
    plain = read_statement(build_window(pair)) if may_speak else None
    if plain is None:
        return readings
    for reading in readings:
        same = (reading.role, reading.status) == (plain.role, plain.status)
        if same and reading.doubt is None and reading.probability >= plain.probability:
            return readings  # the model is surer still
    others = (replace(r, doubt=Doubt.OVERRULED) if r.role is plain.role and r.doubt is None else r for r in readings)
    return [plain, *others]


def read_statement(window: str) -> RoleReading | None:
    """The role that a window's sentence plainly states of its city; None where no rule applies."""
    layout = max(window.find(layout.value) for layout in Layout)
    end = window.find(NEXT, layout)
    focus = window[layout : end if end >= 0 else len(window)]
    for name, role, status, pattern in _PATTERNS:
        found = pattern.search(focus)
        if found is not None:
            return None if _says_more(focus, found, role, status) else RoleReading(role, status, CONFIDENCE, rule=name)
    return None


def _says_more(focus: str, found: re.Match[str], role: Role, status: Status) -> bool:
    """Whether it is no plain statement: of a body or an event of the network, or taken back in the same sentence."""
    if role in {Role.MEMBER, Role.CHAIR} and _OF_BODY.search(found.group()):
        return True
    if role is Role.MEMBER and found.group().endswith(NETWORK) and _GOES_ON.match(focus, found.end()):
        return True
    if role is Role.MEMBER and _OTHER_MEMBERS.search(focus, max(0, found.start() - _OTHER_MEMBERS_REACH), found.end()):
        return True
    if status is not Status.CURRENT:
        return False
    return bool(_UNDONE_AFTER.match(focus, found.end()) or _SUPPOSED_BEFORE.search(focus[: found.start()]))
