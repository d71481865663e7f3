"""A run that adds results to a store: in its table of runs from the beginning, and with how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from lhs_nlp.archive.store import Store, Tagging
from lhs_nlp.archive.store.types import Outcome
from lhs_nlp.framework import Framework


@dataclass(slots=True)
class OpenRun:
    """A run that goes on.

    Attributes
    ----------
    id, tagging
        As `Store.begin_run` gave them.
    stopped
        Whether it ends before everything was done, though nothing was raised.
    """

    id: int
    tagging: Tagging
    stopped: bool = False


@contextmanager
def recorded_run(
    store: Store,
    counts: Callable[[], Mapping[str, int]],
    *,
    model: str,
    model_sha256: str,
    framework: Framework,
    named: Sequence[str] = (),
) -> Iterator[OpenRun]:
    """Say in the store that a run begins, and how it ended, however it does: finished, interrupted or stopped.

    Parameters
    ----------
    store
        Where its results go.
    counts
        Gives, at the end, the numbers of documents that were ``tagged`` and ``skipped``, and of places that ``failed``.
    model, model_sha256, framework, named
        As of `Store.begin_run`.
    """
    run = OpenRun(*store.begin_run(model=model, model_sha256=model_sha256, framework=framework, named=named))
    outcome: Outcome = "stopped"
    try:
        yield run
        outcome = "stopped" if run.stopped else "finished"
    except KeyboardInterrupt:
        outcome = "interrupted"
        raise
    finally:
        store.end_run(run.id, outcome, **counts())
