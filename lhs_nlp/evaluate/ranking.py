"""Rankings beside gold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.evaluate.bootstrap import Documents, ratio


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows from the most to the least probable, cut into steps that each end at a positive.

    Scikit-learn ranks anew for each weighting; here the ranking is made once, and a thousand
    weightings of the documents are two sparse products.

    Attributes
    ----------
    chosen, hits
        How many rows, and how many positives, each document has in each step, sparse [steps, D].
    """

    chosen: Any
    hits: Any

    @classmethod
    def of(cls, probabilities: NDArray[np.floating], gold: NDArray[np.integer], documents: Documents) -> Ranking:
        """Rank rows [n] with gold 0 or 1; rows of equal probability share a step."""
        positive = gold == 1
        ends = np.unique(-probabilities[positive])
        step = np.searchsorted(ends, -probabilities)
        shape = (len(ends), documents.count)
        # Rows less probable than every positive change nothing.
        ranked = step < len(ends)
        return cls(
            chosen=_table(step[ranked], documents.of_row[ranked], shape),
            hits=_table(step[positive], documents.of_row[positive], shape),
        )

    def average_precision(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the average precision as scikit-learn defines it, float64 [r]; NaN where no positive has weight.

        Parameters
        ----------
        weights
            Of the documents, [r, D].
        """
        gained = self.hits @ weights.T
        hits, chosen = gained.cumsum(0), (self.chosen @ weights.T).cumsum(0)
        precision = np.divide(hits, chosen, out=np.zeros_like(hits), where=chosen > 0)
        return ratio((precision * gained).sum(0), gained.sum(0))


def _table(steps: NDArray[np.int64], documents: NDArray[np.int64], shape: tuple[int, int]) -> Any:  # noqa: ANN401
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(steps)), (steps, documents)), shape=shape)
