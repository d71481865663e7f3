"""What a bundle holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lhs_nlp.bundle.files import METRICS
from lhs_nlp.bundle.labels import Labels
from lhs_nlp.calibration import Calibration
from lhs_nlp.heads import Heads


@dataclass(frozen=True, slots=True)
class Bundle:
    """A verified model bundle.

    Attributes
    ----------
    path
        Its folder.
    id
        Name and version, e.g. `lhs-benefits-minilm-1.0.0`.
    sha256
        Hash over the hashes of all files that decide: one number for the whole model.
    labels
        What the columns of the outputs are.
    most_tokens
        Longer passages are cut after this many tokens.
    heads, calibration
        Loaded; the encoder is loaded on demand from `path`.
    manifest
        All that the manifest says.
    """

    path: Path
    id: str
    sha256: str
    labels: Labels
    most_tokens: int
    heads: Heads
    calibration: Calibration
    manifest: Mapping[str, Any]

    @property
    def metrics(self) -> dict[str, Any] | None:
        """Metrics measured when the model was made; None when the bundle has none."""
        path = self.path / METRICS
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None
