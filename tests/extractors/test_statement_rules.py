from collections.abc import Sequence

import pytest

from extractors.candidates import find_candidates
from extractors.pair_context import describe_context
from extractors.reading import DocumentReader
from extractors.relation_windows import PairContext, build_window
from extractors.role_reading import RoleReading
from extractors.statement_rules import CONFIDENCE, StatementReader, narrow_entry, read_statement
from schemas.vocabulary import Role, Status


def statement(read: DocumentReader, text: str, city: str) -> tuple[str, str] | None:
    reading = read(text, published="2021")
    pair = next(p for p in find_candidates(reading) if text[p.city.start : p.city.end] == city)
    found = read_statement(build_window(describe_context(reading, pair)))
    return (found.role.value, found.status.value) if found else None


@pytest.mark.parametrize(
    ("text", "city", "expected"),
    [
        ("Oslo is a member of Eurocities.", "Oslo", ("member", "current")),
        ("Oslo, Porto and Turku have recently joined Eurocities.", "Porto", ("member", "current")),
        ("Neither Lyon nor Turin is a member of Eurocities.", "Turin", ("member", "denied")),
        ("Neither Lyon nor Turin are part of Eurocities.", "Lyon", ("member", "denied")),
        ("Oslo is not a member of Eurocities.", "Oslo", ("member", "denied")),
        ("Lyon and Turin came to Eurocities. Neither of them has joined.", "them", ("member", "denied")),
        ("Oslo, which is twinned with Lyon, has not signed Eurocities.", "Oslo", ("signatory", "denied")),
        ("Oslo, in the end, did not join Eurocities.", "Oslo", ("member", "denied")),
        ("Oslo remains outside Eurocities.", "Oslo", ("member", "denied")),
        ("Oslo, a founder of Eurocities, has withdrawn.", "Oslo", ("member", "ended")),
        ("Oslo has not signed the lease of Eurocities.", "Oslo", None),
        ("Oslo has never joined Eurocities.", "Oslo", ("member", "denied")),
        ("Oslo, the Norwegian capital, left Eurocities in 2018.", "Oslo", ("member", "ended")),
        ("Oslo will join Eurocities.", "Oslo", ("member", "planned")),
        ("Oslo chairs Eurocities.", "Oslo", ("chair", "current")),
        ("Oslo took over the presidency of Eurocities from Milan.", "Oslo", ("chair", "current")),
        ("Oslo took over the presidency of Eurocities from Milan.", "Milan", ("chair", "ended")),
        ("Oslo joined the Eurocities Mobility Programme.", "Oslo", None),
        ("Oslo presides over the Eurocities working group on mobility.", "Oslo", ("committee_chair", "current")),
        ("Oslo has a seat on the Eurocities executive committee.", "Oslo", ("board_member", "current")),
        ("The Nordic seat on the Eurocities board is held by the mayor of Oslo.", "Oslo", ("board_member", "current")),
        ("Oslo has a seat in Eurocities.", "Oslo", None),
        ("The University of Oslo is a member of Eurocities.", "Oslo", None),
        ("Oslo should join Eurocities.", "Oslo", None),
        ("Eurocities councils: Oslo, Porto, Turku and Lyon.", "Turku", ("member", "current")),
        ("Member cities of Eurocities met: Oslo was late.", "Oslo", None),
        ("Lyon left the board of Eurocities in 2019.", "Lyon", None),
        ("Lyon is no longer a member of the executive committee of Eurocities.", "Lyon", None),
        ("Lyon is not a member of the Eurocities board.", "Lyon", None),
        ("Lyon will join the steering committee of Eurocities.", "Lyon", None),
        ("Tampere will join the Eurocities summit.", "Tampere", None),
        ("The mayor of Oslo joined Eurocities mayors in calling for action.", "Oslo", None),
        ("Lyon chairs the culture committee of Eurocities.", "Lyon", None),
        ("Oslo joined Eurocities in 1990 but left in 2005.", "Oslo", None),
        ("If Oslo joined Eurocities, it would be heard.", "Oslo", None),
        ("Former Eurocities members: Oslo, Lyon and Turin.", "Lyon", None),
        ("Oslo joined Eurocities and the mayor spoke.", "Oslo", ("member", "current")),
        ("Oslo, Porto and Turku have presided over Eurocities in the past.", "Porto", ("chair", "ended")),
    ],
)
def test_plain_statement_is_read_and_others_are_left(
    read: DocumentReader, text: str, city: str, expected: tuple[str, str] | None
) -> None:
    assert statement(read, text, city) == expected


def test_plain_statement_is_sure_where_the_model_hesitates(read: DocumentReader) -> None:
    class Hesitant:
        version = "hesitant/1"

        def read(self, pairs: Sequence[PairContext], *, doubtful_from: float | None = None) -> list[list[RoleReading]]:
            return [[RoleReading(Role.MEMBER, Status.CURRENT, 0.2)] for _ in pairs]

    reading = read("Oslo is a member of Eurocities.")
    contexts = [describe_context(reading, pair) for pair in find_candidates(reading)]
    assert [[r.probability for r in roles] for roles in StatementReader(Hesitant()).read(contexts)] == [[CONFIDENCE]]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2018–2020: Oslo", Status.ENDED),
        ("2020–: Oslo", Status.CURRENT),
        ("2020– Oslo (Marianne Borgen)", Status.CURRENT),
        ("2020– Marianne Borgen, Oslo", Status.CURRENT),
        ("2020–: Marianne Borgen, Mayor of Oslo", Status.CURRENT),
        ("2020 – today: Oslo", Status.CURRENT),
        ("2020 – Present: Oslo", Status.CURRENT),
        ("2020 until now: Oslo", Status.CURRENT),
        ("Oslo (2020–)", Status.CURRENT),
        ("Oslo (Marianne Borgen), 2020–", Status.CURRENT),
        ("2020 – Oslo", Status.ENDED),
        ("Oslo 2018–2020", Status.ENDED),
    ],
)
def test_period_without_an_end_goes_on(read: DocumentReader, line: str, expected: Status) -> None:
    class Past:
        version = "past/1"

        def read(self, pairs: Sequence[PairContext], *, doubtful_from: float | None = None) -> list[list[RoleReading]]:
            return [[RoleReading(Role.CHAIR, Status.ENDED, 0.5, of_role=0.9)] for _ in pairs]

    reading = read(f"Presidents of Eurocities\n\n- 2016–2018: Ghent\n- {line}\n", published="2023")
    oslo = [pair for pair in find_candidates(reading) if pair.city.place.name == "Oslo"]
    [[found], *_] = StatementReader(Past()).read([describe_context(reading, pair) for pair in oslo])
    assert found.status is expected
    assert found.probability == (0.5 if expected is Status.ENDED else 0.9)


@pytest.mark.parametrize(
    ("heading", "line", "expected"),
    [
        ("Board of Directors", "Past President: Marianne Borgen, Oslo", {Role.CHAIR, Role.BOARD_MEMBER}),
        ("Officers", "Immediate Past Chair: Marianne Borgen, Oslo", {Role.CHAIR, Role.BOARD_MEMBER}),
        ("Board of Directors", "Past Presidents: Oslo, 2001", {Role.CHAIR}),
        ("Board of Directors", "President until May: Oslo", {Role.CHAIR}),
        ("Who led us", "Past President: Marianne Borgen, Oslo", {Role.CHAIR}),
    ],
)
def test_past_president_in_a_list_of_the_board_has_a_seat(
    read: DocumentReader, heading: str, line: str, expected: set[Role]
) -> None:
    class Past:
        version = "past/1"

        def read(self, pairs: Sequence[PairContext], *, doubtful_from: float | None = None) -> list[list[RoleReading]]:
            return [[RoleReading(Role.CHAIR, Status.ENDED, 0.5)] for _ in pairs]

    reading = read(f"Eurocities\n\n{heading}\n\n- Treasurer: Ada Bo, Ghent\n- {line}\n")
    oslo = [pair for pair in find_candidates(reading) if pair.city.place.name == "Oslo"]
    [readings, *_] = StatementReader(Past()).read([describe_context(reading, pair) for pair in oslo])
    assert {reading.role for reading in readings} == expected


@pytest.mark.parametrize(
    ("line", "city", "shown"),
    [
        ("Barcelona (General Secretariat), Málaga, Palma", "Málaga", ", Málaga, Palma"),
        ("Tunis, Sfax (Secretariat), Sousse", "Tunis", "Tunis"),
        ("Tunis, Sfax (Secretariat), Sousse", "Sousse", ", Sousse"),
        ("Tunis, Sfax (Secretariat), Sousse", "Sfax", None),
        ("Seat: Tunis (head office), Sfax", "Sfax", None),
        ("Tunis (Tunisia), Sfax", "Sfax", None),
    ],
)
def test_what_stands_in_anothers_brackets_is_read_without_them(
    read: DocumentReader, line: str, city: str, shown: str | None
) -> None:
    text = f"Members of MedCities\n\n- {line}\n"
    reading = read(text)
    pairs = [describe_context(reading, p) for p in find_candidates(reading) if text[p.city.start : p.city.end] == city]
    narrowed = narrow_entry(pairs[0], [RoleReading(Role.SECRETARIAT_HOST, Status.CURRENT, 0.8)])
    assert (None if narrowed is None else text[slice(*narrowed.focus)]) == shown
