"""What a process that reads may take: memory, time, and no stream but its own."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_GRACE = 5.0


def leave_interrupts() -> None:
    """Leave Ctrl-C to the program that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def own_output() -> BinaryIO:
    """Keep standard output for answers; what libraries print goes nowhere."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    return answers


def limit_memory(megabytes: int) -> None:
    """Limit what is added to the memory in use; where the system has no such limit, there is none."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End this process by the system's hand when reading takes too long.

    The program that started it does so earlier; this is for when that program was killed, and a
    file would keep this one busy for ever.
    """
    set_alarm(seconds)
    try:
        yield
    finally:
        set_alarm(None)


def set_alarm(seconds: float | None) -> None:
    """Let the system end this process a little later than after so many seconds; None: let it live."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0 if seconds is None else seconds + _GRACE)
