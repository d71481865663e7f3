"""What a command reads, where the library does not read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lhs_nlp.errors import LhsNlpError

STANDARD_INPUT = Path("-")


def name_of(source: Path) -> str:
    """Return what a file, or standard input, is called in sentences."""
    return "standard input" if source == STANDARD_INPUT else str(source)


@contextmanager
def reading(source: Path) -> Iterator[None]:
    """Turn failures to open or read a file, or standard input, into a sentence that names it."""
    try:
        yield
    except OSError as error:
        raise LhsNlpError(f"{name_of(source)}: cannot be read ({error.strerror}).") from error
