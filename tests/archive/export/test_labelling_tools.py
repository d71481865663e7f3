"""What is exported to be labelled is read again, once it was labelled there."""

from __future__ import annotations

import io
import json
from pathlib import Path

from lhs_nlp.archive import Store
from lhs_nlp.archive.export import write_doccano, write_label_studio
from lhs_nlp.evaluate import Gold, read_gold
from lhs_nlp.framework import default_framework
from tests.archive.examples import varied_store

FRAMEWORK = default_framework()


def exported(store: Store, path: Path, tool: str) -> Path:
    """Write what the tool would export if people had taken every prediction over as it is."""
    file = io.BytesIO()
    if tool == "doccano":
        write_doccano(store, store.tagging(), file, "passages")
        rows = [json.loads(line) | {"id": at} for at, line in enumerate(file.getvalue().splitlines(), 1)]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    else:
        write_label_studio(store, store.tagging(), file, "passages")
        tasks = [
            task | {"id": at, "annotations": [{"id": at, "result": task["predictions"][0]["result"]}]}
            for at, task in enumerate(json.loads(file.getvalue()), 1)
        ]
        path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


def rows(gold: Gold) -> set[tuple[str, str, str]]:
    return {
        (gold.docs[at], benefit, FRAMEWORK.status_ids[status])
        for at, statuses in enumerate(gold.status.tolist())
        for benefit, status in zip(FRAMEWORK.benefit_ids, statuses, strict=True)
        if status >= 0
    }


def test_labels_that_come_back_are_those_that_were_given(tmp_path: Path) -> None:
    with Store(varied_store(tmp_path / "s.sqlite"), read_only=True) as store:
        golds = [
            read_gold(exported(store, tmp_path / f"{tool}.json", tool), FRAMEWORK)
            for tool in ("doccano", "label-studio")
        ]
        found = {
            (stored.summary.document.id, finding.benefit, finding.status)
            for stored in store.summaries(store.tagging())
            for finding in stored.summary.findings
        }
    assert golds[0].ids == golds[1].ids
    assert golds[0].texts == golds[1].texts
    assert rows(golds[0]) == rows(golds[1]) == found != set()
