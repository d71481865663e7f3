"""Any model of the sentence-transformers library as an encoder (extra `train`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.errors import LhsNlpError


class SentenceTransformerEncoder:
    """Encode texts with a sentence-transformers model, on a GPU where there is one.

    Parameters
    ----------
    model
        A folder or a model's name, as `sentence_transformers.SentenceTransformer` takes it.
    device
        `cpu`, `cuda`, …; None lets the library choose.
    batch
        Texts of one forward pass.
    """

    def __init__(self, model: str, device: str | None = None, batch: int = 32) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise LhsNlpError("This encoder needs the extra: pip install 'lhs-nlp[train]'.") from error
        self._model: Any = SentenceTransformer(model, device=device)
        self._batch = batch

    @property
    def width(self) -> int:
        """Length d of a vector."""
        return int(self._model.get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, float32 [n, d], in the order of `texts`."""
        if not texts:
            return np.empty((0, self.width), np.float32)
        vectors = self._model.encode(
            list(texts), batch_size=self._batch, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32)
