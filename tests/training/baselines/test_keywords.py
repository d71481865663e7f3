from __future__ import annotations

from lhs_nlp.framework import default_framework
from tests.training.made import passages
from training.baselines.keywords import keywords
from training.data import to_targets

FRAMEWORK = default_framework()
DATA = to_targets([row | {"place": ""} for row in passages(18, "d")], FRAMEWORK)


def test_benefit_is_where_one_of_its_cues_stands() -> None:
    safety = FRAMEWORK.benefit_ids.index("safety")
    logits = keywords(DATA, ("Medication errors were counted.", "The ward has a garden."), FRAMEWORK)
    assert logits.presence[0, safety] > 0
    assert (logits.presence[1] < 0).all()


def test_status_is_the_one_that_was_most_frequent() -> None:
    achieved = FRAMEWORK.status_ids.index("achieved")
    mostly = DATA.where((DATA.status == achieved).any(1))
    logits = keywords(mostly, ("anything",), FRAMEWORK)
    assert (logits.status.argmax(2) == achieved).all()
