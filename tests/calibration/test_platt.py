from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.calibration import Platt, fit_platt, logit, sigmoid


def test_sigmoid_and_logit_undo_each_other() -> None:
    logits = np.array([-10.0, -1.0, 0.0, 3.0])
    assert logit(sigmoid(logits)) == pytest.approx(logits)


def test_sigmoid_does_not_overflow_at_extremes() -> None:
    assert sigmoid(np.array([-1e6, 1e6])).tolist() == [0.0, 1.0]


def test_fitted_probabilities_match_frequencies() -> None:
    random = np.random.default_rng(1)
    logits = random.normal(size=(4000, 2)) * 3
    # The truth is less sure than the scores: half the slope.
    gold = (random.random((4000, 2)) < sigmoid(0.5 * logits)).astype(np.int64)
    platt = fit_platt(logits, gold)
    assert platt.slope == pytest.approx([0.5, 0.5], abs=0.08)
    assert platt(logits).mean(0) == pytest.approx(gold.mean(0), abs=0.01)


def test_column_with_few_positives_stays_near_the_common_sigmoid() -> None:
    random = np.random.default_rng(2)
    logits = random.normal(size=(2000, 2)) * 2
    gold = (random.random((2000, 2)) < sigmoid(logits)).astype(np.int64)
    gold[:, 1] = -1
    gold[:3, 1] = [1, 0, 1]
    platt = fit_platt(logits, gold)
    assert abs(platt.slope[1] - platt.slope[0]) < 0.3


def test_unknown_gold_is_ignored() -> None:
    logits, gold = np.array([[1.0], [-1.0], [2.0]]), np.array([[1], [0], [-1]])
    assert fit_platt(logits, gold).slope == pytest.approx(fit_platt(logits[:2], gold[:2]).slope)


@given(st.lists(st.floats(-30, 30), min_size=2, max_size=20))
def test_calibration_never_changes_the_order(values: list[float]) -> None:
    logits = np.sort(np.array(values))[:, None]
    platt = Platt(np.array([0.7]), np.array([-0.4]))
    assert (np.diff(platt(logits)[:, 0]) >= 0).all()
