"""The strongest quotations of a benefit, whatever the number of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lhs_nlp.archive.portfolio.types import Evidence
from lhs_nlp.report.display import heading_of

if TYPE_CHECKING:
    from lhs_nlp.archive.results import DocumentResult, Quotation
    from lhs_nlp.framework import Framework

QUOTED = 6
"""Quotations of a benefit."""


class StrongestQuotations:
    """Keeps the best quotations of each benefit, at most one a document; the same words are quoted once.

    Parameters
    ----------
    framework
        Whose benefits are quoted.
    """

    def __init__(self, framework: Framework) -> None:
        self._ranks = {status.id: status.rank for status in framework.statuses}
        self._kept: dict[str, list[Evidence]] = {benefit: [] for benefit in framework.benefit_ids}

    def add(self, result: DocumentResult) -> None:
        """Look at a document's best quotation of each benefit that it claims."""
        place = result.sources[0].name
        for benefit, found in result.benefits.items():
            quotation = found.quotation
            if found.verdict != "claimed" or quotation is None or not quotation.claimed:
                continue
            kept = self._kept[benefit]
            if all(one.quotation.sha256 != quotation.sha256 for one in kept):
                kept.append(Evidence(quotation, heading_of(result.title, place), place))
                kept.sort(key=lambda one: self._strength(one.quotation), reverse=True)
                del kept[QUOTED:]

    def best(self) -> dict[str, tuple[Evidence, ...]]:
        """Return the quotations of each benefit, strongest first."""
        return {benefit: tuple(kept) for benefit, kept in self._kept.items()}

    def _strength(self, quotation: Quotation) -> tuple[float, int, float]:
        """Order by probability; where it differs by less than it says, what was achieved comes first."""
        return round(quotation.claim_probability, 2), self._ranks[quotation.status], quotation.claim_probability
