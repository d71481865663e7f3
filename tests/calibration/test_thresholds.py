from __future__ import annotations

import numpy as np
import pytest

from lhs_nlp.calibration import fit_common_threshold


def test_threshold_parts_what_can_be_parted() -> None:
    probabilities = np.repeat([[0.1], [0.8]], 500, axis=0)
    gold = np.repeat([[0], [1]], 500, axis=0)
    assert 0.1 < fit_common_threshold(probabilities, gold) < 0.8


def test_rare_column_hardly_moves_the_threshold() -> None:
    random = np.random.default_rng(3)
    probabilities = random.random((3000, 3))
    gold = (random.random((3000, 3)) < probabilities).astype(np.int64)
    gold[:, 2] = 0
    gold[np.argmax(probabilities[:, 2]), 2] = 1  # one positive, found only at the very top
    common = fit_common_threshold(probabilities[:, :2], gold[:, :2])
    rare = fit_common_threshold(probabilities[:, 2:], gold[:, 2:])
    assert abs(fit_common_threshold(probabilities, gold) - common) < abs(rare - common) / 2


def test_common_threshold_ignores_unknown_entries() -> None:
    probabilities = np.array([[0.2, 0.9], [0.7, 0.1], [0.6, 0.5]])
    gold = np.array([[0, -1], [1, -1], [1, -1]])
    assert fit_common_threshold(probabilities, gold) == pytest.approx(
        fit_common_threshold(probabilities[:, :1], gold[:, :1])
    )


def test_mean_of_columns_lets_a_rare_column_weigh_as_much_as_a_common_one() -> None:
    common = (np.repeat([0.2, 0.6], 500), np.repeat([0, 1], 500))
    rare = (np.repeat([0.1, 0.3], 500), np.append(np.zeros(980, int), np.ones(20, int)))
    probabilities, gold = np.stack([common[0], rare[0]], axis=1), np.stack([common[1], rare[1]], axis=1)
    pooled = fit_common_threshold(probabilities, gold)
    mean = fit_common_threshold(probabilities, gold, average="macro")
    assert mean < pooled
