"""Thresholds and calibration of the relation model, chosen on documents that it was not trained on."""

import json
from collections.abc import Collection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractors.training.relation_data import RelationData
from extractors.training.relation_scores import (
    Calibration,
    as_mapping,
    choose_thresholds,
    expected_calibration_error,
    fit_calibration,
    score_readings,
)
from schemas.vocabulary import Role

Array = NDArray[np.float32]
UNREAD = -20.0
"""Logit of pairs that no window holds."""


def choose_settings(
    data: RelationData, documents: Collection[str], logits: tuple[Array, Array], *, path: Path | None, version: str
) -> str:
    """Choose on some documents, write the settings where a path is given, and tell their scores.

    Args:
        data: pairs and claims of these documents and, maybe, of others.
        documents: names of those to choose on.
        logits: of roles (pairs, 15) and statuses (pairs, 15, 4); NaN where not read.
        path: of the settings file.
        version: of the model that the settings are for.
    """
    chosen = [n for n, pair in enumerate(data.pairs) if pair.document in documents]
    part = RelationData([data.pairs[n] for n in chosen], [], {d: data.claims[d] for d in documents})
    roles = np.nan_to_num(logits[0][chosen], nan=UNREAD)
    statuses = np.nan_to_num(logits[1][chosen])
    calibration = fit_calibration(part.pairs, roles, statuses)
    probabilities, held = calibration.apply(roles, statuses)
    thresholds = choose_thresholds(part, probabilities, held)
    if path is not None:
        write_settings(path, version, thresholds, calibration)
    error = expected_calibration_error(part.pairs, probabilities)
    plain = score_readings(part, probabilities, held, np.full_like(thresholds, 0.5))
    best = score_readings(part, probabilities, held, thresholds)
    return (
        f"{len(documents)} documents, calibration error {error:.3f}\n"
        f"one threshold of 0.5: {plain.report()}\nthresholds by role:   {best.report()}"
    )


def write_settings(path: Path, version: str, thresholds: Array, calibration: Calibration) -> None:
    """What RelationModel needs beside weights and tokenizer."""
    settings = {
        "version": version,
        "thresholds": as_mapping(thresholds),
        "scales": {role.value: calibration.scale for role in Role},
        "shifts": as_mapping(calibration.shifts),
        "status_scale": calibration.status_scale,
    }
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
