import pytest

from extractors.candidates import find_candidates
from extractors.claim_dates import find_claim_dates
from extractors.reading import DocumentReader
from schemas.vocabulary import Role, Status


def dates(
    read: DocumentReader, text: str, city: str, role: Role, status: Status = Status.CURRENT
) -> tuple[str | None, str | None]:
    reading = read(text, published="2021-05-04")
    pair = next(p for p in find_candidates(reading) if text[p.city.start : p.city.end] == city)
    return find_claim_dates(reading, pair, role, status)


@pytest.mark.parametrize(
    ("text", "city", "role", "status", "expected"),
    [
        ("Oslo joined Eurocities in 1991.", "Oslo", Role.MEMBER, Status.CURRENT, ("1991", None)),
        ("Oslo has been in Eurocities since May 1991.", "Oslo", Role.MEMBER, Status.CURRENT, ("1991-05", None)),
        ("Oslo chaired Eurocities from 2016 to 2018.", "Oslo", Role.CHAIR, Status.ENDED, ("2016", "2018")),
        ("Oslo left Eurocities in 2018.", "Oslo", Role.MEMBER, Status.ENDED, (None, "2018")),
        (
            "Oslo hosts the Eurocities congress on 12–14 June 2021.",
            "Oslo",
            Role.EVENT_HOST,
            Status.PLANNED,
            ("2021-06-12", "2021-06-14"),
        ),
        (
            "Eurocities met in Oslo in 2012; in Porto in 2015; in Lyon in 2018.",
            "Porto",
            Role.EVENT_HOST,
            Status.CURRENT,
            ("2015", "2015"),
        ),
        ("Oslo is a member of Eurocities.", "Oslo", Role.MEMBER, Status.CURRENT, (None, None)),
        (
            "Oslo is to host the Eurocities congress from 16 to 18 March.",
            "Oslo",
            Role.EVENT_HOST,
            Status.PLANNED,
            ("2022-03-16", "2022-03-18"),
        ),
        ("Oslo takes the Eurocities chair on 1 March.", "Oslo", Role.CHAIR, Status.PLANNED, ("2022-03-01", None)),
        ("Oslo took the Eurocities chair on 1 March.", "Oslo", Role.CHAIR, Status.CURRENT, ("2021-03-01", None)),
        (
            "Oslo hosts the Eurocities congress of March 2021.",
            "Oslo",
            Role.EVENT_HOST,
            Status.PLANNED,
            (None, None),
        ),
    ],
)
def test_date_of_its_own_clause_is_taken(
    read: DocumentReader, text: str, city: str, role: Role, status: Status, expected: tuple[str | None, str | None]
) -> None:
    assert dates(read, text, city, role, status) == expected


def test_date_of_the_heading_serves_the_list_below_it(read: DocumentReader) -> None:
    text = "NEW MEMBERS OF EUROCITIES, MARCH 2020\n\n- Oslo\n- Porto\n"
    assert dates(read, text, "Porto", Role.MEMBER) == ("2020-03", None)


def test_years_of_a_report_are_no_dates_of_its_list(read: DocumentReader) -> None:
    text = "ACTIVITY REPORT 1993 - 1995\n\nThe members of Eurocities are:\n- Oslo\n- Bergen\n"
    assert dates(read, text, "Bergen", Role.MEMBER) == (None, None)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("For the years 2019-2022 Eurocities chose a fresh board: Porto, Oslo, Lyon and Turku.", "Turku"),
        ("EUROCITIES EXECUTIVE COMMITTEE 2019–2022\n\n- Oslo\n- Porto\n", "Porto"),
    ],
)
def test_years_of_a_mandate_are_those_of_all_its_offices(read: DocumentReader, text: str, city: str) -> None:
    assert dates(read, text, city, Role.BOARD_MEMBER) == ("2019", "2022")


@pytest.mark.parametrize(
    "text",
    [
        "At the Eurocities executive committee, vice-chair Ghent presented the Strategic Plan 2021-2025.",
        "Ghent, board member of Eurocities, is preparing for the 2021-2027 programming period.",
    ],
)
def test_years_of_a_plan_are_no_mandate(read: DocumentReader, text: str) -> None:
    assert dates(read, text, "Ghent", Role.BOARD_MEMBER)[1] not in {"2025", "2027"}


@pytest.mark.parametrize(("network", "since"), [("iclei", "1996"), ("eurocities", "2001"), ("c40", "2008")])
def test_each_network_of_an_enumeration_has_its_own_year(read: DocumentReader, network: str, since: str) -> None:
    reading = read("Oslo joined ICLEI in 1996, Eurocities in 2001 and C40 in 2008.", published="2021-05-04")
    pair = next(p for p in find_candidates(reading) if p.network_id == network)
    assert find_claim_dates(reading, pair, Role.MEMBER, Status.CURRENT) == (since, None)


def test_what_is_planned_does_not_begin_on_the_day_of_publication(read: DocumentReader) -> None:
    text = "Mayors to meet in Porto. Eurocities will hold its congress in Porto, it said in 2019."
    assert dates(read, text, "Porto", Role.EVENT_HOST, Status.PLANNED) == (None, None)


def test_past_month_of_another_sentence_is_not_the_coming_one(read: DocumentReader) -> None:
    text = "Rama was elected president of Eurocities last July. The next meeting will be in Porto."
    assert dates(read, text, "Porto", Role.EVENT_HOST, Status.PLANNED) == (None, None)


def test_since_when_another_city_holds_its_office_dates_nobody_else(read: DocumentReader) -> None:
    text = "Lyon remains president of Eurocities, which it has been since 2011. Porto is vice-president of Eurocities."
    assert dates(read, text, "Porto", Role.VICE_CHAIR) == (None, None)


def test_neighbouring_entry_keeps_its_year_to_itself(read: DocumentReader) -> None:
    text = "Turku is a member of these networks:\n\n- Energy Cities\n- Eurocities, since 1989\n"
    reading = read(text, published="2021-05-04")
    found = {p.network_id: find_claim_dates(reading, p, Role.MEMBER, Status.CURRENT) for p in find_candidates(reading)}
    assert found == {"energy-cities": (None, None), "eurocities": ("1989", None)}


def test_what_is_current_has_begun(read: DocumentReader) -> None:
    text = "Porto is on the board of Eurocities, which meets in 2023."
    assert dates(read, text, "Porto", Role.BOARD_MEMBER)[0] != "2023"


@pytest.mark.parametrize(("network", "since"), [("eurocities", "1996"), ("ubc", None)])
def test_date_put_in_before_a_network_is_that_networks(read: DocumentReader, network: str, since: str | None) -> None:
    text = "Oslo is a member of the Union of the Baltic Cities and, since 1996, of Eurocities."
    reading = read(text, published="2021-05-04")
    pair = next(p for p in find_candidates(reading) if p.network_id == network)
    assert find_claim_dates(reading, pair, Role.MEMBER, Status.CURRENT) == (since, None)


def test_years_of_a_mandate_date_no_membership(read: DocumentReader) -> None:
    text = "Oslo is a member of Eurocities, whose board for 2019-2022 sits in Porto."
    assert dates(read, text, "Oslo", Role.MEMBER) != ("2019", "2022")


def test_year_in_which_a_network_began_dates_no_membership(read: DocumentReader) -> None:
    text = "Oslo has today become a member of Eurocities, the network that was launched in 1986."
    assert dates(read, text, "Oslo", Role.MEMBER) == ("2021-05-04", None)


def test_term_tells_an_end_and_no_beginning(read: DocumentReader) -> None:
    text = "For the next two years it is Oslo that presides over Eurocities."
    since, until = dates(read, text, "Oslo", Role.CHAIR)
    assert since != "2023"
    assert until == "2023"
