"""Tag what a request sends: read in a process of its own, a few at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from threading import Condition, Lock
from typing import TYPE_CHECKING

from lhs_nlp.archive.batch import READ
from lhs_nlp.archive.reading.messages import OUT_OF_MEMORY, Order
from lhs_nlp.archive.reading.process import ReadingProcess
from lhs_nlp.errors import LhsNlpError, ReadError
from lhs_nlp.server.settings import ServerLimits
from lhs_nlp.server.stages import Passages, Read, Stage, Step, Waiting
from lhs_nlp.server.turns import Turn
from lhs_nlp.summary import DocumentSummary, summarise

if TYPE_CHECKING:
    from lhs_nlp.finding import Finding
    from lhs_nlp.tagger import Tagger

_PASSAGES_PER_STEP = 64
_OPTIONS_OF_A_COMMAND = re.compile(r" --[^`]*(?=`\.\Z)")
_OVER_LIMITS = ("timeout", "too_large", OUT_OF_MEMORY)


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
        self._changed = Condition()
        self._loading = Lock()
        self._tagger: Tagger | None = None
        self._under_way = 0
        self._order = Order(READ, limits.documents, limits.seconds, limits.megabytes)
        self._free = [ReadingProcess(self._order) for _ in range(limits.tagging)]
        self._all = set(self._free)

    def enter(self) -> Turn:
        """Return a turn, to be used as a context.

        Raises
        ------
        BusyError
            Too many wait already.
        """
        with self._changed:
            if self._under_way >= self._limits.tagging + self._limits.waiting:
                raise BusyError("Other documents are being tagged; come again in a few seconds.")
            self._under_way += 1
        return Turn(self)

    def tag_upload(
        self, turn: Turn, data: bytes, name: str, tell: Callable[[Stage], None] = lambda stage: None
    ) -> DocumentSummary:
        """Read a document in another process, with limits, and tag it.

        Parameters
        ----------
        turn
            That of `enter`.
        data, name
            The document.
        tell
            Called when one more stage is reached.

        Raises
        ------
        ReadError
            It cannot be read; `reason` says why.
        GoneError
            Nobody waits for the answer any more.
        """
        answer = self._process_for(turn, tell).read(data, name)
        turn.check()
        if isinstance(answer, ReadError):
            raise _for_senders(answer)
        document, passages = answer
        tell(Read(document.pages, document.words))
        tell(Passages(len(passages)))
        tagger = self._tagger_once()
        found: list[tuple[Finding, ...]] = []
        for start in range(0, len(passages), _PASSAGES_PER_STEP):
            turn.check()
            found += tagger.classifier.find(passages[start : start + _PASSAGES_PER_STEP])
            tell(Step(len(found), len(passages)))
        return summarise(document, passages, found, tagger.framework, tagger.classifier.bundle)

    def tag_texts(self, texts: Sequence[str]) -> list[DocumentSummary]:
        """Tag texts, each a document of its own. Raises BusyError like `enter`, and ReadError where one is blank."""
        with self.enter() as turn:
            self._process_for(turn, lambda stage: None)  # which is not needed, but stands for the turn
            return self._tagger_once().tag_texts(texts)

    def give_up(self, turn: Turn) -> None:
        """Wake a turn that nobody waits for any more, and end what it reads."""
        with self._changed:
            turn.gone = True
            if turn.process is not None:
                turn.process.stop()
            self._changed.notify_all()

    def leave(self, turn: Turn) -> None:
        """Give a turn back, and its process; another one takes the place of one that was stopped."""
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

    def _process_for(self, turn: Turn, tell: Callable[[Stage], None]) -> ReadingProcess:
        """Wait for a process that is free; raise GoneError when nobody waits for the answer any more."""
        with self._changed:
            if not self._free:
                tell(Waiting())
            self._changed.wait_for(lambda: self._free or turn.gone)
            turn.check()
            turn.process = process = self._free.pop()
            return process

    def close(self) -> None:
        """End the reading processes; the next upload starts one again."""
        for process in self._all:
            process.close()

    def forget(self) -> None:
        """Load the tagger anew when it is needed next: it has become another one."""
        with self._loading:
            self._tagger = None

    def _tagger_once(self) -> Tagger:
        with self._loading:
            if self._tagger is None:
                self._tagger = self._load()
            return self._tagger


def _for_senders(error: ReadError) -> ReadError:
    """Return why a document cannot be read, without options that only the command line has."""
    said, _, advice = str(error).rpartition("; ")
    if error.reason in _OVER_LIMITS and " --" in advice:
        return ReadError(f"{said}; split it, or use `lhs-nlp tag`, which has wider limits.", error.reason)
    return ReadError(_OPTIONS_OF_A_COMMAND.sub("", str(error)), error.reason)
