"""Which contents were tagged before, and who works on the others: one answer for all tasks of a run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Answer = Literal["new", "known", "other", "repeat"]
"""To be tagged; tagged before; tagged by other models alone; found elsewhere in this run."""

Keys = NDArray[np.bytes_]
"""Beginnings of SHA-256s, sorted, S16 [n]."""

_KEY_BYTES = 16


def keys_of(sha256s: Iterable[str]) -> Keys:
    """Return what is kept of SHA-256s: so much that no two contents are taken for one."""
    return np.unique(np.array([_key(sha256) for sha256 in sha256s], f"S{_KEY_BYTES}"))


class Contents:
    """Says what is to be done with a content.

    Parameters
    ----------
    known
        Contents with a result of this model for this framework.
    others
        Contents that only other models have tagged, if these are to be left alone.
    """

    def __init__(self, known: Keys, others: Keys) -> None:
        self._known, self._others = known, others
        self._owners: dict[bytes, str] = {}

    def ask(self, asked: Sequence[tuple[str, str]]) -> list[Answer]:
        """Answer for each (SHA-256, ticket).

        A content is new to the first ticket that asks for it, and stays so: a task that Ray
        starts again after its machine was lost gets the answer that it got before.
        """
        return [self._answer(_key(sha256), ticket) for sha256, ticket in asked]

    def _answer(self, key: bytes, ticket: str) -> Answer:
        if _holds(self._known, key):
            return "known"
        if _holds(self._others, key):
            return "other"
        return "new" if self._owners.setdefault(key, ticket) == ticket else "repeat"


def _key(sha256: str) -> bytes:
    return bytes.fromhex(sha256)[:_KEY_BYTES]


def _holds(keys: Keys, key: bytes) -> bool:
    wanted = np.array(key, keys.dtype)
    at = int(np.searchsorted(keys, wanted))
    return at < len(keys) and bool(keys[at] == wanted)
