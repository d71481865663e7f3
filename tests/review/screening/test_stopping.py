from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import hypergeom

from lhs_nlp.review.screening.stopping import stopping_of


def screened(found: int, then_nothing: int) -> list[bool]:
    return [True] * found + [False] * then_nothing


def test_before_anything_is_screened_everything_may_be_relevant() -> None:
    known = stopping_of([], 50)
    assert (known.screened, known.found, known.unscreened) == (0, 0, 50)
    assert (known.likely_left, known.most_left) == (50, 50)
    assert (known.recall_likely, known.recall_least, known.reached) == (None, None, False)


def test_the_longer_nothing_is_found_the_fewer_can_be_left() -> None:
    most = [stopping_of(screened(20, run), 1000).most_left for run in (0, 50, 100, 300, 600, 900)]
    assert most == sorted(most, reverse=True)
    assert (most[0], most[-1]) == (980, 1)


def test_bounds_are_those_of_the_hypergeometric_distribution() -> None:
    known = stopping_of(screened(10, 200), 400)

    def chance(left: int) -> float:
        # 200 are drawn of 390 and none of them is relevant.
        return float(hypergeom.cdf(0, 390, left, 200))

    assert chance(known.likely_left) > 0.5 >= chance(known.likely_left + 1)
    assert chance(known.most_left) > 0.05 >= chance(known.most_left + 1)
    assert known.p_value == pytest.approx(chance(1))


def test_p_value_is_of_the_clearest_sample() -> None:
    included = [True, False, True, True] + [False] * 30 + [True] + [False] * 40
    found_at = np.flatnonzero(included) + 1
    # Recall of less than 95% with 4 found means that one or more are left, whatever the sample's beginning.
    every = [
        hypergeom.cdf((found_at > begin).sum(), 100 - begin, (found_at > begin).sum() + 1, len(included) - begin)
        for begin in range(len(included))
    ]
    assert stopping_of(included, 100).p_value == pytest.approx(min(every))


def test_stops_when_a_recall_below_the_target_is_too_unlikely() -> None:
    assert not stopping_of(screened(40, 50), 1000).reached
    assert stopping_of(screened(40, 700), 1000).reached
    assert not stopping_of(screened(0, 999), 1000).reached


def test_nothing_is_left_when_all_is_screened() -> None:
    known = stopping_of(screened(3, 7), 10)
    assert (known.likely_left, known.most_left, known.recall_least, known.reached) == (0, 0, 1.0, True)
    assert known.to_dict()["recall_least"] == 1.0


def test_bound_holds_as_often_as_it_says_when_records_come_by_chance() -> None:
    # By chance is the worst order that the criterion is made for.
    chance = np.random.default_rng(5)
    held = 0
    for _ in range(200):
        labels = chance.permutation([True] * 30 + [False] * 270)
        known = stopping_of(labels[:200].tolist(), 300)
        held += labels[200:].sum() <= known.most_left
    assert held >= 160  # fewer than 190, as the clearest of many samples is taken


def test_screening_may_stop_when_all_is_screened_and_nothing_was_found() -> None:
    assert stopping_of(screened(0, 10), 10).reached


def test_screening_may_not_stop_when_there_is_nothing_to_screen_yet() -> None:
    assert not stopping_of([], 0).reached
