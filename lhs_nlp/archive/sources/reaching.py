"""Files that cannot be reached, as a network or a disk fails: that is told from damage of what they hold."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from lhs_nlp.archive.sources.urls import without_credentials
from lhs_nlp.errors import ReadError


def unreachable(name: str, error: Exception) -> ReadError:
    """Return the error of a file that cannot be opened."""
    return ReadError(f"{name}: cannot be opened ({without_credentials(_why(error))}).", "not_found")


def _why(error: BaseException) -> str:
    """Return what went wrong; fsspec says of what is not found the address alone, and has the reason as its cause."""
    if strerror := getattr(error, "strerror", None):
        return str(strerror)
    if isinstance(error, FileNotFoundError):
        return _why(error.__cause__) if error.__cause__ else os.strerror(errno.ENOENT)
    status, message = getattr(error, "status", None), getattr(error, "message", None)
    if status and message:  # of HTTP; the whole of it repeats the address
        return f"{status} {message}"
    return str(error) or type(error).__name__


@contextmanager
def reaching(name: str) -> Iterator[None]:
    """Raise ReadError for whatever a file system raises, each of which has errors of its own."""
    try:
        yield
    except ReadError:
        raise
    except Exception as error:
        raise unreachable(name, error) from error


class Reached(io.RawIOBase):
    """An open file whose reading raises ReadError when it cannot be reached any more.

    Parameters
    ----------
    name
        Where it is.
    file
        Open, and to be read from any place; it is closed with this one.
    """

    def __init__(self, name: str, file: BinaryIO) -> None:
        self._name, self._file = name, file

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def seekable(self) -> bool:
        """Return that it can be read from any place."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; what leads to none of the file may raise anything, and is no fault of a network."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the place."""
        return self._file.tell()

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any buffer
        """Read as much as there is room for, or what there is."""
        with reaching(self._name):
            portion = self._file.read(len(buffer))
        buffer[: len(portion)] = portion
        return len(portion)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()
