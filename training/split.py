"""What there is to learn from: what networks are trained on, and the documents that are held out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.framework import Framework
from lhs_nlp.learn.corrections import normalised
from training.corpora import held_by, read_standoff
from training.data import LabelledPassages, concatenate, folds_by_document, read_authored, read_shared, to_targets

FOLDS = 6
"""One of so many folds of real documents is held out."""


@dataclass(frozen=True, slots=True)
class TrainingData:
    """What there is to learn from.

    Attributes
    ----------
    shared
        Real passages of ``train.jsonl``.
    standoff
        Real passages of other documents, labelled by other readers.
    authored
        Passages written for the project.
    """

    shared: LabelledPassages
    standoff: LabelledPassages
    authored: LabelledPassages

    @property
    def real(self) -> LabelledPassages:
        """The shared passages, then the others."""
        return concatenate([self.shared, self.standoff])

    def held_out(self, seed: int) -> NDArray[np.bool_]:
        """Return which real passages are held out, whole documents, [n]."""
        held: NDArray[np.bool_] = folds_by_document(self.real.docs, FOLDS, seed) == 0
        return held

    def trained_on(self, seed: int) -> LabelledPassages:
        """Return what every network is trained on: nothing held out is in it, nor what others repeat of that."""
        held = self.held_out(seed)
        texts = [normalised(text) for text in self.real.texts]
        known = {text for text, is_held in zip(texts, held, strict=True) if is_held}
        return concatenate([self.real.where([text not in known for text in texts]), self.authored])


def read_data(framework: Framework, shared: Path, corpora: Path) -> TrainingData:
    """Read all that there is to train on."""
    standoff = corpora / "standoff"
    return TrainingData(
        shared=read_shared(shared, standoff, framework),
        standoff=to_targets(read_standoff(standoff, shared, framework), framework),
        authored=read_authored(corpora / "authored", "train", framework),
    )


def unseen(passages: LabelledPassages, seen: Iterable[str]) -> LabelledPassages:
    """Return the passages of those documents of which no passage is held by the texts that a model has seen."""
    held = held_by(seen, passages.texts)
    known = {doc for doc, is_held in zip(passages.docs, held, strict=True) if is_held}
    return passages.where([doc not in known for doc in passages.docs])
