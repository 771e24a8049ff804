"""A few made-up trees of what treebanks hardly have: cities that chair, and chairs that are people.

In 317,000 words of UD English *chairs* is a verb once. Claims hang on it, so sentences are drawn from a small grammar,
with other verbs and with the noun for balance. They are half a percent of what the parser reads in its last stage.
"""

import random
from collections.abc import Iterator

from extractors.training.corpora import Sentence

CITIES = tuple(
    "Ghent Turin Malmö Bilbao Graz Utrecht Leipzig Cork Porto Riga Lyon Genoa Essen Varna Bergen Split Kaunas Nice "
    "Bonn Oslo Quito Lima Durban Kyoto Izmir Accra Dakar Osaka Rabat Sfax Cusco Natal Perth Leeds Basel Namur".split()
)
FIRST_NAMES = tuple("Anna Peter Lucía Ahmed Marie Jan Elena Paul Ingrid Tomás".split())
LAST_NAMES = tuple("Berg Novak Costa Lind Moreau Weber Silva Kaya Rossi Nagy".split())
VERBS = {"chairs": "chair", "hosts": "host", "leads": "lead", "heads": "head", "joins": "join", "signs": "sign"}
"""Third persons and their lemmas; the first is drawn as often as all others."""

BODIES = ("network", "committee", "assembly", "board", "forum", "meeting")
TOPICS = ("mobility", "climate", "culture", "housing", "water", "health")

Word = tuple[str, str, str, str, str, int, str]
"""Form, lemma, universal tag, Penn tag, features, head relative to the phrase (0: the phrase's head), relation."""

Phrase = list[Word]


def the(head: int) -> Word:
    """The article of the word at `head`."""
    return ("the", "the", "DET", "DT", "Definite=Def|PronType=Art", head, "det")


def noun(form: str, head: int = 0, relation: str = "") -> Word:
    """A common noun in the singular."""
    return (form, form, "NOUN", "NN", "Number=Sing", head, relation)


def name(form: str, head: int = 0, relation: str = "") -> Word:
    """A proper noun in the singular."""
    return (form, form, "PROPN", "NNP", "Number=Sing", head, relation)


def preposition(form: str, head: int) -> Word:
    """The preposition of the noun at `head`."""
    return (form, form, "ADP", "IN", "", head, "case")


def punctuation(form: str, head: int = 0) -> Word:
    """A comma or a full stop."""
    return (form, form, "PUNCT", form, "", head, "punct")


def draw_holder(rng: random.Random) -> Phrase:
    """X; the city of X; the mayor of X; Mayor First Last; or First Last, mayor of X, as an apposition."""
    city, first, last = rng.choice(CITIES), rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES)
    phrases: list[Phrase] = [
        [name(city)],
        [the(2), noun("city"), preposition("of", 4), name(city, 2, "nmod")],
        [the(2), noun("mayor"), preposition("of", 4), name(city, 2, "nmod")],
        [name("Mayor", 2, "nmod:desc"), name(first), name(last, 2, "flat")],
        [
            name(first),
            name(last, 1, "flat"),
            punctuation(",", 4),
            noun("mayor", 1, "appos"),
            preposition("of", 6),
            name(city, 4, "nmod"),
            punctuation(",", 4),
        ],
    ]
    return rng.choice(phrases)


def draw_organ(rng: random.Random) -> Phrase:
    """The network (or another body); the executive committee; the working group on …; the board of the alliance."""
    phrases: list[Phrase] = [
        [the(2), noun(rng.choice(BODIES))],
        [the(3), ("executive", "executive", "ADJ", "JJ", "Degree=Pos", 3, "amod"), noun("committee")],
        [
            the(3),
            ("working", "work", "VERB", "VBG", "VerbForm=Ger", 3, "amod"),
            noun("group"),
            preposition("on", 5),
            noun(rng.choice(TOPICS), 3, "nmod"),
        ],
        [the(2), noun("board"), preposition("of", 5), the(5), noun("alliance", 2, "nmod")],
    ]
    return rng.choice(phrases)


def draw_time(rng: random.Random) -> Phrase:
    """Since or until a year, or nothing."""
    year = str(rng.randrange(2005, 2026))
    number: Word = (year, year, "NUM", "CD", "NumForm=Digit|NumType=Card", 0, "")
    word = rng.choice(("since", "until", ""))
    return [preposition(word, 2), number] if word else []


def join_phrases(phrases: list[tuple[Phrase, str]], root: int) -> Sentence:
    """One tree: each phrase's head hangs with its relation on the head of phrase `root`."""
    root_row = sum(len(phrase) for phrase, _ in phrases[:root]) + 1
    root_row += next(index for index, word in enumerate(phrases[root][0]) if word[5] == 0)
    rows: list[list[str]] = []
    for number, (phrase, relation) in enumerate(phrases):
        offset = len(rows)
        for form, lemma, pos, tag, features, inner_head, inner_relation in phrase:
            if inner_head:
                head, label = offset + inner_head, inner_relation
            elif number == root:
                head, label = 0, "root"
            else:
                head, label = root_row, relation
            rows.append([str(len(rows) + 1), form, lemma, pos, tag, features or "_", str(head), label, "_", "_"])
    rows[0][1] = rows[0][1][:1].upper() + rows[0][1][1:]
    # No space stands before a comma or a full stop.
    spaces = [following[1] not in {",", "."} for following in rows[1:]] + [True]
    return Sentence({}, rows, spaces)


def draw_verb_sentence(rng: random.Random) -> Sentence:
    """A city or its mayor that chairs, hosts, leads … an organ, sometimes since or until a year."""
    first, *others = VERBS
    form = first if rng.random() < 0.5 else rng.choice(others)
    features = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
    phrases: list[tuple[Phrase, str]] = [
        (draw_holder(rng), "nsubj"),
        ([(form, VERBS[form], "VERB", "VBZ", features, 0, "")], ""),
        (draw_organ(rng), "obj"),
        (draw_time(rng), "obl"),
        ([punctuation(".")], "punct"),
    ]
    return join_phrases([pair for pair in phrases if pair[0]], root=1)


def draw_noun_sentence(rng: random.Random) -> Sentence:
    """Chairs that are people: "The chairs of the board of the alliance met in Ghent."."""
    organ = draw_organ(rng)
    before = 3
    inside: Phrase = [(*word[:5], before + word[5] if word[5] else 2, word[6] or "nmod") for word in organ]
    head_of_organ = before + 1 + next(index for index, word in enumerate(organ) if word[5] == 0)
    chairs: Word = ("chairs", "chair", "NOUN", "NNS", "Number=Plur", 0, "")
    met: Word = ("met", "meet", "VERB", "VBD", "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin", 0, "")
    phrases: list[tuple[Phrase, str]] = [
        ([the(2), chairs, preposition("of", head_of_organ), *inside], "nsubj"),
        ([met], ""),
        ([preposition("in", 2), name(rng.choice(CITIES))], "obl"),
        ([punctuation(".")], "punct"),
    ]
    return join_phrases(phrases, root=1)


def draw_sentences(number: int, *, seed: int) -> Iterator[Sentence]:
    """`number` sentences, one in five with the noun; the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - reproducible, not secret
    for index in range(number):
        yield draw_noun_sentence(rng) if index % 5 == 4 else draw_verb_sentence(rng)
