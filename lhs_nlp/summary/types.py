"""What is said of a document: verdicts, calibrated confidence and quotations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from lhs_nlp.documents import Document
from lhs_nlp.finding import Finding
from lhs_nlp.framework import Framework
from lhs_nlp.passages import Passage

Verdict = Literal["claimed", "needs_review", "not_claimed"]


@dataclass(frozen=True, slots=True)
class BenefitSummary:
    """What a document says about one benefit.

    Attributes
    ----------
    benefit
        Id of the benefit.
    verdict
        `claimed`, `not_claimed`, or `needs_review`: the model does not know, or the document cannot be told
        by it, as it does not look English, holds no passage, or other statuses count as claims than in the
        model's calibration.
    confidence
        Probability that the document claims the benefit, 0 to 1; calibrated where the same statuses count as claims.
    statuses
        Number of passages that speak of the benefit, per status id; every status is a key.
    concepts
        Ids of key concepts found in passages that speak of the benefit, most frequent first.
    stakeholders
        Ids of those to whom the claims offer the benefit, most frequent first.
    evidence
        The best quotations, strongest claim first; each resolves in the document's text.
    """

    benefit: str
    verdict: Verdict
    confidence: float
    statuses: Mapping[str, int]
    concepts: tuple[str, ...]
    stakeholders: tuple[str, ...]
    evidence: tuple[Finding, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """All that was found in one document.

    Attributes
    ----------
    document, passages
        What was read.
    findings
        Every benefit that is present in a passage, in the order of the text.
    benefits
        One summary a benefit, in the framework's order.
    text
        One paragraph in plain words, made from the facts above.
    stakeholders
        What the document offers to whom: stakeholder id to ids of the benefits it claims for them.
    framework
        The framework that was looked for.
    model_id, model_sha256
        The bundle that did it.
    """

    document: Document
    passages: tuple[Passage, ...] = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)
    benefits: tuple[BenefitSummary, ...]
    text: str
    stakeholders: Mapping[str, tuple[str, ...]]
    framework: Framework = field(repr=False)
    model_id: str
    model_sha256: str

    @property
    def candidates(self) -> tuple[Finding, ...]:
        """What a reviewer decides on: all findings, and the quotations that are not among them."""
        quoted = (finding for benefit in self.benefits for finding in benefit.evidence if not finding.present)
        return (*self.findings, *quoted)
