"""From the logits of passages to calibrated probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.calibration import Calibration, logit, sigmoid
from lhs_nlp.heads import Logits


@dataclass(frozen=True, slots=True)
class Scores:
    """Calibrated probabilities of n passages, float64, columns in the framework's order.

    Attributes
    ----------
    presence
        The passage speaks of the benefit, [n, B].
    status
        Each status, given that the benefit is present, [n, B, T]; sums to 1 over T.
    claim
        The passage claims the benefit, [n, B]; never above `presence`.
    dimension
        Each dimension, given a claim, [n, D]; sums to 1 over D.
    concepts
        Each key concept, [n, C].
    stakeholders
        Each stakeholder, given a claim, [n, S].
    """

    presence: NDArray[np.float64]
    status: NDArray[np.float64]
    claim: NDArray[np.float64]
    dimension: NDArray[np.float64]
    concepts: NDArray[np.float64]
    stakeholders: NDArray[np.float64]

    def claiming(self, statuses: Sequence[int]) -> Scores:
        """Return the scores where other statuses make a claim: its probability follows from presence and status."""
        return replace(self, claim=self.presence * self.status[:, :, list(statuses)].sum(2))


def calibrate(logits: Logits, calibration: Calibration, claim_statuses: Sequence[int]) -> Scores:
    """Turn logits into calibrated probabilities.

    Parameters
    ----------
    logits
        The heads' outputs for n passages.
    calibration
        Fitted on passages that the model had not seen.
    claim_statuses
        Indices of the statuses that make a claim.
    """
    presence = calibration.presence(logits.presence)
    claim = calibration.claim(claim_log_odds(logits, claim_statuses))
    return Scores(
        presence=presence,
        status=softmax(logits.status / calibration.status_temperature),
        claim=np.minimum(claim, presence),
        dimension=softmax(logits.dimension),
        concepts=calibration.concepts(logits.concepts),
        stakeholders=calibration.stakeholders(logits.stakeholders),
    )


def claim_log_odds(logits: Logits, claim_statuses: Sequence[int]) -> NDArray[np.float64]:
    """Return the log odds of "present, and in a status of a claim" before calibration, [n, B]."""
    claimed_if_present = softmax(logits.status)[:, :, list(claim_statuses)].sum(2)
    return logit(sigmoid(logits.presence) * claimed_if_present)


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the softmax over the last axis, in float64."""
    logits = np.asarray(logits, np.float64)
    odds = np.exp(logits - logits.max(-1, keepdims=True))
    probabilities: NDArray[np.float64] = odds / odds.sum(-1, keepdims=True)
    return probabilities
