"""How far probabilities are from the frequencies that they promise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.evaluate.bootstrap import Documents, ratio

BINS = 10


def equal_mass_bins(probabilities: NDArray[np.floating], bins: int = BINS) -> NDArray[np.int64]:
    """Put probabilities into bins of about the same size; equal ones share a bin.

    Most passages speak of no benefit, so that bins of equal width would be all but empty
    save the first; bins of equal mass (the adaptive scheme of Nixon et al. 2019,
    arXiv:1904.01685) resolve the region where the probabilities are.

    Returns
    -------
    ndarray
        Index of the bin, int64 [n], 0 to at most `bins` - 1.
    """
    if not len(probabilities):
        return np.zeros(0, np.int64)
    edges = np.unique(np.quantile(probabilities, np.arange(1, bins) / bins, method="lower"))
    return np.asarray(np.searchsorted(edges, probabilities, side="left"), np.int64)


def expected_calibration_error(
    probabilities: NDArray[np.floating], gold: NDArray[np.integer], bins: int = BINS
) -> float | None:
    """Return the expected calibration error; None without rows.

    The distance between mean probability and share of positives in each bin, averaged over
    the rows (Guo et al. 2017, arXiv:1706.04599), in `equal_mass_bins`. With few rows a bin it
    reads too high: chance keeps even perfect probabilities from 0.

    Parameters
    ----------
    probabilities
        Between 0 and 1, [n].
    gold
        0 or 1, [n].
    bins
        Number of bins.
    """
    if not len(gold):
        return None
    each_alone = Documents(np.arange(len(gold)), len(gold))
    residuals = binned_residuals(probabilities, gold, each_alone, bins)
    return float(calibration_error(residuals, np.ones((1, len(gold))), np.ones(len(gold)))[0])


def brier_score(probabilities: NDArray[np.floating], gold: NDArray[np.integer]) -> float | None:
    """Return the mean squared distance of probabilities from 0 or 1 (Brier 1950); None without rows."""
    return float(np.mean((probabilities - gold) ** 2)) if len(gold) else None


def binned_residuals(
    probabilities: NDArray[np.floating], gold: NDArray[np.integer], documents: Documents, bins: int = BINS
) -> NDArray[np.float64]:
    """Return gold minus probability, added up by document and bin, float64 [D, bins]."""
    placed = np.zeros((len(gold), bins))
    placed[np.arange(len(gold)), equal_mass_bins(probabilities, bins)] = gold - probabilities
    return documents.sums(placed)


def calibration_error(
    residuals: NDArray[np.float64], weights: NDArray[np.float64], rows: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the error for weights [r, D] of documents, float64 [r], from residuals [D, bins] and rows [D]."""
    return ratio(np.abs(weights @ residuals).sum(1), weights @ rows)
