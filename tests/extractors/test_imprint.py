import pytest

from extractors.imprint import Imprint, cut_to_day, read_date, read_imprint


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("14 May 2021", "2021-05-14"),
        ("on May 14th, 2021 in Bonn", "2021-05-14"),
        ("Sept. 2020", "2020-09"),
        ("2020-02", "2020-02"),
        ("2020-02-03T10:00", "2020-02-03"),
        ("2021/05/14", "2021-05-14"),
        ("2019/20", "2019"),
        ("in 1998", "1998"),
        ("31 February 2020", "2020-02"),  # no such day: the month is left
        ("3/4/2021", "2021"),  # the month is anybody's guess
        ("no date", None),
    ],
)
def test_date_is_as_exact_as_the_text(text: str, date: str | None) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2021-05-14T10:00:00Z", "2021-05-14"),
        ("2021-05", "2021-05"),
        ("2021", "2021"),
        ("2021-13-01", None),
        ("20210514", None),
        ("14.5.2021", None),
        ("", None),
    ],
)
def test_timestamps_are_cut_to_the_day(value: str, date: str | None) -> None:
    assert cut_to_day(value) == date


def test_imprint_is_read_from_the_head() -> None:
    imprint = read_imprint("Annual report\n\nPublished by City Networks Digest, February 2020\n\nIn 1991 ...")
    assert (imprint.publisher, imprint.published) == ("City Networks Digest", "2020-02")


def test_fields_of_an_imprint_stand_on_lines_of_their_own() -> None:
    imprint = read_imprint("Title: News\nPublisher: Town of Kiel\nDate: 3 March 2011\n\nText.")
    assert (imprint.title, imprint.publisher, imprint.published) == ("News", "Town of Kiel", "2011-03-03")


def test_dates_of_the_story_are_no_imprint() -> None:
    assert read_imprint("The network was founded on 3 May 1991 in Gdańsk.").published is None


@pytest.mark.parametrize(
    "text",
    [
        "Date of establishment: 1985",
        "Date joined: 12 May 2005",
        "As of 1 July 1999, Bonn chairs the network.",
        "As of 1 July 1999 Bonn is its chair.",
        "Released in 1995, the charter has many signatories.",
        "Status of member cities in 2003",
        "According to a study published by Eurostat in 2010, towns grow.",
    ],
)
def test_dates_and_bodies_of_sentences_are_no_imprint(text: str) -> None:
    assert read_imprint(text) == Imprint()


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Date – 3 May 2019", "2019-05-03"),
        ("Updated on 2019/05/03", "2019-05-03"),
        ("Issued Friday, 3 May 2019 by the board", "2019-05-03"),
        ("Status: May 2019", "2019-05"),
        ("(as of 3 May 2019)", "2019-05-03"),
        ("Annual report. Published by the Town of Kiel, May 2019", "2019-05"),
    ],
)
def test_date_of_an_imprint_stands_right_after_its_label(text: str, date: str) -> None:
    assert read_imprint(text).published == date
