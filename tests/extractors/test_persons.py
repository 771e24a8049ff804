"""Persons: full names, surnames alone, and what is none."""

import pytest

from extractors.persons import find_persons
from schemas.document import Block
from schemas.vocabulary import BlockKind


def find(text: str, *taken: str) -> dict[str, list[str]]:
    block = Block(kind=BlockKind.PARAGRAPH, start=0, end=len(text))
    spans = [(text.index(word), text.index(word) + len(word)) for word in taken]
    return {p.name: [text[m.start : m.end] for m in p.mentions] for p in find_persons(text, [block], [], spans)}


def test_surname_alone_is_a_mention_of_who_bore_it_first() -> None:
    assert find("Sadiq Khan presides, and later Khan spoke.") == {"Sadiq Khan": ["Sadiq Khan", "Khan"]}


def test_name_over_a_line_end_is_one() -> None:
    assert find("It was led by Kostas\nBakoyannis then.") == {"Kostas Bakoyannis": ["Kostas\nBakoyannis"]}


def test_name_runs_over_no_blocks_end() -> None:
    lines = ["Clarence Anthony", "Clarence E. Anthony", "Executive Director"]
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines]
    blocks = [
        Block(kind=BlockKind.LIST_ITEM, start=start, end=start + len(line))
        for start, line in zip(starts, lines, strict=True)
    ]
    assert [p.name for p in find_persons(text, blocks, [], [])] == ["Clarence Anthony", "Clarence E. Anthony"]


def test_place_inside_a_name_leaves_it_a_persons() -> None:
    assert list(find("Sadiq Khan presides.", "Khan")) == ["Sadiq Khan"]


def test_name_of_a_network_is_no_persons() -> None:
    assert find("The Climate Alliance met.", "Climate Alliance") == {}


def test_titled_surname_without_a_full_name_is_a_person() -> None:
    assert find("Thanks to Mayor Marino for this.") == {"Marino": ["Marino"]}


def test_possessive_is_cut_off() -> None:
    assert list(find("They heard Anne Hidalgo's speech.")) == ["Anne Hidalgo"]


def test_words_that_nobody_is_called_part_a_row_of_capitals() -> None:
    text = "Then Hazel Crest Village President Vernard L. Alsberry, Jr. Second Vice President spoke."
    assert list(find(text)) == ["Hazel Crest", "Vernard L. Alsberry, Jr."]


@pytest.mark.parametrize(
    "text",
    [
        "The seat went to South Carolina.",
        "It is the Mountain Plains region.",
        "The Chief Administrative Officer led.",
        "It serves Latin America.",
        "Road Safety leads.",
    ],
)
def test_regions_and_subjects_are_no_persons(text: str) -> None:
    assert find(text) == {}


def test_nickname_in_quotation_marks_belongs_to_the_name() -> None:
    assert list(find('Denise "D. D." Adams spoke.')) == ['Denise "D. D." Adams']


def test_word_cut_by_the_end_of_a_line_is_whole_in_a_name() -> None:
    assert list(find("They heard Ernie Gals-\nworthy and Ann Aki-\nSawyerr.")) == [
        "Ernie Galsworthy",
        "Ann Aki-Sawyerr",
    ]


def test_month_after_a_given_name_is_a_surname_unless_it_dates() -> None:
    assert list(find("Theresa May spoke.")) == ["Theresa May"]
    assert find("Paul May 2020") == {}
