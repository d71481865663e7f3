"""Whether heads and calibration of a bundle have the columns that its manifest lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lhs_nlp.bundle.files import CALIBRATION, HEADS
from lhs_nlp.bundle.labels import Labels
from lhs_nlp.calibration import Calibration
from lhs_nlp.calibration.documents import FEATURES
from lhs_nlp.errors import BundleError
from lhs_nlp.heads import Heads

_Shape = tuple[int, ...]


def check_shapes(folder: Path, labels: Labels, heads: Heads, calibration: Calibration) -> None:
    """Raise BundleError for the first part that does not fit the labels; NumPy would stretch it, or stop much later."""
    columns = {
        "presence": len(labels.benefits),
        "claim": len(labels.benefits),
        "status": len(labels.benefits) * len(labels.statuses),
        "dimension": len(labels.dimensions),
        "concepts": len(labels.concepts),
        "stakeholders": len(labels.stakeholders),
    }
    for task, bias in heads.biases.items():
        _check(folder / HEADS, task, bias.shape, columns[task])
    for task, part, shape in _platt_shapes(calibration):
        _check(folder / CALIBRATION, f"{task}.{part}", shape, columns[task])
    _check(folder / CALIBRATION, "presence_thresholds", calibration.presence_thresholds.shape, columns["presence"])
    _check(folder / CALIBRATION, "document.weights", calibration.document.weights.shape, FEATURES)


def _platt_shapes(calibration: Calibration) -> Iterator[tuple[str, str, _Shape]]:
    for task in ("presence", "claim", "concepts", "stakeholders"):
        platt = getattr(calibration, task)
        yield task, "slope", platt.slope.shape
        yield task, "intercept", platt.intercept.shape


def _check(file: Path, part: str, shape: _Shape, count: int) -> None:
    if shape != (count,):
        found = " x ".join(map(str, shape)) or "of one number"
        raise BundleError(
            f"{file}: `{part}` has the length {found}, not {count}. Heads, calibration and the labels in the manifest "
            "must be of one model: get the bundle again."
        )
