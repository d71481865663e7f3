"""The process that reads: whatever a file does to it, the program that started it goes on."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from importlib import import_module

from lhs_nlp.archive.reading.confinement import leave_interrupts, limit_memory, own_output, time_limit
from lhs_nlp.archive.reading.messages import (
    OUT_OF_MEMORY,
    READY,
    Answer,
    Order,
    answer_to_bytes,
    order_from_bytes,
    out_of_memory,
    receive,
    send,
    task_from_bytes,
)
from lhs_nlp.documents import Document, Limits, read_bytes, read_text
from lhs_nlp.errors import ReadError
from lhs_nlp.passages import split_document

Read = Callable[[bytes, str, bool, Limits], Document]


def main() -> None:
    """Read documents until there are no more, or the program that sends them is gone."""
    leave_interrupts()
    answers = own_output()
    with contextlib.suppress(EOFError, BrokenPipeError):
        tasks = sys.stdin.buffer
        order = order_from_bytes(receive(tasks))
        read = _function(order.read)
        split_document(read_text("What is loaded on first use is no part of the limit."))
        limit_memory(order.megabytes)
        send(answers, READY)
        while True:
            name, is_text = task_from_bytes(receive(tasks))
            data = receive(tasks)
            with time_limit(order.seconds):
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
        return out_of_memory(name, order.megabytes) if isinstance(error.__cause__, MemoryError) else error
    except MemoryError:
        return out_of_memory(name, order.megabytes)
    except Exception as error:  # a reader that has a fault must not stop the others' files
        return ReadError(f"{name}: the reader failed on it ({type(error).__name__}: {error}).", "crashed")


def _function(name: str) -> Read:
    module, function = name.split(":")
    found: Read = getattr(import_module(module), function)
    return found
