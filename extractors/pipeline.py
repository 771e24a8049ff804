"""Documents in, claims out: the extractors joined."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.candidates import describe_context, find_candidates
from extractors.catalogue import Catalogue, load_catalogue
from extractors.claims import build_claims, decide_claims
from extractors.explanation import WEIGHED_FROM, Explanation
from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.reading import DocumentReader, Reading
from extractors.relation_model import load_relation_model
from extractors.role_reading import RoleReader
from extractors.statement_rules import StatementReader
from schemas.claim import NEW_NETWORK_PREFIX, Candidate, Claim, Mention
from schemas.document import Document
from schemas.finding import Finding
from schemas.vocabulary import FindingKind, MentionKind

CLAIMS_VERSION = 3
"""Raise it with every change after which a document may give other claims: documents are then read anew."""
LANGUAGES_READ = frozenset({"en"})
"""Documents in other languages are kept and not mined: the readers know English only."""


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
        if self._tell_why_unread(document) is not None:
            return Extraction([], [])
        reading = self._documents.read(document)
        claims = self._find_claims(reading)
        return Extraction(claims, list(_find_unknowns(document, claims)))

    def extract_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Extraction]]:
        """`extract` for each document, in order."""
        for document in documents:
            yield document, self.extract(document)

    def explain(self, document: Document) -> Explanation:
        """The same claims as `extract` gives, with all that led to them, and what became of the near misses.

        Takes longer than `extract`: it keeps what the readers doubted, too.
        """
        unread = self._tell_why_unread(document)
        if unread is not None:
            return Explanation(document, self._role_reader.version, unread)
        reading = self._documents.read(document)
        pairs = find_candidates(reading)
        contexts = [describe_context(reading, pair) for pair in pairs]
        readings = self._role_reader.read(contexts, doubtful_from=WEIGHED_FROM)
        decisions = decide_claims(reading, zip(pairs, readings, strict=True), self._role_reader.version)
        return Explanation(document, self._role_reader.version, None, reading, pairs, contexts, readings, decisions)

    def _tell_why_unread(self, document: Document) -> str | None:
        """Why a document gives no claims whatever it says; None where it is read."""
        if document.language not in LANGUAGES_READ:
            return f"its language is {document.language!r}; claims are read in {', '.join(sorted(LANGUAGES_READ))} only"
        return None if self._documents.suggests_network(document) else "nothing in it suggests a city network"

    def _find_claims(self, reading: Reading) -> list[Claim]:
        pairs = find_candidates(reading)
        readings = self._role_reader.read([describe_context(reading, pair) for pair in pairs])
        return build_claims(reading, zip(pairs, readings, strict=True), self._role_reader.version)

    def find_mentions(self, document: Document) -> list[Mention]:
        """Every city, network and office holder that the document names, in the order of the text."""
        reading = self._documents.read(document)
        mentions = [*_city_mentions(reading), *_network_mentions(reading), *_person_mentions(reading)]
        return sorted(mentions, key=lambda m: (m.start, m.end, m.kind))


def _city_mentions(reading: Reading) -> Iterator[Mention]:
    text = reading.document.text
    for city in reading.cities:
        yield Mention(
            document=reading.document.name,
            kind=MentionKind.CITY,
            text=text[city.start : city.end],
            start=city.start,
            end=city.end,
            link=city.place.as_link(city.score),
            runners_up=tuple(place.as_link(score) for place, score in city.runners_up),
        )


def _network_mentions(reading: Reading) -> Iterator[Mention]:
    text = reading.document.text
    for network in reading.networks:
        yield Mention(
            document=reading.document.name,
            kind=MentionKind.NETWORK,
            text=text[network.start : network.end],
            start=network.start,
            end=network.end,
            link=Candidate(id=network.network_id, name=network.name, score=round(network.score, 3)),
            runners_up=tuple(Candidate(id=i, name=i, score=round(s, 3)) for i, s in network.runners_up),
        )


def _person_mentions(reading: Reading) -> Iterator[Mention]:
    for holder in reading.holders:
        place = holder.city.place
        yield Mention(
            document=reading.document.name,
            kind=MentionKind.PERSON,
            text=reading.document.text[holder.start : holder.end],
            start=holder.start,
            end=holder.end,
            link=place.as_link(1.0 - 0.2 * holder.rank).model_copy(update={"name": f"{holder.name} ({place.name})"}),
        )


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
def load_extractor() -> Extractor:
    """The extractor as shipped; loads once a process.

    Raises:
        ConfigurationError: the weights of the relation model are missing or broken.
    """
    return Extractor(load_gazetteer(), load_catalogue(), StatementReader(load_relation_model()))
