"""Encode each text once, however many documents repeat it."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.classifier import BenefitClassifier
from lhs_nlp.encoders import Encoder


def remembering(classifier: BenefitClassifier) -> BenefitClassifier:
    """Return a classifier that finds the same, and does not encode again a passage that it has seen lately."""
    return BenefitClassifier(classifier.bundle, classifier.framework, RememberingEncoder(classifier.encoder))


class RememberingEncoder:
    """An encoder that remembers the vectors of the texts it has seen last.

    Parameters
    ----------
    encoder
        Encodes what is new.
    most
        Vectors that are kept, in one block of memory: 20,000 of 384 dimensions take 31 MB.
    """

    def __init__(self, encoder: Encoder, most: int = 20_000) -> None:
        self._encoder = encoder
        self._vectors = np.empty((most, encoder.width), np.float32)
        self._rows: OrderedDict[bytes, int] = OrderedDict()

    @property
    def width(self) -> int:
        """Length d of a vector."""
        return self._encoder.width

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, float32 [n, d], in the order of `texts`."""
        keys = [hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        # Those of this call are held until it returns, also when there are more than are kept.
        found = {key: self._vectors[self._rows[key]].copy() for key in keys if key in self._rows}
        if new:
            found.update(zip(new, self._encoder.encode(list(new.values())), strict=True))
        for key in dict.fromkeys(keys):
            self._keep(key, found[key])
        return np.array([found[key] for key in keys], np.float32).reshape(len(texts), self.width)

    def _keep(self, key: bytes, vector: NDArray[np.float32]) -> None:
        """Make a text the one seen last, in place of the one not seen for longest when all rows are taken."""
        row = self._rows.pop(key, None)
        if row is None:
            free = len(self._rows) < len(self._vectors)
            row = len(self._rows) if free else self._rows.popitem(last=False)[1]
            self._vectors[row] = vector
        self._rows[key] = row
