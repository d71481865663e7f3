"""Where documents are, and which places could not be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from lhs_nlp.archive import Source, Store, table_of
from lhs_nlp.documents import read_bytes
from tests.archive.filling import SAFETY, VALUE, begin, fill, small_store
from tests.toy import toy_tagger


def test_same_document_is_stored_once_with_all_its_sources(path: Path) -> None:
    small_store(path, {"b.txt": SAFETY, "a.txt": SAFETY}, {"a.txt": {"year": "2020"}, "b.txt": {"funder": "X"}})
    with Store(path, read_only=True) as store:
        (stored,) = store.summaries(store.tagging())
        assert [source.name for source in stored.sources] == ["a.txt", "b.txt"]
        assert stored.summary.document.source == "a.txt"
        assert stored.metadata == {"year": "2020", "funder": "X"}
        assert store.count(store.tagging()) == 1


def test_of_a_table_that_was_corrected_under_another_name_the_corrections_count(path: Path) -> None:
    small_store(path, {"a.csv#1": SAFETY}, {"a.csv#1": {"year": "2018", "funder": "X"}})
    small_store(path, {"b.csv#1": SAFETY}, {"b.csv#1": {"year": "2019"}})
    with Store(path, read_only=True) as store:
        (stored,) = store.summaries(store.tagging())
        (row,) = table_of(store, store.tagging()).rows
    assert stored.metadata == {"year": "2019", "funder": "X"}
    assert (row["metadata_year"], row["metadata_funder"]) == ("2019", "X")


def test_changed_file_moves_its_place_and_its_old_document_is_history(path: Path) -> None:
    small_store(path, {"a.txt": SAFETY})
    small_store(path, {"a.txt": VALUE})
    with Store(path, read_only=True) as store:
        tagging = store.tagging()
        assert [VALUE in each.summary.document.text for each in store.summaries(tagging)] == [True]
        assert store.count(tagging) == 1
        everything = list(store.summaries(tagging, history=True))
    assert sorted(len(each.sources) for each in everything) == [0, 1]


def test_failure_ends_when_its_place_is_read(path: Path) -> None:
    with Store(path) as store:
        run, tagging = begin(store, toy_tagger())
        store.add_failure("a.txt", "timeout", "Took too long.", run)
        store.add_failure("b.pdf", "encrypted", "Remove the password.", run, sha256="a" * 64)
        assert [each.reason for each in store.failures()] == ["timeout", "encrypted"]
        fill(store, read_bytes(SAFETY.encode(), name="a.txt"), toy_tagger(), tagging, run)
        assert [each.source for each in store.failures()] == ["b.pdf"]


def test_place_keeps_its_document_when_it_cannot_be_reached_and_loses_it_when_it_changed(path: Path) -> None:
    small_store(path, {"a.txt": SAFETY, "b.txt": SAFETY, "c.txt": SAFETY, "t.csv#1": SAFETY})
    with Store(path) as store:
        run, tagging = begin(store, toy_tagger())
        assert store.add_failure("t.csv#1", "empty", "The row was blanked.", run)
        assert not store.add_failure("a.txt", "not_found", "The drive is gone.", run)
        assert store.add_failure("b.txt", "malformed", "Now it is broken.", run, sha256="b" * 64)
        assert store.add_failure("c.txt", "too_large", "It grew.", run)
        assert not store.add_failure("d.txt", "too_large", "It was never read.", run)
        (stored,) = store.summaries(tagging)
    assert [source.name for source in stored.sources] == ["a.txt"]


@pytest.mark.parametrize("reason", ["not_found", "timeout", "crashed", "out_of_memory"])
@pytest.mark.parametrize("is_known", [True, False])
def test_place_keeps_its_document_when_the_failure_may_pass(path: Path, reason: str, is_known: bool) -> None:
    small_store(path, {"a.txt": SAFETY})
    digest = read_bytes(SAFETY.encode(), name="a.txt").sha256
    with Store(path) as store:
        run, tagging = begin(store, toy_tagger())
        assert not store.add_failure("a.txt", reason, "A sentence.", run, digest if is_known else None)
        assert store.count(tagging) == 1


def test_failure_of_an_earlier_run_can_be_ended(path: Path) -> None:
    with Store(path) as store:
        first, _ = begin(store, toy_tagger())
        for name in ("a.txt", "b.txt", "c.txt"):
            store.add_failure(name, "timeout", "Took too long.", first)
        second, _ = begin(store, toy_tagger())
        store.add_failure("b.txt", "timeout", "Took too long.", second)
        store.end_failures(["a.txt", "b.txt"], second)
        assert [each.source for each in store.failures()] == ["b.txt", "c.txt"]


def test_known_place_is_not_written_again(path: Path) -> None:
    small_store(path, {"a.txt": SAFETY}, {"a.txt": {"year": "2020"}})
    digest = read_bytes(SAFETY.encode(), name="a.txt").sha256
    with Store(path) as store:
        run, tagging = begin(store, toy_tagger())
        store.add_source(digest, Source("a.txt", {"year": "2020"}), run)
        store.add_source(digest, Source("z.txt", {"year": "2021"}), run)
        rows = store.connection.execute("SELECT name, run_id FROM sources ORDER BY name").fetchall()
        assert [tuple(row) for row in rows] == [("a.txt", 1), ("z.txt", 2)]
        store.add_source(digest, Source("a.txt", {"year": "2022"}), run)
        (stored,) = store.summaries(tagging)
        assert stored.metadata == {"year": "2022"}
