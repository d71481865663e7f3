from __future__ import annotations

import numpy as np
import pytest

from lhs_nlp.review.screening.stopping import stopping_of
from lhs_nlp.review.simulation.curves import RecallCurve, recall_curve
from lhs_nlp.review.simulation.stops import stop_of


def test_stop_is_the_first_moment_at_which_the_criterion_is_met() -> None:
    labels = np.array([1] * 30 + [0] * 5 + [1] + [0] * 364)
    stop = stop_of(recall_curve(labels))
    known = [stopping_of(labels[:at].astype(bool).tolist(), 400).reached for at in range(1, 401)]
    assert stop.screened == known.index(True) + 1
    assert stop.recall == 1.0
    assert stop.saved == pytest.approx(1 - stop.screened / 400)


def test_stop_is_the_end_when_the_criterion_is_never_met_before() -> None:
    stop = stop_of(RecallCurve(np.arange(10, 101, 10), 100))
    assert (stop.screened, stop.recall, stop.saved) == (100, 1.0, 0.0)


def test_stop_tells_what_was_missed() -> None:
    stop = stop_of(recall_curve(np.array([1] * 40 + [0] * 950 + [1] * 10)))
    assert stop.recall == 0.8
    assert stop.screened < 990
