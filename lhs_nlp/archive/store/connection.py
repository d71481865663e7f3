"""Open a store's database: created or migrated when that is needed, refused when it is something else."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from lhs_nlp.archive.errors import StoreError

APPLICATION_ID = 0x4C48534E
"""``LHSN``: what tells a store from any other SQLite database."""

FIRST = 1
"""Version of the schema in `schema.sql`; what came later only added tables, so that readers need no more."""

VERSION = 2
"""Version of the schema with all of `MIGRATIONS`."""

MIGRATIONS: Mapping[int, str] = {1: "decisions.sql"}
"""Version to the file of SQL that turns it into the next one."""

BUSY_SECONDS = 60.0
"""How long a writer waits for another run's transaction."""

_MENDS = {
    sqlite3.SQLITE_FULL: "the disk is full. What was stored is safe: free some space, and give the same command again",
    sqlite3.SQLITE_IOERR: "reading or writing failed (is the disk full, or a network drive gone?). "
    "Mend that, and give the same command again",
    sqlite3.SQLITE_BUSY: "another program keeps it locked. Wait for it to end, and give the same command again",
    sqlite3.SQLITE_READONLY: "it cannot be written. Change its permissions, or name another file",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened. See that its folder exists and can be written",
    sqlite3.SQLITE_CORRUPT: "it is damaged. Restore a copy, or tag into a new store",
    sqlite3.SQLITE_NOTADB: "it is not a store of results. Name another file",
}


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into a StoreError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        # The extended code holds the primary one in its lowest byte.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        raise StoreError(f"{path}: {_MENDS.get(code, f'the store failed ({error})')}.") from error


def connect(path: Path, *, create: bool = True, read_only: bool = False) -> sqlite3.Connection:
    """Open a store.

    Parameters
    ----------
    path
        The database.
    create
        Make the store when there is none.
    read_only
        Open it for reading alone, also from where nothing can be written.

    Raises
    ------
    StoreError
        It cannot be opened, is not a store, or was made by a newer version.
    """
    if not path.exists() and (read_only or not create):
        raise StoreError(f"{path}: there is no such store; `lhs-nlp batch` makes one.")
    with sentences(path):
        connection = _open(path, read_only=read_only)
        try:
            if not read_only:
                _prepare(connection, path)
            _check(connection, path, oldest=FIRST if read_only else VERSION)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """Write all or nothing; other writers wait for their turn."""
    with sentences(path):
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            # A full disk has already rolled back.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def migrate(connection: sqlite3.Connection, migrations: Mapping[int, str], version: int) -> None:
    """Bring a store's schema to `version`, step by step, inside the caller's transaction."""
    at = _pragma(connection, "user_version")
    while at < version:
        run_script(connection, migrations[at])
        at += 1
        connection.execute(f"PRAGMA user_version = {at}")


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run statements one by one: `executescript` would end the transaction first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def _open(path: Path, *, read_only: bool) -> sqlite3.Connection:
    mode = "rwc"
    if read_only:
        # Even to read, the log needs a folder that can be written; without one nobody else can be writing either.
        mode = "rw" if os.access(path.absolute().parent, os.W_OK) else "ro&immutable=1"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make a new store, or bring an old one up to date; two runs that do so at once take turns."""
    if _pragma(connection, "application_id") != APPLICATION_ID and not _is_blank(connection):
        return  # another program's: to be left as it is
    _patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"))
    # A power cut may undo the last documents, which the next run tags again; it never tears one.
    connection.execute("PRAGMA synchronous = NORMAL")
    if _pragma(connection, "user_version") == VERSION:
        return
    with transaction(connection, path):
        if _is_blank(connection):
            run_script(connection, _sql("schema.sql"))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {FIRST}")
        if _pragma(connection, "application_id") == APPLICATION_ID:
            migrate(connection, {version: _sql(name) for version, name in MIGRATIONS.items()}, VERSION)


def _sql(name: str) -> str:
    return files("lhs_nlp.archive.store").joinpath(name).read_text(encoding="utf-8")


def _check(connection: sqlite3.Connection, path: Path, oldest: int) -> None:
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise StoreError(f"{path}: it is a database, but not a store of results. Name another file.")
    version = _pragma(connection, "user_version")
    if version > VERSION:
        raise StoreError(f"{path}: it was made by a newer version of lhs-nlp; update lhs-nlp to read it.")
    if version < oldest:
        raise StoreError(f"{path}: it was made by an older version of lhs-nlp; `lhs-nlp batch` brings it up to date.")


def _is_blank(connection: sqlite3.Connection) -> bool:
    return not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


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
