from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from lhs_nlp.archive import Store
from lhs_nlp.archive.errors import StoreError
from lhs_nlp.database import migrate, run_script


@pytest.fixture
def connection() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_old_store_is_brought_up_to_date_step_by_step(connection: sqlite3.Connection) -> None:
    steps = {0: "CREATE TABLE a (x TEXT) STRICT;", 1: "ALTER TABLE a ADD COLUMN y TEXT;"}
    migrate(connection, steps, 2)
    assert version(connection) == 2
    connection.execute("INSERT INTO a (x, y) VALUES ('1', '2')")
    migrate(connection, {}, 2)
    assert version(connection) == 2


def test_migration_that_fails_leaves_the_old_version(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, {0: "CREATE TABLE a (x TEXT);\nCREATE TABLE a (x TEXT);"}, 1)
    connection.execute("ROLLBACK")
    assert version(connection) == 0
    assert connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0


def test_script_with_comments_runs_inside_the_transaction(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    run_script(connection, "-- one; two\nCREATE TABLE a (\n  x TEXT -- a comment; with a semicolon\n);\n-- the end\n")
    assert connection.in_transaction
    connection.execute("ROLLBACK")
    assert connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0


@pytest.mark.parametrize(("version", "sentence"), [(0, "the file is empty"), (99, "not a store of results")])
def test_empty_database_is_made_a_store_only_by_who_may_make_one(tmp_path: Path, version: int, sentence: str) -> None:
    path = tmp_path / "empty.sqlite"
    path.touch()
    if version:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=sentence):
        Store(path, create=False)
    assert path.read_bytes() == before
