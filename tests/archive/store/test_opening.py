"""What can be opened as a store, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from lhs_nlp.archive import Store, StoreError
from tests.archive.filling import SAFETY, small_store
from tests.databases import connected


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no database at all, but long enough to be taken for one" * 20, "it is not a store of results"),
        (b"", "the file is empty. Name a store that `lhs-nlp batch` has made"),
        (None, "there is no such store; `lhs-nlp batch` makes one"),
    ],
)
def test_what_is_no_store_is_refused(path: Path, content: bytes | None, says: str) -> None:
    if content is not None:
        path.write_bytes(content)
    for options in ({"create": False}, {"read_only": True}):
        with pytest.raises(StoreError, match=says):
            Store(path, **options)
    assert (path.read_bytes() if path.exists() else None) == content


def test_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    with connected(path) as other:
        other.execute("CREATE TABLE patients (name TEXT)")
    before = path.read_bytes()
    for options in ({}, {"read_only": True}):
        with pytest.raises(StoreError, match="not a store of results"):
            Store(path, **options)
    assert path.read_bytes() == before


def test_store_of_a_newer_version_is_refused(path: Path) -> None:
    small_store(path, {"a.txt": SAFETY})
    with Store(path) as store:
        store.connection.execute("PRAGMA user_version = 99")
    for options in ({}, {"read_only": True}):
        with pytest.raises(StoreError, match="newer version of lhs-nlp; update"):
            Store(path, **options)


def test_folder_that_does_not_exist_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="its folder exists"):
        Store(tmp_path / "none" / "results.sqlite")


def test_folder_in_place_of_a_store_is_a_sentence(tmp_path: Path) -> None:
    for options in ({}, {"read_only": True}):
        with pytest.raises(StoreError, match=r"it is a folder. Name the file of results, e.g. .*results.sqlite"):
            Store(tmp_path, **options)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["with space?.sqlite", "100%25#.sqlite", "Zürich.sqlite", "two\nlines.sqlite"])
def test_any_file_name_can_be_a_store(tmp_path: Path, name: str) -> None:
    small_store(tmp_path / name, {"a.txt": SAFETY})
    with Store(tmp_path / name, read_only=True) as store:
        assert store.count(store.tagging()) == 1
    assert [path.name for path in tmp_path.iterdir() if "-" not in path.name] == [name]
