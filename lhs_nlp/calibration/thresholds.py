"""Where a probability becomes a decision."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

_GRID = np.round(np.arange(0.05, 0.951, 0.01), 2)


def refit_thresholds(
    before: NDArray[np.float64],
    probabilities: NDArray[np.floating],
    gold: NDArray[np.integer],
    shrinkage: float = 100.0,
) -> NDArray[np.float64]:
    """Return a threshold a column that maximises F1, drawn to what it was.

    The best threshold of a column with few positives is mostly chance.

    Parameters
    ----------
    before
        Thresholds to draw to, [k].
    probabilities
        Calibrated, of passages that the model was not trained on, [n, k].
    gold
        0 or 1 where known, -1 where not, [n, k].
    shrinkage
        Positives at which a column's own threshold and what it was weigh the same.

    Returns
    -------
    ndarray
        float64 [k], each between 0.05 and 0.95 unless `before` is not.
    """
    own = np.array([_GRID[_f1_curve(probabilities[:, k], gold[:, k]).argmax()] for k in range(gold.shape[1])])
    positives = (gold == 1).sum(0)
    return np.asarray((positives * own + shrinkage * before) / (positives + shrinkage), np.float64)


def fit_common_threshold(
    probabilities: NDArray[np.floating], gold: NDArray[np.integer], average: Literal["micro", "macro"] = "micro"
) -> float:
    """Return the one threshold that maximises F1 over all known entries.

    Parameters
    ----------
    probabilities
        Calibrated, of what the model was not trained on, [n] or [n, k].
    gold
        0 or 1 where known, -1 where not, of the same shape.
    average
        Whether the F1 of all entries together counts (micro), or the mean of the columns' F1 (macro), in which a
        rare column weighs as much as a common one.
    """
    if average == "micro":
        curve = _f1_curve(probabilities, gold)
    else:
        curve = np.mean([_f1_curve(probabilities[:, k], gold[:, k]) for k in range(gold.shape[1])], axis=0)
    return float(_GRID[curve.argmax()])


def _f1_curve(probabilities: NDArray[np.floating], gold: NDArray[np.integer]) -> NDArray[np.float64]:
    """Return F1 at every threshold of the grid, smoothed over neighbours against chance peaks."""
    known = gold >= 0
    chosen = probabilities[known][None, :] >= _GRID[:, None]
    positive = gold[known] == 1
    hits = (chosen & positive).sum(1)
    f1 = 2 * hits / np.maximum(chosen.sum(1) + positive.sum(), 1)
    padded = np.pad(f1, 3, mode="edge")
    return np.convolve(padded, np.ones(7) / 7, mode="valid")
