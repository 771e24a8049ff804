"""The committee, event, programme or award in which a role is held, as the text names it."""

import re

from extractors.date_words import MONTH_NAME
from extractors.relation_masks import Span, distance
from schemas.vocabulary import Role

_DATE = rf"(?:\d{{1,2}}(?:[ \n](?:and|to)[ \n]\d{{1,2}})?[ \n])?(?i:{MONTH_NAME})\b"
"""Ends a name: "Food Forum on 10 and 11 March"."""
_CAPITALISED = rf"(?!{_DATE})" + r"(?:[A-Z0-9](?:[\w’'&./-]*[\w’'&])?|[A-Z][a-z]?\.|\d{1,2}(?:st|nd|rd|th))"
_BRIDGE = r"(?:of|on|for|and|the|to|in|&|against|de|des)"
_MAX_WORDS = 12
"""After the first; unbounded, long lists of names would take long."""
_PHRASE = rf"(?:{_CAPITALISED}(?:[ \n](?:{_BRIDGE}[ \n]){{0,2}}{_CAPITALISED}){{0,{_MAX_WORDS}}})"
_EVENT = (
    r"congress|conference|summit|general assembly|assembly|forum|workshop|agm|annual general meeting|"
    r"annual conference|annual meeting|general conference|"
    r"general meeting|meeting|convention|retreat|seminar|symposium|board meeting|executive bureau|"
    r"world council|session|festival|study visit|encounter"
)
_BOARD = (
    r"board of directors|managing board|executive board|governing board|board|executive bureau|bureau|"
    r"executive committee|steering committee|"
    r"world council|governing council|council|presidium|executive|advisory committee|coordination committee"
)
_COMMITTEE = (
    r"committee|commission|working group|task force|forum|section|taskforce|cluster|platform|thematic unit|sub-?group"
)
_PROGRAMME = (
    r"programme|program|project|campaign|initiative|challenge|working group|task force|pilot|lab|academy|accelerator|"
    r"network"
)
_AWARD = r"awards?|prize|competition|medal|trophy|label|title"

_KIND_OF_ROLE = {
    Role.EVENT_HOST: _EVENT,
    Role.BOARD_MEMBER: _BOARD,
    Role.COMMITTEE_CHAIR: _COMMITTEE,
    Role.PARTICIPANT: rf"{_PROGRAMME}|{_COMMITTEE}",
    Role.AWARD_WINNER: _AWARD,
}
_ORDER = (
    r"(?:(?:\w+(?:st|nd|rd|th)|first|second|third|annual|world|general|regional|international|extraordinary)[ \n])*"
)
_TOPIC = {
    # "Congress of UCLG" names the network once more, "Committee on Culture" tells which committee it is.
    Role.EVENT_HOST: rf"(?:[ \n](?:on|for)[ \n](?:the[ \n])?{_PHRASE})?",
    Role.BOARD_MEMBER: rf"(?:[ \n](?:on|for)[ \n](?:the[ \n])?{_PHRASE})?",
}
_ANY_TOPIC = rf"(?:[ \n](?:of|on|for)[ \n](?:the[ \n])?{_PHRASE})?"
_NAMED = {
    role: re.compile(rf"(?:{_PHRASE}[ \n](?:{_BRIDGE}[ \n])?)?\b{_ORDER}(?i:{kind})\b{_TOPIC.get(role, _ANY_TOPIC)}")
    for role, kind in _KIND_OF_ROLE.items()
}
_LEADING = re.compile(
    rf"^(?:(?:the|our|its|this|a|an|at|during|{_BRIDGE}|"
    r"(?:league|network|association|alliance|union|federation)['’]s)[ \n])+",
    re.IGNORECASE,
)


def find_body(text: str, role: Role, target: Span, passages: list[Span]) -> str | None:
    """The body in which `role` is held, for a city at `target`; None for roles of the network itself.

    Args:
        text: the document's text.
        role: the role; only hosts, seats, committee chairs, participants and winners have bodies.
        target: the words that stand for the city.
        passages: where to look, best first: the evidence, the lead-in, the headings.
    """
    pattern = _NAMED.get(role)
    if pattern is None:
        return None
    for start, end in passages:
        matches = list(pattern.finditer(text, start, end))
        if role is Role.BOARD_MEMBER:
            # "Oslo City Council has a seat on the board": a city's own council is none of the network's.
            matches = [match for match in matches if match.end() <= target[0] or target[1] <= match.start()]
        if matches:
            nearest = min(matches, key=lambda m: (distance(m.span(), target), -(m.end() - m.start())))
            words = " ".join(nearest.group().split())
            return _LEADING.sub("", words).strip(" ,.;:") or None
    return None
