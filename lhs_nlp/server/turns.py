"""Turns of the requests that are tagged: a few at once, each with a process that reads, and a few that wait."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition
from types import TracebackType
from typing import Self

from lhs_nlp.archive.reading.messages import Order
from lhs_nlp.archive.reading.process import ReadingProcess
from lhs_nlp.errors import LhsNlpError


class BusyError(LhsNlpError):
    """So many requests wait already that one more would wait too long."""


class GoneError(Exception):
    """Whoever asked is gone, and nobody waits for the answer."""


class Turn:
    """A request's place among those that are tagged at once or wait; given back at the end of the context.

    Parameters
    ----------
    turns
        Where it is counted already.
    """

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.process: ReadingProcess | None = None
        self.gone = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def wait(self, tell: Callable[[], None] = lambda: None) -> ReadingProcess:
        """Return a process to read in, once there is a free one.

        Parameters
        ----------
        tell
            Called when there is none yet.

        Raises
        ------
        GoneError
            Nobody waits for the answer any more.
        """
        return self._turns.wait(self, tell)

    def check(self) -> None:
        """Raise GoneError when nobody waits for the answer any more."""
        if self.gone:
            raise GoneError

    def give_up(self) -> None:
        """Say that nobody waits for the answer any more; may be called from any thread, and at any time."""
        self._turns.give_up(self)

    def leave(self) -> None:
        """Give the place back."""
        self._turns.leave(self)


class Turns:
    """Gives requests their turns, and sends away those that come too many.

    Parameters
    ----------
    order
        How documents are read.
    at_once
        Turns that have a process at once.
    waiting
        Turns that may wait for one.
    """

    def __init__(self, order: Order, *, at_once: int, waiting: int) -> None:
        self._order, self._most = order, at_once + waiting
        self._changed = Condition()
        self._under_way = 0
        self._free = [ReadingProcess(order) for _ in range(at_once)]
        self._all = set(self._free)

    def enter(self) -> Turn:
        """Return a turn, to be used as a context.

        Raises
        ------
        BusyError
            Too many wait already.
        """
        with self._changed:
            if self._under_way >= self._most:
                raise BusyError("Other documents are being tagged; come again in a few seconds.")
            self._under_way += 1
        return Turn(self)

    def wait(self, turn: Turn, tell: Callable[[], None]) -> ReadingProcess:
        """Give a turn a process: see `Turn.wait`."""
        with self._changed:
            if not self._free:
                tell()
            self._changed.wait_for(lambda: self._free or turn.gone)
            turn.check()
            turn.process = process = self._free.pop()
            return process

    def give_up(self, turn: Turn) -> None:
        """Wake a turn that nobody waits for any more, and end what it reads."""
        with self._changed:
            turn.gone = True
            if turn.process is not None:
                turn.process.stop()
            self._changed.notify_all()

    def leave(self, turn: Turn) -> None:
        """Take a turn back, and its process; another one takes the place of one that was stopped."""
        with self._changed:
            process, turn.process = turn.process, None
            stopped = turn.gone
        fresh = process
        if process is not None and stopped:
            process.close()
            fresh = ReadingProcess(self._order)
        with self._changed:
            if process is not None and fresh is not None:
                self._all = (self._all - {process}) | {fresh}
                self._free.append(fresh)
            self._under_way -= 1
            self._changed.notify_all()

    def close(self) -> None:
        """End the processes; the next turn starts one again."""
        for process in self._all:
            process.close()
