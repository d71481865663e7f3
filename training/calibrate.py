"""Fit the calibration of a model on the scores of passages that it had not seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from lhs_nlp.calibration import (
    Calibration,
    DocumentCalibration,
    document_features,
    fit_common_threshold,
    fit_platt,
    fit_temperature,
)
from lhs_nlp.evaluate import claims
from lhs_nlp.evaluate.concepts import benefit_columns
from lhs_nlp.framework import Framework
from lhs_nlp.heads import Logits
from lhs_nlp.scores import claim_log_odds
from training.data import LabelledPassages

MISSED = 0.05
"""Share of claimed benefits that may fall below the review band."""

JOINED = (1, 1, 1, 2, 4, 8, 16, 32)
"""How many real documents make up a simulated one: labelled documents are short, users' are not."""


@dataclass(frozen=True, slots=True)
class DocumentClaims:
    """What is predicted and true of one document: claim probabilities [n, B], gold [B] 0 or 1."""

    probabilities: NDArray[np.float64]
    gold: NDArray[np.int64]


def fit_calibration(logits: Logits, data: LabelledPassages, framework: Framework, seed: int) -> Calibration:
    """Fit everything that turns logits into calibrated probabilities, decisions and verdicts.

    Parameters
    ----------
    logits
        Out-of-fold: each passage scored by a model that saw nothing of its document.
    data
        The same passages with their labels.
    framework
        Says which statuses make a claim.
    seed
        Decides which documents are joined for the document's calibration.
    """
    claimed = claims(data.status, framework)
    odds = claim_log_odds(logits, framework.claim_indices)
    presence, claim = fit_platt(logits.presence, data.presence), fit_platt(odds, claimed)
    concepts_gold = concepts_where_present(data, framework)
    concepts, stakeholders = (
        fit_platt(logits.concepts, concepts_gold),
        fit_platt(logits.stakeholders, data.stakeholders),
    )
    # One for all benefits: of a rare one, the best is mostly chance, or that of the collection which is at hand.
    present = fit_common_threshold(presence(logits.presence), data.presence)
    claim_probabilities = np.minimum(claim(odds), presence(logits.presence))
    return Calibration(
        presence=presence,
        claim=claim,
        concepts=concepts,
        stakeholders=stakeholders,
        status_temperature=fit_temperature(logits.status, data.status),
        presence_thresholds=np.full(len(framework.benefits), present),
        concept_threshold=fit_common_threshold(concepts(logits.concepts), concepts_gold),
        stakeholder_threshold=fit_common_threshold(stakeholders(logits.stakeholders), data.stakeholders),
        document=fit_documents(group_by_document(claim_probabilities, claimed, data.docs), seed),
    )


def concepts_where_present(data: LabelledPassages, framework: Framework) -> NDArray[np.int64]:
    """Return the gold of key concepts, -1 where the concept's benefit is absent, [n, C]."""
    return np.where(data.presence[:, benefit_columns(framework)] == 1, data.concepts, -1)


def group_by_document(
    probabilities: NDArray[np.float64], claimed: NDArray[np.int64], docs: tuple[str, ...]
) -> list[DocumentClaims]:
    """Collect the passages of each document; a document claims what any of its passages claims."""
    names, document = np.unique(docs, return_inverse=True)
    rows = [np.flatnonzero(document == at) for at in range(len(names))]
    return [DocumentClaims(probabilities[row], claimed[row].max(0)) for row in rows]


def fit_documents(documents: list[DocumentClaims], seed: int) -> DocumentCalibration:
    """Fit confidence and verdicts of documents.

    The confidence is a logistic regression on documents and on longer ones simulated by
    joining them. The lower edge of the review band is chosen by conformal risk control
    (Angelopoulos et al. 2022), so that of the benefits that documents claim at most
    `MISSED` are expected below it; the upper edge is where the mean F1 of the benefits is best.
    """
    simulated = _join(documents, np.random.default_rng(seed))
    features = np.concatenate([document_features(document.probabilities) for document in simulated])
    gold = np.concatenate([document.gold for document in simulated])
    regression = LogisticRegression(C=1.0).fit(features, gold)
    weights, intercept = regression.coef_[0], float(regression.intercept_[0])
    unbanded = DocumentCalibration(weights, intercept, review=0.0, claimed=1.0)
    confidence = np.array([unbanded.confidence(document.probabilities) for document in documents])
    truth = np.array([document.gold for document in documents])
    claimed = fit_common_threshold(confidence, truth, average="macro")
    review = min(review_threshold(confidence[truth == 1], MISSED), claimed)
    return DocumentCalibration(weights, intercept, review=review, claimed=claimed)


def review_threshold(confidence: NDArray[np.float64], missed: float) -> float:
    """Return the highest threshold below which at most a share `missed` of claims is expected.

    Conformal risk control with the loss "missed": the largest threshold t with
    ``(k(t) + 1) / (n + 1) <= missed``, k(t) of the n true claims lying below t.
    """
    ordered = np.sort(confidence)
    allowed = int(np.floor(missed * (len(ordered) + 1) - 1))
    return float(ordered[allowed]) if 0 <= allowed < len(ordered) else 0.0


def _join(documents: list[DocumentClaims], random: np.random.Generator) -> list[DocumentClaims]:
    joined = []
    for size in JOINED:
        order = random.permutation(len(documents))
        for start in range(0, len(order) - size + 1, size):
            group = [documents[at] for at in order[start : start + size]]
            probabilities = np.concatenate([document.probabilities for document in group])
            joined.append(DocumentClaims(probabilities, np.max([document.gold for document in group], axis=0)))
    return joined
