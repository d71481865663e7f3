"""Which passages to ask people about next: those whose answers teach most."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def choose(probabilities: NDArray[np.floating], positives: NDArray[np.integer], count: int) -> NDArray[np.int64]:
    """Return the passages to label next, most informative first.

    A passage is worth the entropy of each benefit (uncertainty sampling; Lewis and Gale 1994),
    and an answer on a benefit is worth the less the more passages are known to speak of it.

    Parameters
    ----------
    probabilities
        Calibrated probability that each unlabelled passage speaks of each benefit, [n, B].
    positives
        Number of labelled passages that speak of each benefit, [B].
    count
        How many to return, at most n.

    Returns
    -------
    ndarray
        Rows, int64; of equals the first comes first.
    """
    from scipy.special import entr

    entropy = entr(probabilities) + entr(1 - np.asarray(probabilities, np.float64))
    worth = entropy @ (1 / (positives + 1))
    return np.argsort(-worth, kind="stable")[:count]
