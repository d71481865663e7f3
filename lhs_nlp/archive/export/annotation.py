"""What tools for labelling are given alike: texts whose offsets hold, and what was found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from lhs_nlp.archive.results import snapshot

if TYPE_CHECKING:
    from lhs_nlp.archive.store import Store, StoredSummary, Tagging
    from lhs_nlp.finding import Finding
    from lhs_nlp.passages import Passage

Unit = Literal["documents", "passages"]
"""What is labelled at a time."""

_UNKEEPABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def keepable(text: str) -> str:
    """Return a text of the same length without what databases refuse: control characters, lone surrogates."""
    return _UNKEEPABLE.sub("\ufffd", text)


def summaries(store: Store, tagging: Tagging) -> Iterator[StoredSummary]:
    """Yield the results of a store as it is now, one at a time in memory."""
    with snapshot(store):
        yield from store.summaries(tagging)


def passages(stored: StoredSummary) -> Iterator[tuple[Passage, list[Finding]]]:
    """Yield each passage of a document with what was found in it."""
    found: dict[int, list[Finding]] = {}
    for finding in stored.summary.findings:
        found.setdefault(finding.passage.index, []).append(finding)
    for passage in stored.summary.passages:
        yield passage, found.get(passage.index, [])


def about(stored: StoredSummary) -> dict[str, str]:
    """Return what names a document: always the same keys, never an empty value left out."""
    document = stored.summary.document
    return {
        "document_id": document.id,
        "title": keepable(document.title or ""),
        "source": keepable(document.source),
    }


def metadata(stored: StoredSummary) -> dict[str, str]:
    """Return what the sources say of a document."""
    return {keepable(key): keepable(value) for key, value in stored.metadata.items()}
