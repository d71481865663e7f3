"""Verdicts on documents beside gold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.calibration import DocumentCalibration
from lhs_nlp.errors import GoldError
from lhs_nlp.evaluate.bootstrap import REPLICATES, SEED, Documents, Estimate, estimate, ratio
from lhs_nlp.evaluate.detection import DetectionScores, score_detection
from lhs_nlp.evaluate.gold import Targets, claims
from lhs_nlp.framework import Framework


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is decided about m documents, columns in the framework's order.

    Attributes
    ----------
    confidence
        Probability that the document claims the benefit, float64 [m, B].
    claimed, review
        Whether the verdict is "claimed", and whether it is "needs review", bool [m, B].
    """

    confidence: NDArray[np.float64]
    claimed: NDArray[np.bool_]
    review: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Band:
    """How often a document is left to a person, and what is lost below that band.

    Attributes
    ----------
    review
        Share of verdicts that are "needs review".
    missed
        Share of the benefits claimed in gold whose verdict is "not claimed"; not defined without any.
    """

    review: Estimate
    missed: Estimate

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {"review": self.review.to_dict(), "missed": self.missed.to_dict()}


@dataclass(frozen=True, slots=True)
class DocumentScores:
    """How well verdicts on documents fit gold.

    Attributes
    ----------
    documents
        How many were scored.
    claims
        Verdicts "claimed" and confidences beside gold; "needs review" counts as not claimed.
    band
        The band of review over all benefits.
    band_by_benefit
        The same for each benefit.
    """

    documents: int
    claims: DetectionScores
    band: Band
    band_by_benefit: Mapping[str, Band]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "documents": self.documents,
            "claims": self.claims.to_dict(),
            "band": self.band.to_dict(),
            "band_by_benefit": {benefit: band.to_dict() for benefit, band in self.band_by_benefit.items()},
        }


def document_claims(gold: Targets, framework: Framework) -> NDArray[np.int64]:
    """Return 1 where a passage of the document claims the benefit, else 0, [m, B].

    The documents are in the order in which they first appear.
    """
    sums = Documents.of(gold.docs).sums(claims(gold.status, framework))
    return (sums > 0).astype(np.int64)


def document_verdicts(
    claim_probabilities: NDArray[np.float64],
    claimed: NDArray[np.bool_],
    docs: Sequence[str],
    calibration: DocumentCalibration,
) -> Verdicts:
    """Return the verdicts on documents from the claims of their passages.

    Parameters
    ----------
    claim_probabilities
        Of n passages, [n, B].
    claimed
        Whether each passage is found to claim each benefit, [n, B].
    docs
        Id of each passage's document, [n].
    calibration
        The model's.
    """
    documents = Documents.of(docs)
    by_document = np.split(
        claim_probabilities[np.argsort(documents.of_row, kind="stable")], np.bincount(documents.of_row).cumsum()[:-1]
    )
    confidence = np.stack([calibration.confidence(passages) for passages in by_document])
    verdict = calibration.is_claimed(confidence, documents.sums(claimed) > 0)
    return Verdicts(confidence, verdict, (confidence >= calibration.review) & ~verdict)


def score_documents(
    gold: NDArray[np.integer],
    verdicts: Verdicts,
    framework: Framework,
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> DocumentScores:
    """Score verdicts on documents.

    Parameters
    ----------
    gold
        1 where the document claims the benefit, else 0, [m, B].
    verdicts
        On the same documents, in the same order.
    framework
        Names the columns.
    replicates
        How often documents are resampled for the 95% intervals; 0 for none.
    seed
        Of the resampling.

    Raises
    ------
    GoldError
        There is no document, or the arrays are not of the same documents and framework.
    """
    shape = (len(gold), len(framework.benefits))
    if not len(gold):
        raise GoldError("There is no document to score.")
    for array in (gold, verdicts.confidence, verdicts.claimed, verdicts.review):
        if np.shape(array) != shape:
            raise GoldError(f"Gold and verdicts do not match: an array is {np.shape(array)}, not {shape}.")
    documents = Documents(np.arange(len(gold)), len(gold), replicates, seed)
    bands = _bands(gold, verdicts, documents)
    return DocumentScores(
        documents=len(gold),
        claims=score_detection(verdicts.confidence, verdicts.claimed, gold, documents, framework.benefit_ids),
        band=bands[-1],
        band_by_benefit=dict(zip(framework.benefit_ids, bands[:-1], strict=True)),
    )


def _bands(gold: NDArray[np.integer], verdicts: Verdicts, documents: Documents) -> list[Band]:
    """Return the band of each benefit, and last that of all."""
    below = ~verdicts.claimed & ~verdicts.review
    parts = [verdicts.review, below & (gold == 1), np.ones(gold.shape), gold == 1]
    review, missed, verdict, claim = (np.column_stack([part, part.sum(1)]).astype(np.float64) for part in parts)
    values = documents.resampled(
        lambda weights: np.stack(
            [ratio(weights @ review, weights @ verdict), ratio(weights @ missed, weights @ claim)], axis=1
        )
    )
    claiming = (claim > 0).sum(0)
    return [
        Band(estimate(values[:, 0, at], documents.count), estimate(values[:, 1, at], claiming[at]))
        for at in range(gold.shape[1] + 1)
    ]
