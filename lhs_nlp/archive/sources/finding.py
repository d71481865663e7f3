"""From what the user named to the documents in it."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from lhs_nlp.archive.sources.archives import DEEPEST, Budget, is_archive, members
from lhs_nlp.archive.sources.folders import SUFFIXES, is_document, local_file, matching, walk
from lhs_nlp.archive.sources.remote import remote_files
from lhs_nlp.archive.sources.tables import is_table, rows
from lhs_nlp.archive.sources.types import (
    DEFAULT_BOUNDS,
    NO_COLUMNS,
    Bounds,
    Columns,
    File,
    Found,
    Ignored,
    Item,
    failure,
)
from lhs_nlp.archive.sources.urls import is_url, is_web, path_of, without_credentials
from lhs_nlp.documents.limits import DEFAULT_LIMITS, Limits
from lhs_nlp.errors import LhsNlpError, ReadError
from lhs_nlp.report.failure import Failure

_JSON = ".json"
"""Named beside the column of a table, such a file is meant as one; read as a document, its keys would be text."""


def find(
    named: Iterable[str],
    columns: Columns = NO_COLUMNS,
    limits: Limits = DEFAULT_LIMITS,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> Iterator[Found]:
    """Yield the documents in what the user named, in a fixed order and one at a time.

    Parameters
    ----------
    named
        Folders, patterns (``reports/**/*.pdf``), ZIP and TAR archives, tables, documents, or URLs
        of any of these; that of a folder of the web ends in a slash. Archives inside of folders and
        archives are opened too.
    columns
        Of tables. Without a text column tables in folders and archives are left out.
    limits
        How large a document may be.
    bounds
        What reading a table may take.

    Yields
    ------
    Item, Failure or Ignored
        What was found. An item is to be loaded before the next one is asked for.

    Raises
    ------
    LhsNlpError
        A table is named and no text column, or a URL of a kind that nothing reads.
    """
    named = list(named)
    refuse_tables(named, columns)
    finder = _Finder(columns, limits, bounds)
    for name in named:
        empty, folders = True, set()
        for found in finder.find(name):
            if isinstance(found, Ignored):
                folders.add(found.is_folder)
            else:
                empty = False
            yield found
        if empty:
            yield _nothing_in(name, only_folders=folders == {True})


def _nothing_in(name: str, *, only_folders: bool) -> Failure:
    shown = without_credentials(name)
    message = f"{shown}: holds no documents ({', '.join(SUFFIXES)})."
    if os.path.isfile(name) and is_table(name):
        message = f"{shown}: holds no rows below the names of its columns."
    elif only_folders:
        message = f"{shown}: matches folders alone; for the files in them, put /** behind it."
    return Failure(shown, "empty", message)


def _is_pattern(name: str) -> bool:
    """Return whether what the user named stands for the files on this machine that it matches."""
    return not is_url(name) and any(mark in name for mark in "*?[") and not os.path.lexists(name)


def refuse_tables(named: Iterable[str], columns: Columns) -> None:
    """Raise LhsNlpError for a table among what the user named when no text column is, before anything is searched."""
    for name in named:
        # What another kind of URL leads to may be a folder of tables with such a name.
        is_file = is_web(name) if is_url(name) else os.path.isfile(name)
        if is_file and is_table(path_of(name)) and not columns.text:
            raise _no_column(without_credentials(name))


def _no_column(table: str) -> LhsNlpError:
    return LhsNlpError(f"{table}: is a table; name the column that holds the text with --text-column.")


@dataclass(frozen=True, slots=True)
class _Finder:
    columns: Columns
    limits: Limits
    bounds: Bounds

    def find(self, name: str) -> Iterator[Found]:
        for file in self._files(name):
            yield from self._open(file) if isinstance(file, File) else [file]

    def _files(self, name: str) -> Iterator[File | Failure | Ignored]:
        if is_url(name):
            yield from remote_files(name)
        elif os.path.isdir(name):
            yield from (entry if isinstance(entry, Failure) else local_file(entry) for entry in walk(name))
        elif _is_pattern(name):
            for path in matching(name):
                yield Ignored(str(path), is_folder=True) if os.path.isdir(path) else local_file(path)
        else:
            yield replace(local_file(name), named=True)

    def _open(self, file: File) -> Iterator[Found]:
        """Yield the documents in a file that lies in the open."""
        if is_archive(file.path):
            yield from self._members(file, Budget.of(file), depth=1)
        elif is_table(file.path) and self.columns.text:
            yield from rows(file, self.columns, self.limits, self.bounds)
        elif is_table(file.path) and file.named:
            raise _no_column(file.name)
        elif file.named and self.columns.text and file.size is not None and file.path.lower().endswith(_JSON):
            message = f"{file.name}: JSON in one piece is not read row by row; save it as JSON lines (.jsonl)."
            yield Failure(file.name, "unsupported", message)
        else:
            yield self._document(file)

    def _members(self, archive: File, budget: Budget, depth: int) -> Iterator[Found]:
        for member in members(archive, budget):
            if isinstance(member, Failure):
                yield member
            elif is_archive(member.name) or (is_table(member.name) and self.columns.text):
                yield from self._nested(member, budget, depth + 1)
            else:
                yield self._document(member)

    def _nested(self, member: File, budget: Budget, depth: int) -> Iterator[Found]:
        """Yield the documents in an archive or a table that is itself a member of an archive."""
        if depth > DEEPEST:
            message = f"{member.name}: archives inside of archives, more than {DEEPEST} deep; unpack them yourself."
            yield Failure(member.name, "too_large", message)
            return
        try:
            data = member.load(self.limits)
        except ReadError as error:
            yield failure(member.name, error)
            return
        file = File(member.name, lambda: io.BytesIO(data), len(data))
        if is_archive(file.name):
            yield from self._members(file, budget, depth)
        else:
            yield from rows(file, self.columns, self.limits, self.bounds)

    def _document(self, file: File) -> Item | Ignored:
        if not file.named and not is_document(file.path):
            return Ignored(file.name)
        return Item(file.name, partial(file.load, self.limits), remote=file.remote)
