from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from lhs_nlp.learn.fitting import Model, Sample
from lhs_nlp.learn.folds import deal
from lhs_nlp.learn.refitting import STRENGTHS, chosen, refit
from tests.learn.taught import FRAMEWORK
from tests.toy import toy_calibration, toy_heads

CLAIMING = [at for at, status in enumerate(FRAMEWORK.statuses) if status.claim]
B = len(FRAMEWORK.benefits)


def drawn_from(prior: Model, count: int) -> tuple[Sample, list[str]]:
    """Return passages whose labels are drawn from what the model says."""
    random = np.random.default_rng(5)
    vectors: NDArray[np.float32] = random.normal(size=(count, prior.heads.weights["presence"].shape[1])).astype(
        np.float32
    ) / np.float32(4)
    logits = prior.heads(vectors)
    presence = (random.random((count, B)) < prior.calibration.presence(logits.presence)).astype(np.int64)
    noise = random.gumbel(size=logits.status.shape)
    status = np.where(presence == 1, (logits.status + noise).argmax(2), -1)
    return Sample(vectors, presence, status, np.ones(count)), [f"d{at // 4}" for at in range(count)]


def brier(model: Model, sample: Sample) -> float:
    probabilities = model.calibration.presence(model.heads(sample.vectors).presence)
    return float(np.square(probabilities - sample.presence).mean())


def toy() -> Model:
    return Model(toy_heads(FRAMEWORK), toy_calibration(FRAMEWORK))


def test_model_that_is_right_is_not_moved() -> None:
    prior = toy()
    sample, docs = drawn_from(prior, 120)
    found = refit(prior, sample, docs, CLAIMING)
    assert (found.presence, found.status) == (np.inf, np.inf)
    assert (found.model.heads.weights["presence"] == prior.heads.weights["presence"]).all()


def test_model_that_is_wrong_is_moved() -> None:
    prior = toy()
    heads = prior.heads
    truth = replace(prior, heads=replace(heads, biases=heads.biases | {"presence": np.zeros(B, np.float32)}))
    sample, docs = drawn_from(truth, 120)
    found = refit(prior, sample, docs, CLAIMING)
    assert found.presence < np.inf
    assert brier(found.model, sample) < brier(prior, sample)


def test_one_document_leaves_the_model_as_it_was() -> None:
    prior = toy()
    sample, _ = drawn_from(prior, 8)
    assert refit(prior, sample, ["d"] * 8, CLAIMING).model is prior


def test_calibration_of_documents_and_concepts_stays() -> None:
    prior = toy()
    found = refit(prior, *drawn_from(prior, 40), CLAIMING).model.calibration
    assert found.document is prior.calibration.document
    assert found.concepts is prior.calibration.concepts


def test_few_corrections_move_thresholds_little() -> None:
    prior = toy()
    found = refit(prior, *drawn_from(prior, 12), CLAIMING).model.calibration
    assert found.presence_thresholds == pytest.approx(prior.calibration.presence_thresholds, abs=0.1)


@pytest.mark.parametrize("present", [0, 1])
def test_one_class_alone_is_learned_soundly(present: int) -> None:
    prior = toy()
    sample, docs = drawn_from(prior, 20)
    same = np.full_like(sample.presence, present)
    taught = Sample(sample.vectors, same, same - 1, sample.weight)
    found = refit(prior, taught, docs, CLAIMING).model
    assert np.isfinite(found.heads.weights["presence"]).all()
    assert ((found.calibration.presence_thresholds > 0) & (found.calibration.presence_thresholds < 1)).all()
    assert brier(found, taught) < brier(prior, taught)


def test_gain_within_a_standard_error_is_not_taken() -> None:
    gained = np.array([3.0, -2.0, 2.5, -2.0])
    losses = np.stack([np.full(4, 10.0)] + [10.0 - gained] * (len(STRENGTHS) - 1))
    assert chosen(losses) == 0


def test_gain_of_every_document_is_taken_as_far_as_needed() -> None:
    losses = 10.0 - np.outer([0, 1, 2, 2, 2, 1], np.ones(4))
    assert chosen(losses) == 2


def test_folds_are_even_and_part_no_document() -> None:
    docs = [f"d{at % 11}" for at in range(44)]
    folds = deal(docs, 4)
    assert all(len({fold for doc, fold in zip(docs, folds.tolist(), strict=True) if doc == name}) == 1 for name in docs)
    assert sorted(np.bincount(folds).tolist()) == [8, 12, 12, 12]
    assert sorted(np.unique(deal(["a", "b"], 4)).tolist()) == [0, 1]


def test_folds_follow_from_the_names_of_documents_alone() -> None:
    docs = [f"d{at}" for at in range(9)]
    assert (deal(docs[::-1], 3)[::-1] == deal(docs, 3)).all()
