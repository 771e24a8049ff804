"""Copies of one text, in the same or nearly the same words, are one source."""

import pytest

from warehouse.copies import sketch_wording

WIRE = (
    "The city of Nantes has been a member of the network since its foundation, said its mayor on Tuesday evening "
    "after the assembly had elected a new board."
)
OWN = "Among those who pay their yearly fee is Nantes, according to documents that this newspaper has seen this week."
LONG = f"{WIRE} {' '.join(f'Delegate {number} spoke of matter {number * 7}.' for number in range(60))}"


def distance(one: str, other: str) -> int:
    return sum(
        ((a ^ b) & (2**64 - 1)).bit_count() for a, b in zip(sketch_wording(one), sketch_wording(other), strict=True)
    )


def test_wording_that_differs_little_has_a_sketch_that_differs_little():
    assert distance(WIRE, WIRE.upper().replace(",", " –")) == 0
    assert distance(WIRE, WIRE.replace("Tuesday", "Wednesday")) <= 32
    assert distance(LONG, f"From our correspondent. {LONG} More on page 5.") <= 32
    assert distance(WIRE, OWN) > 40
    assert sketch_wording("Nantes is a member.") is None


@pytest.mark.parametrize(
    ("texts", "sources"),
    [
        pytest.param([WIRE, WIRE.upper()], 1, id="same words"),
        pytest.param([WIRE, WIRE.replace("Tuesday", "Wednesday")], 1, id="a word replaced"),
        pytest.param([WIRE, f"PARIS (agency) {WIRE}"], 1, id="words before it"),
        pytest.param([WIRE, OWN], 2, id="own words"),
        pytest.param(["Nantes is a member.", "Nantes is a member too."], 2, id="too short to tell"),
        pytest.param([WIRE, WIRE.replace("Tuesday", "Wednesday"), OWN, f"{OWN} It asked twice."], 2, id="two pairs"),
    ],
)
def test_near_copies_of_other_publishers_count_once(teller, texts, sources):
    for number, text in enumerate(texts):
        teller.tell(on=f"202{number}", publisher=f"Paper {number}", text=text)
    teller.refresh()
    assert teller.believed("claims", "sources", "confidence") == [(len(texts), sources, 0.95 if sources == 1 else 0.99)]


def test_short_lines_of_near_copied_documents_count_once(teller):
    """A row of a list is too short to tell: the whole text does."""
    for number, text in enumerate([LONG, LONG.replace("Delegate 7", "Member 7")]):
        document_id = teller.tell("Oslo", on="2020", publisher=f"Paper {number}", text=text)
        document = teller.documents[document_id]
        claim = teller.claim(document, "Nantes")
        evidence = claim.evidence.model_copy(update={"text": text[:11], "end": 11})
        teller.read(document_id, [claim.model_copy(update={"evidence": evidence})], version="2")
    teller.refresh()
    assert teller.believed("claims", "sources", city_id="gn:2990969") == [(2, 1)]
