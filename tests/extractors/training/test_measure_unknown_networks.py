"""Each network is unknown in one fold, and pairs of removed networks are counted by the whole catalogue."""

from collections.abc import Sequence

from extractors.catalogue import load_catalogue
from extractors.relation_windows import PairContext
from extractors.role_reading import RoleReading
from extractors.score import GoldDocument, Ratio
from extractors.training.measure_unknown_networks import FOLDS, FoldScore, choose_removed, score_without, tell_fall
from schemas.document import Document, hash_bytes
from schemas.vocabulary import Role, Status


class Joiner:
    """Reads a membership in every pair."""

    version = "joiner/1"

    def read(self, pairs: Sequence[PairContext], *, doubtful_from: float | None = None) -> list[list[RoleReading]]:
        return [[RoleReading(Role.MEMBER, Status.CURRENT, 0.9)] for _ in pairs]


def make_gold(text: str, network: str) -> GoldDocument:
    document = Document(document_id=hash_bytes(text.encode()), name="doc", text=text)
    city = {"name": "Oslo", "country": "NO", "geonameid": 3143244}
    claim = {"city": city, "network": {"name": network, "acronym": None}, "role": "member", "status": "current"}
    return GoldDocument(document, "news", ({**claim, "since": None, "until": None, "holder": None, "evidence": text},))


def test_each_network_is_removed_in_one_fold() -> None:
    catalogue = load_catalogue()
    folds = [choose_removed(catalogue, fold) for fold in range(FOLDS)]
    assert sorted(i for fold in folds for i in fold) == sorted(network.network_id for network in catalogue)
    assert all(fold for fold in folds)


def test_pair_of_a_removed_network_is_found_by_its_shape_or_missed() -> None:
    catalogue = load_catalogue()
    shaped = make_gold("Oslo joined the Union of the Baltic Cities. The Union of the Baltic Cities was glad.", "UBC")
    found = score_without(frozenset({"ubc"}), [shaped], catalogue, Joiner())
    assert (found.pair.right, found.unknown) == (1, Ratio(1, 1, 1))
    whole = score_without(frozenset(), [shaped], catalogue, Joiner())
    assert (whole.pair.right, whole.unknown) == (1, Ratio(0, 0, 0))
    plain = make_gold("Oslo joined Eurocities.", "Eurocities")
    lost = score_without(frozenset({"eurocities"}), [plain], catalogue, Joiner())
    assert (lost.pair.right, lost.unknown) == (0, Ratio(0, 0, 1))


def test_fall_is_told_on_average_and_at_most() -> None:
    def score(right: int) -> FoldScore:
        return FoldScore(1, Ratio(right, 10, 10), Ratio(0, 0, 0))

    assert tell_fall(score(9), [score(8), score(6)]) == "pair F1 falls by 0.200 on average, 0.300 at most"
