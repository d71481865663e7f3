"""The process that reads: whatever a file does to it, the program that started it goes on."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from lhs_nlp.archive.reading.messages import (
    OUT_OF_MEMORY,
    Answer,
    Order,
    answer_to_bytes,
    order_from_bytes,
    receive,
    send,
    task_from_bytes,
)
from lhs_nlp.documents import Document, Limits, read_bytes, read_text
from lhs_nlp.errors import ReadError
from lhs_nlp.passages import split_document

READY = b"ready"
_GRACE = 5.0

Read = Callable[[bytes, str, bool, Limits], Document]


def main() -> None:
    """Read documents until there are no more, or the program that sends them is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the other program's to answer
    answers = _own_output()
    with contextlib.suppress(EOFError, BrokenPipeError):
        tasks = sys.stdin.buffer
        order = order_from_bytes(receive(tasks))
        read = _function(order.read)
        split_document(read_text("What is loaded on first use is no part of the limit."))
        _limit_memory(order.megabytes)
        send(answers, READY)
        while True:
            name, is_text = task_from_bytes(receive(tasks))
            data = receive(tasks)
            with _time_limit(order.seconds + _GRACE):
                answer = _answer(read, data, name, is_text, order)
            send(answers, answer_to_bytes(answer))
            if isinstance(answer, ReadError) and answer.reason == OUT_OF_MEMORY:
                return  # what is left of the memory is in pieces: a new process takes over


def read_content(data: bytes, name: str, is_text: bool, limits: Limits) -> Document:
    """Read a file's bytes, or the text of a table's row."""
    return read_text(data.decode("utf-8"), name=name) if is_text else read_bytes(data, name=name, limits=limits)


def _answer(read: Read, data: bytes, name: str, is_text: bool, order: Order) -> Answer:
    try:
        document = read(data, name, is_text, order.limits)
        return document, split_document(document)
    except ReadError as error:
        return _out_of_memory(name, order) if isinstance(error.__cause__, MemoryError) else error
    except MemoryError:
        return _out_of_memory(name, order)
    except Exception as error:  # a reader that has a fault must not stop the others' files
        return ReadError(f"{name}: the reader failed on it ({type(error).__name__}: {error}).", "crashed")


def _out_of_memory(name: str, order: Order) -> ReadError:
    return ReadError(
        f"{name}: needs more than {order.megabytes:,} MB to read; raise it with --reader-megabytes.", OUT_OF_MEMORY
    )


def _own_output() -> BinaryIO:
    """Keep standard output for answers; what libraries print goes nowhere."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    return answers


def _function(name: str) -> Read:
    module, function = name.split(":")
    found: Read = getattr(import_module(module), function)
    return found


def _limit_memory(megabytes: int) -> None:
    """Limit what is added to the memory in use; where the system has no such limit, there is none."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """End this process by the system's hand when reading takes too long.

    The program that started it does so earlier; this is for when that program was killed, and a
    file would keep this one busy for ever.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
