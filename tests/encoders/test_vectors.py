from __future__ import annotations

import numpy as np
import pytest

from lhs_nlp.encoders.vectors import of_length_one


def test_directions_stay_and_lengths_become_one_but_for_those_of_nothing() -> None:
    found = of_length_one(np.array([[3, 4], [0, -1e-12], [0, 0]], np.float32))
    assert found.dtype == np.float32
    assert found.tolist() == [pytest.approx([0.6, 0.8]), [0, -1], [0, 0]]


def test_no_vectors_stay_none() -> None:
    assert of_length_one(np.empty((0, 3), np.float32)).shape == (0, 3)
