"""Platt scaling: logits to probabilities that mean what they say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class Platt:
    """A sigmoid a column: ``sigmoid(slope * logit + intercept)`` (Platt 1999).

    Attributes
    ----------
    slope, intercept
        One number a column, float64 [k].
    """

    slope: NDArray[np.float64]
    intercept: NDArray[np.float64]

    def __call__(self, logits: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return probabilities, float64 [n, k], of logits [n, k]."""
        return sigmoid(self.log_odds(logits))

    def log_odds(self, logits: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return calibrated log odds, float64 [n, k], of logits [n, k]."""
        odds: NDArray[np.float64] = logits * self.slope + self.intercept
        return odds


def fit_platt(logits: NDArray[np.floating], gold: NDArray[np.integer], shrinkage: float = 20.0) -> Platt:
    """Fit one sigmoid a column, drawn toward the sigmoid that fits all columns together.

    Parameters
    ----------
    logits
        Scores of passages that the model was not trained on, [n, k].
    gold
        0 or 1 where known, -1 where not, [n, k].
    shrinkage
        Weight of the pull toward the common sigmoid: a column with few positives stays near it.

    Returns
    -------
    Platt
        Slopes are positive, so that a higher logit is never a lower probability.
    """
    known = gold >= 0
    common = _fit(logits[known], gold[known], np.array([1.0, 0.0]), 1e-3)
    columns = [_fit(logits[known[:, k], k], gold[known[:, k], k], common, shrinkage) for k in range(gold.shape[1])]
    pairs = np.array(columns)
    return Platt(slope=pairs[:, 0], intercept=pairs[:, 1])


def refit_platt(
    platt: Platt, logits: NDArray[np.floating], gold: NDArray[np.integer], shrinkage: float = 20.0
) -> Platt:
    """Fit each column's sigmoid anew, drawn toward the one that it had.

    Parameters
    ----------
    platt
        Sigmoids of the k columns.
    logits, gold, shrinkage
        As for `fit_platt`; a column without known entries stays as it was.
    """
    known = gold >= 0
    before = np.stack([platt.slope, platt.intercept], axis=1)
    columns = [_fit(logits[known[:, k], k], gold[known[:, k], k], before[k], shrinkage) for k in range(len(before))]
    return Platt(slope=np.array(columns)[:, 0], intercept=np.array(columns)[:, 1])


def sigmoid(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return ``1 / (1 + exp(-logits))`` without overflow, in float64."""
    # Not scipy's expit: to load it takes as long as to tag a short document.
    with np.errstate(over="ignore"):  # of infinity, one part is the 0 that is wanted
        probabilities: NDArray[np.float64] = 1 / (1 + np.exp(-np.asarray(logits, np.float64)))
    return probabilities


def logit(probabilities: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the log odds of probabilities, bounded at one in a million."""
    bounded = np.clip(np.asarray(probabilities, np.float64), _SMALLEST, 1 - _SMALLEST)
    odds: NDArray[np.float64] = np.log(bounded / (1 - bounded))
    return odds


def _fit(
    logits: NDArray[np.floating], gold: NDArray[np.integer], prior: NDArray[np.float64], strength: float
) -> NDArray[np.float64]:
    """Minimise the log loss plus ``strength / 2 * |parameters - prior|^2``."""
    from scipy.optimize import minimize

    x, y = np.asarray(logits, np.float64), np.asarray(gold, np.float64)

    def objective(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = parameters[0] * x + parameters[1]
        error = sigmoid(z) - y
        pull = parameters - prior
        value = np.sum(np.logaddexp(0, z) - y * z) + strength / 2 * pull @ pull
        return float(value), np.array([error @ x, error.sum()]) + strength * pull

    found = minimize(objective, prior, jac=True, method="L-BFGS-B", bounds=[(0.05, 20.0), (-20.0, 20.0)])
    parameters: NDArray[np.float64] = found.x
    return parameters
