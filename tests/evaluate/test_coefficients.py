"""Kappa and alpha beside published examples, scikit-learn, and the definition written out."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score

from lhs_nlp.evaluate import cohen_kappa, krippendorff_alpha, observed_agreement

labellings = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40)


def counts(pairs: list[tuple[int, int]], labels: int = 4) -> NDArray[np.float64]:
    """Return one table of how often the pairs of labels occur, [1, K, K]."""
    table = np.zeros((1, labels, labels))
    for first, second in pairs:
        table[0, first, second] += 1
    return table


def pairs(first: str, second: str) -> list[tuple[int, int]]:
    return [(ord(one) - ord("a"), ord(other) - ord("a")) for one, other in zip(first, second, strict=True)]


def test_kappa_is_that_of_fleiss() -> None:
    # Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, table 18.1: 100 diagnoses, 0.68.
    table = np.array([[[75, 1, 4], [5, 4, 1], [0, 0, 10.0]]])
    assert observed_agreement(table) == pytest.approx(0.89)
    assert cohen_kappa(table) == pytest.approx((0.89 - 0.66) / (1 - 0.66))
    assert cohen_kappa(table).round(2) == [0.68]


def test_kappa_is_that_of_viera_and_garrett() -> None:
    # Viera and Garrett 2005, Understanding interobserver agreement: 100 examinations, 0.57.
    assert cohen_kappa(np.array([[[15, 5], [10, 70.0]]])).round(2) == [0.57]


def test_alpha_of_two_values_is_that_of_krippendorff() -> None:
    # Krippendorff 2011, Computing Krippendorff's alpha-reliability, A: ten articles, 0.095.
    table = counts(pairs("abaaaaaaba", "bbbaabaaaa"), labels=2)
    assert krippendorff_alpha(table) == pytest.approx(1 - 19 * 4 / (14 * 6))
    assert krippendorff_alpha(table).round(3) == [0.095]


def test_alpha_of_five_values_is_that_of_krippendorff() -> None:
    # The same, B: twelve articles, 0.692.
    table = counts(pairs("aabbdcccedda", "babbbccceddd"), labels=5)
    assert krippendorff_alpha(table).round(3) == [0.692]


@given(labellings)
def test_kappa_is_that_of_scikit_learn(found: list[tuple[int, int]]) -> None:
    first, second = zip(*found, strict=True)
    value = cohen_kappa(counts(found))[0]
    if len(set(first) | set(second)) == 1:
        assert np.isnan(value)
    else:
        assert value == pytest.approx(cohen_kappa_score(first, second))


@given(labellings)
def test_alpha_is_one_less_the_disagreement_over_that_of_labels_drawn_at_random(found: list[tuple[int, int]]) -> None:
    value = krippendorff_alpha(counts(found))[0]
    drawn = [one != other for one, other in permutations([label for pair in found for label in pair], 2)]
    if not any(drawn):
        assert np.isnan(value)
    else:
        observed = np.mean([one != other for one, other in found])
        assert value == pytest.approx(1 - observed / np.mean(drawn))


@given(labellings)
def test_alpha_does_not_depend_on_who_is_first(found: list[tuple[int, int]]) -> None:
    swapped = counts([(other, one) for one, other in found])
    assert krippendorff_alpha(counts(found)) == pytest.approx(krippendorff_alpha(swapped), nan_ok=True)
    assert cohen_kappa(counts(found)) == pytest.approx(cohen_kappa(swapped), nan_ok=True)


def test_full_agreement_is_one_and_full_disagreement_is_below_zero() -> None:
    agree, differ = np.array([[[3, 0], [0, 5.0]]]), np.array([[[0, 4], [4, 0.0]]])
    assert cohen_kappa(agree) == [1]
    assert krippendorff_alpha(agree) == [1]
    assert cohen_kappa(differ) == [-1]
    assert krippendorff_alpha(differ) == pytest.approx(1 - 15 * 16 / (256 - 128))


def test_nothing_is_defined_without_units() -> None:
    empty = np.zeros((1, 2, 2))
    for coefficient in (observed_agreement, cohen_kappa, krippendorff_alpha):
        assert np.isnan(coefficient(empty)).all()


def test_many_tables_are_answered_at_once() -> None:
    tables = np.array([[[3, 0], [0, 5.0]], [[0, 0], [0, 0]], [[15, 5], [10, 70]]])
    assert np.isnan(cohen_kappa(tables)).tolist() == [False, True, False]
    assert krippendorff_alpha(tables).shape == (3,)
