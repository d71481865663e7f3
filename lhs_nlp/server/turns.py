"""A request's turn among those that are tagged."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from lhs_nlp.archive.reading.process import ReadingProcess
    from lhs_nlp.server.tagging import TaggingDesk


class GoneError(Exception):
    """Whoever asked is gone, and nobody waits for the answer."""


class Turn:
    """A request's place among those that are tagged at once or wait; given back at the end of the context.

    Parameters
    ----------
    desk
        Where it is, and is counted already.
    """

    def __init__(self, desk: TaggingDesk) -> None:
        self._desk = desk
        self.process: ReadingProcess | None = None
        self.gone = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._desk.leave(self)

    def check(self) -> None:
        """Raise GoneError when nobody waits for the answer any more."""
        if self.gone:
            raise GoneError

    def give_up(self) -> None:
        """Say that nobody waits for the answer any more; may be called from any thread, and at any time."""
        self._desk.give_up(self)
