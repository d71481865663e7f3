"""One reading process, replaced when it dies."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from threading import Timer
from typing import IO

from lhs_nlp.archive.queue import ClosedError
from lhs_nlp.archive.reading.messages import (
    OUT_OF_MEMORY,
    Answer,
    Order,
    answer_from_bytes,
    order_to_bytes,
    receive,
    send,
    task_to_bytes,
)
from lhs_nlp.errors import LhsNlpError, ReadError

_SIGKILL = -9


class ReadingProcess:
    """Reads documents in a process of its own, started when it is first needed.

    Parameters
    ----------
    order
        How documents are read.
    """

    def __init__(self, order: Order) -> None:
        self._order = order
        self._process: subprocess.Popen[bytes] | None = None
        self._late = self._stopped = False

    def read(self, data: bytes, name: str, *, is_text: bool = False) -> Answer:
        """Return the document and its passages, or why there is none.

        Raises
        ------
        LhsNlpError
            No process can be started.
        ClosedError
            It was stopped.
        """
        if self._process is not None and self._process.poll() is not None:
            self.close()  # it died while it had nothing to do, which is no document's fault
        process = self._process or self._start()
        self._late = False
        with deadline(self._order.seconds, self._give_up):
            try:
                tasks, answers = pipes(process)
                send(tasks, task_to_bytes(name, is_text=is_text), data)
                answer = answer_from_bytes(receive(answers))
            except (EOFError, OSError, ValueError):
                answer = None
        if answer is None:
            return self._death(process, name)
        if self._late or (isinstance(answer, ReadError) and answer.reason == OUT_OF_MEMORY):
            self.close()
        return answer

    def stop(self) -> None:
        """Kill the process, whatever it does, and start no other; may be called from any thread."""
        self._stopped = True
        if (process := self._process) is not None:
            process.kill()

    def close(self) -> None:
        """End the process; the next document is read by a new one."""
        if (process := self._process) is None:
            return
        self._process = None
        process.kill()
        with contextlib.suppress(OSError):
            process.communicate()

    def _give_up(self) -> None:
        self._late = True
        if (process := self._process) is not None:
            process.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        process = self._process = spawned("lhs_nlp.archive.reading.child")
        if self._stopped:
            self.close()
            raise ClosedError
        try:
            greet(process, order_to_bytes(self._order))
        except LhsNlpError:
            self.close()
            raise
        return process

    def _death(self, process: subprocess.Popen[bytes], name: str) -> ReadError:
        self.close()
        return death(process, name, self._order.seconds if self._late else None)


@contextlib.contextmanager
def deadline(seconds: float, give_up: Callable[[], None]) -> Iterator[None]:
    """Give up what takes more than so many seconds, and never what comes after it."""
    timer = Timer(seconds, give_up)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def spawned(module: str) -> subprocess.Popen[bytes]:
    """Start a process that runs the ``main`` of a module of this package."""
    # Imports are found where this program finds them, and never in the folder it happens to be in.
    code = f"import sys; sys.path[:] = {sys.path!r}; from {module} import main; main()"
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def greet(process: subprocess.Popen[bytes], order: bytes) -> None:
    """Tell a process what it is to do, and wait until it is ready; raise LhsNlpError when it cannot be started."""
    tasks, answers = pipes(process)
    try:
        send(tasks, order)
        receive(answers)
    except (EOFError, OSError) as error:
        said = (process.stderr.read() if process.stderr else b"").decode(errors="replace").strip().splitlines()
        why = said[-1] if said else "it said nothing"
        raise LhsNlpError(f"No process can read documents ({why}); install lhs-nlp again.") from error


def death(process: subprocess.Popen[bytes], name: str, seconds: float | None) -> ReadError:
    """Say what killed the process that was reading a place; `seconds` is what it was given when that was too little."""
    if seconds is not None:
        return ReadError(f"{name}: not read within {seconds:,.0f} seconds; raise the limit with --timeout.", "timeout")
    # Nobody else kills with that signal but a system that has no memory left.
    if process.returncode == _SIGKILL:
        return ReadError(f"{name}: the system ran out of memory on it; use fewer --workers.", OUT_OF_MEMORY)
    return ReadError(f"{name}: the reader died on it (status {process.returncode}); is it damaged?", "crashed")


def pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    """Return where tasks go, and where answers come from."""
    if process.stdin is None or process.stdout is None:
        raise LhsNlpError("The reading process has no pipes.")
    return process.stdin, process.stdout
