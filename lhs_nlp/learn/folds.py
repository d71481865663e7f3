"""Documents parted into folds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def deal(docs: Sequence[str], most: int) -> NDArray[np.int64]:
    """Deal documents to at most so many folds, as evenly as their number allows; return each row's fold, [n].

    The order in which they are dealt follows from a hash of their names, not from the order of the rows.
    """
    names = sorted(set(docs), key=lambda doc: hashlib.sha256(doc.encode("utf-8", "surrogatepass")).digest())
    fold = {doc: at % most for at, doc in enumerate(names)}
    return np.array([fold[doc] for doc in docs], np.int64)
