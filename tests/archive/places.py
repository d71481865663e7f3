"""Places of a store: where documents are, and where there is none."""

from __future__ import annotations

from pathlib import Path

from lhs_nlp.archive import Store


def sources(path: Path, model: str | None = None) -> list[str]:
    with Store(path, read_only=True) as store:
        return [stored.summary.document.source for stored in store.summaries(store.tagging(model))]


def failures(path: Path) -> list[str]:
    with Store(path, read_only=True) as store:
        return [failure.source for failure in store.failures()]
