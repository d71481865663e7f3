"""Where the real files and labelled passages are that benchmarks read."""

from __future__ import annotations

import os
from pathlib import Path

SHARED = Path(os.environ.get("LHS_NLP_SHARED") or Path(__file__).resolve().parents[2] / "shared" / "data")


def need_shared() -> None:
    """End the program with a sentence when they are not there."""
    if not SHARED.exists():
        raise SystemExit(f"{SHARED}: the shared documents are not on this machine; LHS_NLP_SHARED says where they are.")
