"""Tag what a request sends: read in a process of its own, a few at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from lhs_nlp.archive.batch import READ
from lhs_nlp.archive.reading.messages import OUT_OF_MEMORY, Order
from lhs_nlp.errors import ReadError
from lhs_nlp.server.settings import ServerLimits
from lhs_nlp.server.stages import Passages, Read, Stage, Step, Waiting
from lhs_nlp.server.turns import Turn, Turns
from lhs_nlp.summary import DocumentSummary, summarise

if TYPE_CHECKING:
    from lhs_nlp.finding import Finding
    from lhs_nlp.tagger import Tagger

_PASSAGES_PER_STEP = 64
_OPTIONS_OF_A_COMMAND = re.compile(r" --[^`]*(?=`\.\Z)")
_OVER_LIMITS = ("timeout", "too_large", OUT_OF_MEMORY)


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
        self._load = load
        self._loading = Lock()
        self._tagger: Tagger | None = None
        order = Order(READ, limits.documents, limits.seconds, limits.megabytes)
        self._turns = Turns(order, at_once=limits.tagging, waiting=limits.waiting)

    def enter(self) -> Turn:
        """Return a turn, to be used as a context.

        Raises
        ------
        BusyError
            Too many wait already.
        """
        return self._turns.enter()

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
        answer = turn.wait(lambda: tell(Waiting())).read(data, name)
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
            turn.wait()  # for a process, which is not needed but stands for the turn
            return self._tagger_once().tag_texts(texts)

    def close(self) -> None:
        """End the reading processes; the next upload starts one again."""
        self._turns.close()

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
