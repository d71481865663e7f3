"""Open a store's database: created or migrated when that is needed, refused when it is something else."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path

from lhs_nlp.archive.errors import StoreError
from lhs_nlp.database import BUSY_SECONDS, DatabaseKind, is_blank, is_empty, migrate, pragma, run_script

FIRST = 1
"""Version of the schema in `schema.sql`; what came later only added tables, so that readers need no more."""

VERSION = 2
"""Version of the schema with all of `MIGRATIONS`."""

MIGRATIONS: Mapping[int, str] = {1: "decisions.sql"}
"""Version to the file of SQL that turns it into the next one."""

STORE = DatabaseKind(
    application_id=0x4C48534E,  # LHSN
    noun="store",
    error=StoreError,
    mends={
        sqlite3.SQLITE_CORRUPT: "it is damaged. Restore a copy, or tag into a new store",
        sqlite3.SQLITE_NOTADB: "it is not a store of results. Name another file",
    },
)
transaction, translated_errors = STORE.transaction, STORE.translated_errors


def connect(path: Path, *, create: bool = True, read_only: bool = False) -> sqlite3.Connection:
    """Open a store.

    Parameters
    ----------
    path
        The database.
    create
        Make the store when there is none, or an empty file in its place.
    read_only
        Open it for reading alone, also from where nothing can be written.

    Raises
    ------
    StoreError
        It cannot be opened, is not a store, or was made by a newer version.
    """
    if not path.exists() and (read_only or not create):
        raise StoreError(f"{path}: there is no such store; `lhs-nlp batch` makes one.")
    if path.is_dir():
        raise StoreError(f"{path}: it is a folder. Name the file of results, e.g. {path / 'results.sqlite'}.")
    with translated_errors(path):
        connection = _open(path, read_only=read_only)
        try:
            if not read_only:
                _prepare(connection, path, create=create)
            _check(connection, path, oldest=FIRST if read_only else VERSION)
        except BaseException:
            connection.close()
            raise
    return connection


def _open(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if not read_only:
        return _connection(path, "rwc")
    # Even to read, the log needs a folder that can be written.
    connection = (
        _connection(path, "rw") if os.access(path.absolute().parent, os.W_OK) else _open_where_no_log_can_be(path)
    )
    connection.execute("PRAGMA query_only = ON")
    return connection


def _open_where_no_log_can_be(path: Path) -> sqlite3.Connection:
    """Open a store in a folder that cannot be written: with the log that another program keeps there, if one does."""
    log = Path(f"{path}-wal")
    if log.exists():
        connection = _connection(path, "ro")
        try:
            pragma(connection, "user_version")
            return connection
        except sqlite3.Error as error:
            connection.close()
            if not isinstance(error, sqlite3.OperationalError):
                raise
            if log.stat().st_size:
                raise StoreError(
                    f"{path}: its newest results are in the file {log.name} beside it, which cannot be read along in a "
                    "folder that cannot be written. Wait for the run that writes it to end; if none does, have someone "
                    "who may write there open it, e.g. with `lhs-nlp report`."
                ) from error
    # Nobody writes, and nobody can begin to.
    return _connection(path, "ro&immutable=1")


def _connection(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, create: bool) -> None:
    """Make a new store, or bring an old one up to date; two runs that do so at once take turns."""
    if pragma(connection, "application_id") != STORE.application_id and not (create and is_blank(connection)):
        return  # another program's, or an empty file: to be left as it is
    _patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"))
    # A power cut may undo the last documents, which the next run tags again; it never tears one.
    connection.execute("PRAGMA synchronous = NORMAL")
    if pragma(connection, "user_version") == VERSION:
        return
    with transaction(connection, path):
        if is_blank(connection):
            run_script(connection, _sql("schema.sql"))
            connection.execute(f"PRAGMA application_id = {STORE.application_id}")
            connection.execute(f"PRAGMA user_version = {FIRST}")
        if pragma(connection, "application_id") == STORE.application_id:
            migrate(connection, {version: _sql(name) for version, name in MIGRATIONS.items()}, VERSION)


def _sql(name: str) -> str:
    return files("lhs_nlp.archive.store").joinpath(name).read_text(encoding="utf-8")


def _check(connection: sqlite3.Connection, path: Path, oldest: int) -> None:
    if pragma(connection, "application_id") != STORE.application_id:
        if is_empty(path):
            raise StoreError(f"{path}: the file is empty. Name a store that `lhs-nlp batch` has made.")
        raise StoreError(f"{path}: it is a database, but not a store of results. Name another file.")
    version = pragma(connection, "user_version")
    if version > VERSION:
        raise StoreError(f"{path}: it was made by a newer version of lhs-nlp; update lhs-nlp to read it.")
    if version < oldest:
        raise StoreError(f"{path}: it was made by an older version of lhs-nlp; `lhs-nlp batch` brings it up to date.")


def _patiently(change: Callable[[], object]) -> None:
    """Try again while the database is locked: the change of journal does not wait by itself."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            change()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
