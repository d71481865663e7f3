"""Measure a bundle as a user would meet it: through the tagger, on passages it never saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from lhs_nlp.calibration import Calibration
from lhs_nlp.evaluate import (
    Predictions,
    Targets,
    decided,
    document_claims,
    document_verdicts,
    score_documents,
    score_passages,
    to_predictions,
)
from lhs_nlp.evaluate.concepts import benefit_columns
from lhs_nlp.framework import Framework
from lhs_nlp.heads import Logits
from lhs_nlp.scores import calibrate
from lhs_nlp.tagger import Tagger


def measure(tagger: Tagger, texts: Sequence[str], gold: Targets) -> dict[str, Any]:
    """Return all scores of passages and documents, with 95% intervals, as plain values."""
    predictions = to_predictions(tagger.classify_texts(texts), tagger.framework)
    return _scores(predictions, gold, tagger.framework, tagger.classifier.bundle.calibration)


def measure_logits(
    logits: Logits, gold: Targets, calibration: Calibration, framework: Framework, *, quoting: bool = True
) -> dict[str, Any]:
    """Return the same scores of logits, e.g. of a network that is not exported; a benefit not found has no concepts.

    Documents are decided by confidence alone unless `quoting`: what quotes nothing need not find a passage that claims.
    """
    scores = calibrate(logits, calibration, framework.claim_indices)
    predictions = decided(scores, calibration, framework)
    concepts = (scores.concepts >= calibration.concept_threshold) & predictions.present[:, benefit_columns(framework)]
    predictions = replace(predictions, concepts=concepts)
    return _scores(predictions, gold, framework, calibration, quoting=quoting)


def headline(scores: dict[str, Any]) -> dict[str, Any]:
    """Return the few numbers by which experiments are compared, each with its interval."""
    passages, documents = scores["passages"], scores["documents"]
    return {
        "presence_macro_f1": passages["presence"]["macro"]["f1"],
        "claims_macro_f1": passages["claims"]["macro"]["f1"],
        "presence_macro_ap": passages["presence"]["macro"]["average_precision"],
        "claims_macro_ap": passages["claims"]["macro"]["average_precision"],
        "status_accuracy": passages["status"]["overall"]["accuracy"],
        "concepts_micro_f1": passages["concepts"]["overall"]["f1"] if passages["concepts"] else None,
        "document_claims_macro_f1": documents["claims"]["macro"]["f1"],
        "presence_ece": passages["presence"]["pooled"]["ece"],
        "document_ece": documents["claims"]["pooled"]["ece"],
    }


def _scores(
    predictions: Predictions, gold: Targets, framework: Framework, calibration: Calibration, *, quoting: bool = True
) -> dict[str, Any]:
    claimed = predictions.claimed if quoting else np.ones_like(predictions.claimed)
    verdicts = document_verdicts(predictions.claim_probability, claimed, gold.docs, calibration.document)
    return {
        "passages": score_passages(gold, predictions, framework).to_dict(),
        "documents": score_documents(document_claims(gold, framework), verdicts, framework).to_dict(),
    }
