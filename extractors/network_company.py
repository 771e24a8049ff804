"""What stands around a name where a text tells of a network: its members, organs, founding, the word for what it is."""

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from extractors.network_chains import ends_block
from extractors.network_vocabulary import NETWORK_NOUN

Company: TypeAlias = Literal["member", "organ", "own", "founded", "named"]
"""`founders of X`; `president of X`; `X's board`; `X was founded in`; `the network X`."""

_BEFORE = 60
"""Characters that are looked at before a name."""
_AFTER = 160
"""Characters that are looked at behind it."""
_LINE_BREAK = re.compile(r"\n")
_END = r"\s+(?:the\s+)?[“\"‘']?$"
_QUOTE = r"[”\"’]?\s*(?:\([^()\n]{2,24}\)\s*)?"
"""What may stand between a name and what is said of it: the end of a quotation, an acronym."""

_MEMBER = re.compile(
    rf"""(?:
      \b(?: members?|membership|(?:co-)?founders?|signator(?:y|ies)|friends|observers?|newcomers?|participants?
          | candidates?|applicants?|seats?|part|partners?
          | (?:member|found(?:ing|er))\s+(?:member|cit|town|municipalit)\w* )
      \s+(?:of|in|to|for|on)
    | \b(?:co-)?founded | \bjoin(?:s|ed|ing)? | \b(?:left|quits?|quitting|leaves|leaving)
    | \b(?:belong(?:s|ed|ing)?|acced\w+|adher\w+|admi(?:t|ts|tted|ssion)|accession|applications?|applied|affiliated)
      \s+to
    | \b(?:appointed|elected|invited|sits)\s+(?:to|on|in) | \bpresid(?:es?|ed|ing)\s+over
    | \b(?:remain(?:s|ed)?|stay(?:s|ed)?)\s+outside
    | \b(?:withdr\w+|exit|resign\w*|expelled|departure|suspended)\s+from
    ){_END}""",
    re.IGNORECASE | re.VERBOSE,
)
_ORGAN_OF = re.compile(
    rf"""\b(?:
      presidency|(?:vice-?\s?)?president|(?:co-?|vice-?\s?)?chair(?:s|ed|ing|man|woman|person|manship)?|secretariat|headquarters
    | board|bureau|congress|secretary[\s-]general|statutes|treasurer|coordinator|director
    | (?:general|annual)\s+(?:assembly|meeting|conference) | executive\s+committee | steering\s+(?:committee|group)
    | (?:founding|constituent|inaugural)\s+(?:session|meeting|assembly|congress) | launch | birth
    )(?:\s+(?:of|for|at|to))?{_END}""",
    re.IGNORECASE | re.VERBOSE,
)
_OWN_ORGAN = re.compile(
    rf"""(?:['’]s?)?{_QUOTE}(?:\w+(?:st|nd|rd|th)\s+|(?:first|second|third|fourth|new|current|own|two|three)\s+)?
    (?: members?\b|membership|member\s+(?:cit|town)|founders?\b|founding\s|secretariat|presidency|president\b|board\b
      | bureau\b|general\s+assembly|executive\b|steering\b|congress\b|chair\b|statutes|secretary
      | annual\s+(?:meeting|conference|congress)|AGM\b|council\b|network\b|association\b|alliance\b|headquarters )""",
    re.IGNORECASE | re.VERBOSE,
)
_FOUNDED = re.compile(
    rf"""{_QUOTE},?\s*(?:which\s+|that\s+)?(?:
      (?:was|were|is|are|has\s+been|had\s+been)\s+(?:\w+ly\s+)?
      (?:founded|launched|established|created|formed|set\s+up|constituted|born|chaired|presided|led\s+by|run\s+by)
    | (?:has|had|have|counts?|numbers?|unite[sd]?|link(?:s|ed)?|gathers?|groups?|brings?|brought|represents?|comprises?
        |consists)
      \s+(?:of\s+)?(?:[\w’'-]+\s+){{0,4}}?(?:members?|cities|towns|municipalities|mayors|communes|ports|villages|boroughs)\b
    | (?:admits|admitted|elects|elected|welcomes|welcomed)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_NAMED_BEFORE = re.compile(rf"\b{NETWORK_NOUN}(?:,|\s+(?:called|named))?{_END}")
_NAMED_AFTER = re.compile(
    rf"{_QUOTE}(?:,|\s+[–—-]|\s+(?:is|was))\s+(?:an?|the|our|their)\s+(?:[\w’'-]+\s+){{0,4}}?(?:{NETWORK_NOUN})\b"
)
_IS_ORGAN = re.compile(
    r"[”\"’]?\s+(?:[Cc]ommission|[Cc]ommittee|[Tt]ask [Ff]orce|[Ww]orking [Gg]roup|[Ff]orum|[Ss]ection)s?\b"
)
"""After the name of one of a network's own organs: `the Planning Cities commission`."""


def find_company(text: str, start: int, end: int) -> Iterator[Company]:
    """What the words around the name at [start, end) say of it; nothing where it is an organ's name."""
    first, last = _find_block(text, start, end)
    if _IS_ORGAN.match(text, end, last):
        return
    before = text[first:start]
    if _MEMBER.search(before):
        yield "member"
    if _ORGAN_OF.search(before):
        yield "organ"
    if _OWN_ORGAN.match(text, end, last):
        yield "own"
    if _FOUNDED.match(text, end, last):
        yield "founded"
    if _NAMED_BEFORE.search(before) or _NAMED_AFTER.match(text, end, last):
        yield "named"


def _find_block(text: str, start: int, end: int) -> tuple[int, int]:
    """How far the words around the name at [start, end) are of one block with it: "Topics\\n\\nSmart Cities" is two."""
    first, last = max(0, start - _BEFORE), min(len(text), end + _AFTER)
    breaks = (match.start() for match in _LINE_BREAK.finditer(text, first, last))
    borders = [at for at in breaks if ends_block(text, at)]
    first = max((at + 1 for at in borders if at < start), default=first)
    return first, min((at for at in borders if at >= end), default=last)
