"""Which language a text is in: enough to tell English, which is mined, from the rest, which is kept."""

import re
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+")
_MIN_SPEECH = 5
"""Letters of a word in small letters that is of speech; those within names are shorter: "del", "sur", "upon"."""
_SAMPLE = 20_000

# Each language's commonest function words, without those that are as common in another listed one
# ("de", "la", "in", "a", "die", "en", "on"): such words would vote for two languages at once.
_STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to for with by from that is are was has have which its this at as been will",
        "de": "der das und den von zu mit sich des auf für ist im dem nicht ein eine auch werden wird sind",
        "fr": "le les des et du un une dans pour que qui est sur au avec par ce sont aux cette ses",
        "es": "el los las y del una por con para se su al lo como más fue este sus ha son",
        "it": "il di e che della del per un una sono con nel dei alla delle gli è anche da si",
        "pt": "o os do da dos das e em um uma para com não por que ao na no pelo foi são mais",
        "nl": "het een van en voor dat zijn met niet aan er ook als bij naar worden deze door wordt heeft",
        "sv": "och att det som en för av är den med till inte har från ett kommer eller vid staden",
        "da": "og at det er til af for en som på med den har ikke der et fra blev kommune eller",
        "nb": "og det er til av for en som på med den har ikke et fra ble kommune også eller",
        "fi": "ja on ei että se oli ovat sekä mukaan kuin myös tai kaupungin hän joka mutta kanssa ole",
        "pl": "i w z na do się że jest nie o oraz jak od za po przez dla miasta są który",
        "cs": "a v na se je že do s z o pro jako ve které byl jsou od města také podle",
        "tr": "ve bir bu için ile olarak da de olan belediye çok en kadar sonra ise daha gibi tarafından",
        "ca": "el els les i del una per amb que és al dels ha com aquest més seva ciutat són",
    }.items()
}

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),  # before Chinese: Japanese has both kana and ideographs
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
# A third of the letters in another script is no English text with foreign names in it.
_MIN_SCRIPT = 0.33
# Of the words of 712 English documents, prose and lists, the English ones listed here are 26 % (median),
# 12 % at the fifth percentile, and 3.5 times those of any other language; lists of names have hardly any.
_MIN_WORDS = 15
_MIN_SHARE = 0.08
_MIN_LEAD = 1.4


def find_language(text: str, declared: str | None = None) -> str:
    """The ISO 639-1 code of the language of `text`.

    Prose speaks for itself, by its script or its function words, since many sites declare English on
    all their pages. Where it does not (a list of names, a few words), the `declared` language (an
    HTML `lang` such as `en-GB`) counts, and without one English.
    """
    sample = text[:_SAMPLE]
    return _find_by_script(sample) or _find_by_words(sample) or _normalise_code(declared) or "en"


def _find_by_script(sample: str) -> str | None:
    letters = sum(1 for character in sample if character.isalpha())
    for language, script in _SCRIPTS:
        if letters and len(script.findall(sample)) > _MIN_SCRIPT * letters:
            return language
    return None


def _find_by_words(sample: str) -> str | None:
    """English, if its function words lead in the sample or in its speech; another language, if it leads in both.

    Names have function words of their own languages in them ("Boulogne-sur-Mer", "Mar del Plata"), and the letters of
    an index are such words elsewhere.
    """
    whole = _find_leading(_WORD.findall(sample.lower()))
    if whole == "en":
        return whole
    spoken = _find_leading([word.lower() for line in sample.split("\n") for word in _read_speech(line)])
    return spoken if whole is not None or spoken == "en" else None


def _find_leading(words: Sequence[str]) -> str | None:
    """The language whose function words lead among `words` in small letters; None of too few or mixed ones."""
    counts = Counter(words)
    total = len(words)
    if total < _MIN_WORDS:
        return None
    shares = {
        language: sum(counts[word] for word in stop_words) / total for language, stop_words in _STOP_WORDS.items()
    }
    (best, share), (_, next_share) = sorted(shares.items(), key=lambda item: -item[1])[:2]
    if share < _MIN_SHARE or share < _MIN_LEAD * next_share:
        return None
    return best


def _read_speech(line: str) -> list[str]:
    """The words of a line that is not of names alone; empty if it is."""
    words = _WORD.findall(line)
    return words if any(word.islower() and len(word) >= _MIN_SPEECH for word in words) else []


def _normalise_code(declared: str | None) -> str | None:
    code = re.split("[-_]", (declared or "").strip().lower())[0]
    return code if re.fullmatch("[a-z]{2}", code) else None
