"""Claims scored against gold documents: what a careful reader would have found, found and made up.

A gold document is a text `ID.txt`, page `ID.html` or report `ID.pdf` with a record `ID.json` beside it (title, kind,
publisher, published, claims with city, network, role, status, since, until, body, holder, evidence). Of a text the
record says what its title and date are; pages and reports are read as any input is, and tell so themselves.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from statistics import fmean, median
from typing import Any

from extractors.catalogue import Catalogue
from extractors.place_names import fold_name
from extractors.readers import read_document_bytes
from extractors.reliability import Judged
from schemas.claim import Claim
from schemas.document import Document, hash_bytes
from schemas.errors import ConfigurationError
from schemas.vocabulary import DocumentKind, Role, Status

IMPLIES_MEMBER = frozenset(
    {
        Role.FOUNDING_MEMBER,
        Role.CHAIR,
        Role.CO_CHAIR,
        Role.VICE_CHAIR,
        Role.BOARD_MEMBER,
        Role.COMMITTEE_CHAIR,
        Role.SIGNATORY,
        Role.ASSOCIATE_MEMBER,
    }
)
"""A plain membership that such a gold claim implies counts neither for nor against."""
_FILLERS = frozenset(["the", "of", "for", "and", "on", "a", "an", "in", "network", "cities", "city"])
_SIMILAR = 0.88
"""Networks that the catalogue lacks are the same if their names are this alike."""
_PAGES = (".html", ".pdf")

GoldClaim = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with the claims that careful readers found in it."""

    document: Document
    kind: str
    claims: tuple[GoldClaim, ...]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Right ones of said ones and of wanted ones."""

    right: int
    said: int
    wanted: int

    @property
    def precision(self) -> float:
        """1.0 where nothing was said."""
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """1.0 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class ScoringError:
    """A gold claim that was missed, or a claim that is not in the gold."""

    document: str
    kind: str
    """`missed` or `false`."""
    claim: Mapping[str, Any]
    near: Mapping[str, Any] | None
    """Of a missed one: a claim on the same city and network with another role or status."""


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one evaluation."""

    documents: int
    triple: Ratio
    """City, network, role and status all right."""
    pair: Ratio
    """City and network alone, each pair once a document."""
    dates: Ratio
    """Of right triples: dates that agree, of those that the gold has."""
    holders: Ratio
    grounded: Ratio
    """Of right triples: those whose evidence stands in the text and names the city or meets the gold evidence."""
    empty_documents: int
    """Documents without gold claims."""
    empty_documents_clean: int
    by_role: Mapping[str, Ratio]
    by_status: Mapping[str, Ratio]
    by_kind: Mapping[str, Ratio]
    by_document: tuple[Ratio, ...] = ()
    """Triples of each document that has gold claims, in order: a long list weighs no more here than a short notice."""
    errors: tuple[ScoringError, ...] = field(repr=False, default=())
    judged: tuple[Judged, ...] = field(repr=False, default=())
    """Confidence of each claim that counts, and whether it is right."""

    def as_dict(self) -> dict[str, Any]:
        """Plain figures for JSON, rounded to four places."""

        def figures(ratio: Ratio) -> dict[str, Any]:
            return {
                "precision": round(ratio.precision, 4),
                "recall": round(ratio.recall, 4),
                "f1": round(ratio.f1, 4),
                "gold": ratio.wanted,
                "said": ratio.said,
            }

        return {
            "documents": self.documents,
            "triple": figures(self.triple),
            "pair": figures(self.pair),
            "dates_right": round(self.dates.recall, 4) if self.dates.wanted else None,
            "holders_right": round(self.holders.recall, 4) if self.holders.wanted else None,
            "grounded": round(self.grounded.recall, 4) if self.grounded.wanted else None,
            "claim_free_documents_clean": f"{self.empty_documents_clean}/{self.empty_documents}",
            "by_role": {key: figures(ratio) for key, ratio in self.by_role.items()},
            "by_status": {key: figures(ratio) for key, ratio in self.by_status.items()},
            "by_kind": {key: figures(ratio) for key, ratio in self.by_kind.items()},
            "by_document": {
                "mean_f1": round(fmean(ratio.f1 for ratio in self.by_document), 4),
                "median_f1": round(median(ratio.f1 for ratio in self.by_document), 4),
            }
            if self.by_document
            else None,
        }


def load_gold(folder: Path) -> list[GoldDocument]:
    """Every gold document below a folder, by path.

    Raises:
        ConfigurationError: the folder holds none, or a record is broken or has no text beside it.
    """
    documents = [_read_gold(path) for path in sorted(folder.rglob("*.json"))]
    if not documents:
        raise ConfigurationError(
            f"{folder}: found no gold documents, expected ID.txt, ID.html or ID.pdf with ID.json beside it"
        )
    return documents


def _read_gold(path: Path) -> GoldDocument:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        page = next((page for suffix in _PAGES if (page := path.with_suffix(suffix)).exists()), None)
        document = _read_text(path.with_suffix(".txt"), record) if page is None else _read_page(page, record)
        return GoldDocument(document, record.get("kind") or DocumentKind.OTHER.value, tuple(record["claims"]))
    except (OSError, ValueError, KeyError) as error:
        raise ConfigurationError(
            f"{path}: no gold document: {error!r}; expected a record with id and claims"
        ) from error


def _read_text(path: Path, record: Mapping[str, Any]) -> Document:
    data = path.read_bytes()
    return Document(
        document_id=hash_bytes(data),
        name=record["id"],
        text=data.decode("utf-8"),
        title=record.get("title"),
        publisher=record.get("publisher"),
        published=record.get("published"),
    )


def _read_page(path: Path, record: Mapping[str, Any]) -> Document:
    """A page or report as the readers read it; empty where they cannot, so that its claims count as missed."""
    data = path.read_bytes()
    results = read_document_bytes(data, name=path.name, url=record.get("source_url"))
    read = next((result for result in results if isinstance(result, Document)), None)
    read = read or Document(document_id=hash_bytes(data), name=path.name, text="")
    return read.model_copy(update={"name": record["id"]})


class Matcher:
    """Tells whether two claims speak of the same city and network, by a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._known: dict[str, str] = {}
        for network in catalogue.networks:
            for name in (network.network_id, network.name, network.acronym or "", *network.aliases):
                if fold_name(name):
                    self._known.setdefault(fold_name(name), network.network_id)

    def is_same_pair(self, one: GoldClaim, other: GoldClaim) -> bool:
        """Whether city and network are the same."""
        return is_same_city(one["city"], other["city"]) and self.is_same_network(one["network"], other["network"])

    def is_same_triple(self, one: GoldClaim, other: GoldClaim) -> bool:
        """Whether role and status are the same as well."""
        return one["role"] == other["role"] and one["status"] == other["status"] and self.is_same_pair(one, other)

    def is_same_network(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """Whether two networks (id, name, acronym) are the same: by the catalogue, or by names that are alike."""
        if self._keys(one) & self._keys(other):
            return True
        first, second = _core_of_name(one), _core_of_name(other)
        return min(len(first), len(second)) > 5 and SequenceMatcher(None, first, second).ratio() >= _SIMILAR

    def _keys(self, network: Mapping[str, Any]) -> set[str]:
        names = {fold_name(network.get(key) or "") for key in ("name", "id", "acronym")} - {""}
        return names | {self._known[name] for name in names if name in self._known}


def _core_of_name(network: Mapping[str, Any]) -> str:
    return " ".join(word for word in fold_name(network.get("name") or "").split() if word not in _FILLERS)


def is_same_city(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two cities (name, country, geonameid) are the same: by GeoNames, or by name and country."""
    if one.get("geonameid") and one["geonameid"] == other.get("geonameid"):
        return True
    return one.get("country") == other.get("country") and fold_name(one["name"]) == fold_name(other["name"])


def score_folder(folder: Path, extract: Callable[[Document], Sequence[Claim]], catalogue: Catalogue) -> Score:
    """Run `extract` on every gold document of a folder and score what it says.

    Raises:
        ConfigurationError: see `load_gold`.
    """
    gold = load_gold(folder)
    return score_claims(gold, {g.document.name: extract(g.document) for g in gold}, catalogue)


def score_claims(gold: Iterable[GoldDocument], said: Mapping[str, Sequence[Claim]], catalogue: Catalogue) -> Score:
    """Score claims by document name; a document that `said` lacks has none."""
    tally = _Tally(Matcher(catalogue))
    for document in gold:
        facts = [claim.model_dump(mode="json") for claim in said.get(document.document.name, ())]
        tally.add(document, facts)
    return tally.as_score()


class _Tally:
    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._count: Counter[str] = Counter()
        self._groups: dict[str, dict[str, Counter[str]]] = {"role": {}, "status": {}, "kind": {}}
        self._errors: list[ScoringError] = []
        self._judged: list[Judged] = []
        self._documents: list[Ratio] = []

    def add(self, gold: GoldDocument, facts: list[dict[str, Any]]) -> None:
        count, matcher = self._count, self._matcher
        pairs = _pair_off(gold.claims, facts, matcher.is_same_triple)
        hit_gold, hit_facts = {g for g, _ in pairs}, {f for _, f in pairs}
        neutral = {f for f, fact in enumerate(facts) if f not in hit_facts and self._is_implied(gold.claims, fact)}
        count.update(documents=1, right=len(pairs), said=len(facts) - len(neutral), gold=len(gold.claims))
        for g, f in pairs:
            self._add_details(gold.claims[g], facts[f], gold.document.text)
        distinct_gold, distinct_facts = self._distinct(gold.claims), self._distinct(facts)
        count["pair_right"] += len(_pair_off(distinct_gold, distinct_facts, matcher.is_same_pair))
        count.update(pair_gold=len(distinct_gold), pair_said=len(distinct_facts))
        if gold.claims:
            self._documents.append(Ratio(len(pairs), len(facts) - len(neutral), len(gold.claims)))
        else:
            count.update(empty=1, clean=int(not facts))
        for g, claim in enumerate(gold.claims):
            self._add_to_groups(gold.kind, claim, "gold", g in hit_gold)
            if g not in hit_gold:
                near = next((fact for fact in facts if matcher.is_same_pair(claim, fact)), None)
                self._errors.append(ScoringError(gold.document.name, "missed", claim, near))
        for f, fact in enumerate(facts):
            if f in neutral:
                continue
            self._add_to_groups(gold.kind, fact, "said", f in hit_facts)
            self._judged.append((fact["confidence"], f in hit_facts))
            if f not in hit_facts:
                self._errors.append(ScoringError(gold.document.name, "false", fact, None))

    def _is_implied(self, gold: Sequence[GoldClaim], fact: GoldClaim) -> bool:
        if fact["role"] != Role.MEMBER or fact["status"] != Status.CURRENT:
            return False
        return any(
            g["role"] in IMPLIES_MEMBER and g["status"] == Status.CURRENT and self._matcher.is_same_pair(g, fact)
            for g in gold
        )

    def _add_details(self, gold: GoldClaim, fact: dict[str, Any], text: str) -> None:
        for key in ("since", "until"):
            if gold.get(key):
                agrees = bool(fact[key]) and (fact[key].startswith(gold[key]) or gold[key].startswith(fact[key]))
                self._count.update(dates=1, dates_right=int(agrees))
        if gold.get("holder"):
            surname = fold_name(gold["holder"]).split()[-1]
            self._count.update(holders=1, holders_right=int(surname in fold_name(fact["holder"] or "").split()))
        words, wanted = fact["evidence"]["text"], fold_name(gold["evidence"])
        met = (
            fold_name(gold["city"]["name"]) in fold_name(words)
            or fold_name(words) in wanted
            or wanted in fold_name(words)
        )
        self._count["grounded"] += int(words in text and met)

    def _distinct(self, claims: Sequence[GoldClaim]) -> list[GoldClaim]:
        kept: list[GoldClaim] = []
        for claim in claims:
            if not any(self._matcher.is_same_pair(claim, other) for other in kept):
                kept.append(claim)
        return kept

    def _add_to_groups(self, kind: str, claim: GoldClaim, side: str, hit: bool) -> None:
        for group, key in (("role", claim["role"]), ("status", claim["status"]), ("kind", kind)):
            counter = self._groups[group].setdefault(str(key), Counter())
            counter[side] += 1
            if side == "gold":
                counter["right"] += int(hit)

    def as_score(self) -> Score:
        c = self._count

        def grouped(group: str) -> dict[str, Ratio]:
            items = sorted(self._groups[group].items(), key=lambda item: (-item[1]["gold"], item[0]))
            return {key: Ratio(n["right"], n["said"], n["gold"]) for key, n in items}

        return Score(
            documents=c["documents"],
            triple=Ratio(c["right"], c["said"], c["gold"]),
            pair=Ratio(c["pair_right"], c["pair_said"], c["pair_gold"]),
            dates=Ratio(c["dates_right"], c["dates"], c["dates"]),
            holders=Ratio(c["holders_right"], c["holders"], c["holders"]),
            grounded=Ratio(c["grounded"], c["right"], c["right"]),
            empty_documents=c["empty"],
            empty_documents_clean=c["clean"],
            by_role=grouped("role"),
            by_status=grouped("status"),
            by_kind=grouped("kind"),
            by_document=tuple(self._documents),
            errors=tuple(self._errors),
            judged=tuple(self._judged),
        )


def _pair_off(
    gold: Sequence[GoldClaim], facts: Sequence[GoldClaim], same: Callable[[GoldClaim, GoldClaim], bool]
) -> list[tuple[int, int]]:
    """Greedy one-to-one matching: pairs of index in `gold` and index in `facts`."""
    free, pairs = list(range(len(facts))), []
    for g, wanted in enumerate(gold):
        best = next((f for f in free if same(wanted, facts[f])), None)
        if best is not None:
            free.remove(best)
            pairs.append((g, best))
    return pairs
