"""What a model comes from, and what each experiment found, as it is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from lhs_nlp.calibration import Calibration
from lhs_nlp.framework import Framework
from lhs_nlp.heads import Logits
from training.base import REQUIREMENT, SHA256
from training.data import LabelledPassages, concatenate, fingerprint
from training.measure import headline, measure_logits
from training.split import TrainingData


def record_of(data: TrainingData, labelled: LabelledPassages, held_out: LabelledPassages) -> dict[str, Any]:
    """Return what a model comes from, for its manifest and for the file of results."""
    return {
        "base": {"requirement": REQUIREMENT, "sha256": SHA256},
        "data": {
            "shared": _described(data.shared),
            "standoff": _described(data.standoff),
            "authored": _described(data.authored),
            "held_out": _described(held_out),
            "trained_on": _described(labelled),
            "fingerprint": fingerprint(concatenate([labelled, held_out])),
        },
    }


def headline_on_held_out(
    logits: Logits, held_out: LabelledPassages, shared: int, calibration: Calibration, framework: Framework
) -> dict[str, Any]:
    """Measure on what was held out, and on its first `shared` passages, which are labelled by the procedure of dev."""
    first = logits.take(slice(shared)), held_out.take(np.arange(shared))
    return {
        name: headline(measure_logits(*part, calibration, framework))
        for name, part in (("held_out", (logits, held_out)), ("held_out_shared", first))
    }


def append_result(path: Path, result: dict[str, Any]) -> None:
    """Add one experiment to the file of results, a line each, so that none is forgotten."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(result, sort_keys=True) + "\n")


def _described(passages: LabelledPassages) -> dict[str, int]:
    return {"passages": len(passages), "documents": len(set(passages.docs))}
