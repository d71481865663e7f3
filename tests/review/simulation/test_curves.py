from __future__ import annotations

import numpy as np
import pytest

from lhs_nlp.review.simulation.curves import recall_curve


def test_measures_are_those_of_their_definitions() -> None:
    labels = np.zeros(100, np.int64)
    labels[[0, 1, 4, 9, 49]] = 1
    curve = recall_curve(labels)
    assert [curve.recall(screened) for screened in (0, 1, 5, 10, 50)] == [0, 0.2, 0.6, 0.8, 1]
    assert curve.screened_for(0.8) == 10
    assert curve.work_saved(0.95) == pytest.approx(1 - 0.5 - 0.05)
    assert curve.work_saved(0.8) == pytest.approx(1 - 0.1 - 0.2)
    assert curve.found_early() == 0.8
    assert curve.time_to_discovery() == pytest.approx((1 + 2 + 5 + 10 + 50) / 5 / 100)


def test_recall_of_95_percent_of_20_is_19() -> None:
    labels = np.ones(20, np.int64)
    assert recall_curve(labels).screened_for(0.95) == 19


def test_random_order_saves_nothing() -> None:
    labels = np.tile([0, 1], 500)
    assert abs(recall_curve(labels).work_saved()) < 0.01


def test_written_curve_ends_at_all() -> None:
    written = recall_curve(np.array([0, 1, 1])).to_dict()
    assert written["recall_by_percent"][0] == 0
    assert written["recall_by_percent"][-1] == 1
    assert len(written["recall_by_percent"]) == 101
