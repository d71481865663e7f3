"""Calibration error and Brier score."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss

from lhs_nlp.evaluate import brier_score, equal_mass_bins, expected_calibration_error

probabilities = st.lists(st.floats(0, 1, allow_subnormal=False), min_size=1, max_size=80).map(np.array)


def test_calibration_error_is_the_mean_distance_of_the_bins() -> None:
    # Bins {.1, .1} and {.2, .9}: |1/2 - .1| and |1/2 - .55|, two rows each.
    error = expected_calibration_error(np.array([0.1, 0.1, 0.2, 0.9]), np.array([0, 1, 0, 1]), bins=2)
    assert error == pytest.approx((0.4 + 0.05) / 2)


def test_calibration_error_is_zero_when_each_bin_holds_its_share() -> None:
    gold = np.array([0, 0, 0, 1, 0, 1, 1, 1])
    assert expected_calibration_error(np.repeat([0.25, 0.75], 4), gold) == pytest.approx(0)


@given(probabilities, st.randoms(use_true_random=False))
def test_calibration_error_is_never_more_than_one(p: np.ndarray, random: object) -> None:
    gold = np.array([random.randint(0, 1) for _ in p])  # type: ignore[attr-defined]
    error = expected_calibration_error(p, gold)
    assert error is not None
    assert 0 <= error <= 1 + 1e-12


@given(probabilities, st.integers(1, 12))
def test_bins_keep_equal_probabilities_together_and_in_order(p: np.ndarray, bins: int) -> None:
    placed = equal_mass_bins(p, bins)
    assert placed.min() >= 0
    assert placed.max() < bins
    order = np.argsort(p, kind="stable")
    assert (np.diff(placed[order])[np.diff(p[order]) == 0] == 0).all()
    assert (np.diff(placed[order]) >= 0).all()


@given(st.integers(10, 300), st.integers(1, 10))
def test_bins_are_of_about_equal_size_when_probabilities_differ(n: int, bins: int) -> None:
    sizes = np.bincount(equal_mass_bins(np.linspace(0, 1, n) ** 3, bins), minlength=bins)
    assert sizes.max() - sizes.min() <= 2


@given(probabilities, st.randoms(use_true_random=False))
def test_brier_score_is_that_of_scikit_learn(p: np.ndarray, random: object) -> None:
    gold = np.array([random.randint(0, 1) for _ in p])  # type: ignore[attr-defined]
    assert brier_score(p, gold) == pytest.approx(brier_score_loss(gold, p, pos_label=1))


def test_calibration_is_unknown_without_rows() -> None:
    nothing = np.zeros(0)
    assert expected_calibration_error(nothing, nothing.astype(int)) is None
    assert brier_score(nothing, nothing.astype(int)) is None
    assert not len(equal_mass_bins(nothing))
