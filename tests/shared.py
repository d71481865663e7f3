"""Where the real files and labelled passages are, when they are there at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("LHS_NLP_SHARED") or Path(__file__).parents[2] / "shared" / "data")

needs_shared = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.exists(), reason="the shared real files are not on this machine"),
]


def real_files(*formats: str) -> list[Path]:
    """Return the real documents of these formats; [] where they are absent."""
    return sorted(path for name in formats for path in (SHARED / "documents" / name).glob("*"))
