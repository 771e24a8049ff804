"""Relations of a document: its pairs of a city reference and a network, with the roles that are read of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.candidates import Candidate, find_candidates
from extractors.pair_context import describe_context
from extractors.reading import Reading
from extractors.relation_windows import PairContext
from extractors.role_reading import RoleReader, RoleReading


@dataclass(frozen=True, slots=True)
class Relations:
    """Candidate pairs in the order of the text; contexts and readings are parallel to them."""

    pairs: Sequence[Candidate]
    contexts: Sequence[PairContext]
    readings: Sequence[Sequence[RoleReading]]
    found_by: str
    """Version of the role reader."""

    def pair_up(self) -> Iterator[tuple[Candidate, Sequence[RoleReading]]]:
        """Each pair with what was read of it."""
        return zip(self.pairs, self.readings, strict=True)


def read_relations(reading: Reading, role_reader: RoleReader, *, doubtful_from: float | None = None) -> Relations:
    """Bring cities and networks together and read their roles; `doubtful_from` as RoleReader.read takes it."""
    pairs = find_candidates(reading)
    contexts = [describe_context(reading, pair) for pair in pairs]
    return Relations(pairs, contexts, role_reader.read(contexts, doubtful_from=doubtful_from), role_reader.version)
