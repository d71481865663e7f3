"""What a command reads, where the library does not read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lhs_nlp.errors import LhsNlpError

STANDARD_INPUT = Path("-")


@contextmanager
def reading(source: Path) -> Iterator[None]:
    """Turn failures to open or read a file, or standard input, into a sentence that names it."""
    try:
        yield
    except OSError as error:
        name = "standard input" if source == STANDARD_INPUT else source
        raise LhsNlpError(f"{name}: cannot be read ({error.strerror}).") from error
