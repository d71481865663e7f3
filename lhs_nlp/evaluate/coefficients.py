"""Chance-corrected agreement of two labellers on nominal labels, from tables of counts.

Tables are [r, K, K]: how often the first labeller gave a unit the label of the row and the
second that of the column; r tables at once, because intervals need a thousand of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.evaluate.bootstrap import ratio


def observed_agreement(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of units with the same label, [r]; NaN without units."""
    return ratio(np.trace(tables, axis1=1, axis2=2), tables.sum((1, 2)))


def cohen_kappa(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Cohen's kappa (Cohen 1960, doi:10.1177/001316446002000104), [r].

    NaN without units, and where both gave every unit the same one label, so that chance
    alone would agree fully. Elsewhere it is what scikit-learn's `cohen_kappa_score` gives.
    """
    total = tables.sum((1, 2))
    by_chance = ratio((tables.sum(2) * tables.sum(1)).sum(1), total**2)
    return ratio(observed_agreement(tables) - by_chance, 1 - by_chance)


def krippendorff_alpha(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Krippendorff's alpha for nominal labels of two labellers without gaps, [r].

    From the matrix of coincidences (Krippendorff 2011, "Computing Krippendorff's
    alpha-reliability"): one minus the disagreement observed over that expected when labels
    are drawn without replacement from all that both gave. NaN where there is but one label.
    """
    coincidences = tables + tables.transpose(0, 2, 1)
    labels = coincidences.sum(2)
    total = labels.sum(1)
    disagreeing = total - np.trace(coincidences, axis1=1, axis2=2)
    expected = total**2 - (labels**2).sum(1)
    return 1 - ratio((total - 1) * disagreeing, expected)
