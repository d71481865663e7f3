"""The cues of the framework as a list of keywords."""

from __future__ import annotations

import numpy as np

from lhs_nlp.framework import Framework
from lhs_nlp.heads import Logits
from training.baselines.logits import presence_and_status
from training.data import LabelledPassages

CUED = 3.0
"""Logit of a passage that holds a cue; the negative for one that holds none. Calibration decides what it means."""


def keywords(train: LabelledPassages, texts: tuple[str, ...], framework: Framework) -> Logits:
    """Return logits that say whether a cue of the framework stands in the text; statuses as frequent as in training."""
    cued = [[any(c.is_cued_by(text) for c in benefit.concepts) for benefit in framework.benefits] for text in texts]
    frequency = [(train.status == at).sum(0) + 1.0 for at in range(len(framework.statuses))]
    status = np.broadcast_to(np.log(np.stack(frequency, axis=1)), (len(texts), *train.status.shape[1:], len(frequency)))
    return presence_and_status(np.where(cued, CUED, -CUED), status, train)
