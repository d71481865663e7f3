"""Results as JSON lines for doccano, with what was found as labels to correct."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from lhs_nlp.archive.export.annotation import Unit, about, keepable, metadata, passages, summaries
from lhs_nlp.archive.export.text import as_text

if TYPE_CHECKING:
    from lhs_nlp.archive.store import Store, StoredSummary, Tagging
    from lhs_nlp.finding import Finding


def write_doccano(store: Store, tagging: Tagging, file: BinaryIO, unit: Unit = "documents") -> None:
    """Write one JSON object a line.

    Parameters
    ----------
    store, tagging
        Whose results.
    file
        Where to write.
    unit
        A line is one of the `documents`, with spans, for a project of sequence labelling that
        allows overlapping spans (a passage may have two benefits); or one of the `passages`, for
        a project of text classification. A label is benefit and status, e.g. ``safety:achieved``.
    """
    with as_text(file) as text:
        for stored in summaries(store, tagging):
            for line in _passage_lines(stored) if unit == "passages" else [_document_line(stored)]:
                # Escaped to ASCII: doccano guesses the encoding of a file from its first bytes.
                text.write(json.dumps(line, ensure_ascii=True, allow_nan=False) + "\n")


def _document_line(stored: StoredSummary) -> dict[str, Any]:
    summary = stored.summary
    spans = [[finding.passage.start, finding.passage.end, _label(finding)] for finding in summary.findings]
    return _line(stored, summary.document.text, spans)


def _passage_lines(stored: StoredSummary) -> Iterator[dict[str, Any]]:
    for passage, findings in passages(stored):
        line = _line(stored, passage.text, [_label(finding) for finding in findings])
        yield {**line, "position": passage.index, "section": keepable(passage.section or "")}


def _line(stored: StoredSummary, text: str, label: list[Any]) -> dict[str, Any]:
    # Every line has the same keys: doccano reads lines as a table, and its database refuses the gaps.
    return {
        "text": keepable(text),
        "label": label,
        **about(stored),
        "model": stored.summary.model_id,
        "metadata": metadata(stored),
    }


def _label(finding: Finding) -> str:
    return f"{finding.benefit}:{finding.status}"
