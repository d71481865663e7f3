"""Heads fitted to labelled passages, with the heads that were there before as the prior."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.calibration import Calibration
from lhs_nlp.heads import Heads

_OPTIONS = {"maxiter": 200, "ftol": 1e-7}

Loss = Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]]
"""From a shift to the log loss and its gradient, of the shift's shape."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Labelled passages as their vectors.

    Attributes
    ----------
    vectors
        Of the encoder, float32 [n, d].
    presence
        0 or 1, [n, B].
    status
        Index of the status, -1 where the benefit is absent, [n, B].
    weight
        How much each passage counts, [n].
    """

    vectors: NDArray[np.float32]
    presence: NDArray[np.int64]
    status: NDArray[np.int64]
    weight: NDArray[np.float64]

    def take(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> Sample:
        """Return the passages of these rows."""
        return Sample(self.vectors[rows], self.presence[rows], self.status[rows], self.weight[rows])

    def joined(self, other: Sample | None) -> Sample:
        """Return these passages and then the other ones, if there are any."""
        if other is None:
            return self
        return Sample(
            np.concatenate([self.vectors, other.vectors]),
            np.concatenate([self.presence, other.presence]),
            np.concatenate([self.status, other.status]),
            np.concatenate([self.weight, other.weight]),
        )


@dataclass(frozen=True, slots=True)
class Model:
    """All of a bundle that is learned anew."""

    heads: Heads
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class Shift:
    """How far the calibrated logits of vectors of length 1 move from the prior's: [k, d + 1], the bias last.

    Attributes
    ----------
    presence, status
        Of the two tasks.
    scale
        Length of vectors that is taken for 1.
    """

    presence: NDArray[np.float64]
    status: NDArray[np.float64]
    scale: float

    def of(self, prior: Model) -> Heads:
        """Return the prior's heads, moved: with the prior's calibration they give the shifted logits."""
        moved = {
            "presence": self.presence / prior.calibration.presence.slope[:, None],
            "status": self.status * prior.calibration.status_temperature,
        }
        heads = prior.heads
        weights = {task: heads.weights[task] + shift[:, :-1] / self.scale for task, shift in moved.items()}
        biases = {task: heads.biases[task] + shift[:, -1] for task, shift in moved.items()}
        return replace(
            heads,
            weights=heads.weights | {task: weight.astype(np.float32) for task, weight in weights.items()},
            biases=heads.biases | {task: bias.astype(np.float32) for task, bias in biases.items()},
        )


def fit_shift(prior: Model, sample: Sample, presence: float, status: float, start: Shift | None = None) -> Shift:
    """Find the most probable presence and status heads, given labels and a Gaussian prior around other heads.

    Logistic regression for presence, multinomial for status, with the penalty ``strength / 2 *
    |shift|^2`` in place of a pull toward zero (Chelba and Acero 2006, doi:10.1016/j.csl.2005.05.005).
    A status moves by a part that all benefits share and one of its own, each with that
    penalty, so that what is learned of one benefit's claims holds for another's (Daume 2007).
    Likelihoods are of calibrated logits, lest heads move only to be as unsure as they should be.

    Parameters
    ----------
    prior
        The model as it was.
    sample
        Labelled passages.
    presence, status
        Strengths of the pull toward the prior, relative to vectors of mean square length 1;
        infinite for no move.
    start
        Where to begin; the result does not depend on it beyond rounding.
    """
    scale = length(sample.vectors)
    design = np.column_stack([sample.vectors / scale, np.ones(len(sample.vectors))]).astype(np.float32)
    logits, calibration = prior.heads(sample.vectors), prior.calibration
    before = calibration.presence.log_odds(logits.presence), logits.status / calibration.status_temperature
    return Shift(
        presence=_fit_presence(design, before[0], sample, presence, start),
        status=_fit_status(design, before[1], sample, status, start),
        scale=scale,
    )


def length(vectors: NDArray[np.float32]) -> float:
    """Return the root of the mean square length of vectors; 1 if all are zero."""
    return float(np.sqrt(np.mean(np.sum(np.square(vectors, dtype=np.float64), axis=1)))) or 1.0


def _fit_presence(
    design: NDArray[np.float32],
    offset: NDArray[np.floating],
    sample: Sample,
    strength: float,
    start: Shift | None,
) -> NDArray[np.float64]:
    weight, gold = sample.weight[:, None], sample.presence
    shape = (gold.shape[1], design.shape[1])

    def loss(shift: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        from scipy.special import expit

        z = offset + design @ shift.T.astype(np.float32)
        value = np.sum(weight * (np.logaddexp(0, z) - gold * z))
        return float(value), (weight * (expit(z) - gold)).T.astype(np.float32) @ design

    return _minimised(loss, strength, np.zeros(shape) if start is None else start.presence)


def _fit_status(
    design: NDArray[np.float32],
    offset: NDArray[np.floating],
    sample: Sample,
    strength: float,
    start: Shift | None,
) -> NDArray[np.float64]:
    _, benefits, statuses = offset.shape
    cases = [
        _Cases(design[rows], offset[rows, at], np.eye(statuses)[sample.status[rows, at]], sample.weight[rows, None])
        for at in range(benefits)
        for rows in [np.flatnonzero(sample.status[:, at] >= 0)]
    ]

    def loss(parts: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        found = [case.loss(own + parts[0]) for case, own in zip(cases, parts[1:], strict=True)]
        gradient = np.stack([entry[1] for entry in found])
        return sum(entry[0] for entry in found), np.concatenate([gradient.sum(0)[None], gradient])

    parts = np.zeros((benefits + 1, statuses, design.shape[1]))
    if start is not None:
        # Of all ways to part a shift into shared and own, this one has the least penalty.
        whole = start.status.reshape(benefits, statuses, -1)
        parts[0] = whole.sum(0) / (benefits + 1)
        parts[1:] = whole - parts[0]
    found = _minimised(loss, strength, parts)
    shift: NDArray[np.float64] = (found[1:] + found[0]).reshape(benefits * statuses, -1)
    return shift


@dataclass(frozen=True, slots=True)
class _Cases:
    """The passages in which one benefit is present: design [m, d + 1], offset and gold [m, T], weight [m, 1]."""

    design: NDArray[np.float32]
    offset: NDArray[np.floating]
    gold: NDArray[np.float64]
    weight: NDArray[np.float64]

    def loss(self, shift: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Return the log loss of the statuses and its gradient, for a shift [T, d + 1]."""
        from scipy.special import log_softmax

        log_probability = log_softmax(self.offset + self.design @ shift.T.astype(np.float32), axis=1)
        error = self.weight * (np.exp(log_probability) - self.gold)
        return float(-np.sum(self.weight * self.gold * log_probability)), error.T.astype(np.float32) @ self.design


def _minimised(loss: Loss, strength: float, start: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the shift that minimises loss and penalty."""
    from scipy.optimize import minimize

    if np.isinf(strength):
        return np.zeros_like(start)

    def objective(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, gradient = loss(flat.reshape(start.shape))
        return value + strength / 2 * float(flat @ flat), gradient.ravel() + strength * flat

    found = minimize(objective, start.ravel(), jac=True, method="L-BFGS-B", options=_OPTIONS)
    shift: NDArray[np.float64] = found.x.reshape(start.shape)
    return shift
