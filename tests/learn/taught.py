"""Corrections of a reader for whom trust is no benefit, while the toy model thinks that it is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lhs_nlp.framework import default_framework
from lhs_nlp.learn import Corrections, read_corrections

FRAMEWORK = default_framework()
REPUTATION = FRAMEWORK.benefit_ids.index("reputation")
WARDS = ("north", "south", "east", "west")


def rows(documents: int = 8) -> list[dict[str, Any]]:
    """Return four passages a document, as they stand in a file; all but those on trust are as the toy model says."""
    found: list[dict[str, Any]] = []
    for at in range(documents):
        ward = WARDS[at % len(WARDS)]
        said: tuple[tuple[str, dict[str, str]], ...] = (
            (f"Report {at}: the {ward} ward will win the trust of its neighbours.", {}),
            (f"Report {at}: in the {ward} ward the number of falls fell.", {"safety": "achieved"}),
            (f"Report {at}: the {ward} ward will lower its costs.", {"value": "anticipated"}),
            (f"Report {at}: the {ward} ward met on Mondays.", {}),
        )
        found += [
            {"id": f"d{at}#{number}", "doc": f"d{at}", "text": text, "labels": labels}
            for number, (text, labels) in enumerate(said)
        ]
    return found


def write(path: Path, lines: Iterable[object]) -> Path:
    """Write rows as JSON lines; text as it is."""
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in lines), encoding="utf-8")
    return path


def read(folder: Path, lines: Iterable[object]) -> Corrections:
    """Return corrections as they are read from a file of these rows."""
    return read_corrections(write(folder / "corrections.jsonl", lines), FRAMEWORK)
