"""Labels that come back from Label Studio and doccano."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lhs_nlp.errors import GoldError
from lhs_nlp.evaluate import read_gold
from lhs_nlp.evaluate.labelling_tools import read_labelled_lines
from lhs_nlp.framework import default_framework

FRAMEWORK = default_framework()
DATA = {"text": "Falls fell.", "position": 3, "document_id": "d1", "title": "", "source": "a.pdf"}


def choice(benefit: str, status: str) -> dict[str, Any]:
    value = {"choices": [status]}
    return {"id": "x", "type": "choices", "from_name": f"{benefit}_status", "to_name": "text", "value": value}


def annotation(*result: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"id": 1, "result": list(result), "was_cancelled": False, "ground_truth": False, **more}


def task(*annotations: dict[str, Any], number: int = 12, **data: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"id": number, "data": DATA | data, "annotations": list(annotations), "predictions": [7]}


def written(path: Path, tasks: object) -> Path:
    path.write_text(json.dumps(tasks, indent=1), encoding="utf-8")
    return path


SAFE = annotation(choice("safety", "achieved"))


class TestLabelStudio:
    def test_choices_are_labels_of_the_passage_that_was_exported(self, tmp_path: Path) -> None:
        comment = {"id": "c", "type": "textarea", "from_name": "comment", "value": {"text": ["sure"]}}
        tasks = [
            task(annotation(choice("safety", "achieved"), choice("value", "context"), comment)),
            task(annotation(), position=4, text="We met."),
        ]
        gold = read_gold(written(tmp_path / "e.json", tasks), FRAMEWORK)
        assert (gold.ids, gold.docs, gold.texts) == (("d1#3", "d1#4"), ("d1", "d1"), ("Falls fell.", "We met."))
        assert gold.presence.tolist() == [[0, 1, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0]]

    def test_what_nobody_annotated_or_somebody_skipped_is_left_out(self, tmp_path: Path) -> None:
        tasks = [task(position=1), task(annotation(was_cancelled=True), position=2), task(SAFE)]
        assert [line.id for line in read_labelled_lines(written(tmp_path / "e.json", tasks))] == ["d1#3"]
        with pytest.raises(GoldError, match="none of its 2 tasks has an annotation"):
            read_labelled_lines(written(tmp_path / "none.json", tasks[:2]))

    def test_of_several_annotations_the_ground_truth_counts(self, tmp_path: Path) -> None:
        other = annotation(choice("equity", "context"))
        path = written(tmp_path / "e.json", [task(other, SAFE | {"ground_truth": True}), task(SAFE, SAFE, position=4)])
        assert [line.data["labels"] for line in read_labelled_lines(path)] == [{"safety": "achieved"}] * 2
        with pytest.raises(GoldError, match="task 12: its annotations differ; mark the right one as ground truth"):
            read_labelled_lines(written(tmp_path / "differ.json", [task(other, SAFE)]))

    def test_task_of_another_origin_is_named_by_its_number(self, tmp_path: Path) -> None:
        path = written(tmp_path / "e.json", [{"id": 5, "data": {"text": "Falls fell."}, "annotations": [SAFE]}])
        (line,) = read_labelled_lines(path)
        assert line.data == {"id": "5", "text": "Falls fell.", "labels": {"safety": "achieved"}}
        with pytest.raises(GoldError, match="task 5: `doc` must be text"):
            read_gold(path, FRAMEWORK)

    @pytest.mark.parametrize(
        ("tasks", "message"),
        [
            ([{"id": "p1", "doc": "d", "text": "x", "labels": {}}], "is a list, but not of tasks"),
            ([{"text": "x", "safety_status": "achieved", "annotator": 1}], "not JSON-MIN"),
            ([{"id": 1, "data": DATA}], "task 1: has no list of annotations"),
            ([task(SAFE), task(SAFE, number=13)], "task 13: id 'd1#3' stands in .*, task 12 already"),
            ([task(annotation({"type": "labels", "from_name": "benefit", "value": {}}))], "labels something else"),
            ([task(annotation({"type": "choices", "from_name": "mood", "value": {}}))], "`mood` labels something else"),
            ([task(annotation({"type": "choices"}))], "an annotation is malformed"),
            ([task(annotation("x"))], "an annotation is malformed"),  # type: ignore[arg-type]
            ([task(annotation(choice("joy", "achieved")))], "benefit 'joy' is none of"),
            ([task(annotation(choice("safety", "great")))], "the status of safety, 'great' is none of"),
            ([task(SAFE, text=" ")], "task 12: `text` is missing or blank"),
            ([], "none of its 0 tasks"),
        ],
    )
    def test_what_is_wrong_is_named(self, tmp_path: Path, tasks: list[Any], message: str) -> None:
        with pytest.raises(GoldError, match=message):
            read_gold(written(tmp_path / "e.json", tasks), FRAMEWORK)

    def test_file_that_ends_too_early_is_not_json(self, tmp_path: Path) -> None:
        (tmp_path / "e.json").write_text('[{"id": 1,', encoding="utf-8")
        with pytest.raises(GoldError, match="is not JSON"):
            read_labelled_lines(tmp_path / "e.json")


class TestDoccano:
    @staticmethod
    def lines(path: Path, *labels: object) -> Path:
        rows = [{"id": at, **DATA, "position": at, "label": label, "Comments": []} for at, label in enumerate(labels)]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    def test_labels_are_benefit_and_status(self, tmp_path: Path) -> None:
        gold = read_gold(self.lines(tmp_path / "e.jsonl", ["safety:achieved", "value:context"], []), FRAMEWORK)
        assert (gold.ids, gold.docs) == (("d1#0", "d1#1"), ("d1", "d1"))
        assert gold.presence.tolist() == [[0, 1, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0]]

    @pytest.mark.parametrize(
        ("label", "message"),
        [
            ([[0, 5, "safety:achieved"]], r"e.jsonl:1: `label` holds no labels of a passage; label passages there"),
            ("safety", "`label` holds no labels"),
            (["safety:achieved", "safety:context"], "has two statuses of safety, achieved and context"),
            (["safety"], "the status of safety, '' is none of"),
        ],
    )
    def test_what_is_wrong_is_named(self, tmp_path: Path, label: object, message: str) -> None:
        with pytest.raises(GoldError, match=message):
            read_gold(self.lines(tmp_path / "e.jsonl", label), FRAMEWORK)
