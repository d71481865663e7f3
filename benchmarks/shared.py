"""What benchmarks share: where the real files and labelled passages are, and what they were run on."""

from __future__ import annotations

import os
from pathlib import Path

SHARED = Path(os.environ.get("LHS_NLP_SHARED") or Path(__file__).resolve().parents[2] / "shared" / "data")


def need_shared() -> None:
    """End the program with a sentence when they are not there."""
    if not SHARED.exists():
        raise SystemExit(f"{SHARED}: the shared documents are not on this machine; LHS_NLP_SHARED says where they are.")


def machine() -> dict[str, float]:
    """Return what tells how much of a machine a program that measures time has for itself; to be asked first."""
    return {"processors": len(os.sched_getaffinity(0)), "load_before": round(os.getloadavg()[0], 1)}
