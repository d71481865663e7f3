"""What `lhs-nlp tag` shows of a summary: the format, and the choice of benefits and findings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lhs_nlp.summary import DocumentSummary


class TagFormat(StrEnum):
    """How summaries are shown."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of a summary.

    Attributes
    ----------
    format
        How it is shown; it may choose further, as CSV does, which has room for one quotation of a benefit.
    passages
        Show all findings, not the best quotations alone.
    benefits
        Ids of those that are shown.
    min_confidence
        Quotations and findings that are less probable are left out.
    """

    format: TagFormat
    passages: bool
    benefits: tuple[str, ...]
    min_confidence: float

    def of(self, summary: DocumentSummary) -> DocumentSummary:
        """Return the summary without what is not to be shown."""
        from lhs_nlp.summary import narrow

        return narrow(summary, benefits=self.benefits, min_probability=self.min_confidence)

    def hidden(self, summary: DocumentSummary) -> int:
        """Return how many findings or quotations would be shown if they were more probable."""
        return self._count(replace(self, min_confidence=0.0).of(summary)) - self._count(self.of(summary))

    def hidden_line(self, hidden: int) -> str:
        """Return the sentence that tells how many findings or quotations were left out of all summaries."""
        from lhs_nlp.wording import counted

        what = "finding" if self.format is TagFormat.HTML else "quotation"
        return f"Left out as less probable than {self.min_confidence:g}: {counted(hidden, what)}."

    def _count(self, summary: DocumentSummary) -> int:
        from lhs_nlp.report.display import quoted

        if self.passages or self.format is TagFormat.HTML:
            return len(summary.candidates)
        match self.format:
            case TagFormat.JSON:
                return sum(len(benefit.evidence) for benefit in summary.benefits)
            case TagFormat.CSV:
                return sum(bool(benefit.evidence) for benefit in summary.benefits)
            case _:
                return sum(len(quoted(benefit, summary)) for benefit in summary.benefits)
