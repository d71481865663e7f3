"""Vectors of length 1, whose products are cosines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.encoders.protocol import Encoder


def directions(texts: Sequence[str], encoder: Encoder) -> NDArray[np.float32]:
    """Return a vector of length 1 a text, float32 [n, d], of length 0 where it is blank: it is like nothing."""
    vectors = of_length_one(encoder.encode(texts))
    vectors[[not text.strip() for text in texts]] = 0
    return vectors


def of_length_one(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return vectors, float32 [n, d], of length 1 in the same directions; a vector of length 0 stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return scaled
