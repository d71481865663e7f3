"""What an encoder is: texts in, one vector a text out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns texts into vectors.

    The vector of a text must not depend on the other texts of the call: the same passage
    has the same vector in every batch and on every run, up to the rounding of float32.
    """

    @property
    def width(self) -> int:
        """Length d of a vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, float32 [n, d], in the order of `texts`."""
