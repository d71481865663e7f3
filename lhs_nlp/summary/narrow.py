"""Show less of a summary, without changing a verdict."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from lhs_nlp.finding import Finding
from lhs_nlp.summary.types import DocumentSummary


def narrow(summary: DocumentSummary, *, benefits: Collection[str], min_probability: float = 0.0) -> DocumentSummary:
    """Return a summary of some benefits, without the findings that are less probable.

    Parameters
    ----------
    summary
        What was found.
    benefits
        Ids of the benefits to keep.
    min_probability
        Findings and quotations whose presence is less probable are left out, 0 to 1.
        Verdicts, confidence and counts stay: they were drawn from all findings.
    """

    def kept(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(f for f in findings if f.benefit in benefits and f.probability >= min_probability)

    return replace(
        summary,
        findings=kept(summary.findings),
        benefits=tuple(
            replace(benefit, evidence=kept(benefit.evidence))
            for benefit in summary.benefits
            if benefit.benefit in benefits
        ),
        stakeholders={
            who: offered
            for who, all_offered in summary.stakeholders.items()
            if (offered := tuple(benefit for benefit in all_offered if benefit in benefits))
        },
    )
