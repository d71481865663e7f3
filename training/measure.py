"""Measure a bundle as a user would meet it: through the tagger, on passages it never saw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lhs_nlp.calibration import Calibration
from lhs_nlp.classifier import calibrate
from lhs_nlp.evaluate import (
    Predictions,
    Targets,
    document_claims,
    document_verdicts,
    score_documents,
    score_passages,
    to_predictions,
)
from lhs_nlp.framework import Framework
from lhs_nlp.heads import Logits
from lhs_nlp.tagger import Tagger


def measure(tagger: Tagger, texts: Sequence[str], gold: Targets) -> dict[str, Any]:
    """Return all scores of passages and documents, with 95% intervals, as plain values."""
    predictions = to_predictions(tagger.classify_texts(texts), tagger.framework)
    return _scores(predictions, gold, tagger.framework, tagger.classifier.bundle.calibration)


def measure_out_of_fold(
    logits: Logits, gold: Targets, calibration: Calibration, framework: Framework
) -> dict[str, Any]:
    """Return the same scores of the folds' models; thresholds were fitted on these, so they flatter a little."""
    claiming = [at for at, status in enumerate(framework.statuses) if status.claim]
    scores = calibrate(logits, calibration, claiming)
    predictions = Predictions(
        presence_probability=scores.presence,
        present=scores.presence >= calibration.presence_thresholds,
        claim_probability=scores.claim,
        claimed=scores.claim >= calibration.claim_thresholds,
        status=scores.status.argmax(2),
        concepts=(scores.concepts >= calibration.concept_threshold).astype(np.int64),
    )
    return _scores(predictions, gold, framework, calibration)


def _scores(predictions: Predictions, gold: Targets, framework: Framework, calibration: Calibration) -> dict[str, Any]:
    verdicts = document_verdicts(predictions.claim_probability, gold.docs, calibration.document)
    return {
        "passages": score_passages(gold, predictions, framework).to_dict(),
        "documents": score_documents(document_claims(gold, framework), verdicts, framework).to_dict(),
    }
