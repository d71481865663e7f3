"""Findings of all passages to one summary of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.bundle import Bundle
from lhs_nlp.calibration import DocumentCalibration
from lhs_nlp.documents import Document
from lhs_nlp.finding import Finding
from lhs_nlp.framework import Framework
from lhs_nlp.passages import Passage, looks_english
from lhs_nlp.summary.prose import describe
from lhs_nlp.summary.types import BenefitSummary, DocumentSummary, Verdict

QUOTATIONS = 3
"""Most quotations that a benefit's summary shows."""


def summarise(
    document: Document,
    passages: Sequence[Passage],
    findings: Sequence[tuple[Finding, ...]],
    framework: Framework,
    bundle: Bundle,
) -> DocumentSummary:
    """Summarise what a document claims.

    Parameters
    ----------
    document, passages
        What was read, and how it was split.
    findings
        For each passage one finding a benefit, in the framework's order, present or not.
    framework, bundle
        What was looked for, and the model that did it. It reads passages of English: in a document that
        does not look so, or has none, every benefit needs review; so it does where the framework counts
        other statuses as claims than the model's calibration of documents.
    """
    english, fitted = looks_english(document.text), bundle.labels.claims_like(framework)
    told = english and fitted and bool(passages)
    calibration = bundle.calibration.document
    columns = zip(*findings, strict=True) if findings else [()] * len(framework.benefits)
    benefits = tuple(
        _benefit(benefit.id, column, calibration, framework, told=told)
        for benefit, column in zip(framework.benefits, columns, strict=True)
    )
    present = tuple(finding for row in findings for finding in row if finding.present)
    return DocumentSummary(
        document=document,
        passages=tuple(passages),
        findings=present,
        benefits=benefits,
        text=describe(benefits, present, framework, len(passages), english=english, fitted=fitted),
        stakeholders=_stakeholders(benefits, framework),
        framework=framework,
        model_id=bundle.id,
        model_sha256=bundle.sha256,
    )


def _benefit(
    benefit: str,
    findings: tuple[Finding, ...],
    calibration: DocumentCalibration,
    framework: Framework,
    *,
    told: bool,
) -> BenefitSummary:
    claims = np.array([[finding.claim_probability] for finding in findings]).reshape(-1, 1)
    confidence = calibration.confidence(claims)
    quotable = np.array([any(finding.claimed for finding in findings)])
    verdict = _verdict(confidence, quotable, calibration) if told else "needs_review"
    present = [finding for finding in findings if finding.present]
    counts = Counter(finding.status for finding in present)
    return BenefitSummary(
        benefit=benefit,
        verdict=verdict,
        confidence=float(confidence[0]),
        statuses={status: counts[status] for status in framework.status_ids},
        concepts=_most_frequent(concept for finding in present for concept in finding.concepts),
        stakeholders=_most_frequent(who for finding in present for who in finding.stakeholders),
        evidence=_evidence(present if verdict == "not_claimed" else findings),
    )


def _verdict(confidence: NDArray[np.float64], quotable: NDArray[np.bool_], calibration: DocumentCalibration) -> Verdict:
    if calibration.is_claimed(confidence, quotable)[0]:
        return "claimed"
    return "needs_review" if confidence[0] >= calibration.review else "not_claimed"


def _evidence(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the strongest claims, or for want of claims the surest mentions; no text twice."""
    ranked = sorted(findings, key=lambda f: (f.claimed, f.claim_probability, f.probability), reverse=True)
    first_of: dict[str, Finding] = {}
    for finding in ranked:
        first_of.setdefault(finding.passage.text, finding)
    best = list(first_of.values())[:QUOTATIONS]
    return tuple(finding for finding in best if finding.present) or tuple(best[:1])


def _most_frequent(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(entry for entry, _ in Counter(ids).most_common())


def _stakeholders(benefits: tuple[BenefitSummary, ...], framework: Framework) -> Mapping[str, tuple[str, ...]]:
    claimed = [summary for summary in benefits if summary.verdict == "claimed"]
    offers = {
        stakeholder.id: tuple(summary.benefit for summary in claimed if stakeholder.id in summary.stakeholders)
        for stakeholder in framework.stakeholders
    }
    return {stakeholder: offered for stakeholder, offered in offers.items() if offered}
