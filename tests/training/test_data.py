from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.errors import GoldError, LhsNlpError
from lhs_nlp.framework import default_framework
from tests.training.made import passages, write_authored, write_rows
from training.data import (
    UNSURE_WEIGHT,
    LabelledPassages,
    concatenate,
    fingerprint,
    folds_by_document,
    read_authored,
    read_passages,
    read_shared,
    to_targets,
)

FRAMEWORK = default_framework()
ROW: dict[str, Any] = {"id": "p1", "doc": "d1", "text": "Falls fell.", "labels": {}, "place": "made:1"}


def targets(**more: Any) -> LabelledPassages:  # noqa: ANN401
    return to_targets([ROW | more], FRAMEWORK)


def test_labels_become_columns_in_the_order_of_the_framework(tmp_path: Path) -> None:
    rows = [ROW | {"labels": {"value": "achieved", "safety": "context"}}, ROW | {"id": "p2", "kind": "grant"}]
    read = read_passages(write_rows(tmp_path / "p.jsonl", rows), FRAMEWORK)
    assert (read.ids, read.docs, read.kinds) == (("p1", "p2"), ("d1", "d1"), ("other", "grant"))
    assert read.presence.tolist() == [[0, 1, 0, 0, 0, 1], [0] * 6]
    context, achieved = (FRAMEWORK.status_ids.index(status) for status in ("context", "achieved"))
    assert read.status.tolist() == [[-1, context, -1, -1, -1, achieved], [-1] * 6]


def test_dimension_is_that_of_a_claim_and_of_a_project_when_not_told() -> None:
    ids = [dimension.id for dimension in FRAMEWORK.dimensions]
    assert targets(labels={"safety": "achieved"}).dimension == ids.index("project")
    assert targets(labels={"safety": "achieved"}, dimension="program").dimension == ids.index("program")
    assert targets(labels={"safety": "context"}, dimension="program").dimension == -1


def test_concepts_and_stakeholders_are_unknown_when_not_labelled() -> None:
    claim = {"labels": {"safety": "achieved"}}
    assert (targets(**claim).concepts == -1).all()
    assert (targets(**claim).stakeholders == -1).all()
    told = targets(**claim, concepts={"safety": ["harm_prevention"]}, stakeholders=["clinicians"])
    assert [FRAMEWORK.concept_keys[at] for at in np.flatnonzero(told.concepts[0])] == [("safety", "harm_prevention")]
    assert [FRAMEWORK.stakeholders[at].id for at in np.flatnonzero(told.stakeholders[0])] == ["clinicians"]
    assert (targets(labels={"safety": "context"}, stakeholders=["clinicians"]).stakeholders == -1).all()


def test_passage_whose_labeller_hesitated_weighs_less() -> None:
    assert targets(unsure=True).weight == pytest.approx([UNSURE_WEIGHT])
    assert targets().weight.tolist() == [1]


@pytest.mark.parametrize(
    ("labels", "message"),
    [({"wealth": "achieved"}, "'wealth' is not in the framework"), ({"safety": "hoped"}, "'hoped' is none of")],
)
def test_error_names_file_and_line(tmp_path: Path, labels: dict[str, str], message: str) -> None:
    path = write_rows(tmp_path / "passages.jsonl", [ROW, ROW | {"id": "p2", "labels": labels}])
    with pytest.raises(GoldError, match=rf"passages.jsonl:2: .*{message}"):
        read_passages(path, FRAMEWORK)


def test_error_names_line_that_is_no_json(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "passages.jsonl", [ROW])
    path.write_text(path.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    with pytest.raises(LhsNlpError, match=r"passages.jsonl:2: is not JSON"):
        read_passages(path, FRAMEWORK)


def test_error_names_authored_file_and_passage(tmp_path: Path) -> None:
    path = write_authored(tmp_path) / "authored0.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["passages"][1]["labels"] = {"wealth": "achieved"}
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(GoldError, match=r"authored0.json#1: benefit 'wealth'"):
        read_authored(tmp_path, "train", FRAMEWORK)


def test_authored_documents_are_read_by_split(tmp_path: Path) -> None:
    write_authored(tmp_path, documents=3)
    assert set(read_authored(tmp_path, "train", FRAMEWORK).docs) == {"authored0", "authored2"}
    test = read_authored(tmp_path, "test", FRAMEWORK)
    assert (set(test.docs), set(test.kinds), test.ids[0]) == ({"authored1"}, {"strategy"}, "authored1#0")


def test_folder_without_authored_documents_is_an_error(tmp_path: Path) -> None:
    for split in ("train", "test"):
        with pytest.raises(GoldError, match=r"nowhere: holds no documents"):
            read_authored(tmp_path / "nowhere", split, FRAMEWORK)


def test_error_names_authored_file_that_is_no_json(tmp_path: Path) -> None:
    (write_authored(tmp_path) / "authored1.json").write_text("{", encoding="utf-8")
    with pytest.raises(GoldError, match=r"authored1\.json: is not JSON"):
        read_authored(tmp_path, "train", FRAMEWORK)


def test_shared_passages_are_those_of_the_file_when_nothing_is_corrected(tmp_path: Path) -> None:
    write_rows(tmp_path / "passages" / "train.jsonl", passages(2, "d"))
    assert read_shared(tmp_path, tmp_path / "standoff", FRAMEWORK).ids == tuple(row["id"] for row in passages(2, "d"))


def test_parts_follow_each_other_and_rows_are_taken_in_order() -> None:
    first, second = (to_targets([row | {"place": ""} for row in passages(1, name)], FRAMEWORK) for name in "ab")
    both = concatenate([first, second])
    assert both.ids == first.ids + second.ids
    taken = both.take(np.array([5, 0]))
    assert (taken.ids, taken.presence.tolist()) == (("b0#1", "a0#0"), both.presence[[5, 0]].tolist())
    assert both.where([doc == "b0" for doc in both.docs]).ids == second.ids


def test_fingerprint_changes_with_a_text_or_a_target() -> None:
    marks = {
        fingerprint(targets(**more))
        for more in ({}, {"text": "Other."}, {"labels": {"safety": "context"}}, {"unsure": True}, {"dimension": "x"})
    }
    assert len(marks) == 4  # a dimension without a claim is no target
    assert fingerprint(targets()) == fingerprint(targets())


@given(st.lists(st.text(max_size=5), min_size=1, max_size=30), st.integers(2, 6))
def test_fold_follows_from_the_document_alone(docs: list[str], count: int) -> None:
    folds = folds_by_document(docs, count, seed=3)
    assert ((folds >= 0) & (folds < count)).all()
    for doc, fold in zip(docs, folds, strict=True):
        assert folds_by_document([doc], count, seed=3) == [fold]


def test_folds_are_of_about_equal_size_and_change_with_the_seed() -> None:
    docs = [f"d{at}" for at in range(3000)]
    first, second = (folds_by_document(docs, 3, seed) for seed in (1, 2))
    assert np.bincount(first).min() > 900
    assert (first != second).any()
