"""Show how far a run is, with its rate and the time left; nothing where nobody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

    from lhs_nlp.archive import Account, Options
    from lhs_nlp.documents import Limits
    from lhs_nlp.learn.encoding import Progress as OnProgress

_WIDTH_WITH_RATE = 80
_WIDTH_WITH_BAR = 50


@contextmanager
def shown_progress(sources: list[str], options: Options, limits: Limits) -> Iterator[Callable[[Account], None]]:
    """Show a bar on standard error when it is a terminal; yield what is to be told of the account.

    How many documents there are is counted while the work goes on, so that it need not wait.
    """
    if not sys.stderr.isatty():
        yield lambda account: None
        return
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    progress = Progress(*columns_for(console.width), console=console)
    stop = Event()
    with progress:
        task = progress.add_task("", total=None, rate="")
        counting = Thread(
            target=lambda: progress.update(task, total=_count(sources, options, limits, stop)), daemon=True
        )
        counting.start()
        try:
            yield lambda account: progress.update(
                task, completed=account.seen, rate=_rate(account, progress.tasks[task].elapsed)
            )
        finally:
            stop.set()


@contextmanager
def shown_steps(patience: float = 2.0) -> Iterator[OnProgress | None]:
    """Show on standard error how far each step is, of learning, say, when that is a terminal, after some seconds."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    bars = Progress(*columns, console=Console(stderr=True), transient=True)
    shown = bars.add_task("")
    begun = time.monotonic()

    def on_progress(doing: str, done: int, of: int) -> None:
        if bars.tasks[0].description != doing:
            bars.reset(shown, description=doing, total=of)
        bars.update(shown, completed=done)
        if time.monotonic() - begun > patience:
            bars.start()

    try:
        yield on_progress
    finally:
        if bars.live.is_started:
            bars.stop()


def columns_for(width: int) -> list[ProgressColumn]:
    """Return what a terminal has room for: the count and the times before a bar, and all of them before the rate."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    bar = [BarColumn()] if width >= _WIDTH_WITH_BAR else []
    rate = [TextColumn("{task.fields[rate]}")] if width >= _WIDTH_WITH_RATE else []
    return [*bar, MofNCompleteColumn(), *rate, TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn()]


def _rate(account: Account, seconds: float | None) -> str:
    if not seconds:
        return ""
    return f"{account.seen / seconds:,.1f} documents/s, {account.passages / seconds:,.0f} passages/s"


def _count(sources: list[str], options: Options, limits: Limits, stop: Event) -> int | None:
    """Return how many documents will be seen; None when that cannot be known, or nobody waits for it any more."""
    from lhs_nlp.archive.sources import Ignored, find
    from lhs_nlp.errors import LhsNlpError

    count = 0
    try:
        for found in find(sources, options.columns, limits, options.bounds):
            if stop.is_set():
                return None
            count += not isinstance(found, Ignored)
    except LhsNlpError:
        return None  # the run itself will say why
    return count
