from __future__ import annotations

import re
import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

from lhs_nlp.archive.errors import StoreError
from lhs_nlp.archive.store import Store
from lhs_nlp.archive.store.connection import VERSION
from lhs_nlp.corrections import ACTIONS
from tests.archive.filling import SAFETY, small_store
from tests.databases import connected


def schema_of(path: Path) -> list[tuple[str, str]]:
    with connected(path) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Make a store as it was before there were decisions."""
    path = small_store(tmp_path / "old.sqlite", {"a.txt": SAFETY})
    with connected(path) as connection:
        connection.execute("DROP TABLE decisions")
        connection.execute("PRAGMA user_version = 1")
    return path


def test_store_of_the_first_version_is_brought_up_to_date_with_its_results(old: Path, tmp_path: Path) -> None:
    new = small_store(tmp_path / "new.sqlite", {"a.txt": SAFETY})
    with Store(old) as store:
        assert store.count(store.tagging()) == 1
        assert store.connection.execute("PRAGMA user_version").fetchone()[0] == VERSION
    assert schema_of(old) == schema_of(new)


def test_store_of_the_first_version_can_be_read_as_it_is(old: Path) -> None:
    before = schema_of(old)
    with Store(old, read_only=True) as store:
        assert store.count(store.tagging()) == 1
    assert schema_of(old) == before


def test_store_of_a_newer_version_is_refused_whoever_reads_it(old: Path) -> None:
    with connected(old) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    for read_only in (True, False):
        with pytest.raises(StoreError, match="newer version"):
            Store(old, read_only=read_only)


def test_every_column_of_decisions_is_described() -> None:
    schema = files("lhs_nlp.archive.store").joinpath("decisions.sql").read_text(encoding="utf-8")
    columns = re.findall(r"^    [a-z]\w* .*", schema, re.MULTILINE)
    assert columns
    described = [column for column in columns if "--" in column or column.startswith("    action")]
    assert described == columns
    for action in ACTIONS:
        assert f"'{action}'" in schema


def test_decision_on_a_passage_that_is_not_there_cannot_be_stored(tmp_path: Path) -> None:
    path = small_store(tmp_path / "s.sqlite", {"a.txt": SAFETY})
    with Store(path) as store, pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        store.connection.execute(
            "INSERT INTO decisions "
            "(summary_id, document_id, reviewer, role, blind, action, position, benefit, decided_at) "
            "VALUES (1, 1, 'ann', 'review', 0, 'reject', 99, 'safety', '2026-01-01T00:00:00Z')"
        )
