import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from extractors.relation_model import MAX_PIECES, ROLES, STATUSES, WEIGHTS_FOLDER, RelationModel, load_relation_model
from extractors.relation_windows import MARKERS, PairContext
from schemas.errors import ConfigurationError
from schemas.vocabulary import Role, Status

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def model() -> RelationModel:
    return load_relation_model()


def ask(text: str, city: str, network: str, cities: tuple[str, ...] = ()) -> PairContext:
    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    return PairContext(
        text=text,
        focus=(0, len(text)),
        target=span(city),
        network_id=network,
        network=[span(network)],
        cities=[span(city), *map(span, cities)],
        published="2021-05-04",
        is_main=True,
    )


@pytest.mark.parametrize(
    ("text", "city", "role", "status"),
    [
        ("Oslo joined Eurocities in 2013.", "Oslo", Role.MEMBER, Status.CURRENT),
        ("Eurocities has its secretariat in Brussels.", "Brussels", Role.SECRETARIAT_HOST, Status.CURRENT),
        ("The general assembly of Eurocities will be held in Porto in 2023.", "Porto", Role.EVENT_HOST, Status.PLANNED),
        ("The mayor of Nantes is the president of Eurocities.", "Nantes", Role.CHAIR, Status.CURRENT),
        ("Oslo left Eurocities in 2013 and is no longer a member.", "Oslo", Role.MEMBER, Status.ENDED),
    ],
)
def test_plain_statements_are_read(model: RelationModel, text: str, city: str, role: Role, status: Status) -> None:
    readings = model.read([ask(text, city, "Eurocities")])[0]
    assert readings, "nothing was read"
    assert (readings[0].role, readings[0].status) == (role, status)


def test_city_that_is_only_mentioned_has_no_role(model: RelationModel) -> None:
    text = "The director of Eurocities missed her train to Oslo because of the snow."
    assert model.read([ask(text, "Oslo", "Eurocities")]) == [[]]


def test_probabilities_have_a_row_per_pair_and_statuses_sum_to_one(model: RelationModel) -> None:
    pairs = [ask("Oslo joined Eurocities.", "Oslo", "Eurocities"), ask("Porto met Polis.", "Porto", "Polis")]
    roles, statuses = model.probabilities(pairs)
    assert roles.shape == (2, len(ROLES))
    assert statuses.shape == (2, len(ROLES), len(STATUSES))
    np.testing.assert_allclose(statuses.sum(axis=-1), 1, atol=1e-5)
    assert ((roles >= 0) & (roles <= 1)).all()


def test_what_a_pair_says_does_not_depend_on_other_documents(model: RelationModel) -> None:
    pair = ask("Oslo joined Eurocities in 2013.", "Oslo", "Eurocities")
    others = [ask(f"{'Well, ' * count}Porto hosted Polis.", "Porto", "Polis") for count in range(1, 20, 6)]
    np.testing.assert_array_equal(model.logits([pair])[0][0], model.logits([*others, pair])[0][-1])


def test_no_pairs_give_no_readings(model: RelationModel) -> None:
    assert model.read([]) == []


def test_target_beyond_the_longest_window_is_not_read(model: RelationModel) -> None:
    pair = ask("Oslo joined Eurocities.", "Oslo", "Eurocities")
    model_ids = len(model._tokenizer.encode("ö " * 2 * MAX_PIECES).ids)
    assert model_ids == MAX_PIECES
    assert model.read([pair])


def test_readings_come_best_first_and_reach_their_thresholds(model: RelationModel) -> None:
    text = "Oslo, a founding member, chairs Eurocities and hosts its secretariat."
    readings = model.read([ask(text, "Oslo", "Eurocities")])[0]
    assert [r.probability for r in readings] == sorted((r.probability for r in readings), reverse=True)


def test_tokenizer_knows_every_marker_as_one_piece(model: RelationModel) -> None:
    for marker in MARKERS:
        assert len(model._tokenizer.encode(marker, add_special_tokens=False).ids) == 1, marker


def test_settings_name_every_role() -> None:
    settings = json.loads((WEIGHTS_FOLDER / "settings.json").read_text(encoding="utf-8"))
    for part in ("thresholds", "scales", "shifts"):
        assert set(settings[part]) == set(Role)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"expected model\.onnx"):
        load_relation_model(tmp_path / "nowhere")


def test_broken_weights_are_named(tmp_path: Path) -> None:
    for name in ("tokenizer.json", "settings.json"):
        shutil.copy(WEIGHTS_FOLDER / name, tmp_path / name)
    (tmp_path / "model.onnx").write_bytes(b"no model")
    with pytest.raises(ConfigurationError, match="no relation model could be loaded"):
        load_relation_model(tmp_path)
