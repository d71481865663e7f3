"""Predictions of passages beside gold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from lhs_nlp.errors import GoldError
from lhs_nlp.evaluate.bootstrap import REPLICATES, SEED, Documents
from lhs_nlp.evaluate.concepts import ConceptScores, score_concepts
from lhs_nlp.evaluate.detection import DetectionScores, score_detection
from lhs_nlp.evaluate.gold import Targets, claims
from lhs_nlp.evaluate.predictions import Predictions
from lhs_nlp.evaluate.statuses import StatusScores, score_statuses
from lhs_nlp.framework import Framework


@dataclass(frozen=True, slots=True)
class PassageScores:
    """How well passages were classified.

    Attributes
    ----------
    passages, documents
        How many were scored.
    presence
        Does the passage speak of the benefit?
    claims
        Does it claim the benefit: present, and in a status of a claim?
    status
        Which status, where gold has the benefit.
    concepts
        Which key concepts, where gold has the benefit; None when gold or prediction has none.
    """

    passages: int
    documents: int
    presence: DetectionScores
    claims: DetectionScores
    status: StatusScores
    concepts: ConceptScores | None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "passages": self.passages,
            "documents": self.documents,
            "presence": self.presence.to_dict(),
            "claims": self.claims.to_dict(),
            "status": self.status.to_dict(),
            "concepts": self.concepts and self.concepts.to_dict(),
        }


def score_passages(
    gold: Targets, predictions: Predictions, framework: Framework, *, replicates: int = REPLICATES, seed: int = SEED
) -> PassageScores:
    """Score predictions of passages.

    Parameters
    ----------
    gold
        Labels of n passages.
    predictions
        Of the same passages, in the same order.
    framework
        Names the columns.
    replicates
        How often documents are resampled for the 95% intervals; 0 for none.
    seed
        Of the resampling.

    Raises
    ------
    GoldError
        There is no passage, or the arrays are not of the same passages and framework.
    """
    _check_shapes(gold, predictions, framework)
    documents = Documents.of(gold.docs, replicates, seed)
    benefits, found = framework.benefit_ids, predictions
    claimed = claims(gold.status, framework)
    return PassageScores(
        passages=len(gold.docs),
        documents=documents.count,
        presence=score_detection(found.presence_probability, found.present, gold.presence, documents, benefits),
        claims=score_detection(found.claim_probability, found.claimed, claimed, documents, benefits),
        status=score_statuses(found.status, gold.status, documents, framework),
        concepts=None
        if found.concepts is None
        else score_concepts(found.concepts, gold.concepts, gold.presence, documents, framework),
    )


def _check_shapes(gold: Targets, predictions: Predictions, framework: Framework) -> None:
    passages, benefits, concepts = len(gold.docs), len(framework.benefits), len(framework.concept_keys)
    if not passages:
        raise GoldError("There is no passage to score.")
    arrays = [gold.presence, gold.status, predictions.presence_probability, predictions.present]
    arrays += [predictions.claim_probability, predictions.claimed, predictions.status]
    wanted = [((passages, benefits), array) for array in arrays] + [((passages, concepts), gold.concepts)]
    if predictions.concepts is not None:
        wanted += [((passages, concepts), predictions.concepts)]
    for shape, array in wanted:
        if np.shape(array) != shape:
            raise GoldError(f"Gold and predictions do not match: an array is {np.shape(array)}, not {shape}.")
