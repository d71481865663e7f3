"""Write a command's result: to standard output, or to a file whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from lhs_nlp.errors import LhsNlpError


@contextmanager
def opened(output: Path | None) -> Iterator[TextIO]:
    """Open standard output, or a file that takes its place only when all was written.

    Raises
    ------
    LhsNlpError
        The file cannot be written.
    """
    if output is None:
        yield sys.stdout
        return
    try:
        # Beside the target, so that the last step is one rename on one file system.
        descriptor, partial = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.", suffix=".partial")
    except OSError as error:
        raise LhsNlpError(f"{output}: cannot be written ({error.strerror}).") from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            yield file
        os.chmod(partial, 0o666 & ~_umask())
        os.replace(partial, output)
    except OSError as error:
        raise LhsNlpError(f"{output}: cannot be written ({error.strerror}).") from error
    finally:
        Path(partial).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
