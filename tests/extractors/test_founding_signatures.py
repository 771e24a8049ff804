"""Who signs at the founding of an association is a founder of it."""

from collections.abc import Callable, Sequence

import pytest

from extractors.candidates import describe_context, find_candidates
from extractors.reading import Reading
from extractors.relation_windows import PairContext
from extractors.role_reading import RoleReading
from extractors.statement_rules import StatementReader
from schemas.vocabulary import Role, Status


class _Signed:
    """Reads every city as a signatory."""

    version = "signed/1"

    def read(self, pairs: Sequence[PairContext], *, doubtful_from: float | None = None) -> list[list[RoleReading]]:
        return [[RoleReading(Role.SIGNATORY, Status.CURRENT, 0.8)] for _ in pairs]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Eurocities was founded in 1986. Six mayors signed: Lyon and Milan were among them.", Role.FOUNDING_MEMBER),
        ("Eurocities had to be set up first. Lyon signed its founding charter in May.", Role.FOUNDING_MEMBER),
        ("Eurocities was founded in 1986. Lyon signed its declaration on trams.", Role.SIGNATORY),
        ("The Covenant of Mayors was created in 2008. Six mayors signed, that of Lyon among them.", Role.SIGNATORY),
        ("Eurocities met in May. Lyon signed at last.", Role.SIGNATORY),
        ("Eurocities was founded in 1986. Lyon was there.", Role.SIGNATORY),
    ],
)
def test_signature_at_the_founding_is_that_of_a_founder(read: Callable[..., Reading], text: str, role: Role) -> None:
    reading = read(text, published="2023")
    pairs = [pair for pair in find_candidates(reading) if pair.city.place.name == "Lyon"]
    [[found], *_] = StatementReader(_Signed()).read([describe_context(reading, pair) for pair in pairs])
    assert found.role is role
