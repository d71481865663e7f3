"""Results of documents: rebuilt as they were, kept apart by model, open to SQL."""

from __future__ import annotations

import re
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


def test_run_that_was_killed_has_no_end(path: Path) -> None:
    small_store(path, {"a.txt": SAFETY})
    with Store(path) as store:
        begin(store, toy_tagger())
        first, second = store.runs()
    assert (first.outcome, first.tagged, first.failed) == ("finished", 1, 0)
    assert (second.outcome, second.finished_at, second.tagged) == (None, None, None)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", second.started_at)


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


def test_every_table_and_column_is_described() -> None:
    schema = files("lhs_nlp.archive.store").joinpath("schema.sql").read_text(encoding="utf-8")
    tables = re.findall(r"((?:^--[^\n]*\n)+)CREATE TABLE \w+ \(\n(.*?)^\) STRICT;", schema, re.MULTILINE | re.DOTALL)
    assert len(tables) == schema.count("CREATE TABLE")
    for _, body in tables:
        columns = re.findall(r"^    [a-z]\w* .*", body, re.MULTILINE)
        assert [column for column in columns if "--" not in column] == []
    for reason in REASONS:
        assert reason in schema
