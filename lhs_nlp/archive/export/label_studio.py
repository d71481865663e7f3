"""Results as tasks of Label Studio, with what was found as predictions to correct."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.sax.saxutils import quoteattr

from lhs_nlp.archive.export.annotation import Unit, about, keepable, metadata, passages, summaries
from lhs_nlp.archive.export.text import as_text
from lhs_nlp.report.display import PALETTE, hues

if TYPE_CHECKING:
    from lhs_nlp.archive.store import Store, StoredSummary, Tagging
    from lhs_nlp.finding import Finding
    from lhs_nlp.framework import Framework
    from lhs_nlp.passages import Passage

TEXT = "text"
"""Name of the text, in tasks and in the labelling interface."""
BENEFIT = "benefit"
"""Name of the labels on spans of a document."""
STATUS = "status"
"""Name of the choice that each span has."""


def write_label_studio(store: Store, tagging: Tagging, file: BinaryIO, unit: Unit = "documents") -> None:
    """Write one JSON list of tasks, each with one prediction.

    Parameters
    ----------
    store, tagging
        Whose results.
    file
        Where to write.
    unit
        A task is one of the `documents`, with a labelled span a finding, or one of the
        `passages`, with a choice a benefit. A project that the tasks are imported into needs the
        labelling interface of the same unit: see `label_studio_interface`.
    """
    with as_text(file) as text:
        between = "[\n"
        for task in _tasks(store, tagging, unit):
            text.write(between + json.dumps(task, ensure_ascii=False, allow_nan=False))
            between = ",\n"
        text.write("\n]\n" if between == ",\n" else "[]\n")


def label_studio_interface(framework: Framework, unit: Unit = "documents") -> str:
    """Return the labelling interface (XML) of a project that the tasks are imported into."""
    choices = "".join(f"\n    <Choice value={quoteattr(status.id)}/>" for status in framework.statuses)
    if unit == "passages":
        controls = "\n".join(
            f'  <Header value={quoteattr(benefit.name)} size="6"/>\n'
            f'  <Choices name="{benefit.id}_{STATUS}" toName="{TEXT}" choice="single-radio" showInline="true">'
            f"{choices}\n  </Choices>"
            for benefit in framework.benefits
        )
    else:
        place = hues(framework)
        labels = "".join(
            f"\n    <Label value={quoteattr(benefit.id)} hint={quoteattr(benefit.name)} "
            f'background="{PALETTE[place[benefit.id]].ink}"/>'
            for benefit in framework.benefits
        )
        controls = (
            f'  <Labels name="{BENEFIT}" toName="{TEXT}">{labels}\n  </Labels>\n'
            f'  <Choices name="{STATUS}" toName="{TEXT}" choice="single-radio" perRegion="true">'
            f"{choices}\n  </Choices>"
        )
    return f'<View>\n  <Header value="$title"/>\n  <Text name="{TEXT}" value="${TEXT}"/>\n{controls}\n</View>\n'


def _tasks(store: Store, tagging: Tagging, unit: Unit) -> Iterator[dict[str, Any]]:
    for stored in summaries(store, tagging):
        yield from _passage_tasks(stored) if unit == "passages" else [_document_task(stored)]


def _document_task(stored: StoredSummary) -> dict[str, Any]:
    summary = stored.summary
    sureness = min((max(each.confidence, 1 - each.confidence) for each in summary.benefits), default=1.0)
    regions = [region for finding in summary.findings for region in _regions(finding)]
    return _task(stored, {TEXT: keepable(summary.document.text)}, regions, sureness)


def _passage_tasks(stored: StoredSummary) -> Iterator[dict[str, Any]]:
    for passage, findings in passages(stored):
        place = {"position": passage.index, "page": passage.page, "section": keepable(passage.section or "")}
        sureness = min((max(p, 1 - p) for p in stored.claims[passage.index].tolist()), default=1.0)
        yield _task(stored, {TEXT: keepable(passage.text), **place}, map(_choice, findings), sureness)


def _task(
    stored: StoredSummary, data: dict[str, Any], result: Iterable[dict[str, Any]], sureness: float
) -> dict[str, Any]:
    """Return a task; the score is how sure the model is where it is least sure, so that tasks can be ordered by it."""
    prediction = {"model_version": stored.summary.model_id, "score": round(sureness, 4), "result": list(result)}
    known = {f"metadata_{key}": value for key, value in metadata(stored).items()}
    return {"data": {**data, **about(stored), **known}, "predictions": [prediction]}


def _regions(finding: Finding) -> Iterator[dict[str, Any]]:
    """Yield a span's label and its status, which are one region and so share their id."""
    passage: Passage = finding.passage
    span = {"start": passage.start, "end": passage.end, "text": keepable(passage.text)}
    region = {
        "id": f"{passage.index}-{finding.benefit}",
        "to_name": TEXT,
        "score": round(finding.probability, 4),
    }
    yield {**region, "from_name": BENEFIT, "type": "labels", "value": {**span, "labels": [finding.benefit]}}
    yield {**region, "from_name": STATUS, "type": "choices", "value": {**span, "choices": [finding.status]}}


def _choice(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.benefit,
        "from_name": f"{finding.benefit}_{STATUS}",
        "to_name": TEXT,
        "type": "choices",
        "value": {"choices": [finding.status]},
        "score": round(finding.probability, 4),
    }
