"""Labelled passages that a bundle carries, so that a finding can be held against them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.encoders.vectors import of_length_one
from lhs_nlp.errors import BundleError
from lhs_nlp.explanation.types import Neighbour

PASSAGES, VECTORS = "examples.jsonl", "examples.npy"
"""Files of a bundle: passages with labels, a line each; their vectors, float16 [n, d], of length 1."""


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled passage: id, words, and benefit id to status id."""

    id: str
    text: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Examples:
    """Labelled passages and their vectors.

    Attributes
    ----------
    passages
        n of them.
    vectors
        One each, of length 1, float32 [n, d].
    """

    passages: tuple[Example, ...]
    vectors: NDArray[np.float32]

    def nearest(self, vectors: NDArray[np.float32], count: int) -> list[tuple[Neighbour, ...]]:
        """Return the most similar labelled passages of each vector, float32 [m, d], most similar first."""
        similarities = of_length_one(vectors) @ self.vectors.T
        return [
            tuple(self._neighbour(at, row) for at in np.argsort(-row, kind="stable")[:count]) for row in similarities
        ]

    def _neighbour(self, at: int, similarities: NDArray[np.float32]) -> Neighbour:
        example = self.passages[at]
        return Neighbour(example.id, example.text, example.labels, float(similarities[at]))


def load_examples(bundle: Path) -> Examples | None:
    """Read the labelled passages of a bundle; None when it carries none.

    Raises
    ------
    BundleError
        They are malformed, or passages and vectors do not fit.
    """
    if not (bundle / PASSAGES).exists():
        return None
    try:
        # Not `splitlines`: a text may hold separators of lines that JSON leaves as they are.
        lines = (bundle / PASSAGES).read_text(encoding="utf-8").split("\n")
        rows = [json.loads(line) for line in lines if line]
        passages = tuple(Example(str(row["id"]), str(row["text"]), dict(row["labels"])) for row in rows)
        vectors = np.load(bundle / VECTORS, allow_pickle=False).astype(np.float32)
    except (OSError, EOFError, RecursionError, ValueError, KeyError, TypeError) as error:
        raise BundleError(f"{bundle}: its labelled passages cannot be read ({error}).") from error
    if vectors.ndim != 2 or len(vectors) != len(passages):
        raise BundleError(f"{bundle}: {VECTORS} does not hold one vector for each passage of {PASSAGES}.")
    return Examples(passages, vectors)


def save_examples(bundle: Path, passages: Sequence[Example], vectors: NDArray[np.float32]) -> None:
    """Put labelled passages and their vectors, float32 [n, d], into a bundle; the manifest is written after."""
    write_passages(bundle, passages)
    np.save(bundle / VECTORS, of_length_one(vectors).astype(np.float16))


def write_passages(bundle: Path, passages: Iterable[Example]) -> None:
    """Put labelled passages into a bundle that has their vectors, or will have."""
    lines = (
        json.dumps({"id": each.id, "text": each.text, "labels": dict(each.labels)}, ensure_ascii=False)
        for each in passages
    )
    (bundle / PASSAGES).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
