"""Scores of passages."""

from dataclasses import replace

import numpy as np
import pytest

from lhs_nlp.errors import GoldError
from lhs_nlp.evaluate import kinds_to_text, passages_to_text, score_passages
from lhs_nlp.evaluate.bootstrap import FEWEST_DOCUMENTS
from lhs_nlp.framework import Status
from tests.evaluate.labelled import ABSENT, BACKGROUND, FRAMEWORK, HOPED, SEEN, gold, perfect

LABELS = gold(
    "aabb",
    [[HOPED, ABSENT], [SEEN, BACKGROUND], [BACKGROUND, ABSENT], [ABSENT, ABSENT]],
    [[1, 0, 0], [0, 1, 1], [-1, -1, -1], [0, 0, 0]],
)


def test_perfect_predictions_score_one() -> None:
    scores = score_passages(LABELS, perfect(LABELS), FRAMEWORK, replicates=50)
    assert (scores.passages, scores.documents) == (4, 2)
    assert scores.presence.macro["f1"].estimate.value == 1
    assert scores.claims.by_benefit["warmth"].counted.f1.value == 1
    assert scores.claims.by_benefit["light"].counted.f1.value is None
    assert scores.status.overall.accuracy.value == 1
    assert scores.concepts is not None
    assert scores.concepts.overall.f1.value == 1


def test_status_is_scored_where_gold_has_the_benefit() -> None:
    predictions = replace(perfect(LABELS), status=np.full((4, 2), SEEN))
    status = score_passages(LABELS, predictions, FRAMEWORK, replicates=0).status
    assert (status.overall.support, status.overall.accuracy.value) == (4, 0.25)
    assert status.by_benefit["warmth"].accuracy.value == pytest.approx(1 / 3)
    assert (status.by_benefit["light"].support, status.by_benefit["light"].accuracy.value) == (1, 0)
    assert [share.support for share in status.by_status.values()] == [1, 1, 2]
    assert [share.accuracy.value for share in status.by_status.values()] == [0, 1, 0]
    assert status.macro.over == 3
    assert status.macro.estimate.value == pytest.approx(1 / 3)
    assert status.confusion["background"] == {"hoped": 0, "seen": 2, "background": 0}


def test_status_is_undefined_without_a_case() -> None:
    labels = gold("ab", [[ABSENT, ABSENT], [HOPED, ABSENT]])
    status = score_passages(labels, perfect(labels), FRAMEWORK, replicates=20).status
    assert status.by_benefit["light"].accuracy.value is None
    assert status.by_status["seen"].accuracy.value is None
    assert status.macro.over == 1


def test_concepts_are_scored_where_the_benefit_is_present_and_they_were_labelled() -> None:
    # Compared: two concepts of warmth in rows 0 and 1, one of light in row 1.
    found = np.array([[1, 1, 1], [0, 0, 1], [1, 1, 1], [1, 1, 1]])
    concepts = score_passages(LABELS, replace(perfect(LABELS), concepts=found), FRAMEWORK, replicates=0).concepts
    assert concepts is not None
    assert (concepts.overall.support, concepts.overall.predicted) == (3, 3)
    assert concepts.overall.f1.value == pytest.approx(2 / 3)
    assert concepts.by_benefit["warmth"].f1.value == 0.5
    assert concepts.by_benefit["light"].f1.value == 1


def test_concepts_may_be_truth_values() -> None:
    predictions = perfect(LABELS)
    assert predictions.concepts is not None
    as_bool = replace(predictions, concepts=predictions.concepts == 1)
    scores = score_passages(LABELS, as_bool, FRAMEWORK, replicates=0)
    assert scores.concepts is not None
    assert scores.concepts.overall.f1.value == 1


def test_concepts_are_none_when_gold_or_predictions_have_none() -> None:
    unlabelled = replace(LABELS, concepts=np.full((4, 3), -1))
    for labels, concepts in ((LABELS, None), (unlabelled, np.ones((4, 3), int))):
        predictions = replace(perfect(labels), concepts=concepts)
        assert score_passages(labels, predictions, FRAMEWORK, replicates=0).concepts is None


def test_scores_are_plain_values_as_a_dictionary() -> None:
    data = score_passages(LABELS, perfect(LABELS), FRAMEWORK, replicates=10).to_dict()
    assert data["presence"]["by_benefit"]["warmth"]["f1"] == {"value": 1.0, "low": None, "high": None}
    assert data["claims"]["macro"]["f1"]["over"] == 1
    assert data["status"]["confusion"]["hoped"]["hoped"] == 1


def test_text_cuts_no_number_short_where_a_framework_has_many_statuses() -> None:
    more = tuple(Status(f"more_{at}", f"Another status {at}", claim=False, rank=9 + at) for at in range(7))
    framework = replace(FRAMEWORK, statuses=(*FRAMEWORK.statuses, *more))
    labels = gold("abcdefgh", [[HOPED if at % 2 else SEEN, BACKGROUND] for at in range(8)])
    predictions = perfect(labels)
    wrong = replace(predictions, status=np.where(np.arange(8)[:, None] == 0, HOPED, predictions.status))
    text = passages_to_text(score_passages(labels, wrong, framework), framework)
    assert "\u2026" not in text
    assert text.count("-1.00)") > 3


def test_there_is_no_interval_where_few_documents_have_the_benefit_or_the_status() -> None:
    docs, few = [f"d{at}" for at in range(20)], FEWEST_DOCUMENTS - 1
    labels = gold(docs, [[HOPED if at < 10 else ABSENT, SEEN if at < few else ABSENT] for at in range(20)])
    predictions = perfect(labels)
    present = predictions.present.copy()
    present[[0, 15]] = ~present[[0, 15]]
    scores = score_passages(labels, replace(predictions, present=present, status=np.zeros((20, 2), int)), FRAMEWORK)
    warmth, light = (scores.presence.by_benefit[benefit] for benefit in FRAMEWORK.benefit_ids)
    for name in ("precision", "recall", "f1"):
        assert getattr(warmth.counted, name).low is not None
        assert getattr(light.counted, name).value is not None
        assert getattr(light.counted, name).low is None
    assert (light.average_precision.low, scores.status.by_status["seen"].accuracy.low) == (None, None)
    assert scores.presence.macro["f1"].estimate.low is not None
    assert scores.status.overall.accuracy.low is not None
    text = passages_to_text(scores, FRAMEWORK)
    assert "fewer than 6 documents" in " ".join(text.split())
    assert "(0.00-0.00)" not in text


def test_measure_that_is_the_same_in_all_documents_has_no_interval() -> None:
    labels = gold([f"d{at}" for at in range(20)], [[HOPED, ABSENT]] * 20)
    scores = score_passages(labels, perfect(labels), FRAMEWORK)
    f1 = scores.claims.by_benefit["warmth"].counted.f1
    assert (f1.value, f1.low, f1.high) == (1, None, None)
    assert "(1.00-1.00)" not in passages_to_text(scores, FRAMEWORK)


def test_text_of_kinds_says_whose_means_leave_benefits_out() -> None:
    lacking, whole = (score_passages(LABELS.take(rows), perfect(LABELS.take(rows)), FRAMEWORK) for rows in ([0], [1]))
    text = " ".join(kinds_to_text({"letter": lacking, "report": whole}).split())
    assert (
        "leave benefits out, as gold has none of them: letter presence over 1, claims over 1; report claims over 1."
        in text
    )
    assert "leave benefits" not in kinds_to_text({})


def test_error_says_that_arrays_do_not_match() -> None:
    with pytest.raises(GoldError, match=r"an array is \(3, 2\), not \(4, 2\)"):
        score_passages(LABELS, perfect(LABELS).take([0, 1, 2]), FRAMEWORK)
    with pytest.raises(GoldError, match="no passage"):
        score_passages(LABELS.take([]), perfect(LABELS).take([]), FRAMEWORK)
