"""A queue between threads that is bounded by the weight of what waits in it."""

from __future__ import annotations

from collections import deque
from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")


class ClosedError(Exception):
    """The queue was closed by one who gives up: nothing goes in any more."""


class WeightedQueue(Generic[T]):
    """First in, first out; who puts waits while what is in it weighs too much.

    Parameters
    ----------
    most
        Weight that may wait; something heavier is let in when nothing else waits.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: deque[tuple[T, int]] = deque()
        self._weight = 0
        self._closed = False
        self._changed = Condition()

    def put(self, thing: T, weight: int) -> None:
        """Add something; raise ClosedError when nobody will take it."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or not self._waiting or self._weight + weight <= self._most)
            if self._closed:
                raise ClosedError
            self._waiting.append((thing, weight))
            self._weight += weight
            self._changed.notify_all()

    def get(self, timeout: float | None = None) -> T | None:
        """Take what has waited longest; None when nothing came in so many seconds.

        Raises
        ------
        ClosedError
            The queue was closed.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._closed or self._waiting, timeout):
                return None
            if self._closed:
                raise ClosedError
            thing, weight = self._waiting.popleft()
            self._weight -= weight
            self._changed.notify_all()
            return thing

    def close(self) -> None:
        """Drop what waits, and let everybody go who waits."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()
