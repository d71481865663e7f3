from __future__ import annotations

import pytest

from lhs_nlp.evaluate import Estimate
from lhs_nlp.evaluate.tables import interval


@pytest.mark.parametrize(
    ("estimate", "shown"),
    [
        (Estimate(0.93, 0.9, 0.96), "0.93 (0.90-0.96)"),
        (Estimate(-0.36, -0.52, -0.1), "-0.36 (-0.52 to -0.10)"),
        (Estimate(0.0, -0.001, 0.2), "0.00 (0.00 to 0.20)"),
        (Estimate(0.5), "0.50"),
        (Estimate(None), "-"),
    ],
)
def test_interval_is_told_from_a_minus(estimate: Estimate, shown: str) -> None:
    assert interval(estimate) == shown
