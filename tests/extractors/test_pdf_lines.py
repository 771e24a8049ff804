from typing import Any

import pytest

from extractors.pdf_lines import find_segments


def _word(
    text: str, x0: float, width: float = 20, *, top: float = 100, size: float = 10, font: str = "Times"
) -> dict[str, Any]:
    return {"text": text, "x0": x0, "x1": x0 + width, "top": top, "bottom": top + size, "size": size, "fontname": font}


def test_wide_gaps_part_segments_and_narrow_ones_words() -> None:
    segments = find_segments([_word("Bonn", 10), _word("joins", 33), _word("Kiel", 90)])
    assert [segment.text for segment in segments] == ["Bonn joins", "Kiel"]


def test_ligatures_are_resolved_and_marks_of_notes_dropped() -> None:
    words = [_word("ofﬁce", 10), _word("2", 30, 3, top=98, size=6), _word("ﬂag", 36)]
    assert [segment.text for segment in find_segments(words)] == ["office flag"]


@pytest.mark.parametrize("bullet", ["•", "○", "\uf0d8"])
def test_a_bullet_belongs_to_its_item_at_any_distance(bullet: str) -> None:
    assert [segment.text for segment in find_segments([_word(bullet, 10, 4), _word("Bonn", 40)])] == [f"{bullet} Bonn"]


def test_columns_without_common_baselines_keep_their_lines_apart() -> None:
    words = [_word("Bruges", 10), _word("Espoo", 200, top=104.5), _word("Leuven", 10, top=109)]
    assert sorted(segment.text for segment in find_segments(words)) == ["Bruges", "Espoo", "Leuven"]


def test_an_evenly_stretched_line_is_one() -> None:
    words = [_word(text, 10 + 31 * place) for place, text in enumerate(["Oslo,", "Bonn,", "Kiel,", "Riga,", "Rome"])]
    assert len(find_segments(words)) == 1


def test_a_font_that_changes_within_a_word_does_not_part_it() -> None:
    (segment,) = find_segments([_word("Bo", 10, font="Times-Bold"), _word("nn", 30)])
    assert (segment.text, segment.is_bold) == ("Bonn", False)
