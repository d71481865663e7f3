from __future__ import annotations

import numpy as np

from lhs_nlp.learn import choose

NONE_KNOWN = np.zeros(2, np.int64)


def test_most_uncertain_passage_comes_first() -> None:
    probabilities = np.array([[0.01, 0.02], [0.5, 0.4], [0.1, 0.9]])
    assert choose(probabilities, NONE_KNOWN, 3).tolist() == [1, 2, 0]


def test_rare_benefit_is_asked_about_before_a_frequent_one() -> None:
    probabilities = np.array([[0.5, 0.01], [0.01, 0.5]])
    assert choose(probabilities, np.array([100, 2]), 1).tolist() == [1]
    assert choose(probabilities, np.array([2, 100]), 1).tolist() == [0]


def test_of_equals_the_first_comes_first_and_no_more_than_there_are() -> None:
    assert choose(np.full((4, 2), 0.5), NONE_KNOWN, 2).tolist() == [0, 1]
    assert choose(np.full((2, 2), 0.5), NONE_KNOWN, 9).tolist() == [0, 1]


def test_certainty_is_worth_nothing() -> None:
    assert choose(np.array([[0.0, 1.0], [0.2, 1.0]]), NONE_KNOWN, 1).tolist() == [1]
