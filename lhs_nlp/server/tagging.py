"""Tag what a request sends: read in a process of its own, a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from queue import SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING

from lhs_nlp.archive.batch import READ
from lhs_nlp.archive.reading.messages import Order
from lhs_nlp.archive.reading.process import ReadingProcess
from lhs_nlp.errors import LhsNlpError, ReadError
from lhs_nlp.server.settings import ServerLimits
from lhs_nlp.summary import DocumentSummary, summarise

if TYPE_CHECKING:
    from lhs_nlp.tagger import Tagger


class BusyError(LhsNlpError):
    """So many requests wait already that one more would wait too long."""


class TaggingDesk:
    """Tags uploads and texts, each in its turn.

    Parameters
    ----------
    limits
        How large an upload may be, how long reading it may take, and how many may wait.
    load
        Loads the tagger when it is first needed.
    """

    def __init__(self, limits: ServerLimits, load: Callable[[], Tagger]) -> None:
        self._limits, self._load = limits, load
        self._lock = Lock()
        self._loading = Lock()
        self._under_way = 0
        self._processes: SimpleQueue[ReadingProcess] = SimpleQueue()
        order = Order(READ, limits.documents, limits.seconds, limits.megabytes)
        self._all = [ReadingProcess(order) for _ in range(limits.tagging)]
        for process in self._all:
            self._processes.put(process)

    def tag_upload(self, data: bytes, name: str) -> DocumentSummary:
        """Read a document in another process, with limits, and tag it.

        Raises
        ------
        ReadError
            It cannot be read; `reason` says why.
        BusyError
            Too many wait already.
        """
        with self._turn() as process:
            answer = process.read(data, name)
            if isinstance(answer, ReadError):
                raise answer
            document, passages = answer
            tagger = self._tagger_once()
            found = tagger.classifier.find(passages)
            return summarise(document, passages, found, tagger.framework, tagger.classifier.bundle)

    def tag_texts(self, texts: Sequence[str]) -> list[DocumentSummary]:
        """Tag texts, each a document of its own. Raises BusyError like `tag_upload`."""
        with self._turn():
            return self._tagger_once().tag_texts(texts)

    def close(self) -> None:
        """End the reading processes; the next upload starts one again."""
        for process in self._all:
            process.close()

    def _tagger_once(self) -> Tagger:
        with self._loading:
            return self._tagger

    @cached_property
    def _tagger(self) -> Tagger:
        return self._load()

    @contextmanager
    def _turn(self) -> Iterator[ReadingProcess]:
        with self._lock:
            if self._under_way >= self._limits.tagging + self._limits.waiting:
                raise BusyError("Other documents are being tagged; come again in a few seconds.")
            self._under_way += 1
        try:
            process = self._processes.get()
            try:
                yield process
            finally:
                self._processes.put(process)
        finally:
            with self._lock:
                self._under_way -= 1
