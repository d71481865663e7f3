"""Scores of verdicts on documents."""

import numpy as np
import pytest

from lhs_nlp.calibration import DocumentCalibration
from lhs_nlp.errors import GoldError
from lhs_nlp.evaluate import Verdicts, document_claims, document_verdicts, score_documents
from tests.evaluate.labelled import ABSENT, BACKGROUND, FRAMEWORK, HOPED, SEEN, gold

STRONGEST = DocumentCalibration(np.array([1.0, 0.0, 0.0]), 0.0, review=0.2, claimed=0.6)
"""The confidence is the probability of the strongest claim."""


def verdicts(confidence: list[list[float]]) -> Verdicts:
    c = np.array(confidence)
    return Verdicts(c, c >= 0.6, (c >= 0.2) & (c < 0.6))


def test_document_claims_what_one_of_its_passages_claims() -> None:
    labels = gold("abab", [[ABSENT, BACKGROUND], [ABSENT, ABSENT], [HOPED, ABSENT], [BACKGROUND, SEEN]])
    assert document_claims(labels, FRAMEWORK).tolist() == [[1, 0], [0, 1]]


def test_verdict_follows_from_the_calibration_of_documents() -> None:
    claims = np.array([[0.1, 0.3], [0.9, 0.1], [0.5, 0.1], [0.2, 0.1]])
    found = document_verdicts(claims, claims >= 0.5, "abab", STRONGEST)
    assert found.confidence == pytest.approx(np.array([[0.5, 0.3], [0.9, 0.1]]))
    assert found.claimed.tolist() == [[False, False], [True, False]]
    assert found.review.tolist() == [[True, True], [False, False]]


def test_document_of_which_no_passage_claims_needs_review_whatever_the_confidence() -> None:
    claims = np.array([[0.9, 0.9], [0.1, 0.1]])
    found = document_verdicts(claims, np.array([[True, False], [False, False]]), "aa", STRONGEST)
    assert found.claimed.tolist() == [[True, False]]
    assert found.review.tolist() == [[False, True]]


def test_confidence_is_that_of_each_document_alone() -> None:
    calibration = DocumentCalibration(np.array([0.7, 0.2, -0.4]), -0.3, review=0.2, claimed=0.6)
    random = np.random.default_rng(0)
    claims, docs = random.random((30, 2)), [str(doc) for doc in random.integers(0, 6, 30)]
    found = document_verdicts(claims, claims >= 0.5, docs, calibration).confidence
    for row, doc in zip(found, dict.fromkeys(docs), strict=True):
        assert row == pytest.approx(calibration.confidence(claims[np.array(docs) == doc]))


def test_band_counts_reviews_and_what_is_missed_below() -> None:
    truth = np.array([[1, 0], [1, 0], [1, 0], [0, 0]])
    scores = score_documents(truth, verdicts([[0.9, 0.1], [0.3, 0.3], [0.1, 0.1], [0.1, 0.7]]), FRAMEWORK)
    assert scores.documents == 4
    assert scores.band.review.value == 0.25
    assert scores.band.missed.value == pytest.approx(1 / 3)
    assert (scores.band.review.low, scores.band.missed.low) == (None, None)
    assert scores.band_by_benefit["warmth"].review.value == 0.25
    assert scores.band_by_benefit["light"].missed.value is None
    assert scores.claims.by_benefit["warmth"].counted.recall.value == pytest.approx(1 / 3)
    assert scores.claims.by_benefit["light"].counted.predicted == 1


def test_scores_are_plain_values_as_a_dictionary() -> None:
    data = score_documents(np.array([[1, 0], [0, 0]]), verdicts([[0.9, 0.1], [0.1, 0.1]]), FRAMEWORK).to_dict()
    assert data["band"]["missed"]["value"] == 0
    assert data["band_by_benefit"]["light"]["missed"]["value"] is None
    assert data["claims"]["by_benefit"]["warmth"]["f1"]["value"] == 1


def test_error_says_that_arrays_do_not_match() -> None:
    with pytest.raises(GoldError, match="do not match"):
        score_documents(np.zeros((2, 2), int), verdicts([[0.1, 0.1]]), FRAMEWORK)
    with pytest.raises(GoldError, match="no document"):
        score_documents(np.zeros((0, 2), int), verdicts([]), FRAMEWORK)
