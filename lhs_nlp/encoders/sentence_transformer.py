"""Any model of the sentence-transformers library as an encoder (extra `train`)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.encoders.characters import encodable
from lhs_nlp.errors import LhsNlpError, how_to_install


class SentenceTransformerEncoder:
    """Encode texts with a sentence-transformers model, on a GPU where there is one.

    Parameters
    ----------
    model
        A folder or a model's name, as `sentence_transformers.SentenceTransformer` takes it; a
        name that is not at hand is downloaded by that library.
    device
        `cpu`, `cuda`, …; None lets the library choose.
    batch
        Texts of one forward pass.

    Raises
    ------
    LhsNlpError
        The extra is not installed, or there is no such model.
    """

    def __init__(self, model: str, device: str | None = None, batch: int = 32) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise LhsNlpError(f"This encoder needs an extra: {how_to_install('train')}.") from error
        try:
            self._model: Any = SentenceTransformer(model, device=device)
        except (OSError, ValueError) as error:
            raise LhsNlpError(f"{model}: cannot be loaded by sentence-transformers ({error}).") from error
        self._batch = batch

    @cached_property
    def width(self) -> int:
        """Length d of a vector."""
        # Measured, as the library has had several names for it.
        return int(self.encode(["width"]).shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, float32 [n, d], in the order of `texts`."""
        if not texts:
            return np.empty((0, self.width), np.float32)
        vectors = self._model.encode(
            encodable(texts), batch_size=self._batch, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32)
