"""Predictions beside gold, and two labellers beside each other."""

from lhs_nlp.evaluate.agreement import Agreement, Disagreement, compare
from lhs_nlp.evaluate.agreement_text import agreement_to_text
from lhs_nlp.evaluate.bootstrap import Estimate, Mean
from lhs_nlp.evaluate.calibration import brier_score, equal_mass_bins, expected_calibration_error
from lhs_nlp.evaluate.coefficients import cohen_kappa, krippendorff_alpha, observed_agreement
from lhs_nlp.evaluate.concepts import ConceptScores
from lhs_nlp.evaluate.detection import MEASURES, Counted, Detection, DetectionScores
from lhs_nlp.evaluate.documents import (
    Band,
    DocumentScores,
    Verdicts,
    document_claims,
    document_verdicts,
    score_documents,
)
from lhs_nlp.evaluate.gold import Gold, Targets, claims, read_gold, rows_by_kind
from lhs_nlp.evaluate.passages import PassageScores, score_passages
from lhs_nlp.evaluate.predictions import Predictions, decided, read_predictions, to_predictions
from lhs_nlp.evaluate.scores_text import documents_to_text, kinds_to_text, passages_to_text
from lhs_nlp.evaluate.statuses import Share, StatusScores
from lhs_nlp.evaluate.tasks import COEFFICIENTS, Coefficients, TaskAgreement

__all__ = [
    "COEFFICIENTS",
    "MEASURES",
    "Agreement",
    "Band",
    "Coefficients",
    "ConceptScores",
    "Counted",
    "Detection",
    "DetectionScores",
    "Disagreement",
    "DocumentScores",
    "Estimate",
    "Gold",
    "Mean",
    "PassageScores",
    "Predictions",
    "Share",
    "StatusScores",
    "Targets",
    "TaskAgreement",
    "Verdicts",
    "agreement_to_text",
    "brier_score",
    "claims",
    "cohen_kappa",
    "compare",
    "decided",
    "document_claims",
    "document_verdicts",
    "documents_to_text",
    "equal_mass_bins",
    "expected_calibration_error",
    "kinds_to_text",
    "krippendorff_alpha",
    "observed_agreement",
    "passages_to_text",
    "read_gold",
    "read_predictions",
    "rows_by_kind",
    "score_documents",
    "score_passages",
    "to_predictions",
]
