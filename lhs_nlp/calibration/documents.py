"""From the claims of a document's passages to the probability that the document claims."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.calibration.platt import logit, sigmoid

FEATURES = 3
"""Columns of `document_features`."""


@dataclass(frozen=True, slots=True)
class DocumentCalibration:
    """Logistic regression on what a document's passages show of one benefit.

    Attributes
    ----------
    weights
        One weight a feature of `document_features`, float64 [3].
    intercept
        The intercept.
    review, claimed
        A confidence below `review` is "not claimed", from `claimed` on "claimed" (where a passage makes the claim,
        see `is_claimed`); "needs review" lies between. `review` is chosen by conformal risk control, so that at
        most a stated share of claimed benefits falls below it.
    """

    weights: NDArray[np.float64]
    intercept: float
    review: float
    claimed: float

    def confidence(self, claims: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return the probability that a document claims each benefit.

        Parameters
        ----------
        claims
            Claim probabilities of the document's passages, [n, B]; n may be 0.

        Returns
        -------
        ndarray
            float64 [B]; zeros for a document without passages.
        """
        if not len(claims):
            return np.zeros(claims.shape[1])
        return sigmoid(document_features(claims) @ self.weights + self.intercept)

    def is_claimed(self, confidence: NDArray[np.floating], quotable: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return whether the verdict is "claimed".

        Parameters
        ----------
        confidence
            That documents claim benefits, of any shape.
        quotable
            Whether a passage of the document is itself found to claim the benefit, of the same shape. Several that
            nearly do can add up to a high confidence; for want of one to quote, the verdict is left to a person.
        """
        return (np.asarray(confidence) >= self.claimed) & quotable


def document_features(claims: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return what the passages' claims show of each benefit, float64 [B, 3].

    The log odds of the strongest claim, of the second strongest (the strongest again in a
    document of one passage), and the logarithm of the number of passages: a document of a
    thousand passages has a strong one by chance alone.
    """
    ordered = -np.sort(-np.asarray(claims, np.float64), axis=0)
    first, second = ordered[0], ordered[min(1, len(ordered) - 1)]
    count = np.full(len(first), np.log(len(ordered)))
    return np.stack([logit(first), logit(second), count], axis=1)
