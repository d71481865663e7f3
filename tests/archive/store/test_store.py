from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lhs_nlp.archive import REASONS, Source, Store, StoreError
from lhs_nlp.archive.store import claims_of
from lhs_nlp.documents import read_bytes
from lhs_nlp.framework import default_framework
from lhs_nlp.passages import split_document
from lhs_nlp.summary import DocumentSummary, summarise
from tests.archive.filling import EQUITY, NOTHING, SAFETY, VALUE, begin, fill, other_model, small_store, tag
from tests.report.examples import SUMMARIES
from tests.toy import toy_tagger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "results.sqlite"


@pytest.mark.parametrize("example", SUMMARIES)
def test_summary_is_rebuilt_as_it_was(path: Path, example: Callable[[], DocumentSummary]) -> None:
    summary = example()
    claims = np.linspace(0, 1, len(summary.passages) * len(summary.benefits), dtype=np.float32)
    claims = claims.reshape(len(summary.passages), len(summary.benefits))
    with Store(path) as store:
        run, tagging = store.begin_run(
            model=summary.model_id, model_sha256=summary.model_sha256, framework=summary.framework
        )
        assert store.add(summary, claims, [Source(summary.document.source)], tagging, run)
    with Store(path, read_only=True) as store:
        (stored,) = store.summaries(store.tagging())
    assert stored.summary == summary
    assert stored.claims.tolist() == claims.tolist()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sentences=st.lists(
        st.one_of(st.sampled_from([SAFETY, VALUE, EQUITY, NOTHING]), st.text(min_size=1, max_size=80)), max_size=6
    )
)
def test_any_text_is_rebuilt_as_it_was(tmp_path: Path, sentences: list[str]) -> None:
    tagger = toy_tagger()
    (summary,) = tagger.tag_texts(["\n\n".join([NOTHING, *sentences])])
    with Store(tmp_path / "any.sqlite") as store:
        run, tagging = begin(store, tagger)
        fill(store, summary.document, tagger, tagging, run)
        stored = store.summary(summary.document.sha256, tagging)
    assert stored is not None
    # The same text may have been stored by an earlier example, under an earlier name.
    assert replace(stored.summary, document=summary.document) == summary
    assert replace(stored.summary.document, source=summary.document.source) == summary.document


def test_document_is_rebuilt_with_its_passages(path: Path) -> None:
    document = read_bytes(f"# Aims\n\n{SAFETY}\n\n{VALUE}".encode(), name="a.md")
    summary, _ = tag(toy_tagger(), document)
    small_store(path, {"a.md": f"# Aims\n\n{SAFETY}\n\n{VALUE}"})
    with Store(path, read_only=True) as store:
        assert store.document(document.sha256, source="a.md") == (document, summary.passages)
        assert store.document("0" * 64) is None


def test_same_document_is_stored_once_with_all_its_sources(path: Path) -> None:
    small_store(path, {"b.txt": SAFETY, "a.txt": SAFETY}, {"a.txt": {"year": "2020"}, "b.txt": {"funder": "X"}})
    with Store(path, read_only=True) as store:
        (stored,) = store.summaries(store.tagging())
        assert [source.name for source in stored.sources] == ["a.txt", "b.txt"]
        assert stored.summary.document.source == "a.txt"
        assert stored.metadata == {"year": "2020", "funder": "X"}
        assert store.count(store.tagging()) == 1


def test_summaries_come_in_the_order_of_their_sources(path: Path) -> None:
    small_store(path, {"c.txt": SAFETY, "a.txt": VALUE, "b.txt": EQUITY})
    with Store(path, read_only=True) as store:
        assert [each.summary.document.source for each in store.summaries(store.tagging())] == [
            "a.txt",
            "b.txt",
            "c.txt",
        ]


def test_result_that_is_there_stays_as_it_is(path: Path) -> None:
    small_store(path, {"a.txt": SAFETY})
    summary, _ = tag(toy_tagger(), read_bytes(SAFETY.encode(), name="a.txt"))
    with Store(path) as store:
        run, tagging = begin(store, toy_tagger())
        assert not store.add(replace(summary, text="Other."), np.zeros((1, 6)), [Source("a.txt")], tagging, run)
        stored = store.summary(summary.document.sha256, tagging)
    assert stored is not None
    assert stored.summary == summary


def test_changed_file_moves_its_place_and_its_old_document_is_history(path: Path) -> None:
    small_store(path, {"a.txt": SAFETY})
    small_store(path, {"a.txt": VALUE})
    with Store(path, read_only=True) as store:
        tagging = store.tagging()
        assert [VALUE in each.summary.document.text for each in store.summaries(tagging)] == [True]
        assert store.count(tagging) == 1
        everything = list(store.summaries(tagging, history=True))
    assert sorted(len(each.sources) for each in everything) == [0, 1]


def test_results_of_two_models_are_kept_apart(path: Path) -> None:
    first, second = toy_tagger(), toy_tagger()
    second.classifier.bundle = replace(second.classifier.bundle, id="toy-2", sha256="1" * 64)
    for tagger in (first, second):
        small_store(path, {"a.txt": SAFETY}, tagger=tagger)
    with Store(path, read_only=True) as store:
        assert [each.model for each in store.taggings()] == ["toy-1", "toy-2"]
        assert store.tagging().model == "toy-2"
        assert store.tagging("toy-1").model_sha256 == "0" * 64
        assert store.tagging("1111").model == "toy-2"
        assert store.tagging(framework=default_framework().id).framework == default_framework()
        (stored,) = store.summaries(store.tagging("toy-1"))
    assert stored.summary.model_id == "toy-1"


def test_result_on_other_passages_than_those_stored_is_refused(path: Path) -> None:
    small_store(path, {"a.txt": f"{SAFETY}\n\n{VALUE}"})
    tagger = other_model()
    document = read_bytes(f"{SAFETY}\n\n{VALUE}".encode(), name="a.txt")
    (whole,) = split_document(read_bytes(f"{SAFETY} {VALUE}".encode(), name="a.txt"))
    findings = tagger.classifier.find([whole])
    summary = summarise(document, [whole], findings, tagger.framework, tagger.classifier.bundle)
    with Store(path) as store:
        run, tagging = begin(store, tagger)
        with pytest.raises(StoreError, match=r"a\.txt was cut into other passages by another version"):
            store.add(summary, claims_of(findings, len(tagger.framework.benefits)), [Source("a.txt")], tagging, run)
        assert not store.is_tagged(document.sha256, tagging)


def test_unknown_model_is_answered_by_those_that_there_are(path: Path) -> None:
    small_store(path, {"a.txt": SAFETY})
    with (
        Store(path, read_only=True) as store,
        pytest.raises(StoreError, match=r"'new'; it holds toy-1 \(000000000000\)"),
    ):
        store.tagging("new")


def test_store_without_results_says_how_to_add_some(path: Path) -> None:
    said = "holds no results yet; `lhs-nlp batch` adds some, `lhs-nlp review tag` those of a review project"
    with Store(path) as store, pytest.raises(StoreError, match=said):
        store.tagging()


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


def test_run_that_was_killed_has_no_end(path: Path) -> None:
    small_store(path, {"a.txt": SAFETY})
    with Store(path) as store:
        begin(store, toy_tagger())
        first, second = store.runs()
    assert (first.outcome, first.tagged, first.failed) == ("finished", 1, 0)
    assert (second.outcome, second.finished_at, second.tagged) == (None, None, None)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", second.started_at)


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


def test_pandas_reads_the_tables(path: Path) -> None:
    small_store(path, {"a.txt": SAFETY, "b.txt": NOTHING})
    with Store(path, read_only=True) as store:
        frame = pd.read_sql_query(
            "SELECT benefit, count(*) AS documents FROM verdicts WHERE verdict = 'claimed' GROUP BY benefit",
            store.connection,
        )
        joined = store.connection.execute(
            "SELECT benefit, passages.text FROM findings JOIN passages USING (document_id, position)"
        ).fetchall()
    assert frame.to_dict("records") == [{"benefit": "safety", "documents": 1}]
    assert [tuple(row) for row in joined if row["benefit"] == "safety"] == [("safety", SAFETY)]


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
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE patients (name TEXT)")
    other.close()
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


@pytest.mark.parametrize("name", ["with space?.sqlite", "100%25#.sqlite", "Zürich.sqlite", "two\nlines.sqlite"])
def test_any_file_name_can_be_a_store(tmp_path: Path, name: str) -> None:
    small_store(tmp_path / name, {"a.txt": SAFETY})
    with Store(tmp_path / name, read_only=True) as store:
        assert store.count(store.tagging()) == 1
    assert [path.name for path in tmp_path.iterdir() if "-" not in path.name] == [name]


def test_reader_sees_what_is_whole_while_another_writes(path: Path) -> None:
    small_store(path, {"a.txt": SAFETY})
    with Store(path) as writer, Store(path, read_only=True) as reader:
        _, tagging = begin(writer, toy_tagger())
        writer.connection.execute("BEGIN IMMEDIATE")
        writer.connection.execute("DELETE FROM sources")
        assert reader.count(tagging) == 1
        writer.connection.execute("ROLLBACK")


def test_every_table_and_column_is_described() -> None:
    schema = files("lhs_nlp.archive.store").joinpath("schema.sql").read_text(encoding="utf-8")
    tables = re.findall(r"((?:^--[^\n]*\n)+)CREATE TABLE \w+ \(\n(.*?)^\) STRICT;", schema, re.MULTILINE | re.DOTALL)
    assert len(tables) == schema.count("CREATE TABLE")
    for _, body in tables:
        columns = re.findall(r"^    [a-z]\w* .*", body, re.MULTILINE)
        assert [column for column in columns if "--" not in column] == []
    for reason in REASONS:
        assert reason in schema
