"""What a baseline is, and the logits that it gives."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.heads import Logits
from training.data import LabelledPassages

Baseline = Callable[[LabelledPassages, tuple[str, ...]], Logits]
"""Learns from the passages and returns the logits of the texts."""


def presence_and_status(
    presence: NDArray[np.floating], status: NDArray[np.floating], train: LabelledPassages
) -> Logits:
    """Return logits that know nothing of dimension, concepts and stakeholders.

    Parameters
    ----------
    presence, status
        Logits of n passages, [n, B] and [n, B, T].
    train
        Says how many dimensions, concepts and stakeholders there are.
    """
    unknown = {
        "dimension": int(train.dimension.max()) + 1,
        "concepts": train.concepts.shape[1],
        "stakeholders": train.stakeholders.shape[1],
    }
    rest = {task: np.zeros((len(presence), width), np.float32) for task, width in unknown.items()}
    return Logits(presence=np.asarray(presence, np.float32), status=np.asarray(status, np.float32), **rest)
