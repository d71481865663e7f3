from __future__ import annotations

from pathlib import Path

import pytest

from lhs_nlp.archive.errors import StoreError
from lhs_nlp.archive.store.search import is_behind
from lhs_nlp.server.library import open_library
from tests.databases import connected


def test_others_can_write_between_the_turns_of_a_search_that_is_prepared(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []

    def write(seconds: float) -> None:
        with connected(store, timeout=0) as connection:
            connection.execute("UPDATE runs SET tagged = 7")
        written.append(1)

    monkeypatch.setattr("lhs_nlp.archive.store.search.TURN", 0.0)
    monkeypatch.setattr("lhs_nlp.server.library.time.sleep", write)
    library = open_library(store)
    library.prepare_search()
    assert len(written) == 2
    with library.reading() as opened:
        assert not is_behind(opened.connection)
        assert opened.connection.execute("SELECT count(*) FROM text_search").fetchone()[0] == 3


def test_another_store_in_the_place_of_the_one_that_was_opened_is_not_taken_for_it(store: Path) -> None:
    library = open_library(store)
    with connected(store) as connection:
        connection.execute("UPDATE models SET sha256 = ?", ("f" * 64,))
    for opened in (library.reading, library.writing):
        with pytest.raises(StoreError, match="another store has taken its place"), opened():
            pass


def test_what_fails_while_the_store_is_open_is_a_sentence(store: Path) -> None:
    library = open_library(store)
    for opened in (library.reading, library.writing):
        with pytest.raises(StoreError, match="no such table: shelves"), opened() as each:
            each.connection.execute("SELECT * FROM shelves")
