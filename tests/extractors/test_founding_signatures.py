"""Who signs at the founding of an association is a founder of it."""

from collections.abc import Callable

import pytest

from extractors.candidates import find_candidates
from extractors.founding_signatures import read_as_founding
from extractors.pair_context import describe_context
from extractors.reading import Reading
from extractors.relation_windows import PairContext
from extractors.role_reading import Doubt, RoleReading
from schemas.vocabulary import Role, Status


def context_of_lyon(reading: Reading) -> PairContext:
    pair = next(pair for pair in find_candidates(reading) if pair.city.place.name == "Lyon")
    return describe_context(reading, pair)


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
    signed = RoleReading(Role.SIGNATORY, Status.CURRENT, 0.8)
    [found] = read_as_founding(context_of_lyon(read(text, published="2023")), [signed])
    assert found.role is role


def test_a_founder_in_doubt_does_not_change_what_is_stated(read: Callable[..., Reading]) -> None:
    context = context_of_lyon(read("Eurocities was founded in 1986. Six mayors signed, that of Lyon among them."))
    signed = RoleReading(Role.SIGNATORY, Status.CURRENT, 0.8)
    doubtful = RoleReading(Role.FOUNDING_MEMBER, Status.CURRENT, 0.2, doubt=Doubt.IMPROBABLE)
    assert read_as_founding(context, [signed, doubtful]) == read_as_founding(context, [signed])
    assert read_as_founding(context, [signed])[0].role is Role.FOUNDING_MEMBER
