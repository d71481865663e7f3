"""Linear heads: from a passage's vector to the logits of every task."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.errors import BundleError

TASKS = ("presence", "status", "dimension", "concepts", "stakeholders")


@dataclass(frozen=True, slots=True)
class Logits:
    """Logits of n passages: B benefits, T statuses, D dimensions, C concepts, S stakeholders."""

    presence: NDArray[np.float32]  # [n, B]
    status: NDArray[np.float32]  # [n, B, T]
    dimension: NDArray[np.float32]  # [n, D]
    concepts: NDArray[np.float32]  # [n, C]
    stakeholders: NDArray[np.float32]  # [n, S]

    def take(self, rows: slice) -> Logits:
        """Return the logits of these passages."""
        return Logits(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


@dataclass(frozen=True, slots=True)
class Heads:
    """One linear map a task over the same vector of width d.

    Attributes
    ----------
    weights
        Task to matrix, float32 [k, d].
    biases
        Task to vector, float32 [k]. For `status`, k is B x T, benefit by benefit.
    benefits
        B, the number of benefits.
    """

    weights: dict[str, NDArray[np.float32]]
    biases: dict[str, NDArray[np.float32]]
    benefits: int

    @property
    def width(self) -> int:
        """Length d of the vectors that the heads read."""
        return int(self.weights["presence"].shape[1])

    def __call__(self, vectors: NDArray[np.float32]) -> Logits:
        """Return the logits of vectors, float32 [n, d]."""
        out = {task: vectors @ self.weights[task].T + self.biases[task] for task in TASKS}
        return Logits(
            presence=out["presence"],
            status=out["status"].reshape(len(vectors), self.benefits, len(self.biases["status"]) // self.benefits),
            dimension=out["dimension"],
            concepts=out["concepts"],
            stakeholders=out["stakeholders"],
        )


def load_heads(path: Path) -> Heads:
    """Load heads from safetensors; raise BundleError when a tensor is missing or misshapen."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = load_file(path)
        weights = {task: tensors[f"{task}.weight"].astype(np.float32) for task in TASKS}
        biases = {task: tensors[f"{task}.bias"].astype(np.float32) for task in TASKS}
    except (SafetensorError, OSError, KeyError) as error:
        raise BundleError(f"{path}: not the heads of a model ({error}).") from error
    widths = {weight.shape[1:] for weight in weights.values()}
    if len(widths) != 1 or any(len(weights[task]) != len(biases[task]) for task in TASKS):
        raise BundleError(f"{path}: the shapes of the heads do not fit each other.")
    return Heads(weights, biases, benefits=len(biases["presence"]))


def save_heads(heads: Heads, path: Path) -> None:
    """Save heads as safetensors: ``<task>.weight`` [k, d] and ``<task>.bias`` [k]."""
    from safetensors.numpy import save_file

    tensors = {f"{task}.weight": heads.weights[task] for task in TASKS}
    tensors |= {f"{task}.bias": heads.biases[task] for task in TASKS}
    save_file(tensors, path)
