"""The evidence table: one row a publication and benefit, with its verdict, status and best quotation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from lhs_nlp.review.decisions import outcome, standing
from lhs_nlp.review.project import Project
from lhs_nlp.review.publications import Publication, publications_of
from lhs_nlp.review.tagging import results_of, summary_of
from lhs_nlp.review.types import Stage
from lhs_nlp.summary import BenefitSummary

COLUMNS = (
    *("record", "title", "authors", "year", "journal", "doi", "decision"),
    *("benefit", "verdict", "confidence", "status", "concepts", "quotation"),
)

Which = Literal["all", "included"]


def evidence_rows(project: Project, which: Which = "all", *, claimed: bool = True) -> Iterator[dict[str, Any]]:
    """Yield the rows of the evidence table, by publication and then by benefit.

    Parameters
    ----------
    project
        Whose publications.
    which
        All of them, or those that were included and not excluded at the last stage that was decided on.
    claimed
        Leave out benefits that are not claimed.

    Raises
    ------
    LhsNlpError
        Nothing was tagged yet.
    """
    _, results = results_of(project)
    decided = decisions_of(project)
    for publication in publications_of(project):
        decision = decided.get(publication.number)
        if which == "included" and decision != "include":
            continue
        summary = summary_of(publication, results)
        for benefit in summary.summary.benefits if summary else ():
            if benefit.verdict != "not_claimed" or not claimed:
                yield _row(publication, decision, benefit)


def decisions_of(project: Project) -> dict[int, str]:
    """Return what was decided on publications, at the last stage that was decided on."""
    stages: tuple[Stage, ...] = ("title_abstract", "full_text")
    return {
        number: str(outcome(decisions)) for stage in stages for number, decisions in standing(project, stage).items()
    }


def _row(publication: Publication, decision: str | None, benefit: BenefitSummary) -> dict[str, Any]:
    reference, best = publication.reference, benefit.evidence[0] if benefit.evidence else None
    return {
        "record": publication.number,
        "title": reference.title,
        "authors": "; ".join(reference.authors),
        "year": reference.year,
        "journal": reference.journal,
        "doi": reference.doi,
        "decision": decision,
        "benefit": benefit.benefit,
        "verdict": benefit.verdict,
        "confidence": round(benefit.confidence, 3),
        "status": best.status if best else None,
        "concepts": "; ".join(benefit.concepts),
        "quotation": best.passage.text if best else None,
    }
