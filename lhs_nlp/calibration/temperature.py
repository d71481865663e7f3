"""How sure a softmax is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BOUNDS = (0.3, 5.0)


def fit_temperature(
    logits: NDArray[np.floating], gold: NDArray[np.int64], toward: float = 1.0, shrinkage: float = 0.0
) -> float:
    """Return the temperature that minimises the log loss of the status (Guo et al. 2017).

    Parameters
    ----------
    logits
        [n, B, T].
    gold
        Index of the status, -1 where the benefit is absent, [n, B].
    toward, shrinkage
        The logarithm of the temperature is drawn to that of `toward` as by a Gaussian prior of
        variance ``1 / shrinkage``; it is `toward` when no status is known.
    """
    from scipy.optimize import minimize_scalar
    from scipy.special import log_softmax

    known = gold >= 0
    rows, status = np.asarray(logits[known], np.float64), gold[known]
    if not len(rows):
        return toward

    def loss(temperature: float) -> float:
        found = log_softmax(rows / temperature, axis=-1)[np.arange(len(rows)), status].sum()
        return float(shrinkage / 2 * np.log(temperature / toward) ** 2 - found)

    return float(minimize_scalar(loss, bounds=_BOUNDS, method="bounded").x)
