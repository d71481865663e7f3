"""Labelled passages as Label Studio and doccano give them back, of what `lhs-nlp export --table passages` gave them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from lhs_nlp.errors import GoldError
from lhs_nlp.evaluate.lines import Line, by_id, opened, parse_lines

_STATUS = "_status"
"""End of the name of the choice that each benefit has in Label Studio."""
_AS_PASSAGES = "label passages there, exported by `lhs-nlp export --table passages`"


def read_labelled_lines(path: str | Path) -> list[Line]:
    """Read labelled passages: JSON lines, or what Label Studio exports as JSON, or doccano as JSONL.

    Parameters
    ----------
    path
        The file, UTF-8. Tasks of Label Studio that nobody has annotated are left out.

    Returns
    -------
    list of Line
        Each with `id`, `text`, `labels` and, where the document is known, `doc`.

    Raises
    ------
    GoldError
        The file cannot be read, holds no labels, or labels something else than passages; an id
        comes twice; annotations of a task differ, and none of them is marked as ground truth.
    """
    with opened(path) as file:
        text = file.read()
    if not text.lstrip().startswith("["):
        lines = parse_lines(StringIO(text), path)
        return [_of_doccano(line) if "label" in line.data and "labels" not in line.data else line for line in lines]
    tasks = _tasks(path, text)
    lines = by_id(_lines(path, tasks))
    if not lines:
        raise GoldError(f"{path}: none of its {len(tasks):,} tasks has an annotation.")
    return lines


def _of_doccano(line: Line) -> Line:
    labels: dict[str, str] = {}
    for label in line.data["label"] if isinstance(line.data["label"], list) else [None]:
        if not isinstance(label, str):
            raise GoldError(f"{line.place}: `label` holds no labels of a passage; {_AS_PASSAGES}.")
        benefit, _, status = label.partition(":")
        if labels.setdefault(benefit, status) != status:
            raise GoldError(f"{line.place}: has two statuses of {benefit}, {labels[benefit]} and {status}.")
    return _line({**line.data, "labels": labels}, line.id, line.place)


def _tasks(path: str | Path, text: str) -> list[dict[str, Any]]:
    try:
        tasks = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{path}: is not JSON.") from error
    if not all(isinstance(task, dict) and isinstance(task.get("data"), dict) for task in tasks):
        raise GoldError(
            f"{path}: is a list, but not of tasks as Label Studio exports them by the format JSON (not JSON-MIN). "
            "Other labels are one JSON object a line."
        )
    return list(tasks)


def _lines(path: str | Path, tasks: list[dict[str, Any]]) -> Iterator[Line]:
    for number, task in enumerate(tasks, 1):
        name = str(task.get("id", number))
        place = f"{path}, task {name}"
        labels = _annotated(task, place)
        if labels is not None:
            yield _line({**task["data"], "labels": labels}, name, place)


def _line(data: dict[str, Any], number: str, place: str) -> Line:
    """Return a passage, named by its document and position when it was exported, or by the tool's own number."""
    doc, position = data.get("document_id"), data.get("position")
    name = number if doc is None or position is None else f"{doc}#{position}"
    known = {} if doc is None else {"doc": doc}
    return Line(name, {"id": name, **known, "text": data.get("text"), "labels": data["labels"]}, place)


def _annotated(task: dict[str, Any], place: str) -> dict[str, str] | None:
    """Return the labels that people gave; None when nobody did."""
    annotations = task.get("annotations")
    if not isinstance(annotations, list) or not all(isinstance(each, dict) for each in annotations):
        raise GoldError(
            f"{place}: has no list of annotations; label it in Label Studio, and export from there as JSON."
        )
    given = [each for each in annotations if not each.get("was_cancelled")]
    truth = [each for each in given if each.get("ground_truth")]
    found = [dict(_choices(each, place)) for each in truth or given]
    if any(labels != found[0] for labels in found):
        raise GoldError(f"{place}: its annotations differ; mark the right one as ground truth in Label Studio.")
    return found[0] if found else None


def _choices(annotation: dict[str, Any], place: str) -> Iterator[tuple[str, str]]:
    try:
        for entry in annotation.get("result") or ():
            kind, control = entry["type"], entry["from_name"]
            if kind == "labels" or (kind == "choices" and not control.endswith(_STATUS)):
                raise GoldError(f"{place}: `{control}` labels something else than a passage's benefit; {_AS_PASSAGES}.")
            if kind == "choices" and entry["value"]["choices"]:
                yield control.removesuffix(_STATUS), entry["value"]["choices"][0]
    except (AttributeError, KeyError, TypeError) as error:
        raise GoldError(f"{place}: an annotation is malformed ({error!r}).") from error
