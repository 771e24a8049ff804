import pytest

from extractors.candidates import find_candidates
from extractors.committee_offices import give_to_committees, is_office_of_part
from extractors.pair_context import describe_context
from extractors.reading import DocumentReader
from extractors.relation_windows import PairContext
from extractors.role_reading import Doubt, RoleReading
from schemas.vocabulary import Role, Status


def context(read: DocumentReader, text: str, city: str, title: str | None = None) -> PairContext:
    reading = read(text, published="2021", title=title)
    pair = next(p for p in find_candidates(reading) if text[p.city.start : p.city.end] == city)
    return describe_context(reading, pair)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Chair of the Eurocities Culture Forum, Oslo, spoke.", "Oslo"),
        ("Eurocities met. Oslo is president of District 12 and spoke for it.", "Oslo"),
        ("The mayor of Oslo chairs the Committee on Water of Eurocities.", "Oslo"),
        ("Officers of the Eurocities Water Section are Ana Lopes, Porto; and Kari Moe, president, Oslo.", "Oslo"),
        ("Eurocities\n\nWorking Group on Water\n\n- Chair: Oslo\n- Vice-chair: Porto\n", "Porto"),
        ("Eurocities\n\nCulture Forum: officers\n\n- President: Oslo\n- Vice-president: Porto\n", "Oslo"),
        (
            "Eurocities has councils.\n\nLarge Cities Council chairs:\n\n- Chair: Oslo\n- Deputy chair: Porto\n",
            "Oslo",
        ),
        ("Eurocities\n\nStanding Committee on Water\n\n- Chair: Oslo\n- Deputy chair: Porto\n", "Oslo"),
        ("Oslo chairs the Eurocities Mobility Forum.", "Oslo"),
        ("Oslo is chair of Eurocities' Social Affairs Forum.", "Oslo"),
        ("Oslo is vice-chair of the Eurocities working group on Roma.", "Oslo"),
        ("Oslo is chair of the Mobility Forum of Eurocities.", "Oslo"),
        ("Oslo chairs the Eurocities Women in Cities Forum.", "Oslo"),
        ("Porto is president of Eurocities and Oslo, chair of the Water Forum, spoke.", "Oslo"),
    ],
)
def test_office_of_a_part_is_told_by_the_part_it_stands_with(read: DocumentReader, text: str, city: str) -> None:
    assert is_office_of_part(context(read, text, city))


@pytest.mark.parametrize(
    ("title", "text", "is_of_part"),
    [
        ("Presidency of the Committee on Water of Eurocities", "Eurocities\n\nVice-president: Ann Lee, Oslo.", True),
        (
            "Eurocities Committee on Water: meeting",
            "Eurocities met.\n\nElected were Oslo as president and others.",
            True,
        ),
        ("Eurocities Committee on Water: meeting", "Elected president of Eurocities was the mayor of Oslo.", False),
        ("Executive Committee of Eurocities", "Eurocities met.\n\nElected were Oslo as president and others.", False),
        ("Caribbean Caucus on Water", "Eurocities met.\n\nElected were Oslo as president and others.", False),
    ],
)
def test_paper_of_a_part_tells_its_officers(read: DocumentReader, title: str, text: str, is_of_part: bool) -> None:
    assert is_office_of_part(context(read, text, "Oslo", title=title)) is is_of_part


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Oslo is president of Eurocities.", "Oslo"),
        ("Oslo chairs the executive committee of Eurocities.", "Oslo"),
        ("Eurocities\n\nExecutive Committee\n\n- President: Oslo\n- Vice-president: Porto\n", "Oslo"),
        ("Eurocities\n\nElection Committee elects\n\n- President: Oslo\n- Vice-president: Porto\n", "Oslo"),
        ("Its vice-president, Oslo, was asked by Eurocities to lead a task force on snow.", "Oslo"),
        ("Oslo presides over Eurocities; Porto chairs its Committee on Water.", "Oslo"),
        ("Oslo presides over the Forum of Adriatic and Ionian Cities.", "Oslo"),
        ("The Mayor of Oslo, Kari Moe, president of Eurocities, opened the meeting of the Culture Forum.", "Oslo"),
        ("Oslo, which holds the presidency of Eurocities, hosted the meeting of the Culture Forum.", "Oslo"),
        ("The mayor of Oslo presides over Eurocities and the Nordic Section.", "Oslo"),
        ("Oslo's mayor is president of Eurocities and chair of the Culture Forum.", "Oslo"),
        ("Eurocities president Oslo hosted the Culture Forum.", "Oslo"),
        (
            "President of Eurocities is Oslo, which presides over the delegation to the Committee of the Regions.",
            "Oslo",
        ),
    ],
)
def test_office_of_the_network_stays_its_own(read: DocumentReader, text: str, city: str) -> None:
    assert not is_office_of_part(context(read, text, city))


def reading_of(role: Role, probability: float, doubt: Doubt | None = None) -> RoleReading:
    return RoleReading(role, Status.CURRENT, probability, doubt=doubt)


def test_office_is_given_to_the_committee_and_other_roles_are_left(read: DocumentReader) -> None:
    pair = context(read, "Chair of the Eurocities Culture Forum, Oslo, spoke.", "Oslo")
    chair, member = reading_of(Role.CHAIR, 0.6), reading_of(Role.MEMBER, 0.7)
    given = give_to_committees(pair, [member, chair])
    assert [(r.role, r.probability, r.rule) for r in given] == [
        (Role.MEMBER, 0.7, None),
        (Role.COMMITTEE_CHAIR, 0.6, "office of a committee"),
    ]


def test_committee_chair_that_the_reader_reads_itself_is_left(read: DocumentReader) -> None:
    pair = context(read, "Chair of the Eurocities Culture Forum, Oslo, spoke.", "Oslo")
    readings = [reading_of(Role.COMMITTEE_CHAIR, 0.9), reading_of(Role.CHAIR, 0.5)]
    assert give_to_committees(pair, readings) == readings
    doubted = [reading_of(Role.CHAIR, 0.2, Doubt.IMPROBABLE)]
    assert give_to_committees(pair, doubted) == doubted
