from __future__ import annotations

from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from lhs_nlp.archive.store import Store
from lhs_nlp.archive.store.connection import transaction
from lhs_nlp.archive.store.search import catch_up, is_behind, match_expression
from lhs_nlp.documents import read_bytes
from tests.archive.filling import NOTHING, SAFETY, VALUE, begin, fill, small_store
from tests.toy import toy_tagger

WARD = "# Night ward\n\nThe café on the ward stays open, and nurses are waiting for it.\n\n## Thirst\n\nTea is free."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return small_store(tmp_path / "s.sqlite", {"a.txt": SAFETY, "b.txt": VALUE, "c.md": WARD})


def found(path: Path, text: str) -> list[str]:
    with Store(path) as store, transaction(store.connection, store.path) as connection:
        catch_up(connection)
        rows = connection.execute(
            "SELECT sources.name FROM text_search JOIN sources ON document_id = text_search.rowid "
            "WHERE text_search MATCH ? ORDER BY 1",
            (match_expression(text),),
        )
        return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("falls", ["a.txt"]),
        ("older falls", ["a.txt"]),
        ("fall", ["a.txt"]),
        ("admission costs", ["b.txt"]),
        ('"costs of each"', ["b.txt"]),
        ('"each of costs"', []),
        ("wait", ["c.md"]),
        ("cafe", ["c.md"]),
        ("adm", ["b.txt"]),
        ("adm* costs", ["b.txt"]),
        ('"costs of ea*" admission', ["b.txt"]),
        ("“costs of each”", ["b.txt"]),
        ("“each of costs”", []),
        ("„each of costs“", []),
        ("night", ["c.md"]),
        ("thirst", ["c.md"]),
        ('"for it thirst"', ["c.md"]),
        ("falls admission", []),
        ('a" OR "falls', []),
        ("NOT falls*", []),
        ("older\x00falls", ["a.txt"]),
        ('"costs\x00of each"', ["b.txt"]),
        ("fal\x00", []),
        ("a\x00b", ["a.txt", "b.txt"]),
    ],
)
def test_words_find_the_documents_that_hold_all_of_them(path: Path, text: str, names: list[str]) -> None:
    assert found(path, text) == names


def test_what_an_earlier_version_has_indexed_is_indexed_again(path: Path) -> None:
    with Store(path) as store:
        store.connection.execute("CREATE VIRTUAL TABLE document_search USING fts5 (title, text, content = '')")
        assert is_behind(store.connection)
    assert found(path, "thirst") == ["c.md"]
    with Store(path, read_only=True) as store:
        names = [row[0] for row in store.connection.execute("SELECT name FROM sqlite_schema")]
    assert "document_search" not in names


@pytest.mark.parametrize("text", ["", "  ", '"', "- * ()", '""', "\x00", '"\x00"'])
def test_text_without_words_is_no_search(text: str) -> None:
    assert match_expression(text) is None


def test_catching_up_stops_when_its_turn_is_over_and_goes_on_from_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lhs_nlp.archive.store.search.TURN", 0.0)
    assert found(path, "falls") == ["a.txt"]
    assert found(path, "night") == []
    with Store(path, read_only=True) as store:
        assert is_behind(store.connection)
    assert found(path, "night") == ["c.md"]


def test_a_turn_takes_as_many_documents_as_it_has_time_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = count(step=0.3)
    monkeypatch.setattr("lhs_nlp.archive.store.search.time", SimpleNamespace(monotonic=lambda: next(seconds)))
    assert found(path, "admission") == ["b.txt"]
    with Store(path, read_only=True) as store:
        assert is_behind(store.connection)


def test_documents_that_are_added_can_be_searched_after_catching_up(path: Path) -> None:
    assert found(path, "library") == []
    tagger = toy_tagger()
    with Store(path) as store:
        assert not is_behind(store.connection)
        run, tagging = begin(store, tagger)
        fill(store, read_bytes(NOTHING.encode(), name="d.txt"), tagger, tagging, run)
        assert is_behind(store.connection)
    assert found(path, "library") == ["d.txt"]
    assert found(path, "falls") == ["a.txt"]
