"""Encode each text once, however many documents repeat it."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.encoders import Encoder


class RememberingEncoder:
    """An encoder that remembers the vectors of the texts it has seen last.

    Parameters
    ----------
    encoder
        Encodes what is new.
    most
        Vectors that are kept: 20,000 of 384 dimensions take 35 MB.
    """

    def __init__(self, encoder: Encoder, most: int = 20_000) -> None:
        self._encoder = encoder
        self._most = most
        self._vectors: OrderedDict[bytes, NDArray[np.float32]] = OrderedDict()

    @property
    def width(self) -> int:
        """Length d of a vector."""
        return self._encoder.width

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, float32 [n, d], in the order of `texts`."""
        keys = [hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._vectors}
        # Those of this call are held until it returns, also when there are more than are kept.
        found = {key: self._vectors[key] for key in keys if key in self._vectors}
        if new:
            found.update(zip(new, self._encoder.encode(list(new.values())), strict=True))
        for key in dict.fromkeys(keys):
            self._vectors[key] = found[key].copy() if key in new else found[key]
            self._vectors.move_to_end(key)
        while len(self._vectors) > self._most:
            self._vectors.popitem(last=False)
        return np.array([found[key] for key in keys], np.float32).reshape(len(texts), self.width)
