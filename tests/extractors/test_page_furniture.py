"""What sites put around and after their content."""

import pytest

from extractors.page_furniture import (
    cut_credit,
    heads_comments,
    heads_related,
    is_cookie_notice,
    names_comments,
    names_wrapping,
)


@pytest.mark.parametrize(
    "names", ["comments", "comments-area", "comment-list", "post-comments", "commentform", "respond"]
)
def test_names_of_comments_wrap(names: str) -> None:
    assert names_comments(names)
    assert names_wrapping(names)


@pytest.mark.parametrize(
    "names", ["jp-relatedposts", "site-footer", "entry-tags", "tags", "read-next", "cookie-banner"]
)
def test_names_around_the_content_wrap(names: str) -> None:
    assert names_wrapping(names)
    assert not names_comments(names)


@pytest.mark.parametrize("names", ["commentary", "shareholders", "adsorption", "heritage", "members-list", "stages"])
def test_parts_of_words_wrap_nothing(names: str) -> None:
    assert not names_wrapping(names)


@pytest.mark.parametrize(
    "line",
    [
        *("Comments", "3 comments", "Comments (3)", "Leave a reply", "Leave your comment:", "Comments are closed."),
        *("Kommentare", "Kommentar schreiben", "Schreibe einen Kommentar", "Hinterlasse eine Antwort"),
        *("Laisser un commentaire", "Deja un comentario", "Geef een reactie", "Dodaj komentarz", "Lascia un\ncommento"),
    ],
)
def test_lines_over_comments(line: str) -> None:
    assert heads_comments(line)


@pytest.mark.parametrize(
    "line",
    ["Comments of the board", "Responses to the survey of members", "Reply of the mayor", "General Comment No. 4", ""],
)
def test_lines_that_only_speak_of_comments(line: str) -> None:
    assert not heads_comments(line)


@pytest.mark.parametrize(
    "heading",
    [
        "Related news",
        "Latest member stories",
        "Recent",
        "Mehr zum Thema",
        "Ähnliche Beiträge",
        "À lire aussi",
        "Leggi anche",
        "Lees ook",
        "Czytaj także",
    ],
)
def test_headings_over_related_pages(heading: str) -> None:
    assert heads_related(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Members",
        "Latest members",
        "Recent signatories of the charter",
        "Our network",
        "Relations with cities",
        "Mehrheit im Rat",
        "Readership",
    ],
)
def test_headings_over_content(heading: str) -> None:
    assert not heads_related(heading)


@pytest.mark.parametrize(
    ("caption", "bare"),
    [
        ("The mayors of Bonn and Oslo sign. Photo: J. Doe/Agency", "The mayors of Bonn and Oslo sign."),
        ("The mayor of Bonn (Foto: City of Bonn)", "The mayor of Bonn"),
        ("The mayor of Bonn © Example/Getty Images", "The mayor of Bonn"),
        ("The mayors in Bonn | Bild: example.com", "The mayors in Bonn"),
        ("Image credit: J. Doe", ""),
        ("The board in Oslo", "The board in Oslo"),
        ("Photo: the board. It met in Oslo in May.", "Photo: the board. It met in Oslo in May."),
        ("", ""),
    ],
)
def test_credit_of_a_caption_is_cut(caption: str, bare: str) -> None:
    assert cut_credit(caption, is_caption=True) == bare


def test_credit_of_another_text_is_cut_only_with_its_sign() -> None:
    assert cut_credit("The mayors in Bonn. | © Example/Getty Images", is_caption=False) == "The mayors in Bonn."
    assert cut_credit("The mayor took a photo: Bonn by night", is_caption=False).endswith("Bonn by night")


def test_cookie_notices_are_short_and_name_cookies() -> None:
    assert is_cookie_notice("This site uses cookies to count its visitors.")
    assert not is_cookie_notice("Bonn and Oslo are members.")
    assert not is_cookie_notice("Of cookies and their bakers. " * 40)
