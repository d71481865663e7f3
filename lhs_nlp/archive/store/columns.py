"""How the library's types are written into columns, and read from them again."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.documents import Block, Document
from lhs_nlp.finding import Finding
from lhs_nlp.framework import Benefit, Concept, Dimension, Framework, Stakeholder, Status
from lhs_nlp.passages import Passage
from lhs_nlp.summary import BenefitSummary, DocumentSummary

_CLAIMS = np.dtype("<f4")


class Row(Protocol):
    """A row by the names of its columns: of SQLite, or of a Parquet file."""

    def __getitem__(self, column: str, /) -> Any:  # noqa: ANN401
        """Return the value of a column."""


def storable(text: str) -> str:
    """Return text that UTF-8 can hold: lone surrogates as their escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def to_json(value: object) -> str:
    """Return a value as JSON on one line, without what UTF-8 cannot hold."""
    return storable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def now() -> str:
    """Return the time in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def compressed(text: str) -> bytes:
    """Return text as UTF-8, compressed; lone surrogates survive."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def expanded(data: bytes) -> str:
    """Return the text that was compressed."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def framework_to_json(framework: Framework) -> str:
    """Return all of a framework as JSON."""
    return to_json(asdict(framework))


def framework_from_json(text: str) -> Framework:
    """Build the framework that was written."""
    data = json.loads(text)
    entries = {"statuses": Status, "dimensions": Dimension, "stakeholders": Stakeholder}
    data |= {key: tuple(kind(**entry) for entry in data[key]) for key, kind in entries.items()}
    return Framework(**{**data, "benefits": tuple(map(_benefit, data["benefits"]))})


def _benefit(data: dict[str, Any]) -> Benefit:
    concepts = tuple(Concept(**{**concept, "cues": tuple(concept["cues"])}) for concept in data["concepts"])
    return Benefit(**{**data, "concepts": concepts, "sources": tuple(data["sources"])})


def passage_values(passage: Passage) -> dict[str, Any]:
    """Return where a passage is, as columns of `passages`."""
    return {
        "position": passage.index,
        "start_offset": passage.start,
        "end_offset": passage.end,
        "page": passage.page,
        "section": None if passage.section is None else storable(passage.section),
    }


def layout_to_bytes(document: Document) -> bytes:
    """Return blocks and starts of pages as compressed JSON."""
    blocks = [[block.kind, block.start, block.end, block.level] for block in document.blocks]
    return compressed(to_json({"blocks": blocks, "page_starts": document.page_starts}))


def document_from_row(row: Row, source: str) -> Document:
    """Build the document of a row of `documents`; `source` is where it was found."""
    layout = json.loads(expanded(row["layout"]))
    return Document(
        id=row["sha256"][:16],
        title=row["title"],
        source=source,
        format=row["format"],
        text=expanded(row["text"]),
        blocks=tuple(Block(*block) for block in layout["blocks"]),
        sha256=row["sha256"],
        page_starts=tuple(layout["page_starts"]),
        metadata=json.loads(row["metadata"]),
    )


def passage_from_row(row: Row, text: str) -> Passage:
    """Build the passage of a row of `passages`; `text` is the whole document's."""
    start, end = row["start_offset"], row["end_offset"]
    return Passage(row["position"], text[start:end], start, end, row["section"], row["page"])


def ranked_findings(summary: DocumentSummary) -> list[tuple[Finding, int | None]]:
    """Return findings and quotations in the order of the text, each with its rank among its benefit's quotations."""
    ranks = {
        (finding.passage.index, finding.benefit): rank
        for benefit in summary.benefits
        for rank, finding in enumerate(benefit.evidence, start=1)
    }
    ordered = sorted(summary.candidates, key=lambda finding: finding.passage.index)
    return [(finding, ranks.get((finding.passage.index, finding.benefit))) for finding in ordered]


def finding_values(finding: Finding, quotation: int | None) -> dict[str, Any]:
    """Return a finding's columns of `findings` that do not say which summary it belongs to."""
    return {
        "position": finding.passage.index,
        "benefit": finding.benefit,
        "probability": finding.probability,
        "present": int(finding.present),
        "status": finding.status,
        "status_probabilities": to_json(dict(finding.status_probabilities)),
        "claim_probability": finding.claim_probability,
        "claimed": int(finding.claimed),
        "dimension": finding.dimension,
        "concepts": to_json(finding.concepts),
        "stakeholders": to_json(finding.stakeholders),
        "quotation": quotation,
    }


def verdict_values(benefit: BenefitSummary) -> dict[str, Any]:
    """Return a benefit's columns of `verdicts` that do not say which summary it belongs to."""
    return {
        "benefit": benefit.benefit,
        "verdict": benefit.verdict,
        "confidence": benefit.confidence,
        "statuses": to_json(dict(benefit.statuses)),
        "concepts": to_json(benefit.concepts),
        "stakeholders": to_json(benefit.stakeholders),
    }


def finding_from_row(row: Row, passages: Sequence[Passage]) -> Finding:
    """Build the finding of a row of `findings`."""
    return Finding(
        passage=passages[row["position"]],
        benefit=row["benefit"],
        probability=row["probability"],
        present=bool(row["present"]),
        status=row["status"],
        status_probabilities=json.loads(row["status_probabilities"]),
        claim_probability=row["claim_probability"],
        claimed=bool(row["claimed"]),
        dimension=row["dimension"],
        concepts=tuple(json.loads(row["concepts"])),
        stakeholders=tuple(json.loads(row["stakeholders"])),
    )


def benefit_from_row(row: Row, evidence: Mapping[int, Finding]) -> BenefitSummary:
    """Build the summary of a row of `verdicts`; `evidence` are its quotations by their rank."""
    return BenefitSummary(
        benefit=row["benefit"],
        verdict=row["verdict"],
        confidence=row["confidence"],
        statuses=json.loads(row["statuses"]),
        concepts=tuple(json.loads(row["concepts"])),
        stakeholders=tuple(json.loads(row["stakeholders"])),
        evidence=tuple(evidence[rank] for rank in sorted(evidence)),
    )


def claims_to_bytes(claims: NDArray[np.floating]) -> bytes:
    """Return claim probabilities, [passages, B], as the store holds them."""
    return np.ascontiguousarray(claims, _CLAIMS).tobytes()


def claims_from_bytes(data: bytes, benefits: int) -> NDArray[np.float32]:
    """Return claim probabilities, float32 [passages, B]."""
    return np.frombuffer(data, _CLAIMS).astype(np.float32).reshape(-1, benefits)


def claims_of(findings: Sequence[tuple[Finding, ...]], benefits: int) -> NDArray[np.float32]:
    """Return the claim probabilities of all findings of all passages, float32 [passages, B]."""
    rows = [[finding.claim_probability for finding in row] for row in findings]
    return np.array(rows, np.float32).reshape(len(findings), benefits)
