from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from lhs_nlp.archive import Store
from lhs_nlp.archive.errors import StoreError
from lhs_nlp.database import migrate, run_script
from lhs_nlp.documents import read_bytes
from tests.archive.filling import SAFETY, VALUE, begin, fill, small_store
from tests.toy import toy_tagger


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        yield opened


@pytest.fixture
def unwritable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of a store in a folder that cannot be written, as far as who opens it for reading knows."""
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    return small_store(tmp_path / "s.sqlite", {"a.txt": SAFETY})


def documents(path: Path) -> int:
    with Store(path, read_only=True) as store:
        return store.count(store.tagging())


def test_store_in_a_folder_that_cannot_be_written_is_read_and_nothing_is_put_beside_it(unwritable: Path) -> None:
    assert documents(unwritable) == 1
    assert list(unwritable.parent.iterdir()) == [unwritable]
    Path(f"{unwritable}-wal").touch()
    Path(f"{unwritable}-shm").symlink_to("nowhere")
    assert documents(unwritable) == 1


def test_what_a_run_is_writing_is_read_along_in_a_folder_that_cannot_be_written(unwritable: Path) -> None:
    with Store(unwritable) as store:
        run, tagging = begin(store, toy_tagger())
        fill(store, read_bytes(VALUE.encode(), name="b.txt"), toy_tagger(), tagging, run)
        assert Path(f"{unwritable}-wal").stat().st_size
        assert documents(unwritable) == 2


def test_log_that_cannot_be_read_along_is_not_passed_over(unwritable: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    with Store(unwritable) as store:
        begin(store, toy_tagger())
        for end in ("", "-wal"):
            shutil.copy(f"{unwritable}{end}", f"{copy}{end}")
    Path(f"{copy}-shm").symlink_to("nowhere")  # as where it is not there, and cannot be made
    with pytest.raises(
        StoreError, match=r"newest results are in the file copy\.sqlite-wal beside it.*run that writes it"
    ):
        Store(copy, read_only=True)


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
