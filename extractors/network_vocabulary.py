"""Words by which texts show that a name is a city network's, and words by which they show that it is not."""

import re


def list_words(words: str) -> frozenset[str]:
    """The words of a list separated by white space."""
    return frozenset(words.split())


STRONG_HEADS = list_words(
    """alliance association associations club coalition compact confederation consortium covenant federation
    league network organisation organization pact partnership union bund cooperation grouping circle"""
)
"""A name with one of these and a word for cities is a network's."""

WEAK_HEADS = list_words(
    """assembly campaign caucus charter community conference congress council forum group initiative institute
    movement observatory parliament platform program programme project society taskforce collaborative center
    centre ring dialogue declaration agreement mission roundtable"""
)
"""These also head the names of events, of a city's organs and of programmes; they need cities in plural."""

HEADS = STRONG_HEADS | WEAK_HEADS

PLURAL_CITY_WORDS = list_words(
    """boroughs capitals cities communes councils localities mayors metropolises municipalities towns villages
    megacities metropoles burghs councillors medinas"""
)
SINGULAR_CITY_WORDS = list_words("city municipal mayoral urban metropolitan town intercity inter-city mayor metropolis")
CITY_PAIRS = frozenset(
    {
        "local governments",
        "local authorities",
        "local government",
        "local authority",
        "local councils",
        "local administrations",
        "local leaders",
        "public administrations",
        "municipal governments",
        "urban communities",
        "municipal authorities",
        "town councils",
        "city councils",
        "municipal councils",
        "district councils",
        "age-friendly communities",
        "inclusive communities",
        "resilient communities",
        "communities for",
    }
)
"""Two words that together stand for cities."""

FOREIGN_CITY_WORDS = list_words(
    """villes communes maires municipalités cités métropoles ciudades municipios ayuntamientos pueblos alcaldes cidades
    municípios prefeitos autarquias ciutats municipis città comuni borghi sindaci städte gemeinden kommunen steden
    gemeenten kommuner städer byer miast gmin měst obcí"""
)
"""Words for cities in the names that English texts quote in other languages."""

FOREIGN_HEADS = list_words(
    """red rede rete réseau xarxa asociación associazione associação associació federación federazione federação unión
    unione união mancomunidad liga lega alianza alleanza aliança verband netzwerk städtebund vereniging netwerk
    stowarzyszenie związek svaz združenie savez birliği confederación fédération ligue coordinamento"""
)
"""Kinds of bodies in such names."""

NOT_A_NETWORK = list_words(
    """football soccer hockey basketball baseball rugby cricket premier champions athletic athletics sports university
    universities college colleges school schools student students alumni bank banks airlines airline railway railways
    hospital hospitals church diocese parliamentary workers teachers labor labour credit employees bar housing
    homeowners neighborhood neighbourhood residents tenants chamber commerce police fire theatre opera orchestra museum
    party democratic republican conservative liberal socialist exchange hotel hotels tram bus tramway subway transit
    ministers ministry nations cancer symphony zoo ballet insurance taxi chess republics rotary lions farmers growers
    employers veterans nurses journalists architects bishops"""
)
"""A name with one of these belongs to sport, learning, business, trade unions, parties or a single town's own life."""

_OFFICERS = list_words(
    """president presidents chair chairs chairman chairwoman chairperson vice-president vice-chair co-chair
    vice-presidents deputy secretary secretary-general director directors treasurer member members delegate delegates
    rapporteur spokesman spokeswoman ambassador commissioner trustees governors officers"""
)
OFFICE_HOLDERS = _OFFICERS | list_words(
    "coordinator co-ordinator manager officer head lead leader representative spokesperson adviser advisor"
)
"""Who acts for a network; after the word for one they make it a person's office: `the mayors' network coordinator`."""

TITLES = _OFFICERS | list_words(
    """mayor councillor lord governor minister mr mrs ms dr prof cllr alderman host winner founder signatory secretariat
    headquarters dear previous upcoming past next latest"""
)
"""A capitalised title before `of` is no part of the name that follows, nor is what addresses it or tells its turn."""

BREAKS = list_words(
    """joins join joined hosts host hosted leaves leave left quits quit exits exit rejoins rejoin leads chairs wins win
    won takes take took elected becomes become became signs sign signed welcomes welcome enters named heads says
    announces in at to by with from as is are was were has have had its their our this that these those when where
    while after before since about under over into until but or nor if not no all both many some most see also
    menu contact news search meets meeting admits admitted elects gets launches launched attend attends attended
    participates participate commemorates celebrates discuss discusses visits visit receives received appoints
    appointed backs urges urge calls supports opens presents hails marks gathers brings speaks chosen selected
    awarded monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december 1st 2nd 3rd 4th 5th"""
)
"""Words at which a chain of capitalised words ends, as in headings in title case."""

TAIL_STOPS = list_words(
    """annual meeting meetings summit award awards prize secretariat board executive committee bureau general
    declaration president presidents chair vice-president day days week session sessions newsletter website
    report statutes members agm working task commission section workshop festival mayor delegation"""
)
"""Words after a complete name that name one of the network's organs or events, and are no part of it."""

CONNECTORS = list_words("of for and & the on against a an de des du la le les del della d und für y e")
PREPOSITIONS = list_words("of for on against de des du del della d für")

ORDINALS = list_words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
)
EVENT_BEFORE = re.compile(
    rf"(?:\b(?:\d+(?:st|nd|rd|th)|{'|'.join(sorted(ORDINALS))}|annual|[XVI]{{2,}})\s+)$", re.IGNORECASE
)
"""An ordinal before a name makes it one event of a series."""

NETWORK_NOUN = (
    r"(?:network|alliance|association|league|union|coalition|federation|organi[sz]ation|forum|partnership|club|group|"
    r"body|initiative|platform|movement|campaign|covenant|pact|collaborative|lobby)"
)
CITIES_NOUN = (
    r"(?:cities|towns|municipalities|mayors|local\s+(?:governments|authorities|councils)|communes|capitals|metropolises|"
    r"boroughs|villages|councils|communities|ports|city\s+governments)"
)

NETWORK_CUES = re.compile(
    rf"\b(?:member(?:s|ship)?|join(?:ed|s|ing)?|networks?|signator(?:y|ies)|signed|secretariat|presidents?|presidency|"
    rf"vice-presidents?|chairs?|co-chairs?|board|general\s+assembly|congress|steering|executive|charter|"
    rf"{CITIES_NOUN}|mayors?|municipal\w*|awards?|belongs?|accredited|designat\w+|certified|affiliat\w+|association)\b",
    re.IGNORECASE,
)
"""What stands near the name of a network more often than near other things."""

STRONG_CUES = re.compile(
    rf"\b(?:members?\s+(?:cit(?:y|ies)|of)|membership|joined|joins?|(?:cities|city|mayors['’]?)\s+(?:network|alliance)|"
    rf"networks?|secretariat|presidency|(?:president|chair|board|bureau|congress|assembly|secretary\s+general)\s+of|"
    rf"{CITIES_NOUN}|belongs?\s+to|signator(?:y|ies)|municipal\s+association)\b",
    re.IGNORECASE,
)
"""Those that speak even for an acronym which usually means something else."""

NATIONS = list_words(
    """Scottish Welsh Irish British English German Austrian Swiss Dutch Belgian Flemish French Italian Spanish
    Portuguese Polish Czech Slovak Hungarian Romanian Bulgarian Greek Turkish Swedish Norwegian Danish Finnish
    Icelandic Estonian Latvian Lithuanian Ukrainian Croatian Serbian Slovenian Canadian American Mexican
    Brazilian Argentine Chilean Colombian Japanese Korean Chinese Indian Indonesian Philippine Australian
    Israeli Moroccan Tunisian Egyptian"""
)
"""A nation's adjective before a larger network's name makes it the name of a national one."""

DOMAIN_WORDS = re.compile(
    r"\b(mayor|member|membership|member\s+cit|president|vice-president|secretariat|network|cities|municipalit|board|"
    r"general\s+assembly|congress|council|commission|executive|chair|statutes|charter|signator|joined|association|towns)",
    re.IGNORECASE,
)
"""Words of which a text about the life of a city network has many different ones."""

MEDIA_WORDS = list_words(
    """today news journal magazine times post gazette review digest weekly bulletin herald daily blog press media
    papers letter observatory dive reporter tribune chronicle mirror guardian express monitor radio tv television online
    agency foundation institute university ministry consulting solutions limited ltd inc gmbh"""
)
"""A publisher with one of these reports about others."""

OTHER_BODIES = list_words(
    """eu un us uk usa uae unesco who oecd nato osce undp unep unicef imf wto oas asean au ioc fifa uefa efta
    ilo fao iom unhcr undrr wwf iucn itu bbc cnn ngo mp mep ceo phd gdp faq pdf rsvp gmt cet tba esg sdg sdgs
    co2 covid ndp cdu spd fdp ets eea ec eib eit jrc nasa epa hud fema nhs tuc cbi"""
)
"""Acronyms that are no city networks."""

GENERIC_WORDS = list_words(
    """international european world global national african asian american arab nordic latin regional local new
    big great first the of and for"""
)
"""Words that tell no network from another."""

NOT_THESE = re.compile(
    r"World\s+Health\s+Organi[sz]ation|United\s+Nations|European\s+Union|African\s+Union|Soviet\s+Union|"
    r"Council\s+of\s+Europe|Paris\s+Agreement|Star\s+Alliance|"
    r"Committee\s+of\s+the\s+Regions|World\s+Urban\s+Forum|World\s+Economic\s+Forum|World\s+Trade\s+Organi[sz]ation|"
    r"Labou?r\s+Organi[sz]ation|Urban\s+League|Organi[sz]ation\s+for\s+Economic|(?:City|Town|Borough|Municipal|County)\s+Council\b|"
    r"Mayors?\s+(?:and|&)\s+(?:City\s+)?Council(?:\s+Members?)?\b|Metropolitan\s+Planning\s+Organi[sz]ation|"
    r"\b(?:Best|Top)\s+(?:\d+\s+)?(?:Cities|Towns|Communities|Municipalities|Villages)\b",
    re.IGNORECASE,
)
"""Well-known bodies that are no city networks, a town's or a region's own, whom a letter addresses, and rankings."""


def count_domain_words(text: str) -> int:
    """How many different words of the life of city networks the text has."""
    return len({" ".join(word.lower().split()) for word in DOMAIN_WORDS.findall(text)})
