"""Open a project's database: created when that is asked for, refused when it is something else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from lhs_nlp.archive.store.connection import BUSY_SECONDS, migrate, run_script
from lhs_nlp.errors import ReviewError

DATABASE = "review.sqlite"
"""The database in the folder of a project."""

APPLICATION_ID = 0x4C485352
"""``LHSR``: what tells a project from any other SQLite database."""

VERSION = 1
"""Version of the schema in `schema.sql`."""

MIGRATIONS: Mapping[int, str] = {}
"""Version to the SQL that turns it into the next one."""

_MENDS = {
    sqlite3.SQLITE_FULL: "the disk is full. What was stored is safe: free some space, and give the same command again",
    sqlite3.SQLITE_BUSY: "another program keeps it locked. Wait for it to end, and give the same command again",
    sqlite3.SQLITE_READONLY: "it cannot be written. Change its permissions, or name another project",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened. See that its folder can be written",
    sqlite3.SQLITE_CORRUPT: "it is damaged. Restore a copy of the project",
    sqlite3.SQLITE_NOTADB: "it is no database. Name another project",
}


def create(folder: Path) -> sqlite3.Connection:
    """Make a project in a folder, which is made when it is not there.

    Raises
    ------
    ReviewError
        There is a project already, or the folder cannot be written.
    """
    path = folder / DATABASE
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReviewError(f"{folder}: the folder cannot be made ({error.strerror}).") from error
    with sentences(path):
        connection = _open(path)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            with transaction(connection, path):
                _fill(connection, folder)
        except BaseException:
            connection.close()
            raise
    return connection


def connect(folder: Path) -> sqlite3.Connection:
    """Open the project of a folder.

    Raises
    ------
    ReviewError
        There is none, or a newer version made it.
    """
    path = folder / DATABASE
    if not path.is_file():
        raise ReviewError(f"{folder}: there is no project; `lhs-nlp review init {folder}` makes one.")
    with sentences(path):
        connection = _open(path)
        try:
            _check(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into a ReviewError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        # The extended code holds the primary one in its lowest byte.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        raise ReviewError(f"{path}: {_MENDS.get(code, f'the project failed ({error})')}.") from error


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


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _fill(connection: sqlite3.Connection, folder: Path) -> None:
    # What a killed `init` left behind is blank.
    if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        raise ReviewError(f"{folder}: there is a project already; add files to it with `lhs-nlp review add {folder}`.")
    run_script(connection, files("lhs_nlp.review").joinpath("schema.sql").read_text(encoding="utf-8"))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise ReviewError(f"{path}: it is a database, but not of a review project. Name another folder.")
    version = _pragma(connection, "user_version")
    if version > VERSION:
        raise ReviewError(f"{path}: it was made by a newer version of lhs-nlp; update lhs-nlp to read it.")
    if version < VERSION:
        with transaction(connection, path):
            migrate(connection, MIGRATIONS, VERSION)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
