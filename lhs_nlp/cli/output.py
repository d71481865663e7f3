"""Write a command's result: to standard output, or to a file whole or not at all."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TextIO

import typer

from lhs_nlp.errors import LhsNlpError
from lhs_nlp.printing import printable


@contextmanager
def opened(output: Path | None, *, data: bool = True) -> Iterator[TextIO]:
    """Open standard output, or a file that takes its place only when all was written.

    Parameters
    ----------
    output
        A path; None or ``-`` for standard output. A pipe or a device is written as it comes.
    data
        What is written is for programs: on standard output too it is UTF-8, whatever the
        terminal's encoding. What is for people keeps to that encoding.

    Raises
    ------
    LhsNlpError
        The file cannot be written; or another one, which is read meanwhile, cannot be opened.
    """
    path = None if str(output) == "-" else output
    try:
        with _standard_output(data=data) if path is None else _file(path) as file:
            with _opening_others():
                yield file
    except BrokenPipeError:
        raise
    except OSError as error:
        raise LhsNlpError(f"{path or 'standard output'}: cannot be written ({error.strerror}).") from error


def keep_inputs(output: Path | None, *inputs: Path | None) -> None:
    """Raise LhsNlpError when a file to write is one that is read: its content would be lost."""
    for path in inputs:
        if path is not None and would_replace(output, path):
            raise LhsNlpError(f"{output}: is read here, and would be overwritten; write to another file.")


def would_replace(output: Path | None, path: Path) -> bool:
    """Return whether what is written takes the place of a file that is there, by whatever name."""
    try:
        return output is not None and output.is_file() and output.samefile(path)
    except OSError:  # one of them cannot be looked at, e.g. as its name is too long
        return False


def write_json(file: TextIO, value: object, *, indent: int | None = 2) -> None:
    """Write a value as JSON and end the line."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    # Lone surrogates (file names that are not UTF-8) become the escapes that JSON has for them.
    file.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")


def complain(message: str) -> None:
    """Say on standard error, in one line, why an input or the command failed."""
    typer.echo(f"lhs-nlp: {' '.join(printable(message).splitlines())}", err=True)


def is_where_errors_go(output: Path | None) -> bool:
    """Return whether an output, as of `opened`, goes where standard error does, such as a terminal."""
    if output is not None and str(output) != "-":
        return False
    try:
        return os.path.sameopenfile(sys.stdout.fileno(), sys.stderr.fileno())
    except OSError:  # a stream that is no file; io.UnsupportedOperation is one of these
        return False


@contextmanager
def _opening_others() -> Iterator[None]:
    """Tell what fails at a file with a name: an output is open already, and its failures have none."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise
        raise LhsNlpError(f"{error.filename}: cannot be opened ({error.strerror}).") from error


@contextmanager
def _standard_output(*, data: bool) -> Iterator[TextIO]:
    if sys.stdout is None:  # whoever started the command had closed it
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    if isinstance(sys.stdout, io.TextIOWrapper):
        if data:
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        else:
            sys.stdout.reconfigure(errors="replace")
    yield sys.stdout
    sys.stdout.flush()


def _file(output: Path) -> AbstractContextManager[TextIO]:
    if output.exists() and not output.is_file():
        # A device such as /dev/null must not be replaced by a file; a folder is refused here.
        return output.open("w", encoding="utf-8", newline="")
    return _replacing(output.resolve())


@contextmanager
def _replacing(output: Path) -> Iterator[TextIO]:
    # Beside the target, so that the last step is one rename on one file system.
    descriptor, partial = tempfile.mkstemp(dir=output.parent, prefix=".lhs-nlp-", suffix=".partial")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            yield file
        os.chmod(partial, _mode(output))
        os.replace(partial, output)
    finally:
        Path(partial).unlink(missing_ok=True)


def _mode(output: Path) -> int:
    """Return the permissions of the file that is replaced, or those that a new file has."""
    if output.exists():
        return output.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
