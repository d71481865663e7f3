"""Vectors of texts: made once for a text and a model, and kept in the project."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.encoders import Encoder
from lhs_nlp.encoders.vectors import directions
from lhs_nlp.review.project.columns import sha256_of
from lhs_nlp.review.project.connection import transaction, translated_errors
from lhs_nlp.review.project.project import Project

TEXTS_PER_CALL = 64
"""Texts that are encoded and then stored together."""

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how many parts of it are done, and how many there are."""

_FLOAT = np.dtype("<f4")


def vectors_of(
    project: Project,
    texts: Sequence[str],
    encoder: Encoder,
    model_sha256: str,
    on_progress: Progress | None = None,
) -> NDArray[np.float32]:
    """Return one vector of length 1 a text, float32 [n, d]; those that are not stored are made and stored.

    Parameters
    ----------
    project
        Where vectors are kept.
    texts
        Titles, say; the vector of a blank one has length 0, and is like nothing.
    encoder, model_sha256
        What makes vectors, and the hash of its model.
    on_progress
        Is told how many of the texts that are missing have a vector.
    """
    with translated_errors(project.path):
        rows = project.connection.execute(
            "SELECT text_sha256, vector FROM vectors WHERE model_sha256 = ?", (model_sha256,)
        )
        known = {row["text_sha256"]: np.frombuffer(row["vector"], _FLOAT) for row in rows}
    hashes = list(map(sha256_of, texts))
    missing = {key: text for key, text in zip(hashes, texts, strict=True) if key not in known}
    keys = list(missing)
    for start in range(0, len(keys), TEXTS_PER_CALL):
        chunk = keys[start : start + TEXTS_PER_CALL]
        made = dict(zip(chunk, directions([missing[key] for key in chunk], encoder), strict=True))
        with transaction(project.connection, project.path) as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)",
                ((key, model_sha256, vector.astype(_FLOAT).tobytes()) for key, vector in made.items()),
            )
        known |= made
        if on_progress is not None:
            on_progress("Reading texts", start + len(chunk), len(keys))
    found = [known[key] for key in hashes]
    return np.array(found, np.float32).reshape(len(found), encoder.width)
