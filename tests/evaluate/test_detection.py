"""Decisions and rankings beside gold, compared with scikit-learn."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, precision_recall_fscore_support

from lhs_nlp.evaluate import Detection, DetectionScores
from lhs_nlp.evaluate.bootstrap import Documents
from lhs_nlp.evaluate.detection import score_counts, score_detection
from lhs_nlp.evaluate.ranking import Ranking
from lhs_nlp.evaluate.tables import over_how_many


def score(p: Any, gold: Any, docs: Any = None, replicates: int = 0) -> DetectionScores:  # noqa: ANN401
    p, gold = np.array(p, float).reshape(len(p), -1), np.array(gold).reshape(len(p), -1)
    documents = Documents.of([str(doc) for doc in (range(len(p)) if docs is None else docs)], replicates)
    return score_detection(p, p >= 0.5, gold, documents, [f"b{at}" for at in range(p.shape[1])])


def values(detection: Detection) -> list[float | None]:
    counted = detection.counted
    return [entry.value for entry in (counted.precision, counted.recall, counted.f1, detection.average_precision)]


@st.composite
def decisions(draw: st.DrawFn) -> tuple[Any, Any, Any]:
    """Probabilities with many ties, gold and documents, of 1 to 40 rows and 1 to 3 columns."""
    n, b = draw(st.integers(1, 40)), draw(st.integers(1, 3))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    return random.integers(0, 11, (n, b)) / 10, random.integers(0, 2, (n, b)), random.integers(0, 8, n)


def test_scores_follow_from_the_counts() -> None:
    # Found: rows 0, 1, 2; right: 0 and 2. Missed: row 4.
    found = score([0.9, 0.8, 0.7, 0.2, 0.1], [1, 0, 1, 0, 1]).by_benefit["b0"]
    assert (found.counted.support, found.counted.predicted) == (3, 3)
    assert values(found) == pytest.approx([2 / 3, 2 / 3, 2 / 3, (1 + 2 / 3 + 3 / 5) / 3])
    assert found.brier.value == pytest.approx((0.01 + 0.64 + 0.09 + 0.04 + 0.81) / 5)


@given(decisions())
def test_scores_are_those_of_scikit_learn(data: tuple[Any, Any, Any]) -> None:
    p, gold, _ = data
    scores = score(p, gold)
    for at, found in enumerate(scores.by_benefit.values()):
        truth = gold[:, at]
        if not truth.any():
            assert values(found) == [None] * 4
            continue
        *expected, _ = precision_recall_fscore_support(truth, p[:, at] >= 0.5, average="binary", zero_division=np.nan)
        if not (p[:, at] >= 0.5).any():
            assert found.counted.precision.value is None
            expected[0] = None
        expected.append(average_precision_score(truth, p[:, at]))
        assert values(found) == [e if e is None else pytest.approx(e) for e in expected]


@given(decisions())
@settings(max_examples=50)
def test_average_precision_of_weighted_documents_is_that_of_scikit_learn(data: tuple[Any, Any, Any]) -> None:
    p, gold, docs = data
    p, gold, documents = p[:, 0], gold[:, 0], Documents.of([str(doc) for doc in docs])
    weights = np.random.default_rng(0).integers(0, 3, (5, documents.count)).astype(float)
    found = Ranking.of(p, gold, documents).average_precision(weights)
    for value, row in zip(found, weights[:, documents.of_row], strict=True):
        if (row * gold).sum():
            assert value == pytest.approx(average_precision_score(gold, p, sample_weight=row))
        else:
            assert np.isnan(value)


@given(decisions())
@settings(max_examples=50)
def test_pooled_scores_count_all_decisions_as_one(data: tuple[Any, Any, Any]) -> None:
    p, gold, _ = data
    pooled, one = score(p, gold).pooled, score(p.ravel(), gold.ravel()).by_benefit["b0"]
    assert values(pooled) == [value if value is None else pytest.approx(value) for value in values(one)]
    assert (pooled.ece.value, pooled.brier.value) == pytest.approx((one.ece.value, one.brier.value))


def test_replicates_of_a_measure_are_what_drawing_documents_gives() -> None:
    random = np.random.default_rng(3)
    p, gold, docs = random.random(60), random.integers(0, 2, 60), random.integers(0, 12, 60)
    documents = Documents.of([str(doc) for doc in docs], replicates=200)
    draws = documents.resampled(lambda weights: weights)[1:]
    expected = []
    for weights in draws:
        rows = np.repeat(np.arange(60), weights[documents.of_row].astype(int))
        expected.append(precision_recall_fscore_support(gold[rows], p[rows] >= 0.5, average="binary")[2])
    f1 = score(p, gold, docs, replicates=200).by_benefit["b0"].counted.f1
    assert [f1.low, f1.high] == pytest.approx(np.quantile(expected, [0.025, 0.975]))


def test_scores_are_undefined_for_a_benefit_without_positives() -> None:
    scores = score([[0.9, 0.9], [0.1, 0.6]], [[1, 0], [0, 0]], replicates=20)
    assert values(scores.by_benefit["b1"]) == [None] * 4
    assert scores.by_benefit["b1"].counted.predicted == 2
    assert scores.by_benefit["b1"].brier.value == pytest.approx((0.81 + 0.36) / 2)


def test_mean_says_over_how_many_benefits_it_is() -> None:
    macro = score([[0.9, 0.9, 0.2], [0.1, 0.6, 0.1]], [[1, 0, 1], [0, 0, 0]]).macro
    assert (macro["f1"].over, macro["f1"].estimate.value) == (2, 0.5)
    assert (macro["precision"].over, macro["precision"].estimate.value) == (1, 1.0)
    assert macro["ece"].over == 3
    heads = {"Prec.": macro["precision"], "F1": macro["f1"], "ECE": macro["ece"]}
    assert over_how_many(heads) == ("Mean", "Means are over 3; Prec. over 1, F1 over 2.\n")
    assert over_how_many({"ECE": macro["ece"]}) == ("Mean over 3", "")


def test_intervals_hold_the_value_and_are_the_same_again() -> None:
    random = np.random.default_rng(5)
    gold = random.integers(0, 2, (200, 2))
    p = np.clip(gold * 0.4 + random.random((200, 2)) * 0.6, 0, 1)
    first, second = (score(p, gold, np.arange(200) // 4, replicates=300) for _ in range(2))
    assert first == second
    for name in ("precision", "recall", "f1"):
        found = getattr(first.pooled.counted, name)
        assert found.low < found.value < found.high


def test_counts_alone_have_no_ranking() -> None:
    counted = score_counts(np.array([1, 1, 0]), np.array([1, 0, 0]), Documents.of("abc", replicates=0))
    assert (counted.precision.value, counted.recall.value, counted.support) == (0.5, 1.0, 1)
