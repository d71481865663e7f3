"""Explain the quotations of a summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lhs_nlp.explanation.examples import load_examples
from lhs_nlp.explanation.types import Explanation
from lhs_nlp.explanation.words import word_effects

if TYPE_CHECKING:
    from lhs_nlp.classifier import BenefitClassifier
    from lhs_nlp.finding import Finding
    from lhs_nlp.summary import DocumentSummary

NEIGHBOURS = 2
"""Labelled passages that are shown beside a quotation."""


def explain(summary: DocumentSummary, classifier: BenefitClassifier) -> DocumentSummary:
    """Return a summary whose quotations carry their explanations.

    Parameters
    ----------
    summary
        What was found.
    classifier
        The one that found it; its bundle's labelled passages are the neighbours.
    """
    quoted = [finding for benefit in summary.benefits for finding in benefit.evidence]
    explained = {(finding.passage.index, finding.benefit): finding for finding in _explained(quoted, classifier)}

    def exchanged(findings: Sequence[Finding]) -> tuple[Finding, ...]:
        return tuple(explained.get((finding.passage.index, finding.benefit), finding) for finding in findings)

    return replace(
        summary,
        findings=exchanged(summary.findings),
        benefits=tuple(replace(benefit, evidence=exchanged(benefit.evidence)) for benefit in summary.benefits),
    )


def _explained(findings: Sequence[Finding], classifier: BenefitClassifier) -> list[Finding]:
    if not findings:
        return []
    examples = load_examples(classifier.bundle.path)
    vectors = classifier.encoder.encode([finding.passage.text for finding in findings])
    neighbours = examples.nearest(vectors, NEIGHBOURS) if examples else [()] * len(findings)
    return [
        replace(finding, explanation=Explanation(words, near))
        for finding, words, near in zip(findings, word_effects(findings, classifier), neighbours, strict=True)
    ]
