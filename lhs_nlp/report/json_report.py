"""Results as JSON: the contract that programs read, described by ``tag.schema.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from lhs_nlp.explanation import METHOD
from lhs_nlp.report.failure import Failure, Result, each

if TYPE_CHECKING:
    from lhs_nlp.documents import Document
    from lhs_nlp.explanation import Explanation
    from lhs_nlp.finding import Finding
    from lhs_nlp.summary import BenefitSummary, DocumentSummary

SCHEMA = "lhs-nlp/tag/1"
"""Name and version of the contract; a change that could break a reader raises the number."""
DIGITS = 4
"""Decimals of probabilities."""


def to_json(result: Result, *, passages: bool = False) -> dict[str, object]:
    """Return a result as the value of one JSON object.

    Parameters
    ----------
    result
        The summary of a document, or why there is none.
    passages
        Also give every passage of the document, with what was found in it.

    Returns
    -------
    dict
        A value that fits ``tag.schema.json`` and holds plain Python types only.
    """
    if isinstance(result, Failure):
        return failure_to_json(result.source, result.reason, result.message)
    content: dict[str, object] = {
        "schema": SCHEMA,
        "document": _document(result.document),
        "model": {"id": result.model_id, "sha256": result.model_sha256},
        "framework": {
            "id": result.framework.id,
            "version": result.framework.version,
            "sha256": result.framework.sha256,
        },
        "summary": result.text,
        "benefits": {summary.benefit: _benefit(summary) for summary in result.benefits},
        "stakeholders": {who: list(benefits) for who, benefits in result.stakeholders.items()},
    }
    return {**content, "passages": _passages(result)} if passages else content


def failure_to_json(source: str, reason: str, message: str) -> dict[str, object]:
    """Return why a document could not be read as the value of one JSON object.

    Parameters
    ----------
    source
        Where the document should have come from.
    reason, message
        Those of the `ReadError`.
    """
    unknown = dict.fromkeys(("id", "title", "format", "pages", "words", "sha256", "metadata"))
    return {
        "schema": SCHEMA,
        "document": {**unknown, "source": source},
        "error": {"reason": reason, "message": message},
    }


def to_json_text(results: Result | Iterable[Result], *, passages: bool = False, as_list: bool | None = None) -> str:
    """Return JSON text that can be written as UTF-8.

    Parameters
    ----------
    results, passages
        As for `to_json`, of one result or several.
    as_list
        Give an array whatever the number of results; None for an array when `results` is an iterable.
        Several results are always an array.
    """
    values = [to_json(result, passages=passages) for result in each(results)]
    single = len(values) == 1 and not (isinstance(results, Iterable) if as_list is None else as_list)
    content = values[0] if single else values
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
    # A file name that is not UTF-8 holds lone surrogates: as \udcxx they are JSON, and come back as they were.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one result, or of an array of results."""
    schema: dict[str, Any] = json.loads(files(__package__).joinpath("tag.schema.json").read_text(encoding="utf-8"))
    return schema


def _document(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "format": document.format,
        "pages": document.pages,
        "words": document.words,
        "sha256": document.sha256,
        "metadata": dict(document.metadata),
    }


def _benefit(summary: BenefitSummary) -> dict[str, object]:
    return {
        "verdict": summary.verdict,
        "confidence": rounded(summary.confidence),
        "statuses": {status: int(count) for status, count in summary.statuses.items()},
        "concepts": list(summary.concepts),
        "stakeholders": list(summary.stakeholders),
        "evidence": [_evidence(finding) for finding in summary.evidence],
    }


def _evidence(finding: Finding) -> dict[str, object]:
    passage = finding.passage
    content: dict[str, object] = {
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
        "section": passage.section,
        "status": finding.status,
        "present": bool(finding.present),
        "probability": rounded(finding.probability),
        "claim_probability": rounded(finding.claim_probability),
        "dimension": finding.dimension,
        "concepts": list(finding.concepts),
        "stakeholders": list(finding.stakeholders),
    }
    return {**content, "explanation": _explanation(finding.explanation)} if finding.explanation else content


def _explanation(explanation: Explanation) -> dict[str, object]:
    return {
        "method": METHOD,
        "words": [
            {"text": word.text, "start": word.start, "end": word.end, "effect": rounded(word.effect)}
            for word in explanation.words
        ],
        "neighbours": [
            {
                "id": neighbour.id,
                "text": neighbour.text,
                "labels": dict(neighbour.labels),
                "similarity": rounded(neighbour.similarity),
            }
            for neighbour in explanation.neighbours
        ],
    }


def _passages(summary: DocumentSummary) -> list[dict[str, object]]:
    found: dict[int, dict[str, object]] = {passage.index: {} for passage in summary.passages}
    for finding in summary.findings:
        found[finding.passage.index][finding.benefit] = _finding(finding)
    return [
        {
            "index": passage.index,
            "text": passage.text,
            "start": passage.start,
            "end": passage.end,
            "page": passage.page,
            "section": passage.section,
            "benefits": found[passage.index],
        }
        for passage in summary.passages
    ]


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "probability": rounded(finding.probability),
        "present": bool(finding.present),
        "status": finding.status,
        "status_probabilities": _rounded_all(finding.status_probabilities),
        "claim_probability": rounded(finding.claim_probability),
        "claimed": bool(finding.claimed),
        "dimension": finding.dimension,
        "concepts": list(finding.concepts),
        "stakeholders": list(finding.stakeholders),
    }


def rounded(probability: float) -> float:
    """Return a probability as it is given to programs."""
    return round(float(probability), DIGITS)


def _rounded_all(probabilities: Mapping[str, float]) -> dict[str, float]:
    return {key: rounded(probability) for key, probability in probabilities.items()}
