"""The shift at which log loss and penalty together are least."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_OPTIONS = {"maxiter": 200, "ftol": 1e-7}

Float = TypeVar("Float", np.float32, np.float64)

Loss = Callable[[NDArray[np.float64]], tuple[float, NDArray[np.floating]]]
"""From a shift to the log loss and its gradient, of the shift's shape."""


@dataclass(frozen=True, slots=True)
class Axes:
    """Principal axes of a design.

    The vectors of an encoder have much in common, and all that they have not is small beside it.
    With a step along each axis that is as long as the loss allows, half as many steps suffice.

    Attributes
    ----------
    directions
        One a column, orthonormal, [d, d].
    squares
        Weighted sum of the design's squares along each, [d].
    """

    directions: NDArray[np.float64]
    squares: NDArray[np.float64]

    @classmethod
    def of(cls, design: NDArray[np.float32], weight: NDArray[np.float64]) -> Axes:
        """Return the axes of a design [n, d] whose rows weigh so much, [n]."""
        gram = (design * weight[:, None].astype(np.float32)).T @ design
        squares, directions = np.linalg.eigh(gram.astype(np.float64))
        return cls(directions, np.maximum(squares, 0))

    def along(self, rows: NDArray[Float]) -> NDArray[Float]:
        """Return rows [n, d] as they are along the axes, [n, d]."""
        return rows @ self.directions.astype(rows.dtype)

    def back(self, rows: NDArray[Float]) -> NDArray[Float]:
        """Return rows along the axes as they were, [n, d]."""
        return rows @ self.directions.T.astype(rows.dtype)


def minimised(
    loss: Loss,
    strength: float,
    pull: NDArray[np.float64],
    start: NDArray[np.float64],
    curvature: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Return the shift [B, ...] that minimises ``loss(shift) + strength / 2 * sum(pull * (shift @ shift.T))``.

    Parameters
    ----------
    loss
        Convex.
    strength
        Of the penalty; with an infinite one the shift is 0.
    pull
        How the shifts of benefits are tied to each other, [B, B]; the identity for not at all.
    start
        Where to begin, [B, ...].
    curvature
        About how much the loss curves along each number of a shift, of its shape: a good guess
        saves steps and changes nothing else.
    """
    from scipy.optimize import minimize

    if np.isinf(strength):
        return np.zeros_like(start)
    pull = strength * pull
    curved = np.zeros_like(start) if curvature is None else curvature
    root = np.linalg.cholesky(np.moveaxis(curved, 0, -1)[..., None] * np.eye(len(pull)) + pull)
    step = np.linalg.inv(root)

    def shift_of(steps: NDArray[np.float64]) -> NDArray[np.float64]:
        shift: NDArray[np.float64] = np.einsum("...cb,...c->b...", step, steps.reshape(step.shape[:-1]))
        return shift

    def objective(steps: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        shift = shift_of(steps)
        value, gradient = loss(shift)
        pulled = np.tensordot(pull, shift, 1)
        slope = np.einsum("...cb,b...->...c", step, gradient + pulled)
        return value + float(np.vdot(shift, pulled)) / 2, slope.ravel()

    begun = np.einsum("...bc,b...->...c", root, start).ravel()
    return shift_of(minimize(objective, begun, jac=True, method="L-BFGS-B", options=_OPTIONS).x)
