"""Log losses of presence and of status, as functions of how far the heads have moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class PresenceLoss:
    """All passages: design [n, d + 1]; calibrated log odds of the prior, gold and weight [n, B], 0 where not known."""

    design: NDArray[np.float32]
    offset: NDArray[np.float64]
    gold: NDArray[np.int64]
    weight: NDArray[np.float64]

    def __call__(self, shift: NDArray[np.float64]) -> tuple[float, NDArray[np.float32]]:
        """Return the log loss of the benefits and its gradient, for a shift [B, d + 1]."""
        z = self.offset + self.design @ shift.T.astype(np.float32)
        # As np.logaddexp(0, z) and scipy's expit, with one exponential for both.
        small = np.exp(-np.abs(z))
        value = np.sum(self.weight * (np.maximum(z, 0) + np.log1p(small) - self.gold * z))
        error = self.weight * (np.where(z < 0, small, 1) / (1 + small) - self.gold)
        return float(value), error.T.astype(np.float32) @ self.design

    def variances(self) -> NDArray[np.float64]:
        """Return the mean variance of each benefit's presence under the prior, [B]."""
        small = np.exp(-np.abs(self.offset))
        total = (self.weight * small / np.square(1 + small)).sum(0)
        mean: NDArray[np.float64] = total / np.maximum(self.weight.sum(0), 1e-9)
        return mean


@dataclass(frozen=True, slots=True)
class StatusLoss:
    """The passages in which one benefit is present: design [m, d + 1], offset and gold [T, m], weight [m]."""

    design: NDArray[np.float32]
    offset: NDArray[np.floating]
    gold: NDArray[np.float64]
    weight: NDArray[np.float64]

    def __call__(self, shift: NDArray[np.float64]) -> tuple[float, NDArray[np.float32]]:
        """Return the log loss of the statuses and its gradient, for a shift [T, d + 1]."""
        z = self.offset + np.ascontiguousarray((self.design @ shift.T.astype(np.float32)).T)
        if not z.size:
            return 0.0, np.zeros(shift.shape, np.float32)
        # As scipy's log_softmax, over the first axis, which is faster.
        z -= z.max(0)
        log_probability = z - np.log(np.exp(z).sum(0))
        error = self.weight * (np.exp(log_probability) - self.gold)
        return float(-np.sum(self.weight * self.gold * log_probability)), error.astype(np.float32) @ self.design
