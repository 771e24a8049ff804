import pytest

from extractors.network_cells import do_crosses_deny, read_cell, says_nothing
from schemas.vocabulary import Role, Status


@pytest.mark.parametrize(
    ("cell", "role", "status"),
    [
        ("yes", Role.MEMBER, Status.CURRENT),
        ("x*", Role.MEMBER, Status.CURRENT),
        ("✓ [a]", Role.MEMBER, Status.CURRENT),
        ("2005", Role.MEMBER, Status.CURRENT),
        ("since 2009", Role.MEMBER, Status.CURRENT),
        ("2009–", Role.MEMBER, Status.CURRENT),
        ("2009 to present", Role.MEMBER, Status.CURRENT),
        ("2009 until now", Role.MEMBER, Status.CURRENT),
        ("2009 – current", Role.MEMBER, Status.CURRENT),
        ("Member (from 12 May 2011)", Role.MEMBER, Status.CURRENT),
        ("Associate member", Role.ASSOCIATE_MEMBER, Status.CURRENT),
        ("observer, since 2014", Role.OBSERVER, Status.CURRENT),
        ("1991–2004", Role.MEMBER, Status.ENDED),
        ("until 2019", Role.MEMBER, Status.ENDED),
        ("until 2025", Role.MEMBER, Status.CURRENT),
        ("left 2018", Role.MEMBER, Status.ENDED),
        ("former", Role.MEMBER, Status.ENDED),
        ("Former associate member", Role.ASSOCIATE_MEMBER, Status.ENDED),
        ("applied", Role.MEMBER, Status.PLANNED),
        ("candidate member", Role.MEMBER, Status.PLANNED),
        ("from 2026", Role.MEMBER, Status.PLANNED),
        ("no", Role.MEMBER, Status.DENIED),
        ("not a member", Role.MEMBER, Status.DENIED),
        ("non-member", Role.MEMBER, Status.DENIED),
    ],
)
def test_cell_states_role_and_status(cell: str, role: Role, status: Status) -> None:
    readings = read_cell(cell, "Eurocities", 2022)
    assert readings is not None
    assert [(reading.role, reading.status) for reading in readings] == [(role, status)]


def test_tick_under_a_pact_means_signed() -> None:
    readings = read_cell("2009", "Covenant of Mayors", 2022)
    assert readings is not None
    assert [reading.role for reading in readings] == [Role.SIGNATORY]


def test_cell_may_state_several_roles() -> None:
    readings = read_cell("Founding member; seat of the secretariat", "UBC", None)
    assert readings is not None
    assert [reading.role for reading in readings] == [Role.FOUNDING_MEMBER, Role.SECRETARIAT_HOST]


def test_period_that_ends_after_publication_is_not_over() -> None:
    readings = read_cell("2019–2024", "Eurocities", 2022)
    assert readings is not None
    assert readings[0].status is Status.CURRENT


@pytest.mark.parametrize("cell", ["3,700,000", "De Lijn", "member; see page 12 for the vote", "1890"])
def test_cell_in_other_words_is_not_read(cell: str) -> None:
    assert read_cell(cell, "Eurocities", 2022) is None


@pytest.mark.parametrize("cell", ["", " ", "–", "n/a", "0", "✗", "?", "–¹"])
def test_silent_cells_say_nothing(cell: str) -> None:
    assert says_nothing(cell)


def test_crosses_say_yes_unless_ticks_do() -> None:
    assert not do_crosses_deny(["x", "", "x"])
    assert not says_nothing("x")
    assert do_crosses_deny(["✓", "x"])
    assert says_nothing("x", crosses_deny=True)
