"""All or nothing, whatever fails and whoever writes at the same time."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lhs_nlp.archive import Source, Store, StoreError
from lhs_nlp.documents import read_bytes
from tests.archive.filling import SAFETY, VALUE, begin, fill, small_store, tag
from tests.toy import toy_tagger


def test_document_is_there_whole_or_not_at_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tagger = toy_tagger()
    with Store(path) as store:
        run, tagging = begin(store, tagger)
        summary, _ = tag(tagger, read_bytes(SAFETY.encode(), name="a.txt"))
        broken = replace(summary, benefits=(replace(summary.benefits[0], verdict="maybe"),))  # type: ignore[arg-type]
        with pytest.raises(StoreError, match="CHECK constraint"):
            store.add(broken, np.zeros((1, 6)), [Source("a.txt")], tagging, run)
        for table in ("documents", "passages", "summaries", "verdicts", "findings", "sources"):
            assert store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0  # noqa: S608
        assert store.add(summary, np.zeros((1, 6)), [Source("a.txt")], tagging, run)


def test_full_disk_is_a_sentence_and_leaves_the_store_whole(path: Path) -> None:
    tagger = toy_tagger()
    small_store(path, {"a.txt": SAFETY})
    with Store(path) as store:
        run, tagging = begin(store, tagger)
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        noise = " ".join(f"word{number}{number * 7919 % 1000}" for number in range(5_000))
        large = read_bytes(noise.encode(), name="large.txt")
        with pytest.raises(StoreError, match=r"disk is full\. What was stored is safe"):
            fill(store, large, tagger, tagging, run)
    with Store(path) as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert [each.summary.document.source for each in store.summaries(tagging)] == ["a.txt"]
        fill(store, large, tagger, tagging, run)
        assert store.count(tagging) == 2


def test_stores_that_are_made_at_once_become_one(path: Path) -> None:
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            small_store(path, {f"{number}-{at}.txt": f"{SAFETY} {number} {at}" for at in range(5)} | {"all.txt": VALUE})
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with Store(path, read_only=True) as store:
        assert store.count(store.tagging()) == 21
        assert len(store.runs()) == 4


def test_reader_sees_what_is_whole_while_another_writes(path: Path) -> None:
    small_store(path, {"a.txt": SAFETY})
    with Store(path) as writer, Store(path, read_only=True) as reader:
        _, tagging = begin(writer, toy_tagger())
        writer.connection.execute("BEGIN IMMEDIATE")
        writer.connection.execute("DELETE FROM sources")
        assert reader.count(tagging) == 1
        writer.connection.execute("ROLLBACK")
