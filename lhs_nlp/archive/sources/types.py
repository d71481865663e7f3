"""What is found in a source: documents to read, places that cannot be read, and names that are no document's."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, TypeAlias, cast

from lhs_nlp.archive.sources.reaching import Reached, reaching
from lhs_nlp.archive.sources.urls import path_of
from lhs_nlp.documents.limits import Limits, in_megabytes
from lhs_nlp.errors import ReadError
from lhs_nlp.report.failure import Failure


@dataclass(frozen=True, slots=True)
class Item:
    """A document that was found and not yet loaded.

    Attributes
    ----------
    name
        Where it is: a path or URL as named, ``archive.zip/member`` or ``table.csv#id``.
    load
        Gives its bytes, or raises ReadError. To be called before the next item is asked for:
        archives are read from front to back.
    is_text
        The bytes are plain text in UTF-8, a row of a table, and no file whose format is to be found.
    metadata
        What is known of it beside its content: the other columns of a table.
    remote
        Loading waits for a network, so that several may be loaded at once.
    """

    name: str
    load: Callable[[], bytes]
    is_text: bool = False
    metadata: Mapping[str, str] = field(default_factory=dict)
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file that was left out, as its name is no document's; or a folder that a pattern matches beside files."""

    name: str
    is_folder: bool = False


Found: TypeAlias = Item | Failure | Ignored


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table hold the text and the id; without a text column tables are left out."""

    text: str | None = None
    id: str | None = None


NO_COLUMNS = Columns()


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the process may take that reads a table: seconds for its next rows, and MB of memory."""

    seconds: float = 120.0
    megabytes: int = 2000


DEFAULT_BOUNDS = Bounds()

LONGEST_METADATA = 1000
"""Most characters that are kept of a cell that is neither text nor id."""


@dataclass(frozen=True, slots=True)
class File:
    """A file wherever it is: on a disk, behind a URL or in an archive.

    Attributes
    ----------
    name
        Where it is.
    open
        Opens it to be read in one go; may raise anything that its file system does.
    size
        Bytes; None when that is not known.
    remote
        It is behind a network.
    named
        The user named it itself, and so it is tried whatever its name.
    open_parts
        Opens it to be read slowly and from any place, where `open` does not do for that.
    """

    name: str
    open: Callable[[], BinaryIO]
    size: int | None = None
    remote: bool = False
    named: bool = False
    open_parts: Callable[[], BinaryIO] | None = None

    @property
    def path(self) -> str:
        """What tells by its suffix what the file is: its name, of a URL without the query."""
        return path_of(self.name) if self.remote else self.name

    def seekable(self) -> BinaryIO:
        """Open the file to be read slowly and from any place; it raises ReadError, now or later, when out of reach."""
        with reaching(self.name):
            return cast(BinaryIO, io.BufferedReader(Reached(self.name, (self.open_parts or self.open)())))

    def load(self, limits: Limits) -> bytes:
        """Return the bytes, never many more than the limit; raise ReadError with a reason."""
        most = int(limits.megabytes * 1e6)
        if (self.size or 0) > most:
            raise too_large(self.name, in_megabytes(self.size or 0), limits)
        with reaching(self.name), self.open() as file:
            data = _read(file, most + 1)
        if len(data) > most:
            raise too_large(self.name, f"more than {in_megabytes(most)}", limits)
        return data


def _read(file: BinaryIO, most: int) -> bytes:
    """Return so many bytes, or all that there are: a network gives what has come so far."""
    portions = []
    while most > 0 and (portion := file.read(most)):
        portions.append(portion)
        most -= len(portion)
    return b"".join(portions)


def too_large(name: str, size: str, limits: Limits) -> ReadError:
    """Return the error of a file over the limit."""
    return ReadError(
        f"{name}: {size}, over the limit of {in_megabytes(limits.megabytes * 1e6)}; raise it with --max-megabytes.",
        "too_large",
    )


def failure(name: str, error: ReadError) -> Failure:
    """Return the failure of a place."""
    return Failure(name, error.reason, str(error))
