"""Intervals by resampling documents: passages of one document are not independent of each other.

Every measure is a function of one weight a document. Its value is what the function gives
for weights of one; its interval is where 95% of the values lie when documents are drawn
with replacement and each weighs as often as it was drawn: the cluster bootstrap (Field and
Welsh 2007, doi:10.1111/j.1467-9868.2007.00593.x) with percentile limits, widened to the value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

REPLICATES = 1000
SEED = 20240801
LIMITS = (0.025, 0.975)
"""Quantiles of the replicates that bound an interval of 95%."""

FEWEST_DOCUMENTS = 6
"""Fewest documents that bound an interval of 95%: of fewer, even the range from the least to the greatest
value covers their median less often (1 - 2 / 2**n; David and Nagaraja 2003, Order Statistics, chapter 7)."""

_CELLS_PER_BATCH = 1_000_000
_NO_WIDTH = 1e-9

Values = NDArray[np.float64]
"""A measure in its first row, its replicates in the others, [1 + R, ...]; NaN where undefined."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure with its 95% interval.

    Attributes
    ----------
    value
        None where the measure is not defined, e.g. the recall of a benefit without positives.
    low, high
        The value lies between them, or is one of them: replicates of a measure to which chance adds, as it does to a
        calibration error, can all lie above it.
        None where the value is, when nothing was resampled, when fewer than `FEWEST_DOCUMENTS` bear on the
        measure, e.g. have the benefit, or when all replicates are the same: then they tell nothing of chance.
    """

    value: float | None
    low: float | None = None
    high: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, to 4 decimals."""
        return {"value": _rounded(self.value), "low": _rounded(self.low), "high": _rounded(self.high)}


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over those benefits for which a measure is defined.

    Attributes
    ----------
    estimate
        The mean; its value is None when the measure is defined for no benefit.
    over
        How many benefits the mean is over.
    """

    estimate: Estimate
    over: int

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, to 4 decimals."""
        return self.estimate.to_dict() | {"over": self.over}


@dataclass(frozen=True, slots=True)
class Documents:
    """Which document each row belongs to, and how often documents are resampled.

    Attributes
    ----------
    of_row
        Index of the row's document, int64 [n].
    count
        Number of documents, D.
    replicates
        How often documents are drawn; 0 for no intervals.
    seed
        The same seed gives the same draws for every measure, so that they can be averaged.
    """

    of_row: NDArray[np.int64]
    count: int
    replicates: int = REPLICATES
    seed: int = SEED

    @classmethod
    def of(cls, docs: Sequence[str], replicates: int = REPLICATES, seed: int = SEED) -> Documents:
        """Return the documents of rows, numbered in the order in which they first appear."""
        numbers = {doc: at for at, doc in enumerate(dict.fromkeys(docs))}
        return cls(np.array([numbers[doc] for doc in docs], np.int64), len(numbers), replicates, seed)

    def take(self, rows: NDArray[np.integer]) -> Documents:
        """Return the same documents for these rows, any of them once, often or never."""
        return replace(self, of_row=self.of_row[rows])

    def sums(self, rows: NDArray[Any]) -> NDArray[np.float64]:
        """Add up rows [n, ...] by document, float64 [D, ...]."""
        totals = np.zeros((self.count, *rows.shape[1:]))
        np.add.at(totals, self.of_row, rows)
        return totals

    def resampled(self, measure: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Values:
        """Return a measure's value and its replicates.

        Parameters
        ----------
        measure
            From weights of documents, float64 [r, D], to values [r, ...].
        """
        batch = max(1, _CELLS_PER_BATCH // self.count)
        return np.concatenate([measure(weights) for weights in self._weights(batch)])

    def _weights(self, batch: int) -> Iterator[NDArray[np.float64]]:
        yield np.ones((1, self.count))
        # One document drawn again and again is itself.
        replicates = self.replicates if self.count > 1 else 0
        random = np.random.default_rng(self.seed)
        for start in range(0, replicates, batch):
            size = min(batch, replicates - start)
            drawn = random.integers(self.count, size=(size, self.count)) + self.count * np.arange(size)[:, None]
            counts = np.bincount(drawn.ravel(), minlength=size * self.count)
            yield counts.reshape(size, self.count).astype(np.float64)


def estimate(values: Values, documents: int | None = None) -> Estimate:
    """Return the value and interval of one measure; replicates where it is undefined are left out.

    Parameters
    ----------
    values
        Of the measure, [1 + R].
    documents
        How many documents bear on the measure: fewer than `FEWEST_DOCUMENTS` give no interval. None for enough.
    """
    if np.isnan(values[0]):
        return Estimate(None)
    draws = values[1:][~np.isnan(values[1:])]
    if not draws.size or (documents is not None and documents < FEWEST_DOCUMENTS):
        return Estimate(float(values[0]))
    low, high = np.quantile(draws, LIMITS)
    if high - low < _NO_WIDTH:
        return Estimate(float(values[0]))
    value = float(values[0])
    return Estimate(value, min(float(low), value), max(float(high), value))


def mean(values: Values, documents: int | None = None) -> Mean:
    """Return the mean over the columns of [1 + R, k] that are defined in the first row.

    A replicate in which one of them is undefined, as no document that has the benefit was drawn, is the mean of the
    others: where one or two documents have a benefit, replicates may be means over fewer benefits than the value is.

    Parameters
    ----------
    values
        Of the measure, a column a benefit.
    documents
        As for `estimate`.
    """
    defined = values[:, ~np.isnan(values[0])]
    known = ~np.isnan(defined)
    means = ratio(np.where(known, defined, 0).sum(1), known.sum(1))
    return Mean(estimate(means, documents), defined.shape[1])


def ratio(numerator: NDArray[Any], denominator: NDArray[Any]) -> NDArray[np.float64]:
    """Divide; NaN where the denominator is 0."""
    numerator, denominator = np.broadcast_arrays(numerator, denominator)
    quotient = np.full(numerator.shape, np.nan)
    np.divide(numerator, denominator, out=quotient, where=denominator != 0)
    return quotient


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
