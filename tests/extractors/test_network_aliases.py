import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.network_aliases import FoldedText, fold_name


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Énergie–Cités", "energie cites"),
        ("Conseil des communes et régions d’Europe", "conseil des communes et regions deurope"),
        ("U.S. Mayors' Agreement", "us mayors agreement"),
        ("M E D C I T I E S", "medcities"),
        ("Euroci-\nties", "eurocities"),
        ("ACR+", "acr+"),
        ("Łódź", "lodz"),
    ],
)
def test_fold_levels_what_does_not_tell_names_apart(name: str, folded: str) -> None:
    assert fold_name(name) == folded


def test_marks_that_end_a_phrase_keep_names_apart() -> None:
    assert fold_name("Energy. Cities") != fold_name("Energy Cities")
    assert fold_name("Energy, Cities") != fold_name("Energy Cities")


@given(st.text(max_size=60))
def test_every_letter_of_the_folded_text_comes_from_its_place(text: str) -> None:
    folded = FoldedText(text)
    origins = [folded.origin(at) for at in range(1, len(folded.text) - 1)]
    assert origins == sorted(set(origins))
    assert all(0 <= origin < len(text) for origin in origins)
    assert all(text[origin].isalnum() or not folded.text[at].isalnum() for at, origin in enumerate(origins, start=1))


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold_name(text)
    assert " ".join(fold_name(once).split()) == " ".join(once.split())
