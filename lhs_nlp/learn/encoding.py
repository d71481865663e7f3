"""Texts as the vectors of their passages, which are the same as when the texts are judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.standing import passages_of

if TYPE_CHECKING:
    from lhs_nlp.encoders import Encoder

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how many parts of it are done, and how many there are."""

_PART = 256
"""Passages that are encoded at once."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Texts whose passages were encoded.

    Attributes
    ----------
    vectors
        Of the passages, text by text, float32 [m, d].
    text_of
        Number of each passage's text, int64 [m]; every text has a passage.
    """

    vectors: NDArray[np.float32]
    text_of: NDArray[np.int64]

    @classmethod
    def whole(cls, vectors: NDArray[np.float32]) -> Encoded:
        """Return texts that are one passage each."""
        return cls(vectors, np.arange(len(vectors)))

    def take(self, texts: NDArray[np.integer]) -> Encoded:
        """Return these texts, in the order that they have."""
        rows = np.flatnonzero(np.isin(self.text_of, texts))
        return Encoded(self.vectors[rows], np.unique(self.text_of[rows], return_inverse=True)[1])


def encoded(encoder: Encoder, texts: Sequence[str], doing: str, on_progress: Progress | None = None) -> Encoded:
    """Encode texts by parts, so that it can be told how far it is."""
    passages = [(at, passage.text) for at, text in enumerate(texts) for passage in passages_of(text)]
    vectors = np.empty((len(passages), encoder.width), np.float32)
    for start in range(0, len(passages), _PART):
        if on_progress:
            on_progress(doing, start, len(passages))
        vectors[start : start + _PART] = encoder.encode([text for _, text in passages[start : start + _PART]])
    return Encoded(vectors, np.array([at for at, _ in passages], np.int64))
