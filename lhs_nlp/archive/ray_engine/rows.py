"""A document's result as one row of a Parquet file, and back.

Columns that a store has too are named and written as there: see `store/schema.sql`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.archive.store.columns import (
    benefit_from_row,
    claims_from_bytes,
    claims_to_bytes,
    compressed,
    document_from_row,
    finding_from_row,
    finding_values,
    layout_to_bytes,
    passage_from_row,
    passage_values,
    ranked_findings,
    storable,
    to_json,
    verdict_values,
)
from lhs_nlp.finding import Finding
from lhs_nlp.framework import Framework
from lhs_nlp.summary import DocumentSummary

if TYPE_CHECKING:
    import pyarrow as pa

_DOCUMENT = {
    **dict.fromkeys(("sha256", "source", "format", "title"), "string"),
    **dict.fromkeys(("pages", "words", "characters"), "int32"),
    **dict.fromkeys(("metadata", "summary", "stakeholders"), "string"),
}
_BENEFIT = {"verdict": "string", "confidence": "float64", "quotation": "string"}
_FINDING = {
    "position": "int32",
    "page": "int32",
    **dict.fromkeys(("section", "text", "benefit"), "string"),
    "probability": "float64",
    "present": "bool",
    **dict.fromkeys(("status", "status_probabilities"), "string"),
    "claim_probability": "float64",
    "claimed": "bool",
    **dict.fromkeys(("dimension", "concepts", "stakeholders"), "string"),
    "quotation": "int32",
}
_VERDICT = {
    **dict.fromkeys(("benefit", "verdict"), "string"),
    "confidence": "float64",
    **dict.fromkeys(("statuses", "concepts", "stakeholders"), "string"),
}
_PASSAGE = {**dict.fromkeys(("position", "start_offset", "end_offset", "page"), "int32"), "section": "string"}


def schema_of(framework: Framework) -> pa.Schema:
    """Return the columns of the results for a framework."""
    import pyarrow as pa

    def listed(columns: Mapping[str, str]) -> pa.DataType:
        return pa.list_(pa.struct([(name, pa.type_for_alias(kind)) for name, kind in columns.items()]))

    flat = _DOCUMENT | {
        f"{benefit}_{part}": kind for benefit in framework.benefit_ids for part, kind in _BENEFIT.items()
    }
    return pa.schema(
        [
            *((name, pa.type_for_alias(kind)) for name, kind in flat.items()),
            ("findings", listed(_FINDING)),
            ("verdicts", listed(_VERDICT)),
            ("passages", listed(_PASSAGE)),
            *((name, pa.binary()) for name in ("text", "layout", "claims")),
            *((name, pa.string()) for name in ("model", "framework", "version")),
            ("tagged_at", pa.timestamp("us", "UTC")),
        ]
    )


def row_of(summary: DocumentSummary, claims: NDArray[np.floating]) -> dict[str, Any]:
    """Return a result as a row.

    Parameters
    ----------
    summary
        What was found.
    claims
        Claim probability of every passage and benefit, [passages, B].
    """
    from lhs_nlp import __version__

    document = summary.document
    row: dict[str, Any] = {
        "sha256": document.sha256,
        "source": storable(document.source),
        "format": document.format,
        "title": None if document.title is None else storable(document.title),
        "pages": document.pages,
        "words": document.words,
        "characters": len(document.text),
        "metadata": to_json(dict(document.metadata)),
        "summary": storable(summary.text),
        "stakeholders": to_json(dict(summary.stakeholders)),
        "findings": [_finding(finding, rank) for finding, rank in ranked_findings(summary)],
        "verdicts": [verdict_values(benefit) for benefit in summary.benefits],
        "passages": [passage_values(passage) for passage in summary.passages],
        "text": compressed(document.text),
        "layout": layout_to_bytes(document),
        "claims": claims_to_bytes(claims),
        "model": summary.model_id,
        "framework": summary.framework.id,
        "version": __version__,
        "tagged_at": datetime.now(UTC),
    }
    for benefit in summary.benefits:
        quoted = benefit.evidence[0].passage.text if benefit.evidence else None
        row |= {
            f"{benefit.benefit}_verdict": benefit.verdict,
            f"{benefit.benefit}_confidence": benefit.confidence,
            f"{benefit.benefit}_quotation": None if quoted is None else storable(quoted),
        }
    return row


def summary_of(
    row: Mapping[str, Any], framework: Framework, model_sha256: str
) -> tuple[DocumentSummary, NDArray[np.float32]]:
    """Return the result that a row holds, and the claim probabilities, float32 [passages, B]."""
    document = document_from_row(row, row["source"])
    passages = tuple(passage_from_row(each, document.text) for each in row["passages"])
    findings = [(finding_from_row(each, passages), each["quotation"]) for each in row["findings"]]
    evidence: dict[str, dict[int, Finding]] = {benefit: {} for benefit in framework.benefit_ids}
    for finding, rank in findings:
        if rank is not None:
            evidence[finding.benefit][rank] = finding
    summary = DocumentSummary(
        document=document,
        passages=passages,
        findings=tuple(finding for finding, _ in findings if finding.present),
        benefits=tuple(benefit_from_row(each, evidence[each["benefit"]]) for each in row["verdicts"]),
        text=row["summary"],
        stakeholders={who: tuple(offered) for who, offered in json.loads(row["stakeholders"]).items()},
        framework=framework,
        model_id=row["model"],
        model_sha256=model_sha256,
    )
    return summary, claims_from_bytes(row["claims"], len(framework.benefits))


def _finding(finding: Finding, rank: int | None) -> dict[str, Any]:
    passage = finding.passage
    section = None if passage.section is None else storable(passage.section)
    return finding_values(finding, rank) | {
        "present": finding.present,
        "claimed": finding.claimed,
        "page": passage.page,
        "section": section,
        "text": storable(passage.text),
    }
