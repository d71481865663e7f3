"""Vectors of length 1, whose products are cosines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def of_length_one(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return vectors, float32 [n, d], of length 1 in the same directions; a vector of length 0 stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return scaled
