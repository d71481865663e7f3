from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lhs_nlp.evaluate import Estimate, Gold, Predictions
from lhs_nlp.evaluate.bootstrap import FEWEST_DOCUMENTS
from lhs_nlp.learn.answering import Answers
from lhs_nlp.learn.comparing import Comparison, compare_models, signed
from tests.evaluate.labelled import ABSENT, BACKGROUND, FRAMEWORK, HOPED, SEEN, gold


def labels(documents: int = 10) -> Gold:
    return gold(
        [f"d{at // 2}" for at in range(2 * documents)],
        [[HOPED, ABSENT] if at % 2 else [ABSENT, BACKGROUND if at % 4 else SEEN] for at in range(2 * documents)],
    )


def answers(given: Gold, right: float, *, decided_right: bool = True) -> Answers:
    """Return what a model says that gives the truth this probability."""
    present = (given.presence == 1) == decided_right
    status = np.where(given.status >= 0, given.status, 0)
    rest = (1 - right) / (len(FRAMEWORK.statuses) - 1)
    probability = np.where(given.presence == 1, right, 1 - right)
    return Answers(
        Predictions(probability, present, probability, present & (status < BACKGROUND), status),
        np.where(np.eye(len(FRAMEWORK.statuses))[status] == 1, right, rest),
    )


def compared(before: float, after: float) -> Comparison:
    given = labels()
    return compare_models(given, answers(given, before), answers(given, after), FRAMEWORK)


def test_surer_model_that_is_right_has_a_lower_log_loss() -> None:
    found = compared(0.8, 0.9)
    # Two benefits, of which one is present with one status: three decisions a passage.
    assert found.log_loss_before.value == pytest.approx(-3 * np.log(0.8))
    assert found.log_loss_after.value == pytest.approx(-3 * np.log(0.9))
    assert found.log_loss.value == pytest.approx(3 * np.log(0.8 / 0.9))
    assert found.worse is None


def test_less_sure_model_is_worse_by_its_log_loss() -> None:
    worse = compared(0.9, 0.8).worse
    assert worse is not None
    assert worse.startswith("log loss +0.353")


def test_model_that_decides_worse_is_worse_though_its_log_loss_is_lower() -> None:
    given = labels()
    found = compare_models(given, answers(given, 0.8), answers(given, 0.9, decided_right=False), FRAMEWORK)
    assert found.presence_f1.value == -1
    assert found.worse is not None
    assert found.worse.startswith("mean F1 of presence -1.000")


def test_fall_of_f1_that_may_be_chance_is_not_worse() -> None:
    given = labels()
    after = answers(given, 0.9)
    present = after.predictions.present.copy()
    present[0] = ~present[0]
    changed = replace(after, predictions=replace(after.predictions, present=present))
    found = compare_models(given, answers(given, 0.8), changed, FRAMEWORK)
    assert found.presence_f1.value is not None
    assert found.presence_f1.value < 0
    assert found.presence_f1.high == 0
    assert found.worse is None


def test_higher_log_loss_is_forgiven_where_f1_is_surely_higher() -> None:
    given = labels()
    found = compare_models(given, answers(given, 0.9, decided_right=False), answers(given, 0.8), FRAMEWORK)
    assert found.log_loss.value is not None
    assert found.log_loss.value > 0
    assert found.worse is None


@pytest.mark.parametrize(("documents", "forgiven"), [(FEWEST_DOCUMENTS - 1, False), (FEWEST_DOCUMENTS, True)])
def test_higher_log_loss_is_not_forgiven_where_few_documents_tell_of_f1(documents: int, forgiven: bool) -> None:
    given = labels(documents)
    found = compare_models(given, answers(given, 0.9, decided_right=False), answers(given, 0.8), FRAMEWORK)
    assert found.presence_f1.value == 1
    assert (found.worse is None) == forgiven


def test_same_model_is_not_worse() -> None:
    found = compared(0.8, 0.8)
    assert found.worse is None
    assert found.log_loss == Estimate(0.0)


def test_comparison_is_plain_values() -> None:
    found = compared(0.8, 0.9).to_dict()
    assert set(found) == {"before", "after", "change", "worse"}
    assert found["change"]["log_loss"]["value"] < 0
    assert found["before"]["log_loss"]["value"] > found["after"]["log_loss"]["value"]


def test_passages_without_any_benefit_are_compared_by_log_loss_alone() -> None:
    given = gold("abcd", [[ABSENT, ABSENT]] * 4)
    found = compare_models(given, answers(given, 0.8), answers(given, 0.7), FRAMEWORK)
    assert found.presence_f1.value is None
    assert signed(found.presence_f1) == "-"
    assert (found.worse or "").startswith("log loss")
