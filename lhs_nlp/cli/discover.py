"""Find the documents in what the user named."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from lhs_nlp.archive.sources.folders import SUFFIXES, is_document, walk
from lhs_nlp.cli.output import would_replace
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.report.failure import Failure


def discover(
    named: Iterable[Path], on_ignored: Callable[[str], None] = lambda name: None, *, output: Path | None = None
) -> list[Path | Failure]:
    """Return the files in order, folders replaced by the documents below them, none twice.

    A folder that cannot be opened, or that holds no document, is a failure in its place. Files of a
    folder whose names are no document's are left out, and told to `on_ignored`.

    Parameters
    ----------
    named
        Files and folders.
    on_ignored
        Called with the path of each file that is left out, and of each link to a folder, which is not followed.
    output
        What the result will take the place of: a report of an earlier run is no document of a folder.

    Raises
    ------
    LhsNlpError
        The output is a file of a folder, and no report: its content would be lost.
    """
    found: list[Path | Failure] = []
    for entry in named:
        # os.path, as Path.is_dir raises where a parent may not be entered.
        found += _documents(entry, on_ignored, output) if os.path.isdir(entry) else [entry]
    return list(dict.fromkeys(found))


def _documents(folder: Path, on_ignored: Callable[[str], None], output: Path | None) -> Iterator[Path | Failure]:
    empty = True
    for entry in walk(folder):
        if isinstance(entry, Path) and would_replace(output, entry):
            _refuse_other_than_report(entry)
            continue
        if isinstance(entry, Failure) or is_document(entry.name):
            empty = False
            yield entry
        else:
            on_ignored(str(entry))
    if empty:
        yield Failure(str(folder), "empty", f"{folder}: holds no documents ({', '.join(SUFFIXES)}).")


def _refuse_other_than_report(path: Path) -> None:
    from lhs_nlp.cli.input import reading
    from lhs_nlp.report.earlier import is_report

    with reading(path):
        data = path.read_bytes()
    if data and not is_report(data):
        raise LhsNlpError(
            f"{path}: is in a folder that is read, and is no report of an earlier run: it would be overwritten; "
            "write to another file."
        )
