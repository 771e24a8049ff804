"""Finds names of city networks in other languages than English, as English texts quote them."""

import re
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick

from extractors.network_chains import ends_block
from extractors.network_shapes import Shape
from extractors.network_vocabulary import list_words

# Per family of languages: kinds of bodies; words for cities, towns, municipalities, mayors.
_SHAPES = (
    (  # French
        r"Réseau|Association|Union|Fédération|Conférence|Coalition|Alliance|Club|Assemblée|Forum|Ligue|Organisation|Conseil",
        r"[Vv]illes|[Cc]ommunes|[Mm]aires|[Mm]unicipalités|[Cc]ités|[Mm]étropoles|[Cc]apitales|[Pp]ouvoirs\s+locaux|"
        r"[Cc]ollectivités|[Gg]ouvernements\s+locaux|[Ee]lus\s+locaux",
    ),
    (  # Spanish, Portuguese, Catalan, Italian, Romanian
        r"Red|Asociación|Federación|Unión|Alianza|Coalición|Foro|Liga|Confederación|Frente|Mancomunidad|Mesa|Consejo|Pacto|Eje|"
        r"Rede|Associação|Federação|União|Aliança|Confederação|Consórcio|Fórum|Coligação|Eixo|Pacte|Patto|"
        r"Xarxa|Federació|Associació|Rete|Associazione|Unione|Coordinamento|Federazione|Lega|Alleanza|Asociația|Uniunea",
        r"[Cc]iudades|[Mm]unicipios|[Aa]lcald(?:es|ías)|[Cc]apitales|[Gg]obiernos\s+[Ll]ocales|[Mm]unicipalidades|"
        r"[Aa]yuntamientos|[Pp]ueblos|[Vv]illas|[Cc]idades|[Mm]unicípios|[Pp]refeit[oa]s|[Aa]utarquias|[Cc]apitais|"
        r"[Cc]iutats|[Mm]unicipis|[Pp]obles|[Cc]ittà|[Cc]omuni|[Ss]indaci|[Ee]nti\s+[Ll]ocali|[Bb]orghi|"
        r"[Mm]unicipiilor|[Oo]rașelor|[Cc]omunelor",
    ),
    (  # German, Dutch, Scandinavian
        r"Netzwerk|Bündnis|Verband|Vereinigung|Arbeitsgemeinschaft|Bund|Verein|Konferenz|Allianz|Städtekoalition|"
        r"Vereniging|Netwerk|Verbond|Nätverket|Nettverket|Netværket|Foreningen",
        r"(?:[A-ZÄÖÜ]\w*)?(?:[Ss]tädten?|[Gg]emeinden|[Kk]ommunen)|Bürgermeister|Orte|Kreise|[Gg]emeenten|[Ss]teden|[Kk]ommuner|[Ss]täder|[Bb]yer",
    ),
    (  # Slavic, Latin script
        r"Związek|Stowarzyszenie|Unia|Sieć|Svaz|Sdružení|Asociace|Síť|Združenie|Únia|Udruga|Savez|Zajednica|Mreža|Skupnost",
        r"[Mm]iast|[Gg]min|[Mm]iasteczek|[Mm]etropolii|[Mm]ěst|[Oo]bcí|[Mm]iest|[Gg]radova|[Oo]pćina|[Oo]pština|[Oo]bčin|[Mm]est",
    ),
    (  # Russian, Ukrainian, Bulgarian
        r"Ассоциация|Союз|Асоціація|Спілка|Съюз|Национално\s+сдружение|Конгресс",
        r"[Гг]ородов|[Мм]іст|[Гг]ромад|[Мм]униципалитетов|[Оо]бщините|[Гг]радове",
    ),
)
_COMPOUNDS = (
    r"\b(?:[A-ZÄÖÜ][\w-]+\s+)?(?:[A-ZÄÖÜ]\w*)?(?:[Ss]tädte|[Gg]emeinde|[Ll]andkreis|[Kk]ommunal|[Kk]limaschutz)"
    r"(?:tag|bund|verband|bündnis|netzwerk|netz|koalition|kooperation)\b(?:\s+[A-ZÄÖÜ][\w-]+(?:-[A-ZÄÖÜ][\w-]+)*)?",
    r"\b(?:Svenska|Sveriges|Norske?|Suomen|Danske?|Eesti|Íslenskra)\s+\w*(?:kommun|kommune|kunta|linnade)\w*(?:\s+\w*forbund\w*)?",
    r"\b[A-ZÅÄÖ]\w*(?:kommunförbundet|kommunförbund|kuntaliitto|stadsnätverk(?:et)?|kommunerna|kommunene|städerna|byerne)\b",
    r"\b(?:[A-ZÇĞİÖŞÜ]\w+\s+){1,4}(?:Belediyeler(?:i)?|Kentler(?:i)?|Şehirler(?:i)?)\s+(?:Birliği|Ağı|Derneği)\b",
)
_GAP = r"(?:\s+[\w’'&-]+){0,5}?\s+(?:[\wÀ-ÿ]+['’])?"
_COMPOUND = r"(?:-[a-zà-ÿ]{3,})?"
"""Romance names go on in small letters: "Réseau des villes-marchés", "communes oasiennes", "villes du sel marin"."""
_SMALL = r"(?:(?:de|du|des|del|della|do|da|au|aux|en|et|y|e)\s+(?:l[ae]s?\s+)?|d['’])"
_ADJECTIVE = (
    r"(?:\s+[a-zà-ÿ]{5,}(?=\s+(?:de|du|des|del|della|do|da)\s+[A-ZÀ-Þ])"
    rf"|(?:\s+{_SMALL}?[a-zà-ÿ’'-]{{4,}}){{1,4}}(?=\s*(?:[(),;:.|»\"”]|[–—-]\s|\n\s*\n|$))"
    r"|\s+[a-zà-ÿ]{3,}(?:ennes?|iens?|aines?|aires?|iques?|phones?|elles?|euses?|icas|anas|inas|iche)\b)?"
)
_TAIL = (
    r"(?:(?:[ \t\u00a0]+|\n(?!\n))"
    r"(?:(?:de|del|della|dei|delle|di|do|da|dos|das|des|du|d['’]|la|le|les|las|los|el|e|y|et|und|der|für|en|per|por|para|contra|"
    r"contre|pour|del\s+la|i|z|w)\s+){0,3}[A-ZÀ-Þ][\w’'-]*)*"
)
_PATTERNS = tuple(
    re.compile(rf"\b(?:(?:{heads}){_GAP}(?:{cities})\b{_COMPOUND}{_ADJECTIVE}{_TAIL})") for heads, cities in _SHAPES
) + tuple(re.compile(pattern) for pattern in _COMPOUNDS)
# A cheap look before the patterns are tried: parts of words that English texts hardly have.
_FOREIGN_PARTS = AhoCorasick(
    list_words(
        """villes Villes ommunes maires Maires unicipalités cités Cités étropoles apitales ocaux iudades
        unicipios lcaldes lcaldías unicipalidades unicipiilor unicípios unicipis yuntamiento Cidades
        cidades refeitos refeitas iutats città Città omuni indaci tädte emeinde ommunen ommuner kommun
        steden emeenten Bürgermeister Miast miast Gmin gmin měst obcí gradova opština ородов міст ромад
        elediyeler Kentler kunta Pueblos apitais obiernos"""
    )
)
_LINE_BREAK = re.compile(r"\n")
_ENGLISH_GAP = re.compile(r"\b(?:the|of|and|for|with|in|on|is|was|cities|mayors|towns)\b")


def has_foreign_parts(text: str) -> bool:
    """Whether the text has parts of words for cities in other languages than English."""
    return bool(_FOREIGN_PARTS.find_matches_as_indexes(text))


def find_foreign_shapes(text: str) -> Iterator[Shape]:
    """Names in other languages; may overlap one another. An English phrase is never one."""
    if not has_foreign_parts(text):
        return
    for pattern in _PATTERNS:
        for match in _find_in_blocks(pattern, text):
            if "\n\n" not in match.group() and _ENGLISH_GAP.search(match.group()) is None:
                yield Shape(match.start() + 4 * match.group().startswith("The "), match.end(), 0.75)


def _find_in_blocks(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches that end with the heading or list item they begin in; a list has a name a line."""
    at = 0
    while match := pattern.search(text, at):
        border = next(
            (b.start() for b in _LINE_BREAK.finditer(text, *match.span()) if ends_block(text, b.start())), None
        )
        if border is None:
            yield match
            at = match.end()
        else:
            within = pattern.match(text, match.start(), border)
            if within is not None:
                yield within
            at = border
