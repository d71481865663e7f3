"""Tasks for Label Studio, checked against its published format of tasks and predictions."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from defusedxml import ElementTree

from lhs_nlp.archive import Store
from lhs_nlp.archive.export import label_studio_interface, write_label_studio
from lhs_nlp.archive.export.annotation import Unit
from lhs_nlp.framework import default_framework
from tests.archive.examples import store_of, varied_store
from tests.archive.filling import NOTHING, SAFETY, small_store
from tests.report import examples

REGION = {
    "type": "object",
    "required": ["id", "from_name", "to_name", "type", "value"],
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "type": {"enum": ["labels", "choices"]},
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "value": {
            "type": "object",
            "properties": {
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 1},
                "text": {"type": "string"},
                "labels": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                "choices": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            },
        },
    },
}
TASKS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["data", "predictions"],
        "additionalProperties": False,
        "properties": {
            "data": {"type": "object", "required": ["text", "title"]},
            "predictions": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["model_version", "score", "result"],
                    "properties": {
                        "model_version": {"type": "string"},
                        "score": {"type": "number", "minimum": 0, "maximum": 1},
                        "result": {"type": "array", "items": REGION},
                    },
                },
            },
        },
    },
}
UNITS: tuple[Unit, ...] = ("documents", "passages")


def tasks(path: Path, unit: Unit) -> list[Any]:
    file = io.BytesIO()
    with Store(path, read_only=True) as store:
        write_label_studio(store, store.tagging(), file, unit)
    found: list[Any] = json.loads(file.getvalue())
    return found


def controls(unit: Unit) -> dict[str | None, tuple[str, str | None, set[str | None]]]:
    """Return name to tag, object and allowed values of the controls of the labelling interface."""
    root = ElementTree.fromstring(label_studio_interface(default_framework(), unit))
    return {
        tag.get("name"): (tag.tag, tag.get("toName"), {each.get("value") for each in tag})
        for tag in root
        if tag.get("toName")
    }


@pytest.mark.parametrize("unit", UNITS)
def test_tasks_have_the_published_format(tmp_path: Path, unit: Unit) -> None:
    found = tasks(varied_store(tmp_path / "s.sqlite"), unit)
    assert found
    jsonschema.validate(found, TASKS)


@pytest.mark.parametrize("unit", UNITS)
def test_every_region_fits_the_labelling_interface(tmp_path: Path, unit: Unit) -> None:
    known = controls(unit)
    regions = [
        region
        for task in tasks(varied_store(tmp_path / "s.sqlite"), unit)
        for region in task["predictions"][0]["result"]
    ]
    assert regions
    for region in regions:
        tag, to_name, values = known[region["from_name"]]
        assert region["type"] == tag.lower()
        assert region["to_name"] == to_name
        assert set(region["value"][region["type"]]) <= values


@pytest.mark.parametrize("unit", UNITS)
def test_interface_shows_what_tasks_have_and_names_are_unique(unit: Unit) -> None:
    root = ElementTree.fromstring(label_studio_interface(default_framework(), unit))
    assert root.tag == "View"
    (text,) = root.findall("Text")
    assert (text.get("name"), text.get("value")) == ("text", "$text")
    names = [tag.get("name") for tag in root if tag.get("name")]
    assert len(set(names)) == len(names)
    assert all(to_name == "text" for _, to_name, _ in controls(unit).values())


def test_span_is_the_text_between_its_offsets_and_carries_its_status(tmp_path: Path) -> None:
    path = store_of(tmp_path / "s.sqlite", [examples.proposal(), examples.non_latin(), examples.hostile()])
    for task in tasks(path, "documents"):
        regions = task["predictions"][0]["result"]
        by_id: dict[str, list[Any]] = {}
        for region in regions:
            value = region["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
            by_id.setdefault(region["id"], []).append(region)
        assert all([one["from_name"] for one in both] == ["benefit", "status"] for both in by_id.values())


def test_document_task_has_all_findings(tmp_path: Path) -> None:
    (task,) = tasks(store_of(tmp_path / "s.sqlite", [examples.proposal()]), "documents")
    regions = task["predictions"][0]["result"]
    summary = examples.proposal()
    found = [
        (label["value"]["start"], label["value"]["labels"], status["value"]["choices"])
        for label, status in zip(regions[::2], regions[1::2], strict=True)
    ]
    assert found == [(each.passage.start, [each.benefit], [each.status]) for each in summary.findings]
    assert task["predictions"][0]["model_version"] == summary.model_id


def test_passage_task_has_its_place_and_a_choice_for_each_benefit(tmp_path: Path) -> None:
    found = tasks(store_of(tmp_path / "s.sqlite", [examples.proposal()]), "passages")
    assert len(found) == len(examples.proposal().passages)
    task = found[3]
    assert (task["data"]["position"], task["data"]["page"], task["data"]["section"]) == (3, 1, "1 Background")
    chosen = [(region["from_name"], region["value"]["choices"]) for region in task["predictions"][0]["result"]]
    assert chosen == [("value_status", ["context"]), ("safety_status", ["context"])]


def test_score_is_how_sure_the_model_is_where_it_is_least_sure(tmp_path: Path) -> None:
    (task,) = tasks(store_of(tmp_path / "s.sqlite", [examples.proposal()]), "documents")
    least = min(max(each.confidence, 1 - each.confidence) for each in examples.proposal().benefits)
    assert task["predictions"][0]["score"] == pytest.approx(least, abs=1e-4)


def test_metadata_can_be_filtered_by(tmp_path: Path) -> None:
    path = small_store(tmp_path / "s.sqlite", {"a.txt": SAFETY}, {"a.txt": {"year": "2020"}})
    (task,) = tasks(path, "documents")
    assert (task["data"]["metadata_year"], task["data"]["source"]) == ("2020", "a.txt")


def test_document_without_findings_is_a_task_to_label(tmp_path: Path) -> None:
    (task,) = tasks(small_store(tmp_path / "s.sqlite", {"a.txt": NOTHING}), "documents")
    assert task["predictions"][0]["result"] == []


def test_store_of_no_documents_is_an_empty_list(tmp_path: Path) -> None:
    path = small_store(tmp_path / "s.sqlite", {"a.txt": NOTHING})
    with Store(path) as store:
        store.connection.execute("DELETE FROM sources")
    assert tasks(path, "documents") == []
