"""What a model says of texts: of each benefit what the passage says that stands for it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.evaluate import Predictions, decided
from lhs_nlp.framework import Framework
from lhs_nlp.learn.encoding import Encoded
from lhs_nlp.learn.fitting import Model
from lhs_nlp.scores import calibrate
from lhs_nlp.standing import Strength, strength


@dataclass(frozen=True, slots=True)
class Answers:
    """What a model says of texts.

    Attributes
    ----------
    predictions
        Its probabilities and decisions.
    status
        Probability of each status, given that the benefit is present, [n, B, T].
    """

    predictions: Predictions
    status: NDArray[np.float64]


def answer(model: Model, texts: Encoded, framework: Framework) -> Answers:
    """Return what a model says of texts; key concepts are left out."""
    found = _of_passages(model, texts.vectors, framework)
    return found if _are_whole(texts) else _taken(found, _standing(found.predictions, texts.text_of))


def standing(model: Model, texts: Encoded, framework: Framework) -> NDArray[np.int64]:
    """Return for each text and benefit the passage that stands for it, a row of the texts' vectors, [n, B]."""
    if _are_whole(texts):
        return np.repeat(texts.text_of[:, None], len(framework.benefits), axis=1)
    return _standing(_of_passages(model, texts.vectors, framework).predictions, texts.text_of)


def joined(parts: list[Answers], order: NDArray[np.int64]) -> Answers:
    """Return the answers of several parts as one, in this order."""
    found = [part.predictions for part in parts]
    return Answers(
        Predictions(
            presence_probability=np.concatenate([each.presence_probability for each in found])[order],
            present=np.concatenate([each.present for each in found])[order],
            claim_probability=np.concatenate([each.claim_probability for each in found])[order],
            claimed=np.concatenate([each.claimed for each in found])[order],
            status=np.concatenate([each.status for each in found])[order],
        ),
        np.concatenate([part.status for part in parts])[order],
    )


def _are_whole(texts: Encoded) -> bool:
    return len(np.unique(texts.text_of)) == len(texts.text_of)


def _of_passages(model: Model, vectors: NDArray[np.float32], framework: Framework) -> Answers:
    scores = calibrate(model.heads(vectors), model.calibration, framework.claim_indices)
    return Answers(decided(scores, model.calibration, framework), scores.status)


def _standing(found: Predictions, text_of: NDArray[np.int64]) -> NDArray[np.int64]:
    bounds = [*np.flatnonzero(np.diff(text_of, prepend=-1)).tolist(), len(text_of)]
    benefits = range(found.present.shape[1])
    return np.array([[_strongest(found, start, end, at) for at in benefits] for start, end in pairwise(bounds)])


def _strongest(found: Predictions, start: int, end: int, benefit: int) -> int:
    """Return which of the passages from `start` to before `end` stands for a benefit."""

    def strength_of(row: int) -> Strength:
        return strength(
            bool(found.claimed[row, benefit]),
            bool(found.present[row, benefit]),
            float(found.claim_probability[row, benefit]),
            float(found.presence_probability[row, benefit]),
        )

    return max(range(start, end), key=strength_of)


def _taken(found: Answers, rows: NDArray[np.int64]) -> Answers:
    each = found.predictions
    return Answers(
        Predictions(
            presence_probability=np.take_along_axis(each.presence_probability, rows, 0),
            present=np.take_along_axis(each.present, rows, 0),
            claim_probability=np.take_along_axis(each.claim_probability, rows, 0),
            claimed=np.take_along_axis(each.claimed, rows, 0),
            status=np.take_along_axis(each.status, rows, 0),
        ),
        np.take_along_axis(found.status, rows[:, :, None], 0),
    )
