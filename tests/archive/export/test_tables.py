from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

from lhs_nlp.archive import Store
from lhs_nlp.archive.export import TableName, frames, table_of
from lhs_nlp.archive.export.tables import Row
from lhs_nlp.documents import read_bytes
from tests.archive.examples import store_of, varied_store
from tests.archive.filling import EQUITY, NOTHING, SAFETY, VALUE, begin, fill, small_store
from tests.report import examples
from tests.toy import toy_tagger

TEXTS = {"c.txt": f"{SAFETY}\n\n{VALUE}", "a.txt": EQUITY, "b.txt": NOTHING}

TABLES: tuple[TableName, ...] = get_args(TableName)


def rows(path: Path, name: TableName) -> list[Row]:
    with Store(path, read_only=True) as store:
        return list(table_of(store, store.tagging(), name).rows)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return small_store(tmp_path / "s.sqlite", TEXTS, {"c.txt": {"year": "2020"}})


def test_document_has_one_row_with_its_verdicts(path: Path) -> None:
    table = rows(path, "documents")
    assert [row["source"] for row in table] == ["a.txt", "b.txt", "c.txt"]
    assert [(row["safety_verdict"], row["value_verdict"]) for row in table] == [
        ("not_claimed", "not_claimed"),
        ("not_claimed", "not_claimed"),
        ("claimed", "claimed"),
    ]
    last = table[-1]
    assert (last["safety_n_anticipated"], last["safety_n_context"]) == (1, 0)
    assert last["safety_concepts"] == ("harm_prevention",)
    assert SAFETY in last["safety_quotation"]
    assert last["stakeholders"] == ("patients_families",)
    assert last["metadata_year"] == "2020"
    assert "metadata_year" not in table[0]
    assert (last["model"], last["framework"]) == ("toy-1", "lhs-benefits")


def test_row_of_a_document_says_what_its_summary_says(tmp_path: Path) -> None:
    (row,) = rows(store_of(tmp_path / "s.sqlite", [examples.proposal()]), "documents")
    summary = examples.proposal()
    assert (row["title"], row["pages"], row["words"]) == (summary.document.title, 4, summary.document.words)
    assert row["passages"] == len(summary.passages)
    assert row["summary"] == summary.text
    for benefit in summary.benefits:
        assert row[f"{benefit.benefit}_verdict"] == benefit.verdict
        assert row[f"{benefit.benefit}_confidence"] == pytest.approx(benefit.confidence, abs=1e-4)
        if benefit.evidence:
            best = benefit.evidence[0].passage
            assert row[f"{benefit.benefit}_quotation"] == best.text
            assert row[f"{benefit.benefit}_quotation_page"] == best.page


def test_every_value_has_a_column_and_joins_by_the_document(tmp_path: Path) -> None:
    path = varied_store(tmp_path / "s.sqlite")
    with Store(path, read_only=True) as store:
        tables = {name: table_of(store, store.tagging(), name) for name in TABLES}
        found = {name: list(table.rows) for name, table in tables.items()}
    known = {row["document_id"] for row in found["documents"]}
    for name, table in tables.items():
        assert {key for row in found[name] for key in row} <= {column.name for column in table.columns}
        assert {row["document_id"] for row in found[name]} <= known
    assert len(known) == 4


def test_passage_has_one_row_with_every_claim_probability(path: Path) -> None:
    with Store(path, read_only=True) as store:
        stored = list(store.summaries(store.tagging()))
    expected = [(each, passage) for each in stored for passage in each.summary.passages]
    table = rows(path, "passages")
    assert [(row["source"], row["position"], row["text"]) for row in table] == [
        (each.sources[0].name, passage.index, passage.text) for each, passage in expected
    ]
    for row, (each, passage) in zip(table, expected, strict=True):
        claims = [row[f"{benefit}_claim_probability"] for benefit in each.summary.framework.benefit_ids]
        assert claims == pytest.approx(each.claims[passage.index].tolist(), abs=1e-4)
    assert table[0]["equity_status"] == "context"
    assert "safety_status" not in table[0]


def test_finding_has_one_row_and_unsure_quotations_are_told_apart(tmp_path: Path) -> None:
    table = rows(store_of(tmp_path / "s.sqlite", [examples.proposal()]), "findings")
    findings = examples.proposal().findings
    present = [row for row in table if row["present"]]
    assert [(row["position"], row["benefit"], row["status"], row["claimed"]) for row in present] == [
        (finding.passage.index, finding.benefit, finding.status, finding.claimed) for finding in findings
    ]
    assert present[0]["p_context"] == pytest.approx(findings[0].status_probabilities["context"], abs=1e-4)
    (unsure,) = rows(store_of(tmp_path / "u.sqlite", [examples.unsure_evidence()]), "findings")
    assert (unsure["present"], unsure["quotation_rank"]) == (False, 1)


def test_document_that_is_no_longer_anywhere_is_left_out(path: Path) -> None:
    with Store(path) as store:
        run, tagging = begin(store, toy_tagger())
        fill(store, read_bytes(NOTHING.encode(), name="c.txt"), toy_tagger(), tagging, run)
    assert {row["source"] for row in rows(path, "findings")} == {"a.txt"}
    assert [(row["source"], row["places"]) for row in rows(path, "documents")] == [("a.txt", 1), ("b.txt", 2)]


def test_rows_are_of_one_moment_while_a_run_adds_more(path: Path) -> None:
    with Store(path, read_only=True) as reader, Store(path) as writer:
        table = table_of(reader, reader.tagging())
        first = next(table.rows)
        run, tagging = begin(writer, toy_tagger())
        fill(writer, read_bytes(VALUE.encode(), name="z.txt"), toy_tagger(), tagging, run)
        assert [first["source"], *(row["source"] for row in table.rows)] == ["a.txt", "b.txt", "c.txt"]
        assert [row["source"] for row in table_of(reader, reader.tagging()).rows][-1] == "z.txt"


def test_results_of_another_model_are_kept_out(path: Path) -> None:
    with Store(path) as store:
        tagger = toy_tagger()
        run, tagging = store.begin_run(model="other-2", model_sha256="f" * 64, framework=tagger.framework)
        fill(store, read_bytes(NOTHING.encode(), name="b.txt"), tagger, tagging, run)
        assert [row["source"] for row in table_of(store, store.tagging("other-2")).rows] == ["b.txt"]
        assert len(list(table_of(store, store.tagging("toy-1")).rows)) == 3


def test_metadata_of_all_places_are_one_row(tmp_path: Path) -> None:
    path = small_store(
        tmp_path / "s.sqlite",
        {"b.txt": SAFETY, "a.txt": SAFETY},
        {"a.txt": {"year": "2020"}, "b.txt": {"year": "1999", "funder": "X"}},
    )
    (row,) = rows(path, "documents")
    assert (row["metadata_year"], row["metadata_funder"], row["places"]) == ("2020", "X", 2)


@pytest.mark.parametrize("name", TABLES)
def test_frames_have_the_same_columns_and_types_however_they_are_cut(tmp_path: Path, name: TableName) -> None:
    path = varied_store(tmp_path / "s.sqlite")
    with Store(path, read_only=True) as store:
        (whole,) = frames(store, store.tagging(), name)
        pieces = list(frames(store, store.tagging(), name, rows=2))
    assert all(len(piece) <= 2 for piece in pieces)
    assert all(piece.dtypes.equals(whole.dtypes) for piece in pieces)
    pd.testing.assert_frame_equal(pd.concat(pieces, ignore_index=True), whole)


def test_frame_has_types_and_missing_values_of_its_own(path: Path) -> None:
    with Store(path, read_only=True) as store:
        (frame,) = frames(store, store.tagging())
    assert frame["pages"].dtype == "Int64"
    assert frame["pages"].isna().all()
    assert str(frame["tagged_at"].dtype) == "datetime64[us, UTC]"
    assert frame["metadata_year"].isna().tolist() == [True, True, False]


def test_store_of_no_documents_gives_one_frame_without_rows(path: Path) -> None:
    with Store(path) as store:
        store.connection.execute("DELETE FROM sources")
        (frame,) = frames(store, store.tagging(), "findings")
    assert len(frame) == 0
    assert "benefit" in frame


def test_file_names_and_metadata_in_any_encoding_are_kept(tmp_path: Path) -> None:
    summary = examples.proposal()
    document = replace(summary.document, source="caf\udce9.txt")
    path = store_of(tmp_path / "s.sqlite", [replace(summary, document=document)], {"caf\udce9.txt": {"k\udce9y": "v"}})
    (row,) = rows(path, "documents")
    assert row["source"] == "caf\\udce9.txt"
    assert row["metadata_k\\udce9y"] == "v"
