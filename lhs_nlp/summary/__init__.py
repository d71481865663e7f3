"""From findings to a document's summary: verdicts, calibrated confidence and quotations."""

from lhs_nlp.summary.narrow import narrow
from lhs_nlp.summary.summarise import summarise
from lhs_nlp.summary.types import BenefitSummary, DocumentSummary, Verdict

__all__ = ["BenefitSummary", "DocumentSummary", "Verdict", "narrow", "summarise"]
