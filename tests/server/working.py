"""Work for a process of its own, that goes as tests need it; an order is a file or what it says."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

from lhs_nlp.documents import Document, Limits
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.server.teaching import applying
from lhs_nlp.server.teaching.child import Report


def wait(order: object, report: Report) -> object:
    """Work until there is a file `end` in the folder of the store."""
    report(1, 2)
    end: Path = order.store.parent / "end"  # type: ignore[attr-defined]
    while not end.exists():
        time.sleep(0.02)
    raise LhsNlpError(f"{order.store}: it was told to end.")  # type: ignore[attr-defined]


def crash(order: object, report: Report) -> object:
    """End as if the system had killed it."""
    os._exit(3)


def fail(order: object, report: Report) -> object:
    """Fail as a fault in the code would."""
    raise RuntimeError("/home/ann/secret/s.sqlite went wrong")


def do_nothing(order: object, report: Report) -> object:
    """Do nothing, and say so."""
    return "nothing"


def complain(order: object, report: Report) -> object:
    """Fail with a sentence that is full of places."""
    store, bundle = order.store, order.bundle  # type: ignore[attr-defined]
    raise LhsNlpError(f"'{store}' is locked, {store} too. {bundle}/heads is not in {store}.")


def call(port: object, report: Report) -> object:
    """Call a port of this machine, and stay until somebody has waited for a minute."""
    with socket.create_connection(("127.0.0.1", port)) as line:  # type: ignore[arg-type]
        time.sleep(60)
        line.sendall(b"late")
    return None


def tag_two(order: object, report: Report) -> object:
    """Tag two documents, and end as if the system had killed it."""

    def stop(done: int, total: int) -> None:
        report(done, total)
        if done >= 2:
            os._exit(3)

    applying._PASSAGES_PER_CALL = 1
    return applying.tag_again(order, stop)  # type: ignore[arg-type]


def read_for_ever(data: bytes, name: str, is_text: bool, limits: Limits) -> Document:
    """Read without an end."""
    while True:
        time.sleep(0.02)
