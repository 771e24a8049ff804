import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.place_names import fold_name, fold_spelling, is_ordinary_word, ordinary_sense, split_words


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Tromsø", "tromso"),
        ("Łódź", "lodz"),
        ("Gießen", "giessen"),
        ("Đà Nẵng", "da nang"),
        ("Iğdır", "igdir"),
        ("İzmir", "izmir"),
        ("Saint-Étienne", "st etienne"),
        ("St. Etienne", "st etienne"),
        ("Sankt Pölten", "st polten"),
        ("’s-Hertogenbosch", "s hertogenbosch"),
        ("Kaunas¹", "kaunas"),
        ("Mu\u0308nchen", "munchen"),
        ("—", ""),
        ("", ""),
    ],
)
def test_folding_leaves_plain_words(name: str, folded: str) -> None:
    assert fold_name(name) == folded


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)


@given(st.text(max_size=40))
def test_split_words_agree_with_the_folded_name(text: str) -> None:
    words = split_words(text)
    assert " ".join(word.text for word in words) == fold_name(text)
    assert all(fold_name(text[word.start : word.end]) == word.text for word in words)


@pytest.mark.parametrize(
    ("name", "sense"),
    [
        ("Reading", "word"),
        ("Most", "word"),
        ("Nice", "word"),
        ("The City", "word"),
        ("Asia", "region"),
        ("Lebanon", "country"),
        ("Florence", "person"),
        ("May", "calendar"),
        ("SE", "code"),
    ],
)
def test_ordinary_word_tells_its_other_sense(name: str, sense: str) -> None:
    assert ordinary_sense(name) == sense
    assert is_ordinary_word(name)


@pytest.mark.parametrize("name", ["Oslo", "Hiroshima", "Plungė", "Singapore", "Luxembourg", "Cork", "no place at all"])
def test_other_names_are_no_ordinary_words(name: str) -> None:
    assert ordinary_sense(name) is None


@pytest.mark.parametrize(
    "names",
    [("Jabaliah", "Jabalya", "Jabālyā"), ("Nablus", "Nablous"), ("Al-Khalil", "Khaleel")],
)
def test_transcriptions_of_a_name_share_a_spelling(names: tuple[str, ...]) -> None:
    assert len({fold_spelling(name) for name in names}) == 1


def test_spelling_keeps_names_apart_that_vowels_part() -> None:
    assert len({fold_spelling(name) for name in ("Tripoli", "Tripolis", "Kabul", "Kabala")}) == 4
