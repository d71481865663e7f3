"""A process of its own for what takes long, so that pages stay quick and a crash is a sentence."""

from __future__ import annotations

import contextlib
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, TypeAlias

from lhs_nlp.errors import LhsNlpError

_KINDNESS = 10

Report: TypeAlias = Callable[[int, int], None]
"""Takes how much is done, and of how much."""

Work: TypeAlias = Callable[[Any, Report], object]
"""A function of a module: takes an order and says how far it is; what it takes and gives can be pickled."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Result:
    """The work is done."""

    value: object


@dataclass(frozen=True, slots=True)
class Failure:
    """The work has failed: why, when that can be said in a sentence, and all that is known, for the log."""

    sentence: str | None
    details: str


Message: TypeAlias = Step | Result | Failure


class Child:
    """Does some work in a process of its own, which ends with this one, also when this one is killed.

    Parameters
    ----------
    work
        What to do.
    order
        What it is given.
    """

    def __init__(self, work: Work, order: object) -> None:
        context = get_context("spawn")  # a copy of a process that has threads may wait for ever
        self._messages, messages = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(messages, work, order), daemon=True)
        self._process.start()
        messages.close()

    def messages(self) -> Iterator[Message]:
        """Yield what it says; the last one is its result or its failure, also when it was killed."""
        last: Message | None = None
        with contextlib.suppress(EOFError, OSError):
            while not isinstance(last, Result | Failure):
                last = self._messages.recv()
                yield last
        self._process.join()
        self._messages.close()
        if not isinstance(last, Result | Failure):
            status = self._process.exitcode
            yield Failure(None, f"The process ended with status {status} before it was done.")

    def kill(self) -> None:
        """End it, whatever it does."""
        self._process.kill()


def _run(messages: Connection, work: Work, order: object) -> None:
    """Work, and say how it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to answer
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_KINDNESS)  # who reads a page should not wait for it
    Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(BrokenPipeError):
        messages.send(_outcome(work, order, lambda done, total: messages.send(Step(done, total))))


def _end_with_parent() -> None:
    """End when the server does: one that was killed has told nobody, and one that starts again begins anew."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _outcome(work: Work, order: object, report: Report) -> Result | Failure:
    try:
        return Result(work(order, report))
    except BrokenPipeError:
        raise
    except LhsNlpError as error:
        return Failure(str(error), str(error))
    except Exception:  # whatever it is, the server must be told
        return Failure(None, traceback.format_exc())
