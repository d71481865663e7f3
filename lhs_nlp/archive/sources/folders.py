"""Files below a folder, or that a pattern matches."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from lhs_nlp.archive.sources.types import File
from lhs_nlp.errors import ReadError
from lhs_nlp.report.failure import Failure

SUFFIXES = (".pdf", ".docx", ".docm", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text", ".xml", ".nxml")
"""Of documents: what is taken from a folder; a file named by itself is tried whatever its suffix."""


def walk(folder: str | Path) -> Iterator[Path | Failure]:
    """Yield the files below a folder in order; a folder that cannot be opened is a failure.

    Hidden files and those that an office program keeps while it is open are left out. Links to folders are not
    followed, as they may lead round in a circle, but yielded as they are.
    """
    closed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        links = [name for name in folders if os.path.islink(os.path.join(parent, name))]
        for name in sorted(names + links):
            if not is_hidden(name):
                yield Path(parent) / name
    for error in closed:
        yield Failure(str(error.filename), "not_found", f"{error.filename}: cannot be opened ({error.strerror}).")


def matching(pattern: str) -> Iterator[Path]:
    """Yield the files and folders that a pattern matches, in order, hidden ones left out.

    ``**`` stands for any folders: of a pattern that has it the folders are gone through, and not yielded.
    """
    deep = "**" in pattern
    for name in sorted(glob.iglob(pattern, recursive=True)):
        if not is_hidden(os.path.basename(name)) and not (deep and os.path.isdir(name)):
            yield Path(name)


def is_hidden(name: str) -> bool:
    """Return whether a file or folder is to be left out without a word."""
    return name.startswith((".", "~$")) or name == "__MACOSX"


def is_document(name: str) -> bool:
    """Return whether a file's name is a document's."""
    return name.lower().endswith(SUFFIXES)


def local_file(path: str | Path) -> File:
    """Return the file of a path."""
    name = str(path)

    def opened() -> BinaryIO:
        # Not opened before that is known: to open a pipe is to wait for its other end.
        if not stat.S_ISREG(os.stat(name).st_mode):
            raise ReadError(f"{name}: is not a regular file.", "unsupported")
        return open(name, "rb")

    try:
        size = os.stat(name).st_size
    except (OSError, ValueError):
        size = None  # `load` will say why
    return File(name, opened, size)
