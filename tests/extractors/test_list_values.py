import pytest

from extractors.list_values import LISTED_ROLES, LISTED_STATUSES, read_listed_date
from schemas.vocabulary import Role, Status


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1991", "1991"),
        ("2021-05", "2021-05"),
        ("2021-05-04T00:00:00", "2021-05-04"),
        ("14 May 2021", "2021-05-14"),
        ("May 2021", "2021-05"),
        ("05/2021", "2021-05"),
        ("3.4.2021", "2021-04-03"),
        ("13/4/2021", "2021-04-13"),
        ("4/13/2021", "2021-04-13"),
        ("4/4/2021", "2021-04-04"),
        ("3/4/2021", "2021"),
        ("31.2.2021", None),
        ("long ago", None),
    ],
)
def test_date_is_as_exact_as_it_is_sure(written: str, expected: str | None) -> None:
    assert read_listed_date(written) == expected


@pytest.mark.parametrize("role", Role)
def test_every_role_is_known_by_its_own_word(role: Role) -> None:
    assert LISTED_ROLES[role.value.replace("_", " ")] is role


@pytest.mark.parametrize("status", Status)
def test_every_status_is_known_by_its_own_word(status: Status) -> None:
    assert LISTED_STATUSES[status.value] is status
