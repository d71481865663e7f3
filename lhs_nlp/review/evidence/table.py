"""The evidence table: one row a publication and benefit, with its verdict, status and best quotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lhs_nlp.review.evidence.cited import Cited, Which, cited_in
from lhs_nlp.review.project import Project
from lhs_nlp.summary import BenefitSummary

COLUMNS = (
    *("record", "key", "title", "authors", "year", "journal", "doi", "decision"),
    *("benefit", "verdict", "confidence", "status", "present", "concepts", "quotation", "page", "read"),
)


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
    _, found = cited_in(project, which)
    yield from rows_of(found, claimed=claimed)


def rows_of(found: Iterable[Cited], *, claimed: bool = True) -> Iterator[dict[str, Any]]:
    """Yield the rows of publications; those without results have none."""
    for cited in found:
        for benefit in cited.stored.summary.benefits if cited.stored else ():
            if benefit.verdict != "not_claimed" or not claimed:
                yield _row(cited, benefit)


def _row(cited: Cited, benefit: BenefitSummary) -> dict[str, Any]:
    reference, best = cited.publication.reference, benefit.evidence[0] if benefit.evidence else None
    return {
        "record": cited.publication.number,
        "key": cited.key,
        "title": reference.title,
        "authors": "; ".join(reference.authors),
        "year": reference.year,
        "journal": reference.journal,
        "doi": reference.doi,
        "decision": cited.decision,
        "benefit": benefit.benefit,
        "verdict": benefit.verdict,
        "confidence": round(benefit.confidence, 3),
        "status": best.status if best else None,
        "present": best.present if best else None,
        "concepts": "; ".join(benefit.concepts),
        "quotation": best.passage.text if best else None,
        "page": best.passage.page if best else None,
        "read": "full text" if cited.is_of_full_text else "title and abstract",
    }
