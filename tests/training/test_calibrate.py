from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lhs_nlp.calibration import fit_temperature, sigmoid
from lhs_nlp.framework import default_framework
from lhs_nlp.heads import Logits
from lhs_nlp.scores import softmax
from training.calibrate import (
    DocumentClaims,
    concepts_where_present,
    fit_calibration,
    fit_documents,
    group_by_document,
    review_threshold,
)
from training.data import LabelledPassages, to_targets

FRAMEWORK = default_framework()
B, T = len(FRAMEWORK.benefits), len(FRAMEWORK.statuses)


def drawn(probabilities: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.int64]:
    """Draw one index a row of probabilities [..., k]."""
    reached = probabilities.cumsum(-1) > random.random((*probabilities.shape[:-1], 1))
    return np.asarray(reached.argmax(-1), np.int64)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_temperature_that_was_made_is_found(temperature: float) -> None:
    random = np.random.default_rng(7)
    logits = random.normal(size=(4000, B, T)) * 3
    gold = drawn(softmax(logits / temperature), random)
    gold[::2] = -1
    assert fit_temperature(logits, gold) == pytest.approx(temperature, rel=0.1)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=200), st.floats(0.01, 0.5))
def test_review_threshold_keeps_the_bound_and_is_the_highest_that_does(values: list[float], missed: float) -> None:
    confidence = np.array(values)
    threshold = review_threshold(confidence, missed)
    if threshold > 0:
        assert ((confidence < threshold).sum() + 1) / (len(confidence) + 1) <= missed + 1e-12
    above = confidence[confidence > threshold]
    if len(above):
        assert ((confidence < above.min()).sum() + 1) / (len(confidence) + 1) > missed


def test_nothing_may_be_missed_when_there_are_few_claims() -> None:
    assert review_threshold(np.array([0.4, 0.9]), missed=0.05) == 0.0
    assert review_threshold(np.zeros(0), missed=0.05) == 0.0


def test_document_claims_what_one_of_its_passages_claims() -> None:
    claims, gold = np.arange(8.0).reshape(4, 2), np.array([[0, 0], [1, 0], [0, 0], [0, 0]])
    second, first = group_by_document(claims, gold, ("b", "a", "b", "a"))
    assert (second.probabilities.tolist(), second.gold.tolist()) == ([[2, 3], [6, 7]], [1, 0])
    assert (first.probabilities.tolist(), first.gold.tolist()) == ([[0, 1], [4, 5]], [0, 0])


def made_documents(count: int) -> list[DocumentClaims]:
    """Return documents whose passages have calibrated probabilities of a claim."""
    random = np.random.default_rng(11)
    documents = []
    for _ in range(count):
        probabilities = random.beta(0.2, 1.5, size=(random.integers(1, 12), B))
        documents.append(DocumentClaims(probabilities, (random.random(probabilities.shape) < probabilities).max(0)))
    return documents


def test_confidence_of_documents_is_calibrated_and_few_claims_are_missed() -> None:
    documents = made_documents(600)
    fitted = fit_documents(documents, seed=5)
    confidence = np.array([fitted.confidence(document.probabilities) for document in documents])
    gold = np.array([document.gold for document in documents])
    assert confidence.mean() == pytest.approx(gold.mean(), abs=0.05)
    assert (confidence[gold == 1] < fitted.review).mean() <= 0.05
    assert 0 < fitted.review <= fitted.claimed < 0.5  # where F1 is best: half of it, for what is calibrated


def test_same_seed_fits_the_same_documents_alike() -> None:
    first, second = (fit_documents(made_documents(50), seed=5) for _ in range(2))
    assert (first.weights == second.weights).all()
    assert (first.review, first.claimed) == (second.review, second.claimed)


def made_passages(count: int) -> tuple[Logits, LabelledPassages]:
    """Return logits that are twice too sure, and the labels that were drawn from them."""
    random = np.random.default_rng(13)
    logits = Logits(
        presence=(random.normal(size=(count, B)) * 4 - 4).astype(np.float32),
        status=(random.normal(size=(count, B, T)) * 4).astype(np.float32),
        dimension=np.zeros((count, len(FRAMEWORK.dimensions)), np.float32),
        concepts=random.normal(size=(count, len(FRAMEWORK.concept_keys))).astype(np.float32),
        stakeholders=random.normal(size=(count, len(FRAMEWORK.stakeholders))).astype(np.float32),
    )
    present = random.random((count, B)) < sigmoid(logits.presence / 2)
    status = drawn(softmax(logits.status / 2), random)
    rows = [
        {
            "id": str(at),
            "doc": f"d{at // 4}",
            "text": "",
            "place": "",
            "labels": {
                benefit: FRAMEWORK.status_ids[status[at, column]]
                for column, benefit in enumerate(FRAMEWORK.benefit_ids)
                if present[at, column]
            },
            "concepts": {},
            "stakeholders": [],
        }
        for at in range(count)
    ]
    return logits, to_targets(rows, FRAMEWORK)


def test_calibration_mends_scores_that_are_too_sure() -> None:
    logits, data = made_passages(3000)
    fitted = fit_calibration(logits, data, FRAMEWORK, seed=1)
    assert fitted.presence.slope == pytest.approx([0.5] * B, abs=0.1)
    assert fitted.status_temperature == pytest.approx(2, rel=0.15)
    assert fitted.presence(logits.presence).mean(0) == pytest.approx(data.presence.mean(0), abs=0.02)
    assert 0.05 < fitted.presence_thresholds[0] < 0.95
    assert set(fitted.presence_thresholds) == {fitted.presence_thresholds[0]}


def test_concepts_count_only_where_their_benefit_is_present() -> None:
    _, data = made_passages(50)
    gold = concepts_where_present(data, FRAMEWORK)
    for at, (benefit, _) in enumerate(FRAMEWORK.concept_keys):
        present = data.presence[:, FRAMEWORK.benefit_ids.index(benefit)] == 1
        assert (gold[~present, at] == -1).all()
        assert (gold[present, at] >= 0).all()
