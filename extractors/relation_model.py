"""The trained relation model: which roles, with which status, windows state of their cities.

Loads an int8 ONNX encoder with its heads, the tokenizer and the settings that training chose (thresholds
and calibration); needs onnxruntime and tokenizers, no framework of learning.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from extractors.relation_windows import TARGET_MARKERS, PairContext, Window, build_windows
from extractors.role_reading import Doubt, RoleReading
from schemas.errors import ConfigurationError
from schemas.vocabulary import Role, Status

ROLES, STATUSES = tuple(Role), tuple(Status)
"""The order of the model's outputs."""
MAX_PIECES = 400
"""Word pieces of a window; longer ones are cut at their end."""
UNREAD = -20.0
"""Logit of every role for a pair that was not read."""
WEIGHTS_FOLDER = Path(__file__).parent / "relation_weights"

Logits = NDArray[np.float32]


class RelationModel:
    """Reads pairs of city mention and network in the windows that hold them."""

    def __init__(
        self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, settings: dict[str, object]
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._targets = np.array([tokenizer.token_to_id(marker) for marker in TARGET_MARKERS], dtype=np.int64)
        self.version = str(settings["version"])
        self._thresholds = _by_role(settings["thresholds"])
        self._scales = _by_role(settings["scales"])
        self._shifts = _by_role(settings["shifts"])
        self._status_scale = np.float32(str(settings["status_scale"]))

    def read(self, pairs: Sequence[PairContext], *, doubtful_from: float | None = None) -> list[list[RoleReading]]:
        """For each pair the roles that its passage states, the most probable first; mostly none.

        A role is stated where its calibrated probability reaches the threshold that training chose for it.
        With `doubtful_from` also those from that probability on, in doubt, and all with their statuses.
        """
        roles, statuses = self.probabilities(pairs)
        least = self._thresholds if doubtful_from is None else np.minimum(self._thresholds, doubtful_from)
        readings: list[list[RoleReading]] = []
        for role_row, status_row in zip(roles, statuses, strict=True):
            found = [_read_role(int(index), role_row, status_row) for index in np.flatnonzero(role_row >= least)]
            if doubtful_from is not None:
                found = [self._weigh(reading, role_row, status_row) for reading in found]
            readings.append(sorted(found, key=lambda reading: -reading.probability))
        return readings

    def _weigh(self, reading: RoleReading, roles: Logits, statuses: Logits) -> RoleReading:
        """A reading with what speaks for and against it."""
        index = ROLES.index(reading.role)
        joint = roles[index] * statuses[index]
        return replace(
            reading,
            doubt=None if roles[index] >= self._thresholds[index] else Doubt.IMPROBABLE,
            threshold=float(self._thresholds[index]),
            statuses=tuple((STATUSES[n], round(float(joint[n]), 4)) for n in np.argsort(-joint)),
        )

    def probabilities(self, pairs: Sequence[PairContext]) -> tuple[Logits, Logits]:
        """Calibrated probabilities of the roles, (pairs, 15), and of each role's status, (pairs, 15, 4).

        Rows are in the order of `pairs`, columns in that of ROLES and STATUSES; statuses sum to 1.
        """
        roles, statuses = self.logits(pairs)
        scaled = statuses * self._status_scale
        odds = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
        return _logistic(roles * self._scales + self._shifts), odds / odds.sum(axis=-1, keepdims=True)

    def logits(self, pairs: Sequence[PairContext]) -> tuple[Logits, Logits]:
        """What the network says before calibration, in the shapes of `probabilities`."""
        roles = np.full((len(pairs), len(ROLES)), UNREAD, dtype=np.float32)
        statuses = np.zeros((len(pairs), len(ROLES), len(STATUSES)), dtype=np.float32)
        self._read_windows(build_windows(pairs), roles, statuses)
        return roles, statuses

    def _read_windows(self, windows: Sequence[Window], roles: Logits, statuses: Logits) -> None:
        """Fill the rows of the pairs that the windows hold.

        Each window is read by itself: int8 scales activations by all that is in a batch, so that what a
        window says would depend on its neighbours; and on one core a batch gains nothing.
        """
        for window, encoded in zip(windows, self._tokenizer.encode_batch([w.text for w in windows]), strict=True):
            ids = np.array(encoded.ids, dtype=np.int64)
            # Targets stand in the order of Window.pairs; those that MAX_PIECES cut off are not read.
            positions = np.flatnonzero(np.isin(ids, self._targets))
            numbers = list(window.pairs[: len(positions)])
            roles[numbers], statuses[numbers] = self._session.run(None, {"ids": ids, "positions": positions})


def _read_role(index: int, roles: Logits, statuses: Logits) -> RoleReading:
    status = int(statuses[index].argmax())
    probability = float(roles[index] * statuses[index, status])
    return RoleReading(ROLES[index], STATUSES[status], round(probability, 4), of_role=round(float(roles[index]), 4))


def _logistic(logits: Logits) -> Logits:
    return (1 / (1 + np.exp(-logits))).astype(np.float32)


def _by_role(values: object) -> Logits:
    if not isinstance(values, dict):
        raise TypeError(f"found {values!r}, expected a value for each role")
    return np.array([float(values[role.value]) for role in ROLES], dtype=np.float32)


def load_relation_model(folder: Path | None = None) -> RelationModel:
    """The model in `folder` (the one that comes with the package, if None), on one thread.

    Raises:
        ConfigurationError: a file of it is missing or broken.
    """
    folder = folder or WEIGHTS_FOLDER
    try:
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        return RelationModel(session, tokenizer, settings)
    except Exception as error:  # tokenizers and onnxruntime raise bare exceptions of their own
        raise ConfigurationError(
            f"{folder}: no relation model could be loaded ({error}); expected model.onnx, tokenizer.json and "
            "settings.json as written by extractors.training.train_relations"
        ) from error
