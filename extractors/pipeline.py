"""Documents in, claims out: the extractors joined."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.catalogue import Catalogue, load_catalogue
from extractors.claims import build_claims, decide_claims
from extractors.explanation import WEIGHED_FROM, Explanation
from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.mentions import describe_cities, describe_dates, describe_holders, describe_networks
from extractors.reading import DocumentReader, Reading, Unread
from extractors.relation_model import load_relation_model
from extractors.relations import read_relations
from extractors.role_reading import RoleReader
from extractors.statement_rules import StatementReader
from schemas.claim import NEW_NETWORK_PREFIX, Claim, Mention
from schemas.document import Document
from schemas.finding import Finding
from schemas.vocabulary import FindingKind

CLAIMS_VERSION = 16
"""Raise it with every change after which a document may give other claims: documents are then read anew."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document gave."""

    claims: list[Claim]
    findings: list[Finding]


class Extractor:
    """Extracts claims and mentions; holds the gazetteer, the catalogue and the role reader."""

    def __init__(self, gazetteer: Gazetteer, catalogue: Catalogue, role_reader: RoleReader) -> None:
        self._documents = DocumentReader(gazetteer, catalogue)
        self._role_reader = role_reader

    @property
    def version(self) -> str:
        """Changes whenever the same document may give other claims."""
        return f"claims/{CLAIMS_VERSION}+{self._role_reader.version}"

    def extract(self, document: Document) -> Extraction:
        """The claims that a document states, and what in it needs a person.

        A document without a sign of a network, or in a language that is not read, gives no claims.
        """
        networks = self._documents.find_networks_if_any(document)
        if isinstance(networks, Unread):
            return Extraction([], [])
        claims = self._find_claims(self._documents.read(document, networks))
        return Extraction(claims, list(_find_unknowns(document, claims)))

    def extract_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Extraction]]:
        """`extract` for each document, in order."""
        for document in documents:
            yield document, self.extract(document)

    def explain(self, document: Document) -> Explanation:
        """The same claims as `extract` gives, with all that led to them, and what became of the near misses.

        Takes longer than `extract`: it keeps what the readers doubted, too.
        """
        networks = self._documents.find_networks_if_any(document)
        if isinstance(networks, Unread):
            return Explanation(document, self._role_reader.version, networks.reason)
        reading = self._documents.read(document, networks)
        relations = read_relations(reading, self._role_reader, doubtful_from=WEIGHED_FROM)
        decisions = decide_claims(reading, relations.pair_up(), relations.found_by)
        found = (relations.pairs, relations.contexts, relations.readings)
        return Explanation(document, relations.found_by, None, reading, *found, decisions)

    def _find_claims(self, reading: Reading) -> list[Claim]:
        relations = read_relations(reading, self._role_reader)
        return build_claims(reading, relations.pair_up(), relations.found_by)

    def find_mentions(self, document: Document) -> list[Mention]:
        """Every city, network, office holder and date that the document names, in the order of the text."""
        reading = self._documents.read(document)
        mentions = [
            *describe_cities(document, reading.cities),
            *describe_networks(document, reading.networks),
            *describe_holders(document, reading.holders),
            *describe_dates(document, reading.dates),
        ]
        return sorted(mentions, key=lambda m: (m.start, m.end, m.kind))


def _find_unknowns(document: Document, claims: Sequence[Claim]) -> Iterator[Finding]:
    for network_id, name in sorted({(c.network.id, c.network.name) for c in claims}):
        if network_id.startswith(NEW_NETWORK_PREFIX):
            yield Finding(
                kind=FindingKind.UNKNOWN_NETWORK,
                subject=name,
                message=f"{document.name}: the catalogue lacks the network {name!r}; if it is one, "
                "add it to networks.csv",
                document_id=document.document_id,
                source=document.source,
            )


@cache
def load_role_reader() -> RoleReader:
    """The role reader as shipped; loads once a process.

    Raises:
        ConfigurationError: the weights of the relation model are missing or broken.
    """
    return StatementReader(load_relation_model())


@cache
def load_extractor() -> Extractor:
    """The extractor as shipped; loads once a process.

    Raises:
        ConfigurationError: the weights of the relation model are missing or broken.
    """
    return Extractor(load_gazetteer(), load_catalogue(), load_role_reader())
