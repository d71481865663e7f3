"""The desk where teaching is asked for: one job at a time, in the background."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock, Thread

from lhs_nlp.archive.store.columns import now
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.server.teaching.applying import Application, tag_again
from lhs_nlp.server.teaching.child import Child, Failure, Message, Result, Step, Work
from lhs_nlp.server.teaching.jobs import Job, Kind
from lhs_nlp.server.teaching.lessons import Lesson, Taught, learn

_UNSAID = "The server's log says why."

_LOG = logging.getLogger("lhs_nlp.server")


class TeachingBusyError(LhsNlpError):
    """Something is learned or tagged already; nothing was begun."""


@dataclass(frozen=True, slots=True)
class TeachingState:
    """What the desk shows: the latest job, and what was learned last."""

    job: Job | None = None
    taught: Taught | None = None


class TeachingDesk:
    """Learns from decisions and tags the store, one after the other, each in a process of its own.

    Parameters
    ----------
    show
        Has the pages show the results of a model, given by its hash.
    places
        Places of the server, and what they are called in a sentence that readers see.
    """

    def __init__(self, show: Callable[[str], None], places: Mapping[Path, str]) -> None:
        self.show, self._places = show, places
        self._lock = Lock()
        self._shown = TeachingState()
        self._child: Child | None = None

    @property
    def state(self) -> TeachingState:
        """What is going on, or went on last."""
        return self._shown

    def learn(self, lesson: Lesson, by: str) -> Job:
        """Begin to learn. Raises TeachingBusyError while something else goes on."""
        return self._begin("teach", by, learn, lesson)

    def apply(self, application: Application, by: str) -> Job:
        """Begin to tag the store. Raises TeachingBusyError while something else goes on."""
        return self._begin("apply", by, tag_again, application)

    def close(self) -> None:
        """End what goes on."""
        with self._lock:
            if self._child is not None:
                self._child.kill()

    def _begin(self, kind: Kind, by: str, work: Work, order: object) -> Job:
        with self._lock:
            before = self._shown.job
            if before is not None and before.phase == "running":
                what = "A model is being taught" if before.kind == "teach" else "The store is being tagged"
                raise TeachingBusyError(f"{what} already; nothing was begun. Wait until that is done.")
            job = Job((before.number if before else 0) + 1, kind, by, "running", now())
            self._child = child = Child(work, order)
            self._shown = replace(self._shown, job=job)
        Thread(target=self._follow, args=(child,), daemon=True).start()
        return job

    def _follow(self, child: Child) -> None:
        try:
            for message in child.messages():
                self._hear(message)
        except Exception:  # whatever it is, the next job must not wait for this one for ever
            _LOG.exception("What was learned or tagged could not be taken.")
            self._end("failed", _UNSAID)

    def _hear(self, message: Message) -> None:
        match message:
            case Step(done, total):
                self._change(done=done, total=total)
            case Failure(sentence, details):
                _LOG.error("%s", details)
                self._end("failed", self._told(sentence))
            case Result(value):
                self._take(value)

    def _take(self, value: object) -> None:
        if isinstance(value, Taught):
            with self._lock:
                self._shown = replace(self._shown, taught=value)
            refused = value.sha256 is None
            self._end("refused" if refused else "done", value.objection if refused else None)
            return
        try:
            self.show(str(value))
        except LhsNlpError as error:
            _LOG.error("%s", error)
            self._end("failed", self._told(str(error)))
            return
        self._end("done")

    def _told(self, sentence: str | None) -> str:
        """Return a sentence without the places of the server; one without a sentence refers to the log."""
        if sentence is None:
            return _UNSAID
        # A longer path first: it may begin with a shorter one.
        for place in sorted(self._places, key=lambda each: -len(str(each))):
            for path in (place.absolute(), place):
                whole = re.compile(rf"(?<![\w/.-]){re.escape(str(path))}(?![\w-]|\.\w)")
                sentence = self._places[place].join(whole.split(sentence))
        return sentence

    def _end(self, phase: str, sentence: str | None = None) -> None:
        self._change(phase=phase, sentence=sentence, ended_at=now())

    def _change(self, **values: object) -> None:
        with self._lock:
            job = self._shown.job
            if job is not None:
                self._shown = replace(self._shown, job=replace(job, **values))  # type: ignore[arg-type]
