"""Organs, sections, programmes, events and awards that a text attaches to a network's name."""

import re

_HEAD = (
    r"(?:[Cc]ommittee|[Cc]ommission|[Ff]orum|[Ww]orking\s+[Gg]roup|[Tt]ask\s?[Ff]orce|[Ss]ection|[Cc]hapter|[Bb]oard(?:\s+of\s+[Dd]irectors)?|"
    r"[Bb]ureau|[Cc]ouncil|[Cc]onference|[Cc]ongress|[Ss]ummit|[Aa]ssembly|[Aa]wards?|[Pp]rize|[Pp]rogramme|[Pp]rogram|"
    r"[Pp]roject|[Cc]ampaign|[Cc]harter|[Dd]eclaration|[Aa]greement|[Pp]ledge|[Ss]ecretariat|[Oo]ffice|[Aa]cademy|[Ww]orkshop|"
    r"[Cc]aucus|[Cc]luster|[Pp]latform|[Mm]eeting|AGM|[Uu]nit|[Nn]etwork|[Ii]nitiative)"
)
_MODIFIER = (
    r"(?:[A-Z0-9][\w’&-]*|and|&|on|regional|national|international|global|executive|steering|annual|general|working|world|"
    r"political|management|standing|coordinating|advisory|technical|thematic|statutory|first|second|third|\d+(?:st|nd|rd|th))"
)
_TOPIC = r"(?:\s+(?:on|for)\s+(?:the\s+)?[A-Z][\w-]*(?:(?:,|\s+(?:and|&|of|the))*\s+[A-Z][\w-]*)*)?"
_AFTER_NAME = re.compile(rf"(?:['’]s?)?\s+((?:{_MODIFIER}\s+){{0,5}}{_HEAD}{_TOPIC})\b")
_BEFORE_NAME = re.compile(
    rf"(?:\b(?:the|a|an|its|their|this|our|in|at|of|host|hosts|hosted)\s+|(?:^|[.;:,\n(])\s*)"
    rf"((?:[\w’&-]+\s+){{0,4}}?{_HEAD}{_TOPIC}|{_HEAD}\s+(?:on|for)\s+[\w\s,&-]{{3,60}}?)\s+of\s+(?:the\s+)?$"
)
_FUNCTION_WORD = re.compile(r"\b(?:the|a|an|is|was|has|had|will|and\s+the|to|by|that|which|who|chairs?|joined|of)\b\s*")

_DETERMINER = re.compile(r"^(?:the|an?|this|that|its|next|last)\s+", re.IGNORECASE)


def find_body(text: str, start: int, end: int) -> str | None:
    """The organ or event that the words right after or before the name at [start, end) name, else None.

    `Eurocities Environment Forum` gives `Environment Forum`; `the culture committee of UCLG` gives
    `culture committee`. Only words that touch the name count; the rest of the sentence is not read.
    """
    after = _AFTER_NAME.match(text, end)
    if after is not None and "\n\n" not in after.group():
        return " ".join(after[1].split())
    before = _BEFORE_NAME.search(text[max(0, start - 110) : start])
    if before is None or "\n\n" in before.group():
        return None
    words = before[1]
    cut = [match.end() for match in _FUNCTION_WORD.finditer(words)]
    head = re.search(_HEAD, words)
    kept = [position for position in cut if head is not None and position <= head.start()]
    return _DETERMINER.sub("", " ".join(words[max(kept, default=0) :].split()))
