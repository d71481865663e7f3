from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from lhs_nlp import LhsNlpError
from lhs_nlp.cli.output import opened
from tests.cli.running import start

UNREADABLE = Path("/proc/self/mem")
"""A file that can be opened, and whose first byte cannot be read."""


def said_of(error: OSError, output: Path) -> str:
    with pytest.raises(LhsNlpError) as raised, opened(output):
        raise error
    assert not output.exists()
    return str(raised.value)


def test_failure_at_another_file_is_not_the_outputs(tmp_path: Path) -> None:
    missing = FileNotFoundError(errno.ENOENT, "No such file or directory", "in.csv")
    assert said_of(missing, tmp_path / "out") == "in.csv: cannot be opened (No such file or directory)."


def test_failure_at_no_named_file_is_the_outputs(tmp_path: Path) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    assert said_of(full, tmp_path / "out") == f"{tmp_path / 'out'}: cannot be written (No space left on device)."


def test_output_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    output = tmp_path / "none" / "out"
    with pytest.raises(LhsNlpError, match=r"none.out: cannot be written \(No such file"), opened(output):
        pass


def test_standard_output_that_is_closed_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(LhsNlpError, match=r"standard output: cannot be written \(Bad file"), opened(None):
        pass


@pytest.mark.skipif(not UNREADABLE.exists(), reason="a file of Linux")
@pytest.mark.parametrize("command", ["tag", "classify"])
def test_standard_input_that_cannot_be_read_is_named(command: str, tmp_path: Path) -> None:
    with UNREADABLE.open("rb") as unreadable:
        process = start(command, "-", "--output", tmp_path / "out", stdin=unreadable)
        _, errors = process.communicate()
    assert (process.returncode, errors) == (2, b"lhs-nlp: standard input: cannot be read (Input/output error).\n")
    assert list(tmp_path.iterdir()) == []
