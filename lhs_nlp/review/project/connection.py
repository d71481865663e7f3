"""Open a project's database: created when that is asked for, refused when it is something else."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from lhs_nlp.database import BUSY_SECONDS, DatabaseKind, is_blank, is_empty, migrate, pragma, run_script
from lhs_nlp.errors import ReviewError
from lhs_nlp.review.project.rereading import reread

DATABASE = "review.sqlite"
"""The database in the folder of a project."""

VERSION = 6
"""Version of the schema in `schema.sql`."""

READ_BETTER = 6
"""Records of projects before this version are read anew from their fields; raised when that would change them."""

MIGRATIONS: Mapping[int, str] = {
    1: """
        ALTER TABLE decisions ADD COLUMN role TEXT NOT NULL DEFAULT 'screen' CHECK (role IN ('screen', 'adjudicate'));
        CREATE TABLE rule (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            screeners INTEGER NOT NULL CHECK (screeners >= 1),
            conflicts TEXT NOT NULL CHECK (conflicts IN ('adjudicate', 'include')),
            made_by TEXT,
            made_at TEXT
        ) STRICT;
        INSERT INTO rule VALUES (1, 1, 'adjudicate', NULL, NULL);
    """,
    2: """
        CREATE TABLE IF NOT EXISTS full_texts (
            id INTEGER PRIMARY KEY,
            record_id INTEGER NOT NULL REFERENCES records,
            sha256 TEXT NOT NULL,
            path TEXT NOT NULL,
            matched_by TEXT NOT NULL,
            attached_by TEXT NOT NULL,
            attached_at TEXT NOT NULL,
            undone_by TEXT,
            undone_at TEXT
        ) STRICT;
    """,
    # Duplicates are worked out again, of records that are read anew.
    **dict.fromkeys((3, 4, 5), "UPDATE worked_out SET records = 0, judgements = 0;"),
}
"""Version to the SQL that turns it into the next one."""

PROJECT = DatabaseKind(
    application_id=0x4C485352,  # LHSR
    noun="project",
    error=ReviewError,
    mends={
        sqlite3.SQLITE_CORRUPT: "it is damaged. Restore a copy of the project",
        sqlite3.SQLITE_NOTADB: "it is no database. Name another project",
    },
)
transaction, translated_errors = PROJECT.transaction, PROJECT.translated_errors


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
    with translated_errors(path):
        connection = _open(path)
        try:
            _refuse_other_than_blank(connection, folder)  # before anything of it is changed
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
    with translated_errors(path):
        connection = _open(path)
        try:
            _check(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def key(number: int) -> int | None:
    """Return the number of a row; one that SQLite cannot hold is no row's, and NULL."""
    return number if -(2**63) <= number < 2**63 else None


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _refuse_other_than_blank(connection: sqlite3.Connection, folder: Path) -> None:
    # What a killed `init` left behind is blank.
    if not is_blank(connection):
        raise ReviewError(f"{folder}: there is a project already; add files to it with `lhs-nlp review add {folder}`.")


def _fill(connection: sqlite3.Connection, folder: Path) -> None:
    _refuse_other_than_blank(connection, folder)  # once more: another process may have filled it since
    run_script(connection, files("lhs_nlp.review.project").joinpath("schema.sql").read_text(encoding="utf-8"))
    connection.execute(f"PRAGMA application_id = {PROJECT.application_id}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if pragma(connection, "application_id") != PROJECT.application_id:
        if is_empty(path):
            raise ReviewError(f"{path}: the file is empty. `lhs-nlp review init {path.parent}` makes a project of it.")
        raise ReviewError(f"{path}: it is a database, but not of a review project. Name another folder.")
    version = pragma(connection, "user_version")
    if version > VERSION:
        raise ReviewError(f"{path}: it was made by a newer version of lhs-nlp; update lhs-nlp to read it.")
    if version < VERSION:
        with transaction(connection, path):
            # Another process may have done it since.
            before = pragma(connection, "user_version")
            migrate(connection, MIGRATIONS, VERSION)
            if before < READ_BETTER:
                reread(connection)
