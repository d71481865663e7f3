"""Intervals by resampling documents."""

import numpy as np
import pytest
from numpy.typing import NDArray

from lhs_nlp.evaluate.bootstrap import FEWEST_DOCUMENTS, Documents, Estimate, estimate, mean, ratio


def share_of_first(documents: Documents) -> NDArray[np.float64]:
    first = (np.arange(documents.count) == 0).astype(float)
    return documents.resampled(lambda weights: weights @ first / documents.count)


def test_documents_are_numbered_in_the_order_in_which_they_appear() -> None:
    documents = Documents.of(["b", "a", "b", "c"])
    assert documents.of_row.tolist() == [0, 1, 0, 2]
    assert documents.sums(np.array([1, 10, 100, 1000])).tolist() == [101, 10, 1000]


def test_first_value_weighs_every_document_once() -> None:
    seen = Documents.of("abcd", replicates=3).resampled(lambda weights: weights)
    assert seen[0].tolist() == [1, 1, 1, 1]
    assert seen[1:].sum(1).tolist() == [4, 4, 4]


def test_replicates_are_the_same_with_the_same_seed() -> None:
    draws = [share_of_first(Documents.of("abcdef", seed=seed)) for seed in (1, 1, 2)]
    assert (draws[0] == draws[1]).all()
    assert (draws[0] != draws[2]).any()


def test_replicates_do_not_depend_on_the_size_of_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = share_of_first(Documents.of("abcdef"))
    monkeypatch.setattr("lhs_nlp.evaluate.bootstrap._CELLS_PER_BATCH", 40)
    assert (share_of_first(Documents.of("abcdef")) == whole).all()


def test_interval_is_that_of_the_binomial_when_a_document_is_one_passage() -> None:
    positive = np.arange(100) < 30
    documents = Documents(np.arange(100), 100, replicates=4000)
    found = estimate(documents.resampled(lambda weights: weights @ positive / 100))
    assert found.value == 0.3
    assert found.low == pytest.approx(0.21, abs=0.011)
    assert found.high == pytest.approx(0.39, abs=0.011)


def test_interval_is_wider_when_passages_share_documents() -> None:
    positive = np.arange(100) < 30
    widths = []
    for docs in (np.arange(100), np.arange(100) // 10):
        documents = Documents.of([str(doc) for doc in docs])
        sums = documents.sums(positive)
        found = estimate(documents.resampled(lambda weights, sums=sums: weights @ sums / 100))  # type: ignore[misc]
        assert found.low is not None
        assert found.high is not None
        widths.append(found.high - found.low)
    assert widths[1] > 2 * widths[0]


def test_interval_is_unknown_with_one_document_or_no_replicates() -> None:
    assert estimate(share_of_first(Documents.of("aaa"))) == Estimate(1.0, None, None)
    assert estimate(share_of_first(Documents.of("ab", replicates=0))) == Estimate(0.5, None, None)


def test_estimate_is_unknown_where_the_measure_is_undefined() -> None:
    assert estimate(np.array([np.nan, 0.5, 0.5])) == Estimate(None)


def test_estimate_leaves_out_replicates_where_the_measure_is_undefined() -> None:
    draws = [0.4, 0.4, 0.6, 0.6]
    assert estimate(np.array([0.5, np.nan, *draws])) == estimate(np.array([0.5, *draws])) == Estimate(0.5, 0.4, 0.6)


def test_interval_reaches_the_value_where_chance_adds_to_the_replicates() -> None:
    replicates = np.linspace(0.4, 0.8, 41)
    above, below = estimate(np.array([0.1, *replicates])), estimate(np.array([0.9, *replicates]))
    assert above.low == 0.1
    assert above.high == pytest.approx(0.79)
    assert below.low == pytest.approx(0.41)
    assert below.high == 0.9


def test_interval_is_unknown_where_too_few_documents_bear_on_the_measure() -> None:
    values = np.array([0.5, 0.4, 0.4, 0.6, 0.6])
    assert estimate(values, FEWEST_DOCUMENTS - 1) == Estimate(0.5)
    assert estimate(values, FEWEST_DOCUMENTS) == Estimate(0.5, 0.4, 0.6)
    assert mean(np.stack([values, values], axis=1), FEWEST_DOCUMENTS - 1).estimate == Estimate(0.5)


def test_interval_is_unknown_where_all_replicates_are_the_same() -> None:
    assert estimate(np.array([1.0, 1.0, np.nan, 1.0 - 1e-16]), 60) == Estimate(1.0)


def test_mean_is_over_the_columns_that_are_defined() -> None:
    draws = [[0.4, 0.9, np.nan]] * 5 + [[0.5, 0.9, 0.7]] * 5
    found = mean(np.array([[0.2, np.nan, 0.6], *draws]))
    assert found.over == 2
    assert found.estimate.value == pytest.approx(0.4)
    assert (found.estimate.low, found.estimate.high) == pytest.approx((0.4, 0.6))


def test_mean_is_unknown_when_no_column_is_defined() -> None:
    found = mean(np.full((3, 2), np.nan))
    assert (found.over, found.estimate.value) == (0, None)


def test_ratio_is_not_a_number_where_the_denominator_is_zero() -> None:
    assert np.isnan(ratio(np.array([0.0]), np.array([0.0]))).all()
