"""Read documents in several processes, while the caller works on those that were read."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Thread
from typing import TYPE_CHECKING, Generic, TypeVar

from lhs_nlp.archive.queue import ClosedError, WeightedQueue
from lhs_nlp.archive.reading.messages import Order
from lhs_nlp.archive.reading.process import ReadingProcess
from lhs_nlp.documents import Document
from lhs_nlp.errors import ReadError
from lhs_nlp.passages import Passage
from lhs_nlp.report.failure import Failure

if TYPE_CHECKING:
    from lhs_nlp.archive.store.types import Source

T = TypeVar("T")

SILENCE = 0.5
"""Seconds without a document after which the caller is told that there is none."""

_BYTES_WAITING = 32_000_000
_CHARACTERS_WAITING = 4_000_000
_LIGHT = 200
_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Task:
    """A document that is to be read: its bytes, their SHA-256, and where they were found."""

    source: Source
    data: bytes
    sha256: str
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A document that was read."""

    source: Source
    document: Document
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a place could not be read; the SHA-256 is None when its bytes could not be had."""

    source: str
    reason: str
    message: str
    sha256: str | None = None

    @classmethod
    def of(cls, failure: Failure) -> Failed:
        """Return the failure of a place whose bytes could not be had."""
        return cls(failure.source, failure.reason, failure.message)

    def at(self, place: str) -> Failed:
        """Return the failure of another place that holds the same bytes."""
        return replace(self, source=place, message=self.message.replace(self.source, place, 1))

    def to_failure(self) -> Failure:
        """Return what is told to the caller of a run."""
        return Failure(self.source, self.reason, self.message)


def read_task(process: ReadingProcess, task: Task) -> Reading | Failed:
    """Read a document in a process of its own."""
    answer = process.read(task.data, task.source.name, is_text=task.is_text)
    if isinstance(answer, ReadError):
        return Failed(task.source.name, answer.reason, str(answer), task.sha256)
    document, passages = answer
    # A reader of another package may hash in its own way.
    document = replace(document, id=task.sha256[:16], sha256=task.sha256, title=task.source.title or document.title)
    return Reading(task.source, document, passages)


@contextmanager
def readings(feed: Iterable[T], order: Order, workers: int) -> Iterator[Iterator[Reading | Failed | T | None]]:
    """Read all tasks of a feed, each in one of several processes, as they get done.

    Parameters
    ----------
    feed
        Tasks; whatever else it gives is passed on. It is drawn from in a thread of its own, no
        faster than the documents are taken.
    order
        How to read.
    workers
        Number of processes. They start when there is something to read.

    Yields
    ------
    iterator
        A Reading or Failed for each task, in no fixed order; None after a while without any.
        At the end of the context the processes are gone.

    Raises
    ------
    Exception
        What the feed raised.
    """
    pool = _Pool(feed, order, workers)
    try:
        yield pool.outcomes()
    finally:
        pool.close()


class _Pool(Generic[T]):
    def __init__(self, feed: Iterable[T], order: Order, workers: int) -> None:
        self._feed = feed
        self._tasks: WeightedQueue[Task | _End] = WeightedQueue(_BYTES_WAITING)
        self._done: WeightedQueue[Reading | Failed | T | _End] = WeightedQueue(_CHARACTERS_WAITING)
        self._processes = [ReadingProcess(order) for _ in range(workers)]
        runs = [self._feeding, *(lambda process=process: self._reading(process) for process in self._processes)]
        self._threads = [Thread(target=self._guarded, args=(run,), daemon=True) for run in runs]
        for thread in self._threads:
            thread.start()

    def outcomes(self) -> Iterator[Reading | Failed | T | None]:
        running = len(self._threads)
        while running:
            outcome = self._done.get(timeout=SILENCE)
            if not isinstance(outcome, _End):
                yield outcome
            elif outcome.error:
                raise outcome.error
            else:
                running -= 1

    def close(self) -> None:
        self._tasks.close()
        self._done.close()
        for process in self._processes:
            process.stop()
        for thread in self._threads:
            thread.join(_PATIENCE)  # one may wait for a network

    def _guarded(self, run: Callable[[], None]) -> None:
        error: BaseException | None = None
        try:
            run()
        except ClosedError:
            return
        except BaseException as raised:
            error = raised
        try:
            self._done.put(_End(error), 0)
        except ClosedError:
            return

    def _feeding(self) -> None:
        feed = iter(self._feed)
        try:
            for entry in feed:
                if isinstance(entry, Task):
                    self._tasks.put(entry, len(entry.data))
                else:
                    self._done.put(entry, _LIGHT)
        finally:
            if isinstance(feed, Generator):
                feed.close()  # in this thread, to which what it has opened belongs
        for _ in self._processes:
            self._tasks.put(_End(), 0)

    def _reading(self, process: ReadingProcess) -> None:
        try:
            while isinstance(task := self._tasks.get(), Task):
                outcome = read_task(process, task)
                characters = len(outcome.document.text) if isinstance(outcome, Reading) else 0
                self._done.put(outcome, _LIGHT + characters)
        finally:
            process.close()


@dataclass(frozen=True, slots=True)
class _End:
    """A thread has ended, and with which error."""

    error: BaseException | None = None
