"""Run the command line as a shell would: arguments and bytes in, exit code and bytes out."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from lhs_nlp.cli import main

COMMAND = (sys.executable, "-m", "lhs_nlp")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str


def run(*arguments: str | Path, stdin: bytes = b"", encoding: str = "utf-8") -> Outcome:
    """Run a command in this process; `encoding` is that of its terminal."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = {
        "argv": ["lhs-nlp", *map(str, arguments)],
        "stdin": io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin)), encoding=encoding),
        "stdout": io.TextIOWrapper(out, encoding=encoding),
        "stderr": io.TextIOWrapper(err, encoding=encoding, errors="backslashreplace"),
    }
    with ExitStack() as stack:
        for name, value in streams.items():
            stack.enter_context(patch.object(sys, name, value))
        try:
            main()
        except SystemExit as stop:
            code = stop.code
        else:
            code = 0
        sys.stdout.flush()
        sys.stderr.flush()
        # The encoding of data is UTF-8 whatever the terminal's.
        written = out.getvalue().decode(sys.stdout.encoding)
    assert code is None or isinstance(code, int)
    return Outcome(code or 0, written, err.getvalue().decode(encoding))


def start(*arguments: str | Path, **more: Any) -> subprocess.Popen[bytes]:  # noqa: ANN401
    """Start a command in a process of its own, its streams piped.

    It can be interrupted also where the tests run in the background: shells start
    background jobs with interrupts ignored, and children inherit that.
    """
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen([*COMMAND, *map(str, arguments)], text=False, **(pipes | more))
    finally:
        signal.signal(signal.SIGINT, before)


def wait_for_partial_file(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until the command has opened its output, and so waits for its input."""
    while not list(folder.glob(".*.partial")):
        assert process.poll() is None, process.stderr and process.stderr.read()
        time.sleep(0.05)
