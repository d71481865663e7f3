"""Heads fitted to labelled passages, with the heads that were there before as the prior."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.calibration import Calibration
from lhs_nlp.heads import Heads
from lhs_nlp.learn.losses import PresenceLoss, StatusLoss
from lhs_nlp.learn.minimising import Axes, minimised


@dataclass(frozen=True, slots=True)
class Sample:
    """Labelled passages as their vectors.

    Attributes
    ----------
    vectors
        Of the encoder, float32 [n, d].
    presence
        0 or 1, -1 where it is not known, [n, B].
    status
        Index of the status, -1 where the benefit is absent or its presence not known, [n, B].
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
    return Fitting.of(prior, sample).shift(presence, status, start)


def length(vectors: NDArray[np.float32]) -> float:
    """Return the root of the mean square length of vectors; 1 if all are zero."""
    return float(np.sqrt(np.mean(np.sum(np.square(vectors, dtype=np.float64), axis=1)))) or 1.0


@dataclass(frozen=True, slots=True)
class Fitting:
    """Labelled passages made ready to be fitted with one pull after the other.

    Attributes
    ----------
    presence
        All of them, with what the prior says of the presence of each benefit.
    status
        By benefit those in which it is present, with what the prior says of its status.
    axes
        Of all passages; the design of presence is seen along them.
    scale
        Length of vectors that is taken for 1.
    """

    presence: PresenceLoss
    status: tuple[StatusLoss, ...]
    axes: Axes
    scale: float

    @classmethod
    def of(cls, prior: Model, sample: Sample) -> Fitting:
        """Make ready."""
        scale = length(sample.vectors)
        design = np.column_stack([sample.vectors / scale, np.ones(len(sample.vectors))]).astype(np.float32)
        axes = Axes.of(design, sample.weight)
        logits, calibration = prior.heads(sample.vectors), prior.calibration
        offset, weight = logits.status / calibration.status_temperature, sample.weight
        one_hot = np.eye(offset.shape[2])
        status = tuple(
            StatusLoss(design[rows], offset[rows, at].T.copy(), one_hot[:, sample.status[rows, at]], weight[rows])
            for at in range(offset.shape[1])
            for rows in [np.flatnonzero(sample.status[:, at] >= 0)]
        )
        log_odds, known = calibration.presence.log_odds(logits.presence), sample.presence >= 0
        presence = PresenceLoss(axes.along(design), log_odds, np.maximum(sample.presence, 0), weight[:, None] * known)
        return cls(presence, status, axes, scale)

    def shift(self, presence: float, status: float, start: Shift | None = None) -> Shift:
        """Return the most probable shift, given the strengths of the pull; see `fit_shift`."""
        return Shift(self._presence(presence, start), self._status(status, start), self.scale)

    def _presence(self, strength: float, start: Shift | None) -> NDArray[np.float64]:
        curvature = self.presence.variances()[:, None] * self.axes.squares
        begun = np.zeros_like(curvature) if start is None else self.axes.along(start.presence)
        found = minimised(self.presence, strength, np.eye(len(begun)), begun, curvature)
        return self.axes.back(found)

    def _status(self, strength: float, start: Shift | None) -> NDArray[np.float64]:
        benefits, statuses = len(self.status), len(self.status[0].gold)
        begun = np.zeros((benefits, statuses, len(self.axes.squares)))
        if start is not None:
            begun += start.status.reshape(begun.shape)
        # What the penalties of the shared part and of the own ones come to when the shared part is as it is best.
        pull = np.eye(benefits) - 1 / (benefits + 1)
        return minimised(self._status_loss, strength, pull, begun).reshape(benefits * statuses, -1)

    def _status_loss(self, shift: NDArray[np.float64]) -> tuple[float, NDArray[np.float32]]:
        found = [benefit(own) for benefit, own in zip(self.status, shift, strict=True)]
        return sum(entry[0] for entry in found), np.stack([entry[1] for entry in found])
