"""Calibration that is drawn to what it was: what learning asks of `lhs_nlp.calibration`."""

from __future__ import annotations

import numpy as np
import pytest

from lhs_nlp.calibration import Platt, fit_temperature, refit_platt, refit_thresholds, sigmoid
from lhs_nlp.scores import softmax

BEFORE = Platt(np.array([0.7, 1.2]), np.array([-0.3, 0.1]))


def test_sigmoids_stay_without_known_entries() -> None:
    after = refit_platt(BEFORE, np.zeros((3, 2)), np.full((3, 2), -1))
    assert after.slope == pytest.approx(BEFORE.slope)
    assert after.intercept == pytest.approx(BEFORE.intercept)


def test_few_entries_move_sigmoids_less_than_many() -> None:
    random = np.random.default_rng(1)
    logits = random.normal(size=(3000, 2)) * 3
    gold = (random.random((3000, 2)) < sigmoid(2 * logits + 1)).astype(np.int64)
    few, many = (refit_platt(BEFORE, logits[:count], gold[:count]) for count in (5, 3000))
    assert (np.abs(few.intercept - BEFORE.intercept) < 0.3).all()
    assert many.intercept == pytest.approx([1, 1], abs=0.4)
    assert many.slope == pytest.approx([2, 2], abs=0.4)


def test_log_odds_are_those_of_the_probabilities() -> None:
    logits = np.array([[1.0, -2.0]])
    assert sigmoid(BEFORE.log_odds(logits)) == pytest.approx(BEFORE(logits))


def test_thresholds_are_drawn_toward_what_they_were() -> None:
    probabilities, gold = np.repeat([[0.1], [0.8]], 50, axis=0), np.repeat([[0], [1]], 50, axis=0)
    low, high = (refit_thresholds(np.array([before]), probabilities, gold) for before in (0.2, 0.7))
    alone = refit_thresholds(np.array([0.5]), probabilities, gold, shrinkage=1e-9)
    assert 0.1 < alone[0] < 0.8
    assert low[0] == pytest.approx((50 * alone[0] + 100 * 0.2) / 150)
    assert high[0] == pytest.approx((50 * alone[0] + 100 * 0.7) / 150)


def test_threshold_without_positives_stays() -> None:
    assert refit_thresholds(np.array([0.33]), np.full((9, 1), 0.6), np.zeros((9, 1), int)) == pytest.approx([0.33])


def test_temperature_stays_without_a_status() -> None:
    assert fit_temperature(np.zeros((2, 1, 3)), np.full((2, 1), -1), toward=1.3, shrinkage=20) == 1.3


def test_few_statuses_move_the_temperature_less_than_many() -> None:
    random = np.random.default_rng(2)
    logits = random.normal(size=(3000, 1, 4)) * 3
    gold = (softmax(logits / 3).cumsum(-1) > random.random((3000, 1, 1))).argmax(-1)
    few, many = (fit_temperature(logits[:count], gold[:count], 1.0, 20.0) for count in (4, 3000))
    assert abs(few - 1) < 0.6
    assert many == pytest.approx(3, rel=0.15)
