from __future__ import annotations

import numpy as np

from lhs_nlp.framework import default_framework
from tests.training.made import passages
from training.baselines.regression import regress, tfidf
from training.data import to_targets

FRAMEWORK = default_framework()
DATA = to_targets([row | {"place": ""} for row in passages(18, "d")], FRAMEWORK)


def test_words_tell_benefit_and_status() -> None:
    logits = tfidf(DATA, DATA.texts)
    known = DATA.status >= 0
    assert ((logits.presence > 0) == (DATA.presence == 1)).mean() > 0.9
    assert (logits.status.argmax(2)[known] == DATA.status[known]).mean() > 0.9


def test_status_that_a_benefit_never_had_is_unlikely() -> None:
    seen = DATA.where(DATA.status[:, 0] != FRAMEWORK.status_ids.index("achieved"))
    logits = regress(np.eye(len(seen)), seen, np.eye(len(seen)), strength=1.0)
    assert (logits.status[:, 0].argmax(1) != FRAMEWORK.status_ids.index("achieved")).all()


def test_what_is_not_learned_has_the_shape_of_the_framework() -> None:
    logits = tfidf(DATA, DATA.texts[:3])
    assert logits.presence.shape == (3, len(FRAMEWORK.benefits))
    assert logits.status.shape == (3, len(FRAMEWORK.benefits), len(FRAMEWORK.statuses))
    assert logits.concepts.shape == (3, len(FRAMEWORK.concept_keys))
    assert logits.stakeholders.shape == (3, len(FRAMEWORK.stakeholders))
    assert not logits.concepts.any()
