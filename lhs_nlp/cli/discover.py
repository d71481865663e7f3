"""Find the documents in what the user named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

SUFFIXES = frozenset({".pdf", ".docx", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text", ".xml", ".nxml"})
"""What is taken from a folder; a file named by itself is tried whatever its suffix."""


def discover(named: Iterable[Path]) -> list[Path]:
    """Return the files, folders replaced by the documents below them, in order of name, none twice."""
    found = [path for entry in named for path in (_walk(entry) if entry.is_dir() else [entry])]
    return list(dict.fromkeys(found))


def _walk(folder: Path) -> Iterator[Path]:
    """Yield documents below a folder; hidden ones are left out and links to folders not followed."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and not name.startswith("~$") and Path(name).suffix.lower() in SUFFIXES:
                yield Path(parent) / name
