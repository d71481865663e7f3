"""A reader that does what the document tells it: how a file can hurt who reads it."""

from __future__ import annotations

import os
import re
import signal

from lhs_nlp.archive.reading.child import read_content
from lhs_nlp.documents import Document, Limits

READ = f"{__name__}:read"

HANG, DIE, EAT, FAIL, VANISH = b"please hang", b"please die", b"please eat", b"please fail", b"please vanish"


def read(data: bytes, name: str, is_text: bool, limits: Limits) -> Document:
    if HANG in data:
        # Inside of one call that holds the interpreter's lock, as in a library that is stuck.
        re.match(r"(a+)+$", "a" * 60 + "b")
    if DIE in data:
        signal.signal(signal.SIGSEGV, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGSEGV)
    if EAT in data:
        bytearray(30_000_000_000)
    if FAIL in data:
        raise KeyError("a fault of the reader")
    if VANISH in data:
        os.kill(os.getpid(), signal.SIGKILL)
    return read_content(data, name, is_text, limits)
