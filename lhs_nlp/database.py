"""SQLite files of ours: what tells one kind from another, transactions, migrations, inserts, failures in sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lhs_nlp.errors import LhsNlpError

BUSY_SECONDS = 60.0
"""How long a writer waits for another one's transaction."""

_MENDS = {
    sqlite3.SQLITE_FULL: "the disk is full. What was stored is safe: free some space, and give the same command again",
    sqlite3.SQLITE_IOERR: "reading or writing failed (is the disk full, or a network drive gone?). "
    "Mend that, and give the same command again",
    sqlite3.SQLITE_BUSY: "another program keeps it locked. Wait for it to end, and give the same command again",
    sqlite3.SQLITE_READONLY: "it cannot be written. Change its permissions, or name another one",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened. See that its folder exists and can be written",
}


@dataclass(frozen=True, slots=True)
class DatabaseKind:
    """One kind of SQLite file.

    Attributes
    ----------
    application_id
        What tells it from other databases (``PRAGMA application_id``).
    noun
        What it is called in sentences, e.g. ``store``.
    error
        What is raised when SQLite fails.
    mends
        Primary code of SQLite to what is wrong and what to do, where this kind says it in its own words.
    """

    application_id: int
    noun: str
    error: type[LhsNlpError]
    mends: Mapping[int, str] = field(default_factory=dict)

    @contextmanager
    def translated_errors(self, path: Path) -> Iterator[None]:
        """Raise SQLite's errors as those of this kind of file, each a sentence that says what to do."""
        try:
            yield
        except sqlite3.Error as error:
            # The extended code holds the primary one in its lowest byte.
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            mend = {**_MENDS, **self.mends}.get(code, f"the {self.noun} failed ({error})")
            raise self.error(f"{path}: {mend}.") from error

    @contextmanager
    def transaction(self, connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
        """Write all or nothing; other writers wait for their turn."""
        with self.translated_errors(path):
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
    """Bring a schema to `version`, step by step, inside the caller's transaction."""
    at = pragma(connection, "user_version")
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


def is_blank(connection: sqlite3.Connection) -> bool:
    """Return whether a database has no tables yet."""
    return not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]


def is_empty(path: Path) -> bool:
    """Return whether a file holds nothing at all, which SQLite takes for a database without tables."""
    return path.stat().st_size == 0


def pragma(connection: sqlite3.Connection, name: str) -> int:
    """Return a setting that is a whole number."""
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def insert(connection: sqlite3.Connection, table: str, values: Mapping[str, object]) -> int:
    """Insert a row and return its id."""
    row = connection.execute(_insert(table, values), values).lastrowid
    assert row is not None  # noqa: S101 - an INSERT has one
    return row


def insert_all(connection: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Insert rows of the same columns."""
    rows = list(rows)
    if rows:
        connection.executemany(_insert(table, rows[0]), rows)


def _insert(table: str, values: Iterable[str]) -> str:
    # Names of tables and columns are the package's own, never data.
    columns = list(values)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(f':{name}' for name in columns)})"  # noqa: S608
