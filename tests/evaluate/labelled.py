"""A framework of two benefits, and labelled passages to write to files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from lhs_nlp.evaluate import Gold, Predictions
from lhs_nlp.framework import Benefit, Concept, Dimension, Framework, Stakeholder, Status

FRAMEWORK = Framework(
    id="two",
    version="1",
    name="Two benefits",
    source="Made up for tests.",
    benefits=(
        Benefit("warmth", "Warmth", "", (Concept("blankets", "Blankets"), Concept("heating", "Heating"))),
        Benefit("light", "Light", "", (Concept("windows", "Windows"),)),
    ),
    statuses=(
        Status("hoped", "Hoped", claim=True, rank=1),
        Status("seen", "Seen", claim=True, rank=2),
        Status("background", "Background", claim=False, rank=3),
    ),
    dimensions=(Dimension("project", "Project"),),
    stakeholders=(Stakeholder("patients", "Patients"),),
)
HOPED, SEEN, BACKGROUND, ABSENT = 0, 1, 2, -1


def gold(
    docs: Iterable[str], status: list[list[int]], concepts: list[list[int]] | None = None, kinds: str | None = None
) -> Gold:
    """Return gold passages from their status, [n, 2], and concepts, [n, 3]."""
    docs, columns = tuple(docs), np.array(status, np.int64).reshape(-1, 2)
    return Gold(
        ids=tuple(f"p{at}" for at in range(len(docs))),
        docs=docs,
        kinds=tuple(kinds or "k" * len(docs)),
        texts=tuple(f"Passage number {at}." for at in range(len(docs))),
        presence=(columns >= 0).astype(np.int64),
        status=columns,
        concepts=np.array(concepts if concepts else [[-1] * 3] * len(docs), np.int64).reshape(-1, 3),
    )


def perfect(labels: Gold) -> Predictions:
    """Return predictions that are all right, and sure of it."""
    claimed = np.isin(labels.status, [HOPED, SEEN])
    return Predictions(
        presence_probability=labels.presence.astype(float),
        present=labels.presence == 1,
        claim_probability=claimed.astype(float),
        claimed=claimed,
        status=np.maximum(labels.status, 0),
        concepts=labels.concepts,
    )


def passage(number: int, doc: str | int = "d1", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a labelled passage as it stands in a file."""
    return {"id": f"p{number}", "doc": doc, "text": f"Passage number {number}.", "labels": {}} | more


def prediction(number: int, framework: Framework = FRAMEWORK, **cells: Mapping[str, Any]) -> dict[str, Any]:
    """Return a prediction as it stands in a file; benefits that are not given are absent."""
    absent = {
        "probability": 0.1,
        "present": False,
        "status": framework.status_ids[-1],
        "claim_probability": 0.05,
        "claimed": False,
    }
    return {"id": f"p{number}", "benefits": {b: absent | dict(cells.get(b, {})) for b in framework.benefit_ids}}


def write_lines(path: Path, rows: Iterable[object]) -> Path:
    """Write rows as JSON lines; text as it is."""
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows), encoding="utf-8")
    return path
