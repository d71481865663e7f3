from __future__ import annotations

import numpy as np
import pytest

from lhs_nlp.calibration import fit_common_threshold, fit_thresholds


def test_threshold_parts_what_can_be_parted() -> None:
    probabilities = np.repeat([[0.1], [0.8]], 500, axis=0)
    gold = np.repeat([[0], [1]], 500, axis=0)
    (threshold,) = fit_thresholds(probabilities, gold)
    assert 0.1 < threshold < 0.8


def test_rare_column_is_drawn_toward_the_common_threshold() -> None:
    random = np.random.default_rng(3)
    common = random.random((3000, 3))
    gold = (random.random((3000, 3)) < common).astype(np.int64)
    gold[:, 2] = 0
    gold[np.argmax(common[:, 2]), 2] = 1  # one positive, found only at the very top
    thresholds = fit_thresholds(common, gold)
    assert abs(thresholds[2] - thresholds[0]) < 0.25


def test_common_threshold_ignores_unknown_entries() -> None:
    probabilities = np.array([[0.2, 0.9], [0.7, 0.1], [0.6, 0.5]])
    gold = np.array([[0, -1], [1, -1], [1, -1]])
    assert fit_common_threshold(probabilities, gold) == pytest.approx(
        fit_common_threshold(probabilities[:, :1], gold[:, :1])
    )
